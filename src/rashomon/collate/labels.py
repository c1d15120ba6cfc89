"""What an aligned figure counts, in the words of a report: the clause around the number, without the number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rashomon.model import Span
from rashomon.text.words import Word, content_stems, find_words, stem

# How many words of the clause stand after the number, and how many before it where too few come after.
AFTER, BEFORE, FEW = 7, 4, 3
# The length, in characters, of a label that says enough and fits a line.
FITTING = 40
_BREAK = re.compile(r"[,;:()\[\]\"“”—]|\s[-–]\s|\n|\b(?:and|but|while)\b")


def label_of(text: str, sentence: Span, figure: Span, unit: str | None = None) -> str:
    """The words counted with, "…" in the number's place where the words before it are needed.

    >>> label_of("Police said 40 men of the crew had left.", Span(0, 40), Span(12, 18), "man")
    'men of the crew had left'
    >>> label_of("It killed 40 men.", Span(0, 17), Span(10, 12))
    'killed … men'
    """
    counted = frozenset(content_stems(unit or ""))
    named = (w.start for w in find_words(text, figure.start, figure.end) if stem(w.text) in counted)
    breaks = [sentence.start, *(m.end() for m in _BREAK.finditer(text, sentence.start, figure.start))]
    after_break = _BREAK.search(text, figure.end, sentence.end)
    after = _trimmed(text, next(named, figure.end), after_break.start() if after_break else sentence.end, AFTER)
    if len(after) >= FEW:
        return _joined(text, after)
    before = _trimmed(text, breaks[-1], figure.start, -BEFORE)
    return " … ".join(filter(None, (_joined(text, before), _joined(text, after))))


def best_label(labels: Sequence[str]) -> str:
    """The label that shares most telling words with the others; of equals one in a piece, nearest a fitting length."""
    stems = {label: frozenset(content_stems(label)) for label in labels if label}
    shared = {w: sum(len(own & stems[other]) for other in labels if other) for w, own in stems.items()}
    return min(stems, key=lambda w: (-shared[w], "…" in w, abs(len(w) - FITTING), w), default="")


def _trimmed(text: str, start: int, end: int, most: int) -> list[Word]:
    """At most so many words from the start (from the end if negative), without function words and numbers at the ends."""
    words = find_words(text, start, end)
    words = words[:most] if most > 0 else words[most:]
    telling = [
        n for n, word in enumerate(words) if word.text[0].isalpha() and ("." in word.text or content_stems(word.text))
    ]
    return words[telling[0] : telling[-1] + 1] if telling else []


def _joined(text: str, words: Sequence[Word]) -> str:
    return " ".join(text[words[0].start : words[-1].end].split()) if words else ""
