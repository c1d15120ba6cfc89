"""Differences of number: readings of one figure that are not equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rashomon.collate.differences.draft import Draft, headed, reading_of, sides_of
from rashomon.collate.material import Material
from rashomon.model import AlignedFigure, FigureReading
from rashomon.text.intervals import say_amount


def find_numbers(material: Material, figures: Sequence[AlignedFigure]) -> Iterator[Draft]:
    """Figures whose readings are not equal; what can all be true together fits."""
    for figure in figures:
        if figure.relation not in ("conflict", "compatible"):
            continue
        sides = sides_of((_amount(r), reading_of(material, r, who=r.attributed_to)) for r in figure.readings)
        topic = f"How many: {figure.title}"
        yield Draft(
            kind="number",
            text=headed(topic, sides),
            topic=topic,
            sides=sides,
            rows=(figure.id,),
            fits=figure.relation == "compatible",
        )


def _amount(reading: FigureReading) -> str:
    return say_amount(reading.low, reading.high, reading.change)
