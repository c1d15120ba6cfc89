"""Backing: which reports tell all that a label says."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.backing import FEATURES, Backing, load_backing
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.tellers import Tellers
from rashomon.model import Point, Reading
from rashomon.read.plain import build_article

TOLD = "The storm flooded 140 houses in Lorne on Monday."


def asked(*others: str, told: str = TOLD) -> tuple[Backing, Point, Reading]:
    """Who stands behind what the only clause of a report tells, its point with a reading of each other report, and where it stands."""
    articles = [
        build_article(id=f"r{n}", path=f"r{n}", text=text, published="2025-10-14", language="en")
        for n, text in enumerate((told, *others))
    ]
    material = Material(articles, list(annotate(articles)))
    readings = tuple(Reading(article=a.id, start=0, end=len(a.text)) for a in articles)
    [clause] = material.found["r0"].clauses
    point = Point(id="pt1", text=told, readings=readings, coverage={})
    names = Names(material)
    return (
        Backing(material, names, Tellers(material, names)),
        point,
        Reading(article="r0", start=clause.start, end=clause.end),
    )


def likely(other: str, *, told: str = TOLD, label: str | None = None) -> float:
    """How likely another report tells all of a label."""
    backing, point, place = asked(other, told=told)
    [chance] = (p for r, p in backing.of(point, place, label or told).items() if r.article == "r1")
    return chance


def test_who_says_the_same_stands_behind_it() -> None:
    """In other words and another order, too; its own report does for sure."""
    other = "In Lorne 140 houses were flooded by the storm on Monday."
    backing, point, place = asked(other)
    assert backing.behind(point.readings, place, TOLD) == (place, point.readings[1])
    assert backing.of(point, place, TOLD)[place] == 1.0


@pytest.mark.parametrize(
    "other",
    [
        "The storm flooded 200 houses in Lorne on Monday.",
        "The storm flooded 140 houses in Lorne on Sunday.",
        "The storm flooded 140 houses on Monday.",
        "The storm flooded houses in Lorne on Monday, and schools in the region stay closed.",
        "Schools in the region stay closed.",
    ],
)
def test_who_says_otherwise_or_less_is_less_likely_to(other: str) -> None:
    """Another number or day, no town, no number, another thing."""
    assert likely(other) < likely("A storm flooded 140 houses in Lorne on Monday.")


def test_a_label_without_what_a_report_lacks_is_told_by_it() -> None:
    """A shorter label, with no town in it."""
    other = "The storm flooded 140 houses on Monday."
    assert likely(other) < likely(other, label="The storm flooded 140 houses on Monday")


def test_a_report_stands_behind_a_label_at_its_nearest_reading() -> None:
    """Once, however many readings of the point it has."""
    backing, point, place = asked("Lorne is wet. " + TOLD)
    first, second = (Reading(article="r1", start=start, end=end) for start, end in ((0, 13), (14, 14 + len(TOLD))))
    point = Point(id="pt1", text=TOLD, readings=(place, first, second), coverage={})
    assert set(backing.of(point, place, TOLD)) == {place, second}


def test_copies_of_a_sentence_tell_alike() -> None:
    """What one copy tells, the others do, each at its own reading."""
    other = "In Lorne 140 houses were flooded by the storm on Monday."
    backing, point, place = asked(other, "Schools in Lorne stay closed.", other)
    told = backing.of(point, place, TOLD)
    assert list(told) == [place, *point.readings[1:]]
    assert told[point.readings[1]] == told[point.readings[3]] > told[point.readings[2]]


def test_the_scorer_knows_the_features_that_are_made() -> None:
    """A file trained with other features is of another version."""
    assert load_backing().features == FEATURES
