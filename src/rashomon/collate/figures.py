"""Figures over articles: which numbers count the same thing, and whether they can all be true at once.

The learned scorer says how likely two figures count one thing (lining/counts.py tells from what); few vetoes bar two that
cannot, and the ages of one person are one row (ages.py). A report is never at odds with itself: two numbers of one report that
exclude each other are two things, unless somebody else is said to give one of them. The relation follows from the intervals alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from rashomon.collate.ages import OF, UNIT, owners_of_ages
from rashomon.collate.labels import label_of
from rashomon.collate.lining.counts import Counted, CountedFigures, are_part_and_whole, count_features, count_pairs
from rashomon.collate.lining.features import Floats, Ints
from rashomon.collate.lining.nearest import count_nearest
from rashomon.collate.lining.scorer import Scorer
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.rows import numbered, ordered
from rashomon.collate.tolls import Days, are_apart, days_of_toll, toll_of
from rashomon.model import AlignedFigure, Figure, FigureReading, Reading, Relation, Sum
from rashomon.text.clusters import group_alike
from rashomon.text.intervals import is_compatible, is_rounded, reach
from rashomon.text.naming import country_of
from rashomon.text.words import find_words, fold

# By how much the bar rises for a row in which a report is at odds with itself, until it is not.
STRICTER = 0.05
# Exact numbers of one thing do not differ by more than this factor.
FAR = 20
_AGO = " ago"


class FigurePairs(NamedTuple):
    """Figures of a story as they are compared, those of the same words once: pairs that may count one thing, with features.

    `alike` holds, for each that is compared, the numbers of the `items` that it stands for; the first of them is.
    """

    items: list[Counted]
    alike: list[list[int]]
    left: Ints
    right: Ints
    features: dict[str, Floats]


def align_figures(material: Material, names: Names, sums: Sequence[Sum]) -> tuple[AlignedFigure, ...]:
    """Every thing counted with its readings, those in most articles first, then by place.

    The total of a sum and a part of another article's sum are never one figure.
    """
    scorer = material.scorers.figures
    pairs = figure_pairs(material, names, sums, scorer.floor)
    owners = owners_of_ages(material, names, pairs.items)
    groups = _by_owner(group_figures(pairs, scorer), pairs.items, owners)
    aligned = [_aligned(material, [pairs.items[n] for n in own], {owners[n] for n in own}) for own in groups]
    return numbered(ordered(aligned), "figures")


def _by_owner(
    groups: Sequence[Sequence[int]], items: Sequence[Counted], owners: Sequence[str | None]
) -> list[list[int]]:
    """The groups with the ages of each person in one, unless a report gives them two: those are of two times."""
    own: dict[str, list[int]] = defaultdict(list)
    for n, owner in enumerate(owners):
        if owner is not None:
            own[owner].append(n)
    ages = [members for members in own.values() if not _is_at_odds([items[n] for n in members])]
    moved = {n for members in ages for n in members}
    left = [[n for n in group if n not in moved] for group in groups]
    return sorted([*(group for group in left if group), *ages])


def figure_pairs(material: Material, names: Names, sums: Sequence[Sum], floor: float) -> FigurePairs:
    """The pairs of figures that nothing bars, with their features."""
    items, alike, counts = _compared(material, names)
    left, right = count_pairs(counts, floor, count_nearest(len(material.ids)))
    bars = _Bars(material, counts.items, sums)
    keep = np.array([not bars.bar(a, b) for a, b in zip(left.tolist(), right.tolist(), strict=True)], bool)
    left, right = left[keep], right[keep]
    return FigurePairs(items, alike, left, right, count_features(counts, material.whole_sentences, left, right))


def _compared(material: Material, names: Names) -> tuple[list[Counted], list[list[int]], CountedFigures]:
    """Every figure, which of them stand in the same words, and the first of each of those, to be compared."""
    items = [
        Counted(
            article.id, figure, names.actor(figure.attributed_to, article.id), toll_of(material, article.id, figure)
        )
        for article in material.articles
        for figure in material.found[article.id].figures
    ]
    alike = _same_words(material, items)
    return items, alike, CountedFigures(material, [items[members[0]] for members in alike])


def weigh_figures(
    material: Material, sums: Sequence[Sum], readings: Sequence[Reading], compared: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], tuple[float, dict[str, float]]]:
    """For each two readings that were looked at the probability that they count one thing, and its parts."""
    scorer = material.scorers.figures
    pairs = figure_pairs(material, Names(material), sums, scorer.floor)
    number = {
        (pairs.items[n].article, pairs.items[n].figure.start): k
        for k, members in enumerate(pairs.alike)
        for n in members
    }
    looked_at = {pair: n for n, pair in enumerate(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))}
    found = {}
    for a, b in compared:
        one, other = sorted(number[r.article, r.start] for r in (readings[a], readings[b]))
        if (at := looked_at.get((one, other))) is not None:
            found[a, b] = at
    kept = np.array(list(found.values()), np.int64)
    return dict(zip(found, scorer.weigh({name: own[kept] for name, own in pairs.features.items()}), strict=True))


def _same_words(material: Material, items: Sequence[Counted]) -> list[list[int]]:
    """The numbers of figures by the words of their sentences and their place in them, in order of the first."""
    found: dict[tuple[int, str | None, tuple[str, ...]], list[int]] = {}
    for n, item in enumerate(items):
        at = material.sentence_at(item.article, item.figure.start)
        if at is None:
            found[n, None, ()] = [n]
            continue
        sentence = material.sentences[at].span
        key = (item.figure.start - sentence.start, item.speaker, material.folded(item.article, sentence))
        found.setdefault(key, []).append(n)
    return list(found.values())


class _Bars:
    """What keeps two figures apart, however alike."""

    def __init__(self, material: Material, items: Sequence[Counted], sums: Sequence[Sum]) -> None:
        self._items = items
        roles = {
            (s.article, place.start): role
            for s in sums
            for role, places in (("part", s.parts), ("total", (s.total,)))
            for place in places
        }
        self._roles = [roles.get((c.article, c.figure.start)) for c in items]
        self._days: list[Days | None] = [days_of_toll(material, c.article, c.figure) if c.toll else None for c in items]

    def bar(self, a: int, b: int) -> bool:
        """Whether two count other tolls, days, ages or owners, are a part here and a total there, are at odds in one report, tell two times, or lie far apart."""
        x, y = self._items[a], self._items[b]
        days, others = self._days[a], self._days[b]
        return (
            (x.toll is not None and y.toll is not None and x.toll != y.toll)
            or (days is not None and others is not None and are_apart(days, others))
            or {self._roles[a], self._roles[b]} == {"part", "total"}
            or (x.figure.unit == UNIT and not _names_in(x.figure.about) & _names_in(y.figure.about))
            or _is_anothers(x.figure, y.figure)
            or _is_anothers(y.figure, x.figure)
            or are_part_and_whole(x, y)
            or are_at_odds(x, y)
            or _are_two_times(x.figure, y.figure)
            or are_far_apart([r.low for r in (x.figure, y.figure) if r.low is not None and r.low == r.high])
        )


def _are_two_times(one: Figure, other: Figure) -> bool:
    """Whether two figures say how long ago something was, and differ: those are two events, not one counted twice."""
    return all(figure.about.endswith(_AGO) for figure in (one, other)) and not is_compatible(
        one.low, one.high, other.low, other.high
    )


def are_far_apart(exact: Sequence[float]) -> bool:
    """Whether some exact numbers lie so far apart that they hardly count one thing: the four who were shot in a town of 8,000."""
    sizes = [abs(value) for value in exact if value]
    return bool(sizes) and max(sizes) > FAR * min(sizes)


def _is_anothers(one: Figure, other: Figure) -> bool:
    """Whether the things of one country are counted beside what another country has or does: "20 Veldmark boats"."""
    owner = _first_country(one.unit or "")
    return owner is not None and _first_country(other.about) not in (owner, None)


@lru_cache(maxsize=10_000)
def _first_country(words: str) -> str | None:
    return next((country_of()[w] for w in (fold(x.text) for x in find_words(words)) if w in country_of()), None)


@lru_cache(maxsize=10_000)
def _names_in(words: str) -> frozenset[str]:
    """The capitalised words of a phrase: an age is somebody's, and only theirs."""
    return frozenset(fold(w.text) for w in find_words(words) if w.text[0].isupper())


def are_at_odds(a: Counted, b: Counted) -> bool:
    """Whether one report gives both in one voice, and they exclude each other."""
    x, y = a.figure, b.figure
    return a.article == b.article and a.speaker == b.speaker and not is_compatible(x.low, x.high, y.low, y.high)


def group_figures(pairs: FigurePairs, scorer: Scorer) -> list[list[int]]:
    """Numbers of figures that count one thing; where a report is at odds with itself the bar rises until it is not."""
    probability = scorer.probability(pairs.features)
    waiting = [(np.arange(len(pairs.alike)), scorer.least)]
    groups: list[list[int]] = []
    while waiting:
        members, least = waiting.pop()
        inside = np.isin(pairs.left, members) & np.isin(pairs.right, members)
        left, right = (np.searchsorted(members, side[inside]) for side in (pairs.left, pairs.right))
        for group in group_alike(len(members), left, right, probability[inside], least, "average"):
            own = members[group]
            whole = [n for k in own.tolist() for n in pairs.alike[k]]
            if len(own) > 1 and least < 1 and _is_at_odds([pairs.items[n] for n in whole]):
                waiting.append((own, round(least + STRICTER, 3)))
            else:
                groups.append(sorted(whole))
    return sorted(groups)


def _is_at_odds(members: Sequence[Counted]) -> bool:
    by_voice: dict[tuple[str, str | None], list[Counted]] = defaultdict(list)
    for member in members:
        by_voice[member.article, member.speaker].append(member)
    return any(are_at_odds(a, b) for own in by_voice.values() for n, a in enumerate(own) for b in own[n + 1 :])


def relation_of(readings: Sequence[FigureReading]) -> Relation:
    """How the numbers of a figure stand to one another; a rounded one reaches as far as its rounding: "about 600" may be 620.

    "9 million" may be 9.1 million.
    """
    if len({r.article for r in readings}) < 2:
        return "single"
    if len({(r.low, r.high) for r in readings}) == 1:
        return "agree"
    rounded = rounded_of(readings)
    ends = sorted(
        {reach(r.low, r.high, "~" if r.low in rounded and r.low == r.high else r.change) for r in readings}, key=str
    )
    fits = all(is_compatible(*a, *b) for n, a in enumerate(ends) for b in ends[n + 1 :])
    return "compatible" if fits else "conflict"


def rounded_of(readings: Sequence[FigureReading]) -> frozenset[float]:
    """The numbers of some readings that are another's with fewer digits."""
    exact = {r.low for r in readings if r.low is not None and r.low == r.high}
    return frozenset(n for n in exact if any(is_rounded(n, other) for other in exact))


def _aligned(material: Material, members: Sequence[Counted], owners: set[str | None]) -> AlignedFigure:
    ordered = sorted(members, key=lambda c: (c.article, c.figure.start))
    readings = tuple(
        FigureReading(
            article=c.article,
            start=c.figure.start,
            end=c.figure.end,
            low=c.figure.low,
            high=c.figure.high,
            change=c.figure.change,
            attributed_to=c.speaker,
        )
        for c in ordered
    )
    [owner, *others] = owners
    units = Counter(c.figure.unit for c in ordered if c.figure.unit)
    return AlignedFigure(
        id="",
        about=f"{OF}{owner}" if owner is not None and not others else label_of(material, ordered),
        unit=min(units, key=lambda u: (-units[u], u)) if units else None,
        relation=relation_of(readings),
        readings=readings,
    )
