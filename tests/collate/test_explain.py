from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate import explain
from rashomon.errors import UsageError
from rashomon.model import Article, Collation, Explanation

Example = tuple[Collation, tuple[Article, ...]]


@pytest.fixture(scope="module")
def explained(example: Example) -> dict[str, Explanation]:
    """The first row of every section of the example, explained."""
    collation, articles = example
    found = list(annotate(articles))
    return {row: explain(collation, row, articles, found) for row in ("q1", "f1", "pt1", "n1", "d1", "s1", "p1", "e1")}


def test_every_kind_of_row_has_reasons_and_readings(explained: dict[str, Explanation]) -> None:
    """No row without a reason; the readings are those of the row."""
    for explanation in explained.values():
        assert explanation.reasons
        assert explanation.readings
        assert all(0 <= x.left < x.right < len(explanation.readings) for x in explanation.likenesses)


def test_quotes_are_told_with_their_likeness(explained: dict[str, Explanation], example: Example) -> None:
    """Each two readings, with the words they have in common."""
    quote = next(q for q in example[0].quotes if q.id == "q1")
    assert len(explained["q1"].likenesses) == len(quote.readings) * (len(quote.readings) - 1) // 2
    assert all(x.common for x in explained["q1"].likenesses)


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
