"""Times that lean on another time of the same report: "a year earlier" in a report of a quarter, "that day", "at 5 p.m.".

What is read here is read after everything that can be resolved from the day of publication alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from rashomon.annotate import calendar
from rashomon.annotate.anniversaries import find_anniversaries
from rashomon.annotate.calendar import Resolved
from rashomon.annotate.moment import day_of, make_time, part_code, patterns
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.lexicon import alternation, load_lexicon
from rashomon.model import Time, TimeType
from rashomon.text.dates import read_day

_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_YEAR_AGO = re.compile(r"(?:a|one)\s{1,20}year\s{1,20}(?:ago|earlier|before)", re.IGNORECASE)
# How many characters after a quarter a year's comparison still speaks of it, and after a day "the next morning" does.
NEAR_A_QUARTER = 600
NEAR_A_DAY = 400
# A clock time speaks of the last day named when that is no older than this.
RECENT = timedelta(7)
_PERIOD = re.compile(r"P(\d+)([DWMY])")
_ON = re.compile(r"\s{1,20}(?:later|afterwards?)\b(?!\s{1,20}(?:this|than|that))", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s{0,20}(?:[ap]\.?m\b\.?|(?:[A-Z]{3}|hours)\b)|noon|midnight", re.IGNORECASE)
# Between a day and a clock time that belong together: "Monday at about 5 p.m.", "5 p.m. EST on Nov. 9".
_DAY_THEN_CLOCK = re.compile(
    r",?\s{0,20}(?:shortly\s{1,20}|just\s{1,20}|sometime\s{1,20})?(?:(?:at|around|about|by|before|after|from|until)\s{1,20}){0,2}"
)


def read_anchored(parsed: Parsed, times: Sequence[Time]) -> list[Time]:
    """The times with those that lean on them, in order of place."""
    text, published = parsed.article.text, read_day(parsed.article.published)
    found = _quarters_compared(text, sorted(times, key=lambda t: (t.start, t.end)))
    found = _hours_dated(text, found)
    found = _distances(text, found)
    found = _in_order([*found, *(t for p in parsed.paragraphs for t in _leaning(text, p, found, published))])
    return _in_order([*found, *find_anniversaries(parsed, found)])


def _in_order(times: list[Time]) -> list[Time]:
    return sorted(times, key=lambda t: (t.start, t.end))


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


def _hours_dated(text: str, times: list[Time]) -> list[Time]:
    """A clock time takes the day written beside it, else the last day named shortly before."""
    dated: list[Time] = []
    skip = None
    for n, time in enumerate(times):
        if time is skip:
            continue
        if (
            time.type != "TIME"
            or not time.first
            or not _CLOCK.match(text, time.start, time.end)
            or day_of(time) is None
        ):
            dated.append(time)
            continue
        after = times[n + 1] if n + 1 < len(times) else None
        if (
            after is not None
            and (own := day_of(after))
            and after.type == "DATE"
            and _at_a_day().fullmatch(text, time.end, after.start)
        ):
            dated.append(make_time(time.start, after.end, "TIME", _at(own, time)))
            skip = after
        elif (day := _named_before(text, time, dated)) is not None:
            dated.append(make_time(time.start, time.end, "TIME", _at(day, time)))
        else:
            dated.append(time)
    return dated


@lru_cache(maxsize=1)
def _at_a_day() -> re.Pattern[str]:
    return re.compile(rf"(?:\s{{0,20}}\(?(?:{patterns().zones})\)?)?,?\s{{1,20}}(?:on\s{{1,20}})?", re.IGNORECASE)


def _at(day: date, time: Time) -> Resolved:
    return calendar.day(day, "T" + time.value.partition("T")[2])


def _named_before(text: str, time: Time, before: Sequence[Time]) -> date | None:
    """The day that a clock time without one is of: the day beside it, or the last one told of shortly before."""
    last = next((t for t in reversed(before) if t.type in ("DATE", "TIME")), None)
    if last is None or time.start - last.end > NEAR_A_DAY or (day := day_of(last)) is None:
        return None
    if time.first is None or text[max(0, time.start - 3) : time.start].rstrip(" ").endswith("\n"):
        return None  # the hour at the head of a paragraph is when it was written
    beside = _DAY_THEN_CLOCK.fullmatch(text, last.end, time.start)
    told = date.fromisoformat(time.first)
    return day if beside or timedelta(0) < told - day <= RECENT else None


def _distances(text: str, times: list[Time]) -> list[Time]:
    """So long after a time told of before: "Two years later", "three days later"."""
    resolved: list[Time] = []
    for time in times:
        period, later = _PERIOD.fullmatch(time.value), _ON.match(text, time.end)
        if time.type == "DURATION" and period and later:
            unit = period[2]
            anchor = next((t for t in reversed(resolved) if t.type != "DURATION" and _is_as_fine(t, unit)), None)
            if anchor is not None and anchor.first is not None and time.start - anchor.end <= NEAR_A_QUARTER:
                when = calendar.shifted(date.fromisoformat(anchor.first), int(period[1]), unit)
                time = make_time(time.start, later.end(), "DATE", when)
        resolved.append(time)
    return resolved


def _is_as_fine(time: Time, unit: str) -> bool:
    """Whether a time is known as exactly as the unit it is moved by."""
    if time.first is None or time.last is None:
        return False
    days = (date.fromisoformat(time.last) - date.fromisoformat(time.first)).days
    return days <= {"D": 0, "W": 6, "M": 30, "Y": 365}[unit]


@lru_cache(maxsize=1)
def _leaning_pattern() -> re.Pattern[str]:
    parts = alternation(load_lexicon("times")["parts_of_day"])
    units = rf"week|month|year|quarter|{patterns().seasons}"
    return re.compile(
        rf"\b(?:(?:earlier|later|early|late)\s{{1,20}})?that\s{{1,20}}(?:same\s{{1,20}})?(?:day|(?P<part>{parts}))\b(?!\s{{1,20}}that)"
        rf"|\bthe\s{{1,20}}same\s{{1,20}}(?:day|night)\b|\b(?:on\s{{1,20}})?the\s{{1,20}}(?P<on>next|following)\s{{1,20}}(?:day|(?P<on_part>{parts}))\b"
        rf"|\b(?:earlier|later)\s{{1,20}}in\s{{1,20}}the\s{{1,20}}day\b|(?:\b(?:later|early|late)\s{{1,20}})?\bin\s{{1,20}}the\s{{1,20}}(?P<in_part>morning|afternoon|evening)\b"
        rf"|\b(?P<whole>(?:later\s{{1,20}})?that)\s{{1,20}}(?P<unit>month|year|quarter|week)\b"
        rf"|\bthe\s{{1,20}}(?P<step>following|next|previous|preceding)\s{{1,20}}(?P<unit2>{units})\b"
        r"|\bthe\s{1,20}(?P<eve>previous\s{1,20}(?:day|night|evening)|day|night)\b(?=\s{1,20}(?P<side>before|after)\s{1,20}(?P<what>\S))"
        r"|\bhours\s{1,20}(?:earlier|later|before)\b",
        re.IGNORECASE,
    )


def _leaning(text: str, paragraph: Paragraph, times: Sequence[Time], published: date | None) -> Iterator[Time]:
    """Times that lean on the last time named: "that day", "the next morning", "hours earlier", "the following year"."""
    for m in _leaning_pattern().finditer(text, paragraph.span.start, paragraph.span.end):
        if any(t.start < m.end() and m.start() < t.end for t in times):
            continue
        if m["side"]:
            yield _beside_an_event(m, times)
            continue
        near = [t for t in times if t.end <= m.start() and m.start() - t.end <= NEAR_A_DAY and t.first]
        unit = (m["unit"] or m["unit2"] or "").lower()
        if unit:
            resolved = _unit_beside(near, unit, (m["step"] or "").lower())
            if resolved is not None:
                yield make_time(m.start(), m.end(), "DATE", resolved)
            continue
        day = next((d for t in reversed(near) if (d := day_of(t))), published if m["in_part"] else None)
        if day is None:
            continue
        part = part_code((m["part"] or m["on_part"] or m["in_part"] or "").lower())
        kind: TimeType = "TIME" if part else "DATE"
        yield make_time(m.start(), m.end(), kind, calendar.day(day + timedelta(1 if m["on"] else 0), part))


def _unit_beside(near: Sequence[Time], unit: str, step: str) -> Resolved | None:
    """The week, month, quarter, year or season of the last time named, or the one after or before it."""
    if not near or near[-1].first is None:
        return None
    first = date.fromisoformat(near[-1].first)
    offset = {"": 0, "following": 1, "next": 1}.get(step, -1)
    if unit == "year":
        return calendar.year(first.year + offset)
    if unit in ("week", "month"):
        if not _is_as_fine(near[-1], unit[0].upper()):
            return None
        return calendar.week(first, offset, "past") if unit == "week" else calendar.shifted(first, offset, "M")
    if unit == "quarter":
        index = first.year * 4 + (first.month - 1) // 3 + offset
        return calendar.quarter(index // 4, index % 4 + 1)
    code = load_lexicon("times")["seasons"][unit]
    return calendar.season_near(first, code, "next" if offset > 0 else "last", "past")


def _beside_an_event(m: re.Match[str], times: Sequence[Time]) -> Time:
    """The day before or after something: of a day that is written there, else nobody's day."""
    other = next((t for t in times if t.start <= m.start("what") < t.end), None)
    step = timedelta(1 if m["side"].lower() == "after" else -1)
    if other is None or (day := day_of(other)) is None:
        return make_time(m.start(), m.end(), "DATE", Resolved("XXXX-XX-XX"))
    return make_time(m.start(), m.end(), "DATE", calendar.day(day + step))
