"""Letters: the signs by which the articles of a story are told apart."""

from __future__ import annotations


def letter_of(n: int) -> str:
    """A, B, … Z, AA, AB, …, for 0, 1, …."""
    letters = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
