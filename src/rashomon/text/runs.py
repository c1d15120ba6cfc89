"""A text as numbered words, and the runs of words that two texts have alike.

Runs of `SEED` equal words are found through a sorted index of their hashes; runs that everybody writes begin nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rashomon.model import Span
from rashomon.text.marks import find_quoted
from rashomon.text.words import WORD, fold

Ints = NDArray[np.int64]

# NumberedWords that must run alike to begin a stretch.
SEED = 4
# An n-gram at more places of one text than this begins nothing.
MOST_PLACES = 4

_NEWLINE = re.compile(r"\n")
_PRIME = np.uint64(1_099_511_628_211)
_OPENING, _CLOSING = frozenset("“‘\"'(["), frozenset(".,;:!?…”’\"')]")


@dataclass(frozen=True)
class NumberedWords:
    """A text as words: their ids, where each begins and ends in the text, and the line each stands in."""

    text: str
    ids: list[int]
    starts: list[int]
    ends: list[int]
    lines: list[int]


@lru_cache(maxsize=500_000)
def word_id(word: str) -> int:
    """A number for a word that is the same in every run: 63 bits of BLAKE2b of its folded form."""
    return int.from_bytes(blake2b(fold(word).encode(), digest_size=8).digest(), "little") >> 1


def read_words(text: str, stretches: Sequence[tuple[int, int]] | None = None) -> NumberedWords:
    """The words of a text, or of some stretches of it."""
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks = [m.start() for m in _NEWLINE.finditer(text)]
    find = text.find
    for begin, end in stretches if stretches is not None else ((0, len(text)),):
        written = WORD.findall(text, begin, end)
        ids += map(word_id, written)
        at = begin
        for word in written:  # between words stands nothing that could begin one, so the first place found is the place
            start = find(word, at)
            at = start + len(word)
            starts.append(start)
            ends.append(at)
        breaks.append(end)
    lines = np.searchsorted(np.sort(np.array(breaks, np.int64)), starts).tolist()
    return NumberedWords(text, ids, starts, ends, lines)


@lru_cache(maxsize=1)
def stock_runs() -> NDArray[np.uint64]:
    """Hashes, in order, of the runs of `SEED` words that everybody writes; see docs/lineage.md for where they come from."""
    return np.load(Path(__file__).parent / "stock.npy")  # type: ignore[no-any-return]


def is_stock(runs: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which runs everybody writes. Shape as given."""
    stock = stock_runs()
    places = np.minimum(np.searchsorted(stock, runs), len(stock) - 1)
    return np.equal(stock[places], runs)


def hash_runs(ids: Sequence[int]) -> NDArray[np.uint64]:
    """A hash for every run of `SEED` words (polynomial, modulo 2^64). Shape: (max(0, n_words - SEED + 1),)."""
    if len(ids) < SEED:
        return np.zeros(0, np.uint64)
    words = np.asarray(ids, np.uint64)
    n_runs = len(words) - SEED + 1
    values = np.zeros(n_runs, np.uint64)
    with np.errstate(over="ignore"):
        for k in range(SEED):
            values = values * _PRIME + words[k : n_runs + k]
    return values


def find_seeds(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """Places of common runs: (in left, in right), the first few places in left of each run of right."""
    order = np.argsort(left, kind="stable")
    ordered = left[order]
    first = np.searchsorted(ordered, right, "left")
    counts = np.searchsorted(ordered, right, "right") - first
    counts[(counts > MOST_PLACES) | is_stock(right)] = 0
    places = np.repeat(np.arange(len(right)), counts)
    offsets = np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[np.repeat(first, counts) + offsets].astype(np.int64), places


def spoken_words(words: NumberedWords, start: int, end: int) -> frozenset[int]:
    """The numbers of the words of a range that stand between quotation marks."""
    begin = words.text.rfind("\n", 0, words.starts[start]) + 1
    stop = words.ends[end - 1]
    found: set[int] = set()
    while begin < stop:
        newline = words.text.find("\n", begin)
        line = Span(begin, newline if newline >= 0 else len(words.text))
        for quoted in find_quoted(words.text, line):
            found.update(
                range(bisect_left(words.starts, quoted.inner.start), bisect_left(words.starts, quoted.inner.end))
            )
        begin = line.end + 1
    return frozenset(found)


def chars_of(words: NumberedWords, start: int, end: int) -> tuple[int, int]:
    """The characters of a half-open range of words, with the marks that close it."""
    last = words.ends[end - 1]
    while last < len(words.text) and words.text[last] in _CLOSING:
        last += 1
    first = words.starts[start]
    while first > 0 and words.text[first - 1] in _OPENING:
        first -= 1
    return first, last
