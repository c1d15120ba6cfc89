"""The tense of the words around a day says which of two weeks is meant."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.read.plain import build_article

LAST, NEXT = "2025-02-14", "2025-02-21"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The quay will stay shut until Friday.", NEXT),
        ("The quay could open as soon as Friday.", NEXT),
        ("The office sought ways around Friday's ruling.", LAST),
        ("The party raises money ahead of Friday's vote.", NEXT),
        ("The report had been due Friday.", LAST),
        ("The report is due Friday.", NEXT),
        ("She flew to Tessmar to open the quay on Friday.", LAST),
        ("She will fly to Tessmar to open the quay on Friday.", NEXT),
        ("She wants to open the quay on Friday.", NEXT),
        ("The crane was moved on Friday.", LAST),
        ("The council meets on Friday.", NEXT),
        ("They need to be voting on Friday.", NEXT),
        ("Speaking on Friday, she praised the crew.", LAST),
        ("The crew may have left on Friday.", LAST),
        ("The crew did leave on Friday.", LAST),
    ],
)
def test_a_weekday_lies_where_the_verb_looks(text: str, day: str) -> None:
    """Told on Wednesday, 19 February 2025: Friday last, or the one to come."""
    [found] = annotate([build_article(id="a", path="a", text=text, language="en", published="2025-02-19")])
    assert [time.first for time in found.times] == [day]
