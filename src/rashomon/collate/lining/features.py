"""What tells whether two stretches say one thing: the features of a pair, each named.

Words are weighed by how rare they are in the story (inverse document frequency, Spärck Jones 1972). `best` and `local` set a
pair's likeness of meaning against the best that each of the two finds elsewhere (Conneau et al. 2018, CSLS): two sentences
on one subject are alike to many, two that say one thing are each other's best. `answered` and `answered_less` say how much of
the one, and of the other, finds its like piece by piece.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.likeness import shared_weight, weighted_stems
from rashomon.collate.lining.interaction import Weighed, answered
from rashomon.collate.lining.nearest import BLOCK
from rashomon.model import Span
from rashomon.text.words import STOP, content_stems, fold, split_words

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from rashomon.collate.material import Material

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# How many of the likest elsewhere make what is usual for a stretch; one that a story of few sentences lacks counts as like as the
# last of them is in the six stories, on average.
NEIGHBOURS, MISSING = 8, 0.6


@dataclass(frozen=True)
class Stretch:
    """Words of one article that may tell what words of another tell; `speaker` where they are somebody's."""

    article: str
    spans: tuple[Span, ...]
    speaker: str | None = None
    is_direct: bool = False


class Stretches:
    """Some stretches of a story with all that their features are made from."""

    def __init__(self, material: Material, items: Sequence[Stretch]) -> None:
        self._material = material
        self.items = items
        number = {article: n for n, article in enumerate(material.ids)}
        self.article = np.array([number[s.article] for s in items], np.int64)

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        """What each means, shape (n, 384)."""
        return self._material.meanings.of([(s.article, s.spans) for s in self.items])

    @cached_property
    def pieces(self) -> list[Weighed]:
        """The word pieces of each, weighed."""
        return [self._material.weighed(s.article, *s.spans) for s in self.items]

    @cached_property
    def stems(self) -> list[tuple[str, ...]]:
        """The stems of each one's content words."""
        texts = self._material.texts
        return [
            tuple(w for span in s.spans for w in content_stems(texts[s.article], span.start, span.end))
            for s in self.items
        ]

    @cached_property
    def roots(self) -> csr_matrix:
        """The square roots of the weights of each one's stems; shape (n, n_stems)."""
        return weighted_stems(self.stems, self._material.weights)

    @cached_property
    def presence(self) -> csr_matrix:
        """Which stems each has, as ones; shape (n, n_stems)."""
        return (self.roots > 0).astype(np.float64)

    @cached_property
    def stem_weights(self) -> Floats:
        """How telling each stem is in the story; shape (n_stems,)."""
        weights: Floats = np.square(self.roots.max(axis=0).toarray().ravel())
        return weights

    @cached_property
    def home(self) -> Ints:
        """The number of the sentence each begins in."""
        found = (self._material.sentence_at(s.article, s.spans[0].start) for s in self.items)
        return np.array([n if n is not None else 0 for n in found], np.int64)

    @cached_property
    def capitals(self) -> list[frozenset[str]]:
        """The words of each that a name may be made of."""
        return [frozenset(fold(w) for w in words if w[0].isupper() and fold(w) not in STOP) for words in self._words]

    @cached_property
    def numbers(self) -> list[frozenset[str]]:
        """The numbers in digits of each."""
        return [frozenset(w for w in words if w[0].isdigit()) for words in self._words]

    @cached_property
    def _words(self) -> list[list[str]]:
        texts = self._material.texts
        return [
            [w for span in s.spans for w in split_words(texts[s.article], span.start, span.end)] for s in self.items
        ]

    @cached_property
    def place(self) -> Floats:
        """Where in its article each begins, 0 to 1."""
        texts = self._material.texts
        return np.array([s.spans[0].start / max(1, len(texts[s.article])) for s in self.items])

    @cached_property
    def length(self) -> Floats:
        """The logarithm of each one's characters."""
        return np.log1p([sum(span.end - span.start for span in s.spans) for s in self.items])

    @cached_property
    def best(self) -> Floats:
        """The highest cosine of each with a stretch of each article; shape (n, n_articles)."""
        best = np.full((len(self), len(self._material.ids)), -1.0)
        articles, starts = np.unique(self.article, return_index=True)
        for start in range(0, len(self), BLOCK):
            cosines = self.vectors[start : start + BLOCK] @ self.vectors.T
            best[start : start + BLOCK, articles] = np.maximum.reduceat(cosines, starts, axis=1)
        return best

    def usual(self, numbers: Ints) -> Floats:
        """The mean of the highest cosines of some stretches with those of other articles; shape (n_numbers,)."""
        unique, back = np.unique(numbers, return_inverse=True)
        most = min(NEIGHBOURS, len(self))
        usual = np.zeros(len(unique))
        for start in range(0, len(unique), BLOCK):
            rows = unique[start : start + BLOCK]
            cosines = self.vectors[rows] @ self.vectors.T
            cosines[self.article[rows, None] == self.article[None]] = -1.0
            nearest = np.partition(cosines, len(self) - most, axis=1)[:, len(self) - most :]
            there = nearest > -1.0
            missing = NEIGHBOURS - there.sum(axis=1)
            usual[start : start + BLOCK] = (nearest.sum(axis=1, where=there) + MISSING * missing) / NEIGHBOURS
        return usual[back]


def pair_features(stretches: Stretches, sentences: Stretches, left: Ints, right: Ints) -> dict[str, Floats]:
    """Every feature of the pairs, by name; `sentences` are the story's, for what a stretch's sentence adds. Shapes: (n_pairs,)."""
    own = _alike(stretches, left, right)
    forth, back = answered(stretches.pieces, left, right)
    around = _words_and_meaning(sentences, stretches.home[left], stretches.home[right])
    return {
        **own,
        **{f"sentence_{name}": around[name] for name in ("cosine", "local", "dice")},
        "answered": np.maximum(forth, back),
        "answered_less": np.minimum(forth, back),
        "names": _overlap(stretches.capitals, left, right, _cosine_of_sets),
        "numbers": _overlap(stretches.numbers, left, right, lambda a, b: min(len(a & b), 2)),
        "other_numbers": _overlap(stretches.numbers, left, right, lambda a, b: float(bool(a and b) and not a & b)),
        "apart": np.abs(stretches.place[left] - stretches.place[right]),
        "shorter": np.minimum(stretches.length[left], stretches.length[right]),
        "longer": np.maximum(stretches.length[left], stretches.length[right]),
        **_spoken(stretches, left, right),
    }


def _alike(stretches: Stretches, left: Ints, right: Ints) -> dict[str, Floats]:
    found = _words_and_meaning(stretches, left, right)
    cosine, inter = found["cosine"], found["inter"]
    there = np.maximum(stretches.best[left, stretches.article[right]], stretches.best[right, stretches.article[left]])
    return {
        "cosine": cosine,
        "local": found["local"],
        "best": cosine - there,
        "dice": found["dice"],
        "containment": inter / (found["lighter"] + 1e-6),
        "shared": np.log1p(inter),
        "both": cosine * found["dice"],
    }


def _words_and_meaning(stretches: Stretches, left: Ints, right: Ints) -> dict[str, Floats]:
    """How alike each two are in meaning, also beside what they are like elsewhere, and the weight of their common stems."""
    cosine = cosines(stretches.vectors, left, right)
    usual, elsewhere = np.split(stretches.usual(np.concatenate([left, right])), 2)
    totals = np.asarray(stretches.roots.multiply(stretches.roots).sum(axis=1)).ravel()
    inter = shared_weight(stretches.roots, left, right)
    return {
        "cosine": cosine,
        "local": 2 * cosine - usual - elsewhere,
        "inter": inter,
        "lighter": np.minimum(totals[left], totals[right]),
        "dice": 2 * inter / (totals[left] + totals[right] + 1e-6),
    }


def cosines(vectors: NDArray[np.float32], left: Ints, right: Ints, block: int = 100_000) -> Floats:
    """The cosine of each pair of unit vectors, in blocks that fit in memory."""
    parts = [
        np.einsum("ij,ij->i", vectors[left[i : i + block]], vectors[right[i : i + block]])
        for i in range(0, len(left), block)
    ]
    return np.concatenate(parts).astype(np.float64) if parts else np.zeros(0)


def _overlap(
    sets: Sequence[frozenset[str]],
    left: Ints,
    right: Ints,
    measure: Callable[[frozenset[str], frozenset[str]], float],
) -> Floats:
    return np.array([measure(sets[a], sets[b]) for a, b in zip(left.tolist(), right.tolist(), strict=True)], np.float64)


def _cosine_of_sets(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1.0, math.sqrt(len(a) * len(b)))


def _spoken(stretches: Stretches, left: Ints, right: Ints) -> dict[str, Floats]:
    """Who speaks: how far the two speakers may be one, whether they are surely two, and how both are quoted."""
    items = stretches.items
    fit = np.array(
        [speakers_fit(items[a].speaker, items[b].speaker) for a, b in zip(left.tolist(), right.tolist(), strict=True)],
        np.float64,
    )
    direct = np.array([s.is_direct for s in items])
    return {
        "one_speaker": np.maximum(fit, 0),
        "two_speakers": np.maximum(-fit, 0),
        "both_direct": (direct[left] & direct[right]).astype(np.float64),
        "both_reported": (~direct[left] & ~direct[right]).astype(np.float64),
    }


def speakers_fit(a: str | None, b: str | None) -> float:
    """1 where one speaker's words are all in the other's name, 0.5 where some are, -1 where none is, 0 where one is unknown."""
    if a is None or b is None:
        return 0.0
    if a == b:
        return 1.0
    x, y = _words_of_name(a), _words_of_name(b)
    if x <= y or y <= x:
        return 1.0
    return 0.5 if x & y else -1.0


@lru_cache(maxsize=10_000)
def _words_of_name(name: str) -> frozenset[str]:
    return frozenset(fold(w) for w in split_words(name))
