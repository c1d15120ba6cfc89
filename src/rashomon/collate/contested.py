"""A label without the numbers in which reports differ: "people were killed", where some say five and others six."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from rashomon.collate.material import Material
from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import Reading
from rashomon.text.measures import is_measure
from rashomon.text.words import fold, split_words

# What a number counts is among so many words behind it: "five night workers".
NOUN_REACH = 3


def without_numbers(material: Material, words: str, numbers: Iterable[Reading]) -> str | None:
    """A label without some numbers of its report; None where one of them says more than how many of several things there were."""
    left = words
    for number in numbers:
        written = re.escape(material.text(number.article, number))
        found = list(re.finditer(rf"(?<!\w){written}(?!\w)", left, re.IGNORECASE))
        before, after = (left[: found[0].start()], left[found[0].end() :]) if found else ("", "")
        if len(found) > 1 or (found and not _counts_several(before, after)):
            return None
        left = f"{before}{after.lstrip()}" if found else left
    return left[:1].upper() + left[1:]


def _counts_several(before: str, after: str) -> bool:
    """Whether things stand behind a number that can be told of without it: not "the two", "three of them", "two minutes later"."""
    following = [fold(w) for w in split_words(after)[:NOUN_REACH]] if after.startswith(" ") else []
    opened = list(takewhile(lambda word: not _is_plural(word), following))
    is_bound = not words_of("briefing", "bound").isdisjoint([*opened, *(fold(w) for w in split_words(before)[-1:])])
    return len(opened) < len(following) and not is_bound and not _is_measured(following[len(opened)])


def _is_plural(word: str) -> bool:
    plurals, verbs = load_lexicon("briefing")["plurals"].values(), words_of("briefing", "verbs")
    return word in plurals or (word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in verbs)


def _is_measured(noun: str) -> bool:
    """Whether a noun is of a time or another measure."""
    singular = {many: one for one, many in load_lexicon("briefing")["plurals"].items()}
    unit = singular.get(noun, noun.removesuffix("s"))
    return is_measure(unit) or is_measure(noun)
