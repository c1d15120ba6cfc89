from __future__ import annotations

from rashomon.text.borrowing import find_borrowed
from rashomon.text.runs import read_words


def words(start: int, n: int) -> str:
    """A stretch of words that stand nowhere else."""
    return " ".join(f"crane{k}" for k in range(start, start + n))


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
