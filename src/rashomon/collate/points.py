"""Points: one thing reported, by one or more articles, and which articles have it.

Sentences that say one thing are lined up; each reading is then the clauses of its sentence that the other readings are like.
Every article without a reading is looked through again: it has the point after all, it comes near, or it is silent. What was
cut off is unread.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.corrections import is_corrected, regroup
from rashomon.collate.lining import Lined, Stretches, line_up
from rashomon.collate.lining.cells import look_again
from rashomon.collate.lining.features import Ints, Stretch
from rashomon.collate.lining.interaction import answered
from rashomon.collate.material import Material
from rashomon.collate.rows import numbered, ordered
from rashomon.model import AlignedFigure, Coverage, Point, Reading, Span
from rashomon.text.words import content_stems

# A clause belongs to a reading when it fits the other readings this well, beside the clause of its sentence that fits best.
FITTING = 0.75
# Word pieces are compared with those of so many wordings of a row, or with every second one, every third: reprints have hundreds.
MOST_ASKED = 24
SHORT_TEXT = 90


class PointMembers(NamedTuple):
    """The sentences of a point by number, and where an article without one comes near it."""

    members: list[int]
    near: list[int]


def align_points(material: Material, figures: Sequence[AlignedFigure]) -> tuple[Point, ...]:
    """Every point, those of most articles first, then by place."""
    numbers = telling_sentences(material)
    stretches = Stretches(material, [sentence_stretch(material, n) for n in numbers])
    lined = line_up(material, stretches.items, material.scorers.points)
    index = {n: k for k, n in enumerate(numbers)}
    groups = regroup(
        lined.groups,
        "points",
        material,
        lambda place: index.get(-1 if (n := material.sentence_at(place.article, place.at)) is None else n),
    )
    clauses = _Clauses(material, stretches)
    rows = _looked_through(material, stretches, groups, lined)
    points = [_point(material, row, clauses, numbers, figures, lined.stands_for) for row in rows]
    return numbered(ordered(points), "points")


def telling_sentences(material: Material) -> list[int]:
    """The numbers of the sentences that can tell a point: those with a word that carries meaning."""
    return [n for n, s in enumerate(material.sentences) if s.stems]


def sentence_stretch(material: Material, number: int) -> Stretch:
    """A sentence as a stretch to be compared."""
    sentence = material.sentences[number]
    return Stretch(sentence.article, (sentence.span,))


def _looked_through(
    material: Material, stretches: Stretches, groups: Sequence[Sequence[int]], lined: Lined
) -> list[PointMembers]:
    """The groups as rows, each article without a reading looked through again; what corrections split stays out."""
    rows = [PointMembers(list(group), []) for group in groups]
    is_wide = [len(set(stretches.article[row.members].tolist())) > 1 for row in rows]
    wide = [row for row, several in zip(rows, is_wide, strict=True) if several]
    scorer = material.scorers.cells
    may_join = not is_corrected(material, "points")
    for cell in list(look_again(stretches, [row.members for row in wide], lined, scorer)):
        if cell.probability >= scorer.least and may_join:
            wide[cell.row].members.append(cell.stretch)
        elif cell.probability >= scorer.near:
            wide[cell.row].near.append(cell.stretch)
    joined = {n for row in wide for n in row.members}
    alone = [row for row, several in zip(rows, is_wide, strict=True) if not several]
    return [*wide, *(row for row in alone if not joined.issuperset(row.members))]


class _Clauses:
    """The clauses of the telling sentences, with what each means."""

    def __init__(self, material: Material, stretches: Stretches) -> None:
        self._material = material
        self._sentences = stretches
        self.of_sentence: dict[int, list[int]] = defaultdict(list)
        self.spans: list[Span] = []
        told: list[tuple[str, tuple[Span, ...]]] = []
        for k, sentence in enumerate(stretches.items):
            [home] = sentence.spans
            for clause in material.found[sentence.article].clauses:
                if home.start <= clause.start < home.end:
                    self.of_sentence[k].append(len(self.spans))
                    self.spans.append(clause.span)
                    told.append((sentence.article, (clause.span,)))
        self.vectors = material.meanings.of(told)

    def fitting(self, sentence: int, others: Sequence[int]) -> slice:
        """Which of a sentence's clauses fit the other sentences as well as its best one, from the first to the last of them.

        A clause fits by how near it is to the nearest clause of each, and by how much of it finds its like in them.
        """
        own = self.of_sentence[sentence]
        others = [o for o in others if self.of_sentence[o]]
        if len(own) < 2 or not others:
            return slice(None)
        starts = np.cumsum([0, *(len(self.of_sentence[o]) for o in others[:-1])])
        cosines = self.vectors[own] @ self.vectors[[c for o in others for c in self.of_sentence[o]]].T
        nearness = np.maximum.reduceat(cosines, starts, axis=1).mean(axis=1)
        some = others[:: math.ceil(len(others) / MOST_ASKED)]
        article = self._sentences.items[sentence].article
        clauses = (self._material.weighed(article, self.spans[c]) for c in own)
        compared = [*clauses, *(self._sentences.pieces[o] for o in some)]
        left = np.repeat(np.arange(len(own)), len(some))
        right = np.tile(np.arange(len(own), len(compared)), len(own))
        told = answered(compared, left, right)[0].reshape(len(own), len(some)).mean(axis=1)
        return run_of_nearest((_beside_best(nearness) + _beside_best(told)).round(3))

    def span(self, sentence: int, kept: slice) -> Span | None:
        """Where some of a sentence's clauses stand; None where they are all it has."""
        own = self.of_sentence[sentence][kept]
        if not own or len(own) == len(self.of_sentence[sentence]):
            return None
        return Span(min(self.spans[c].start for c in own), max(self.spans[c].end for c in own))


def run_of_nearest(nearness: NDArray[np.floating]) -> slice:
    """From the first to the last of what is as near as the nearest, which may be below 0; `nearness` is of shape (n,), n > 0."""
    best = nearness.max()
    kept = np.flatnonzero(nearness >= min(best, FITTING * best))
    return slice(int(kept[0]), int(kept[-1]) + 1)


def _beside_best(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """Values as shares of the highest; all of them 1 where none is above 0."""
    best = values.max()
    return values / best if best > 0 else np.ones_like(values)


def _fitted(
    members: Sequence[int], articles: Mapping[int, str], clauses: _Clauses, stands_for: Ints
) -> list[Span | None]:
    """Where each member of a row tells what the others tell; sentences of the same words are looked at once, and count once."""
    wordings: dict[int, set[str]] = defaultdict(set)
    for k in members:
        wordings[int(stands_for[k])].add(articles[k])
    kept = {
        words: clauses.fitting(words, [other for other, theirs in wordings.items() if not theirs <= own])
        for words, own in wordings.items()
    }
    return [clauses.span(k, kept[int(stands_for[k])]) for k in members]


def _point(
    material: Material,
    row: PointMembers,
    clauses: _Clauses,
    numbers: Sequence[int],
    figures: Sequence[AlignedFigure],
    stands_for: Ints,
) -> Point:
    readings = []
    members = sorted(row.members)
    articles = {k: material.sentences[numbers[k]].article for k in members}
    for k, fitted in zip(members, _fitted(members, articles, clauses, stands_for), strict=True):
        span = fitted or material.sentences[numbers[k]].span
        readings.append(Reading(article=articles[k], start=span.start, end=span.end))
    shown = _shown(material, readings)
    near = tuple(material.sentences[numbers[k]].reading for k in sorted(row.near))
    return Point(
        id="",
        text=_told(material, shown),
        readings=tuple(readings),
        coverage=_coverage(material, readings, {r.article for r in near}, shown, figures),
        near=near,
    )


def _shown(material: Material, readings: Sequence[Reading]) -> Reading:
    """The reading that stands for a point: nearest to the words of all, whole sentences before headings, short ones first."""
    texts = material.texts
    stems = [frozenset(content_stems(texts[r.article], r.start, r.end)) for r in readings]
    common = {w for w, n in Counter(w for own in stems for w in own).items() if n * 2 >= len(stems)}

    def rank(k: int) -> tuple[bool, bool, int, int, str, int]:
        reading = readings[k]
        words = material.text(reading.article, reading)
        leans = words[:1].islower()  # "where they met", "that he would": a clause that leans on what is left out
        at = material.sentence_at(reading.article, reading.start)
        whole = material.text(reading.article, material.sentences[at].span) if at is not None else words
        is_heading = not whole.rstrip("\"”’'").endswith((".", "!", "?"))
        return (is_heading, leans, -len(common & stems[k]), max(SHORT_TEXT, len(words)), reading.article, reading.start)

    return readings[min(range(len(readings)), key=rank)]


def _told(material: Material, shown: Reading) -> str:
    """The words of the reading shown; a clause that leans on its sentence is told with it, and no mark is left without its other half."""
    words = material.text(shown.article, shown)
    at = material.sentence_at(shown.article, shown.start)
    if at is not None and (words[:1].islower() or words.strip('"').count('"') == 1):
        words = material.text(shown.article, material.sentences[at].span)
    return words.strip('"') if words.count('"') == 1 else words


def _coverage(
    material: Material,
    readings: Sequence[Reading],
    near: set[str],
    shown: Reading,
    figures: Sequence[AlignedFigure],
) -> dict[str, Coverage]:
    have = {r.article for r in readings}
    against = _against(readings, shown, figures)
    coverage: dict[str, Coverage] = {}
    for article in material.articles:
        if article.id in against:
            coverage[article.id] = "contradicts"
        elif article.id in have:
            coverage[article.id] = "reports"
        elif article.id in near:
            coverage[article.id] = "near"
        elif article.completeness != "full" or not material.found[article.id].sentences:
            coverage[article.id] = "unread"
        else:
            coverage[article.id] = "silent"
    return coverage


def _against(readings: Sequence[Reading], shown: Reading, figures: Sequence[AlignedFigure]) -> set[str]:
    """Articles whose figure in this point cannot be true together with the figure of the reading shown."""
    found: set[str] = set()
    by_article: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_article[reading.article].append(reading)
    for figure in figures:
        if figure.relation != "conflict":
            continue
        own = next((f for f in figure.readings if holds(shown, f)), None)
        if own is None:
            continue
        for other in figure.readings:
            inside = any(holds(r, other) for r in by_article[other.article])
            apart = other.low is not None and own.high is not None and other.low > own.high
            apart = apart or (other.high is not None and own.low is not None and other.high < own.low)
            if inside and apart and other.article != own.article:
                found.add(other.article)
    return found


def holds(reading: Reading, inner: Reading) -> bool:
    """Whether a reading has another one within it."""
    return reading.article == inner.article and reading.start <= inner.start and inner.end <= reading.end
