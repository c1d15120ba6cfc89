"""The kinds of time expression: one pattern for each and the function that resolves it to a TIMEX3 value with its days.

Days, periods, times of the clock and durations have a module each; here they are put in order, the more specific first.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rashomon.annotate import clock, days, durations, periods
from rashomon.annotate.calendar import Resolved
from rashomon.annotate.moment import Moment, Resolution, Resolver, Rule
from rashomon.lexicon import alternation, load_lexicon


@lru_cache(maxsize=1)
def resolvers() -> tuple[tuple[re.Pattern[str], Resolver], ...]:
    """Every kind of expression as a pattern with what resolves it, from the most to the least specific."""
    rules = [
        *periods.month_rules(),
        *durations.set_rules(),
        *clock.rules_with_day(),
        *days.rules(),
        *durations.reach_rules(),
        *periods.rules(),
        *clock.rules(),
        *durations.rules(),
        *_reference_rules(),
    ]
    return tuple((re.compile(pattern, re.IGNORECASE | re.ASCII), resolve) for pattern, resolve in rules)


def _reference_rules() -> list[Rule]:
    words = load_lexicon("times")
    return [
        (rf"\b(?P<ref>{alternation(words['references'])})\b", _reference),
        (r"\b(?P<ref>current|recent)(?=\s{1,20}[a-z])(?!\s{1,20}(?:and|or)\b)", _reference),
    ]


def _reference(m: Moment) -> Resolution:
    value = load_lexicon("times")["references"][re.sub(r"\s{1,20}", " ", m["ref"])]
    return "DURATION" if value.startswith("PX") else "DATE", Resolved(value)
