"""Differences of number: readings of one figure that are not equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rashomon.collate.ages import whose_age
from rashomon.collate.differences.draft import Draft, headed, reading_of, sides_of
from rashomon.collate.material import Material
from rashomon.collate.point_labels import clause_label
from rashomon.lexicon import load_lexicon
from rashomon.model import AlignedFigure, FigureReading
from rashomon.text.intervals import in_prose, say_amount
from rashomon.text.measures import is_measure
from rashomon.text.numbers import find_numbers

# Exact numbers of one thing do not differ by more than this factor.
FAR = 20
# A number in more words than this is said in our own.
MOST_AMOUNT = 5
# A title in fewer words than this does not tell what a measure is of.
LEAST_TITLE = 3

Value = tuple[float | None, float | None]


def find_other_numbers(material: Material, figures: Sequence[AlignedFigure]) -> Iterator[Draft]:
    """Figures of one unit whose readings are not equal; what can all be true together fits."""
    for figure in figures:
        if figure.relation not in ("conflict", "compatible") or figure.unit is None or _is_far(figure.readings):
            continue
        bare = is_bare(figure)
        told = _without_short_forms(figure.readings)
        written = _as_written(material, told) if bare else {}
        sides = sides_of(
            (written.get((r.low, r.high)) or amount_of(material, r), reading_of(material, r, who=r.attributed_to))
            for r in told
        )
        clause = _told_up_to(material, told) if bare else None
        topic = clause or _topic(figure)
        fits = figure.relation == "compatible"
        yield Draft(
            kind="number",
            text=headed(topic, sides),
            topic=topic,
            sides=sides,
            rows=(figure.id,),
            fits=fits,
            note=_why_it_fits(figure.readings)
            if fits
            else None
            if is_measure(figure.unit)
            else _on_other_days(material, figure.readings),
            slot="bare" if (bare and clause is None) or (fits and _is_trivial(material, told)) else "",
        )


def _topic(figure: AlignedFigure) -> str:
    owner = whose_age(figure)
    return f"How old {owner} is" if owner is not None else f"How many {counted_in(figure)}"


def counted_in(figure: AlignedFigure) -> str:
    """What a figure counts, as a noun phrase: its title, or its unit where the title leaves a gap."""
    plurals: dict[str, str] = load_lexicon("briefing")["plurals"]
    if "…" not in figure.title or figure.unit is None:
        first, *rest = figure.title.split(" ")
        return " ".join((plurals.get(first, first), *rest)).replace(" … ", " ")
    regular = figure.unit if figure.unit.endswith("s") or not figure.unit.isalpha() else f"{figure.unit}s"
    return plurals.get(figure.unit, regular)


def amount_of(material: Material, reading: FigureReading) -> str:
    """A number as a report gives it where it is open; else the number."""
    if reading.low is not None and reading.high is not None and reading.change in ("=", "~"):
        return say_amount(reading.low, reading.high, reading.change)
    words = material.text(reading.article, reading)
    words = words.lower() if words.isupper() else words[:1].lower() + words[1:]
    return f"“{words}”" if len(words.split()) <= MOST_AMOUNT else say_amount(reading.low, reading.high, reading.change)


def _as_written(material: Material, readings: Sequence[FigureReading]) -> dict[Value, str]:
    """How each number of a measure is written, its unit with it: in words of their own before "five-year"."""
    written: dict[Value, str] = {}
    for reading in sorted(readings, key=lambda r: "-" in material.text(r.article, r)):
        written.setdefault((reading.low, reading.high), material.text(reading.article, reading).replace("-", " "))
    return written


def _without_short_forms(readings: Sequence[FigureReading]) -> list[FigureReading]:
    """The readings but those by which a report gives shortly ("three", in its title) what it gives as "at least three"."""
    open_ones = {(r.article, r.low) for r in readings if r.high is None} | {
        (r.article, r.low) for r in readings if r.change == "~"
    }
    return [r for r in readings if not (r.low == r.high and r.change == "=" and (r.article, r.low) in open_ones)]


def _is_trivial(material: Material, readings: Sequence[FigureReading]) -> bool:
    """Whether numbers that fit together are hardly two: "one" and "at least one", or words that give no number ("most of which")."""
    vague = any(not find_numbers(material.text(r.article, r)) for r in readings)
    return vague or len({r.low for r in readings}) == 1


def _told_up_to(material: Material, readings: Sequence[FigureReading]) -> str | None:
    """A clause that ends in one of the numbers, up to it: "The bank bought its rival for"."""
    for reading in readings:
        words = material.text(reading.article, reading)
        for clause in material.found[reading.article].clauses:
            if clause.start <= reading.start and reading.end <= clause.end:
                label = clause_label(material, reading.article, clause)
                if label and label.endswith(f" {words}"):
                    return label.removesuffix(words).strip()
    return None


def is_bare(figure: AlignedFigure) -> bool:
    """Whether a figure has no title that tells what it is of: a measure by itself, or one word for it."""
    title = counted_in(figure).split()
    return is_measure(figure.unit) and len(title) < LEAST_TITLE


def _why_it_fits(readings: Sequence[FigureReading]) -> str:
    """Why numbers that are not equal can all be true."""
    if any(r.change == "~" for r in readings):
        return "Rounded."
    exact = {r.low for r in readings if r.low == r.high and r.low is not None}
    floor = next((r.low for r in readings if r.high is None and r.low is not None), None)
    if len(exact) == 1 and floor is not None:
        return f"{in_prose(min(exact)).capitalize()} is more than {in_prose(floor)}."
    return "The narrower lies within the wider."


def _on_other_days(material: Material, readings: Sequence[FigureReading]) -> str | None:
    """That a count may have grown from one report to the next, where they are of different days."""
    days = {day[:10] for r in readings if (day := material.by_id[r.article].published)}
    return "The reports are of different days: the count may have changed." if len(days) > 1 else None


def _is_far(readings: Sequence[FigureReading]) -> bool:
    """Whether exact numbers lie so far apart that they hardly count one thing."""
    exact = [abs(r.low) for r in readings if r.low is not None and r.low == r.high and r.low]
    return bool(exact) and max(exact) > FAR * min(exact)
