"""Sums within one article: whether the parts it gives add up to the total it gives.

A sum holds when consecutive counts of one sentence, of one thing or of what became of people, add up exactly to a count
nearby. A sum holds or fails when the report itself says the parts are all there is ("the remaining 10", "the other five"). Two counts of one
sentence of which the second comes on top of the first ("two guards and two more people") hold with a total anywhere in the report.
Numbers add up by chance, too: of what nothing ties together nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from rashomon.collate.material import Material
from rashomon.collate.tolls import toll_of
from rashomon.model import Annotations, Figure, Span, Sum
from rashomon.text.measures import is_measure, time_units

# How far apart the first and last number of a sum may stand, in characters: about a screen of text.
REACH = 900
MAX_PARTS = 4
LEAST_TOTAL = 5
# Parts that are joined in so many words make a total however small, unless a part alone does.
LEAST_JOINED = 3
_MORE = re.compile(r"\s{1,20}(?:more|others?)\b")
_REST = re.compile(r"\b(?:remaining|remainder|(?:the|their|its)\s{1,3}(?:rest|others?))\b", re.IGNORECASE)


def find_sums(material: Material) -> tuple[Sum, ...]:
    """The sums of every article, by article and place of the total."""
    return tuple(
        s
        for article in material.articles
        for s in _sums_of(material, article.id, article.text, material.found[article.id])
    )


def _sums_of(material: Material, article: str, text: str, annotations: Annotations) -> Iterator[Sum]:
    counts = [f for f in annotations.figures if _is_count(f)]
    told = {f.start for f in counts if f.unit is not None or toll_of(material, article, f) is not None}
    home = {f.start: material.sentence_at(article, f.start) for f in counts}
    joined = _joined_parts(text, counts, annotations.sentences)
    found: dict[float, tuple[Figure, list[Figure]]] = {}
    used: set[int] = set()
    ways: tuple[tuple[Callable[[Sequence[Figure], int], list[Figure] | None], int], ...] = (
        (lambda own, n: _tied(_parts_of(own, n), own[n], told, home), LEAST_TOTAL),
        (lambda own, n: _close(_declared_parts(text, own, n), own[n], told, home), LEAST_TOTAL),
        (lambda own, n: _joined_to(joined, own[n]), LEAST_JOINED),
    )
    for find, least in ways:
        for n, total in enumerate(counts):
            if total.value < least or total.value in found or total.start in used:
                continue
            parts = find(counts, n)
            if parts is not None and not any(p.start in used for p in parts):
                used |= {p.start for p in parts}
                found[total.value] = (total, parts)
    for total, parts in found.values():
        yield Sum(
            article=article,
            parts=tuple(p.span for p in parts),
            total=_nearest(counts, total, parts).span,
            part_values=tuple(p.value for p in parts),
            total_value=total.value,
            holds=sum(p.value for p in parts) == total.value,
        )


def _is_count(figure: Figure) -> bool:
    return (
        figure.low == figure.high
        and figure.value == int(figure.value)
        and figure.value > 0
        and (
            figure.unit is None
            or (figure.unit not in time_units() and figure.unit not in ("percentage", "times", "degree"))
        )
    )


def _tied(
    parts: list[Figure] | None, total: Figure, told: Container[int], home: Mapping[int, int | None]
) -> list[Figure] | None:
    """The parts, where they stand in one sentence and the total in another, and each says of what it is."""
    homes = {home[f.start] for f in parts or ()}
    return _told(parts, total, told) if len(homes) == 1 and home[total.start] not in homes else None


def _close(
    parts: list[Figure] | None, total: Figure, told: Container[int], home: Mapping[int, int | None]
) -> list[Figure] | None:
    """The parts, where they stand in two sentences at most; that they do not add up is only said where each but the rest says of what it is."""
    homes = [n for f in parts or () if (n := home[f.start]) is not None]
    if parts is None or not homes or max(homes) - min(homes) > 1:
        return None
    is_whole = sum(f.value for f in parts) == total.value
    return parts if is_whole or _told(parts[:-1], total, told) is not None else None


def _told(parts: list[Figure] | None, total: Figure, told: Container[int]) -> list[Figure] | None:
    """The parts, where they and the total each say of what they are; what is measured is measured in one unit."""
    if parts is None or not all(f.start in told for f in (*parts, total)):
        return None
    units = {f.unit for f in (*parts, total)}
    return parts if len(units) == 1 or not any(is_measure(unit) for unit in units) else None


def _parts_of(counts: Sequence[Figure], n: int) -> list[Figure] | None:
    """Consecutive counts after (or before) a total that add up to it."""
    total = counts[n]
    for start in _near(counts, n):
        run: list[Figure] = []
        for figure in counts[start : start + MAX_PARTS + 2]:
            if figure.value == total.value and _fits(figure, total):
                if run:
                    break
                continue
            if figure.start == total.start or abs(figure.start - total.start) > REACH or not _fits(figure, total):
                break
            run.append(figure)
            if len(run) > MAX_PARTS:
                break
            if (
                len(run) > 1
                and sum(f.value for f in run) == total.value
                and not run[0].start < total.start < run[-1].start
            ):
                return run
    return None


def _near(counts: Sequence[Figure], n: int) -> range:
    """The numbers of the counts within reach of one."""
    first = last = n
    while first > 0 and counts[n].start - counts[first - 1].start <= REACH:
        first -= 1
    while last + 1 < len(counts) and counts[last + 1].start - counts[n].start <= REACH:
        last += 1
    return range(first, last + 1)


def _declared_parts(text: str, counts: Sequence[Figure], n: int) -> list[Figure] | None:
    """The counts from a total to the one called the rest, when they follow within reach."""
    total = counts[n]
    run: list[Figure] = []
    for figure in counts[n + 1 :]:
        if figure.start - total.start > REACH or figure.value >= total.value or not _fits(figure, total):
            return None
        run.append(figure)
        words = text[max(0, figure.start - 16) : figure.end + 12]
        if len(run) > 1 and _REST.search(words):
            return run
        if len(run) > MAX_PARTS:
            return None
    return None


def _joined_parts(text: str, counts: Sequence[Figure], sentences: Sequence[Span]) -> list[list[Figure]]:
    """Counts that follow one another in a sentence, of which the last says that it comes on top: "two guards and two more"."""
    found = []
    for sentence in sentences:
        own = [f for f in counts if sentence.start <= f.start < sentence.end]
        found += [own[n : n + 2] for n in range(len(own) - 1) if _MORE.match(text, own[n + 1].end)]
    return found


def _joined_to(joined: Sequence[list[Figure]], total: Figure) -> list[Figure] | None:
    """The first of such counts that come to a total of the same noun, wherever the report gives it."""
    for parts in joined:
        same = total.unit is not None and total.unit == parts[-1].unit
        if same and total not in parts and sum(p.value for p in parts) == total.value:
            return parts
    return None


def _fits(part: Figure, total: Figure) -> bool:
    return part.unit is None or total.unit is None or part.unit == total.unit or part.unit.endswith(" " + total.unit)


def _nearest(counts: Sequence[Figure], total: Figure, parts: Sequence[Figure]) -> Figure:
    """The total's occurrence that stands closest to the parts."""
    same = [f for f in counts if f.value == total.value and f.unit == total.unit]
    return min(same, key=lambda f: (min(abs(f.start - p.start) for p in parts), f.start))
