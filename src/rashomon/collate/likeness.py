"""How alike two stretches are, for all pairs that share a telling word.

Pairs come from a sparse product over an inverted index, so stretches without a common word are never compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# A word that stands in more stretches than this share (and number) tells nothing about a pair.
COMMON_SHARE = 0.05
COMMON_COUNT = 60
# Pairs that share less than this of the lighter one's weight are never alike enough to matter.
LEAST_SHARED = 0.02
# Rows, and pairs, worked on at once: enough to be quick, little enough for memory.
BLOCK, PAIR_BLOCK = 512, 100_000

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Pairs:
    """Pairs of stretches by number, each with three likenesses between 0 and 1.

    `dice` and `containment` weigh common stems by rarity, against both stretches and against the lighter one; `cosine`
    compares their vectors; `shared` is the weight itself of the common stems. Shapes: (n_pairs,).
    """

    left: Ints
    right: Ints
    dice: Floats
    containment: Floats
    cosine: Floats
    shared: Floats


def find_pairs(
    stems: Sequence[Sequence[str]],
    weights: Mapping[str, float],
    vectors: NDArray[np.float32] | None = None,
    *,
    common_share: float = COMMON_SHARE,
) -> Pairs:
    """Every pair that shares a stem which is not common, with its likenesses.

    A stem is common in more than `COMMON_COUNT` stretches and more than `common_share` of them; with a share of 0 the work
    grows with the number of stretches, not with its square. Without vectors the cosines are 0.
    """
    roots = weighted_stems(stems, weights)
    totals = np.asarray(roots.multiply(roots).sum(axis=1)).ravel()
    left, right = _candidates(roots, totals, common_share)
    inter = shared_weight(roots, left, right)
    both, lighter = totals[left] + totals[right], np.minimum(totals[left], totals[right])
    return Pairs(
        left,
        right,
        np.divide(2 * inter, both, out=np.zeros(len(left)), where=both > 0),
        np.divide(inter, lighter, out=np.zeros(len(left)), where=lighter > 0),
        _cosines(vectors, left, right) if vectors is not None else np.zeros(len(left)),
        inter,
    )


def weighted_stems(stems: Sequence[Sequence[str]], weights: Mapping[str, float]) -> csr_matrix:
    """The square roots of the weights of each stretch's stems, so that a product of rows is the weight they share."""
    from scipy.sparse import csr_matrix

    vocabulary: dict[str, int] = {}
    rows, columns, values = [], [], []
    for n, own in enumerate(stems):
        for stem in sorted(set(own)):
            rows.append(n)
            columns.append(vocabulary.setdefault(stem, len(vocabulary)))
            values.append(weights.get(stem, 1.0))
    shape = (len(stems), max(1, len(vocabulary)))
    return csr_matrix((np.sqrt(np.maximum(values, 1e-9)), (rows, columns)), shape=shape)


def _candidates(roots: csr_matrix, totals: Floats, common_share: float) -> tuple[Ints, Ints]:
    """Pairs whose common telling stems weigh at least `LEAST_SHARED` of the lighter one, found block by block."""
    from scipy.sparse import csr_matrix

    n = roots.shape[0]
    counts = np.asarray((roots > 0).sum(axis=0)).ravel()
    telling = csr_matrix(roots.multiply(counts <= max(COMMON_COUNT, common_share * n)))
    telling.eliminate_zeros()  # kept zeros would be multiplied like any other number
    across = csr_matrix(telling.T)
    lefts, rights = [], []
    for start in range(0, n, BLOCK):
        shared = (telling[start : start + BLOCK] @ across).tocoo()
        row, column = shared.row + start, shared.col
        keep = (row < column) & (shared.data >= LEAST_SHARED * np.minimum(totals[row], totals[column]))
        lefts.append(row[keep])
        rights.append(column[keep])
    left = np.concatenate(lefts).astype(np.int64) if lefts else np.zeros(0, np.int64)
    right = np.concatenate(rights).astype(np.int64) if rights else np.zeros(0, np.int64)
    order = np.lexsort((right, left))
    return left[order], right[order]


def _cosines(vectors: NDArray[np.float32], left: Ints, right: Ints) -> Floats:
    parts = [
        np.einsum("ij,ij->i", vectors[left[i : i + PAIR_BLOCK]], vectors[right[i : i + PAIR_BLOCK]])
        for i in range(0, len(left), PAIR_BLOCK)
    ]
    return np.concatenate(parts).astype(np.float64) if parts else np.zeros(0)


def shared_weight(roots: csr_matrix, left: Ints, right: Ints) -> Floats:
    """The weight two rows have in common, pair by pair, in blocks that fit in memory."""
    parts = [
        np.asarray(roots[left[i : i + PAIR_BLOCK]].multiply(roots[right[i : i + PAIR_BLOCK]]).sum(axis=1)).ravel()
        for i in range(0, len(left), PAIR_BLOCK)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)
