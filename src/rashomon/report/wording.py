"""Wordings compared: which words of a reading stand in few of the others, and a stretch cut at them for the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rashomon.model import AlignedQuote, Cell, Span
from rashomon.text.words import Word, find_words, fold

View = dict[str, Any]


def rare_words(table: Sequence[Sequence[Cell | None]]) -> list[set[int]]:
    """For each reading of a table, the places of words that stand in fewer than half of the readings."""
    if not table:
        return []
    rare: list[set[int]] = [set() for _ in table[0]]
    for column in table:
        forms = [fold(cell.text) if cell else None for cell in column]
        for n, cell in enumerate(column):
            if cell is not None and forms.count(forms[n]) * 2 < len(column) + (len(column) == 2):
                rare[n].add(cell.start)
    return rare


def rare_by_manner(quote: AlignedQuote) -> list[set[int]]:
    """The rare words of each reading among those of its own manner: speech is compared with speech."""
    rare: list[set[int]] = [set() for _ in quote.readings]
    for manner in ("direct", "mixed", "indirect"):
        members = [n for n, reading in enumerate(quote.readings) if reading.manner == manner]
        own = rare_words([[column[n] for n in members] for column in quote.table]) if len(members) > 1 else []
        for n, words in zip(members, own, strict=False):
            rare[n] = words
    return rare


def cut_at(text: str, span: Span, rare: set[int]) -> list[View]:
    """A stretch in pieces, the rare words on their own; line breaks become blanks."""
    pieces: list[View] = []
    at = span.start
    words: list[Word] = find_words(text, span.start, span.end)
    for word in words:
        if word.start in rare:
            pieces += [{"text": _flat(text[at : word.start]), "variant": False}, {"text": word.text, "variant": True}]
            at = word.end
    pieces.append({"text": _flat(text[at : span.end]), "variant": False})
    return [p for p in pieces if p["text"]]


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words)
