"""Features without strings: the number of a template mixed with the codes of its parts picks a row of weights.

Feature hashing (Weinberger et al. 2009) with splitmix64's multipliers (Steele, Lea and Flood 2014).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rashomon.annotate.quotes.grid import Codes, Ints

    Buckets = NDArray[np.int32]

BITS = 20
N_BUCKETS = 1 << BITS
# What stands where there is no token.
BORDER = np.uint64(1)
_ODD = np.uint64(0x9E3779B97F4A7C15)
_MULTIPLIER = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(29)


class Templates:
    """Collects a column of buckets a template; the order of calls numbers the templates."""

    def __init__(self, size: int, first: int) -> None:
        self._size = size
        self._next = first
        self._columns: list[NDArray[np.int32]] = []

    def add(self, *parts: NDArray[np.generic]) -> None:
        """One more feature for every row: the parts together."""
        seed = np.full(self._size, (self._next * int(_ODD)) & 0xFFFFFFFFFFFFFFFF, np.uint64)
        mixed = mix(seed, parts) * _ODD
        self._columns.append((mixed >> np.uint64(64 - BITS)).astype(np.int32))
        self._next += 1

    def buckets(self) -> Buckets:
        """Rows × templates."""
        return np.stack(self._columns, axis=1) if self._columns else np.zeros((self._size, 0), np.int32)


@lru_cache(maxsize=64)
def code(word: str) -> np.uint64:
    """The number spaCy gives a string: a symbol's own, or its hash."""
    found: np.uint64 = codes([word])[0]
    return found


def codes(words: list[str] | tuple[str, ...]) -> Codes:
    """The numbers spaCy gives some strings, in their order."""
    from spacy.strings import get_string_id

    return np.array([get_string_id(w) for w in words], np.uint64)


def bucketed(distance: Ints) -> Ints:
    """Signed distances: one by one up to 6, then by doubling."""
    size = np.abs(distance)
    coarse = np.where(size <= 6, size, 4 + np.ceil(np.log2(np.maximum(size, 1))).astype(np.int64))
    return np.sign(distance) * coarse + 32


def mix(seed: Codes, parts: Sequence[NDArray[np.generic]]) -> Codes:
    """Several columns as one of codes."""
    mixed = seed
    for part in parts:
        mixed = (mixed ^ part.astype(np.uint64)) * _MULTIPLIER
        mixed ^= mixed >> _SHIFT
    return mixed


def together(*parts: NDArray[np.generic]) -> Codes:
    """Several columns as one of codes, for use in more than one template."""
    return mix(np.full(len(parts[0]), _ODD), parts)


def pos_code(name: str) -> int:
    """The number spaCy gives a part of speech."""
    from spacy.symbols import IDS

    return int(IDS[name])
