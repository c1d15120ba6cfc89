"""Model files: NumPy archives with a header that says which features they were trained with, and what trained them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from rashomon import codec
from rashomon.errors import WrongModelError
from rashomon.model import ModelHeader, Provenance

HEADER = "header"


def stamp(features: Sequence[str], provenance: Provenance) -> NDArray[np.uint8]:
    """The header as an array, to be saved under `HEADER` beside the weights."""
    return np.frombuffer(codec.encode(ModelHeader(features=tuple(features), provenance=provenance)), np.uint8)


def header_of(arrays: Mapping[str, NDArray[np.generic]], name: str) -> ModelHeader:
    """The header of a model file; raises `WrongModelError` where it has none."""
    try:
        return codec.decode(arrays[HEADER].tobytes(), ModelHeader)
    except (KeyError, msgspec.MsgspecError) as error:
        raise WrongModelError(f"{name}: has no header that says what it was trained with; train it again") from error


def check_features(arrays: Mapping[str, NDArray[np.generic]], features: Sequence[str], name: str) -> None:
    """Refuse a model that was trained with other features than those computed here; raises `WrongModelError`."""
    known = header_of(arrays, name).features
    if known != tuple(features):
        odd = sorted(set(known) ^ set(features)) or ["their order"]
        raise WrongModelError(
            f"{name}: was trained with other features than this version computes ({', '.join(odd[:4])}); train it again"
        )
