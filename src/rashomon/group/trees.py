"""How likely two articles report one event, from a model of boosted regression trees (Friedman 2001) that ships as arrays.

training/grouping.py makes `pairs.npz`; docs/grouping.md tells from what, and how good it is on stories it has not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

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

    def probability(self, rows: Floats) -> Probabilities:
        """The probability of each row. Shape: (n_rows,)."""
        score = np.full(len(rows), self.base)
        numbers = np.arange(len(rows))
        for root in self.roots:
            at = np.full(len(rows), root, np.int32)
            while (inner := self.feature[at] >= 0).any():
                node = at[inner]
                goes_left = rows[numbers[inner], self.feature[node]] <= self.threshold[node]
                at[inner] = np.where(goes_left, self.left[node], self.right[node])
            score += self.value[at]
        probability: Probabilities = 1 / (1 + np.exp(-score))
        return probability


@lru_cache(maxsize=1)
def load_trees() -> Trees:
    """The model that ships."""
    with files(__package__).joinpath("pairs.npz").open("rb") as file, np.load(file) as arrays:
        return Trees(**{name: arrays[name] for name in arrays.files if name != "base"}, base=float(arrays["base"]))
