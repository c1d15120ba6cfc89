"""Days in the little room of a table or a card."""

from __future__ import annotations

import re

from rashomon.text.dates import read_day, say_days

_MONTH = re.compile(
    r"\b(January|February|March|April|August|September|October|November|December)\b"
)  # May, June and July stay whole


def say_day(day: str, year: int | None = None) -> str:
    """A day with its month, and its year where that is not `year`."""
    return say_days(day[:10], day[:10], year)


def say_published(stamp: str | None) -> str:
    """The day of an ISO stamp, or that it is not known."""
    return say_range(stamp, stamp)


def say_range(first: str | None, last: str | None) -> str:
    """The days from one ISO stamp to another, or that they are not known."""
    a, b = read_day(first), read_day(last)
    return say_days(a.isoformat(), b.isoformat()) if a and b else "Day not known"


def say_short(first: str, last: str, year: int | None = None) -> str:
    """Some days with their months cut to three letters: "18 to 20 Feb".

    >>> say_short("2026-02-18", "2026-03-02", 2026)
    '18 Feb to 2 Mar'
    """
    told = say_days(first, last, year)
    return _MONTH.sub(lambda month: month[0][:3], told) if any(c.isdigit() for c in told) else told
