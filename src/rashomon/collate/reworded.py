"""Rewording: sentences of two articles that say one thing in nearly the same way, each the other's best.

Alike by telling words and by vectors; between articles that share other text a weaker likeness is enough.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz.distance import LCSseq

from rashomon.collate.likeness import find_pairs
from rashomon.collate.material import Material
from rashomon.collate.quoted import Marked
from rashomon.collate.telling import Telling, read_wording
from rashomon.model import Reading
from rashomon.settings import CollateSettings

# Share of a passage that must stand inside quotations, in every article, to be speech.
SPEECH_SHARE = 0.5
# A sentence of which so large a share is copied is not looked at again for rewording.
COPIED_SHARE = 0.8
# What so many articles copied stands for all of them where it stands first.
EVERYWHERE = 10
# With a common credit, this share of shared narrative is enough to relate two articles.
CREDITED_SHARE = 0.05
MIN_REWORDED_WORDS = 7
# So much of a reworded sentence is its words in their order, the less by what the articles share otherwise; two sentences of
# one fact seldom have it.
REWORDED = 0.6
# What a run of common words must weigh (telling.py) between articles that share other text, and between others.
RELATED, UNRELATED = 9.0, 12.5
# What a word that only one of the two has costs in a run.
RUN_GAP = 1.0
# So many words before the first that two sentences have in common are a clause that only one of them has.
SURPLUS = 6
# How much of two sentences' likeness is their telling words, the rest being their vectors.
WORDS_SHARE = 0.6

Group = tuple[Reading, ...]


@dataclass(frozen=True)
class Copied:
    """The copied stretches of a story, and what can be asked of them without looking at every pair of articles."""

    marked: Marked
    groups: Sequence[Group]

    @cached_property
    def _of(self) -> dict[str, list[tuple[Reading, int]]]:
        """The stretches of each article with the number of their group, in order."""
        table: dict[str, list[tuple[Reading, int]]] = defaultdict(list)
        for n, group in enumerate(self.groups):
            for reading in group:
                table[reading.article].append((reading, n))
        for own in table.values():
            own.sort(key=lambda pair: (pair[0].start, pair[0].end, pair[1]))
        return table

    @cached_property
    def _holders(self) -> list[frozenset[str]]:
        return [frozenset(r.article for r in group) for group in self.groups]

    def share(self, reading: Reading, other: str | None = None) -> float:
        """How much of a stretch is copied: from an article that has it first, or shared with `other`."""
        return self._share(
            reading,
            lambda n: other in self._holders[n] if other is not None else self.groups[n][0].article != reading.article,
        )

    def is_everywhere(self, reading: Reading) -> bool:
        """Whether most of a stretch is copied by so many articles that it need not be looked for in each of them."""
        share = self._share(
            reading, lambda n: self.groups[n][0].article != reading.article and len(self.groups[n]) >= EVERYWHERE
        )
        return share >= COPIED_SHARE

    def _share(self, reading: Reading, counts: Callable[[int], bool]) -> float:
        inside = 0
        for own, n in self._of.get(reading.article, ()):
            if own.start >= reading.end:
                break
            if own.end > reading.start and counts(n):
                inside += min(own.end, reading.end) - max(own.start, reading.start)
        return inside / max(1, reading.end - reading.start)

    def told_length(self, a: str, b: str) -> int:
        """How many characters of one article stand in the other too, speech left out."""
        return sum(told for told, holders in self._told.get(a, ()) if b in holders)

    @cached_property
    def _told(self) -> dict[str, list[tuple[int, frozenset[str]]]]:
        """For the stretches of each article, how long they are without speech and who has them."""
        return {
            article: [(round((r.end - r.start) * (1 - self.marked.share(r))), self._holders[n]) for r, n in own]
            for article, own in self._of.items()
        }


@dataclass(frozen=True)
class Alike:
    """Two sentences of two articles that are each other's best, and how much of their words is the same in the same order."""

    left: Reading
    right: Reading
    in_order: float


def find_alike(material: Material, copied: Copied, settings: CollateSettings) -> list[Alike]:
    """Sentences of two articles that are each other's best, and alike enough; more so where the articles share no copies.

    A sentence that was copied stands for itself where it stands first, so that a hundred copies are compared once.
    """
    numbers = [
        n
        for n, s in enumerate(material.sentences)
        if len(s.stems) >= MIN_REWORDED_WORDS and copied.share(s.reading) < COPIED_SHARE
    ]
    sentences = [material.sentences[n] for n in numbers]
    pairs = find_pairs([s.stems for s in sentences], material.weights, material.vectors[numbers], common_share=0.0)
    likeness = WORDS_SHARE * pairs.dice + (1 - WORDS_SHARE) * np.maximum(pairs.cosine, 0)
    candidates = [
        (a, b, float(likeness[k]))
        for k in np.flatnonzero(likeness >= settings.reworded_in_family).tolist()
        for a, b in ((int(pairs.left[k]), int(pairs.right[k])),)
        if sentences[a].article != sentences[b].article
    ]
    best: dict[tuple[int, str], tuple[float, int]] = {}
    for a, b, score in candidates:
        for own, other in ((a, b), (b, a)):
            key = (own, sentences[other].article)
            best[key] = max(best.get(key, (0.0, -1)), (score, -other))
    mutual = [
        (sentences[a].reading, sentences[b].reading, score)
        for a, b, score in candidates
        if best[a, sentences[b].article] == (score, -b) and best[b, sentences[a].article] == (score, -a)
    ]
    return [
        Alike(a, b, _in_order(material, a, b))
        for a, b, score in mutual
        if score >= settings.reworded_similarity or copied.told_length(a.article, b.article)
    ]


def find_reworded(material: Material, alike: Sequence[Alike], copied: Copied, related: Related) -> list[Group]:
    """The pairs of which one sentence is the other reworded: the more text their articles share, the fewer words must be left.

    Two reports that follow one text sentence by sentence are likelier to reword the next than two that only tell of one event.
    """
    return [
        _without_surplus(material, pair.left, pair.right)
        for pair in alike
        if pair.in_order + related.share(pair.left.article, pair.right.article) >= REWORDED
        and copied.share(pair.left, pair.right.article) < COPIED_SHARE
    ]


def _without_surplus(material: Material, a: Reading, b: Reading) -> Group:
    """Two sentences without a clause at their beginning that only one of them has."""
    left, right = (read_wording(material, r.article, r.start, r.end) for r in (a, b))
    first = next((o for o in LCSseq.opcodes(left.words, right.words) if o.tag == "equal"), None)
    if first is None:
        return a, b
    less, more = sorted((first.src_start, first.dest_start))
    if less > SURPLUS / 2 or more < SURPLUS:
        return a, b
    begin, start = left.places[first.src_start].start, right.places[first.dest_start].start
    return Reading(article=a.article, start=begin, end=a.end), Reading(article=b.article, start=start, end=b.end)


def find_runs(material: Material, telling: Telling, copied: Copied, related: Related) -> list[Group]:
    """Parts of sentences that two articles share and that weigh enough: runs too short to be copies, clauses edited within."""
    found: list[Group] = []
    wordings = [
        read_wording(material, s.article, s.span.start, s.span.end)
        for s in material.sentences
        if copied.share(s.reading) < COPIED_SHARE
    ]
    for a, b in telling.candidates(wordings, RELATED):
        left, right = wordings[a], wordings[b]
        least = RELATED if related.is_close(left.article, right.article) else UNRELATED
        found += [(c.left, c.right) for c in telling.common(left, right, least, RUN_GAP)]
    return found


def _in_order(material: Material, a: Reading, b: Reading) -> float:
    """How much of two stretches is the same words in the same order: their longest common subsequence, as Dice."""
    left, right = (material.folded(r.article, r) for r in (a, b))
    return 2 * int(LCSseq.similarity(left, right)) / max(1, len(left) + len(right))


class Related:
    """How much text two articles share beyond what they quote: of the shorter one's narrative what is copied or surely reworded."""

    def __init__(self, material: Material, copied: Copied, alike: Sequence[Alike], settings: CollateSettings) -> None:
        self._copied, self._fair_share = copied, settings.family_share
        self._credits = {a.id: {c.agency for c in a.credits} for a in material.articles}
        self._sizes = {a: sum(s.end - s.start for s in material.found[a].sentences) for a in material.ids}
        self._reworded: Counter[tuple[str, str]] = Counter()
        for pair in alike:
            if pair.in_order >= REWORDED and copied.marked.share(pair.left) < SPEECH_SHARE:
                new = 1 - copied.share(pair.left, pair.right.article)
                self._reworded[pair.left.article, pair.right.article] += round(new * (pair.left.end - pair.left.start))
        self._known: dict[tuple[str, str], float] = {}

    def share(self, a: str, b: str) -> float:
        """The share of the shorter one's narrative that two articles, in order, have in common."""
        if (a, b) not in self._known:
            common = self._copied.told_length(a, b) + self._reworded[a, b]
            self._known[a, b] = round(min(1.0, common / max(1, min(self._sizes[a], self._sizes[b]))), 3)
        return self._known[a, b]

    def is_close(self, a: str, b: str) -> bool:
        """Whether they share so much, or credit one agency and share so much, that they must have drawn on one text."""
        least = CREDITED_SHARE if self._credits[a] & self._credits[b] else self._fair_share
        return self.share(a, b) >= least
