"""Clauses with less of where and when."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.material import Material
from rashomon.model import Reading
from rashomon.read.plain import build_article


def shortened(text: str) -> list[str]:
    """The first clause of a report cut short, each as it reads."""
    article = build_article(id="a", path="a", text=text, published="2025-10-14", language="en")
    material = Material([article], list(annotate([article])))
    clause = material.found["a"].clauses[0]
    cut = material.shortened("a", clause)
    for short in cut:
        assert material.clause_at(Reading(article="a", start=short.start, end=short.end)) == short
    return [text[short.start : short.end] for short in cut]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (
            "Police stormed a shop in Tessmar on Thursday.",
            ["Police stormed a shop in Tessmar", "Police stormed a shop"],
        ),
        ("Police stormed a shop with two dogs.", []),
        ("The mayor is in Tessmar.", []),
        ("Police closed the old port despite a protest.", ["Police closed the old port"]),
        ("Police did not close the old port despite a protest.", []),
        ("Police closed the old port in a bid to end a protest.", ["Police closed the old port"]),
    ],
)
def test_what_names_a_place_or_a_time_can_go(text: str, cut: list[str]) -> None:
    """And what went with it, unless it was denied, from its end on; where nothing of what is told would be left nothing goes."""
    assert shortened(text) == cut
