"""Clusters of a likeness graph, with components that are too large for a matrix."""

from __future__ import annotations

import numpy as np
import pytest

from rashomon.text import clusters
from rashomon.text.clusters import group_alike


def grouped(n: int, pairs: dict[tuple[int, int], float], least: float = 0.5) -> list[list[int]]:
    """The groups of numbers whose likenesses are given."""
    left, right = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    return group_alike(n, left, right, np.array(list(pairs.values())), least, "average")


def test_groups_hold_on_average() -> None:
    """A chain of likely pairs whose ends are unlike does not make one group."""
    assert grouped(4, {(0, 1): 0.9, (1, 2): 0.55, (2, 3): 0.9}) == [[0, 1], [2, 3]]
    assert grouped(3, {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.8}) == [[0, 1, 2]]
    assert grouped(2, {}) == [[0], [1]]
    assert grouped(0, {}) == []


def test_an_oversized_component_is_cut_at_a_higher_likeness(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tight groups hung together by weak pairs come out as they would from one matrix."""
    tight = {(a, b): 0.9 for group in (range(4), range(4, 8)) for a in group for b in group if a < b}
    weak = {(0, 4): 0.26, (1, 5): 0.3}
    whole = grouped(8, tight | weak)
    monkeypatch.setattr(clusters, "MAX_COMPONENT", 4)
    assert grouped(8, tight | weak) == whole == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_cutting_goes_on_until_components_are_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain that grows likelier to its end is cut at its weak end; pieces of even likeness stay whole."""
    monkeypatch.setattr(clusters, "MAX_COMPONENT", 3)
    chain = {(n, n + 1): 0.5 + 0.05 * n for n in range(9)}
    found = grouped(10, chain)
    assert sorted(n for group in found for n in group) == list(range(10))
    assert max(map(len, found)) <= 3
    assert [8, 9] in found or any({8, 9} <= set(group) for group in found)


@pytest.mark.parametrize("likeness", [1.0, 0.99])
def test_copies_in_a_component_that_cannot_be_cut_stay_together(
    monkeypatch: pytest.MonkeyPatch, likeness: float
) -> None:
    """Where all are as alike as can be no likeness cuts them, however many there are."""
    monkeypatch.setattr(clusters, "MAX_COMPONENT", 2)
    copies = {(a, b): likeness for a in range(6) for b in range(a + 1, 6)}
    assert grouped(7, copies) == [[0, 1, 2, 3, 4, 5], [6]]
