"""Figures over articles: which numbers count the same thing, and whether they can all be true at once.

Two readings join when what they count is alike and their units fit, not because the numbers are equal; equal numbers
only tip a doubtful pair. The relation follows from the intervals alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec
import numpy as np

from rashomon.collate.labels import best_label, label_of
from rashomon.collate.likeness import Floats, Pairs, find_pairs
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.tolls import (
    Days,
    are_apart,
    counts_anybody,
    days_of_toll,
    find_toll,
    toll_stems,
    victim_stems,
)
from rashomon.lexicon import load_lexicon
from rashomon.model import AlignedFigure, Figure, FigureReading, Relation, Span, Sum
from rashomon.settings import CollateSettings
from rashomon.text.clusters import group_alike
from rashomon.text.intervals import is_compatible
from rashomon.text.measures import shares_and_money, time_units
from rashomon.text.naming import country_of
from rashomon.text.vectors import embed
from rashomon.text.words import content_stems, find_words, fold

# What the likeness of two figures rests on: the phrases counted, the sentences around them, the numbers themselves.
MIX = (0.50, 0.20, 0.30)
# Figures whose phrases are less alike than this count two things.
LEAST_PHRASE = 0.15
# What a toll weighs beside ordinary words (inverse document frequencies run from about 0.5 to 5).
TOLL_WEIGHT = 4.0
# How near two figures of one report count two things when they differ, in characters.
NEAR = 200
SAME, BOUND, POSSIBLE, IMPOSSIBLE, UNLIKE = 1.0, 0.9, 0.6, 0.3, 0.0
# An exact number of so many digits, said of one unit, is seldom another's by chance; in one report it is said again.
TELLING_DIGITS, AGAIN_DIGITS = 3, 2
TELLING, AGAIN = 1.5, 1 / MIX[2]


@dataclass(frozen=True)
class Counted:
    """A figure with its article, the stems of what it counts, the toll it gives, its part in a sum, and a toll's days."""

    article: str
    figure: Figure
    stems: tuple[str, ...]
    toll: str | None = None
    role: str | None = None
    when: Days | None = None


def align_figures(
    material: Material, names: Names, sums: Sequence[Sum], settings: CollateSettings
) -> tuple[AlignedFigure, ...]:
    """Every thing counted with its readings, those in most articles first, then by place.

    The total of a sum and a part of another article's sum are never one figure.
    """
    roles = {
        (s.article, place.start): role
        for s in sums
        for role, places in (("part", s.parts), ("total", (s.total,)))
        for place in places
    }
    counted = [
        Counted(article.id, figure, _stems(figure, toll), toll, roles.get((article.id, figure.start)), when)
        for article in material.articles
        for figure in material.found[article.id].figures
        for toll in (find_toll(figure.about),)
        for when in (days_of_toll(material, article.id, figure) if toll else None,)
    ]
    weights = {**material.weights, **dict.fromkeys(load_lexicon("tolls")["tolls"], TOLL_WEIGHT)}
    pairs = find_pairs([c.stems for c in counted], weights, embed([c.figure.about for c in counted]))
    likeness = _likeness(material, counted, pairs)
    groups = group_alike(len(counted), pairs.left, pairs.right, likeness, settings.figure_similarity, "average")
    aligned = [_aligned(material, [counted[n] for n in members], names) for members in groups]
    aligned.sort(key=lambda f: (-len({r.article for r in f.readings}), f.readings[0].article, f.readings[0].start))
    return tuple(msgspec.structs.replace(f, id=f"f{n}") for n, f in enumerate(aligned, start=1))


def _stems(figure: Figure, toll: str | None) -> tuple[str, ...]:
    unit = content_stems(figure.unit or "")
    words = (*unit, *content_stems(figure.about))
    if toll is not None:
        left_out = toll_stems() | (frozenset(unit) | victim_stems() if counts_anybody(figure) else frozenset())
        return (*(w for w in words if w not in left_out), toll)
    # "three years" alone is about nothing that another report could count
    return words if figure.unit not in time_units() or set(words) - set(unit) else ()


def _likeness(material: Material, counted: Sequence[Counted], pairs: Pairs) -> Floats:
    phrases = (pairs.dice + pairs.containment) / 4 + np.maximum(pairs.cosine, 0) / 2
    around = np.zeros(len(phrases))
    numbers = np.zeros(len(phrases))
    homes = [material.sentence_at(c.article, c.figure.start) for c in counted]
    for n in np.flatnonzero(phrases >= LEAST_PHRASE).tolist():
        left, right = counted[pairs.left[n]], counted[pairs.right[n]]
        if not _fits(left, right) or _stand_together(left, right) or _count_apart(left, right):
            phrases[n] = around[n] = 0.0
            continue
        x, y = homes[pairs.left[n]], homes[pairs.right[n]]
        if x is not None and y is not None:
            around[n] = max(0.0, float(material.vectors[x] @ material.vectors[y]))
        numbers[n] = _number_likeness(left, right)
    phrases[phrases < LEAST_PHRASE] = 0.0
    return np.minimum(MIX[0] * phrases + MIX[1] * around + MIX[2] * numbers, 1.0)


def _fits(a: Counted, b: Counted) -> bool:
    """Whether units allow one figure: equal, or one's unit named in what the other counts, or one without a unit."""
    x, y = a.figure.unit, b.figure.unit
    victims = counts_anybody(a.figure) and counts_anybody(b.figure)
    if victims and a.toll is not None and a.toll == b.toll and not {x, y} & (time_units() | shares_and_money()):
        return True  # "one man dead" and "at least one person killed"
    if "year of age" in (x, y):
        return x == y and bool(_names_in(a.figure.about) & _names_in(b.figure.about))
    if x == y or x is None or y is None:
        return True
    if x in time_units() and y in time_units():
        return x.rstrip("s") == y.rstrip("s")
    left, right = set(content_stems(x)), set(content_stems(y))
    return bool(left & set(b.stems) or right & set(a.stems)) and not ({x, y} & shares_and_money())


@lru_cache(maxsize=10_000)
def _names_in(words: str) -> frozenset[str]:
    """The capitalised words of a phrase: an age is somebody's, and only theirs."""
    return frozenset(fold(w.text) for w in find_words(words) if w.text[0].isupper())


def _count_apart(a: Counted, b: Counted) -> bool:
    """Whether two figures count different things: other tolls, days or owners, or a part here and a total there."""
    return (
        _is_anothers(a.figure, b.figure)
        or _is_anothers(b.figure, a.figure)
        or (a.toll is not None and b.toll is not None and a.toll != b.toll)
        or (a.role is not None and b.role is not None and a.role != b.role)
        or (a.when is not None and b.when is not None and are_apart(a.when, b.when))
    )


def _is_anothers(one: Figure, other: Figure) -> bool:
    """Whether the things of one country are counted beside what another country has or does: "20 Veldmark boats"."""
    owner = _first_country(one.unit or "")
    return owner is not None and _first_country(other.about) not in (owner, None)


@lru_cache(maxsize=10_000)
def _first_country(words: str) -> str | None:
    return next((country_of()[w] for w in (fold(x.text) for x in find_words(words)) if w in country_of()), None)


def _stand_together(a: Counted, b: Counted) -> bool:
    """Whether two figures of one article that cannot be equal stand so near that they count two things."""
    near = a.article == b.article and abs(a.figure.start - b.figure.start) < NEAR
    return near and not is_compatible(a.figure.low, a.figure.high, b.figure.low, b.figure.high)


def _number_likeness(left: Counted, right: Counted) -> float:
    a, b = left.figure, right.figure
    if (a.low, a.high) != (b.low, b.high):
        if not is_compatible(a.low, a.high, b.low, b.high):
            # "3 years ago" and "15 years ago" are two times
            return UNLIKE if {a.unit, b.unit} & time_units() else IMPOSSIBLE
        return BOUND if a.value == b.value else POSSIBLE
    if a.low != a.high or a.unit is None or a.unit != b.unit or a.unit in time_units() | shares_and_money():
        return SAME
    digits = len(f"{abs(a.value):.0f}".rstrip("0"))
    if left.article == right.article and digits >= AGAIN_DIGITS:
        return AGAIN
    return TELLING if digits >= TELLING_DIGITS else SAME


def relation_of(readings: Sequence[FigureReading]) -> Relation:
    """How the numbers of a figure stand to one another."""
    if len({r.article for r in readings}) < 2:
        return "single"
    if len({(r.low, r.high) for r in readings}) == 1:
        return "agree"
    fits = all(is_compatible(a.low, a.high, b.low, b.high) for n, a in enumerate(readings) for b in readings[n + 1 :])
    return "compatible" if fits else "conflict"


def _aligned(material: Material, members: Sequence[Counted], names: Names) -> AlignedFigure:
    ordered = sorted(members, key=lambda c: (c.article, c.figure.start))
    readings = tuple(
        FigureReading(
            article=c.article,
            start=c.figure.start,
            end=c.figure.end,
            low=c.figure.low,
            high=c.figure.high,
            change=c.figure.change,
            attributed_to=names.actor(c.figure.attributed_to),
        )
        for c in ordered
    )
    units = Counter(c.figure.unit for c in ordered if c.figure.unit)
    return AlignedFigure(
        id="",
        about=best_label([_label(material, c) for c in ordered]),
        unit=min(units, key=lambda u: (-units[u], u)) if units else None,
        relation=relation_of(readings),
        readings=readings,
    )


def _label(material: Material, counted: Counted) -> str:
    at = material.sentence_at(counted.article, counted.figure.start)
    place = Span(counted.figure.start, counted.figure.end)
    sentence = material.sentences[at].span if at is not None else place
    return label_of(material.by_id[counted.article].text, sentence, place, counted.figure.unit)
