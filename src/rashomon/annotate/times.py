"""Time expressions of one article as TIMEX3 (Pustejovsky et al. 2003), resolved against the day of publication.

Each kind of expression is one pattern and one function that resolves it, tried from the most to the least specific; what a longer
expression has taken is not read again. Without a publication date relative times keep their unresolved value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from rashomon.annotate import calendar
from rashomon.annotate.anchors import read_anchored
from rashomon.annotate.calendar import Resolved, Tense
from rashomon.annotate.expressions import resolvers
from rashomon.annotate.moment import Moment, make_time
from rashomon.annotate.sayings import day_at, days_said
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.annotate.tense import tense_at
from rashomon.lexicon import alternation, load_lexicon
from rashomon.model import Quote, Time
from rashomon.text.dates import find_written_dates, is_possible, read_day

_COPYRIGHT = re.compile(r"(?:\bCopyright|©)\s{0,20}(?:©\s{0,20}|\(c\)\s{0,20})?((?:19|20)\d\d)\b", re.IGNORECASE)
# "Jan. 21-26"
_TO_DAY = re.compile(r"\s?[-–]\s?(\d{1,2})\b(?![/.:-]\d)")
_URL = re.compile(r"https?://\S+")


def find_times(parsed: Parsed, quotes: Sequence[Quote] = ()) -> tuple[Time, ...]:
    """The time expressions of an article in order of place; those inside a quotation count from the day it was said on."""
    text, published = parsed.article.text, read_day(parsed.article.published)
    found = [t for paragraph in parsed.paragraphs for t in _times_of(text, paragraph, lambda _: published)]
    said = days_said(parsed, quotes, found) if published is not None else []
    for paragraph in parsed.paragraphs:
        start, end = paragraph.span.start, paragraph.span.end
        if any(start <= s.span.start < end and s.day != published for s in said):
            found = [t for t in found if not start <= t.start < end]
            found += _times_of(text, paragraph, lambda at: day_at(said, at) or published)
    return tuple(sorted([*_about_the_report(parsed), *read_anchored(parsed, found)], key=lambda t: (t.start, t.end)))


def _about_the_report(parsed: Parsed) -> list[Time]:
    """Full dates in the lines about the report: its dateline, the day it was put online or changed, its copyright's year."""
    text = parsed.article.text
    years = [m for span in parsed.article.furniture for m in _COPYRIGHT.finditer(text, span.start, span.end)]
    return [make_time(m.start(1), m.end(1), "DATE", calendar.year(int(m[1]))) for m in years] + [
        make_time(w.start, w.end, "DATE", calendar.day(date(w.year, w.month, w.day)))
        for span in parsed.article.furniture
        for w in find_written_dates(parsed.article.text, span.start, span.end)
        if w.year is not None and is_possible(w.year, w.month, w.day)
    ]


def _times_of(text: str, paragraph: Paragraph, told_on: Callable[[int], date | None]) -> list[Time]:
    """The times of a paragraph; `told_on` gives the day that what stands at a place was told on."""
    start, end = paragraph.span.start, paragraph.span.end
    taken: list[tuple[int, int]] = [(m.start(), m.end()) for m in _URL.finditer(text, start, end)]
    found: list[Time] = []
    cased = any(c.isupper() for c in text[start:end])

    def looking(at: int) -> Callable[[], Tense]:
        return lambda: tense_at(paragraph, at)

    for time in _written(text, paragraph, told_on):
        if not _is_taken(taken, time.start, time.end):
            taken.append((time.start, time.end))
            found.append(time)
    for pattern, resolve in resolvers():
        for m in pattern.finditer(text, start, end):
            if _is_taken(taken, m.start(), m.end()):
                continue
            try:
                resolution = resolve(Moment(m, told_on(m.start()), looking(m.start() - paragraph.offset), cased))
            except (OverflowError, ValueError):
                resolution = None  # a day outside the calendar: "5 million days ago", "May 0000"
            if resolution is not None:
                taken.append((m.start(), m.end()))
                found.append(make_time(m.start(), m.end(), *resolution))
    return found


def _is_taken(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in taken)


def _written(text: str, paragraph: Paragraph, told_on: Callable[[int], date | None]) -> list[Time]:
    """Dates that name day and month, with the weekday before them: "Sunday (23.02.2025)", "on Feb. 23"."""
    found = []
    for written in find_written_dates(text, paragraph.span.start, paragraph.span.end):
        year, published = written.year, told_on(written.start)
        if year is None and published is not None:
            tense = tense_at(paragraph, written.start - paragraph.offset)
            year = calendar.nearest_year(published, written.month, written.day, tense)
        start, end = written.start, written.end
        if m := _weekday_before().search(text[max(paragraph.span.start, start - 14) : start]):
            start -= len(m[0])
            end += "(" in m[0] and text[end : end + 1] == ")"
        if year is None or not is_possible(year, written.month, written.day):
            resolved = Resolved(f"XXXX-{written.month:02}-{written.day:02}")
        else:
            resolved = calendar.day(date(year, written.month, written.day))
            to = _TO_DAY.match(text, end)
            if to and written.day < int(to[1]) and is_possible(year, written.month, int(to[1])):
                first, last = (date(year, written.month, day) for day in (written.day, int(to[1])))
                resolved, end = Resolved(f"{first.isoformat()}/{last.isoformat()}", first, last), to.end()
        found.append(make_time(start, end, "DATE", resolved))
    return found


@lru_cache(maxsize=1)
def _weekday_before() -> re.Pattern[str]:
    """A weekday that ends where a date begins."""
    days = alternation(load_lexicon("calendar")["weekdays"])
    return re.compile(rf"\b(?:{days})\.?,?\s{{0,20}}\(?$", re.IGNORECASE)
