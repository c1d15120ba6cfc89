"""Passages: stretches of text that stand in several articles, word for word or lightly reworded.

Word for word: runs of `passage_seed` words found through an index of hashed n-grams, chained along a diagonal over small
edits (the seed-and-extend scheme of BLAST, Altschul et al. 1990; for newspapers Smith, Cordell and Dillon 2013). Reworded:
sentences that are each other's nearest by telling words and by vectors. Words that both articles only quote are marked as
speech: two reports of one speech share words without sharing text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from rashomon.collate.likeness import find_pairs
from rashomon.collate.material import Material
from rashomon.model import Article, Passage, Reading, Span
from rashomon.settings import CollateSettings
from rashomon.text.words import find_words, fold

# A run may be broken by so many words on either side and go on.
GAP = 6
# An n-gram in more places than this is a formula, no borrowing.
MAX_PLACES = 400
_PRIME = np.uint64(1_099_511_628_211)
# Share of a passage that must stand inside quotations, on both sides, to be speech.
SPEECH_SHARE = 0.5
MIN_REWORDED_WORDS = 7
# How much of two sentences' likeness is their telling words, the rest being their vectors.
WORDS_SHARE = 0.6


@dataclass(frozen=True)
class Worded:
    """An article's reporting as words: folded ids in step with their places."""

    article: str
    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


@dataclass(frozen=True)
class Match:
    """One stretch shared by two articles."""

    left: Reading
    right: Reading
    verbatim: bool


def find_passages(material: Material, settings: CollateSettings) -> tuple[Passage, ...]:
    """The shared passages, joined over articles, in order of article and place."""
    worded = _words(material)
    matches = list(_verbatim(worded, settings))
    matches += _reworded(material, matches, settings)
    passages = [_passage(material, group) for group in _joined(matches)]
    passages.sort(key=lambda p: (p.readings[0].article, p.readings[0].start, p.readings[0].end, p.readings[1].article))
    return tuple(msgspec.structs.replace(p, id=f"p{n}") for n, p in enumerate(passages, start=1))


def _words(material: Material) -> list[Worded]:
    vocabulary: dict[str, int] = {}
    worded = []
    for article in material.articles:
        words = [w for start, end in _reported(article) for w in find_words(article.text, start, end)]
        ids = [vocabulary.setdefault(fold(w.text), len(vocabulary) + 1) for w in words]
        worded.append(
            Worded(
                article.id,
                np.array(ids, np.int64),
                np.array([w.start for w in words], np.int64),
                np.array([w.end for w in words], np.int64),
            )
        )
    return worded


def _reported(article: Article) -> Iterator[tuple[int, int]]:
    """The stretches between an article's furniture."""
    at = 0
    for span in article.furniture:
        yield at, span.start
        at = span.end
    yield at, len(article.text)


def _hashes(ids: NDArray[np.int64], n: int) -> NDArray[np.uint64]:
    """A hash for every run of n words (polynomial, modulo 2^64)."""
    if len(ids) < n:
        return np.zeros(0, np.uint64)
    values = np.zeros(len(ids) - n + 1, np.uint64)
    with np.errstate(over="ignore"):
        for k in range(n):
            values = values * _PRIME + ids[k : len(ids) - n + 1 + k].astype(np.uint64)
    return values


def _verbatim(worded: Sequence[Worded], settings: CollateSettings) -> Iterator[Match]:
    n = settings.passage_seed
    hashes = [_hashes(w.ids, n) for w in worded]
    for a, b in _sharing(hashes):
        seeds = _seeds(hashes[a], hashes[b])
        for left, right in _runs(seeds, n):
            if min(left[1] - left[0], right[1] - right[0]) >= settings.passage_words:
                yield Match(_reading(worded[a], *left), _reading(worded[b], *right), verbatim=True)


def _sharing(hashes: Sequence[NDArray[np.uint64]]) -> list[tuple[int, int]]:
    """Pairs of articles that share n-grams, from one sorted index of all n-grams."""
    owners = np.concatenate([np.full(len(h), k) for k, h in enumerate(hashes)]) if hashes else np.zeros(0, np.int64)
    grams = np.concatenate(hashes) if hashes else np.zeros(0, np.uint64)
    order = np.lexsort((owners, grams))
    grams, owners = grams[order], owners[order]
    edges = np.flatnonzero(np.concatenate(([True], grams[1:] != grams[:-1], [True])))
    pairs: set[tuple[int, int]] = set()
    for start, end in pairwise(edges.tolist()):
        if 1 < end - start <= MAX_PLACES:
            own = np.unique(owners[start:end]).tolist()
            pairs.update((x, y) for i, x in enumerate(own) for y in own[i + 1 :])
    return sorted(pairs)


def _seeds(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> list[tuple[int, int]]:
    """Places (in left, in right) of common n-grams; those that repeat in either text are left to the extension."""
    a, first, counts = np.unique(left, return_index=True, return_counts=True)
    b, second, others = np.unique(right, return_index=True, return_counts=True)
    common, x, y = np.intersect1d(a, b, assume_unique=True, return_indices=True)
    keep = (counts[x] == 1) & (others[y] == 1) if len(common) else np.zeros(0, bool)
    return sorted(zip(first[x][keep].tolist(), second[y][keep].tolist(), strict=True))


def _runs(seeds: Sequence[tuple[int, int]], n: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Seeds chained into runs of words: ((left start, left end), (right start, right end)), ends exclusive."""
    run: list[tuple[int, int]] = []
    for i, j in seeds:
        if run:
            di, dj = i - run[-1][0], j - run[-1][1]
            if not (0 < dj <= n + GAP and di <= n + GAP and abs(di - dj) <= GAP):
                yield _ends(run, n)
                run = []
        run.append((i, j))
    if run:
        yield _ends(run, n)


def _ends(run: Sequence[tuple[int, int]], n: int) -> tuple[tuple[int, int], tuple[int, int]]:
    return (run[0][0], run[-1][0] + n), (run[0][1], run[-1][1] + n)


def _reading(worded: Worded, start: int, end: int) -> Reading:
    return Reading(article=worded.article, start=int(worded.starts[start]), end=int(worded.ends[end - 1]))


def _reworded(material: Material, verbatim: Sequence[Match], settings: CollateSettings) -> list[Match]:
    """Sentence pairs of two articles that say one thing in nearly the same way, each the other's best.

    Between articles that share other narrative a weaker likeness is enough: two reports that follow one text sentence by
    sentence are likelier to reword the next than two that only tell of one event.
    """
    sentences = material.sentences
    pairs = find_pairs([s.stems for s in sentences], material.weights, material.vectors)
    likeness = WORDS_SHARE * pairs.dice + (1 - WORDS_SHARE) * np.maximum(pairs.cosine, 0)
    candidates = []
    for k in np.flatnonzero(likeness >= settings.reworded_in_family).tolist():
        a, b = int(pairs.left[k]), int(pairs.right[k])
        long_enough = min(len(sentences[a].stems), len(sentences[b].stems)) >= MIN_REWORDED_WORDS
        if sentences[a].article != sentences[b].article and long_enough:
            candidates.append((a, b, float(likeness[k])))
    best: dict[tuple[int, str], tuple[float, int]] = {}
    for a, b, score in candidates:
        for own, other in ((a, b), (b, a)):
            key = (own, sentences[other].article)
            best[key] = max(best.get(key, (0.0, -1)), (score, -other))
    mutual = [
        (a, b, score)
        for a, b, score in candidates
        if best[a, sentences[b].article] == (score, -b) and best[b, sentences[a].article] == (score, -a)
    ]
    related = _related(material, verbatim, mutual, settings)
    covered = _Cover(verbatim)
    return [
        Match(sentences[a].reading, sentences[b].reading, verbatim=False)
        for a, b, score in mutual
        if (score >= settings.reworded_similarity or (sentences[a].article, sentences[b].article) in related)
        and not covered.holds(sentences[a].reading, sentences[b].reading)
    ]


def _related(
    material: Material, verbatim: Sequence[Match], mutual: Sequence[tuple[int, int, float]], settings: CollateSettings
) -> set[tuple[str, str]]:
    """Pairs of articles of which a fair share of the shorter one's narrative is verbatim or surely reworded."""
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for match in verbatim:
        if _speech_share(material, match.left) < SPEECH_SHARE:
            shared[match.left.article, match.right.article] += match.left.end - match.left.start
    for a, b, score in mutual:
        left, right = material.sentences[a], material.sentences[b]
        if score >= settings.reworded_similarity and _speech_share(material, left.reading) < SPEECH_SHARE:
            shared[left.article, right.article] += left.span.end - left.span.start
    sizes = {article: sum(s.end - s.start for s in material.found[article].sentences) for article in material.ids}
    return {(a, b) for (a, b), n in shared.items() if n >= settings.family_share * max(1, min(sizes[a], sizes[b]))}


class _Cover:
    """Which stretches of one article a verbatim match with another already covers."""

    def __init__(self, matches: Sequence[Match]) -> None:
        self._spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
        for match in matches:
            self._spans[match.left.article, match.right.article].append(match.left.span)
            self._spans[match.right.article, match.left.article].append(match.right.span)

    def holds(self, left: Reading, right: Reading, share: float = 0.8) -> bool:
        """Whether most of the left stretch is covered by what it shares verbatim with the right article."""
        spans = self._spans.get((left.article, right.article), ())
        inside = sum(max(0, min(s.end, left.end) - max(s.start, left.start)) for s in spans)
        return inside >= share * (left.end - left.start)


def _joined(matches: Sequence[Match]) -> list[list[Match]]:
    """Matches whose readings in a common article are nearly the same stretch make one passage over all their articles."""
    parent = list(range(len(matches)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    by_article: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for n, match in enumerate(matches):
        for reading in (match.left, match.right):
            by_article[reading.article].append((reading.start, reading.end, n))
    for places in by_article.values():
        places.sort()
        for k, (start, end, n) in enumerate(places):
            for other_start, other_end, m in places[k + 1 :]:
                if other_start >= end:
                    break
                common = min(end, other_end) - other_start
                if common >= 0.8 * max(end - start, other_end - other_start):
                    parent[root(m)] = root(n)
    groups: dict[int, list[Match]] = defaultdict(list)
    for n, match in enumerate(matches):
        groups[root(n)].append(match)
    return list(groups.values())


def _passage(material: Material, matches: Sequence[Match]) -> Passage:
    widest: dict[str, Reading] = {}
    for match in matches:
        for reading in (match.left, match.right):
            known = widest.get(reading.article)
            if known is None or (reading.end - reading.start, -reading.start) > (known.end - known.start, -known.start):
                widest[reading.article] = reading
    readings = tuple(widest[a] for a in sorted(widest))
    return Passage(
        id="",
        degree="verbatim" if all(m.verbatim for m in matches) and _is_verbatim(material, readings) else "reworded",
        speech=all(_speech_share(material, r) >= SPEECH_SHARE for r in readings),
        readings=readings,
    )


def _is_verbatim(material: Material, readings: Sequence[Reading]) -> bool:
    return (
        len({tuple(fold(w.text) for w in find_words(material.by_id[r.article].text, r.start, r.end)) for r in readings})
        == 1
    )


def _speech_share(material: Material, reading: Reading) -> float:
    quotes = material.found[reading.article].quotes
    spans = [c for q in quotes if q.manner == "direct" for c in q.content]
    inside = sum(max(0, min(s.end, reading.end) - max(s.start, reading.start)) for s in spans)
    return inside / max(1, reading.end - reading.start)
