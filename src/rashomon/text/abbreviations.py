"""Full stops that end no sentence: those of abbreviations and initials."""

from __future__ import annotations

import re
from functools import lru_cache

from rashomon.lexicon import alternation, load_lexicon, shortened, words_of

# No abbreviation with its full stop is longer.
LONGEST = 12


def ends_in_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` ends in an abbreviation or initial that more words follow: `Dr.`, `Sept.`, `U.S.`."""
    return bool(_abbreviation().search(text[max(start, end - LONGEST) : end]))


@lru_cache(maxsize=1)
def _abbreviation() -> re.Pattern[str]:
    months = {month.title() for month in shortened(load_lexicon("calendar")["months"])}
    return re.compile(rf"\b(?:{alternation(words_of('abbreviations', 'before') | months)}|[A-Z])\.$")
