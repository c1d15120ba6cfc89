"""How much of one text stands in another, from the passages they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from rashomon.model import Passage, Reading


def share_text(passages: Sequence[Passage], sizes: Mapping[str, int]) -> dict[tuple[str, str], float]:
    """(article, other): the share of the article's `sizes` characters that stand in the other, 0 to 1; speech left out."""
    covered: dict[tuple[str, str], list[tuple[Reading, float]]] = defaultdict(list)
    for passage in passages:
        if not passage.speech:
            told = 1 - passage.quoted
            for left, right in combinations(passage.readings, 2):
                covered[left.article, right.article].append((left, told))
                covered[right.article, left.article].append((right, told))
    return {key: min(1.0, _length(readings) / max(1, sizes[key[0]])) for key, readings in covered.items()}


def _length(readings: Sequence[tuple[Reading, float]]) -> float:
    """How many characters some readings of one article cover together, each by the share of it that counts."""
    total, end = 0.0, -1
    for reading, weight in sorted(readings, key=lambda pair: (pair[0].start, pair[0].end)):
        total += weight * max(0, reading.end - max(reading.start, end))
        end = max(end, reading.end)
    return total
