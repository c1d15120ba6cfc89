"""Which candidates are acts, and which act: two logistic regressions over hashed features, read with NumPy alone.

The first says how likely a candidate is an act of its actor at all, the second how well its kind fits if it is one.
training/positions.py makes `acts.npz`; docs/positions.md tells from what, and how good it is on stories it has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rashomon.annotate.acts.features import FEATURES, N_BUCKETS, Buckets
from rashomon.errors import MissingModelError

Floats = NDArray[np.float64]

MODEL = Path(__file__).parent / "acts.npz"
# Scores are rounded before they decide: the last bits differ between processors.
_DECIMALS = 3


@dataclass(frozen=True)
class ActModel:
    """A weight a bucket and a bias, for whether (`act`) and for which (`kind`); the probability that an act must reach."""

    act: Floats
    kind: Floats
    act_bias: float
    kind_bias: float
    threshold: float

    def scores(self, rows: Sequence[Buckets]) -> tuple[Floats, Floats]:
        """How likely each row is an act, and how well its kind fits; both from 0 to 1, to three decimals."""
        flat = np.concatenate(rows)
        starts = np.cumsum([0, *(len(row) for row in rows[:-1])])
        return (
            _probability(np.add.reduceat(self.act[flat], starts) + self.act_bias),
            _probability(np.add.reduceat(self.kind[flat], starts) + self.kind_bias),
        )


def _probability(log_odds: Floats) -> Floats:
    rounded: Floats = np.round(1 / (1 + np.exp(-np.clip(log_odds, -60, 60))), _DECIMALS)
    return rounded


@lru_cache(maxsize=1)
def load_act_model(path: Path = MODEL) -> ActModel:
    """The model of the package; raises `MissingModelError` when it was trained with other features than this code has."""
    with np.load(path) as stored:
        trained = tuple(str(name) for name in stored["features"])
        if trained != FEATURES:
            other = sorted(set(trained) ^ set(FEATURES)) or ["their order"]
            raise MissingModelError(
                f"{path} was trained with other features ({', '.join(other)}); train it again: make train-positions"
            )
        return ActModel(
            act=_spread(stored["act_gaps"], stored["act_weights"]),
            kind=_spread(stored["kind_gaps"], stored["kind_weights"]),
            act_bias=float(stored["act_bias"]),
            kind_bias=float(stored["kind_bias"]),
            threshold=float(stored["threshold"]),
        )


def _spread(gaps: NDArray[np.uint32], weights: NDArray[np.float16]) -> Floats:
    """The weights at their buckets, zero elsewhere."""
    column = np.zeros(N_BUCKETS)
    column[np.cumsum(gaps.astype(np.int64))] = weights
    return column
