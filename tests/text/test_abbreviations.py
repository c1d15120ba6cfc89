from __future__ import annotations

import pytest

from rashomon.text.abbreviations import ends_in_abbreviation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met Dr.", True),
        ("They met Mrs.", True),
        ("It fell in Sept.", True),
        ("It fell in Jun.", True),
        ("They left the U.S.", True),
        ("A word with Ada M.", True),
        ("It fell in May.", False),
        ("They met the doctor.", False),
        ("They met Dr", False),
        ("A storm hit Hamdr.", False),
        ("", False),
    ],
)
def test_a_full_stop_behind_an_abbreviation_ends_no_sentence(text: str, expected: bool) -> None:
    """Titles, months in short and initials go on; words do not."""
    assert ends_in_abbreviation(text, 0, len(text)) is expected


def test_only_the_stretch_asked_for_is_read() -> None:
    """What stands before its start is no part of the abbreviation."""
    assert not ends_in_abbreviation("Dr.", 2, 3)
