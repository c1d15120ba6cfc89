"""Persons introduced: whom a line of the briefing is the first to name has the title or role that a report behind it gives.

A title stands before the name ("Harbour Minister Ada Weir"), a role that is told in more words behind it ("Edda Falk, the head
of the port,"). It is a reading of the line as its words are, so that a check of the line has it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from rashomon.collate.names import Names
from rashomon.lexicon import words_of
from rashomon.model import BriefingPart, BriefingSentence, Description, Name, Reading
from rashomon.text.words import fold, split_words

# A longer role is a story of its own.
LONGEST = 45
_ARTICLE = re.compile(r"(?:a|an|the)\s", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?(?:\s|$)")
_WORD_BEFORE = re.compile(r"([\w.’'-]{1,40})\s\[?$")
# What may follow a role behind a name; before a word a comma closes it.
_CLOSED = re.compile(r"[.,:;?!]|$|\s(?:or|and)\b")


class _Place(NamedTuple):
    """Where a line names a person."""

    start: int
    end: int


def introduced(names: Names, lines: Iterable[BriefingSentence]) -> Iterator[BriefingSentence]:
    """The lines, in which each person has a title or role where they are named in full for the first time, if a report behind it gives one."""
    people = [name for name in names.names if name.kind == "person" and " " in name.name]
    known: set[str] = set()
    for line in lines:
        parts = tuple(_introduce(part, people, known, opens=n == 0) for n, part in enumerate(line.parts))
        cites = tuple(dict.fromkeys((*line.cites, *(place for part in parts for place in part.cites))))
        yield msgspec.structs.replace(line, text="".join(p.text for p in parts), parts=parts, cites=cites)


def _introduce(part: BriefingPart, people: Iterable[Name], known: set[str], *, opens: bool) -> BriefingPart:
    """A part of a line with the persons introduced that were not known before."""
    articles = {place.article for place in part.cites}
    for name in people:
        place = _place_of(name.name, part.text)
        if place is None or name.id in known:
            continue
        known.add(name.id)
        role = _role(name, articles)
        if role is not None and not _is_introduced(part.text, place):
            own = [place for place in role.readings if place.article in articles][:1]
            text = _with_role(part.text, place, role.text, opens=opens)
            part = msgspec.structs.replace(
                part, text=text, cites=_joined(part.cites, own) if text != part.text else part.cites
            )
    return part


def _joined(cites: Iterable[Reading], own: Iterable[Reading]) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys((*cites, *own)))


def _place_of(name: str, text: str) -> _Place | None:
    """Where a name stands first outside of quotation marks."""
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        if text.count("“", 0, found.start()) == text.count("”", 0, found.start()):
            return _Place(*found.span())
    return None


def _role(name: Name, articles: Iterable[str]) -> Description | None:
    """The title or role that the reports give somebody most, a title before a role.

    One that only tells whose they are, or judges them, introduces nobody.
    """
    known = set(articles)
    barred = words_of("people", "relational") | words_of("framing", "words") | words_of("acts", "labels")
    fitting = [
        role
        for role in name.descriptions
        if any(place.article in known for place in role.readings)
        and len(role.text) <= LONGEST
        and barred.isdisjoint(fold(w) for w in split_words(role.text))
    ]
    return min(fitting, key=lambda role: (not _is_title(role.text), -len(role.readings)), default=None)


def _is_title(role: str) -> bool:
    """Whether a role stands before a name: without an article, whose it is, and words in lower case behind a preposition."""
    words = role.split()
    told = [w for w in words if fold(w) not in words_of("people", "title_links")]
    is_plain = len(told) == len(words) or all(w[:1].isupper() for w in told)
    return is_plain and not _ARTICLE.match(role) and not _POSSESSIVE.search(role)


def _is_introduced(text: str, place: _Place) -> bool:
    """Whether a title stands before the name, or something is told of it right behind."""
    before = _WORD_BEFORE.search(text, 0, place.start)
    is_titled = before is not None and (before[1][:1].isupper() or fold(before[1]) in words_of("people", "roles"))
    return is_titled or bool(re.match(r",\s[a-z]", text[place.end : place.end + 3]))


def _with_role(text: str, place: _Place, role: str, *, opens: bool) -> str:
    """A text with a role beside a name; as it was where a role would stand behind a name that owns something."""
    before, name, after = text[: place.start], text[place.start : place.end], text[place.end :]
    if _is_title(role):
        is_first = opens and before in ("", "[")
        return f"{before}{role[:1].upper() if is_first else role[:1]}{role[1:]} {name}{after}"
    if _POSSESSIVE.match(after) or after.startswith("]"):
        return text
    return f"{before}{name}, {role}{'' if _CLOSED.match(after) else ','}{after}"
