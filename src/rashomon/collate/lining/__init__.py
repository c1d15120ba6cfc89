"""lining: which stretches of a story's articles say one thing.

Stretches → candidates (neighbours in meaning) → scorer → vetoes → grouping. Every section of a collation that lines up
readings over articles brings its stretches and what bars two of them, and makes rows of the groups.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.lining.features import Floats, Ints, Stretch, Stretches, pair_features
from rashomon.collate.lining.nearest import count_nearest, near_pairs
from rashomon.collate.lining.scorer import Scorer, Scorers, load_scorers
from rashomon.text.clusters import group_alike

if TYPE_CHECKING:
    from rashomon.collate.material import Material

__all__ = ["Lined", "Scorer", "Scorers", "Stretch", "Stretches", "line_up", "load_scorers", "pairs_of", "weigh"]

Veto = Callable[[int, int], bool]
# So many words in a row, in quotation marks, are of one remark wherever they stand.
LEAST_CUT = 5


@dataclass(frozen=True)
class Lined:
    """Stretches lined up.

    `groups` hold their numbers, ascending; `left`, `right` and `probability` the pairs that were looked at, by the numbers of
    stretches that stand for all of the same words, which `stands_for` gives for every stretch.
    """

    groups: list[list[int]]
    left: Ints
    right: Ints
    probability: Floats
    stands_for: Ints


class Compared(NamedTuple):
    """Stretches of a story, those of the same words once, and which two of these are looked at.

    `alike` holds, for each of `stretches`, the numbers of the items that it stands for.
    """

    alike: list[list[int]]
    stretches: Stretches
    left: Ints
    right: Ints


def line_up(material: Material, items: Sequence[Stretch], scorer: Scorer, is_barred: Veto | None = None) -> Lined:
    """Groups of stretches that say one thing, no pair likely on average below the scorer's bar.

    Stretches of the same words, as copies of one text have them, are one stretch to be compared, and count once. Words in quotation
    marks that stand in another's word for word need no likelihood.
    """
    if not items:
        empty = np.zeros(0, np.int64)
        return Lined([], empty, empty, np.zeros(0), empty)
    alike, stretches, left, right = compare(material, items, scorer, is_barred)
    probability = scorer.probability(pair_features(stretches, material.whole_sentences, left, right))
    probability = np.where(_is_cut_of_other(material, stretches.items, left, right), 1.0, probability)
    groups = group_alike(len(stretches), left, right, probability, scorer.least, "average")
    stands_for = np.zeros(len(items), np.int64)
    for members in alike:
        stands_for[members] = members[0]
    first = np.array([members[0] for members in alike], np.int64)
    return Lined(
        sorted(sorted(n for k in group for n in alike[k]) for group in groups),
        first[left],
        first[right],
        probability,
        stands_for,
    )


def compare(material: Material, items: Sequence[Stretch], scorer: Scorer, is_barred: Veto | None = None) -> Compared:
    """The stretches of other words, and the pairs of them that are near, of different articles, and not barred."""
    alike = _same_words(material, items)
    firsts = [members[0] for members in alike]
    stretches = Stretches(material, [items[n] for n in firsts])
    left, right = near_pairs(stretches.vectors, stretches.article, scorer.floor, count_nearest(len(material.ids)))
    articles = [frozenset(items[n].article for n in members) for members in alike]
    keep = np.array(
        [
            articles[a].isdisjoint(articles[b]) and not (is_barred and is_barred(firsts[a], firsts[b]))
            for a, b in zip(left.tolist(), right.tolist(), strict=True)
        ],
        bool,
    )
    return Compared(alike, stretches, left[keep], right[keep])


def _is_cut_of_other(material: Material, items: Sequence[Stretch], left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Of which pairs both are direct speech, and one is a stretch of the other, word for word: one remark, cut by one report."""
    words = [material.folded(item.article, *item.spans) if item.is_direct else () for item in items]
    said = [f" {' '.join(own)} " if len(own) >= LEAST_CUT else "" for own in words]
    if not any(said):
        return np.zeros(len(left), bool)
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    return np.array([bool(said[a] and said[b]) and (said[a] in said[b] or said[b] in said[a]) for a, b in pairs], bool)


def _same_words(material: Material, items: Sequence[Stretch]) -> list[list[int]]:
    """The numbers of stretches by their words and who speaks, in order of the first."""
    found: dict[tuple[str | None, tuple[str, ...]], list[int]] = {}
    for n, item in enumerate(items):
        found.setdefault((item.speaker, material.folded(item.article, *item.spans)), []).append(n)
    return list(found.values())


def pairs_of(material: Material, items: Sequence[Stretch]) -> tuple[Ints, Ints, dict[str, Floats]]:
    """Every pair of different articles with its features, to learn from."""
    stretches = Stretches(material, items)
    left, right = near_pairs(stretches.vectors, stretches.article, -1.0)
    return left, right, pair_features(stretches, material.whole_sentences, left, right)


def weigh(
    material: Material,
    items: Sequence[Stretch],
    pairs: Sequence[tuple[int, int]],
    scorer: Scorer,
    is_barred: Veto | None = None,
) -> dict[tuple[int, int], tuple[float, dict[str, float]]]:
    """The probability of each of some pairs that `line_up` looks at, and what each feature added to it: what it decides by."""
    alike, stretches, left, right = compare(material, items, scorer, is_barred)
    number = {n: k for k, members in enumerate(alike) for n in members}
    looked_at = {pair: n for n, pair in enumerate(zip(left.tolist(), right.tolist(), strict=True))}
    found = {}
    for a, b in pairs:
        one, other = sorted((number[a], number[b]))
        if (at := looked_at.get((one, other))) is not None:
            found[a, b] = at
    kept = np.array(list(found.values()), np.int64)
    features = pair_features(stretches, material.whole_sentences, left[kept], right[kept])
    sure = _is_cut_of_other(material, stretches.items, left[kept], right[kept]).tolist()
    weighed = zip(found, scorer.weigh(features), sure, strict=True)
    return {pair: (1.0 if is_cut else probability, parts) for pair, (probability, parts), is_cut in weighed}
