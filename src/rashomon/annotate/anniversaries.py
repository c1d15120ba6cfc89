"""Anniversaries whose day the report itself gives: "Monday, the third anniversary of the strike", the eve of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rashomon.annotate import calendar
from rashomon.annotate.moment import day_of, make_time
from rashomon.annotate.phrases import noun_phrase, token_at
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.lexicon import alternation, load_lexicon
from rashomon.model import Time

# What may stand between a day and the anniversary it is.
_APPOSED = re.compile(
    r"\s{0,20}(?:,|–|—|-|\()?\s{0,20}(?:on\s{1,20})?(?:(?:which|to|will|that)\s{1,20})?(?:(?:is|was|mark(?:s|ed|ing)?)\s{1,20})?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Anniversary:
    """An anniversary as written: where it ends, and where it and what is said of days before it begin.

    `starts` holds (place, days before), outermost first: "the eve of the anniversary" begins twice, one day before and on it.
    """

    starts: tuple[tuple[int, int], ...]
    end: int


@lru_cache(maxsize=1)
def _anniversary_pattern() -> re.Pattern[str]:
    numbers = load_lexicon("numbers")
    small = alternation(numbers["units"])
    return re.compile(
        rf"(?P<eve>\b(?:on\s{{1,20}})?(?:the\s{{1,20}})?eve\s{{1,20}}of\s{{1,20}})?"
        rf"(?P<days>\b(?:just\s{{1,20}}|only\s{{1,20}})?(?P<count>\d{{1,2}}|{small})\s{{1,20}}days\s{{1,20}}before\s{{1,20}})?"
        rf"(?P<whole>\b(?:the|its|their|his|her|[\w.]{{1,40}}['’]s)\s{{1,20}}(?:(?:{alternation(numbers['ordinals'])}|\d+(?:st|nd|rd|th))[\s-]{{1,20}})?"
        r"(?:[\w.]{1,40}['’]s\s{1,20})?anniversary\b)",
        re.IGNORECASE,
    )


def find_anniversaries(parsed: Parsed, times: Sequence[Time]) -> Iterator[Time]:
    """Anniversaries whose day the report itself gives, by a day beside one of them or a day beside its eve."""
    text = parsed.article.text
    found = [a for p in parsed.paragraphs for a in _anniversaries_in(text, p)]
    days = {day for a in found if (day := _given_day(text, a, times)) is not None}
    if len(days) != 1:
        return
    day = days.pop()
    for a in found:
        for start, days_before in a.starts:
            yield make_time(start, a.end, "DATE", calendar.day(day - timedelta(days_before)))


def _anniversaries_in(text: str, paragraph: Paragraph) -> Iterator[_Anniversary]:
    for m in _anniversary_pattern().finditer(text, paragraph.span.start, paragraph.span.end):
        token = paragraph.doc[token_at(paragraph.doc, m.end() - 1 - paragraph.offset)]
        end = max(m.end(), paragraph.span_of(noun_phrase(token)).end)
        starts = [(m.start("eve"), 1)] if m["eve"] else []
        if m["days"]:
            word = m["count"].lower()
            count = int(word) if word.isdigit() else int(load_lexicon("numbers")["units"][word])
            starts.append((m.start("days"), count))
        yield _Anniversary((*starts, (m.start("whole"), 0)), end)


def _given_day(text: str, anniversary: _Anniversary, times: Sequence[Time]) -> date | None:
    """The day of an anniversary that stands in apposition to a day: "Monday, the third anniversary of the strike"."""
    start, days_before = anniversary.starts[0]
    for time in times:
        day = day_of(time)
        if day is None:
            continue
        if time.end <= start and _APPOSED.fullmatch(text, time.end, start):
            return day + timedelta(days_before)
        if anniversary.end <= time.start and _APPOSED.fullmatch(text, anniversary.end, time.start):
            return day + timedelta(days_before)
    return None
