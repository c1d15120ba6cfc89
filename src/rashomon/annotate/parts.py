"""Figures in words alone: a part of a number given beside them ("48 boats, most of which sank"), a unit ("over a year")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import floor
from typing import NamedTuple

from rashomon.annotate.phrases import token_at
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import alternation, load_lexicon, words_of
from rashomon.model import Figure
from rashomon.text.measures import is_measure
from rashomon.text.numbers import Number


class WordedFigure(NamedTuple):
    """A figure said without a number: its interval, its unit, and where its words end."""

    number: Number
    unit: str | None
    end: int


@lru_cache(maxsize=1)
def _majority() -> re.Pattern[str]:
    words = load_lexicon("numbers")["parts"]
    return re.compile(
        rf"\b(?P<most>{alternation(words['majorities'])})\s{{1,20}}of\s{{1,20}}"
        rf"(?:(?P<back>{alternation(words['back'])})\b|(?:{alternation(words['on'])})\s{{1,20}}(?P<whole>\d|[a-z]+)|(?<!most\sof\s)(?P<all>[a-z]+))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _single() -> re.Pattern[str]:
    words = load_lexicon("numbers")
    bounds = alternation([*words["modifiers"][">"], *words["modifiers"]["<"]])
    return re.compile(
        rf"(?<!\w)(?P<bound>{bounds})\s{{1,20}}an?\s{{1,20}}(?P<unit>{alternation(words['single_units'])})\b",
        re.IGNORECASE,
    )


def find_worded(text: str, paragraph: Paragraph, figures: Sequence[Figure]) -> list[WordedFigure]:
    """The figures said without a number: "most of which", "most of its ships", "at least a decade".

    A majority is more than half of its whole and at most all of it. The whole is the last number before in the sentence
    ("most of which"), the one right after ("most of the 48"), or everything, in hundredths ("most of its ships").
    """
    start, end = paragraph.span.start, paragraph.span.end
    found = [said for m in _majority().finditer(text, start, end) if (said := _most_of(paragraph, figures, m))]
    return found + [_one_of_a_unit(m) for m in _single().finditer(text, start, end)]


def _most_of(paragraph: Paragraph, figures: Sequence[Figure], m: re.Match[str]) -> WordedFigure | None:
    whole = _before(paragraph, figures, m.start()) if m["back"] else _after(figures, m.end() - len(m["whole"] or ""))
    said = m["whole"] or m["all"]
    if whole is None and said and said[0].isalpha():
        if said.lower() in words_of("numbers", "no_wholes"):
            return None
        half = Number(m.start(), m.end("most"), 50, 50, 100, core_start=m.start())
        return WordedFigure(half, "percentage", m.end("most"))
    if whole is None or whole.low is None or whole.low != whole.high or is_measure(whole.unit):
        return None
    low, end = float(floor(whole.low / 2) + 1), m.end() if m["back"] else m.end("most")
    return WordedFigure(Number(m.start(), end, low, low, whole.high, core_start=m.start()), whole.unit, end)


def _one_of_a_unit(m: re.Match[str]) -> WordedFigure:
    years = {"decade": 10, "century": 100}.get(m["unit"].lower())
    value = float(years or 1)
    over = re.sub(r"\s{1,20}", " ", m["bound"].lower()) in load_lexicon("numbers")["modifiers"][">"]
    low, high = (value, None) if over else (None, value)
    number = Number(m.start(), m.end(), value, low, high, bound=">" if over else "<", core_start=m.start("unit"))
    return WordedFigure(number, "year" if years else m["unit"].lower(), m.end())


def _before(paragraph: Paragraph, figures: Sequence[Figure], place: int) -> Figure | None:
    token = paragraph.doc[token_at(paragraph.doc, place - paragraph.offset)]
    begin = paragraph.span_of(token.sent).start
    last = [f for f in figures if begin <= f.start and f.end <= place]
    return last[-1] if last else None


def _after(figures: Sequence[Figure], place: int) -> Figure | None:
    return next((f for f in figures if f.start == place), None)
