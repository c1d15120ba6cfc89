"""How much of one text stands in another, from the passages they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from rashomon.model import Passage, Reading


def share_text(passages: Sequence[Passage], sizes: Mapping[str, int]) -> dict[tuple[str, str], float]:
    """(article, other): the share of the article's `sizes` characters that stand in the other, 0 to 1; speech left out."""
    covered: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for passage in passages:
        if not passage.speech:
            for left, right in combinations(passage.readings, 2):
                covered[left.article, right.article].append(left)
                covered[right.article, left.article].append(right)
    return {key: min(1.0, union_length(readings) / max(1, sizes[key[0]])) for key, readings in covered.items()}


def union_length(readings: Sequence[Reading]) -> int:
    """How many characters some readings of one article cover together."""
    total, end = 0, -1
    for reading in sorted(readings, key=lambda r: (r.start, r.end)):
        total += max(0, reading.end - max(reading.start, end))
        end = max(end, reading.end)
    return total
