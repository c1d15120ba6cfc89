from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.model import Span
from rashomon.text.marks import find_quoted

CASES = [
    ("“Go,” he said.", ["Go,"]),
    ('"Go," he said. "Now."', ["Go,", "Now."]),
    ("„Geh“, sagte er.", ["Geh"]),
    ("« Va », dit-il.", [" Va "]),
    ("»Geh«, sagte er.", ["Geh"]),
    ("``Go,'' he said.", ["Go,"]),
    ("‘Go,’ he said of the players’ coach.", ["Go,"]),
    ("'Go,' he said. It's late.", ["Go,"]),
    ("“He said ‘go’ to me,” she said.", ["He said ‘go’ to me,"]),
    ("“It goes on to the end", ["It goes on to the end"]),
    ('"A straight mark closed by a curly one,” he said.', ["A straight mark closed by a curly one,"]),
    ('“A curly mark closed by a straight one," he said.', ["A curly mark closed by a straight one,"]),
    ("”Marks that all look one way,” he said.", ["Marks that all look one way,"]),
    ("„Go,” he said.", ["Go,"]),
    ("«Va», dit-il. «Viens».", ["Va", "Viens"]),
    ("'Go', he said, 'now'.", ["Go", "now"]),
    ("‘He’s late,’ she said.", ["He’s late,"]),
    ('"Go," he said. "Now', ["Go,", "Now"]),
    ("the ’90s and rock ’n’ roll", []),
    ("Rock 'n' roll isn't dead", []),
    ("“” he said", []),
    ("The dogs’ barking and it’s late", []),
    ('a 6" pipe', []),
]


@pytest.mark.parametrize(("text", "inner"), CASES)
def test_marks_of_many_kinds(text: str, inner: list[str]) -> None:
    """What stands between marks is found, apostrophes are let be."""
    assert [text[q.inner.start : q.inner.end] for q in find_quoted(text, Span(0, len(text)))] == inner


@given(st.text(alphabet="ab “”‘’\"'«»„`.,", max_size=60))
def test_any_marks_give_ordered_spans(text: str) -> None:
    """However unbalanced, stretches lie in order within the paragraph."""
    end = 0
    for q in find_quoted(text, Span(0, len(text))):
        assert end <= q.outer.start <= q.inner.start < q.inner.end <= q.outer.end <= len(text)
        end = q.outer.end
