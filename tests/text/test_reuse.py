from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.text.reuse import (
    Stretch,
    Words,
    chars_of,
    find_borrowed,
    find_seeds,
    hash_runs,
    is_stock,
    read_words,
    stretches_of,
)

RNG = random.Random(4)  # noqa: S311 - seeded words
WORDS = ["".join(RNG.choices("bcdfglmnprst", k=2)) + RNG.choice("aeiou") + str(n) for n in range(900)]


def words(start: int, n: int) -> str:
    """A stretch of words that stand nowhere else."""
    return " ".join(WORDS[start : start + n])


def find_stretches(left: Words, right: Words) -> list[Stretch]:
    """What two texts share."""
    return stretches_of(left, right, *find_seeds(hash_runs(left.ids), hash_runs(right.ids)))


def shared(left: str, right: str) -> list[tuple[str, str]]:
    """What two texts share, in the words of both."""
    a, b = read_words(left), read_words(right)
    return [(left[slice(*chars_of(a, *s.left))], right[slice(*chars_of(b, *s.right))]) for s in find_stretches(a, b)]


def test_a_copied_paragraph_is_found_with_its_marks() -> None:
    """Words on either side are not part of it; the full stop and the quotation marks are."""
    copied = f"“{words(0, 30)}.”"
    assert shared(f"{words(100, 20)}\n\n{copied}\n\n{words(200, 5)}", f"{words(300, 9)}\n\n{copied}") == [
        (copied, copied)
    ]


def test_replaced_words_do_not_break_a_stretch() -> None:
    """Seven words in forty replaced, the first and the last among them: still one stretch, from line start to line end."""
    own = words(0, 40).split()
    new = [f"new{n}" if n in (0, 7, 12, 18, 25, 31, 39) else w for n, w in enumerate(own)]
    assert shared(" ".join(own), " ".join(new)) == [(" ".join(own), " ".join(new))]


def test_a_moved_paragraph_is_another_stretch() -> None:
    """Order does not matter to what is shared."""
    one, two = words(0, 30), words(50, 30)
    assert shared(f"{one}\n{two}", f"{two}\n{one}") == [(two, two), (one, one)]


def test_a_deleted_sentence_parts_two_stretches() -> None:
    """What was left out is claimed of neither text."""
    one, cut, two = words(0, 20), words(100, 20), words(50, 20)
    assert shared(f"{one} {cut} {two}", f"{one} {two}") == [(one, one), (two, two)]


@pytest.mark.parametrize("n", [3, 7])
def test_few_words_are_no_stretch(n: int) -> None:
    """Less than eight equal words are found in any two reports."""
    assert shared(f"{words(100, 30)} {words(0, n)} {words(200, 30)}", f"{words(300, 30)} {words(0, n)}") == []


def test_stock_phrases_begin_nothing() -> None:
    """What everybody writes is known by the hashes of its runs."""
    runs = hash_runs(read_words("was pronounced dead at the scene").ids)
    assert is_stock(runs).all()
    assert not is_stock(hash_runs(read_words(words(0, 9)).ids)).any()


def test_speech_alone_is_no_borrowing() -> None:
    """Two reports that quote one statement at length share words, not text; the same words untold would be a copy."""
    said = words(0, 45)
    left, right = f"{words(100, 60)}\n“{said}”", f"{words(200, 60)}\n“{said}”"
    assert find_borrowed(read_words(left), read_words(right)) == []
    assert find_borrowed(read_words(left.replace("“", "")), read_words(right.replace("“", "")))


def test_many_small_stretches_in_step_are_a_borrowing() -> None:
    """Sentence by sentence one text follows the other, no two sentences alike for long."""
    left = "\n".join(words(20 * k, 18) for k in range(20))
    right = "\n".join(" ".join([*words(20 * k, 9).split(), *words(400 + 20 * k, 20).split()]) for k in range(20))
    assert len(find_borrowed(read_words(left), read_words(right))) == 20


def test_empty_texts_share_nothing() -> None:
    """Nor do texts without words, or shorter than a seed."""
    for text in ("", "…\n\n—", "two words"):
        assert find_borrowed(read_words(text), read_words(text)) == []


blocks = st.lists(st.integers(0, 20), min_size=1, max_size=8, unique=True)


def text_of(numbers: list[int]) -> str:
    """Paragraphs of thirty words each, by number."""
    return "\n\n".join(words(30 * n, 30) + "." for n in numbers)


@given(blocks, blocks)
def test_sharing_is_symmetric(one: list[int], two: list[int]) -> None:
    """What one text shares with another is what the other shares with it."""
    left, right = text_of(one), text_of(two)
    assert sorted(shared(left, right)) == sorted((a, b) for b, a in shared(right, left))


@given(blocks)
def test_a_text_shares_all_of_itself(numbers: list[int]) -> None:
    """From its first word to its last."""
    text = text_of(numbers)
    assert shared(text, text) == [(text, text)]


@given(st.text(max_size=300), st.text(max_size=300))
def test_spans_lie_in_their_texts(left: str, right: str) -> None:
    """Whatever the characters, nothing is claimed outside the texts, and nothing twice in the right one."""
    a, b = read_words(left), read_words(right)
    found: list[Stretch] = find_stretches(a, b)
    for stretch in found:
        for own, ends in ((a, stretch.left), (b, stretch.right)):
            start, end = chars_of(own, *ends)
            assert 0 <= start < end <= len(own.text)
