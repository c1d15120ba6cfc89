"""What rows of figures show of themselves: their values, each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from rashomon.collate.material import Material
from rashomon.model import AlignedFigure, FigureReading, FigureValue


def with_values(material: Material, figures: Sequence[AlignedFigure]) -> tuple[AlignedFigure, ...]:
    """The figures with a title and their values."""
    return tuple(
        msgspec.structs.replace(f, title=f.about or f.unit or "", values=_values(material, f.readings)) for f in figures
    )


def _values(material: Material, readings: Sequence[FigureReading]) -> tuple[FigureValue, ...]:
    """The numbers given, each once, lower ones first; the words are those that most readings have."""
    held: dict[tuple[float | None, float | None, str], list[int]] = defaultdict(list)
    for n, reading in enumerate(readings):
        held[reading.low, reading.high, reading.change].append(n)
    found = []
    for numbers in held.values():
        first = readings[numbers[0]]
        words = [material.text(readings[n].article, readings[n]) for n in numbers]
        found.append(
            FigureValue(
                low=first.low,
                high=first.high,
                change=first.change,
                words=min(words, key=lambda w: (-words.count(w), len(w), w)),
                readings=tuple(numbers),
                who=tuple(dict.fromkeys(readings[n].attributed_to for n in numbers)),
            )
        )
    return tuple(sorted(found, key=lambda v: (v.low is None, v.low or 0.0, v.high is None, v.high or 0.0, v.words)))
