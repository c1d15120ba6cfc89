"""A second look: for every row and every article without a reading, how likely its likeliest stretch tells the row.

A stretch is compared with all of a row's readings at once, and with the words they have in common. What is likely joins the
row, also when it already stands elsewhere; of points, what comes close is shown; only else is the article silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.lining.features import Stretches
from rashomon.collate.lining.scorer import Scorer

if TYPE_CHECKING:
    from rashomon.collate.lining import Lined

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# A stem is a row's own when this share of its readings, and two of them, have it.
OWN_SHARE, OWN_COUNT = 0.4, 2
# What a pair that was not looked at counts for; probabilities are kept off 0 and 1 so that their odds are finite.
UNLIKELY = 0.001


@dataclass(frozen=True)
class NearCell:
    """An article's likeliest stretch for a row it has no reading in, by number, and how likely it tells the row."""

    row: int
    article: int
    stretch: int
    probability: float


class Likelihoods:
    """The probability that two stretches say one thing, both ways round, as the scorer of pairs gave it."""

    def __init__(self, lined: Lined) -> None:
        from scipy.sparse import csr_matrix

        n = len(lined.stands_for)
        both = np.concatenate([lined.probability, lined.probability])
        places = (np.concatenate([lined.left, lined.right]), np.concatenate([lined.right, lined.left]))
        self._matrix = csr_matrix((both, places), shape=(n, n))
        self._stands_for = lined.stands_for

    def among(self, members: Ints) -> Floats:
        """Those of each member with every stretch; shape (n_members, n)."""
        numbers = self._stands_for[members]
        dense: Floats = self._matrix[numbers].toarray()[:, self._stands_for]
        dense[self._stands_for[None] == numbers[:, None]] = 1.0
        return np.clip(dense, UNLIKELY, 1 - UNLIKELY)

    def once(self, members: Sequence[int]) -> Ints:
        """The members, those of the same words once."""
        numbers = np.array(members, np.int64)
        return numbers[np.unique(self._stands_for[numbers], return_index=True)[1]]


def look_again(stretches: Stretches, rows: Sequence[Sequence[int]], lined: Lined, scorer: Scorer) -> Iterator[NearCell]:
    """The likeliest stretch of each article for each row of several articles that has no reading there, row by row."""
    likelihoods = Likelihoods(lined)
    for row, members in enumerate(rows):
        features = cell_features(stretches, members, likelihoods)
        probability = scorer.probability(features)
        have = set(stretches.article[list(members)].tolist())
        for article in sorted(set(stretches.article.tolist()) - have):
            own = np.flatnonzero(stretches.article == article)
            best = int(own[np.argmax(probability[own])])
            yield NearCell(row, article, best, float(probability[best]))


def cell_features(stretches: Stretches, members: Sequence[int], likelihoods: Likelihoods) -> dict[str, Floats]:
    """What tells how likely each stretch tells a row: its odds with the readings of other articles, and the row's own words."""
    numbers = likelihoods.once(members)
    n = len(stretches)
    odds = likelihoods.among(numbers)
    odds = np.log(odds / (1 - odds))
    other = stretches.article[numbers][:, None] != stretches.article[None]
    n_other = np.maximum(1, other.sum(axis=0))
    own = _own_stems(stretches, numbers)
    weight = float(own.sum())
    cover = stretches.presence @ own / (weight + 1e-6)
    telling = float(np.log1p(weight))
    n_articles = len(np.unique(stretches.article))
    return {
        "mean_odds": np.where(other, odds, 0).sum(axis=0) / n_other,
        "best_odds": np.where(other, odds, np.log(UNLIKELY)).max(axis=0),
        "cover": cover,
        "telling": np.full(n, telling),
        "covered": cover * telling,
        "readings": np.full(n, float(np.log(len(numbers)))),
        "spread": np.full(n, len(np.unique(stretches.article[numbers])) / n_articles),
    }


def _own_stems(stretches: Stretches, numbers: Ints) -> Floats:
    """The weight of each stem that a row's readings have in common times the share that has it; 0 for others."""
    counts = np.asarray(stretches.presence[numbers].sum(axis=0)).ravel()
    least = max(OWN_COUNT, OWN_SHARE * len(numbers))
    return np.where(counts >= least, stretches.stem_weights * counts / len(numbers), 0.0)
