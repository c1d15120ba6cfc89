"""The stretches of words that two texts share, with the edits in them.

Seed and extend, as BLAST does it (Altschul et al. 1990) and Smith, Cordell and Dillon (2013) for newspapers: runs of
equal words (runs.py) are joined along their diagonal over replaced words, extended at both ends while more words agree
than differ (X-drop; Zhang et al. 1998), and rounded to the line when little of it is missing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rashomon.text.runs import SEED, Ints, NumberedWords

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
# What a stretch must have: so many equal words, and so large a share of them.
LEAST_WORDS, LEAST_EQUAL = 8, 0.5
# Beside a stretch of so many words a shorter one counts when it is a whole line, or so many words.
LONG_WORDS, SHORT_WORDS, LINE_WORDS = 30, 6, 3


class Piece(NamedTuple):
    """NumberedWords `left` to `left + length` of one text beside words `right` to `right + length` of the other."""

    left: int
    right: int
    length: int


class SharedStretch(NamedTuple):
    """A shared stretch: half-open word ranges of both texts, the pieces that run alike in it, how many words are equal."""

    left: tuple[int, int]
    right: tuple[int, int]
    pieces: tuple[Piece, ...]
    equal: int


def stretches_of(left: NumberedWords, right: NumberedWords, left_seeds: Ints, right_seeds: Ints) -> list[SharedStretch]:
    """The stretches that some seeds begin, in order of place in the right text."""
    return keep_stretches(left, right, draft_stretches(left, right, left_seeds, right_seeds), has_long=False)


def keep_stretches(
    left: NumberedWords, right: NumberedWords, drafts: Sequence[SharedStretch], *, has_long: bool
) -> list[SharedStretch]:
    """The drafts that have words enough; beside a long stretch shorter ones count too."""
    has_long = has_long or any(_length(d) >= LONG_WORDS for d in drafts)
    return [d for d in drafts if d.equal >= LEAST_WORDS or (has_long and _is_short_one(left, right, d))]


def draft_stretches(
    left: NumberedWords, right: NumberedWords, left_seeds: Ints, right_seeds: Ints
) -> list[SharedStretch]:
    """Whatever some seeds begin that is equal enough, long or short, in order of place in the right text."""
    pieces = [_extended(left.ids, right.ids, p) for p in _pieces(left_seeds, right_seeds)]
    drafts = (_rounded(left, right, chain) for chain in _chains(_without_repeats(pieces)))
    return sorted((d for d in drafts if d.equal >= LEAST_EQUAL * _length(d)), key=lambda d: (d.right, d.left))


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


def _rounded(left: NumberedWords, right: NumberedWords, chain: Sequence[Piece]) -> SharedStretch:
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
    return SharedStretch((i, k), (j, m), pieces, sum(_equal(left.ids, right.ids, p) for p in pieces))


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


def _length(stretch: SharedStretch) -> int:
    return min(stretch.left[1] - stretch.left[0], stretch.right[1] - stretch.right[0])


def _equal(left: Sequence[int], right: Sequence[int], piece: Piece) -> int:
    """How many words are equal in a piece."""
    i, j, n = piece
    return sum(a == b for a, b in zip(left[i : i + n], right[j : j + n], strict=True))


def _is_short_one(left: NumberedWords, right: NumberedWords, stretch: SharedStretch) -> bool:
    """Whether a short stretch counts beside a long one: a line of its own in both texts, or a fair run of words."""
    n = _length(stretch)
    return n >= SHORT_WORDS or (
        n >= LINE_WORDS
        and all(_is_line(words.lines, *ends) for words, ends in ((left, stretch.left), (right, stretch.right)))
    )


def _is_line(lines: Sequence[int], start: int, end: int) -> bool:
    return (start == 0 or lines[start - 1] != lines[start]) and (end == len(lines) or lines[end] != lines[end - 1])
