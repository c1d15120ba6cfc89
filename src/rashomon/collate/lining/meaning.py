"""What stretches of a story's articles mean: vectors of their word pieces, each sentence encoded once, among its neighbours."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.lining.encoder import WIDTH, Pieces, encode_pieces, tokenize
from rashomon.model import Span

Floats = NDArray[np.float32]
# Sentences that are read together, so that "he" and "the deal" are whom and what they stand for, have so many pieces at most.
WINDOW_PIECES = 128
# One sentence in so many begins a window, whatever stands before it: chosen by its words (content-defined chunking,
# Muthitacharoen et al. 2001), so that copies of one text fall into the same windows behind what one of them adds or leaves out.
WINDOW_SENTENCES = 4


class Meanings:
    """The word pieces of all sentences of some articles, and the vectors of what lies in them.

    `sentences` are (article, span), by article and place; `texts` the articles' texts by id.
    """

    def __init__(self, sentences: Sequence[tuple[str, Span]], texts: Mapping[str, str]) -> None:
        told = [" ".join(texts[a][s.start : s.end].split("\n")) for a, s in sentences]
        self._pieces, self._first = _read([article for article, _ in sentences], told)
        self._numbers: dict[str, list[int]] = defaultdict(list)
        self._starts: dict[str, list[int]] = defaultdict(list)
        for n, (article, span) in enumerate(sentences):
            self._numbers[article].append(n)
            self._starts[article].append(span.start)
        self._known: dict[tuple[tuple[int, int, int], ...], Floats] = {}

    def of(self, stretches: Sequence[tuple[str, Sequence[Span]]]) -> Floats:
        """One vector of length 1 a stretch, the mean of its pieces; of length 0 where it has none. Shape (n, 384).

        What copies of one text have alike is one stretch; each is made once.
        """
        rows = np.zeros((len(stretches), WIDTH), np.float32)
        for n, (article, spans) in enumerate(stretches):
            place = tuple(
                (self._first[k], start, end) for span in spans for k, start, end in self._within(article, span)
            )
            if place not in self._known:
                self._known[place] = _mean(self.pieces(article, spans).vectors)
            rows[n] = self._known[place]
        return rows

    def pieces(self, article: str, spans: Sequence[Span]) -> Pieces:
        """The pieces that lie in some spans of an article, placed in the article."""
        found = [piece for span in spans for piece in self._inside(article, span)]
        if len(found) == 1:
            return found[0]
        if not found:
            return Pieces(np.zeros((0, WIDTH), np.float32), np.zeros((0, 2), np.int32))
        return Pieces(np.concatenate([p.vectors for p in found]), np.concatenate([p.places for p in found]))

    def _inside(self, article: str, span: Span) -> Iterator[Pieces]:
        """The pieces in a span, sentence by sentence."""
        for number, start, end in self._within(article, span):
            inside = _between(self._pieces[number], start, end)
            if len(inside.places):
                yield inside._replace(places=inside.places + (span.start - start))

    def _within(self, article: str, span: Span) -> Iterator[tuple[int, int, int]]:
        """The sentences that a span touches, by number, and where in each it begins and ends."""
        starts, numbers = self._starts[article], self._numbers[article]
        for k in range(max(0, bisect_right(starts, span.start) - 1), len(starts)):
            if starts[k] >= span.end:
                break
            yield numbers[k], span.start - starts[k], span.end - starts[k]


def _read(articles: Sequence[str], sentences: Sequence[str]) -> tuple[list[Pieces], list[int]]:
    """The pieces of each sentence, read in the window it is in, and the first sentence that has the same ones."""
    windows = windows_of(articles, sentences)
    told = [" ".join(sentences[n] for n in window) for window in windows]
    found: list[Pieces] = []
    first: list[int] = []
    seen: dict[tuple[str, int], int] = {}
    for window, words, pieces in zip(windows, told, encode_pieces(told), strict=True):
        start = 0
        for n in window:
            first.append(seen.setdefault((words, start), n))
            found.append(_cut(pieces, start, start + len(sentences[n])) if first[n] == n else found[first[n]])
            start += len(sentences[n]) + 1
    return found, first


def _cut(pieces: Pieces, start: int, end: int) -> Pieces:
    """The pieces between two places, placed from the first of them on."""
    inside = _between(pieces, start, end)
    return inside._replace(places=inside.places - start)


def _between(pieces: Pieces, start: int, end: int) -> Pieces:
    """The pieces that lie whole between two places; they are in order of the text."""
    inside = slice(int(pieces.places[:, 0].searchsorted(start)), int(pieces.places[:, 1].searchsorted(end, "right")))
    return Pieces(pieces.vectors[inside], pieces.places[inside])


def _mean(vectors: Floats) -> Floats:
    """The mean of some vectors, of length 1; of length 0 where there are none."""
    if not len(vectors):
        return np.zeros(WIDTH, np.float32)
    mean = vectors.mean(axis=0)
    unit: Floats = np.round(mean / max(float(np.linalg.norm(mean)), 1e-9), 4)
    return unit


def windows_of(articles: Sequence[str], sentences: Sequence[str]) -> list[list[int]]:
    """The numbers of the sentences that are read together: neighbours of one article, in order.

    Where most sentences stand elsewhere word for word, as in many reprints of one text, each is read alone, and so only once.
    """
    if len(set(sentences)) * 2 <= len(sentences):
        return [[n] for n in range(len(sentences))]
    counts = [len(encoding.ids) for encoding in tokenize(sentences)]
    windows: list[list[int]] = []
    size = 0
    for n, sentence in enumerate(sentences):
        begins = n == 0 or articles[n] != articles[n - 1] or zlib.crc32(sentence.encode()) % WINDOW_SENTENCES == 0
        if begins or size + counts[n] > WINDOW_PIECES:
            windows.append([])
            size = 0
        windows[-1].append(n)
        size += counts[n]
    return windows
