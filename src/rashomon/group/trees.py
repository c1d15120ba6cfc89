"""How likely two articles report one event, from a model of boosted regression trees (Friedman 2001) that ships as arrays.

training/grouping.py makes `pairs.npz`; docs/grouping.md tells from what, and how good it is on stories it has not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from rashomon.group.pairs import FEATURES
from rashomon.group.profile import TERM_VERSION
from rashomon.weights import HEADER, check_features

# What the model must have been trained with.
KNOWN = (TERM_VERSION, *FEATURES)
Floats = NDArray[np.float32]
Probabilities = NDArray[np.float64]


@dataclass(frozen=True)
class Trees:
    """All trees one after the other: a node's feature (-1 at a leaf), threshold, children and value; `roots` begin a tree."""

    feature: NDArray[np.int16]
    threshold: Floats
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    roots: NDArray[np.int32]
    base: float

    def probability(self, rows: Floats, least: float = 0.0) -> Probabilities:
        """The probability of each row; 0 as soon as the trees to come cannot bring it to `least`. Shape: (n_rows,)."""
        score = np.full(len(rows), self.base)
        wanted = np.log(least / (1 - least)) if least > 0 else -np.inf
        running = np.arange(len(rows))
        for root, still in zip(self.roots, self._to_come, strict=True):
            running = running[score[running] + still >= wanted]
            score[running] += self.value[self._leaves(rows[running], root)]
        probability: Probabilities = 1 / (1 + np.exp(-score))
        return np.where(score >= wanted, probability, 0.0)

    def _leaves(self, rows: Floats, root: int) -> NDArray[np.int32]:
        numbers = np.arange(len(rows))
        at = np.full(len(rows), root, np.int32)
        while (inner := self.feature[at] >= 0).any():
            node = at[inner]
            goes_left = rows[numbers[inner], self.feature[node]] <= self.threshold[node]
            at[inner] = np.where(goes_left, self.left[node], self.right[node])
        return at

    @cached_property
    def _to_come(self) -> Probabilities:
        """The most that each tree and all after it can add to a score."""
        ends = [*self.roots[1:].tolist(), len(self.value)]
        best = [self.value[a:b][self.feature[a:b] < 0].max() for a, b in zip(self.roots.tolist(), ends, strict=True)]
        most: Probabilities = np.cumsum(best[::-1])[::-1]
        return most


@lru_cache(maxsize=1)
def load_trees() -> Trees:
    """The model that ships; raises `WrongModelError` where it was trained with other features."""
    with files(__package__).joinpath("pairs.npz").open("rb") as file, np.load(file) as arrays:
        check_features(arrays, KNOWN, "pairs.npz")
        fields = {name: arrays[name] for name in arrays.files if name not in ("base", HEADER)}
        return Trees(**fields, base=float(arrays["base"]))
