"""Whether a report has what a label names and says."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.details import Details
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.model import Reading
from rashomon.read.plain import build_article

TOLD = "The storm flooded 140 houses in Lorne on Monday."


def lacks(other: str, *, told: str = TOLD, label: str | None = None, most: float = 0.2) -> bool:
    """Whether another report lacks what a label of a report's only clause tells."""
    articles = [
        build_article(id=f"r{n}", path=f"r{n}", text=text, published="2025-10-14", language="en")
        for n, text in enumerate((told, other))
    ]
    material = Material(articles, list(annotate(articles)))
    [clause] = material.found["r0"].clauses
    place = Reading(article="r0", start=clause.start, end=clause.end)
    reading = Reading(article="r1", start=0, end=len(other.split("\n", maxsplit=1)[0]))
    return Details(material, Names(material)).lacks(place, label or told, [reading], most)


@pytest.mark.parametrize(
    "other",
    [
        "A storm flooded 140 homes in Lorne on Monday.",
        "On Monday 140 houses were flooded by the storm.\n\nLorne had not seen the like of it.",
        "The storm flooded 140 houses in Lorne yesterday.",
    ],
)
def test_a_word_may_stand_elsewhere_or_be_another(other: str) -> None:
    """Homes are houses, the town is named in the next paragraph, and the day is the day before."""
    assert not lacks(other)


@pytest.mark.parametrize(
    "other",
    [
        "The storm flooded 140 houses on Monday.",
        "The storm flooded 140 houses in Lorne on Friday.",
        "The storm in Lorne cost the insurers of the province 12 million crowns on Monday.",
    ],
)
def test_a_report_without_a_name_or_day_or_most_words_lacks_it(other: str) -> None:
    """It tells of the storm, and not this."""
    assert lacks(other)


def test_what_a_label_leaves_out_is_not_asked_for() -> None:
    """A shorter label says nothing of the town."""
    assert not lacks("The storm flooded 140 houses on Monday.", label="The storm flooded 140 houses")


def test_how_much_may_be_missing_is_asked() -> None:
    """Two words of six have none: too many for a sure teller, few enough for a likely one."""
    other = "The storm battered 140 houses in Lorne on Monday, and the mayor of the town fled."
    told = "The storm flooded 140 old houses in Lorne on Monday."
    assert lacks(other, told=told, most=0.0)
    assert not lacks(other, told=told, most=0.5)


def test_a_person_is_known_by_the_surname() -> None:
    """And a body by all its words."""
    told = "Mayor Ada Weir closed the Harbour Council of Lorne."
    assert not lacks("Weir closed the council of the harbour in Lorne.", told=told)
    assert lacks("Weir closed the council in Lorne.", told=told)
