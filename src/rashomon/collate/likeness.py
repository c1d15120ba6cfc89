"""How alike two stretches are, for all pairs that share a telling word, and the groups that follow from it.

Pairs come from a sparse product over an inverted index, so stretches without a common word are never compared. Groups
are average-linkage clusters (Sokal and Michener 1958) of the likeness graph.
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
COMMON_SHARE = 0.35
COMMON_COUNT = 40
# A dense matrix is made for one component at a time; a component above this size is cut at a higher likeness first.
MAX_COMPONENT = 1500

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Pairs:
    """Pairs of stretches by number, each with three likenesses between 0 and 1.

    `dice` and `containment` weigh common stems by rarity, against both stretches and against the lighter one; `cosine`
    compares their vectors. Shapes: (n_pairs,).
    """

    left: Ints
    right: Ints
    dice: Floats
    containment: Floats
    cosine: Floats


def find_pairs(stems: Sequence[Sequence[str]], weights: Mapping[str, float], vectors: NDArray[np.float32]) -> Pairs:
    """Every pair that shares a stem which is not common, with its likenesses."""
    from scipy.sparse import csr_matrix

    vocabulary: dict[str, int] = {}
    rows, columns, values = [], [], []
    for n, own in enumerate(stems):
        for stem in sorted(set(own)):
            rows.append(n)
            columns.append(vocabulary.setdefault(stem, len(vocabulary)))
            values.append(weights.get(stem, 1.0))
    shape = (len(stems), max(1, len(vocabulary)))
    roots = csr_matrix((np.sqrt(np.maximum(values, 1e-9)), (rows, columns)), shape=shape)
    totals = np.asarray(roots.multiply(roots).sum(axis=1)).ravel()
    counts = np.asarray((roots > 0).sum(axis=0)).ravel()
    telling = csr_matrix(roots.multiply(counts <= max(COMMON_COUNT, COMMON_SHARE * len(stems))))
    shared = (telling @ telling.T).tocoo()
    keep = shared.row < shared.col
    left, right = shared.row[keep].astype(np.int64), shared.col[keep].astype(np.int64)
    order = np.lexsort((right, left))
    left, right = left[order], right[order]
    inter = _shared_weight(roots, left, right)
    cosine = np.einsum("ij,ij->i", vectors[left], vectors[right]).astype(np.float64) if len(left) else np.zeros(0)
    return Pairs(
        left,
        right,
        np.divide(
            2 * inter, totals[left] + totals[right], out=np.zeros(len(left)), where=totals[left] + totals[right] > 0
        ),
        np.divide(
            inter,
            np.minimum(totals[left], totals[right]),
            out=np.zeros(len(left)),
            where=np.minimum(totals[left], totals[right]) > 0,
        ),
        cosine,
    )


def _shared_weight(roots: csr_matrix, left: Ints, right: Ints, block: int = 200_000) -> Floats:
    """The weight two rows have in common, pair by pair, in blocks that fit in memory."""
    parts = [
        np.asarray(roots[left[i : i + block]].multiply(roots[right[i : i + block]]).sum(axis=1)).ravel()
        for i in range(0, len(left), block)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def group_alike(n: int, left: Ints, right: Ints, likeness: Floats, least: float) -> list[list[int]]:
    """Numbers 0 to n-1 in groups whose average likeness is at least `least`; pairs not given count as unlike.

    Groups and their members are in ascending order, singles included.
    """
    groups: list[list[int]] = []
    for members in _components(n, left, right, likeness, least / 2):
        groups += _split(members, left, right, likeness, least) if len(members) > 1 else [members]
    return sorted(groups)


def _components(n: int, left: Ints, right: Ints, likeness: Floats, floor: float) -> list[list[int]]:
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    keep = likeness >= floor
    graph = csr_matrix((np.ones(int(keep.sum())), (left[keep], right[keep])), shape=(n, n))
    _, labels = connected_components(graph, directed=False)
    order = np.argsort(labels, kind="stable")
    parts = [part.tolist() for part in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)] if n else []
    if floor >= 1 or all(len(part) <= MAX_COMPONENT for part in parts):
        return parts
    kept: list[list[int]] = []
    for part in parts:
        if len(part) <= MAX_COMPONENT:
            kept.append(part)
            continue
        inside = np.isin(left, part) & np.isin(right, part)
        index = {number: k for k, number in enumerate(part)}
        own_left = np.array([index[i] for i in left[inside]], dtype=np.int64)
        own_right = np.array([index[i] for i in right[inside]], dtype=np.int64)
        finer = _components(len(part), own_left, own_right, likeness[inside], floor + 0.05)
        kept += [[part[k] for k in members] for members in finer]
    return kept


def _split(members: list[int], left: Ints, right: Ints, likeness: Floats, least: float) -> list[list[int]]:
    from scipy.cluster.hierarchy import fcluster, linkage

    index = np.full(int(max(members)) + 1, -1)
    index[members] = np.arange(len(members))
    inside = (left <= members[-1]) & (right <= members[-1])
    inside[inside] = (index[left[inside]] >= 0) & (index[right[inside]] >= 0)
    matrix = np.zeros((len(members), len(members)))
    a, b = index[left[inside]], index[right[inside]]
    matrix[a, b] = matrix[b, a] = likeness[inside]
    distances = np.clip(1 - matrix[np.triu_indices(len(members), 1)], 0, 1)
    labels = fcluster(linkage(distances, "average"), 1 - least, criterion="distance")
    grouped: dict[int, list[int]] = {}
    for member, label in zip(members, labels, strict=True):
        grouped.setdefault(int(label), []).append(member)
    return list(grouped.values())
