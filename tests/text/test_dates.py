from __future__ import annotations

import pytest

from rashomon.text.dates import find_written_dates

CASES = [
    ("on February 23, 2025", (2025, 2, 23)),
    ("on Feb. 23", (None, 2, 23)),
    ("6 March", (None, 3, 6)),
    ("the 4th of May 2026", (2026, 5, 4)),
    ("Sunday (23.02.2025)", (2025, 2, 23)),
    ("2025-02-23", (2025, 2, 23)),
    ("at /2025/02/23/", (2025, 2, 23)),
    ("2/23/2025", (2025, 2, 23)),
    ("23/2/2025", (2025, 2, 23)),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_written_dates_of_many_countries(text: str, expected: tuple[int | None, int, int]) -> None:
    """A date written in full is read whatever the order of its parts."""
    assert [tuple(d)[2:] for d in find_written_dates(text)] == [expected]


@pytest.mark.parametrize("text", ["31 June 2020", "2025-13-40", "they may 5 times", "version 1.2.2020.4"])
def test_impossible_dates_are_passed_over(text: str) -> None:
    """What the calendar does not have is no date."""
    assert find_written_dates(text) == []
