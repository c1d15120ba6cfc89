"""How rare a term is in news: inverse document frequencies counted once over the development corpora, and shipped.

The table does not change with the library it serves. So the likeness of two articles depends on these two alone, and the
same articles make the same stories in whatever order they arrive.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from rashomon.group.profile import Hashes

Floats = NDArray[np.float32]


def rarity(hashes: Hashes) -> Floats:
    """Inverse document frequency (Spärck Jones 1972) of each term, smoothed; a term never counted is the rarest."""
    known, counts, n_articles = _table()
    at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    frequency = np.where(known[at] == hashes, counts[at], 0)
    return np.log((n_articles + 1) / (frequency + 0.5)).astype(np.float32)


@lru_cache(maxsize=1)
def _table() -> tuple[Hashes, NDArray[np.uint16], int]:
    with files(__package__).joinpath("rarity.npz").open("rb") as file, np.load(file) as table:
        return table["hashes"], table["counts"], int(table["articles"])
