"""Which reports tell all that a label says: a point holds a scene, and a report may tell another part of it.

The scorer is a logistic regression over how like the label's clause and a report's nearest reading are (tellers.py), and how much
of what the label names and says the report has at all (details.py). It learned from labels of which editors said which reports
tell every thing in them (training/labels.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rashomon.collate import details
from rashomon.collate import tellers as telling
from rashomon.collate.details import Details
from rashomon.collate.lining.scorer import Scorer, read_scorer
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.tellers import Tellers, Told
from rashomon.model import Clause, Point, Reading

FEATURES = (*telling.FEATURES, *details.FEATURES)

Floats = NDArray[np.float64]


@lru_cache(maxsize=1)
def load_backing() -> Scorer:
    """The scorer that ships; a report that reaches its bar stands behind a label."""
    return read_scorer(__package__, "backing.json")


class Backing:
    """Says how likely each report of a point tells all of a label; what is compared is compared once."""

    def __init__(self, material: Material, names: Names, tellers: Tellers) -> None:
        self._material = material
        self._tellers = tellers
        self._details = Details(material, names)
        self._found: dict[tuple[Reading, str, tuple[Reading, ...]], dict[Reading, float]] = {}

    def of(self, point: Point, place: Reading, label: str) -> dict[Reading, float]:
        """How likely each report of a point tells all of a label, at the reading of its that is nearest to it.

        `place` is the clause that the label was made of; its own report surely does, there.
        """
        return self.among(point.readings, place, label)

    def among(self, readings: tuple[Reading, ...], place: Reading, label: str) -> dict[Reading, float]:
        """How likely each report tells all of a label, at the nearest of some readings, which need not be a point's."""
        key = (place, label, readings)
        if key not in self._found:
            self._found[key] = self._ask(readings, place, label)
        return self._found[key]

    def behind(self, readings: tuple[Reading, ...], place: Reading, label: str) -> tuple[Reading, ...]:
        """The readings, one a report, that are likely enough to tell all of a label."""
        least = load_backing().least
        return tuple(reading for reading, likely in self.among(readings, place, label).items() if likely >= least)

    def _ask(self, readings: Sequence[Reading], place: Reading, label: str) -> dict[Reading, float]:
        clause = self._material.clause_at(place)
        others: dict[str, list[Reading]] = {}
        for reading in readings:
            if reading.article != place.article:
                others.setdefault(reading.article, []).append(reading)
        if clause is None or not others:
            return {place: 1.0}
        copies: dict[tuple[Told, ...], list[list[Reading]]] = {}
        for own in others.values():
            copies.setdefault(tuple(self._tellers.told_in(reading) for reading in own), []).append(own)
        nearest, found = self.features(place, clause, label, [alike[0] for alike in copies.values()])
        told: dict[Reading, float] = {}
        for alike, best, likely in zip(
            copies.values(), nearest, load_backing().probability(found).tolist(), strict=True
        ):
            told |= {own[alike[0].index(best)]: likely for own in alike}
        return {place: 1.0} | {r: told[r] for own in others.values() for r in own if r in told}

    def features(
        self, place: Reading, clause: Clause, label: str, reports: list[list[Reading]]
    ) -> tuple[list[Reading], dict[str, Floats]]:
        """Of each of some reports' readings the nearest to a clause, and its features with those of the report."""
        nearest: list[Reading] = []
        rows: list[dict[str, float]] = []
        for readings in reports:
            found = self._tellers.features(place.article, clause, readings)
            best = int(np.argmax(np.round(found["cosine"] + found["told"], 3)))
            nearest.append(readings[best])
            own = {name: float(values[best]) for name, values in found.items()}
            rows.append(own | self._details.compare(place, label, readings))
        return nearest, {name: np.array([row[name] for row in rows], np.float64) for name in FEATURES}
