"""Dates written out in full: `February 23, 2025`, `23 Feb. 2025`, `23.02.2025`, `2025-02-23`, `2/23/2025`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from rashomon.lexicon import dotted, few_blanks, load_lexicon
from rashomon.text.words import fold

YEARS = range(1000, 2200)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class WrittenDate(NamedTuple):
    """A date and where it stands; the year is None for `Feb. 23`."""

    start: int
    end: int
    year: int | None
    month: int
    day: int


def read_day(stamp: str | None) -> date | None:
    """The day of an ISO stamp ("2025-02-23", "2025-02-23T12:41"); None when it has no day."""
    try:
        return date.fromisoformat(stamp[:10]) if stamp else None
    except ValueError:
        return None


@lru_cache(maxsize=4)
def _pattern(language: str) -> re.Pattern[str]:
    months = dotted(load_lexicon("calendar", language)["months"])
    pattern = few_blanks(
        rf"""
        \b(?P<y1>\d{{4}})-(?P<m1>\d\d?)-(?P<d1>\d\d?)(?!\d)
        | (?<![\d.])(?P<d2>\d\d?)\.(?P<m2>\d\d?)\.(?P<y2>\d{{4}})\b(?!\.\d)
        | (?<![\d/])(?P<a3>\d\d?)/(?P<b3>\d\d?)/(?P<y3>\d{{4}})\b
        | \b(?P<y4>\d{{4}})/(?P<m4>\d\d?)/(?P<d4>\d\d?)(?!\d)
        | \b(?P<mon5>{months})(?:\s{{1,20}}|(?<=\.))(?P<d5>\d\d?)(?:st|nd|rd|th)?\b(?!\s{{0,20}}(?:%|percent|per\s{{1,20}}cent|people))(?:\s{{0,20}},?\s{{1,20}}(?P<y5>\d{{4}})\b)?
        | \b(?P<d6>\d\d?)(?:st|nd|rd|th)?(?:\s{{1,20}}of)?\s{{1,20}}(?P<mon6>{months})(?:\s{{0,20}},?\s{{1,20}}(?P<y6>\d{{4}})\b)?
        """
    )
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE | re.ASCII)


def is_day_or_month(words: str, language: str = "en") -> bool:
    """Whether the first of some words names a day of the week or a month."""
    calendar, first = load_lexicon("calendar", language), fold(words.split(" ", 1)[0])
    return first in calendar["weekdays"] or first in calendar["months"]


def find_written_dates(text: str, start: int = 0, end: int | None = None, language: str = "en") -> list[WrittenDate]:
    """The dates of `text[start:end]` that name day and month; impossible ones (31 June) are passed over."""
    months: dict[str, int] = load_lexicon("calendar", language)["months"]
    found = []
    for m in _pattern(language).finditer(text, start, len(text) if end is None else end):
        parts = _parts(m, months)
        if parts and is_possible(*parts):
            found.append(WrittenDate(m.start(), m.end(), *parts))
    return found


def is_possible(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has such a day (29 February is granted when the year is unknown)."""
    try:
        date(2000 if year is None else year, month, day)
    except ValueError:
        return False
    return year is None or year in YEARS


def _parts(m: re.Match[str], months: dict[str, int]) -> tuple[int | None, int, int] | None:
    g = m.groupdict()
    for n in "124":
        if g[f"y{n}"]:
            return int(g[f"y{n}"]), int(g[f"m{n}"]), int(g[f"d{n}"])
    if g["y3"]:
        first, second = int(g["a3"]), int(g["b3"])
        # American order unless only the other makes a date
        return (int(g["y3"]), first, second) if first <= 12 else (int(g["y3"]), second, first)
    for n in "56":
        name = g[f"mon{n}"]
        if name:
            if name[0].islower():
                return None  # "they may 5 times", "to march 20 miles"
            year = g[f"y{n}"]
            return (int(year) if year else None), months[name.lower().rstrip(".")], int(g[f"d{n}"])
    return None


def say_days(first: str, last: str, year: int | None = None) -> str:
    """Some days as prose has them: `23 February`, `18 to 20 February`, `in March`, with the year unless it is the one given.

    >>> say_days("2025-02-18", "2025-02-20", 2025)
    '18 to 20 February'
    """
    a, b = date.fromisoformat(first), date.fromisoformat(last)
    years = "" if a.year == b.year == year else f" {b.year}"
    if a == b:
        return f"{a.day} {_month(a)}{years}"
    if a.day == 1 and (b + timedelta(1)).day == 1:
        if (a.year, a.month) == (b.year, b.month):
            return f"{_month(a)}{years}"
        if a.year == b.year and (a.month, b.month) == (1, 12):
            return str(a.year)
    start = str(a.day) if (a.year, a.month) == (b.year, b.month) else f"{a.day} {_month(a)}"
    if a.year != b.year:
        start += f" {a.year}"
    return f"{start} to {b.day} {_month(b)}{years}"


def _month(day: date) -> str:
    return _MONTHS[day.month - 1]
