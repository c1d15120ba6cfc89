"""What a sentence says beyond its evidence: names and numbers that stand in none of the readings it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rashomon.lexicon import words_of
from rashomon.text.naming import country_of
from rashomon.text.numbers import find_numbers
from rashomon.text.words import STOP, find_words, fold, stem

_APOSTROPHE = re.compile("['’]")


def find_unsupported(text: str, evidence: Iterable[str]) -> list[str]:
    """The names and numbers of a text that its evidence does not have, in order; empty when it is all there.

    A name is any capitalised word, the first of a sentence too unless it is one of those that open sentences and name nothing;
    it may stand in the evidence in another case, with other marks, or as a country's adjective. A number is one by its
    value, however it is written. Doubt refuses: a sentence that is refused is told in the reports' own words instead.
    """
    sources = [_read(source) for source in evidence]
    words = frozenset[str]().union(*(own for own, _ in sources))
    known = words | {stem(w) for w in words} | {fold(country_of()[w]) for w in words if w in country_of()}
    values = frozenset[float]().union(*(own for _, own in sources))
    missing = [
        text[number.core_start : number.end] for number in find_numbers(text) if not _is_near(number.value, values)
    ]
    return missing + [w for w in _names(text) if not _is_known(w, known)]


@lru_cache(maxsize=2048)
def _read(source: str) -> tuple[frozenset[str], frozenset[float]]:
    """The words of some evidence, folded, and the values of its numbers; many lines rest on one sentence."""
    return frozenset(fold(w.text) for w in find_words(source)), frozenset(n.value for n in find_numbers(source))


def _is_near(value: float, values: frozenset[float]) -> bool:
    return any(abs(value - other) <= 1e-9 * max(1.0, abs(other)) for other in values)


def _names(text: str) -> list[str]:
    """Capitalised words that are neither function words, "I'm" among them, nor words that only open a sentence."""
    return [
        word.text
        for word in find_words(text)
        if word.text[0].isupper()
        and fold(word.text) not in STOP
        and _APOSTROPHE.split(word.text)[0] != "I"
        and fold(word.text) not in words_of("briefing", "openers")
    ]


def _is_known(name: str, known: frozenset[str]) -> bool:
    folded = fold(name)
    return folded in known or stem(folded) in known or fold(country_of().get(folded, "")) in known
