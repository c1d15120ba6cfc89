"""Points: one thing reported, by one or more articles, and which articles have it.

Sentences are grouped by telling words and vectors; sentences that carry readings of one quote or one figure are held
together. What an article that was read to its end does not have is silence; what was cut off is unread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from rashomon.collate.corrections import regroup
from rashomon.collate.likeness import Floats, Pairs, find_pairs
from rashomon.collate.material import Material, Sentence
from rashomon.collate.quotes import readings_of
from rashomon.model import AlignedFigure, AlignedQuote, Coverage, Point, Reading
from rashomon.settings import CollateSettings
from rashomon.text.clusters import group_alike

# How much two sentences gain when one quote, or one figure, has a reading in each.
QUOTE_TIE, FIGURE_TIE = 0.25, 0.20
# Sentences that share less of their telling words than this tell of two things, however near their vectors.
LEAST_WORDS = 0.15
# How much of two sentences' likeness is their telling words, the rest being their vectors.
WORDS_SHARE = 0.7
# A group needs two sentences at least so much alike.
SURE = 0.50
# One word in common ("possible", "rally") is no point in common.
COMMON_WORDS = 2
MIN_STEMS = 3
SHORT_TEXT = 90


def align_points(
    material: Material, quotes: Sequence[AlignedQuote], figures: Sequence[AlignedFigure], settings: CollateSettings
) -> tuple[Point, ...]:
    """Every point, those of most articles first, then by place."""
    numbers = [n for n, s in enumerate(material.sentences) if len(set(s.stems)) >= MIN_STEMS]
    sentences = [material.sentences[n] for n in numbers]
    pairs = find_pairs([s.stems for s in sentences], material.weights, material.vectors[numbers])
    ties = _ties(material, {n: k for k, n in enumerate(numbers)}, quotes, figures)
    likeness = _likeness(sentences, pairs, ties, settings.point_similarity / 2)
    groups = group_alike(len(sentences), pairs.left, pairs.right, likeness, settings.point_similarity)
    sure = _sure(pairs, likeness, groups)
    groups = [
        part
        for members, is_sure in zip(groups, sure, strict=True)
        for part in ([members] if is_sure else [[n] for n in members])
    ]
    index = {n: k for k, n in enumerate(numbers)}
    groups = regroup(
        groups,
        "points",
        material,
        lambda place: index.get(-1 if (n := material.sentence_at(place.article, place.at)) is None else n),
    )
    points = [_point(material, [sentences[n] for n in members], figures) for members in groups]
    points.sort(key=lambda p: (-len({r.article for r in p.readings}), p.readings[0].article, p.readings[0].start))
    return tuple(msgspec.structs.replace(p, id=f"pt{n}") for n, p in enumerate(points, start=1))


def _likeness(sentences: Sequence[Sentence], pairs: Pairs, ties: dict[tuple[int, int], float], least: float) -> Floats:
    """Likeness of each pair, 0 where fewer telling words are common than tell one thing; none below `least` is judged."""
    likeness = WORDS_SHARE * pairs.containment + (1 - WORDS_SHARE) * np.maximum(pairs.cosine, 0)
    likeness[pairs.containment < LEAST_WORDS] = 0.0
    stems = [frozenset(s.stems) for s in sentences]
    for n in np.flatnonzero(likeness >= least).tolist():
        if len(stems[pairs.left[n]] & stems[pairs.right[n]]) < COMMON_WORDS:
            likeness[n] = 0.0
    keys = pairs.left * len(sentences) + pairs.right
    for n in np.flatnonzero(np.isin(keys, [a * len(sentences) + b for a, b in ties])).tolist():
        likeness[n] += ties[int(pairs.left[n]), int(pairs.right[n])]
    return np.minimum(likeness, 1.0)


def _sure(pairs: Pairs, likeness: Floats, groups: Sequence[Sequence[int]]) -> list[bool]:
    """Whether each group holds two sentences that surely tell one thing; a loose group around nothing is none."""
    home = {n: k for k, members in enumerate(groups) for n in members}
    sure = [len(members) == 1 for members in groups]
    for n in np.flatnonzero(likeness >= SURE).tolist():
        k = home[int(pairs.left[n])]
        if k == home[int(pairs.right[n])]:
            sure[k] = True
    return sure


def _ties(
    material: Material, index: dict[int, int], quotes: Sequence[AlignedQuote], figures: Sequence[AlignedFigure]
) -> dict[tuple[int, int], float]:
    """Pairs of sentences that hold readings of one quote or figure, with what that adds to their likeness."""
    ties: dict[tuple[int, int], float] = {}
    sources: list[tuple[float, Iterable[Reading]]] = [
        (QUOTE_TIE, readings_of(q)) for q in quotes if len(q.readings) > 1
    ]
    sources += [(FIGURE_TIE, f.readings) for f in figures if len(f.readings) > 1]
    for gain, readings in sources:
        homes = {
            index[n] for r in readings if (n := material.sentence_at(r.article, r.start)) in index and n is not None
        }
        ordered = sorted(homes)
        for i, a in enumerate(ordered):
            for b in ordered[i + 1 :]:
                ties[a, b] = max(ties.get((a, b), 0.0), gain)
    return ties


def _point(material: Material, members: Sequence[Sentence], figures: Sequence[AlignedFigure]) -> Point:
    readings = tuple(s.reading for s in members)
    shown = _shown(material, members)
    return Point(
        id="",
        text=material.text(shown.article, shown.span),
        readings=readings,
        coverage=_coverage(material, readings, shown.reading, figures),
    )


def _shown(material: Material, members: Sequence[Sentence]) -> Sentence:
    """The sentence that stands for a point: nearest to all its words, full sentences before headings, short ones first."""
    common = {
        stem for s in members for stem in s.stems if sum(stem in other.stems for other in members) * 2 >= len(members)
    }

    def rank(sentence: Sentence) -> tuple[bool, int, int, str, int]:
        words = material.text(sentence.article, sentence.span)
        is_full = words.rstrip("\"”’'").endswith((".", "!", "?"))
        has = len(common & set(sentence.stems))
        return (not is_full, -has, max(SHORT_TEXT, len(words)), sentence.article, sentence.span.start)

    return min(members, key=rank)


def _coverage(
    material: Material, readings: Sequence[Reading], shown: Reading, figures: Sequence[AlignedFigure]
) -> dict[str, Coverage]:
    have = {r.article for r in readings}
    against = _against(readings, shown, figures)
    coverage: dict[str, Coverage] = {}
    for article in material.articles:
        if article.id in against:
            coverage[article.id] = "contradicts"
        elif article.id in have:
            coverage[article.id] = "reports"
        elif article.completeness != "full" or not material.found[article.id].sentences:
            coverage[article.id] = "unread"
        else:
            coverage[article.id] = "silent"
    return coverage


def _against(readings: Sequence[Reading], shown: Reading, figures: Sequence[AlignedFigure]) -> set[str]:
    """Articles whose figure in this point cannot be true together with the figure of the sentence shown."""
    found: set[str] = set()
    for figure in figures:
        if figure.relation != "conflict":
            continue
        own = next((f for f in figure.readings if _holds(shown, f)), None)
        if own is None:
            continue
        for other in figure.readings:
            inside = any(_holds(r, other) for r in readings)
            apart = other.low is not None and own.high is not None and other.low > own.high
            apart = apart or (other.high is not None and own.low is not None and other.high < own.low)
            if inside and apart and other.article != own.article:
                found.add(other.article)
    return found


def _holds(reading: Reading, inner: Reading) -> bool:
    return reading.article == inner.article and reading.start <= inner.start and inner.end <= reading.end
