"""Rows: what several readings tell, lined up. Here they are put in order and numbered, whatever they are rows of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from rashomon.model import AlignedFigure, AlignedQuote, Event, Passage, Point, Position, QuoteReading, Reading

# The letters before a row's number, by its section.
PREFIXES = {
    "quotes": "q",
    "figures": "f",
    "points": "pt",
    "names": "n",
    "differences": "d",
    "positions": "s",
    "passages": "p",
    "timeline": "e",
}
Row = TypeVar("Row", AlignedFigure, AlignedQuote, Event, Passage, Point, Position)
LinedUp = TypeVar("LinedUp", AlignedFigure, AlignedQuote, Point, Position)


def ordered(rows: Iterable[LinedUp]) -> list[LinedUp]:
    """Rows, those of most articles first, then by the place of their first reading."""
    return sorted(rows, key=lambda row: (-len({r.article for r in row.readings}), *_place(row.readings[0])))


def numbered(rows: Iterable[Row], section: str) -> tuple[Row, ...]:
    """Rows, in their order, with their ids."""
    return tuple(msgspec.structs.replace(row, id=f"{PREFIXES[section]}{n}") for n, row in enumerate(rows, start=1))


def _place(reading: Reading | QuoteReading) -> tuple[str, tuple[int, ...]]:
    """Where a reading begins; of a quote, where all its parts stand."""
    if isinstance(reading, QuoteReading):
        return reading.article, tuple(at for span in reading.spans for at in (span.start, span.end))
    return reading.article, (reading.start,)
