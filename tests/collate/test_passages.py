"""Passages between reports of one event that share no other text: what they quote alike, and what they only tell alike."""

from __future__ import annotations

import re

import pytest

from rashomon.collate.material import Material
from rashomon.collate.passages import find_passages
from rashomon.model import Annotations, Span
from rashomon.read.plain import build_article
from rashomon.settings import DEFAULT

FILLER = (
    "Divers went down at dawn and found nothing.",
    "Lorries waited on the coast road until noon.",
    "A ferry was sent round the northern cape with food, blankets and mail for both islands.",
)
OTHER = (
    "Nobody at the yard office would answer the telephone.",
    "Two tugs lay idle beside the lock all morning.",
    "Wages owed since early spring came up at the meeting, and so did the leaking roof.",
)


def shared(*texts: str) -> list[set[str]]:
    """The words of each passage of some reports; every line is a sentence or more."""
    articles = [build_article(id=f"a{n}", path=f"a{n}", text=text, language="en") for n, text in enumerate(texts)]
    material = Material(
        articles,
        [
            Annotations(
                article_id=a.id,
                sentences=tuple(
                    Span(m.start(), m.end()) for m in re.finditer(r"[^\n.]+[.]?[”\"]?", a.text) if m[0].strip()
                ),
            )
            for a in articles
        ],
    )
    return [{material.text(r.article, r) for r in p.readings} for p in find_passages(material, DEFAULT.collate)]


def report(*lines: str) -> str:
    """A report of some lines under a title that no other has."""
    return "\n\n".join(lines)


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        (
            "Tessmar spoke of “boundless patience” again.",
            "The owners, Ode said, had “boundless patience” with him.",
            {"boundless patience"},
        ),
        (
            "“We shall mend every crane ourselves,” said Tessmar.",
            "Tessmar swore yesterday: “We shall surely mend every crane ourselves”.",
            {"We shall mend every crane ourselves", "We shall surely mend every crane ourselves"},
        ),
    ],
)
def test_a_short_quotation_is_shared(left: str, right: str, words: set[str]) -> None:
    """A few quoted words are enough when they are rare, and who said them is left out."""
    assert shared(report("Quay shut", *FILLER, left), report("Cranes idle", *OTHER, right)) == [words]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ode said he “will not be” there.", "The owners “will not be” ready, said Ode."),
        ("Boundless patience was seen in the crews.", "Tessmar spoke of “boundless patience” again."),
    ],
)
def test_words_that_are_quoted_by_chance_are_not(left: str, right: str) -> None:
    """Function words between marks are everybody's, and words that one report only tells are no quotation."""
    assert shared(report("Quay shut", *FILLER, left), report("Cranes idle", *OTHER, right)) == []


def test_names_alone_are_no_shared_text() -> None:
    """Two reporters write the same names, titles and ages, in one run, without having read one another."""
    run = "Harbour Master Jon Ode, 61, and Pilot Lena Tessmar, 48,"
    texts = (
        report(
            "Quay shut",
            *FILLER,
            f"Among those whom the falling boom had injured on Monday were {run} as divers told a crowd at the gate.",
        ),
        report(
            "Cranes idle",
            *OTHER,
            f"On the smaller one of the tugs that lay nearest to it {run} drank tea and played cards until noon.",
        ),
    )
    assert shared(*texts) == []


def test_a_clause_that_nobody_writes_twice_is_shared_text() -> None:
    """Seven words are too few for a copy, yet rare enough to be one."""
    texts = (
        report("Quay shut", *FILLER, "He came to lay the groundwork for a merger of both yards."),
        report("Cranes idle", *OTHER, "Ode flew in to lay the groundwork for a merger with Norden."),
    )
    assert shared(*texts) == [{"to lay the groundwork for a merger"}]


def test_a_clause_that_one_report_put_before_is_left_out() -> None:
    """What is reworded begins where both sentences begin to say one thing."""
    told = "the owners of the yard promised to pay every docker for the lost week"
    texts = (
        report("Quay shut", *FILLER, f"Pressed by the unions after a night of angry meetings, {told}."),
        report("Cranes idle", *OTHER, f"{told.capitalize()} in full."),
    )
    ((left, right),) = (sorted(words, key=len) for words in shared(*texts))
    assert left.startswith("the owners of the yard") or right.startswith("the owners of the yard")
    assert not any("Pressed" in words for words in (left, right))
