from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.read.decode import decode_text

WORDS = "“Naïve” — the café’s\r\nown words"


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        WORDS.encode("utf-16"),
        WORDS.encode("utf-16-le"),
        WORDS.encode("utf-16-be"),
        WORDS.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"],
)
def test_encodings_give_the_same_text(data: bytes) -> None:
    """The text is the same whatever the encoding, line ends kept, byte order mark dropped."""
    assert decode_text(data) == WORDS


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x89PNG\r\n\x1a\n" + b"\0\1\2\3" * 50])
def test_binary_is_no_text(data: bytes) -> None:
    """An image renamed .txt is told from text."""
    assert decode_text(data) is None


@given(st.text(max_size=100))
def test_utf8_is_read_back(text: str) -> None:
    """UTF-8 without control characters decodes to what was encoded."""
    if all(c >= " " or c in "\t\n\r" for c in text) and not text.startswith("\ufeff"):
        assert decode_text(text.encode("utf-8", "ignore")) == text.encode("utf-8", "ignore").decode()
