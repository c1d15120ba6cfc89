"""Which readings of a point tell what one clause of it tells: a point holds a scene, a line says one thing of it.

The scorer is a logistic regression over how like a clause and a reading's nearest clause are (training/differences.py
makes it). Whoever gives another number or day, or denies it, may tell of the same; who stands behind a label is asked in backing.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.lining.scorer import Scorer
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import Clause, Point, Reading, Span
from rashomon.text.words import content_stems, find_words, fold, stem

FEATURES = (
    *("cosine", "dice", "told", "names", "numbers", "other_numbers", "day", "other_day", "verb", "doer"),
    *("denied", "firmness", "other_end", "title", "narrow"),
)

Floats = NDArray[np.float64]
# The words of a sentence, whether it is a title, the words of a reading in it, and who does what its clauses tell.
Told = tuple[str, bool, str, tuple[str | None, ...]]


@dataclass(frozen=True)
class Fact:
    """A clause of an article with what is compared of it."""

    article: str
    clause: Clause
    span: Span
    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[float]
    days: tuple[tuple[str, str], ...]
    end: frozenset[str]
    verb: str
    doer: str | None

    @property
    def place(self) -> Reading:
        """Where the clause stands."""
        return Reading(article=self.article, start=self.span.start, end=self.span.end)


class Tellers:
    """Says how likely a reading tells what a clause tells; without a scorer, only what it would be told from."""

    def __init__(self, material: Material, names: Names, scorer: Scorer | None = None) -> None:
        self._material = material
        self._names = names
        self._scorer = scorer
        self._facts: dict[tuple[str, int, int], Fact] = {}
        self._vectors: dict[tuple[str, int, int], NDArray[np.float32]] = {}
        self._told: dict[Reading, Told] = {}
        self._rows: dict[tuple[str, int, int, Told], dict[str, float]] = {}

    def scored(self, scorer: Scorer) -> Tellers:
        """Those that ask another scorer, over what was read before."""
        other = Tellers(self._material, self._names, scorer)
        other._facts, other._vectors, other._told, other._rows = self._facts, self._vectors, self._told, self._rows
        return other

    @property
    def least(self) -> float:
        """How likely a reading must be to tell what a clause tells, to stand behind it: what the scorer was made with."""
        return self._scorer.least if self._scorer is not None else 0.0

    def of(self, point: Point, place: Reading) -> dict[Reading, float]:
        """For each reading of a point how likely it tells what the clause at a place tells, or of the same otherwise.

        Those of its own article surely do.
        """
        clause = self._material.clause_at(place)
        others = [r for r in point.readings if r.article != place.article]
        told = {r: 1.0 for r in point.readings if r.article == place.article and _overlap(r, place)}
        if clause is None or not others or self._scorer is None:
            return told
        probability = self._scorer.probability(self.features(place.article, clause, others))
        return told | dict(zip(others, probability.tolist(), strict=True))

    def is_named(self, point: Point, place: Reading) -> bool:
        """Whether another report, in its reading of the point, names whoever does what the clause at a place tells."""
        clause = self._material.clause_at(place)
        doer = self._names.canonical(clause.doer, place.article) if clause is not None else None
        others = [r for r in point.readings if r.article != place.article]
        if doer is None or clause is None or not others:
            return False
        anchor = self._fact(place.article, clause)
        return any(doer in self._nearest(anchor, reading)[1].names for reading in others)

    def nearest(self, place: Reading, reading: Reading) -> Reading:
        """Where in a reading the clause stands that is most like the clause at a place; the reading where there is none."""
        clause = self._material.clause_at(place)
        if clause is None:
            return reading
        return self._nearest(self._fact(place.article, clause), reading)[1].place

    def reports(self, point: Point, place: Reading) -> dict[str, float]:
        """For each report how likely it tells what the clause at a place tells, or of the same otherwise, by its likeliest reading."""
        best: dict[str, float] = {}
        for reading, probability in self.of(point, place).items():
            best[reading.article] = max(probability, best.get(reading.article, 0.0))
        return best

    def features(self, article: str, clause: Clause, readings: Sequence[Reading]) -> dict[str, Floats]:
        """The features of a clause with each of some readings of other articles."""
        anchor = self._fact(article, clause)
        rows = [self._row(anchor, reading) for reading in readings]
        return {name: np.array([row[name] for row in rows], np.float64) for name in FEATURES}

    def _row(self, anchor: Fact, reading: Reading) -> dict[str, float]:
        """The features of the nearest clause of a reading; numbers and days may stand anywhere in it."""
        key = (anchor.article, anchor.span.start, anchor.span.end, self.told_in(reading))
        if key not in self._rows:
            self._rows[key] = self._compare(anchor, reading)
        return self._rows[key]

    def told_in(self, reading: Reading) -> Told:
        """What a reading says, in its sentence, and of whom: what copies of one text have alike is compared once."""
        if reading not in self._told:
            material, article = self._material, reading.article
            home = material.home(article, reading.span)
            is_title = material.is_in_title(article, reading.start)
            doers = tuple(self._names.canonical(c.doer, article) for c in material.clauses_in(reading))
            self._told[reading] = (material.text(article, home), is_title, material.text(article, reading), doers)
        return self._told[reading]

    def _compare(self, anchor: Fact, reading: Reading) -> dict[str, float]:
        cosine, other = self._nearest(anchor, reading)
        whole = self._fact(reading.article, Clause(start=reading.start, end=reading.end))
        return {
            "cosine": cosine,
            **_compared(anchor, other, whole),
            "title": float(self._material.is_in_title(reading.article, reading.start)),
        }

    def _nearest(self, anchor: Fact, reading: Reading) -> tuple[float, Fact]:
        """The clause of a reading that is most like another clause, and how like it is."""
        inside = self._material.clauses_in(reading) or [Clause(start=reading.start, end=reading.end)]
        vector = self._vector(anchor.article, anchor.span)
        cosines = [round(float(vector @ self._vector(reading.article, c.span)), 3) for c in inside]
        best = max(range(len(inside)), key=lambda n: (cosines[n], -n))
        return cosines[best], self._fact(reading.article, inside[best])

    def _vector(self, article: str, span: Span) -> NDArray[np.float32]:
        """What a clause means; asked for once."""
        key = (article, span.start, span.end)
        if key not in self._vectors:
            self._vectors[key] = self._material.meanings.of([(article, (span,))])[0]
        return self._vectors[key]

    def _fact(self, article: str, clause: Clause) -> Fact:
        key = (article, clause.start, clause.end)
        if key not in self._facts:
            self._facts[key] = self._read(article, clause)
        return self._facts[key]

    def _read(self, article: str, clause: Clause) -> Fact:
        found, text = self._material.found[article], self._material.texts[article]
        mentions = [m for m in found.mentions if clause.start <= m.start and m.end <= clause.end]
        dated = [t for t in found.times if clause.start <= t.start and t.end <= clause.end and t.first and t.last]
        named = (self._names.find(text[m.start : m.end], article) for m in mentions)
        doer = self._names.canonical(clause.doer, article)
        return Fact(
            article=article,
            clause=clause,
            span=clause.span,
            stems=frozenset(content_stems(text, clause.start, clause.end)),
            names=frozenset(n.name for n in named if n is not None) | frozenset({doer} if doer else ()),
            numbers=frozenset(
                n.value
                for n in self._material.numbers_in(Reading(article=article, start=clause.start, end=clause.end))
                if not any(t.start <= n.start < t.end for t in dated)  # that of a day is no other number
            ),
            days=tuple((t.first, t.last) for t in dated if t.first and t.last),
            end=_end_of(text, clause),
            verb=stem(clause.predicate or ""),
            doer=doer,
        )


def _compared(anchor: Fact, other: Fact, whole: Fact) -> dict[str, float]:
    """What a clause and another, of a reading that may say more, have in common and in what they part."""
    n = len(anchor.stems) + len(other.stems)
    far = [d for d in anchor.days if whole.days and all(e[1] < d[0] or d[1] < e[0] for e in whole.days)]
    table: dict[str, str] = load_lexicon("framing")["firmness"]
    firm = [table.get(f.clause.modal or "", "plain") for f in (anchor, other)]
    return {
        "dice": 2 * len(anchor.stems & other.stems) / n if n else 0.0,
        "told": len(anchor.stems & whole.stems) / max(1, len(anchor.stems)),
        "names": len(anchor.names & whole.names) / len(anchor.names) if anchor.names else 0.5,
        "numbers": float(bool(anchor.numbers) and anchor.numbers <= whole.numbers),
        "other_numbers": float(bool(anchor.numbers - whole.numbers)),
        "day": float(bool(anchor.days) and bool(whole.days) and not far),
        "other_day": float(bool(far)),
        "verb": float(bool(anchor.verb) and anchor.verb == other.verb),
        "doer": float(anchor.doer is not None and anchor.doer == other.doer),
        "denied": float(anchor.clause.negated != other.clause.negated),
        "firmness": float(firm[0] != firm[1]),
        "other_end": float(bool(anchor.end) and 2 * len(anchor.end & whole.stems) < len(anchor.end)),
        "narrow": float(np.log1p(max(0, whole.clause.end - whole.clause.start))),
    }


def _end_of(text: str, clause: Clause) -> frozenset[str]:
    """The telling words of what a clause hangs on: behind "if", "unless", "until"."""
    words = find_words(text, clause.start, clause.end)
    at = next((w.end for w in words if fold(w.text) in words_of("briefing", "binding")), clause.end)
    return frozenset(content_stems(text, at, clause.end))


def _overlap(a: Reading, b: Reading) -> bool:
    return a.start < b.end and b.start < a.end
