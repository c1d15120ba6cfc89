"""Differences: places where readings do not say the same, each with what every reading says. No verdict is given.

number       readings of one figure that are not equal
date         clauses of one point that name different days
fact         clauses of one point that differ in an argument, in whether it is so, or at hours that cannot be the same
attribution  one quotation, one figure or one point laid to different voices
wording      one quote in different words, inside quotation marks
framing      how firm it is; one position under different conditions; words of judgement that one has and another has not
"""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.collate.differences.attributions import find_other_voices
from rashomon.collate.differences.chances import Chances, likely
from rashomon.collate.differences.dates import find_dates
from rashomon.collate.differences.draft import Draft
from rashomon.collate.differences.facts import find_facts, telling_clauses
from rashomon.collate.differences.framings import find_framings
from rashomon.collate.differences.numbers import find_other_numbers
from rashomon.collate.differences.weights import Weigher
from rashomon.collate.differences.wordings import find_wordings
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.tellers import Tellers
from rashomon.model import AlignedFigure, AlignedQuote, Difference, Lineage, Point, Position, Says


def find_differences(
    material: Material,
    names: Names,
    tellers: Tellers,
    lineage: Lineage,
    quotes: Sequence[AlignedQuote],
    figures: Sequence[AlignedFigure],
    points: Sequence[Point],
    positions: Sequence[Position],
    chances: Chances,
) -> tuple[Difference, ...]:
    """Every difference that is likely enough, those first that can be printed as they are told, weightier ones before others."""
    drafts = find_drafts(material, names, tellers, quotes, figures, points, positions)
    weigher = Weigher(material, lineage, points)
    ordered = sorted(
        likely(material, lineage, drafts, chances),
        key=lambda pair: (not pair[1], pair[0].fits, -weigher.score(pair[0]), weigher.place(pair[0])),
    )
    return tuple(
        _difference(material, weigher, draft, n, sure=sure) for n, (draft, sure) in enumerate(ordered, start=1)
    )


def find_drafts(
    material: Material,
    names: Names,
    tellers: Tellers,
    quotes: Sequence[AlignedQuote],
    figures: Sequence[AlignedFigure],
    points: Sequence[Point],
    positions: Sequence[Position],
) -> list[Draft]:
    """What may be differences, by kind, each once."""
    told = telling_clauses(material, points)
    drafts = [
        *find_other_numbers(material, names, figures),
        *find_dates(material, names, tellers, told),
        *find_other_voices(material, names, tellers, quotes, figures, points),
        *find_facts(material, names, told),
        *find_wordings(material, quotes),
        *find_framings(material, points, positions),
    ]
    unique: dict[tuple[str, tuple[Says, ...]], Draft] = {}
    for draft in drafts:
        unique.setdefault((draft.kind, draft.readings), draft)
    return list(unique.values())


def _difference(material: Material, weigher: Weigher, draft: Draft, number: int, *, sure: bool) -> Difference:
    """A draft with its number, its weight and who says nothing of it; who was not read to the end is not silent."""
    said = set(draft.articles)
    read = {a.id for a in material.articles if a.completeness == "full" and material.found[a.id].sentences}
    return Difference(
        id=f"d{number}",
        kind=draft.kind,
        text=draft.text,
        topic=draft.topic,
        sides=draft.sides,
        silent=tuple(a for a in material.ids if a in read and a not in said),
        weight=weigher.weight(draft),
        note=draft.note,
        fits=draft.fits,
        sure=sure,
        rows=draft.rows,
        readings=draft.readings,
    )
