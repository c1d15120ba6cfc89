"""The words of reports as they may leave: whole, or cut where only snippets may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rashomon.model import Span
from rashomon.text.intervals import SMALL_NUMBERS

_INITIALS = re.compile(r"(?<![^\W\d_])[^\W\d_]\.[^\W\d_]\.$")
_WORD = re.compile(r"\S+")
# A noun whose plural ends in "ies".
_IN_Y = re.compile(r"[^aeiou]y$")
# Quoted evidence is no longer than this; the rest stands in the report.
MOST_QUOTED = 20
_OPENING, _CLOSING = '“„«"', '”»"'


@dataclass(frozen=True)
class Words:
    """What leaves of the words of some articles: all, or at most `longest` that stand together. What was cut is kept."""

    texts: dict[str, str]
    longest: int | None
    cuts: set[str] = field(default_factory=set)

    def at(self, article: str, start: int, end: int) -> str:
        """The words at a place of an article, white space folded."""
        return self.cut(" ".join(self.texts[article][start:end].split()))

    def spoken(self, article: str, spans: Iterable[Span]) -> str:
        """The words of several places, with an ellipsis between them; they are cut as one."""
        return self.cut(" … ".join(" ".join(self.texts[article][s.start : s.end].split()) for s in spans))

    def cut(self, told: str) -> str:
        """Words that a report wrote, or that were composed from reports."""
        left = told if self.longest is None else first_words(told, self.longest)
        if left != told:
            self.cuts.add(told)
        return left

    def around(self, article: str, start: int, end: int, reach: int) -> tuple[str, str]:
        """What stands before and behind a place, as written; with the place's own words no more than may stand together."""
        text = self.texts[article]
        before, after = text[max(0, start - reach) : start], text[end : end + reach]
        if self.longest is None:
            return before, after
        left = max(0, self.longest - len(text[start:end].split()))
        return end_of(before, left // 2), start_of(after, left - left // 2)

    def cut_part(self, told: str, parts: int) -> str:
        """Words that stand in a line with others: at most one of so many parts of what may stand together."""
        if self.longest is None:
            return told
        left = first_words(told, max(1, self.longest // parts))
        if left != told:
            self.cuts.add(told)
        return left

    def cut_some(self, told: str | None) -> str | None:
        """The words where there are any."""
        return None if told is None else self.cut(told)

    def evidence(self, told: str) -> str:
        """Words to be quoted as evidence, with their source behind: without quotation marks around, at most `MOST_QUOTED`."""
        return self.cut_part(first_words(unquoted(told), MOST_QUOTED), 2)


def end_of(text: str, most: int) -> str:
    """The last words of a text, as written, with the blanks behind them."""
    starts = [word.start() for word in _WORD.finditer(text)]
    return text if len(starts) <= most else text[starts[-most] :] if most else ""


def start_of(text: str, most: int) -> str:
    """The first words of a text, as written, with the blanks before them."""
    ends = [word.end() for word in _WORD.finditer(text)]
    return text if len(ends) <= most else text[: ends[most - 1]] if most else ""


def first_words(words: str, most: int) -> str:
    """At most so many words, with an ellipsis where some are left out."""
    split = words.split()
    return words if len(split) <= most else " ".join(split[:most]).rstrip(",;:–—") + " …"


def shorten(words: str, longest: int) -> str:
    """The words cut at a space, with an ellipsis, to at most `longest` characters."""
    if len(words) <= longest:
        return words
    return words[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:–—") + "…"


def unquoted(words: str) -> str:
    """The words without the quotation marks that enclose them, those inside made single, without a comma at the end.

    >>> unquoted("“We need “real” help,”")
    'We need ‘real’ help'
    """
    inner = words.strip()
    if inner[:1] and inner[0] in _OPENING and (inner.rstrip(" ,;.")[-1:] in _CLOSING or not _closes(inner[1:])):
        inner = inner[1:].rstrip(" ,;")
        inner = inner[:-1] if inner[-1:] in _CLOSING and not _opens(inner[:-1]) else inner
    elif inner[-1:] in _CLOSING and not _opens(inner[:-1]):
        inner = inner[:-1]
    return _nested(inner).rstrip(" ,;")


def split_stop(words: str) -> tuple[str, str]:
    """The words, and the mark at their end, which stands behind their letters; the point of an abbreviation stays with it.

    >>> split_stop("It fell at 2 p.m., the coast guard said.")
    ('It fell at 2 p.m., the coast guard said', '.')
    >>> split_stop("It fell at 2 p.m.")
    ('It fell at 2 p.m.', '')
    """
    told = words.rstrip()
    if not told.endswith((".", ",", ";", ":")) or _INITIALS.search(told):
        return told, ""
    return told[:-1], told[-1]


def _closes(words: str) -> bool:
    return any(mark in words for mark in '”"»')


def _opens(words: str) -> bool:
    """Whether a quotation that begins in the words is still open at their end."""
    return words.count("“") > words.count("”") or words.count('"') % 2 == 1


def _nested(words: str) -> str:
    """Double quotation marks inside quoted words made single."""
    n_straight = 0
    told = []
    for char in words:
        if char == '"':
            n_straight += 1
        told.append({"“": "‘", "”": "’", '"': "‘" if n_straight % 2 else "’"}.get(char, char))
    return "".join(told)


def in_marks(words: str) -> str:
    """The words in quotation marks unless they bring their own."""
    return words if words[:1] in '“"‘«' else f"“{words}”"


def in_words(count: int) -> str:
    """A count as prose has it: words to nine, figures from 10."""
    if count == 0:
        return "no"
    return SMALL_NUMBERS[count] if 0 < count < len(SMALL_NUMBERS) else f"{count:,}"


def say_n(count: int, noun: str) -> str:
    """A count with its noun: "1 report", "5 reports", "2 stories"."""
    if count == 1:
        return f"{count:,} {noun}"
    return f"{count:,} {noun[:-1]}ies" if _IN_Y.search(noun) else f"{count:,} {noun}s"


def say_title(title: str | None) -> str:
    """The title of a report, or that it has none."""
    return title or "Without a title"


def say_story(title: str | None) -> str:
    """The title of a story, or that none of its reports has one."""
    return title or "Reports without a title"


def say_outlet(source: str | None) -> str:
    """The source of a report, or that none is named."""
    return source or "Outlet not named"


def listed(things: list[str], last: str = "and") -> str:
    """Some things in one phrase: "a", "a and b", "a, b, and c"."""
    if len(things) < 3:
        return f" {last} ".join(things)
    return f"{', '.join(things[:-1])}, {last} {things[-1]}"


def begun(phrase: str) -> str:
    """The phrase with a capital first letter."""
    return phrase[:1].upper() + phrase[1:]
