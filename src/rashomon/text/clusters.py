"""Groups of what is alike: clusters of a likeness graph by average linkage (UPGMA, WPGMA; Sokal and Michener 1958)."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

# A dense matrix is made for one component at a time; a component above this size is cut at a higher likeness first. One that
# hangs together at the highest likeness, such as thousands of copies of a text, is a group without a matrix.
MAX_COMPONENT = 1500
FINER = 0.05

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Linkage = Literal["average", "weighted"]


def group_alike(
    n: int, left: Ints, right: Ints, likeness: Floats, least: float, linkage: Linkage = "weighted"
) -> list[list[int]]:
    """Numbers 0 to n-1 in groups whose average likeness is at least `least`; pairs not given count as unlike.

    With "weighted" linkage twenty copies of one wording weigh no more than the other wording they are compared with; with
    "average" every member has one voice. Groups and their members are in ascending order, singles included.
    """
    labels = small_components(n, left, right, likeness, least / 2)
    members = _by_label(np.arange(n), labels)
    inside = labels[left] == labels[right]
    edges = np.flatnonzero(inside)[np.argsort(labels[left[inside]], kind="stable")]
    starts = np.searchsorted(labels[left[edges]], np.arange(len(members) + 1))
    groups: list[list[int]] = []
    for label, own in enumerate(members):
        mine = edges[starts[label] : starts[label + 1]]
        if 1 < len(own) <= MAX_COMPONENT:
            groups += _split(own, left[mine], right[mine], likeness[mine], least, linkage)
        else:
            groups.append(own.tolist())
    return sorted(groups)


def connected(n: int, left: Ints, right: Ints) -> Ints:
    """A label for each number below `n`: those that pairs tie together, directly or over others, have the same."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    if not len(left):
        return np.arange(n)
    graph = csr_matrix((np.ones(len(left)), (left, right)), shape=(n, n))
    labels: Ints = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels


def small_components(n: int, left: Ints, right: Ints, likeness: Floats, floor: float) -> Ints:
    """A label for each number: the connected component it is in, large ones cut at a higher likeness until they are small."""
    keep = likeness >= floor
    labels = connected(n, left[keep], right[keep])
    large = np.flatnonzero(np.bincount(labels, minlength=1) > MAX_COMPONENT) if n else np.zeros(0, np.int64)
    for label in large.tolist() if floor + FINER <= 1 else ():
        own = np.flatnonzero(labels == label)
        inside = keep & (labels[left] == label)
        index = np.full(n, -1)
        index[own] = np.arange(len(own))
        finer = small_components(len(own), index[left[inside]], index[right[inside]], likeness[inside], floor + FINER)
        labels[own] = finer + labels.max() + 1
    return np.unique(labels, return_inverse=True)[1].astype(np.int64).reshape(-1)


def _by_label(numbers: Ints, labels: Ints) -> list[Ints]:
    order = np.argsort(labels, kind="stable")
    return np.split(numbers[order], np.flatnonzero(np.diff(labels[order])) + 1) if len(numbers) else []


def _split(members: Ints, left: Ints, right: Ints, likeness: Floats, least: float, method: Linkage) -> list[list[int]]:
    """One component by its linkage."""
    from scipy.cluster.hierarchy import fcluster, linkage

    a, b = np.searchsorted(members, left), np.searchsorted(members, right)
    matrix = np.zeros((len(members), len(members)))
    matrix[a, b] = matrix[b, a] = likeness
    distances = np.clip(1 - matrix[np.triu_indices(len(members), 1)], 0, 1)
    labels = fcluster(linkage(distances, method), 1 - least, criterion="distance").astype(np.int64)
    return [group.tolist() for group in _by_label(members, labels)]
