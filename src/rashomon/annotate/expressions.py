"""The kinds of time expression: one pattern and one reading for each, to a TIMEX3 value with its days.

Days, periods, times of the clock and durations have a module each; here they are put in order, the more specific first.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rashomon.annotate import clock, days, durations, periods
from rashomon.annotate.calendar import Resolved
from rashomon.annotate.moment import Moment, Read, Reading, Row
from rashomon.lexicon import alternation, load_lexicon


@lru_cache(maxsize=1)
def readers() -> tuple[tuple[re.Pattern[str], Read], ...]:
    """Every kind of expression as a pattern and its reading, from the most to the least specific."""
    rows = [
        *periods.month_rows(),
        *durations.set_rows(),
        *clock.rows_with_day(),
        *days.rows(),
        *durations.reach_rows(),
        *periods.rows(),
        *clock.rows(),
        *durations.rows(),
        *_reference_rows(),
    ]
    return tuple((re.compile(pattern, re.IGNORECASE | re.ASCII), read) for pattern, read in rows)


def _reference_rows() -> list[Row]:
    words = load_lexicon("times")
    return [
        (rf"\b(?P<ref>{alternation(words['references'])})\b", _reference),
        (r"\b(?P<ref>current|recent)(?=\s{1,20}[a-z])(?!\s{1,20}(?:and|or)\b)", _reference),
    ]


def _reference(m: Moment) -> Reading:
    value = load_lexicon("times")["references"][re.sub(r"\s{1,20}", " ", m["ref"])]
    return "DURATION" if value.startswith("PX") else "DATE", Resolved(value)
