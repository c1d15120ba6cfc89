"""Occasions: where, when and to whom a remark was made, as far as the words around its readings say and do not part.

What is looked at is the sentence that introduces quoted words, outside of them: hearers ("told reporters"), the medium or
meeting ("at a news conference"), the place, the day. Each is kept when the reports that give it agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

import msgspec

from rashomon.collate.material import Material
from rashomon.collate.timeline import is_dated, is_of_saying
from rashomon.lexicon import alternation, words_of
from rashomon.model import AlignedQuote, QuoteReading, Span
from rashomon.text.dates import say_days
from rashomon.text.words import content_stems

T = TypeVar("T")

# So far behind a cue its hearers are looked for, and a medium before or behind it, in characters.
NEAR, AROUND = 60, 120
# A medium named in more words is not told.
MOST_WORDS = 7


class Occasion(NamedTuple):
    """What one reading says of an occasion."""

    hearers: str | None
    medium: str | None
    place: str | None
    day: tuple[str, str] | None


def with_occasions(material: Material, quotes: Sequence[AlignedQuote]) -> tuple[AlignedQuote, ...]:
    """The quotes with where, when and to whom they were said."""
    return tuple(msgspec.structs.replace(q, occasion=_of(material, q)) for q in quotes)


def _of(material: Material, quote: AlignedQuote) -> str | None:
    found = [
        _read(material, reading)
        for reading in quote.readings
        if reading.manner != "indirect" and reading.cue is not None
    ]
    day = _agreed([o.day for o in found], lambda a, b: a == b)
    parts = [
        _agreed([o.hearers for o in found], _are_one),
        _agreed([o.medium for o in found], _are_one),
        _agreed([o.place for o in found], _are_one),
        f"on {say_days(*day)}" if day is not None and day[0] == day[1] else None,
    ]
    return ", ".join(part for part in parts if part) or None


def _agreed(said: Sequence[T | None], are_one: Callable[[T, T], bool]) -> T | None:
    """What is said, as most readings put it, where no two part."""
    told = [one for one in said if one is not None]
    if not told or not all(are_one(told[0], other) for other in told):
        return None
    return max(told, key=lambda one: (told.count(one), -told.index(one)))


def _are_one(a: str, b: str) -> bool:
    """Whether two phrases have a telling word in common."""
    return not set(content_stems(a)).isdisjoint(content_stems(b))


def _read(material: Material, reading: QuoteReading) -> Occasion:
    """What the sentence of a cue says outside of what is said."""
    assert reading.cue is not None
    text = material.texts[reading.article]
    sentence = material.home(reading.article, reading.cue)
    start, end = max(sentence.start, reading.cue.start - AROUND), min(sentence.end, reading.cue.end + AROUND)
    around = _without(text, Span(start, end), reading.spans)
    behind = _without(text, Span(reading.cue.start, min(sentence.end, reading.cue.end + NEAR)), reading.spans)
    hearers, medium = _hearers().search(behind), _medium().search(around)
    return Occasion(
        hearers=f"to {hearers['who']}" if hearers else None,
        medium=medium[0] if medium and len(medium[0].split()) <= MOST_WORDS else None,
        place=_place(material, reading, Span(reading.cue.start, min(end, reading.cue.end + NEAR))),
        day=_day(material, reading, sentence),
    )


def _without(text: str, span: Span, said: Sequence[Span]) -> str:
    """The text of a span, a bar for each stretch of it that is said."""
    pieces, at = [], span.start
    for one in sorted(said):
        if one.start < span.end and at < one.end:
            pieces.append(text[at : max(at, one.start)])
            at = one.end
    pieces.append(text[at : span.end] if at < span.end else "")
    return " | ".join(pieces)


@lru_cache(maxsize=1)
def _hearers() -> re.Pattern[str]:
    nouns, media = (alternation(words_of("occasions", table)) for table in ("hearers", "media"))
    return re.compile(rf"\btold\s(?P<who>(?:the\s|a\s)?(?:[\w’'-]{{1,20}}\s){{0,2}}?(?:{nouns}))\b(?!\s(?:{media})\b)")


@lru_cache(maxsize=1)
def _medium() -> re.Pattern[str]:
    tables = ("before", "pointing", "opening", "media")
    before, pointing, opening, nouns = (alternation(words_of("occasions", table)) for table in tables)
    return re.compile(
        rf"\b(?:{before})\s(?!(?:{pointing})\s)(?:(?:{opening})\s)?(?:[\w’'-]{{1,20}}\s){{0,3}}?(?:{nouns})\b(?:\s(?:{nouns})\b){{0,2}}(?![’'-])"
    )


def _place(material: Material, reading: QuoteReading, around: Span) -> str | None:
    """A place behind "in" close behind the cue, outside of what is said."""
    text = material.texts[reading.article]
    for mention in material.found[reading.article].mentions:
        inside = around.start <= mention.start and mention.end <= around.end
        is_said = any(s.start <= mention.start < s.end for s in reading.spans)
        if inside and not is_said and mention.kind == "place" and text[: mention.start].endswith(" in "):
            return f"in {material.text(reading.article, mention.span)}"
    return None


def _day(material: Material, reading: QuoteReading, sentence: Span) -> tuple[str, str] | None:
    """The day that a saying is dated to."""
    found = material.found[reading.article]
    assert reading.cue is not None
    for time in found.times:
        is_inside = sentence.start <= time.start and time.end <= sentence.end
        is_said = any(s.start <= time.start < s.end for s in reading.spans)
        if is_inside and not is_said and is_dated(time):
            clause = next((c for c in found.clauses if c.start <= time.start < c.end), None)
            own = [q for q in found.quotes if q.cue == reading.cue]
            if clause is not None and is_of_saying(material.texts[reading.article], own, time, clause):
                return str(time.first), str(time.last)
    return None
