"""What two wordings have in common, as stretches of both: the best-scoring stretches of their alignment.

The words are aligned by a longest common subsequence; an equal word counts for what it weighs, a word that only one of them
has counts against. An overlap is a stretch of the alignment that no shorter or longer one beats (Ruzzo and Tompa 1999).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq


class Overlap(NamedTuple):
    """Half-open ranges of words of both wordings, and what their common words weigh less what parts them."""

    left: tuple[int, int]
    right: tuple[int, int]
    score: float


class _Column(NamedTuple):
    left: int
    right: int
    score: float


def find_overlaps(
    left: Sequence[str], right: Sequence[str], weights: Sequence[float], *, gap: float, least: float
) -> list[Overlap]:
    """The overlaps that score `least` or more, in order; `weights` are those of the left words, `gap` what a word of one alone costs."""
    columns: list[_Column] = []
    for step in LCSseq.opcodes(left, right):
        i, j, n = step.src_start, step.dest_start, step.src_end - step.src_start
        if step.tag == "equal":
            columns += [_Column(i + k, j + k, weights[i + k]) for k in range(n)]
        else:
            columns += [_Column(-1, -1, -gap)] * (n + step.dest_end - j)
    return list(_best(columns, 0, len(columns), least))


def _best(columns: Sequence[_Column], start: int, end: int, least: float) -> list[Overlap]:
    """The overlaps of a part of the columns: the best one, and those to its left and right."""
    best, first, last = 0.0, start, start
    total, begin = 0.0, start
    for n in range(start, end):
        if total <= 0:
            total, begin = 0.0, n
        total += columns[n].score
        if total > best + 1e-9:
            best, first, last = total, begin, n
    if best < least or best <= 0:
        return []
    a, b = columns[first], columns[last]
    overlap = Overlap((a.left, b.left + 1), (a.right, b.right + 1), round(best, 3))
    return [*_best(columns, start, first, least), overlap, *_best(columns, last + 1, end, least)]
