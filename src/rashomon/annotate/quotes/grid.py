"""The tokens of an article as columns of numbers, so that every feature is computed for all tokens at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.annotate.tagging import Paragraph
from rashomon.model import Quote, Span
from rashomon.text.marks import Quoted

Ints = NDArray[np.int64]
Codes = NDArray[np.uint64]
Flags = NDArray[np.bool_]

_ATTRIBUTES = ("LOWER", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE", "SHAPE")
_PLACES = ("HEAD", "IDX", "LENGTH", "SENT_START")
_MANNERS = ("direct", "mixed", "indirect")


class QuotedParagraph(NamedTuple):
    """A paragraph with its quotations, and each quote the rules see with the index of its cue's head."""

    paragraph: Paragraph
    quoted: list[Quoted]
    ruled: list[tuple[int, Quote]]


@dataclass(frozen=True)
class Hint:
    """What a rule says of a cue, in tokens: its head, the manner (1 direct, 2 mixed, 3 indirect), content and speaker."""

    head: int
    manner: int
    content: Ints
    speaker: Ints


@dataclass(frozen=True)
class Grid:
    """Columns over the N tokens of an article, paragraph after paragraph. Codes are spaCy's hashes of strings.

    `head` and `paragraph` are indices of tokens and paragraphs, `start` and `end` code points of the article,
    `quotation` the number of the quotation a token stands in or -1, `bounds` the first token of each paragraph, and N.
    """

    lower: Codes
    lemma: Codes
    tag: Codes
    pos: Codes
    dep: Codes
    entity: Codes
    shape: Codes
    head: Ints
    start: Ints
    end: Ints
    paragraph: Ints
    sentence: Ints
    quotation: Ints
    heading: Flags
    bounds: Ints
    hints: tuple[Hint, ...]

    def __len__(self) -> int:
        return len(self.head)

    @cached_property
    def depth(self) -> Ints:
        """How many arcs a token hangs below the root of its sentence."""
        depth = np.zeros(len(self), np.int64)
        above = self.head
        at = np.arange(len(self))
        moved = above != at
        while moved.any():
            depth += moved
            at, above = above, self.head[above]
            moved = above != at
        return depth

    @cached_property
    def tour(self) -> tuple[Ints, Ints]:
        """When a depth-first walk enters each token and leaves its subtree: a covers b when enter[a] <= enter[b] < leave[a]."""
        n = len(self)
        size = np.ones(n, np.int64)
        levels = [np.flatnonzero(self.depth == d) for d in range(int(self.depth.max(initial=0)) + 1)]
        for level in levels[:0:-1]:
            np.add.at(size, self.head[level], size[level])
        enter = np.zeros(n, np.int64)
        if n:
            enter[levels[0]] = np.cumsum(size[levels[0]]) - size[levels[0]]
        for level in levels[1:]:
            order = level[np.argsort(self.head[level], kind="stable")]
            parents = self.head[order]
            before = np.cumsum(size[order]) - size[order]
            first = np.concatenate([[True], parents[1:] != parents[:-1]])
            offset = before[first][np.cumsum(first) - 1]
            enter[order] = enter[parents] + 1 + before - offset
        return enter, enter + size

    def covers(self, above: Ints, below: Ints) -> Flags:
        """Whether each token of one column is, or stands under, its fellow in the other."""
        enter, leave = self.tour
        covered: Flags = (enter[above] <= enter[below]) & (enter[below] < leave[above])
        return covered

    @cached_property
    def edges(self) -> tuple[Ints, Ints]:
        """The first and the last token of each token's subtree."""
        left, right = np.arange(len(self)), np.arange(len(self))
        for d in range(int(self.depth.max(initial=0)), 0, -1):
            level = np.flatnonzero(self.depth == d)
            np.minimum.at(left, self.head[level], left[level])
            np.maximum.at(right, self.head[level], right[level])
        return left, right


def tokens_within(begins: Ints, ends: Ints, spans: Sequence[Span]) -> Ints:
    """The tokens that overlap the spans."""
    ranges = [np.arange(np.searchsorted(ends, s.start, "right"), np.searchsorted(begins, s.end, "left")) for s in spans]
    return np.concatenate(ranges) if ranges else np.zeros(0, np.int64)


def build_grid(readings: Sequence[QuotedParagraph]) -> Grid:
    """The columns of some paragraphs; about as costly as a pass over their characters."""
    lengths = [len(reading.paragraph.doc) for reading in readings]
    bounds = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    values = np.concatenate([r.paragraph.doc.to_array([*_ATTRIBUTES, *_PLACES]) for r in readings])
    column = dict(zip((*_ATTRIBUTES, *_PLACES), values.T, strict=True))
    paragraph = np.repeat(np.arange(len(readings)), lengths)
    offsets = np.array([reading.paragraph.offset for reading in readings])
    start = offsets[paragraph] + column["IDX"].astype(np.int64)
    end = start + column["LENGTH"].astype(np.int64)
    opens = column["SENT_START"].astype(np.int64) == 1
    opens[bounds[:-1][np.array(lengths) > 0]] = True
    quotation = np.full(len(values), -1)
    hints: list[Hint] = []
    n_quotations = 0
    for number, reading in enumerate(readings):
        first, own = int(bounds[number]), slice(bounds[number], bounds[number + 1])
        for q in reading.quoted:
            inside = first + np.searchsorted(start[own], [q.inner.start, q.inner.end])
            quotation[inside[0] : inside[1]] = n_quotations
            n_quotations += 1
        for head, quote in reading.ruled:
            speaker = (quote.speaker,) if quote.speaker else ()
            content = first + tokens_within(start[own], end[own], quote.content)
            spoken = first + tokens_within(start[own], end[own], speaker)
            hints.append(Hint(first + head, _MANNERS.index(quote.manner) + 1, content, spoken))
    return Grid(
        lower=column["LOWER"],
        lemma=column["LEMMA"],
        tag=column["TAG"],
        pos=column["POS"],
        dep=column["DEP"],
        entity=column["ENT_TYPE"],
        shape=column["SHAPE"],
        head=np.arange(len(values)) + column["HEAD"].astype(np.int64),
        start=start,
        end=end,
        paragraph=paragraph,
        sentence=np.cumsum(opens) - 1,
        quotation=quotation,
        heading=np.array([reading.paragraph.is_heading for reading in readings])[paragraph],
        bounds=bounds,
        hints=tuple(hints),
    )
