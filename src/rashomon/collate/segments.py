"""Segments: the word table of a quote in a few stretches, each the same, changed or left out in each wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from rashomon.model import AlignedQuote, Cell, CellState, QuoteReading, Segment, SegmentCell
from rashomon.text.words import fold

# So many columns fit a page.
MOST_SEGMENTS = 8
_STRENGTH = {"direct": 0, "mixed": 1, "indirect": 2}

Table = Sequence[Sequence[Cell | None]]


def with_segments(quotes: Sequence[AlignedQuote]) -> tuple[AlignedQuote, ...]:
    """The quotes with their fullest reading, the wording the others are told from, and the stretches that differ."""
    return tuple(_segmented(quote) for quote in quotes)


def _segmented(quote: AlignedQuote) -> AlignedQuote:
    numbers = range(len(quote.readings))
    fullest = min(numbers, key=lambda n: (_STRENGTH[quote.readings[n].manner], -_length(quote.readings[n]), n))
    quoted = [n for n in numbers if quote.readings[n].manner != "indirect"]
    if not quote.table or len(quoted) < 2:
        return msgspec.structs.replace(quote, fullest=fullest, base=fullest)
    base = _base(quote, quoted)
    bounds = _bounds(quote.table, quoted, base)
    segments = tuple(
        Segment(
            start=start,
            end=end,
            cells=tuple(_cell(quote.table[start:end], n, base) if n in quoted else None for n in numbers),
        )
        for start, end in pairwise(bounds)
    )
    return msgspec.structs.replace(quote, fullest=fullest, base=base, segments=segments)


def _length(reading: QuoteReading) -> int:
    return sum(span.end - span.start for span in reading.spans)


def _base(quote: AlignedQuote, quoted: Sequence[int]) -> int:
    """The wording that most readings have, the longest of equals; what is quoted whole comes before what is in part."""
    whole = [n for n in quoted if quote.readings[n].manner == "direct"] or list(quoted)
    wordings = {n: tuple(_words(quote.table, n)) for n in whole}
    counts = Counter(wordings.values())
    return min(whole, key=lambda n: (-counts[wordings[n]], -len(wordings[n]), n))


def _words(columns: Table, n: int) -> list[str]:
    return [fold(cell.text) for column in columns if (cell := column[n]) is not None]


def _bounds(table: Table, quoted: Sequence[int], base: int) -> list[int]:
    """Where segments begin, and the end: neighbours of one state are one, and the shortest alike ones join what is beside them."""
    states: list[tuple[CellState, ...]] = [tuple(_cell([column], n, base).state for n in quoted) for column in table]
    bounds = [0, *(k for k in range(1, len(states)) if states[k] != states[k - 1]), len(states)]
    changed: CellState = "changed"
    while len(bounds) - 1 > MOST_SEGMENTS:
        lengths = [end - start for start, end in pairwise(bounds)]
        alike = [all(s == "same" for s in states[start]) for start in bounds[:-1]]
        k = min(range(len(lengths)), key=lambda n: (not alike[n], lengths[n], n))
        beside = [n for n in (k - 1, k + 1) if 0 <= n < len(lengths)]
        other = min(beside, key=lambda n: (lengths[n], n))
        removed = bounds[max(k, other)]
        bounds = [b for b in bounds if b != removed]
        first = bounds[min(k, other)]
        states[first] = (changed,) * len(quoted)
    return bounds


def _cell(columns: Table, n: int, base: int) -> SegmentCell:
    own = _words(columns, n)
    text = " ".join(cell.text for column in columns if (cell := column[n]) is not None) or None
    if own == _words(columns, base):
        return SegmentCell(state="same", text=text)
    return SegmentCell(state="changed" if own else "absent", text=text)
