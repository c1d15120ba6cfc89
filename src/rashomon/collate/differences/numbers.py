"""Differences of number: readings of one figure that are not equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rashomon.collate.differences.draft import Draft, headed, reading_of, sides_of
from rashomon.collate.material import Material
from rashomon.lexicon import load_lexicon
from rashomon.model import AlignedFigure, FigureReading
from rashomon.text.intervals import say_amount

# Exact numbers of one thing do not differ by more than this factor.
FAR = 20
# A number in more words than this is said in our own.
MOST_AMOUNT = 5


def find_other_numbers(material: Material, figures: Sequence[AlignedFigure]) -> Iterator[Draft]:
    """Figures of one unit whose readings are not equal; what can all be true together fits."""
    for figure in figures:
        if figure.relation not in ("conflict", "compatible") or figure.unit is None or _is_far(figure.readings):
            continue
        sides = sides_of(
            (amount_of(material, r), reading_of(material, r, who=r.attributed_to)) for r in figure.readings
        )
        topic = f"How many {counted_in(figure)}"
        yield Draft(
            kind="number",
            text=headed(topic, sides),
            topic=topic,
            sides=sides,
            rows=(figure.id,),
            fits=figure.relation == "compatible",
        )


def counted_in(figure: AlignedFigure) -> str:
    """What a figure counts, as a noun phrase: its title, or its unit where the title leaves a gap."""
    if "…" not in figure.title or figure.unit is None:
        return figure.title.replace(" … ", " ")
    plurals: dict[str, str] = load_lexicon("briefing")["plurals"]
    regular = figure.unit if figure.unit.endswith("s") or not figure.unit.isalpha() else f"{figure.unit}s"
    return plurals.get(figure.unit, regular)


def amount_of(material: Material, reading: FigureReading) -> str:
    """A number as a report gives it where it is open or about; else the number."""
    if reading.low == reading.high and reading.change == "=":
        return say_amount(reading.low, reading.high, reading.change)
    words = material.text(reading.article, reading)
    words = words.lower() if words.isupper() else words[:1].lower() + words[1:]
    return f"“{words}”" if len(words.split()) <= MOST_AMOUNT else say_amount(reading.low, reading.high, reading.change)


def _is_far(readings: Sequence[FigureReading]) -> bool:
    """Whether exact numbers lie so far apart that they hardly count one thing."""
    exact = [abs(r.low) for r in readings if r.low is not None and r.low == r.high and r.low]
    return bool(exact) and max(exact) > FAR * min(exact)
