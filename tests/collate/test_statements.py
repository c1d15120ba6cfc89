from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.quotes import Statement, _joined, _sentences, find_statements
from rashomon.model import Article, Span
from rashomon.read.plain import build_article

SPEECH = "We will open the quay on Friday. The crane is gone. Nobody was hurt in the storm."
REPORT = f"Ada Weir, the harbour minister, spoke in Tessmar on Tuesday.\n\n“{SPEECH}” Weir said."


@pytest.mark.parametrize(
    ("speech", "n_statements"),
    [
        ("The quay is safe. The crane is not.", 2),
        ("We heard that Gen. Weir had left the quay.", 1),
        ("We asked the harbour of St. Orrel for help.", 1),
        ("We met Ada M. Weir on the quay. She stayed.", 2),
    ],
)
def test_speech_is_cut_into_sentences(speech: str, n_statements: int) -> None:
    """A full stop behind a title, an abbreviation or an initial cuts nothing."""
    assert len(_sentences(speech, Span(0, len(speech)))) == n_statements


@pytest.fixture(scope="module")
def told() -> tuple[list[Article], list[Statement]]:
    """Two reports of one speech of three sentences, with its statements."""
    articles = [build_article(id=name, path=name, text=REPORT, language="en") for name in "ab"]
    material = Material(articles, list(annotate(articles)))
    return articles, find_statements(material, Names(material))


@pytest.mark.parametrize(
    ("groups", "joined"),
    [
        # a sentence that another report has stands alone
        ([[0, 3], [1, 4], [2, 5]], [(0, 1), (1, 2), (2, 3)]),
        # neighbours that only this report has are one, and one of them joins what both reports have before it
        ([[0], [1], [2], [3], [4], [5]], [(0, 3)]),
        ([[0, 3], [1], [2], [4], [5]], [(0, 3)]),
        # nothing joins over a sentence that both have
        ([[0], [1, 4], [2], [3], [5]], [(0, 1), (1, 3)]),
        # nor where one report says it twice
        ([[0, 1], [2], [3], [4], [5]], [(0, 1), (1, 3)]),
    ],
)
def test_neighbours_that_nobody_else_tells_apart_are_joined(
    told: tuple[list[Article], list[Statement]], groups: list[list[int]], joined: list[tuple[int, int]]
) -> None:
    """What one article has in one quote and no other article has, is one statement with what stands before it."""
    articles, statements = told
    assert [s.article for s in statements] == ["a", "a", "a", "b", "b", "b"]
    rows = _joined(statements, groups, {})
    found = sorted(s.spans for row in rows for s in row if s.article == "a")
    ends = [s.spans[0] for s in statements[:3]]
    assert found == [(Span(ends[i].start, ends[j - 1].end),) for i, j in joined]
    assert all(articles[0].text[s.start : s.end].endswith((".", "m")) for (s,) in found)
