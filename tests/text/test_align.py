from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rashomon.text.align import align_words
from rashomon.text.words import find_words


def table(*wordings: str) -> list[tuple[str, ...]]:
    """The columns as words, a dot for a gap."""
    return [tuple(w.text if w else "·" for w in c) for c in align_words([find_words(x) for x in wordings])]


def test_a_swapped_word_shares_a_column() -> None:
    """A word exchanged for another shares its column; all other words agree."""
    assert table("I really am ready", "I truly am ready") == [
        ("I", "I"),
        ("really", "truly"),
        ("am", "am"),
        ("ready", "ready"),
    ]


def test_an_added_word_has_a_gap_beside_it() -> None:
    """A word that only one reading has stands alone."""
    assert ("dear", "·") in table("my dear friends", "my friends")


@given(st.lists(st.text(alphabet="ab c", max_size=12), min_size=1, max_size=4))
def test_every_word_stands_once_and_in_order(wordings: list[str]) -> None:
    """Reading a row of the table gives the wording back."""
    words = [find_words(w) for w in wordings]
    columns = align_words(words)
    for n, own in enumerate(words):
        assert [c[n] for c in columns if c[n] is not None] == own
