"""Labels that can be printed: what is looked at, how likely they are, and what the briefing tells."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.backing import Backing
from rashomon.collate.briefing import LEAST_ALONE, write_briefing
from rashomon.collate.clause_labels import clause_label
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.point_labels import printable
from rashomon.collate.printable import FEATURES, Label, chances_of, label_features, load_printable
from rashomon.collate.tellers import Tellers
from rashomon.model import Account, Lineage, Point
from rashomon.read.plain import build_article


def material_of(*texts: str, title: str | None = None) -> Material:
    """Reports of one story."""
    articles = [
        build_article(id=f"r{n}", path=f"r{n}", text=text, title=title, language="en") for n, text in enumerate(texts)
    ]
    return Material(articles, list(annotate(articles)))


def labels_of(material: Material) -> list[Label]:
    """The labels of a story's clauses."""
    return [
        Label(article, clause, words)
        for article in material.ids
        for clause in material.found[article].clauses
        if (words := clause_label(material, article, clause))
    ]


def feature_of(text: str, name: str, title: str | None = None) -> float:
    """A feature of the only label of a report."""
    material = material_of(text, title=title)
    (label,) = labels_of(material)
    return float(label_features(material, [label])[name][0])


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("The deal angered the fishing villages of Sarn.", "bare_subject", 1.0),
        ("The deal between Sarn and Ovelia angered the fishing villages.", "bare_subject", 0.0),
        ("Mayor Ada Weir delayed the decision on Friday morning.", "bare", 0.0),
        ("Mayor Ada Weir welcomed the swift decision.", "bare", 1.0),
        ("Mayor Ada Weir spoke. She called for a public inquiry into the flood.", "in_brackets", 1.0),
        ("The harbour board said that the eastern bridge would not open this year.", "after_that", 1.0),
        ("Mayor Ada Weir made a first attempt, the board wrote.", "ends_indefinite", 1.0),
        ("The plan of the harbour board could ruin the villages.", "judged", 1.0),
        ("The harbour board was founded in the old town hall.", "past", 1.0),
        ("The harbour board held a press conference.", "light", 1.0),
        ("The harbour board held a press conference on the flood of the villages.", "light", 0.0),
        ("Mayor Ada Weir called the harbour board a nest of smugglers.", "seldom_named", 1.0),
        ("Mayor Ada Weir called the harbour board a nest of smugglers. Ask Weir!", "seldom_named", 0.0),
        ("The harbour board closed the eastern bridge.", "lead", 1.0),
    ],
)
def test_what_is_looked_at(text: str, name: str, value: float) -> None:
    """Whether a label names whom it is about, narrows what it names, ends where it should, and tells an opinion as a fact."""
    assert feature_of(text, name) == value


def test_what_the_titles_name_is_no_piece() -> None:
    """Where the title is about a bridge, "the bridge" is known."""
    text = "The bridge will reopen to traffic on Friday."
    assert feature_of(text, "bare_subject") == 1.0
    assert feature_of(text, "bare_subject", title="A bridge stays closed") == 0.0


def test_a_whole_label_is_likelier_to_be_printed_than_a_piece() -> None:
    """Who does what to whom, by name, against a subject and an object that only point at what was told."""
    whole = "Mayor Ada Weir closed the eastern bridge of Tessmar on Friday."
    piece = "The move angered the rival side."
    material = material_of(whole, piece)
    labels = labels_of(material)
    first, second = chances_of(material, labels)
    assert first >= load_printable().least > second


def test_a_piece_is_no_line_of_the_briefing() -> None:
    """Its point keeps it as a label; what one report alone tells is told where it can be printed."""
    material = material_of(
        "Mayor Ada Weir closed the eastern bridge of Tessmar on Friday.",
        "The move angered the rival side.",
        "Governor Edda Falk sent 45 million marks to the villages of Lorne.",
    )
    points = [
        Point(
            id=f"p{n}",
            text=label.words,
            readings=(label.place,),
            coverage={},
            label=label.words,
            label_reading=label.place,
        )
        for n, label in enumerate(labels_of(material))
    ]
    chances = printable(material, points)
    assert chances["p1"] < LEAST_ALONE <= min(chances["p0"], chances["p2"])
    names = Names(material)
    tellers = Tellers(material, names)
    lines = write_briefing(
        material,
        names,
        tellers,
        Backing(material, names, tellers),
        Lineage(
            families=(),
            independent=3,
            passages=(),
            derivations=(),
            accounts=tuple(Account(articles=(article,), grade=None) for article in material.ids),
        ),
        (),
        points,
        (),
    )
    assert [line.text for line in lines] == [
        "Mayor Ada Weir closed the eastern bridge of Tessmar on Friday.",
        "Governor Edda Falk sent 45 million marks to the villages of Lorne.",
    ]


def test_the_scorer_knows_the_features_that_are_made() -> None:
    """A file trained with other features is of another version."""
    assert load_printable().features == FEATURES
