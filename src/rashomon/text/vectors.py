"""Sentence vectors: the mean of static word-piece vectors distilled from all-MiniLM-L6-v2.

Wang et al., MiniLM (2020); Tulkens and van Dongen, Model2Vec (2024). training/vectors.py made the files; they are read
from the package, never fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from model2vec import StaticModel

FOLDER = Path(__file__).parent / "minilm"


@lru_cache(maxsize=1)
def load_vectors() -> StaticModel:
    """The vectors that ship with the package, loaded once."""
    from model2vec import StaticModel

    return StaticModel.from_pretrained(FOLDER)


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """One row of length 1 for each text (of length 0 for a text without words); shape (n_texts, 256)."""
    if not texts:
        return np.zeros((0, 256), dtype=np.float32)
    rows = np.asarray(load_vectors().encode(list(texts), use_multiprocessing=False), dtype=np.float32)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    # rounded so that the last bits, which differ between processors, cannot tip a threshold
    unit: NDArray[np.float32] = np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0)
    return np.round(unit, 5)
