"""Which articles of a corpus are compared: pairs that share enough rare terms, found by the terms, wherever their profiles lie.

Each term with the articles that are found by it goes to one part of the table, where what pairs share is added up as on one
machine; the sums of a pair from all parts are added at the place of its earlier article. What weighs nothing is never sent: a
term that stands in too many articles finds none (`rashomon.group.MOST_SHARING`), and sums travel packed, thousands in a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyspark import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql import functions as sf

from rashomon.group import LEAST_ARTICLES, Rarity, keys_of, may_be_one_event, shared_weights, shipped, unpack
from rashomon.run.spark.parts import columns_of, table_of

TERMS = "term bigint, n bigint"
KEYS = "term bigint, node bigint, day int"
SUMS = "part int, sums binary"
PAIRS = "left bigint, right bigint, day int"
# What two articles share by some of the terms.
SHARED = np.dtype([("left", "<i8"), ("right", "<i8"), ("left_day", "<i4"), ("right_day", "<i4"), ("weight", "<i4")])
# Pairs that a worker holds before it sends them on.
HELD = 1_000_000


def count_terms(profiles: DataFrame, n_articles: int) -> Rarity:
    """How rare terms are, from the `item` of all profiles and what ships."""
    if n_articles < LEAST_ARTICLES:
        return shipped()
    counted = profiles.select("item").mapInArrow(_count, TERMS).groupBy("term").agg(sf.sum("n").alias("n")).toArrow()
    terms, told = counted["term"].to_numpy().astype(np.uint32), counted["n"].to_numpy()
    order = np.argsort(terms)
    return shipped().with_counts(terms[order], told[order], n_articles)


def find_pairs(profiles: DataFrame, rare_in: Broadcast[Rarity], n_parts: int) -> DataFrame:
    """Pairs of nodes that can report one event, the earlier article left, with its day, from each profile's `node` and `item`."""
    keys = profiles.select("node", "item").mapInArrow(partial(_find_keys, rare_in), KEYS)
    sums = keys.repartition(n_parts, "term").mapInArrow(partial(_share, rare_in, n_parts), SUMS)
    return sums.groupBy("part").applyInArrow(_add, PAIRS)


def _count(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        own = [np.unique(unpack(item).hashes) for item in batch.column(0).to_pylist()]
        terms, told = np.unique(np.concatenate(own), return_counts=True)
        yield table_of(TERMS, terms.astype(np.int64), told)


def _find_keys(rare_in: Broadcast[Rarity], batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        own = [unpack(item) for item in batch.column("item").to_pylist()]
        keys = [keys_of(p, rare_in.value) for p in own]
        sizes = [len(k) for k in keys]
        days = np.array([-1 if p.day is None else p.day for p in own], np.int32)
        yield table_of(
            KEYS, np.concatenate(keys), np.repeat(batch.column("node").to_numpy(), sizes), np.repeat(days, sizes)
        )


def _share(rare_in: Broadcast[Rarity], n_parts: int, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """What pairs share of the terms of one part of the table."""
    for terms, nodes, days in [columns] if (columns := columns_of(batches)) else []:
        order = np.lexsort((terms, nodes))
        own, first = np.unique(nodes[order], return_index=True)
        keys, day = np.split(terms[order], first[1:]), days[order][first].astype(np.int64)
        held: list[NDArray[np.void]] = []
        for a, b, weight in shared_weights(keys, day, rare_in.value):
            held.append(_shared(own, day, a, b, weight))
            if sum(map(len, held)) >= HELD:
                yield _dealt(np.concatenate(held), n_parts)
                held = []
        if held:
            yield _dealt(np.concatenate(held), n_parts)


def _shared(
    own: NDArray[np.int64],
    day: NDArray[np.int64],
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    weight: NDArray[np.int64],
) -> NDArray[np.void]:
    shared = np.empty(len(a), SHARED)
    for name, values in zip(SHARED.names or (), (own[a], own[b], day[a], day[b], weight), strict=True):
        shared[name] = values
    return shared


def _dealt(shared: NDArray[np.void], n_parts: int) -> pa.RecordBatch:
    """Sums in as many rows as there are parts, all of one left article in the same part."""
    part = shared["left"] % n_parts
    order = np.argsort(part, kind="stable")
    bounds = np.searchsorted(part[order], np.arange(n_parts + 1))
    packed = [shared[order[a:b]].tobytes() for a, b in pairwise(bounds.tolist())]
    return pa.record_batch([pa.array(range(n_parts), pa.int32()), pa.array(packed, pa.binary())], ["part", "sums"])


def _add(sums: pa.Table) -> pa.Table:
    """The pairs of a part that share enough for their distance in time."""
    shared = np.concatenate([np.frombuffer(own, SHARED) for own in sums["sums"].to_pylist()])
    shared = shared[np.lexsort((shared["right"], shared["left"]))]
    news = (np.diff(shared["left"], prepend=0) != 0) | (np.diff(shared["right"], prepend=0) != 0)
    news[:1] = True
    starts = np.flatnonzero(news)
    weight = np.add.reduceat(shared["weight"], starts, dtype=np.int64) if len(starts) else np.zeros(0, np.int64)
    pairs = shared[starts]
    keep = may_be_one_event(weight, pairs["left_day"].astype(np.int64), pairs["right_day"].astype(np.int64))
    found = pairs[keep]
    return pa.Table.from_batches(
        [table_of(PAIRS, *(np.ascontiguousarray(found[n]) for n in ("left", "right", "left_day")))]
    )
