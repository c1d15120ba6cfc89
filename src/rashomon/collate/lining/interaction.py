"""Late interaction: how much of what one stretch tells another tells too, word piece by word piece.

Each piece of a stretch finds the piece of the other that is most like it (Khattab and Zaharia 2020, ColBERT); pieces are
weighed by how rare their word is in the story, as in BERTScore (Zhang et al. 2020), so that names and "said" tell little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.lining.encoder import Pieces
from rashomon.text.words import content_stem, find_words

# What a piece of a function word or a mark weighs beside a stem of the story, whose weights run from about 0.5 to 5.
FUNCTION_WEIGHT = 0.1


class Weighed(NamedTuple):
    """The pieces of a stretch: unit vectors, shape (n, 384), and weights that add up to 1, shape (n,)."""

    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]


def weigh_pieces(pieces: Pieces, text: str, weights: Mapping[str, float]) -> Weighed:
    """Pieces with their weights: a word's is shared by its pieces. `text` is the article's; `weights` are the story's stems'."""
    own = np.full(len(pieces.places), FUNCTION_WEIGHT, np.float32)
    if len(own):
        starts, ends = pieces.places[:, 0], pieces.places[:, 1]
        words = find_words(text, int(starts.min()), int(ends.max()))
        firsts = np.searchsorted(starts, [word.start for word in words]).tolist()
        lasts = np.searchsorted(ends, [word.end for word in words], "right").tolist()
        for word, first, last in zip(words, firsts, lasts, strict=True):
            stem = content_stem(word.text)
            if stem is not None and last > first:
                own[first:last] = weights.get(stem, 1.0) / (last - first)
        own /= own.sum()
    return Weighed(unit_length(pieces.vectors), own)


def unit_length(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors, shape (n, 384), each of length 1; one of length 0 stays as it is."""
    unit: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit


def answered(
    stretches: Sequence[Weighed], left: NDArray[np.int64], right: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much of each pair's left stretch finds its like in the right one, and the other way round; pairs in order of `left`."""
    forth, back = np.zeros(len(left)), np.zeros(len(left))
    bounds = np.flatnonzero(np.diff(left, prepend=-1, append=-1))
    for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        one = stretches[left[start]]
        others = [(k, stretches[right[k]]) for k in range(start, end) if len(stretches[right[k]].weights)]
        if not others or not len(one.weights):
            continue
        numbers = [k for k, _ in others]
        starts = np.cumsum([0, *(len(other.weights) for _, other in others[:-1])])
        cosines = one.vectors @ np.concatenate([other.vectors for _, other in others]).T
        forth[numbers] = one.weights @ np.maximum.reduceat(cosines, starts, axis=1)
        back[numbers] = np.add.reduceat(
            cosines.max(axis=0) * np.concatenate([other.weights for _, other in others]), starts
        )
    return forth, back
