"""Where words of one text stand in another state of it."""

from __future__ import annotations


def find_again(text: str, words: str, at: int) -> int | None:
    """Where words stand in a text, of several places the one nearest to `at`; None where they do not."""
    before = text.rfind(words, 0, at + len(words))
    after = text.find(words, at)
    found = [place for place in (before, after) if place >= 0]
    return min(found, key=lambda place: abs(place - at)) if words and found else None
