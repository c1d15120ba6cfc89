"""Passages: stretches of text that stand in several articles, word for word or lightly reworded.

Copied: runs of words traced to the article that has them first (copies.py, text/stretches.py), edits allowed. Reworded:
sentences that are each other's nearest by telling words and by vectors. Words that all articles only quote are marked as
speech: two reports of one speech share words without sharing text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec
import numpy as np
from rapidfuzz.distance import LCSseq

from rashomon.collate.copies import find_copies
from rashomon.collate.likeness import find_pairs
from rashomon.collate.material import Material
from rashomon.model import Article, Passage, Reading
from rashomon.settings import CollateSettings
from rashomon.text.runs import NumberedWords, chars_of, read_words

# Share of a passage that must stand inside quotations, in every article, to be speech.
SPEECH_SHARE = 0.5
# A sentence of which so large a share is copied is not looked at again for rewording.
COPIED_SHARE = 0.8
# Two stretches of one article with so much in common, of the longer one, are one.
SAME_PLACE = 0.8
MIN_REWORDED_WORDS = 7
# A reworded sentence keeps so many of its words in their order; two sentences of one fact seldom do.
IN_ORDER = 0.65
# How much of two sentences' likeness is their telling words, the rest being their vectors.
WORDS_SHARE = 0.6

Group = tuple[Reading, ...]


def find_passages(material: Material, settings: CollateSettings) -> tuple[Passage, ...]:
    """The shared passages, joined over articles, in order of article and place."""
    words = [read_words(article.text, tuple(_reported(article))) for article in material.articles]
    copied = [
        tuple(_reading(material.ids[n], words[n], ends) for n, ends in shared.holders)
        for shared in find_copies(words, settings.passage_words)
    ]
    groups = _joined([*copied, *_reworded(material, Copied(material, copied), settings)])
    passages = _without_parts([_passage(material, group) for group in groups])
    passages.sort(key=lambda p: (p.readings[0].article, p.readings[0].start, p.readings[0].end, p.readings[1].article))
    return tuple(msgspec.structs.replace(p, id=f"p{n}") for n, p in enumerate(passages, start=1))


def _reported(article: Article) -> Iterator[tuple[int, int]]:
    """The stretches between an article's furniture."""
    at = 0
    for span in article.furniture:
        yield at, span.start
        at = span.end
    yield at, len(article.text)


def _reading(article: str, words: NumberedWords, ends: tuple[int, int]) -> Reading:
    start, end = chars_of(words, *ends)
    return Reading(article=article, start=start, end=end)


@dataclass(frozen=True)
class Copied:
    """The copied stretches of a story, and what can be asked of them without looking at every pair of articles."""

    material: Material
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
        inside = sum(
            max(0, min(own.end, reading.end) - max(own.start, reading.start))
            for own, n in self._of.get(reading.article, ())
            if (other in self._holders[n] if other is not None else self.groups[n][0].article != reading.article)
        )
        return inside / max(1, reading.end - reading.start)

    def told_length(self, a: str, b: str) -> int:
        """How many characters of one article stand in the other too, speech left out."""
        return sum(
            round((own.end - own.start) * (1 - _speech_share(self.material, own)))
            for own, n in self._of.get(a, ())
            if b in self._holders[n]
        )


def _reworded(material: Material, copied: Copied, settings: CollateSettings) -> list[Group]:
    """Sentence pairs of two articles that say one thing in nearly the same way, each the other's best.

    Between articles that share other narrative a weaker likeness is enough: two reports that follow one text sentence by
    sentence are likelier to reword the next than two that only tell of one event. A sentence that was copied stands for
    itself where it stands first, so that a hundred copies are compared once.
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
    judged = [(a, b, _is_sure(material, a, b, score, settings)) for a, b, score in mutual]
    related = _related(material, copied, judged, settings)
    return [
        (a, b)
        for a, b, is_sure in judged
        if (is_sure or (a.article, b.article) in related) and copied.share(a, b.article) < COPIED_SHARE
    ]


def _in_order(material: Material, a: Reading, b: Reading) -> float:
    """How much of two stretches is the same words in the same order: their longest common subsequence, as Dice."""
    left, right = (material.folded(r.article, r) for r in (a, b))
    return 2 * int(LCSseq.similarity(left, right)) / max(1, len(left) + len(right))


def _is_sure(material: Material, a: Reading, b: Reading, score: float, settings: CollateSettings) -> bool:
    """Whether two sentences are one reworded, whoever wrote them; titles and speech are alike without any borrowing."""
    return (
        score >= settings.reworded_similarity
        and not any(_is_title(material, r) for r in (a, b))
        and not any(_speech_share(material, r) >= SPEECH_SHARE for r in (a, b))
        and _in_order(material, a, b) >= IN_ORDER
    )


def _is_title(material: Material, reading: Reading) -> bool:
    title = material.by_id[reading.article].title_span
    return title is not None and title.start <= reading.start < title.end


def _related(
    material: Material, copied: Copied, judged: Sequence[tuple[Reading, Reading, bool]], settings: CollateSettings
) -> set[tuple[str, str]]:
    """Pairs of articles of which a fair share of the shorter one's narrative is copied or surely reworded."""
    shared: dict[tuple[str, str], int] = {}
    for a, b, is_sure in judged:
        key = (a.article, b.article)
        if key not in shared:
            shared[key] = copied.told_length(*key)
        if is_sure:
            shared[key] += round((1 - copied.share(a, b.article)) * (a.end - a.start))
    sizes = {article: sum(s.end - s.start for s in material.found[article].sentences) for article in material.ids}
    return {(a, b) for (a, b), n in shared.items() if n >= settings.family_share * max(1, min(sizes[a], sizes[b]))}


def _joined(groups: Sequence[Group]) -> list[list[Group]]:
    """Groups whose readings in a common article are nearly the same stretch make one passage over all their articles."""
    parent = list(range(len(groups)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    by_article: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for n, group in enumerate(groups):
        for reading in group:
            by_article[reading.article].append((reading.start, reading.end, n))
    for places in by_article.values():
        places.sort()
        for k, (start, end, n) in enumerate(places):
            for other_start, other_end, m in places[k + 1 :]:
                if other_start >= end:
                    break
                common = min(end, other_end) - other_start
                if common >= SAME_PLACE * max(end - start, other_end - other_start):
                    parent[root(m)] = root(n)
    found: dict[int, list[Group]] = defaultdict(list)
    for n, group in enumerate(groups):
        found[root(n)].append(group)
    return list(found.values())


def _without_parts(passages: Sequence[Passage]) -> list[Passage]:
    """The passages that do not lie wholly inside another one of the same articles, or more."""
    holding: dict[str, list[tuple[Reading, int]]] = defaultdict(list)
    for n, passage in enumerate(passages):
        for reading in passage.readings:
            holding[reading.article].append((reading, n))
    for own in holding.values():
        own.sort(key=lambda pair: (pair[0].start, -pair[0].end, pair[1]))
    return [p for n, p in enumerate(passages) if not _is_part(n, p, passages, holding)]


def _is_part(
    n: int, passage: Passage, passages: Sequence[Passage], holding: dict[str, list[tuple[Reading, int]]]
) -> bool:
    first = passage.readings[0]
    for reading, other in holding[first.article]:
        if reading.start > first.start:
            return False
        if other != n and first.end <= reading.end and _holds(passages[other], passage):
            return True
    return False


def _holds(wide: Passage, narrow: Passage) -> bool:
    places = {r.article: r for r in wide.readings}
    return all(
        r.article in places and places[r.article].start <= r.start and r.end <= places[r.article].end
        for r in narrow.readings
    )


def _passage(material: Material, groups: Sequence[Group]) -> Passage:
    widest: dict[str, Reading] = {}
    for group in groups:
        for reading in group:
            known = widest.get(reading.article)
            if known is None or (reading.end - reading.start, -reading.start) > (known.end - known.start, -known.start):
                widest[reading.article] = reading
    readings = tuple(widest[a] for a in sorted(widest))
    quoted = min(_speech_share(material, r) for r in readings)
    return Passage(
        id="",
        degree="verbatim" if _is_verbatim(material, readings) else "reworded",
        speech=quoted >= SPEECH_SHARE,
        quoted=round(min(1.0, quoted), 3),
        readings=readings,
    )


def _is_verbatim(material: Material, readings: Sequence[Reading]) -> bool:
    return len({material.folded(r.article, r) for r in readings}) == 1


def _speech_share(material: Material, reading: Reading) -> float:
    inside = sum(
        max(0, min(s.end, reading.end) - max(s.start, reading.start)) for s in material.speech[reading.article]
    )
    return inside / max(1, reading.end - reading.start)
