"""What two wordings have in common, as stretches of both."""

from __future__ import annotations

import pytest

from rashomon.text.overlaps import find_overlaps


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("a b c d", "a b c d", [("a b c d", "a b c d")]),
        ("x x a b c y y", "z a b c z", [("a b c", "a b c")]),
        ("a b x c d", "a b c d", [("a b x c d", "a b c d")]),
        ("a b x x x x c d", "a b y y y y c d", [("a b", "a b"), ("c d", "c d")]),
        ("a x b", "a y b", []),
        ("a b", "c d", []),
        ("", "a", []),
    ],
)
def test_overlaps(left: str, right: str, found: list[tuple[str, str]]) -> None:
    """Words that run alike are one stretch over a few others, and two over many; a word alone weighs too little."""
    a, b = left.split(), right.split()
    overlaps = find_overlaps(a, b, [1.0] * len(a), gap=0.6, least=2.0)
    assert [(" ".join(a[slice(*s.left)]), " ".join(b[slice(*s.right)])) for s in overlaps] == found


def test_a_heavier_word_is_enough() -> None:
    """The weights are those of the left words, and the score is what the common ones weigh less the gaps."""
    (overlap,) = find_overlaps(["the", "groundwork"], ["a", "groundwork"], [0.5, 4.0], gap=0.6, least=2.0)
    assert (overlap.left, overlap.right, overlap.score) == ((1, 2), (1, 2), 4.0)
