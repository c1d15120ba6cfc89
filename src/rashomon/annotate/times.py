"""Time expressions of one article as TIMEX3 (Pustejovsky et al. 2003), resolved against the day of publication.

Each kind of expression is one pattern and one reading of it, tried from the most to the least specific; what a longer
expression has taken is not read again. Without a publication date relative times keep their unresolved value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rashomon.annotate import calendar
from rashomon.annotate.calendar import Resolved, Tense
from rashomon.annotate.expressions import Moment, readers
from rashomon.annotate.phrases import token_at
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.lexicon import alternation, load_lexicon
from rashomon.model import Time, TimeType
from rashomon.text.dates import find_written_dates, is_possible

if TYPE_CHECKING:
    from spacy.tokens import Token

_FUTURE_WORDS = frozenset(
    {
        "will",
        "would",
        "'ll",
        "’ll",
        "shall",
        "due",
        "set",
        "scheduled",
        "expected",
        "plan",
        "plans",
        "planned",
        "going",
        "ahead",
        "upcoming",
        "may",
        "could",
        "must",
        "intends",
        "begin",
        "begins",
        "starting",
        "until",
    }
)
_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_YEAR_AGO = re.compile(r"(?:a|one)\s+year\s+(?:ago|earlier|before)", re.IGNORECASE)
# How many characters after a quarter a year's comparison still speaks of it.
NEAR_A_QUARTER = 600
_URL = re.compile(r"https?://\S+")


def find_times(parsed: Parsed) -> tuple[Time, ...]:
    """The time expressions of an article in order of place."""
    published = _day_of(parsed.article.published)
    found = [t for paragraph in parsed.paragraphs for t in _times_of(parsed.article.text, paragraph, published)]
    return tuple(_quarters_compared(parsed.article.text, sorted(found, key=lambda t: (t.start, t.end))))


def _quarters_compared(text: str, times: list[Time]) -> list[Time]:
    """Where a report speaks of a quarter, "a year ago" and "a year earlier" mean that quarter of the year before."""
    resolved: list[Time] = []
    quarter: Time | None = None
    for time in times:
        if _QUARTER.fullmatch(time.value):
            quarter = time
        elif quarter is not None and _YEAR_AGO.fullmatch(text, time.start, time.end):
            year, number = int(quarter.value[:4]) - 1, int(quarter.value[-1])
            before = calendar.quarter(year, number)
            if time.start - quarter.end <= NEAR_A_QUARTER:
                time = _time(time.start, time.end, "DATE", before)
        resolved.append(time)
    return resolved


def _day_of(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _times_of(text: str, paragraph: Paragraph, published: date | None) -> list[Time]:
    start, end = paragraph.span.start, paragraph.span.end
    taken: list[tuple[int, int]] = [(m.start(), m.end()) for m in _URL.finditer(text, start, end)]
    found: list[Time] = []

    def tense_at(at: int) -> Callable[[], Tense]:
        return lambda: _tense(paragraph, at)

    for time in _written(text, paragraph, published):
        if not _is_taken(taken, time.start, time.end):
            taken.append((time.start, time.end))
            found.append(time)
    for pattern, read in readers():
        for m in pattern.finditer(text, start, end):
            if _is_taken(taken, m.start(), m.end()):
                continue
            try:
                reading = read(Moment(m, published, tense_at(m.start() - paragraph.offset)))
            except (OverflowError, ValueError):
                reading = None  # a day outside the calendar: "5 million days ago", "May 0000"
            if reading is not None:
                taken.append((m.start(), m.end()))
                found.append(_time(m.start(), m.end(), *reading))
    return found


def _is_taken(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in taken)


def _time(start: int, end: int, kind: TimeType, resolved: Resolved) -> Time:
    first = resolved.first.isoformat() if resolved.first else None
    last = resolved.last.isoformat() if resolved.last else None
    return Time(start=start, end=end, type=kind, value=resolved.value, first=first, last=last)


def _written(text: str, paragraph: Paragraph, published: date | None) -> list[Time]:
    """Dates that name day and month, with the weekday before them: "Sunday (23.02.2025)", "on Feb. 23"."""
    found = []
    days = alternation(load_lexicon("calendar")["weekdays"])
    before = re.compile(rf"\b(?:{days})\.?,?\s*\(?$", re.IGNORECASE)
    for written in find_written_dates(text, paragraph.span.start, paragraph.span.end):
        year = written.year
        if year is None and published is not None:
            tense = _tense(paragraph, written.start - paragraph.offset)
            year = calendar.nearest_year(published, written.month, written.day, tense)
        start, end = written.start, written.end
        if m := before.search(text[max(paragraph.span.start, start - 14) : start]):
            start -= len(m[0])
            end += "(" in m[0] and text[end : end + 1] == ")"
        if year is None or not is_possible(year, written.month, written.day):
            resolved = Resolved(f"XXXX-{written.month:02}-{written.day:02}")
        else:
            resolved = calendar.day(date(year, written.month, written.day))
        found.append(_time(start, end, "DATE", resolved))
    return found


def _tense(paragraph: Paragraph, at: int) -> Tense:
    """Where the verb over a place looks: ahead, back, or neither."""
    doc = paragraph.doc
    i = token_at(doc, max(0, at))
    if i >= len(doc):
        return "present"
    token = doc[i]
    for _ in range(8):
        if token.pos_ in ("VERB", "AUX") or token.head == token:
            break
        if token.lower_ in ("ahead", "upcoming"):
            return "future"
        token = token.head
    return _tense_of(token)


def _tense_of(verb: Token) -> Tense:
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")} | {verb.lower_}
    if helpers & _FUTURE_WORDS or any(
        c.lower_ in ("due", "set", "scheduled", "expected", "ahead") for c in verb.children
    ):
        return "future"
    if "to" in helpers and verb.tag_ == "VB":
        return "future"
    if verb.tag_ in ("VBD", "VBN") or helpers & {"was", "were", "had", "did"}:
        return "past"
    if verb.tag_ == "VBG" and not helpers & {"is", "are", "'s", "’s", "be"} and verb.head != verb:
        return _tense_of(verb.head) if verb.head.pos_ in ("VERB", "AUX") else "present"
    return "present"
