from __future__ import annotations

import pytest

from rashomon.collate.check import find_unsupported

EVIDENCE = ["Harbour Minister Ilsa Brandvik said on Tuesday that 12 people had died and 3.4 million crowns were lost."]


@pytest.mark.parametrize(
    "text",
    [
        "Ilsa Brandvik said that twelve people died.",
        "According to BRANDVIK, 12 people died on Tuesday.",
        "The loss was 3,400,000 crowns.",
        "However, the minister gave no reason.",
    ],
)
def test_what_stands_in_the_evidence_is_supported(text: str) -> None:
    """In another case, as a word or as digits."""
    assert find_unsupported(text, EVIDENCE) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Tom Orrel said that 12 people died.", ["Tom", "Orrel"]),
        ("Brandvik said that 13 people died.", ["13"]),
        ("Dozens died in Skarn.", ["Dozens", "Dozens", "Skarn"]),
        ("On Wednesday she resigned.", ["Wednesday"]),
    ],
)
def test_what_does_not_is_named(text: str, missing: list[str]) -> None:
    """Names, numbers and days that nobody wrote."""
    assert find_unsupported(text, EVIDENCE) == missing
