"""How much of what a label names and says a report has."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.details import FEATURES, Details
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.model import Reading
from rashomon.read.plain import build_article

TOLD = "The storm flooded 140 houses in Lorne on Monday."


def compared(other: str, *, told: str = TOLD, label: str | None = None) -> dict[str, float]:
    """What another report has of what a label of a report's only clause tells."""
    articles = [
        build_article(id=f"r{n}", path=f"r{n}", text=text, published="2025-10-14", language="en")
        for n, text in enumerate((told, other))
    ]
    material = Material(articles, list(annotate(articles)))
    [clause] = material.found["r0"].clauses
    place = Reading(article="r0", start=clause.start, end=clause.end)
    reading = Reading(article="r1", start=0, end=len(other.split("\n", maxsplit=1)[0]))
    return Details(material, Names(material)).compare(place, label or told, [reading])


def test_the_same_words_lack_nothing() -> None:
    """Every feature is a lack."""
    assert compared(TOLD) == dict.fromkeys(FEATURES, 0.0)


def test_a_word_may_be_another() -> None:
    """Homes are like houses, a harbour is not; what is like tells more of it."""
    near, far = (compared(f"The storm flooded 140 {things} in Lorne on Monday.") for things in ("homes", "harbours"))
    assert near["absent"] == far["absent"] > 0.0
    assert 0.0 < near["least_like"] < far["least_like"]
    assert near["unlike"] < far["unlike"]


def test_a_word_may_stand_elsewhere_in_the_report() -> None:
    """It is not absent then, and not in what the report tells of the same either."""
    found = compared("The storm flooded 140 buildings in Lorne on Monday.\n\nMost of the houses are old.")
    assert found["absent"] == 0.0
    assert found["elsewhere"] > 0.0


@pytest.mark.parametrize(
    ("other", "lacking"),
    [
        ("The storm flooded 140 houses on Monday.", {"unnamed"}),
        ("The storm flooded 140 houses in Lorne on Friday.", {"undated"}),
        ("The storm flooded 140 houses in Lorne yesterday.", set()),
        ("The storm flooded 140 houses on Monday.\n\nLorne had not seen the like of it.", set()),
    ],
)
def test_names_and_days_may_stand_anywhere(other: str, lacking: set[str]) -> None:
    """The day before is Monday, and the town is named in the next paragraph."""
    found = compared(other)
    assert {name for name in ("unnamed", "undated") if found[name] > 0.0} == lacking


def test_what_a_label_leaves_out_is_not_asked_for() -> None:
    """A shorter label says nothing of the town."""
    other = "The storm flooded 140 houses on Monday."
    assert compared(other, label="The storm flooded 140 houses") == dict.fromkeys(FEATURES, 0.0)


def test_a_person_is_known_by_the_surname() -> None:
    """And a body by all its words."""
    told = "Mayor Ada Weir closed the Harbour Council of Lorne."
    assert compared("Weir closed the council of the harbour in Lorne.", told=told)["unnamed"] == 0.0
    assert compared("Weir closed the council in Lorne.", told=told)["unnamed"] > 0.0
