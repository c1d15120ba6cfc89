"""Labels of points: a short clause that tells the point, its subject named, without who says so.

A label is made of the words of one report's clause: its subject (by name where the report has a pronoun) and what the verb
says of it. Points whose clauses all lean on something, or are somebody's speech, have none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from rashomon.collate.assertions import is_nobodys_word
from rashomon.collate.backing import Backing
from rashomon.collate.clause_labels import clause_label
from rashomon.collate.holders import holder_of
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.printable import Label, chances_of
from rashomon.collate.tellers import Tellers, Told
from rashomon.collate.voices import is_known_voice
from rashomon.model import Clause, Point, Reading
from rashomon.text.words import fold_text

# Of a point of more readings the same label is asked for once: reprints have it hundreds of times.
MANY = 24


def with_labels(
    material: Material, names: Names, points: Sequence[Point], tellers: Tellers, backing: Backing
) -> tuple[Point, ...]:
    """The points with a clause that several reports are likely to tell and that can be printed, where one stands by itself."""
    return tuple(_labelled(material, names, point, tellers, backing) for point in points)


def _labelled(material: Material, names: Names, point: Point, tellers: Tellers, backing: Backing) -> Point:
    found = list(_candidates(material, point, tellers, backing))
    chances = chances_told(material, [label for label, _ in found])

    def rank(one: tuple[float, tuple[Label, float]]) -> tuple[bool, float, int, str]:
        chance, (label, told) = one
        is_somebodys = not is_known_voice(material, names, label.words, label.place)
        return is_somebodys, -chance * told, len(label.words), label.words

    ranked = [label for _, (label, _) in sorted(zip(chances, found, strict=True), key=rank)]
    if not ranked:
        return msgspec.structs.replace(point, label=None, label_reading=None)
    words = ranked[0].words
    places = [label.place for label in ranked if label.words == words]
    # of the same words those that their report tells itself
    place = next((place for place in places if holder_of(material, place) is None), places[0])
    return msgspec.structs.replace(point, label=words, label_reading=place)


def printable(material: Material, points: Sequence[Point]) -> dict[str, float]:
    """How likely the label of each point that has one can be printed as it stands, by the points' ids."""
    told = [(point.id, label) for point in points if (label := _label_of(material, point)) is not None]
    chances = chances_told(material, [label for _, label in told])
    return {name: chance for (name, _), chance in zip(told, chances, strict=True)}


def chances_told(material: Material, labels: Sequence[Label]) -> list[float]:
    """How likely each label can be printed as a line: not at all where it is said by somebody of whom nothing is known."""
    chances = zip(labels, chances_of(material, labels), strict=True)
    return [0.0 if is_nobodys_word(material, label) else chance for label, chance in chances]


def _label_of(material: Material, point: Point) -> Label | None:
    """A point's label with the clause it was made of."""
    place = point.label_reading
    if place is None or point.label is None:
        return None
    clause = material.clause_at(place)
    return Label(place.article, clause, point.label) if clause is not None else None


def _candidates(material: Material, point: Point, tellers: Tellers, backing: Backing) -> Iterator[tuple[Label, float]]:
    """The clauses that can be a label, and how many reports are likely to tell all of each.

    Whom a report only points at ("he") is named where another report names the same one.
    """
    is_wide, is_many = len({r.article for r in point.readings}) > 1, len(point.readings) > MANY
    asked: set[str] = set()
    apart: dict[Told, Reading] = {}
    for reading in point.readings:
        apart.setdefault(tellers.told_in(reading), reading)
    clauses = ((reading.article, clause) for reading in apart.values() for clause in material.clauses_in(reading))
    for article, clause in clauses:
        words = clause_label(material, article, clause)
        if words is None or (is_many and words in asked):
            continue
        asked.add(words)
        label = Label(article, clause, words)
        if is_wide and _is_resolved(material, article, clause) and not tellers.is_named(point, label.place):
            continue
        told = backing.of(point, label.place, words)
        yield label, sum(told.values())


def _is_resolved(material: Material, article: str, clause: Clause) -> bool:
    """Whether who does something was found, not written where it is done."""
    written = material.text(article, clause.subject) if clause.subject is not None else ""
    return fold_text((clause.doer or "").split("’s ")[0]).split()[-1:] != fold_text(written).split()[-1:]
