"""Figures in words that are a part of a number given beside them: "48 boats, most of which sank"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import floor

from rashomon.annotate.phrases import token_at
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import alternation, load_lexicon
from rashomon.model import Figure
from rashomon.text.numbers import Number

# What is not counted in wholes has no majority.
_MEASURES = frozenset({"percentage", "dollar", "euro", "pound sterling", "year of age", "times"})


@lru_cache(maxsize=1)
def _majority() -> re.Pattern[str]:
    words = load_lexicon("numbers")["parts"]
    return re.compile(
        rf"\b(?P<most>{alternation(words['majorities'])})\s{{1,20}}of\s{{1,20}}"
        rf"(?:(?P<back>{alternation(words['back'])})\b|(?:{alternation(words['on'])})\s{{1,20}}(?=\d|[a-z]))",
        re.IGNORECASE,
    )


def find_majorities(text: str, paragraph: Paragraph, figures: Sequence[Figure]) -> list[tuple[Number, Figure]]:
    """Each majority as a number, more than half of its whole and at most all of it, with the figure of the whole.

    The whole is the last number before in the sentence ("most of which"), or the one right after ("most of the 48").
    """
    found = []
    for m in _majority().finditer(text, paragraph.span.start, paragraph.span.end):
        whole = _before(paragraph, figures, m.start()) if m["back"] else _after(figures, m.end())
        if whole is None or whole.low is None or whole.low != whole.high or whole.unit in _MEASURES:
            continue
        low, end = float(floor(whole.low / 2) + 1), m.end() if m["back"] else m.end("most")
        found.append((Number(m.start(), end, low, low, whole.high, core_start=m.start()), whole))
    return found


def _before(paragraph: Paragraph, figures: Sequence[Figure], place: int) -> Figure | None:
    token = paragraph.doc[token_at(paragraph.doc, place - paragraph.offset)]
    begin = paragraph.span_of(token.sent).start
    last = [f for f in figures if begin <= f.start and f.end <= place]
    return last[-1] if last else None


def _after(figures: Sequence[Figure], place: int) -> Figure | None:
    return next((f for f in figures if f.start == place), None)
