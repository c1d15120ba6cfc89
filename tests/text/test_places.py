"""Words are found again in another state of a text."""

from __future__ import annotations

import pytest

from rashomon.text.places import find_again


@pytest.mark.parametrize(
    ("text", "words", "at", "found"),
    [
        ("the quay fell", "quay", 4, 4),
        ("on Monday the quay fell", "quay", 4, 14),
        ("quay", "quay", 90, 0),
        ("quay, quay, quay", "quay", 7, 6),
        ("quay, quay, quay", "quay", 10, 12),
        ("the crane fell", "quay", 4, None),
        ("the crane fell", "", 4, None),
    ],
)
def test_the_nearest_place_is_found(text: str, words: str, at: int, found: int | None) -> None:
    """Before or behind where the words stood; nowhere when they are gone."""
    assert find_again(text, words, at) == found
