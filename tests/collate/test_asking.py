"""What the numbers of a figure answer, from a clause of a report."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.differences.asking import question_of
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.model import AlignedFigure, FigureReading
from rashomon.read.plain import build_article


def asked(text: str, number: str, unit: str | None = None) -> str | None:
    """What a number of a report answers."""
    article = build_article(id="a", path="a", text=text, published="2025-10-14", language="en")
    material = Material([article], list(annotate([article])))
    start = text.index(number)
    [figure] = [f for f in material.found["a"].figures if f.start == start]
    reading = FigureReading(
        article="a",
        start=start,
        end=figure.end,
        low=figure.low,
        high=figure.high,
        change=figure.change,
        attributed_to=None,
    )
    row = AlignedFigure(id="f1", about="", title="", unit=unit or figure.unit, relation="single", readings=(reading,))
    return question_of(material, Names(material), row)


@pytest.mark.parametrize(
    ("text", "number", "question"),
    [
        (
            "At least 14 homes in Tessmar have been evacuated.",
            "At least 14",
            "How many homes in Tessmar have been evacuated",
        ),
        (
            "The storm destroyed 140 houses in the old town.",
            "140",
            "How many houses the storm destroyed in the old town",
        ),
        (
            "Police in Tessmar arrested 23 dockers, and a crane fell.",
            "23",
            "How many dockers police in Tessmar arrested",
        ),
    ],
)
def test_a_number_is_asked_for_with_what_is_done(text: str, number: str, question: str) -> None:
    """Whom it is of is told by what they do, or what is done to them."""
    assert asked(text, number) == question


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Residents of 14 homes in the old town were told to leave.", "14"),  # who were told are not the homes
        (
            "Two cranes fell near the old port and crushed 30 boats.",
            "30",
        ),  # nor does "two cranes" stand in what is asked
    ],
)
def test_a_part_of_another_noun_asks_nothing(text: str, number: str) -> None:
    """What is counted must be what the clause is about, or what it is done to."""
    question = asked(text, number)
    assert question is None or not any(word.isdigit() for word in question.split())
