"""Pairs of articles: which can report one event at all, and what speaks for it.

Candidates share rare terms, found through an inverted index within a time window; pairs without any are never looked at.
Every feature depends on the two articles alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rashomon.group.profile import FIELDS, TERMS, Profile
from rashomon.group.rarity import Rarity

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# An article is found by so many of its terms, and by none that more articles have: pairs grow with the square of that.
KEYS, MOST_SHARING = 100, 10_000
# What two articles so near in time share must weigh so much (inverse document frequencies, summed); later ones more.
NEAR_DAYS, NEAR_WEIGHT = 30, 12.0
FAR_DAYS, FAR_WEIGHT = 730, 20.0
# A term this rare (inverse document frequency) is counted among the telling ones.
TELLING = 4.0
# Pairs worked on at once.
BLOCK = 20_000
# Articles whose candidates are looked for at once.
ROWS = 256
# What stands for the days between two articles of which one has none: near enough to be judged by what they say.
UNKNOWN_DAYS = 3

FEATURES = (
    *(f"cosine_{field}" for field in FIELDS),
    *(f"{what}_{FIELDS[k]}" for k in TERMS for what in ("sum", "rarest", "telling")),
    "days_apart",
    "shorter",
    "longer",
    "same_source",
    "vector_title",
    "vector_beginning",
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Matrices:
    """Profiles as sparse matrices, a row an article: `weighted` one unit-length matrix a field, `rare` the rarities."""

    weighted: tuple[csr_matrix, ...]
    rare: tuple[csr_matrix, ...]
    days: Ints
    sizes: Floats
    sources: Ints
    vectors: NDArray[np.float16]


def matrices(profiles: Sequence[Profile], rare_in: Rarity) -> Matrices:
    """The matrices of some profiles, rows in their order; an unknown day is -1."""
    from scipy.sparse import csr_matrix, diags

    weighted, rare = [], []
    for number in range(len(FIELDS)):
        own = [p.field(number) for p in profiles]
        starts = np.concatenate([[0], np.cumsum([len(h) for h, _ in own])])
        hashes = np.concatenate([h for h, _ in own]) if own else np.zeros(0, np.uint32)
        counts = np.concatenate([c for _, c in own]) if own else np.zeros(0, np.uint8)
        terms, columns = np.unique(hashes, return_inverse=True)
        shape = (len(profiles), max(1, len(terms)))
        idf = rare_in.of(hashes)
        matrix = csr_matrix(((1 + np.log(counts.astype(np.float32))) * idf, columns.reshape(-1), starts), shape=shape)
        norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        weighted.append(csr_matrix(diags(1 / np.where(norms > 0, norms, 1)) @ matrix).astype(np.float32))
        if number in TERMS:
            rare.append(csr_matrix((idf, columns.reshape(-1), starts), shape=shape))
    sources = {name: n for n, name in enumerate(sorted({p.source for p in profiles}))}
    return Matrices(
        tuple(weighted),
        tuple(rare),
        np.array([-1 if p.day is None else p.day for p in profiles], np.int64),
        np.log([max(1, p.n_chars) for p in profiles]).astype(np.float32) if profiles else np.zeros(0, np.float32),
        np.array([sources[p.source] for p in profiles], np.int64),
        np.array([p.vectors for p in profiles], np.float16),
    )


def features(of: Matrices, left: Ints, right: Ints) -> Floats:
    """What speaks for each pair: one row a pair, one column for each of `FEATURES`; `BLOCK` pairs at most fit in memory."""
    columns = [np.asarray(m[left].multiply(m[right]).sum(axis=1)).ravel() for m in of.weighted]
    for matrix in of.rare:
        shared = _shared(matrix, left, right)
        columns += [
            np.asarray(shared.sum(axis=1)).ravel(),
            shared.max(axis=1).toarray().ravel(),
            np.bincount(shared.nonzero()[0][shared.data >= TELLING], minlength=len(left)),
        ]
    a, b = of.days[left], of.days[right]
    columns += [
        np.log1p(np.where((a < 0) | (b < 0), UNKNOWN_DAYS, np.abs(a - b))),
        np.minimum(of.sizes[left], of.sizes[right]),
        np.maximum(of.sizes[left], of.sizes[right]),
        of.sources[left] == of.sources[right],
        *np.einsum("ijk,ijk->ji", of.vectors[left].astype(np.float32), of.vectors[right].astype(np.float32)),
    ]
    return np.stack([np.asarray(c, np.float32) for c in columns], axis=1)


def _shared(matrix: csr_matrix, left: Ints, right: Ints) -> csr_matrix:
    """The rarities of the terms that both rows of each pair have."""
    from scipy.sparse import csr_matrix

    both = csr_matrix(matrix[left].multiply(matrix[right]))
    both.data = np.sqrt(both.data)
    return both


def find_candidate_pairs(profiles: Sequence[Profile], rare_in: Rarity) -> tuple[Ints, Ints]:
    """Pairs that can report one event, by number, the lower first, in ascending order.

    They share keys that are rare enough together; the further apart they are in time, the rarer. An article without a day
    can belong anywhere.
    """
    if not profiles:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    days = np.array([-1 if p.day is None else p.day for p in profiles])
    found = [np.zeros((0, 2), np.int64)]
    for a, b, weight in shared_weights([keys_of(p, rare_in) for p in profiles], days, rare_in):
        keep = may_be_one_event(weight, days[a], days[b])
        found.append(np.stack([a[keep], b[keep]], axis=1))
    pairs = np.unique(np.sort(np.concatenate(found), axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1]


def keys_of(own: Profile, rare_in: Rarity) -> Ints:
    """The hashes an article is found by: its weightiest rare terms of all kinds, ascending."""
    fields = [own.field(k) for k in TERMS]
    hashes, counts = np.concatenate([h for h, _ in fields]), np.concatenate([c for _, c in fields])
    finding = rare_in.frequency(hashes) <= MOST_SHARING
    hashes, counts = hashes[finding], counts[finding]
    weight = (1 + np.log(counts.astype(np.float32))) * rare_in.of(hashes)
    return np.sort(hashes[np.lexsort((hashes, -weight))[:KEYS]]).astype(np.int64)


def key_weights(keys: Ints, rare_in: Rarity) -> Ints:
    """What each key weighs, in thousandths of its rarity: whole numbers add up to the same sum in any order."""
    return np.round(rare_in.of(keys.astype(np.uint32)).astype(np.float64) * 1000).astype(np.int64)


def may_be_one_event(weight: Ints, days: Ints, day: Ints | int) -> NDArray[np.bool_]:
    """Whether what is shared, in thousandths, is enough for the distance in time; a day below 0 is unknown."""
    unknown = (days < 0) | (np.asarray(day) < 0)
    apart = np.abs(days - day)
    near = (unknown | (apart <= NEAR_DAYS)) & (weight >= NEAR_WEIGHT * 1000)
    fits: NDArray[np.bool_] = near | ((apart <= FAR_DAYS) & (weight >= FAR_WEIGHT * 1000))
    return fits


def shared_weights(keys: Sequence[Ints], days: Ints, rare_in: Rarity) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Pairs of rows that share keys and may be near enough in time, with the weight of what they share, in thousandths.

    The earlier row is first, of one day the one that stands first; each pair comes once, a stretch of days at a time.
    """
    from scipy.sparse import csr_matrix

    order = np.argsort(days, kind="stable")
    at = days[order]
    own = [keys[n] for n in order]
    starts = np.concatenate([[0], np.cumsum([len(k) for k in own])])
    flat = np.concatenate(own)
    terms, columns = np.unique(flat, return_inverse=True)
    shape = (len(own), max(1, len(terms)))
    weighed = csr_matrix((key_weights(flat, rare_in).astype(np.int32), columns.reshape(-1), starts), shape=shape)
    rows = csr_matrix((np.ones(len(flat), np.int32), columns.reshape(-1), starts), shape=shape)
    dated = int(np.searchsorted(at, 0))
    for start in range(0, len(order), ROWS):
        stop = min(start + ROWS, len(order))
        earliest = at[max(start, dated)] - FAR_DAYS if stop > dated else 0
        first = max(dated, int(np.searchsorted(at, earliest))) if stop > dated else stop
        for a, b in ((0, min(dated, stop)), (first, stop)):
            shared = (weighed[start:stop] @ rows[a:b].T).tocoo()
            x, y = shared.row + start, shared.col + a
            keep = y < x
            yield order[y[keep]], order[x[keep]], shared.data[keep]
