"""What stretches of a story's articles mean: vectors of their word pieces, each sentence encoded once."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.lining.encoder import WIDTH, Pieces, encode_pieces
from rashomon.model import Span

Floats = NDArray[np.float32]
# How many words of the sentence before are read with a sentence: enough to know whom "he" and "the deal" mean.
CONTEXT_WORDS = 40


class Meanings:
    """The word pieces of all sentences of some articles, and the vectors of what lies in them.

    `sentences` are (article, span), by article and place; `texts` the articles' texts by id.
    """

    def __init__(self, sentences: Sequence[tuple[str, Span]], texts: Mapping[str, str]) -> None:
        self._sentences = sentences
        told = [" ".join(texts[a][s.start : s.end].split("\n")) for a, s in sentences]
        before = [
            " ".join(told[n - 1].split()[-CONTEXT_WORDS:]) + " " if n and sentences[n - 1][0] == article else ""
            for n, (article, _) in enumerate(sentences)
        ]
        self._pieces: list[Pieces] = encode_pieces(list(zip(before, told, strict=True)))
        self._numbers: dict[str, list[int]] = defaultdict(list)
        self._starts: dict[str, list[int]] = defaultdict(list)
        for n, (article, span) in enumerate(sentences):
            self._numbers[article].append(n)
            self._starts[article].append(span.start)

    def of(self, stretches: Sequence[tuple[str, Sequence[Span]]]) -> Floats:
        """One vector of length 1 a stretch, the mean of its pieces; of length 0 where it has none. Shape (n, 384)."""
        rows = np.zeros((len(stretches), WIDTH), np.float32)
        for n, (article, spans) in enumerate(stretches):
            vectors = [v for span in spans for v in self._inside(article, span)]
            if vectors:
                mean = np.concatenate(vectors).mean(axis=0)
                rows[n] = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return np.round(rows, 4)

    def _inside(self, article: str, span: Span) -> list[Floats]:
        """The vectors of the pieces in a span, sentence by sentence."""
        found = []
        starts, numbers = self._starts[article], self._numbers[article]
        for k in range(max(0, bisect_right(starts, span.start) - 1), len(starts)):
            if starts[k] >= span.end:
                break
            pieces = self._pieces[numbers[k]]
            inside = (pieces.places[:, 0] + starts[k] >= span.start) & (pieces.places[:, 1] + starts[k] <= span.end)
            if inside.any():
                found.append(pieces.vectors[inside])
        return found
