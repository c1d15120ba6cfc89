from __future__ import annotations

import msgspec
import pytest

from rashomon.annotate import annotate
from rashomon.collate import collate, explain
from rashomon.collate.explain import explain_row
from rashomon.collate.lining import load_scorers
from rashomon.collate.material import Material
from rashomon.errors import UsageError
from rashomon.model import Article, Collation, Correction, Explanation, Place
from rashomon.read.plain import build_article

Example = tuple[Collation, tuple[Article, ...]]


@pytest.fixture(scope="module")
def explained(example: Example) -> dict[str, Explanation]:
    """The first row of every section of the example, explained."""
    collation, articles = example
    found = list(annotate(articles))
    return {
        row: explain(collation, row, articles, found) for row in ("q1", "q2", "f1", "pt1", "n1", "d1", "s1", "p1", "e1")
    }


def test_every_kind_of_row_has_reasons_and_readings(explained: dict[str, Explanation]) -> None:
    """No row without a reason; the readings are those of the row."""
    for explanation in explained.values():
        assert explanation.reasons
        assert explanation.readings
        assert all(0 <= x.left < x.right < len(explanation.readings) for x in explanation.likenesses)


def test_quotes_are_told_with_their_likeness(explained: dict[str, Explanation], example: Example) -> None:
    """Each two readings, with the words they have in common."""
    quote = next(q for q in example[0].quotes if q.id == "q2")
    assert len(explained["q2"].likenesses) == len(quote.readings) * (len(quote.readings) - 1) // 2
    assert all(x.common for x in explained["q2"].likenesses)


@pytest.mark.parametrize(
    ("row", "message"), [("q9999", "there is no q9999"), ("x1", "ids look like"), ("", "ids look like")]
)
def test_an_unknown_row_is_told(example: Example, row: str, message: str) -> None:
    """What ids look like, or how many rows there are."""
    with pytest.raises(UsageError, match=message):
        explain(example[0], row, example[1], [])


@pytest.mark.parametrize("row", ["f1", "s1"])
def test_what_was_lined_up_is_told_with_its_probability(explained: dict[str, Explanation], row: str) -> None:
    """Figures and positions tell how likely two readings are one, and what each feature added."""
    weighed = [x for x in explained[row].likenesses if x.probability is not None]
    assert weighed
    assert all(x.parts for x in weighed)


@pytest.mark.parametrize("row", ["q1", "f1", "pt1", "s1"])
def test_the_bar_is_told(explained: dict[str, Explanation], row: str) -> None:
    """A row of several reports says how likely two readings must be one."""
    assert any("on average" in reason for reason in explained[row].reasons)


BRIDGE = "The old bridge over the Ister collapsed on Monday morning after a barge hit its middle pier."
BAND = "A brass band will play in the park on Sunday, the council said."


def test_a_correction_is_told() -> None:
    """What a reader set right is a reason of the rows it touched, and of no other."""
    articles = [
        build_article(id=name, path=name, text=f"{BRIDGE} {BAND}", language="en", published="2026-04-15")
        for name in ("a", "b")
    ]
    found = list(annotate(articles))
    split = Correction(kind="split", what="points", places=(Place(article="b", at=0, words="The old bridge"),))
    collation = collate(articles, found, corrections=[split])
    told = {
        p.text: any("correction 1" in reason for reason in explain(collation, p.id, articles, found).reasons)
        for p in collation.points
        if p.readings[0].article == "b" or len(p.readings) > 1
    }
    assert told == {BRIDGE: True, BAND: False}


def test_a_reading_of_the_second_look_is_told() -> None:
    """A reading that the pairs did not join says how likely it tells the row."""
    articles = [
        build_article(id=name, path=name, text=text, language="en")
        for name, text in (("a", BRIDGE), ("b", BRIDGE.replace("old", "grey")), ("c", "The Ister bridge is in ruins."))
    ]
    scorers = load_scorers()
    eager = msgspec.structs.replace(
        scorers,
        points=msgspec.structs.replace(scorers.points, least=0.9),
        cells=msgspec.structs.replace(scorers.cells, least=0.001),
    )
    found = list(annotate(articles))
    collation = collate(articles, found, scorers=eager)
    assert len(collation.points[0].readings) == 3
    reasons = explain_row(collation, Material(articles, found, scorers=eager), "pt1").reasons
    assert any(reason.startswith("reading 2 joined in a second look") for reason in reasons)


def test_a_rewording_tells_what_its_words_weigh(example: Example) -> None:
    """Each two readings of a reworded passage, with what is enough; a verbatim one needs no more than its words."""
    collation, articles = example
    found = list(annotate(articles))
    passages = {p.degree: p for p in collation.lineage.passages}
    assert set(passages) == {"verbatim", "reworded"}
    for degree, passage in passages.items():
        reasons = explain(collation, passage.id, articles, found).reasons
        told = [reason for reason in reasons if "common words weigh" in reason]
        n = len(passage.readings)
        assert len(told) == (n * (n - 1) // 2 if degree == "reworded" else 0)
