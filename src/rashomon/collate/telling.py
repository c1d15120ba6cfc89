"""How much a word that two articles share tells of shared text.

Reporters of one event write the same names, dates and numbers, whoever they copy from, and everybody writes function
words. The other words count by how rare they are in the story (inverse document frequency, Spärck Jones 1972).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rashomon.collate.likeness import find_pairs
from rashomon.collate.material import Material
from rashomon.model import Reading, Span
from rashomon.text.overlaps import find_overlaps
from rashomon.text.words import STOP, WORD, find_words, fold, stem

# What a name, a number or a function word counts, beside 1 to 4.5 of the others; and what a word of one wording alone costs.
UNTELLING, ONE_SIDED = 0.5, 0.7
# What a word counts at most, and how many sentences a story is taken to have at least: in a small one no word would be rare.
MOST_TELLING, USUAL_STORY = 4.5, 200


@dataclass(frozen=True)
class WeighedWords:
    """Words of one article: where each stands, and as they are compared."""

    article: str
    places: tuple[Span, ...]
    words: tuple[str, ...]

    @property
    def reading(self) -> Reading:
        """Where they stand."""
        return self.between(0, len(self.words))

    def between(self, start: int, end: int) -> Reading:
        """Where a range of the words stands."""
        return Reading(article=self.article, start=self.places[start].start, end=self.places[end - 1].end)


@dataclass(frozen=True)
class Common:
    """What two wordings have in common: where it stands in both, what it weighs, whether it is all of both."""

    left: Reading
    right: Reading
    weight: float
    n_words: int
    is_whole: bool


def read_wording(material: Material, article: str, start: int, end: int) -> WeighedWords:
    """The words of a stretch."""
    words = find_words(material.texts[article], start, end)
    return WeighedWords(article, tuple(Span(w.start, w.end) for w in words), tuple(fold(w.text) for w in words))


class Telling:
    """What each word of a story weighs."""

    def __init__(self, material: Material) -> None:
        self._written = {fold(w) for a in material.articles for w in set(WORD.findall(a.text)) if w[0].islower()}
        self._counts = Counter(stem for sentence in material.sentences for stem in set(sentence.stems))
        self._n_sentences = max(len(material.sentences), USUAL_STORY)
        self._known: dict[str, float] = {}

    def weigh(self, word: str) -> float:
        """What a folded word weighs. What no article writes with a small letter is a name."""
        weight = self._known.get(word)
        if weight is None:
            weight = UNTELLING
            if word in self._written and word not in STOP:
                rarity = math.log((self._n_sentences + 1) / (self._counts[stem(word)] + 0.5))
                weight = min(max(UNTELLING, rarity), MOST_TELLING)
            self._known[word] = weight
        return weight

    def candidates(self, wordings: Sequence[WeighedWords], least: float) -> Iterator[tuple[int, int]]:
        """The numbers of wordings of different articles that have neighbouring words in common which weigh `least` or more."""
        doublets = [[f"{a} {b}" for a, b in pairwise(wording.words)] for wording in wordings]
        weights = {d: sum(map(self.weigh, d.split())) for own in doublets for d in own}
        pairs = find_pairs(doublets, weights, common_share=0.0)
        for k in np.flatnonzero(pairs.shared >= least).tolist():
            a, b = int(pairs.left[k]), int(pairs.right[k])
            if wordings[a].article != wordings[b].article:
                yield a, b

    def common(self, a: WeighedWords, b: WeighedWords, least: float, gap: float = ONE_SIDED) -> Iterator[Common]:
        """The stretches that two wordings have in common and that weigh `least` or more."""
        for s in find_overlaps(a.words, b.words, [self.weigh(w) for w in a.words], gap=gap, least=least):
            is_whole = s.left == (0, len(a.words)) and s.right == (0, len(b.words))
            yield Common(a.between(*s.left), b.between(*s.right), s.score, s.left[1] - s.left[0], is_whole)
