"""Labels of points: a short clause of one report that tells the point, subject named, without who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from rashomon.collate.material import Material
from rashomon.lexicon import words_of
from rashomon.model import Clause, Point, Reading, Span
from rashomon.text.words import content_stems, find_words, fold

# A label has at most so many characters, and at least so many telling words.
LONGEST, LEAST_TELLING = 90, 3


def with_labels(material: Material, points: Sequence[Point]) -> tuple[Point, ...]:
    """The points with the clause that has most telling words in common with all readings, where one stands by itself."""
    return tuple(_labelled(material, point) for point in points)


def _labelled(material: Material, point: Point) -> Point:
    stems = [frozenset(content_stems(material.texts[r.article], r.start, r.end)) for r in point.readings]
    best: tuple[float, int, str, Reading] | None = None
    for reading, words in _candidates(material, point.readings):
        own = frozenset(content_stems(words))
        common = sum(len(own & other) for other in stems) / (1 + len(own))
        rank = (-round(common, 3), len(words), words, reading)
        if best is None or rank[:3] < best[:3]:
            best = rank
    if best is None:
        return point
    return msgspec.structs.replace(point, label=best[2], label_reading=best[3])


def _candidates(material: Material, readings: Sequence[Reading]) -> Iterator[tuple[Reading, str]]:
    """The clauses of the readings that stand by themselves: begin with their subject, have a verb, are no speech."""
    for reading in readings:
        speech = material.speech[reading.article]
        for clause in material.found[reading.article].clauses:
            if not (reading.start <= clause.start and clause.end <= reading.end) or clause.predicate is None:
                continue
            if any(s.start < clause.end and clause.start < s.end for s in speech):
                continue
            words = _standing(material, reading.article, clause)
            if words is not None:
                yield Reading(article=reading.article, start=clause.start, end=clause.end), words


def _standing(material: Material, article: str, clause: Clause) -> str | None:
    """The words of a clause from its subject on; None where it has none, leans on another, or says too much or little."""
    subject = clause.subject
    if subject is None or not clause.start <= subject.start < clause.end:
        return None
    named = [fold(w.text) for w in find_words(material.texts[article], subject.start, subject.end)]
    if not named or named[0] in words_of("briefing", "leaning"):
        return None
    words = material.text(article, Span(subject.start, clause.end)).rstrip(" .,;:")
    if len(words) > LONGEST or len(content_stems(words)) < LEAST_TELLING or '"' in words or "“" in words:
        return None
    return words[:1].upper() + words[1:]
