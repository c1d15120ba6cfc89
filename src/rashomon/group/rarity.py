"""How rare a term is in news: inverse document frequencies from the development corpora, and from the articles at hand.

The counts that ship know the names of some years and countries. Where there are enough articles, their own counts are added,
so that what everybody there writes of counts for little. Between two countings the likeness of two articles depends on these
two alone, and the same articles make the same stories in whatever order they come.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from rashomon.group.profile import TERM_VERSION, Hashes, Profile
from rashomon.provenance import provenance_of
from rashomon.weights import check_features, stamp

Floats = NDArray[np.float32]
# Fewer articles say too little of what is common, and a story's own names would count as common.
LEAST_ARTICLES = 100
# The articles at hand weigh together at least as much as so many.
LOCAL_WEIGHT = 1500


@dataclass(frozen=True)
class Rarity:
    """In how many of how many articles each term stands; hashes ascending, other terms in none."""

    hashes: Hashes
    counts: Floats
    n_articles: float

    def of(self, hashes: NDArray[np.uint32]) -> Floats:
        """Inverse document frequency (Spärck Jones 1972) of each term, smoothed; a term never counted is the rarest."""
        rarity: Floats = np.log((self.n_articles + 1) / (self.frequency(hashes) + 0.5)).astype(np.float32)
        return rarity

    def frequency(self, hashes: NDArray[np.uint32]) -> Floats:
        """In how many articles each term stands."""
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        frequency: Floats = np.where(self.hashes[at] == hashes, self.counts[at], np.float32(0))
        return frequency

    def with_counts_of(self, profiles: Iterable[Profile]) -> Rarity:
        """These counts and those of some articles, where there are enough of them."""
        own = [np.unique(p.hashes) for p in profiles]
        if len(own) < LEAST_ARTICLES:
            return self
        return self.with_counts(*np.unique(np.concatenate(own), return_counts=True), len(own))

    def with_counts(self, local: Hashes, told: NDArray[np.int64], n_articles: int) -> Rarity:
        """These counts and in how many of some articles each term stands; terms ascending, `LEAST_ARTICLES` at least."""
        weight = max(1.0, LOCAL_WEIGHT / n_articles)
        hashes = np.union1d(self.hashes, local)
        counts = np.zeros(len(hashes), np.float32)
        counts[np.searchsorted(hashes, self.hashes)] += self.counts
        counts[np.searchsorted(hashes, local)] += (weight * told).astype(np.float32)
        return Rarity(hashes, counts, self.n_articles + weight * n_articles)

    def pack(self) -> bytes:
        """The counts as bytes."""
        out = io.BytesIO()
        np.savez_compressed(
            out,
            hashes=self.hashes,
            counts=self.counts,
            articles=np.float64(self.n_articles),
            header=stamp((TERM_VERSION,), provenance_of((), ())),
        )
        return out.getvalue()


def unpack_rarity(data: bytes) -> Rarity:
    """The counts that `pack` made bytes of; raises `WrongModelError` where other terms were counted."""
    with np.load(io.BytesIO(data)) as table:
        check_features(table, (TERM_VERSION,), "the counting of terms")
        return Rarity(table["hashes"].astype(np.uint32), table["counts"].astype(np.float32), float(table["articles"]))


@lru_cache(maxsize=1)
def shipped() -> Rarity:
    """The counts that ship."""
    return unpack_rarity(files("rashomon.group").joinpath("rarity.npz").read_bytes())
