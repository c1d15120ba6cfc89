"""Which two stretches are worth comparing: those whose meanings are near, and near beside what else each of them is near to.

A stretch has hardly more than one place in every other article that tells the same. So where there are many stretches, each
is compared with its nearest alone (a graph of nearest neighbours, mutual as in Brito et al. 1997), and the work grows with
their number, not with its square.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Vectors = NDArray[np.float32]
# Stretches compared at once: enough to be quick, little enough for memory.
BLOCK = 512
# With so many of its nearest a stretch is compared, and with two for every article where that is more: five reports of usual
# length are compared in full.
NEAREST, PER_ARTICLE = 200, 2
# Cosines are rounded before they decide who is nearest.
DECIMALS = 3


def count_nearest(n_articles: int) -> int:
    """With how many of its nearest a stretch of so many articles is compared."""
    return max(NEAREST, PER_ARTICLE * n_articles)


def near_pairs(vectors: Vectors, homes: Ints, floor: float, most: int | None = None) -> tuple[Ints, Ints]:
    """Pairs of other homes whose cosine is at least `floor`, each among the `most` nearest of the other; in order.

    `vectors` have length 1, shape (n, width); `homes`, shape (n,), says which of them are never compared with one another.
    """
    least = np.full(len(vectors), -1, np.float32)
    if most is not None and most < len(vectors):
        least = np.concatenate([_kth_nearest(cosines, apart, most) for _, cosines, apart in _blocks(vectors, homes)])
    lefts, rights = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for start, cosines, apart in _blocks(vectors, homes):
        rounded = cosines.round(DECIMALS)
        near = apart & (cosines >= floor) & (rounded >= least[start : start + BLOCK, None]) & (rounded >= least[None])
        row, column = np.nonzero(np.triu(near, start + 1))
        lefts.append(row + start)
        rights.append(column)
    return np.concatenate(lefts), np.concatenate(rights)


def _blocks(vectors: Vectors, homes: Ints) -> Iterator[tuple[int, Vectors, NDArray[np.bool_]]]:
    """Some stretches at a time: the number of the first, their cosines with all, and which of these are of other homes."""
    for start in range(0, len(vectors), BLOCK):
        rows = slice(start, start + BLOCK)
        yield start, vectors[rows] @ vectors.T, homes[rows, None] != homes[None]


def _kth_nearest(cosines: Vectors, apart: NDArray[np.bool_], most: int) -> Vectors:
    """How near the last of each one's `most` nearest is."""
    return np.partition(np.where(apart, cosines, -1).round(DECIMALS), -most, axis=1)[:, -most]
