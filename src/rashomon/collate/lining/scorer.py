"""The learned scorers: how likely a pair says one thing, and a report has a row, each from named features.

They are logistic regressions (training/lining.py makes the files; docs/lining.md tells from what, and how good they are on
stories they have not seen), so that every probability falls apart into what each feature gave.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rashomon.collate.lining.encoder import encoder_name
from rashomon.errors import WrongModelError

Floats = NDArray[np.float64]
# Probabilities are rounded before they decide, so that the last bits, which differ between processors, tip nothing.
DECIMALS = 3


class Scorer(Struct, frozen=True, kw_only=True):
    """Weights of standardised features.

    `least` is the probability from which stretches are lined up (on average within a row) or a report joins a row; `near` the
    one from which a report comes near; `floor` the cosine below which pairs are not looked at.
    """

    encoder: str
    features: tuple[str, ...]
    center: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    least: float
    near: float = 1.0
    floor: float = -1.0

    def probability(self, features: Mapping[str, Floats]) -> Floats:
        """The probability of each row, rounded; shape (n,)."""
        total = np.full(len(next(iter(features.values()))), self.bias)
        for value in self.parts(features).values():
            total += value
        probability: Floats = np.round(1 / (1 + np.exp(-total)), DECIMALS)
        return probability

    def parts(self, features: Mapping[str, Floats]) -> dict[str, Floats]:
        """What each feature adds to the logarithm of the odds."""
        missing = [name for name in self.features if name not in features]
        if missing:
            raise WrongModelError(f"the model was trained with features that are not made: {', '.join(missing)}")
        rows = zip(self.features, self.center, self.scale, self.weights, strict=True)
        return {name: (features[name] - center) / scale * weight for name, center, scale, weight in rows}

    def weigh(self, features: Mapping[str, Floats]) -> list[tuple[float, dict[str, float]]]:
        """For each row its probability, and what each feature added to the logarithm of the odds, to two decimals."""
        parts = self.parts(features)
        return [
            (probability, {name: round(float(values[n]), 2) for name, values in parts.items()})
            for n, probability in enumerate(self.probability(features).tolist())
        ]


class Scorers(Struct, frozen=True, kw_only=True):
    """The scorers of pairs (sentences, statements, figures, acts) and of cells (reports that may have a point, or a remark)."""

    points: Scorer
    quotes: Scorer
    cells: Scorer
    remarks: Scorer
    figures: Scorer
    positions: Scorer


def read_scorer(package: str, name: str) -> Scorer:
    """The scorer of a file that ships in a package."""
    return msgspec.json.decode(files(package).joinpath(name).read_bytes(), type=Scorer)


@lru_cache(maxsize=1)
def load_scorers() -> Scorers:
    """The scorers that ship. Raises `WrongModelError` when they were trained with another encoder than ships."""
    scorers = msgspec.json.decode(files(__package__).joinpath("scorers.json").read_bytes(), type=Scorers)
    trained_with = {scorers.points.encoder, scorers.quotes.encoder}
    if trained_with != {encoder_name()}:
        raise WrongModelError(
            f"the scorers were trained with {', '.join(sorted(trained_with))}, and {encoder_name()} is installed; "
            "run make train-lining, or install rashomon again"
        )
    return scorers
