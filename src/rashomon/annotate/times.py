"""Time expressions of one article as TIMEX3 (Pustejovsky et al. 2003), resolved against the day of publication.

Each kind of expression is one pattern and one reading of it, tried from the most to the least specific; what a longer
expression has taken is not read again. Without a publication date relative times keep their unresolved value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from rashomon.annotate import calendar
from rashomon.annotate.anchors import make_time, read_anchored
from rashomon.annotate.calendar import Resolved, Tense
from rashomon.annotate.expressions import Moment, readers
from rashomon.annotate.phrases import SUBJECTS, token_at
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.lexicon import alternation, load_lexicon
from rashomon.model import Time
from rashomon.text.dates import find_written_dates, is_possible, read_day

if TYPE_CHECKING:
    from spacy.tokens import Token

# How a word like "due" stands when it says that its verb looks ahead.
_STATES = frozenset({"acomp", "oprd", "xcomp", "ccomp"})
_URL = re.compile(r"https?://\S+")


def find_times(parsed: Parsed) -> tuple[Time, ...]:
    """The time expressions of an article in order of place."""
    published = read_day(parsed.article.published)
    found = [t for paragraph in parsed.paragraphs for t in _times_of(parsed.article.text, paragraph, published)]
    return tuple(sorted([*_about_the_report(parsed), *read_anchored(parsed, found)], key=lambda t: (t.start, t.end)))


def _about_the_report(parsed: Parsed) -> list[Time]:
    """Full dates in the lines about the report: its dateline, the day it was put online or changed."""
    return [
        make_time(w.start, w.end, "DATE", calendar.day(date(w.year, w.month, w.day)))
        for span in parsed.article.furniture
        for w in find_written_dates(parsed.article.text, span.start, span.end)
        if w.year is not None and is_possible(w.year, w.month, w.day)
    ]


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
                found.append(make_time(m.start(), m.end(), *reading))
    return found


def _is_taken(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in taken)


def _written(text: str, paragraph: Paragraph, published: date | None) -> list[Time]:
    """Dates that name day and month, with the weekday before them: "Sunday (23.02.2025)", "on Feb. 23"."""
    found = []
    days = alternation(load_lexicon("calendar")["weekdays"])
    before = re.compile(rf"\b(?:{days})\.?,?\s{{0,20}}\(?$", re.IGNORECASE)
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
        found.append(make_time(start, end, "DATE", resolved))
    return found


def _tense(paragraph: Paragraph, at: int) -> Tense:
    """Where the verb over a place looks: ahead, back, or neither."""
    doc = paragraph.doc
    i = token_at(doc, max(0, at))
    if i >= len(doc):
        return "present"
    token = doc[i]
    if _is_deadline(token):
        return "future"
    if token.dep_ == "poss" and token.head.dep_ not in SUBJECTS:
        return "past"  # "looks for ways around Wednesday's ruling"
    for _ in range(8):
        if token.pos_ in ("VERB", "AUX") or token.head == token:
            break
        if token.lower_ in ("ahead", "upcoming"):
            return "future"
        token = token.head
    return _tense_of(token)


def _is_deadline(token: Token) -> bool:
    """Whether the day is the last or first one for something: "until Tuesday", "as soon as Monday"."""
    over = token.head if token.dep_ != "compound" else token.head.head
    if over.dep_ == "nummod" or over.pos_ == "NOUN":
        over = over.head
    return over.lower_ == "until" or (over.lower_ == "as" and over.head.lower_ in ("soon", "early", "late"))


def _tense_of(verb: Token) -> Tense:
    words = _tense_words()
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")} | {verb.lower_}
    if _is_perfect(verb):
        return "past"  # "had been due Friday", "may have left on Monday"
    if helpers & words["ahead"] or any(c.lower_ in words["awaited"] and c.dep_ in _STATES for c in verb.children):
        return "future"
    if "to" in helpers and verb.tag_ == "VB":
        if verb.dep_ == "advcl" and verb.head != verb:
            return _tense_of(verb.head)
        return "past" if _is_perfect(verb.head) else "future"
    if verb.tag_ in ("VBD", "VBN") or helpers & {"was", "were", "did"}:
        return "past"
    if verb.tag_ in ("VBP", "VBZ") and verb.lemma_ in words["scheduled"]:
        return "future"
    if verb.tag_ == "VBG" and not helpers & {"is", "are", "'s", "’s", "be"} and verb.head != verb:
        return _tense_of(verb.head) if verb.head.pos_ in ("VERB", "AUX") else "present"
    return "present"


def _is_perfect(verb: Token) -> bool:
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")} | {verb.lower_}
    over = verb.head if verb.pos_ == "ADJ" else verb
    helpers |= {c.lower_ for c in over.children if c.dep_ == "aux"}
    return "had" in helpers or ("have" in helpers and verb.tag_ == "VBN" and "to" not in helpers)


@lru_cache(maxsize=1)
def _tense_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in load_lexicon("times")["tense"].items()}
