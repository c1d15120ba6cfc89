"""Text reuse between two texts: the stretches of words one has taken over from the other, with the edits in them.

Seed and extend, as BLAST does it (Altschul et al. 1990) and Smith, Cordell and Dillon (2013) for newspapers: runs of
`SEED` equal words are found through an index, joined along their diagonal over replaced words, extended at both ends
while more words agree than differ (X-drop; Zhang et al. 1998), and rounded to the line when little of it is missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.model import Span
from rashomon.text.marks import find_quoted
from rashomon.text.words import WORD, fold

Ints = NDArray[np.int64]

# Words that must run alike to begin a stretch.
SEED = 4
# Seeds of one diagonal are one piece when no more words lie between them than this.
PIECE_GAP = 14
# Two pieces are one stretch when at most so many words lie between them in either text ...
STRETCH_GAP = 8
# ... and an extension ends when it has fallen so far below its best score.
DROP = 4
# A stretch that ends so few words from both lines' ends is taken to reach them.
ROUND = 5
# Fewer words than this beyond the first or last line of a stretch are left out of it.
STRAY = 3
# An n-gram at more places of one text than this begins nothing.
MOST_PLACES = 4
# What a stretch must have: so many equal words, and so large a share of them.
LEAST_WORDS, LEAST_EQUAL = 8, 0.5
# When shared words say that text was copied (chosen on pairs of reports of one event, see docs/lineage.md): so many
# equal ones outside quotations in one stretch; so many in step, over the root of the shorter text's length ...
BORROWED, IN_STEP = 24, 3.8
# ... of stretches of so many words, the largest so many of them ...
LEAST_STEP, MOST_STEPS = 4, 500
# ... or so many in all, and so many more for each share of words in common above what unrelated reports have.
LEAST_ALIKE, ALIKE_SLOPE, UNRELATED = 16, 100, 0.2
# Beside a stretch of so many words a shorter one counts when it is a whole line, or so many words.
LONG_WORDS, SHORT_WORDS, LINE_WORDS = 30, 6, 3


_NEWLINE = re.compile(r"\n")
_PRIME = np.uint64(1_099_511_628_211)
_OPENING, _CLOSING = frozenset("“‘\"'(["), frozenset(".,;:!?…”’\"')]")


@dataclass(frozen=True)
class Words:
    """A text as words: their ids, where each begins and ends in the text, and the line each stands in."""

    text: str
    ids: list[int]
    starts: list[int]
    ends: list[int]
    lines: list[int]


class Piece(NamedTuple):
    """Words `left` to `left + length` of one text beside words `right` to `right + length` of the other."""

    left: int
    right: int
    length: int


class Stretch(NamedTuple):
    """A shared stretch: half-open word ranges of both texts, the pieces that run alike in it, how many words are equal."""

    left: tuple[int, int]
    right: tuple[int, int]
    pieces: tuple[Piece, ...]
    equal: int


@lru_cache(maxsize=500_000)
def word_id(word: str) -> int:
    """A number for a word that is the same in every run: 63 bits of BLAKE2b of its folded form."""
    return int.from_bytes(blake2b(fold(word).encode(), digest_size=8).digest(), "little") >> 1


def read_words(text: str, stretches: Sequence[tuple[int, int]] | None = None) -> Words:
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
    return Words(text, ids, starts, ends, lines)


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


def stretches_of(left: Words, right: Words, left_seeds: Ints, right_seeds: Ints) -> list[Stretch]:
    """The stretches that some seeds begin, in order of place in the right text."""
    return _kept(left, right, _drafts(left, right, left_seeds, right_seeds), has_long=False)


def find_borrowed(left: Words, right: Words) -> list[Stretch]:
    """What two texts share when that says that text was copied; nothing when it may be what two reporters write alike.

    Reports of one event share names, places, charges and what was said there. That one text drew on the other, or both on
    a third, is said by one stretch of `BORROWED` words outside quotations; by many smaller ones in one order, which grow
    with the text as chance resemblances do not; or by stretches longer than texts with so little else in common have.
    """
    drafts = _drafts(left, right, *find_seeds(hash_runs(left.ids), hash_runs(right.ids)))
    if not drafts:
        return []
    told = {d: _told(left, right, d) for d in drafts if d.equal >= LEAST_STEP}
    shorter = min(len(left.ids), len(right.ids))
    many = _in_step(told) >= IN_STEP * shorter**0.5
    if not many and max(told.values(), default=0) < BORROWED:
        stretches = _kept(left, right, drafts, has_long=False)
        if sum(told[s] for s in stretches) < _least_between(left, right, stretches):
            return []
    return _kept(left, right, drafts, has_long=many)


def _kept(left: Words, right: Words, drafts: Sequence[Stretch], *, has_long: bool) -> list[Stretch]:
    """The drafts that have words enough; beside a long stretch shorter ones count too."""
    has_long = has_long or any(_length(d) >= LONG_WORDS for d in drafts)
    return [d for d in drafts if d.equal >= LEAST_WORDS or (has_long and _is_short_one(left, right, d))]


def _drafts(left: Words, right: Words, left_seeds: Ints, right_seeds: Ints) -> list[Stretch]:
    pieces = [_extended(left.ids, right.ids, p) for p in _pieces(left_seeds, right_seeds)]
    drafts = (_rounded(left, right, chain) for chain in _chains(_without_repeats(pieces)))
    return sorted((d for d in drafts if d.equal >= LEAST_EQUAL * _length(d)), key=lambda d: (d.right, d.left))


def _in_step(told: Mapping[Stretch, int]) -> int:
    """The most words outside quotations in stretches that follow one another in both texts."""
    largest = sorted(told, key=lambda d: (-told[d], d))[:MOST_STEPS]
    best: list[tuple[Stretch, int]] = []
    for stretch in sorted(largest, key=lambda d: (d.right, d.left)):
        before = (n for s, n in best if s.left[1] <= stretch.left[0] and s.right[1] <= stretch.right[0])
        best.append((stretch, told[stretch] + max(before, default=0)))
    return max((n for _, n in best), default=0)


def _least_between(left: Words, right: Words, stretches: Sequence[Stretch]) -> float:
    """How many equal words it takes between two texts: the more, the more else they have in common."""
    own = set(left.ids) - {w for s in stretches for w in left.ids[slice(*s.left)]}
    other = set(right.ids) - {w for s in stretches for w in right.ids[slice(*s.right)]}
    alike = len(own & other) / max(1, min(len(own), len(other)))
    return LEAST_ALIKE + ALIKE_SLOPE * max(0.0, alike - UNRELATED)


def _pieces(left_seeds: Ints, right_seeds: Ints) -> list[Piece]:
    """Seeds of one diagonal joined over few words."""
    if not len(left_seeds):
        return []
    diagonals = left_seeds - right_seeds
    order = np.lexsort((right_seeds, diagonals))
    diagonal, right = diagonals[order], right_seeds[order]
    breaks = np.flatnonzero((np.diff(diagonal) != 0) | (np.diff(right) > SEED + PIECE_GAP)) + 1
    firsts = right[np.concatenate(([0], breaks))]
    lasts = right[np.concatenate((breaks - 1, [len(right) - 1]))]
    shifts = diagonal[np.concatenate(([0], breaks))]
    return [
        Piece(i + d, i, j - i + SEED) for i, j, d in zip(firsts.tolist(), lasts.tolist(), shifts.tolist(), strict=True)
    ]


def _extended(left: Sequence[int], right: Sequence[int], piece: Piece) -> Piece:
    """A piece with the words before and after it that agree more often than not."""
    i, j, n = piece
    back = _reach(left, right, i - 1, j - 1, -1)
    on = _reach(left, right, i + n, j + n, 1)
    return Piece(i - back, j - back, back + n + on)


def _reach(left: Sequence[int], right: Sequence[int], i: int, j: int, step: int) -> int:
    score = best = reach = walked = 0
    n, m = len(left), len(right)
    while 0 <= i < n and 0 <= j < m and score > best - DROP:
        walked += 1
        if left[i] == right[j]:
            score += 1
            if score > best:
                best, reach = score, walked
        else:
            score -= 1
        i += step
        j += step
    return reach


def _without_repeats(pieces: list[Piece]) -> list[Piece]:
    """Pieces whose words no longer piece holds already, in either text, in order of place in the right one."""
    kept: list[Piece] = []
    of_left, of_right = _Taken(), _Taken()
    for piece in sorted(pieces, key=lambda p: (-p.length, p.right, p.left)):
        trimmed = piece
        for taken, by_right in ((of_right, True), (of_left, False)):
            begin = trimmed.right if by_right else trimmed.left
            for start, end in taken.over(begin, begin + trimmed.length):
                trimmed = _outside(trimmed, start, end, of_right=by_right)
        if trimmed.length >= SEED - 1:
            kept.append(trimmed)
            of_left.add(trimmed.left, trimmed.left + trimmed.length)
            of_right.add(trimmed.right, trimmed.right + trimmed.length)
    return sorted(kept, key=lambda p: (p.right, p.left))


class _Taken:
    """Ranges of one text that do not overlap, in order."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def over(self, start: int, end: int) -> list[tuple[int, int]]:
        """The ranges that a range overlaps."""
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end)
        return list(zip(self._starts[first:last], self._ends[first:last], strict=True))

    def add(self, start: int, end: int) -> None:
        n = bisect_left(self._starts, start)
        self._starts.insert(n, start)
        self._ends.insert(n, end)


def _outside(piece: Piece, start: int, end: int, *, of_right: bool) -> Piece:
    """The longer part of a piece that lies outside a range of one text."""
    begin = piece.right if of_right else piece.left
    before, after = max(0, min(start, begin + piece.length) - begin), max(0, begin + piece.length - max(end, begin))
    if before >= piece.length or after >= piece.length:
        return piece
    if before >= after:
        return Piece(piece.left, piece.right, before)
    return Piece(piece.left + piece.length - after, piece.right + piece.length - after, after)


def _chains(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that follow one another in both texts with few words between."""
    chains: list[list[Piece]] = []
    for piece in pieces:
        for chain in reversed(chains[-3:]):
            last = chain[-1]
            across, along = piece.left - last.left - last.length, piece.right - last.right - last.length
            if 0 <= across <= STRETCH_GAP and 0 <= along <= STRETCH_GAP:
                chain.append(piece)
                break
        else:
            chains.append([piece])
    return chains


def _rounded(left: Words, right: Words, chain: Sequence[Piece]) -> Stretch:
    """A chain as a stretch, taken to the ends of its lines when both are near, less a few words of the lines beyond."""
    i, j = chain[0].left, chain[0].right
    k, m = chain[-1].left + chain[-1].length, chain[-1].right + chain[-1].length
    before_left, before_right = _to_line_start(left.lines, i), _to_line_start(right.lines, j)
    over = _to_line_end(left.lines, i + 1) + 1
    if max(before_left, before_right) <= ROUND:
        i, j = i - before_left, j - before_right
    elif over <= STRAY and over == _to_line_end(right.lines, j + 1) + 1 < k - i:
        i, j = i + over, j + over
    after_left, after_right = _to_line_end(left.lines, k), _to_line_end(right.lines, m)
    over = _to_line_start(left.lines, k - 1) + 1
    if max(after_left, after_right) <= ROUND:
        k, m = k + after_left, m + after_right
    elif over <= STRAY and over == _to_line_start(right.lines, m - 1) + 1 < k - i:
        k, m = k - over, m - over
    pieces = tuple(c for p in chain if (c := clipped(p, i, k)).length > 0)
    return Stretch((i, k), (j, m), pieces, sum(_equal(left.ids, right.ids, p) for p in pieces))


def clipped(piece: Piece, start: int, end: int) -> Piece:
    """The part of a piece inside a range of the left text; its length is 0 or less where nothing is."""
    begin, stop = max(piece.left, start), min(piece.left + piece.length, end)
    return Piece(begin, piece.right + begin - piece.left, stop - begin)


def _to_line_start(lines: Sequence[int], at: int) -> int:
    """How many words of the line of word `at` stand before it, counted up to a little more than what is rounded."""
    n = 0
    while n <= ROUND and at - n > 0 and lines[at - n - 1] == lines[at]:
        n += 1
    return n


def _to_line_end(lines: Sequence[int], at: int) -> int:
    n = 0
    while n <= ROUND and at + n < len(lines) and lines[at + n] == lines[at - 1]:
        n += 1
    return n


def _length(stretch: Stretch) -> int:
    return min(stretch.left[1] - stretch.left[0], stretch.right[1] - stretch.right[0])


def _equal(left: Sequence[int], right: Sequence[int], piece: Piece) -> int:
    """How many words are equal in a piece."""
    i, j, n = piece
    return sum(a == b for a, b in zip(left[i : i + n], right[j : j + n], strict=True))


def _told(left: Words, right: Words, stretch: Stretch) -> int:
    """How many words are equal in a stretch and stand outside quotations in one of the texts at least."""
    in_left, in_right = spoken_words(left, *stretch.left), spoken_words(right, *stretch.right)
    return sum(
        left.ids[i + k] == right.ids[j + k] and not (i + k in in_left and j + k in in_right)
        for i, j, n in stretch.pieces
        for k in range(n)
    )


def spoken_words(words: Words, start: int, end: int) -> frozenset[int]:
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


def _is_short_one(left: Words, right: Words, stretch: Stretch) -> bool:
    """Whether a short stretch counts beside a long one: a line of its own in both texts, or a fair run of words."""
    n = _length(stretch)
    return n >= SHORT_WORDS or (
        n >= LINE_WORDS
        and all(_is_line(words.lines, *ends) for words, ends in ((left, stretch.left), (right, stretch.right)))
    )


def _is_line(lines: Sequence[int], start: int, end: int) -> bool:
    return (start == 0 or lines[start - 1] != lines[start]) and (end == len(lines) or lines[end] != lines[end - 1])


def chars_of(words: Words, start: int, end: int) -> tuple[int, int]:
    """The characters of a half-open range of words, with the marks that close it."""
    last = words.ends[end - 1]
    while last < len(words.text) and words.text[last] in _CLOSING:
        last += 1
    first = words.starts[start]
    while first > 0 and words.text[first - 1] in _OPENING:
        first -= 1
    return first, last
