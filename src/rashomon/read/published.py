"""When a report was published: its metadata, else its own words, else the other reports of the story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import msgspec

from rashomon.lexicon import alternation, load_lexicon
from rashomon.model import Article, Basis, Span
from rashomon.text.dates import WrittenDate, find_written_dates, is_possible

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?\S{0,40}))?")
_URL_DATE = re.compile(r"https?://\S{0,300}?/(\d{4})/(\d\d?)/(\d\d?)/")
# How far apart weekday and date may stand to be one dating: "Sunday (23.02.2025)", "Sunday, Feb. 23, 2025".
WEEKDAY_REACH = 4


def normal_date(value: str | None) -> str | None:
    """A metadata date as ISO 8601, with the time where it has one; None when it is no date."""
    if not value:
        return None
    if m := _ISO.search(value):
        return m[0].replace(" ", "T").replace("+00:00", "Z") if is_possible(int(m[1]), int(m[2]), int(m[3])) else None
    dates = [d for d in find_written_dates(value) if d.year is not None]
    return _iso(dates[0]) if dates else None


def date_in_text(text: str, line: Span | None) -> tuple[str, Basis] | None:
    """The day a text gives itself, and the words it rests on: a dated line, a weekday with its date, its own address."""
    if line:
        for found in find_written_dates(text, line.start, line.end):
            if found.year is not None:
                return _iso(found), Basis(kind="text", span=Span(found.start, found.end))
    for found in find_written_dates(text):
        if found.year is not None and _weekday_beside(text, found):
            return _iso(found), Basis(kind="text", span=Span(found.start, found.end))
    if m := _URL_DATE.search(text):
        year, month, day = (int(part) for part in m.groups())
        try:
            return date(year, month, day).isoformat(), Basis(kind="text", span=Span(m.start(1), m.end(3)))
        except ValueError:
            return None
    return None


def date_from_story(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Articles of one story, of which the undated ones get the day most of the dated ones have (the earliest of equals)."""
    days = Counter(article.published[:10] for article in articles if article.published)
    if not days:
        return tuple(articles)
    day = min(days, key=lambda d: (-days[d], d))
    return tuple(
        article
        if article.published
        else msgspec.structs.replace(article, published=day, published_basis=Basis(kind="story"))
        for article in articles
    )


@lru_cache(maxsize=1)
def _weekdays() -> tuple[re.Pattern[str], dict[str, int]]:
    weekdays = load_lexicon("calendar")["weekdays"]
    return re.compile(rf"\b({alternation(weekdays)})\b\.?", re.IGNORECASE), weekdays


def _weekday_beside(text: str, found: WrittenDate) -> bool:
    pattern, weekdays = _weekdays()
    assert found.year is not None
    day = date(found.year, found.month, found.day).isoweekday()
    around = text[max(0, found.start - 12 - WEEKDAY_REACH) : found.end + 14]
    return any(weekdays[m[1].lower()] == day for m in pattern.finditer(around))


def _iso(found: WrittenDate) -> str:
    assert found.year is not None
    return date(found.year, found.month, found.day).isoformat()
