"""Copied stretches over many texts: each report's words traced to the first report, in order, that holds them.

Comparing all pairs of n copies costs n² comparisons and says one thing n² times. Here every run of words is looked up in
one sorted index; a report is aligned only with the reports in which its runs stand first, and what it took from one that
itself took it from another is followed back to where it stands first. A passage is then a stretch of that first report
with everybody who has it. The work grows with the text, not with the square of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from rashomon.text.runs import MOST_PLACES, Ints, NumberedWords, hash_runs, is_stock
from rashomon.text.stretches import Piece, SharedStretch, clipped, stretches_of

# A report is aligned with another when so many runs of words say so.
LEAST_SEEDS = 2
# Of two stretches over the same words the lesser is dropped when so large a share of it is in the better.
COVERED = 0.8
# Ends of stretches so near one another, in words, are one end; nothing shorter is cut out of a stretch.
NEAR = 8


class Copy(NamedTuple):
    """Words of a report as they stand in the report that has them first: ranges of both, and what runs alike."""

    first: int
    first_range: tuple[int, int]
    own_range: tuple[int, int]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Shared:
    """A stretch and its holders: (report, word range), in order of report; the first is where it was traced to."""

    holders: tuple[tuple[int, tuple[int, int]], ...]


def find_copies(texts: Sequence[NumberedWords], least: int) -> list[Shared]:
    """The stretches of at least `least` words that stand in two or more texts; every text is named by its number."""
    traced: list[list[Copy]] = []
    stretches = _aligned(texts)
    for own in range(len(texts)):
        better = _best(len(texts[own].ids), stretches.get(own, []))
        copies = [c for s in better for c in _followed(s, traced) if c.pieces]
        traced.append(sorted(copies, key=lambda c: c.own_range))
    holders: dict[int, list[tuple[int, Copy]]] = defaultdict(list)
    for own, copies in enumerate(traced):
        for copy in copies:
            holders[copy.first].append((own, copy))
    return [shared for first in sorted(holders) for shared in _cut(first, holders[first], least)]


def _aligned(texts: Sequence[NumberedWords]) -> dict[int, list[tuple[int, SharedStretch]]]:
    """For each text its stretches with texts before it: (the other's number, stretch with the other on the left)."""
    found: dict[int, list[tuple[int, SharedStretch]]] = defaultdict(list)
    firsts, first_places, owners, places = _first_places(texts)
    order = np.lexsort((places, firsts, owners))
    firsts, first_places, owners, places = (x[order] for x in (firsts, first_places, owners, places))
    edges = np.flatnonzero(np.diff(owners) | np.diff(firsts)) + 1
    for start, end in zip([0, *edges.tolist()], [*edges.tolist(), len(owners)], strict=True):
        if end - start >= LEAST_SEEDS:
            other, own = int(firsts[start]), int(owners[start])
            for stretch in stretches_of(texts[other], texts[own], first_places[start:end], places[start:end]):
                found[own].append((other, stretch))
    return found


def _first_places(texts: Sequence[NumberedWords]) -> tuple[Ints, Ints, Ints, Ints]:
    """Every run of words that stood in an earlier text: that text, the place there, the text, the place. Shapes: (n,)."""
    runs = [hash_runs(t.ids) for t in texts]
    owners = np.repeat(np.arange(len(texts)), [len(r) for r in runs])
    places = np.concatenate([np.arange(len(r)) for r in runs]) if runs else np.zeros(0, np.int64)
    hashes = np.concatenate(runs) if runs else np.zeros(0, np.uint64)
    order = np.lexsort((places, owners, hashes))
    hashes, owners, places = hashes[order], owners[order], places[order]
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1]))) if len(hashes) else order
    first = np.repeat(starts, np.diff(np.append(starts, len(hashes))))
    new_text = (
        np.concatenate(([True], (owners[1:] != owners[:-1]) | (hashes[1:] != hashes[:-1]))) if len(hashes) else order
    )
    rank = np.arange(len(hashes)) - np.maximum.accumulate(np.where(new_text, np.arange(len(hashes)), 0))
    keep = (owners != owners[first]) & (rank < MOST_PLACES) & ~is_stock(hashes)
    source = first[keep]
    return owners[source], places[source], owners[keep], places[keep]


def _best(n_words: int, stretches: list[tuple[int, SharedStretch]]) -> list[tuple[int, SharedStretch]]:
    """Stretches of a text of so many words that do not repeat what a better one, by equal words, already says of the same words."""
    kept: list[tuple[int, SharedStretch]] = []
    taken = np.zeros(n_words, bool)
    ranked = sorted(stretches, key=lambda s: (-s[1].equal, s[0], s[1].right, s[1].left))
    for other, stretch in ranked:
        start, end = stretch.right
        if taken[start:end].sum() < COVERED * (end - start):
            kept.append((other, stretch))
            taken[start:end] = True
    return kept


def _followed(found: tuple[int, SharedStretch], traced: Sequence[list[Copy]]) -> Iterator[Copy]:
    """A stretch with another text, each part followed to the text that the other has it from."""
    other, stretch = found
    at, end = stretch.left
    for copy in traced[other]:
        start, stop = copy.own_range
        if min(stop, end) - max(start, at) < NEAR:
            continue
        if start - at >= NEAR:
            yield _part(other, stretch, at, start)
            at = start
        inner = _part(other, stretch, max(at, start), min(end, stop))
        yield _composed(copy, inner)
        at = min(end, stop)
    if end - at >= NEAR or at == stretch.left[0]:
        yield _part(other, stretch, at, end)


def _part(other: int, stretch: SharedStretch, start: int, end: int) -> Copy:
    """The part of a stretch that has words `start` to `end` of the other text."""
    pieces = tuple(p for p in (clipped(p, start, end) for p in stretch.pieces) if p.length > 0)
    own = (
        stretch.right[0] if start == stretch.left[0] else _place(stretch.pieces, start),
        stretch.right[1] if end == stretch.left[1] else _place(stretch.pieces, end),
    )
    return Copy(other, (start, end), own, pieces)


def _place(pieces: Sequence[Piece], left: int) -> int:
    """Where a word of the left text stands in the right one, by the pieces before and after it."""
    n = bisect_right(pieces, left, key=lambda p: p.left) - 1
    if n < 0:
        return pieces[0].right
    return pieces[n].right + min(left - pieces[n].left, pieces[n].length)


def _composed(copy: Copy, inner: Copy) -> Copy:
    """`inner` was taken from a text that took it by `copy`: the two alignments in one."""
    pieces = []
    for a in copy.pieces:
        for b in inner.pieces:
            start, stop = max(a.right, b.left), min(a.right + a.length, b.left + b.length)
            if start < stop:
                pieces.append(Piece(a.left + start - a.right, b.right + start - b.left, stop - start))
    start, stop = inner.first_range
    there = tuple(Piece(p.right, p.left, p.length) for p in copy.pieces)
    first = (
        copy.first_range[0] if start <= copy.own_range[0] else _place(there, start),
        copy.first_range[1] if stop >= copy.own_range[1] else _place(there, stop),
    )
    return Copy(copy.first, first, inner.own_range, tuple(pieces))


def _cut(first: int, copies: Sequence[tuple[int, Copy]], least: int) -> Iterator[Shared]:
    """The first text cut where its holders change, each cut a stretch with everybody who has most of it."""
    cuts = _ends([end for _, copy in copies for end in copy.first_range])
    for start, end in pairwise(cuts):
        if end - start < least:
            continue
        held = [
            (own, copy, _snapped(copy.first_range, start, end))
            for own, copy in copies
            if min(end, copy.first_range[1]) - max(start, copy.first_range[0]) >= COVERED * (end - start)
        ]
        if held:
            whole = (min(ends[0] for _, _, ends in held), max(ends[1] for _, _, ends in held))
            yield Shared(((first, whole), *sorted((own, _own_range(copy, *ends)) for own, copy, ends in held)))


def _ends(ends: Sequence[int]) -> list[int]:
    """The ends of stretches, those that lie near one another taken as the first of them; the last one stays."""
    cuts: list[int] = []
    for end in sorted(set(ends)):
        if not cuts or end - cuts[-1] >= NEAR:
            cuts.append(end)
    return [*cuts[:-1], max(ends)] if len(cuts) > 1 else [cuts[0], max(ends)]


def _snapped(whole: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    """The part of a range that lies in a cut, with the few words beyond the cut that no other cut has."""
    return (
        whole[0] if abs(whole[0] - start) < NEAR else start,
        whole[1] if abs(whole[1] - end) < NEAR else end,
    )


def _own_range(copy: Copy, start: int, end: int) -> tuple[int, int]:
    return (
        copy.own_range[0] if start == copy.first_range[0] else _place(copy.pieces, start),
        copy.own_range[1] if end == copy.first_range[1] else _place(copy.pieces, end),
    )
