"""Times that lean on another time of the same report: "a year earlier" in a report of a quarter, "that day", an anniversary.

What is added here is read after everything that can be resolved from the day of publication alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rashomon.annotate import calendar
from rashomon.annotate.calendar import Resolved
from rashomon.annotate.phrases import noun_phrase, token_at
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.lexicon import alternation, load_lexicon
from rashomon.model import Time, TimeType

_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_YEAR_AGO = re.compile(r"(?:a|one)\s+year\s+(?:ago|earlier|before)", re.IGNORECASE)
# How many characters after a quarter a year's comparison still speaks of it, and after a day "the next morning" does.
NEAR_A_QUARTER = 600
NEAR_A_DAY = 400
# What may stand between a day and the anniversary it is.
_APPOSED = re.compile(
    r"\s{0,20}(?:,|–|—|-|\()?\s{0,20}(?:on\s{1,20})?(?:(?:which|to|will|that)\s{1,20})?(?:(?:is|was|mark(?:s|ed|ing)?)\s{1,20})?",
    re.IGNORECASE,
)


def read_anchored(parsed: Parsed, times: Sequence[Time]) -> list[Time]:
    """The times with those that lean on them, in order of place."""
    text = parsed.article.text
    found = _quarters_compared(text, sorted(times, key=lambda t: (t.start, t.end)))
    found = _in_order([*found, *(t for p in parsed.paragraphs for t in _leaning(text, p, found))])
    return _in_order([*found, *_anniversaries(parsed, found)])


def _in_order(times: list[Time]) -> list[Time]:
    return sorted(times, key=lambda t: (t.start, t.end))


def make_time(start: int, end: int, kind: TimeType, resolved: Resolved) -> Time:
    """A time of the model from a resolved value."""
    first = resolved.first.isoformat() if resolved.first else None
    last = resolved.last.isoformat() if resolved.last else None
    return Time(start=start, end=end, type=kind, value=resolved.value, first=first, last=last)


def _quarters_compared(text: str, times: list[Time]) -> list[Time]:
    """Where a report speaks of a quarter, "a year ago" and "a year earlier" mean that quarter of the year before."""
    resolved: list[Time] = []
    quarter: Time | None = None
    for time in times:
        if _QUARTER.fullmatch(time.value):
            quarter = time
        elif quarter is not None and _YEAR_AGO.fullmatch(text, time.start, time.end):
            year, number = int(quarter.value[:4]) - 1, int(quarter.value[-1])
            if time.start - quarter.end <= NEAR_A_QUARTER:
                time = make_time(time.start, time.end, "DATE", calendar.quarter(year, number))
        resolved.append(time)
    return resolved


@lru_cache(maxsize=1)
def _leaning_pattern() -> re.Pattern[str]:
    words = load_lexicon("times")
    parts = alternation(words["parts_of_day"])
    return re.compile(
        rf"\b(?:(?:earlier|later)\s{{1,20}})?that\s{{1,20}}(?:same\s{{1,20}})?(?:day|(?P<part>{parts}))\b"
        rf"|\bthe\s{{1,20}}same\s{{1,20}}day\b|\bthe\s{{1,20}}(?P<on>next|following)\s{{1,20}}(?:day|(?P<on_part>{parts}))\b"
        r"|\bhours\s{1,20}(?:earlier|later|before)\b",
        re.IGNORECASE,
    )


def _leaning(text: str, paragraph: Paragraph, times: Sequence[Time]) -> Iterator[Time]:
    """Times of a day that lean on the last day named: "that day", "the next morning", "hours earlier"."""
    codes = load_lexicon("times")["parts_of_day"]
    for m in _leaning_pattern().finditer(text, paragraph.span.start, paragraph.span.end):
        if any(t.start < m.end() and m.start() < t.end for t in times):
            continue
        before = [t for t in times if t.end <= m.start() and m.start() - t.end <= NEAR_A_DAY and _day_of(t)]
        if not before:
            continue
        day = _day_of(before[-1])
        assert day is not None
        part = codes.get((m["part"] or m["on_part"] or "").lower(), "")
        resolved = calendar.day(day + timedelta(1 if m["on"] else 0), part)
        yield make_time(m.start(), m.end(), "TIME" if part else "DATE", resolved)


def _day_of(time: Time) -> date | None:
    """The day of a time that is one day."""
    return date.fromisoformat(time.first) if time.first and time.first == time.last else None


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
        rf"(?P<whole>\b(?:the|its|their|his|her|[\w.]{{1,40}}['’]s)\s{{1,20}}(?:(?:{alternation(numbers['ordinals'])}|\d{{1,4}}(?:st|nd|rd|th))[\s-]{{1,20}})?"
        r"(?:[\w.]{1,40}['’]s\s{1,20})?anniversary\b)",
        re.IGNORECASE,
    )


def _anniversaries(parsed: Parsed, times: Sequence[Time]) -> Iterator[Time]:
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
        day = _day_of(time)
        if day is None:
            continue
        if time.end <= start and _APPOSED.fullmatch(text, time.end, start):
            return day + timedelta(days_before)
        if anniversary.end <= time.start and _APPOSED.fullmatch(text, anniversary.end, time.start):
            return day + timedelta(days_before)
    return None
