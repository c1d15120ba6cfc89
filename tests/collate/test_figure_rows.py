"""Which figures of several reports count one thing."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate import collate
from rashomon.collate.figures import are_at_odds, are_far_apart, figure_pairs, relation_of, weigh_figures
from rashomon.collate.lining.counts import Counted, CountedFigures, kind_of
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.model import Change, Collation, Figure, FigureReading
from rashomon.read.plain import build_article

HEAD = "Harbour shut after accident\n\n"


def collation_of(*texts: str) -> Collation:
    """The collation of some texts, of articles named a, b, c and so on."""
    articles = [
        build_article(id=name, path=name, text=HEAD + text, language="en")
        for name, text in zip("abcd", texts, strict=False)
    ]
    return collate(articles, list(annotate(articles)))


def figure(low: float | None, high: float | None, unit: str = "boat") -> Figure:
    """A figure at no place."""
    return Figure(
        start=0, end=1, value=low or high or 0, low=low, high=high, unit=unit, change="=", about="", attributed_to=None
    )


def reading(article: str, low: float | None, high: float | None, change: Change = "=") -> FigureReading:
    """A reading at no place."""
    return FigureReading(article=article, start=0, end=1, low=low, high=high, change=change, attributed_to=None)


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([reading("a", 1, 1), reading("a", 1, 1)], "single"),
        ([reading("a", 5, 5), reading("b", 5, 5)], "agree"),
        ([reading("a", 5, None), reading("b", 7, 7)], "compatible"),
        ([reading("a", 5, 5), reading("b", 7, 7)], "conflict"),
        ([reading("a", None, 5), reading("b", 7, None), reading("c", 6, 8)], "conflict"),
        ([reading("a", 600, 600, "~"), reading("b", 620, 620)], "compatible"),
        ([reading("a", 600, 600, "~"), reading("b", 700, 700)], "conflict"),
        ([reading("a", 1.5e6, 1.5e6, "~"), reading("b", 1_540_000, 1_540_000)], "compatible"),
        ([reading("a", 0, 0, "~"), reading("b", 1, 1)], "conflict"),
        ([reading("a", 9e6, 9e6), reading("b", 9.1e6, 9.1e6)], "compatible"),
        ([reading("a", 9, 9), reading("b", 9.1, 9.1)], "compatible"),
        ([reading("a", 20, 20), reading("b", 21, 21)], "conflict"),
        ([reading("a", 1.7e9, 1.7e9), reading("b", 1.8e9, 1.8e9)], "conflict"),
        ([reading("a", 9e12, 9e12), reading("b", 9.1e12, 9.1e12)], "compatible"),
    ],
)
def test_the_relation_follows_from_the_intervals(readings: list[FigureReading], expected: str) -> None:
    """Equal ends agree, ends that meet are compatible, others conflict; one report is single. A rounded number is as wide as its rounding.

    A large one, or one with a fraction, whether or not a word says that it is rounded; a small count is not.
    """
    assert relation_of(readings) == expected


def test_a_report_is_at_odds_with_itself_in_one_voice_only() -> None:
    """Two numbers of one report exclude each other, unless somebody else gives one of them."""
    twelve, fourteen = figure(12, 12), figure(14, 14)
    assert are_at_odds(Counted("a", twelve), Counted("a", fourteen))
    assert not are_at_odds(Counted("a", twelve), Counted("b", fourteen))
    assert not are_at_odds(Counted("a", twelve), Counted("a", fourteen, "Ilsa Brandvik"))
    assert not are_at_odds(Counted("a", twelve), Counted("a", figure(10, None)))


@pytest.mark.parametrize(
    ("unit", "kind"),
    [("drone", "count"), (None, "count"), ("years", "year"), ("dollar", "dollar"), ("percentage", "percentage")],
)
def test_only_figures_of_one_kind_are_compared(unit: str | None, kind: str) -> None:
    """Things counted are one kind, times go by their length, every measure is its own."""
    assert kind_of(unit) == kind


def test_a_report_is_never_in_conflict_with_itself() -> None:
    """Of the two numbers of one report each stays with its like."""
    text = "The navy launched 40 drones at dawn.\n\nThe navy launched 90 drones at noon."
    for aligned in collation_of(text, text).figures:
        assert aligned.relation == "agree"


def test_what_counts_others_is_told_by_the_words_beside_it() -> None:
    """Another 150 are not the 150; more than 150 are no others."""
    articles = [
        build_article(id="a", path="a", text="Another 150 boats left. More than 150 boats stayed.", language="en")
    ]
    material = Material(articles, list(annotate(articles)))
    figures = [Counted("a", figure) for figure in material.found["a"].figures]
    assert CountedFigures(material, figures).is_other.tolist() == [True, False]


@pytest.mark.parametrize(
    ("exact", "other", "apart"),
    [
        ("$1.8 billion", "billions of dollars", 1.0),
        ("$2.8 billion", "billions of dollars", 0.0),
        ("$1.8 billion", "$1.7 billion", 0.0),
    ],
)
def test_a_vague_number_that_another_excludes_is_told(exact: str, other: str, apart: float) -> None:
    """Billions are two or more, and 1.8 billion are not; two exact numbers that differ may still be one thing."""
    texts = (f"The port paid {exact} in cash.", f"The port of Skarn has spent {other}.")
    articles = [build_article(id=n, path=n, text=HEAD + t, language="en") for n, t in zip("ab", texts, strict=True)]
    material = Material(articles, list(annotate(articles)))
    assert figure_pairs(material, Names(material), [], -1.0).features["vague_apart"].tolist() == [apart]


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("Nobody had expected that.\n\nHe hurt four people in all.", [4.0]),
        ("Nobody had expected that.\n\nHe hurt five people in all.", []),
        ("Nobody had expected that.\n\nHe bought four boats.", []),
    ],
)
def test_what_comes_on_top_is_a_part(total: str, expected: list[float]) -> None:
    """Two counts of which the second is of more people add up to a total that the report gives far away."""
    text = f"The crane killed two dockers and hurt two more people. {total}"
    assert [s.total_value for s in collation_of(text).sums] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five people were hit at the quay. Two people were killed and three were injured.", [5.0]),
        ("The crane is five metres wide. Two people were killed and three were injured.", []),
        ("Ada Weir, 5, saw it. Two cranes fell near the old port. Three boats sank.", []),
        ("Nine boats came. Two boats sank, four drifted and the other five burnt.", []),
        ("Nine boats came. Two boats sank, two boats drifted and the remaining five boats burnt.", [9.0]),
    ],
)
def test_numbers_that_nothing_ties_together_are_no_sum(text: str, expected: list[float]) -> None:
    """Numbers add up by chance; parts stand in one sentence, or the report calls the last of them the rest, and all tell what they are of."""
    assert [s.total_value for s in collation_of(text).sums] == expected


def test_the_probability_of_two_figures_is_told_with_its_parts() -> None:
    """Nothing is told of figures in the same words, which are not compared."""
    texts = (
        "Veldmark launched 267 drones.",
        "Veldmark launched 267 drones.",
        "It launched a record 267 drones at dawn.",
    )
    aligned = collation_of(*texts).figures[0]
    articles = [build_article(id=n, path=n, text=HEAD + t, language="en") for n, t in zip("abc", texts, strict=True)]
    material = Material(articles, list(annotate(articles)))
    told = weigh_figures(material, (), aligned.readings, [(0, 1), (0, 2), (1, 2)])
    assert sorted(told) == [(0, 2), (1, 2)]
    probability, parts = told[0, 2]
    assert probability >= material.scorers.figures.least
    assert parts["equal"] > 0


def test_what_one_country_has_is_not_what_another_does() -> None:
    """French boats that were sunk are not the boats that Spain sent."""
    aligned = collation_of("Spain sent 20 boats north.", "The storm sank 20 French boats that Spain feared.").figures
    assert all(f.relation == "single" for f in aligned)


@pytest.mark.parametrize(("other", "rows"), [("15", 2), ("three", 1)])
def test_how_long_ago_two_things_were_is_counted_of_each(other: str, rows: int) -> None:
    """Distances from today that differ are of two events, and no conflict; equal ones may be of one."""
    told = "The pier of Tessmar was closed to all ships {} years ago."
    found = collation_of(told.format("three"), told.format(other)).figures
    assert len(found) == rows


def test_exact_numbers_that_lie_far_apart_count_two_things() -> None:
    """The four who were shot are not among the people that a town has."""
    found = collation_of(
        "Four people were shot in Skarn on Monday, police said.",
        "Four people were shot in Skarn, a town of 8,300 people, on Monday.",
    )
    assert all({r.low for r in f.readings} != {4.0, 8300.0} for f in found.figures)
    assert are_far_apart([4, 8300])
    assert not are_far_apart([4, 80, 0])
