"""From words of time to days: arithmetic on a publication date, by the conventions of news.

Weeks are ISO weeks, Monday to Sunday. A report of a Sunday stands on the edge of two: what it says has happened "this
week" lies in the week that ends, what it says will happen lies in the week that begins, and "last week" is the seven days
before it.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Tense = Literal["past", "present", "future"]
SUNDAY = 7
# A day and month without a year is seldom further back than this, in days; a month alone may be, and a holiday or season.
LONG_AGO, A_MONTH_AGO, A_ROUND_AGO = 240, 350, 366
# Nor is one that lies ahead further off than this.
FAR_AHEAD = 320
# What is said in the present of a month that is longer gone than this is said of the next one: "who can win in May".
LONG_GONE, NOT_FAR = 60, 270


@dataclass(frozen=True)
class Resolved:
    """A TIMEX3 value with its first and last day; the days are None where the value names none."""

    value: str
    first: date | None = None
    last: date | None = None


def day(when: date, part: str = "") -> Resolved:
    """One day, or a part of it (`MO`, `AF`, `EV`, `NI`, `T14:00`)."""
    return Resolved(when.isoformat() + (part if part.startswith("T") else f"T{part}" if part else ""), when, when)


def month(year: int, number: int) -> Resolved:
    """A whole month."""
    return Resolved(f"{year:04}-{number:02}", date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def part_of_month(whole: Resolved, part: str) -> Resolved:
    """Early, mid or late in a month: its first ten days, the next ten, the rest; of a year, its thirds."""
    assert whole.first is not None
    assert whole.last is not None
    third = (whole.last - whole.first).days // 3
    if part == "early":
        return Resolved(whole.value, whole.first, whole.first + timedelta(third))
    if part == "mid":
        return Resolved(whole.value, whole.first + timedelta(third), whole.last - timedelta(third))
    return Resolved(whole.value, whole.last - timedelta(third), whole.last)


def year(number: int) -> Resolved:
    """A whole year."""
    if not 1 <= number <= 9999:
        return Resolved(str(number))
    return Resolved(f"{number:04}", date(number, 1, 1), date(number, 12, 31))


def decade(number: int) -> Resolved:
    """The ten years from `number`: 1990 is the nineties."""
    return Resolved(f"{number // 10:03}", date(number, 1, 1), date(number + 9, 12, 31))


def century(nth: int) -> Resolved:
    """A century by its number: the 20th is the nineteen hundreds."""
    start = 100 * (nth - 1)
    return Resolved(f"{nth - 1:02}", date(max(start, 1), 1, 1), date(start + 99, 12, 31))


def quarter(of_year: int, number: int) -> Resolved:
    """A quarter of a year, 1 to 4."""
    start = date(of_year, 3 * number - 2, 1)
    end_month = 3 * number
    return Resolved(f"{of_year:04}-Q{number}", start, date(of_year, end_month, monthrange(of_year, end_month)[1]))


def week(published: date, offset: int, tense: Tense) -> Resolved:
    """The week `offset` weeks from the report's own (-1 is last week)."""
    monday = published - timedelta(published.isoweekday() - 1) + timedelta(weeks=offset)
    iso = monday.isocalendar()
    value = f"{iso.year:04}-W{iso.week:02}"
    if published.isoweekday() == SUNDAY:
        if offset == 0 and tense == "future":
            return Resolved(value, published, published + timedelta(6))
        if offset == -1:
            return Resolved(value, published - timedelta(7), published - timedelta(1))
    return Resolved(value, monday, monday + timedelta(6))


def beside(whole: Resolved, part: str, published: date) -> Resolved:
    """What has passed of a period that the report stands in ("earlier this year"), or what is still to come."""
    assert whole.first is not None
    assert whole.last is not None
    if part == "earlier":
        return Resolved(whole.value, whole.first, max(whole.first, published))
    return Resolved(whole.value, min(whole.last, published), whole.last)


def part_of_week(whole: Resolved, part: str, published: date) -> Resolved:
    """Early in a week is its first three days, late its last four; "earlier this week" ends before the report."""
    assert whole.first is not None
    assert whole.last is not None
    if part == "earlier":
        return Resolved(whole.value, whole.first, max(whole.first, min(whole.last, published) - timedelta(1)))
    if part in ("early", "beginning", "start"):
        return Resolved(whole.value, whole.first, whole.first + timedelta(2))
    return Resolved(whole.value, whole.last - timedelta(3), whole.last)


def weekend(published: date, offset: int, tense: Tense) -> Resolved:
    """The Saturday and Sunday of a week."""
    whole = week(published, offset, "past" if offset == 0 else tense)
    assert whole.last is not None
    sunday = whole.last if whole.last.isoweekday() == SUNDAY else whole.last + timedelta(1)
    return Resolved(f"{whole.value}-WE", sunday - timedelta(1), sunday)


def weekday(published: date, iso_day: int, tense: Tense, which: str = "") -> date:
    """The day a weekday names. The report's own weekday is that day; else past unless the verb looks ahead."""
    ahead = (iso_day - published.isoweekday()) % 7
    if which == "next":
        return published + timedelta(ahead or 7)
    if which == "last":
        return published - timedelta((published.isoweekday() - iso_day) % 7 or 7)
    if ahead == 0:
        return published
    if which == "this":
        return published - timedelta(published.isoweekday() - 1) + timedelta(iso_day - 1)
    return published + timedelta(ahead if tense == "future" else ahead - 7)


def shifted(published: date, count: float, unit: str) -> Resolved:
    """So many units before (negative) or after a day, at the precision of the unit; hours fall on the day itself."""
    n = int(count)
    if unit in ("S", "M1", "H"):
        return day(published)
    if unit == "D":
        return day(published + timedelta(n))
    if unit in ("W", "F"):
        then = published + timedelta(weeks=n * (2 if unit == "F" else 1))
        iso = then.isocalendar()
        return Resolved(f"{iso.year:04}-W{iso.week:02}", then - timedelta(3), then + timedelta(3))
    if unit == "M":
        index = published.year * 12 + published.month - 1 + n
        return month(index // 12, index % 12 + 1) if 12 <= index < 120_000 else Resolved("PAST_REF")
    years = n * {"Y": 1, "DE": 10, "CE": 100}.get(unit, 1)
    then_year = published.year + years
    return year(then_year) if 1 <= then_year <= 9999 else Resolved("PAST_REF")


def moved(when: date, count: float, unit: str) -> date | None:
    """The day so many units before (negative) or after another, to the day; None beyond the calendar."""
    n = int(count)
    if unit in ("S", "M1", "H"):
        return when
    days = {"D": 1, "W": 7, "F": 14, "WE": 7}.get(unit)
    if days is not None:
        return when + timedelta(n * days)
    months = n * {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[unit]
    index = when.year * 12 + when.month - 1 + months
    if not 12 <= index < 120_000:
        return None
    year_number, month_number = index // 12, index % 12 + 1
    return date(year_number, month_number, min(when.day, monthrange(year_number, month_number)[1]))


def floating(of_year: int, number: int, iso_day: int, nth: int) -> date:
    """The nth weekday of a month (-1 is the last): Thanksgiving is the fourth Thursday of November."""
    days = [date(of_year, number, d) for d in range(1, monthrange(of_year, number)[1] + 1)]
    own = [d for d in days if d.isoweekday() == iso_day]
    return own[nth - 1 if nth > 0 else nth]


def half(of_year: int, number: int) -> Resolved:
    """The first or second half of a year."""
    start, end = (1, 6) if number == 1 else (7, 12)
    return Resolved(f"{of_year:04}-H{number}", date(of_year, start, 1), date(of_year, end, monthrange(of_year, end)[1]))


# The first month of each season of the north, as weather services count them; winter ends in the year after.
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def season(of_year: int, code: str) -> Resolved:
    """Three whole months; winter is named for the year it begins in."""
    begin = date(of_year, _SEASONS[code], 1)
    index = of_year * 12 + _SEASONS[code] + 1
    end_year, end_month = index // 12, index % 12 + 1
    return Resolved(f"{of_year:04}-{code}", begin, date(end_year, end_month, monthrange(end_year, end_month)[1]))


def season_near(published: date, code: str, which: str, tense: Tense) -> Resolved:
    """The season meant beside a report: its year's, the last that has ended, or the next to begin."""
    own = [season(published.year + n, code) for n in (-2, -1, 0, 1)]
    if which in ("last", "past", "this past"):
        return [s for s in own if s.last is not None and s.last < published][-1]
    if which in ("next", "coming"):
        return next(s for s in own if s.first is not None and s.first > published)
    if which == "this":
        return own[2]
    middles = [s.first + timedelta(45) for s in own if s.first is not None]
    return own[middles.index(nearest(published, middles, tense, A_ROUND_AGO))]


def easter(of_year: int) -> date:
    """Easter Sunday of the western church, by the method of Meeus, Jones and Butcher (Meeus, Astronomical Algorithms, 1991)."""
    a, (b, c) = of_year % 19, divmod(of_year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month_number, day_number = divmod(h + ell - 7 * m + 114, 31)
    return date(of_year, month_number, day_number + 1)


def weekend_at(when: date) -> Resolved:
    """The Saturday and Sunday at a holiday: those it falls on, or the nearest."""
    saturday = (
        when + timedelta(6 - when.isoweekday()) if when.isoweekday() >= 3 else when - timedelta(when.isoweekday() + 1)
    )
    iso = saturday.isocalendar()
    return Resolved(f"{iso.year:04}-W{iso.week:02}-WE", saturday, saturday + timedelta(1))


def nearest(published: date, days: list[date], tense: Tense, long_ago: int = LONG_AGO) -> date:
    """The day of a yearly round closest to the report, on the side the verb looks to when one is near there."""
    closest = min(days, key=lambda d: (abs((d - published).days), d))
    if tense == "future":
        ahead = [d for d in days if d >= published - timedelta(1)]
        return ahead[0] if ahead and (ahead[0] - published).days <= FAR_AHEAD else closest
    if tense == "past":
        behind = [d for d in days if d <= published + timedelta(1)]
        return behind[-1] if behind and (published - behind[-1]).days <= long_ago else closest
    return closest


def nearest_year(published: date, month_number: int, day_number: int | None, tense: Tense) -> int:
    """The year of a date written without one: the closest to the report, on the side the verb looks to."""
    try:
        days = [
            date(y, month_number, min(day_number or 15, monthrange(y, month_number)[1]))
            for y in (published.year - 1, published.year, published.year + 1)
        ]
    except ValueError:
        return published.year
    closest = nearest(published, days, tense, LONG_AGO if day_number else A_MONTH_AGO)
    ahead = next((d for d in days if d > published), None)
    if tense == "present" and day_number is None and ahead is not None:
        gone, away = (published - closest).days, (ahead - published).days
        return ahead.year if gone > LONG_GONE and away <= NOT_FAR else closest.year
    return closest.year
