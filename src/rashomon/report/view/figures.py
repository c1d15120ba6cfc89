"""Figures: what is counted, each value once on one axis, and whether all can be true."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from rashomon.model import AlignedFigure, FigureReading, FigureValue, Reading, Sum
from rashomon.report.view.cites import Cites, ViewContext, cite, n_articles
from rashomon.report.view.words import begun, first_words
from rashomon.text.intervals import say_number

# Figures with an axis, values on it, figures on which all agree, and those of one report in the fold.
MOST_ROWS, MOST_VALUES, MOST_AGREED, MOST_ALONE = 40, 12, 60, 200
# An axis is logarithmic where its largest number is more than so many times its smallest.
LOGARITHMIC = 100
# Parts of a sum that a stacked bar can show.
MOST_PARTS = 3
# "About" is drawn as a bar of this part around the number.
ABOUT = 0.1
# Words of the report that stand for a value.
MOST_WORDS = 6


class FigureMark(Struct, frozen=True):
    """A value with its letters: how it is drawn, where (percent of the axis), its label, and who gives it."""

    cites: Cites
    form: str
    left: float
    right: float
    label: str
    who: str


class Tick(Struct, frozen=True):
    """A number on the axis, and where it stands (percent)."""

    at: float
    label: str


class FigureRow(Struct, frozen=True):
    """A figure with its axis and the verdict."""

    id: str
    title: str
    unit: str
    values: tuple[FigureMark, ...]
    ticks: tuple[Tick, ...]
    verdict: str
    reason: str


class Agreed(Struct, frozen=True):
    """A figure on which all agree, or one of a single report: title, value, letters."""

    id: str
    title: str
    value: str
    who: str
    cites: Cites


class PartShare(Struct, frozen=True):
    """A part of a sum: its number, what it counts, and its share of the total, percent."""

    number: str
    what: str
    left: float
    share: float


class SumRow(Struct, frozen=True):
    """A sum of one report: its parts, whether they add up, and the sum in signs."""

    title: str
    cites: Cites
    parts: tuple[PartShare, ...]
    drawn: bool
    verdict: str
    told: str


class Figures(Struct, frozen=True):
    """Figures of two or more reports that differ, sums, figures all agree on, figures of one report; and how many are left out."""

    rows: tuple[FigureRow, ...]
    sums: tuple[SumRow, ...]
    agreed: tuple[Agreed, ...]
    alone: tuple[Agreed, ...]
    n_left: int

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.rows or self.sums or self.agreed or self.alone)


def view_figures(context: ViewContext) -> Figures:
    """All figures: what cannot all be true first, then what can, then what all agree on."""
    several = [
        f for f in context.collation.figures if f.values and (n_articles(f.readings) > 1 or f.relation == "conflict")
    ]
    order = {"conflict": 0, "compatible": 1}
    differing = sorted((f for f in several if f.relation in order), key=lambda f: order[f.relation])
    ids = {f.id for f in several}
    alone = [f for f in context.collation.figures if f.id not in ids and f.values]
    agreed = [f for f in several if f.relation not in order]
    shown = (differing[:MOST_ROWS], agreed[:MOST_AGREED], alone[:MOST_ALONE])
    return Figures(
        rows=tuple(_row(context, f) for f in shown[0]),
        sums=tuple(_sum(context, found) for found in context.collation.sums[:MOST_ROWS]),
        agreed=tuple(_agreed(context, f) for f in shown[1]),
        alone=tuple(_agreed(context, f) for f in shown[2]),
        n_left=len(context.collation.figures) - sum(map(len, shown)),
    )


def _title(context: ViewContext, figure: AlignedFigure) -> str:
    return begun(context.words.cut_part(figure.title or "Number", 2))


def _readings(figure: AlignedFigure, value: FigureValue) -> list[FigureReading]:
    return [figure.readings[n] for n in value.readings]


def _row(context: ViewContext, figure: AlignedFigure) -> FigureRow:
    numbers = [n for v in figure.values for n in (v.low, v.high) if n is not None]
    axis = Axis(numbers, is_open=any(v.low is None or v.high is None for v in figure.values))
    verdict, reason = _verdict(figure)
    unit = f"{figure.unit or ''}{', logarithmic' if axis.is_log else ''}".strip(", ")
    return FigureRow(
        id=figure.id,
        title=_title(context, figure),
        unit=unit,
        values=tuple(_value(context, figure, value, axis) for value in _foremost(figure)),
        ticks=axis.ticks(),
        verdict=verdict,
        reason=reason,
    )


def _foremost(figure: AlignedFigure) -> list[FigureValue]:
    """The values that most readings give, in their order, at most `MOST_VALUES`."""
    kept = sorted(figure.values, key=lambda v: -len(v.readings))[:MOST_VALUES]
    return [value for value in figure.values if value in kept]


def _value(context: ViewContext, figure: AlignedFigure, value: FigureValue, axis: Axis) -> FigureMark:
    low, high = value.low, value.high
    if value.change == "~" and low is not None and high is not None and low == high:
        low, high = low * (1 - ABOUT), high * (1 + ABOUT)
    form = (
        "about" if value.change == "~" else
        "from" if high is None else
        "to" if low is None else
        "dot" if low == high else "range"
    )  # fmt: skip
    left = 0.0 if low is None else axis.place(low)
    right = 100.0 if high is None else axis.place(high)
    return FigureMark(
        cite(context, _readings(figure, value)), form, left, right, _label(context, value), _who(context, value)
    )


def _label(context: ViewContext, value: FigureValue) -> str:
    """The reports' own expression where it bounds the number, else the number."""
    if value.low is not None and value.low == value.high and value.change == "=":
        return say_number(value.low)
    return context.words.cut_part(first_words(value.words, MOST_WORDS), 2)


def _who(context: ViewContext, value: FigureValue) -> str:
    named = list(dict.fromkeys(context.words.cut_part(who, 4) for who in value.who if who))
    return ", ".join(named) if named else "no one named"


class Axis:
    """An axis of numbers: from zero where they are small, logarithmic where they are far apart."""

    def __init__(self, numbers: Sequence[float], *, is_open: bool) -> None:
        low, high = min(numbers), max(numbers)
        self.is_log = low > 0 and high / low > LOGARITHMIC
        span = high - low
        margin = span * 0.25 or abs(high) * 0.2 or 1
        self.low = 0.0 if 0 <= low < 10 and not self.is_log else low - margin
        if self.low < 0 <= low:
            self.low = 0.0
        self.high = high + (margin if is_open else margin / 2)
        if self.is_log:
            self.low, self.high = 10.0 ** math.floor(math.log10(low)), 10.0 ** math.ceil(math.log10(high) + 1e-9)
        self.is_whole = all(number == int(number) for number in numbers)
        if self.is_whole:
            self.high = max(self.high, self.low + 1)

    def place(self, number: float) -> float:
        """Where a number stands, percent."""
        if self.is_log:
            part = math.log10(number / self.low) / math.log10(self.high / self.low) if number > 0 else 0.0
        else:
            part = (number - self.low) / (self.high - self.low)
        return round(100 * min(1.0, max(0.0, part)), 2)

    def ticks(self) -> tuple[Tick, ...]:
        """Two to five round numbers."""
        if self.is_log:
            first, last = round(math.log10(self.low)), round(math.log10(self.high))
            powers = range(first, last + 1, -(-(last - first) // 4))
            return tuple(Tick(self.place(10.0**n), say_number(10.0**n)) for n in powers)
        step = _round_step((self.high - self.low) / 4)
        step = max(1.0, step) if self.is_whole else step
        lowest = math.ceil(self.low / step - 1e-9)
        values = [n * step for n in range(lowest, lowest + 6) if n * step <= self.high * (1 + 1e-9)]
        return tuple(Tick(self.place(value), say_number(round(value, 9))) for value in values[:5])


def _round_step(step: float) -> float:
    """The next of 1, 2, 2.5, 5, 10 times a power of ten."""
    power = 10 ** math.floor(math.log10(step)) if step > 0 else 1
    return next((m * power for m in (1, 2, 2.5, 5, 10) if m * power >= step * (1 - 1e-9)), 10 * power)


def _verdict(figure: AlignedFigure) -> tuple[str, str]:
    exact = sorted({v.low for v in figure.values if v.low is not None and v.low == v.high})
    if figure.relation == "conflict":
        told = f"{say_number(exact[0])} is not {say_number(exact[1])}." if len(exact) > 1 else ""
        return "They cannot all be true." if len(figure.values) > 2 else "They cannot both be true.", told
    both = "Both can be true." if len(figure.values) == 2 else "All can be true."
    return both, _why_compatible(figure.values, exact)


def _why_compatible(values: Iterable[FigureValue], exact: Sequence[float]) -> str:
    for value in values:
        if exact and value.high is None and value.low is not None and exact[-1] > value.low:
            return f"{say_number(exact[-1])} is more than {say_number(value.low)}."
        if exact and value.low is None and value.high is not None and exact[0] < value.high:
            return f"{say_number(exact[0])} is less than {say_number(value.high)}."
    return ""


def _agreed(context: ViewContext, figure: AlignedFigure) -> Agreed:
    value = figure.values[0]
    words = context.words.cut_part(first_words(value.words, MOST_WORDS), 2)
    return Agreed(figure.id, _title(context, figure), words, _who(context, value), cite(context, figure.readings))


def _sum(context: ViewContext, found: Sum) -> SumRow:
    titles = {(r.article, r.start): f for f in context.collation.figures for r in f.readings}
    total = found.total_value or 1
    parts, left = [], 0.0
    for span, value in zip(found.parts, found.part_values, strict=True):
        figure = titles.get((found.article, span.start))
        share = round(100 * value / max(total, sum(found.part_values)), 2)
        what = _title(context, figure) if figure else ""
        parts.append(PartShare(say_number(value), what, left, share))
        left = round(left + share, 2)
    whole = titles.get((found.article, found.total.start))
    sign = "=" if found.holds else "≠"
    places = [Reading(article=found.article, start=s.start, end=s.end) for s in (found.total, *found.parts)]
    return SumRow(
        title=_title(context, whole) if whole else f"A total of {say_number(found.total_value)}",
        cites=cite(context, places),
        parts=tuple(parts),
        drawn=found.holds and len(parts) <= MOST_PARTS and all(v > 0 for v in found.part_values),
        verdict="Adds up." if found.holds else "Does not add up.",
        told=f"{' + '.join(p.number for p in parts)} {sign} {say_number(found.total_value)}.",
    )
