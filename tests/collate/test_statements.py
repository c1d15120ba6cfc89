from __future__ import annotations

import pytest

from rashomon.collate.quotes import _sentences
from rashomon.model import Span


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
