"""Labels of points: short clauses that stand by themselves, with the clause they were made of."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.material import Material
from rashomon.collate.point_labels import clause_label
from rashomon.read.plain import build_article


def labels_of(text: str) -> list[str | None]:
    """The label of each clause of a report."""
    article = build_article(id="a", path="a", text=text, language="en")
    found = list(annotate([article]))
    material = Material([article], found)
    return [clause_label(material, "a", clause) for clause in found[0].clauses]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "The mayor said that the eastern bridge would not open this year.",
            "The eastern bridge would not open this year",
        ),
        ("Mayor Ada Weir spoke first. She called for a public inquiry.", "Ada Weir called for a public inquiry"),
        (
            "The harbour board will close the terminal until the cranes are inspected.",
            "The harbour board will close the terminal until the cranes are inspected",
        ),
    ],
)
def test_a_clause_tells_its_point(text: str, label: str) -> None:
    """Who says so goes, a pronoun is named, what it hangs on stays."""
    assert label in labels_of(text)


@pytest.mark.parametrize(
    "text",
    [
        '"The harbour board will close the terminal," the mayor said.',
        "If the harbour board closes the terminal",
        "He told them that they would meet here.",
    ],
)
def test_what_leans_or_is_spoken_is_no_label(text: str) -> None:
    """Speech, a condition by itself and what only points elsewhere tell no point."""
    assert not any(labels_of(text))
