"""What the readings of a row were lined up by: how likely each two are one, the second look, and what a reader set right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rashomon.collate.corrections import regroup
from rashomon.collate.figures import weigh_figures
from rashomon.collate.lining import Scorer, Stretch, Stretches, Veto, line_up, weigh
from rashomon.collate.lining.cells import look_again
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.points import sentence_stretch, telling_sentences
from rashomon.collate.positions import Acts
from rashomon.collate.quotes import find_statements, statement_stretch
from rashomon.collate.sums import find_sums
from rashomon.model import CorrectionTarget, Place, Reading

Weighed = dict[tuple[int, int], tuple[float, dict[str, float]]]


class SecondLook(NamedTuple):
    """The scorer of a second look, and what readers may set right before it."""

    scorer: Scorer
    target: CorrectionTarget


class Lines(NamedTuple):
    """What a section lines up: its stretches, the scorer of pairs, what bars two, and how it looks at them a second time."""

    items: list[Stretch]
    pairs: Scorer
    is_barred: Veto | None = None
    second: SecondLook | None = None


def lines_of(material: Material, section: str) -> Lines | None:
    """What a section lines up; None where it does not line up stretches."""
    scorers = material.scorers
    if section == "points":
        items = [sentence_stretch(material, n) for n in telling_sentences(material)]
        return Lines(items, scorers.points, second=SecondLook(scorers.cells, "points"))
    if section == "quotes":
        statements = find_statements(material, Names(material))
        items = [statement_stretch(s) for s in statements]
        return Lines(items, scorers.quotes, second=SecondLook(scorers.remarks, "quotes"))
    if section == "positions":
        acts = Acts(material, Names(material))
        return Lines(acts.stretches, scorers.positions, acts.is_barred)
    return None


def weigh_readings(
    material: Material,
    section: str,
    lines: Lines | None,
    readings: Sequence[Reading],
    compared: Sequence[tuple[int, int]],
) -> Weighed:
    """The probability of each two readings that were looked at, with its parts."""
    if section == "figures":
        return weigh_figures(material, find_sums(material), readings, compared)
    if lines is None:
        return {}
    at = [_number_at(lines.items, r.article, r.start) for r in readings]
    pairs = {(a, b): (x, y) for a, b in compared if (x := at[a]) is not None and (y := at[b]) is not None}
    weighed = weigh(material, lines.items, list(pairs.values()), lines.pairs, lines.is_barred)
    return {pair: weighed[numbers] for pair, numbers in pairs.items() if numbers in weighed}


def say_how_joined(material: Material, section: str, lines: Lines | None, readings: Sequence[Reading]) -> Iterator[str]:
    """The bar of a row's pairs, then each reading that was not joined by it, with what joined it."""
    least = material.scorers.figures.least if section == "figures" else lines.pairs.least if lines else None
    if least is not None:
        yield f"lined up where two of different reports are likely to be one, by {least:.2f} or more on average"
    if lines is None or lines.second is None:
        return
    lined = line_up(material, lines.items, lines.pairs, lines.is_barred)
    groups = regroup(
        lined.groups, lines.second.target, material, lambda place: _number_at(lines.items, place.article, place.at)
    )
    home = {n: k for k, group in enumerate(groups) for n in group}
    at = [_number_at(lines.items, r.article, r.start) for r in readings]
    homes = [home[n] for n in at if n is not None]
    main = max(sorted(set(homes)), key=homes.count)
    stretches = Stretches(material, lines.items)
    found = {c.stretch: c.probability for c in look_again(stretches, [groups[main]], lined, lines.second.scorer)}
    for k, n in enumerate(at):
        if n in found and home[n] != main:
            yield f"reading {k} joined in a second look: {found[n]:.2f}, where {lines.second.scorer.least:.2f} is enough"


def say_what_was_corrected(material: Material, section: str, readings: Sequence[Reading]) -> Iterator[str]:
    """The corrections of a section that name a place in one of a row's readings."""
    for n, correction in enumerate(material.corrections, start=1):
        if correction.what == section and any(_is_in(place, r) for place in correction.places for r in readings):
            yield f"correction {n}, a {correction.kind}, set readings of this row right; nothing joins by itself"


def _is_in(place: Place, reading: Reading) -> bool:
    return place.article == reading.article and reading.start <= place.at < reading.end


def _number_at(items: Sequence[Stretch], article: str, at: int) -> int | None:
    """The number of the stretch that stands at a place."""
    return next(
        (n for n, s in enumerate(items) if s.article == article and any(x.start <= at < x.end for x in s.spans)), None
    )
