from __future__ import annotations

import random

from rashomon.collate.copies import find_copies
from rashomon.text.runs import read_words

WORDS = [f"w{n}" for n in range(2000)]


def paragraph(n: int, size: int = 30) -> str:
    """A paragraph of words that no other paragraph has."""
    return " ".join(WORDS[40 * n : 40 * n + size])


def held(*texts: str) -> list[dict[int, str]]:
    """Each shared stretch as its holders with their words."""
    words = [read_words(t) for t in texts]
    return [
        {n: t.text[t.starts[a] : t.ends[b - 1]] for n, (a, b) in shared.holders for t in (words[n],)}
        for shared in find_copies(words, 8)
    ]


def test_one_stretch_is_held_by_everybody_who_has_it() -> None:
    """Not a passage a pair: one passage with three holders."""
    one = paragraph(0)
    assert held(one, f"{paragraph(1)}\n{one}", f"{one}\n{paragraph(2)}") == [{0: one, 1: one, 2: one}]


def test_a_stretch_is_cut_where_its_holders_change() -> None:
    """The second text has the first half, the third has all."""
    one, two = paragraph(0), paragraph(1)
    whole = f"{one}\n{two}"
    assert held(whole, one, whole) == [{0: one, 1: one, 2: one}, {0: two, 2: two}]


def test_a_copy_of_a_copy_is_followed_to_where_the_words_stand_first() -> None:
    """The third took the second's text, edits and all, and shares with the first what the second took from it."""
    one, two = paragraph(0), paragraph(1)
    edited = one.replace("w5", "edited").replace("w15", "edited")
    found = held(one, f"{edited}\n{two}", f"{edited}\n{two}")
    assert found == [{0: one, 1: edited, 2: edited}, {1: two, 2: two}]


def test_text_that_is_not_shared_is_not_held() -> None:
    """No texts, one text, and texts without a common word."""
    assert held() == held(paragraph(0)) == held(paragraph(0), paragraph(1)) == held("", "", "") == []


def test_a_hundred_copies_make_one_passage() -> None:
    """Small edits in each, and still every one of them holds it."""
    rng = random.Random(1)  # noqa: S311 - seeded edits
    one = paragraph(0, 38)
    copies = [" ".join(w if rng.random() > 0.03 else "x" for w in one.split()) for _ in range(100)]
    assert [len(h) for h in held(*copies)] == [100]
