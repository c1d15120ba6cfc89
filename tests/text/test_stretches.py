from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.text.runs import NumberedWords, chars_of, find_seeds, hash_runs, read_words
from rashomon.text.stretches import SharedStretch, stretches_of

RNG = random.Random(4)  # noqa: S311 - seeded words
WORDS = ["".join(RNG.choices("bcdfglmnprst", k=2)) + RNG.choice("aeiou") + str(n) for n in range(900)]


def words(start: int, n: int) -> str:
    """A stretch of words that stand nowhere else."""
    return " ".join(WORDS[start : start + n])


def find_stretches(left: NumberedWords, right: NumberedWords) -> list[SharedStretch]:
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
    found: list[SharedStretch] = find_stretches(a, b)
    for stretch in found:
        for own, ends in ((a, stretch.left), (b, stretch.right)):
            start, end = chars_of(own, *ends)
            assert 0 <= start < end <= len(own.text)
