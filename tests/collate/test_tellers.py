"""Tellers: which readings of a point tell what one clause of it tells."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.differences.chances import load_chances
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.tellers import Tellers
from rashomon.model import Point, Reading
from rashomon.read.plain import build_article

TOLD = "The storm flooded 140 houses in Lorne on Monday."


def likely(other: str, *, strictly: bool = True) -> float:
    """How likely another report's sentence tells what the first report's clause tells."""
    articles = [
        build_article(id=name, path=name, text=text, published="2025-10-14", language="en")
        for name, text in (("a", TOLD), ("b", other))
    ]
    material = Material(articles, list(annotate(articles)))
    readings = tuple(Reading(article=a.id, start=0, end=len(a.text)) for a in articles)
    [clause] = material.found["a"].clauses
    place = Reading(article="a", start=clause.start, end=clause.end)
    point = Point(id="pt1", text=TOLD, readings=readings, coverage={})
    tellers = Tellers(material, Names(material), load_chances().tellers)
    return tellers.reports(point, place, strictly=strictly)["b"]


def test_who_says_the_same_tells_it() -> None:
    """Other words for one thing tell it, and more likely than another thing does."""
    assert likely("In Lorne 140 houses were flooded by the storm on Monday.") > 0.5
    assert likely("Schools in the region stay closed.") < 0.3


@pytest.mark.parametrize(
    "other",
    ["The storm flooded 200 houses in Lorne on Monday.", "The storm flooded 140 houses in Lorne on Sunday."],
)
def test_another_number_or_day_does_not_stand_behind_it(other: str) -> None:
    """Whoever gives another number or day does not tell the line, though it tells of the same thing."""
    assert likely(other) == 0.0
    assert likely(other, strictly=False) > 0.5
