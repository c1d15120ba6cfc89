"""Tolls: figures that count the dead, the injured, the missing. Which toll, and over which days."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rashomon.collate.material import Material
from rashomon.collate.timeline import is_dated
from rashomon.lexicon import load_lexicon
from rashomon.model import Figure, Time
from rashomon.text.dates import read_day
from rashomon.text.words import find_words, fold

# Tolls of days further apart than this are of two events; a toll over more days than that is of many.
NEAR_DAYS, EVENT_DAYS = 7, 31
# Before a number that only says of how many: "of the 48 people on the quay, 12 were killed".
_WHOLE = re.compile(r"\b(?:of|among)\s{1,20}(?:the|its|their|his|her|our|those|these|all)\s{1,20}$", re.IGNORECASE)
OF_REACH = 60
# Where the words that a number counts end at the latest.
PHRASE_END = re.compile(r"[,;:()\[\]\"“”—]|\s[-–]\s|\n|\b(?:and|but|while|who|which|that)\b")


class Days(NamedTuple):
    """A stretch of days, both ends in it."""

    first: date
    last: date


def find_toll(words: str) -> str | None:
    """Which toll some words count ("killed", "injured"), or None; the first one named."""
    table = _toll_of()
    return next((table[w] for w in (fold(word.text) for word in find_words(words)) if w in table), None)


def toll_of(material: Material, article: str, figure: Figure) -> str | None:
    """Which toll a figure counts: what the words after it name before the next break, else what it is about."""
    text = material.texts[article]
    if _WHOLE.search(text, max(0, figure.start - OF_REACH), figure.start):
        return None
    end = material.home(article, figure.span).end
    stop = PHRASE_END.search(text, figure.end, end)
    return find_toll(text[figure.end : stop.start() if stop else end]) or find_toll(figure.about)


@lru_cache(maxsize=1)
def _toll_of() -> dict[str, str]:
    return {word: toll for toll, words in load_lexicon("tolls")["tolls"].items() for word in words.split()}


def days_of_toll(material: Material, article: str, figure: Figure) -> Days | None:
    """The days a toll counts: those named beside it in its sentence, else the day of the report; None without any."""
    number = material.sentence_at(article, figure.start)
    if number is not None:
        home = material.sentences[number].span
        times = [t for t in material.found[article].times if home.start <= t.start < home.end and is_dated(t)]
        if times:
            nearest = min(times, key=lambda t: (abs(t.start - figure.start), t.start))
            return _days(nearest)
    published = read_day(material.by_id[article].published)
    return Days(published, published) if published else None


def _days(time: Time) -> Days | None:
    first, last = read_day(time.first), read_day(time.last)
    return Days(first, last) if first and last else None


def are_apart(a: Days, b: Days) -> bool:
    """Whether two tolls are of two events: their days lie apart, or one counts a season and the other a day."""
    long_a, long_b = ((d.last - d.first).days > EVENT_DAYS for d in (a, b))
    gap = max((a.first - b.last).days, (b.first - a.last).days)
    return gap > NEAR_DAYS or long_a != long_b
