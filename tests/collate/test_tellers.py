"""Tellers: which readings of a point tell what one clause of it tells, or of the same otherwise."""

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


def asked(told: str, *others: str) -> tuple[Tellers, Point, Reading]:
    """Who tells what the only clause of a report tells, its point with a reading of each other report, and where it stands."""
    texts = (told, *others)
    articles = [
        build_article(id=f"r{n}", path=f"r{n}", text=text, published="2025-10-14", language="en")
        for n, text in enumerate(texts)
    ]
    material = Material(articles, list(annotate(articles)))
    readings = tuple(Reading(article=a.id, start=0, end=len(a.text)) for a in articles)
    [clause] = material.found["r0"].clauses
    place = Reading(article="r0", start=clause.start, end=clause.end)
    point = Point(id="pt1", text=told, readings=readings, coverage={})
    return Tellers(material, Names(material), load_chances().tellers), point, place


def likely(other: str, *, told: str = TOLD) -> float:
    """How likely another report's sentence tells what a report's clause tells."""
    tellers, point, place = asked(told, other)
    return tellers.reports(point, place)["r1"]


def test_who_says_the_same_tells_it() -> None:
    """Other words for one thing tell it, and more likely than another thing does."""
    assert likely("In Lorne 140 houses were flooded by the storm on Monday.") > 0.5
    assert likely("Schools in the region stay closed.") < 0.3


@pytest.mark.parametrize(
    "other",
    ["The storm flooded 200 houses in Lorne on Monday.", "The storm flooded 140 houses in Lorne on Sunday."],
)
def test_another_number_or_day_is_of_the_same_thing(other: str) -> None:
    """Whoever gives another number or day tells of the same otherwise."""
    assert likely(other) > 0.5


def test_the_number_of_a_day_is_no_other_number() -> None:
    """May 12 lies in next May: who gives the month alone may tell the same."""
    told = "The board will decide on the future of the harbour on May 12."
    assert likely("The decision of the board on the future of the harbour will come in May.", told=told) > 0.0
