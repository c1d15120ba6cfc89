from __future__ import annotations

import pytest

from rashomon.text.words import LONGEST_WORD, fold_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Östen’s 60-metre U.S. crane", "osten 60 metre us crane"),
        ("O\u0308sten Müller, ELODIE", "osten muller elodie"),
        ("Ødegård, Łódź, Straße", "odegard lodz strasse"),
        ("the O’Brien—and the O'Brien", "the obrien and the obrien"),
        ("har\xadbour", "harbour"),
        ("3.5 of 1,000 at example.com", "3 5 of 1 000 at example com"),
        ("snake_case, T-shirt, e.g. this", "snake case t shirt eg this"),
        ("北京", "beijing"),
        ("\0 \ud800 …", ""),
        ("x" * 1000, "x" * LONGEST_WORD),
    ],
)
def test_texts_as_search_compares_them(text: str, folded: str) -> None:
    """Letters and digits of ASCII and single spaces are left; folding twice changes nothing."""
    assert fold_text(text) == folded
    assert fold_text(folded) == folded
