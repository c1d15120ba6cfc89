"""The connected parts of a graph of any size: each node with the least of those that it hangs together with.

Edges are made into stars, round by round, by the two steps of Kiveris et al. (2014, Connected Components in MapReduce and
Beyond): every node ties its larger neighbours to the least of all, then its smaller ones. The rounds that takes grow with the
logarithm of the longest way through the graph. Each part of the table is made into stars by itself before, and a graph that
fits one part is done with that.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as sf

from rashomon.errors import EngineError
from rashomon.run.spark.parts import columns_of, table_of
from rashomon.text.clusters import connected

# Edges that a worker looks at together: 16 bytes each.
FEW = 1_000_000
# A chain of a million nodes takes a dozen; more than these means that something is broken.
MOST_ROUNDS = 40
EDGES = "node bigint, least bigint"


def find_components(edges: DataFrame, few: int = FEW, most_rounds: int = MOST_ROUNDS) -> DataFrame:
    """The least node of the part that each node is in, as `node` and `least`, from edges with two columns of numbers.

    Up to `few` edges are looked at in one place. Raises `EngineError` where `most_rounds` are not enough.
    """
    left, right = edges.columns
    stars = edges.where(sf.col(left) != sf.col(right)).mapInArrow(_stars_of_part, EDGES).distinct().persist()
    before = _sum_of(stars)
    if before[0] <= few:
        return _with_centres(stars.coalesce(1).mapInArrow(_stars_of_part, EDGES).persist())
    for _ in range(most_rounds):
        nearer = _tie_smaller(_tie_larger(stars)).persist()
        after = _sum_of(nearer)
        stars.unpersist()
        if after == before:
            return _with_centres(nearer)
        stars, before = nearer, after
    raise EngineError(
        f"the parts of a graph of {before[0]} edges were not found in {most_rounds} rounds; "
        "this is a fault of Rashomon: please report it with the number of articles"
    )


def _stars_of_part(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The edges of one part of the table as stars."""
    for left, right in [columns] if (columns := columns_of(batches)) else []:
        nodes, numbers = np.unique(np.concatenate([left, right]), return_inverse=True)
        labels = connected(len(nodes), numbers[: len(left)], numbers[len(left) :])
        least = nodes[np.unique(labels, return_index=True)[1][labels]]
        outer = nodes != least
        yield table_of(EDGES, nodes[outer], least[outer])


def _tie_larger(edges: DataFrame) -> DataFrame:
    """Of each node the larger neighbours, tied to the least of it and all its neighbours; edges lead to the smaller node."""
    both_ways = sf.array(
        sf.struct(sf.col("node").alias("u"), sf.col("least").alias("v")),
        sf.struct(sf.col("least").alias("u"), sf.col("node").alias("v")),
    )
    around = edges.select(sf.inline(both_ways))
    least = sf.least("u", sf.min("v").over(Window.partitionBy("u")))
    return around.select("u", sf.col("v").alias("node"), least.alias("least")).where("node > u").select("node", "least")


def _tie_smaller(edges: DataFrame) -> DataFrame:
    """Of each node the smaller neighbours and itself, tied to the least of these."""
    least = sf.min("least").over(Window.partitionBy("node"))
    tied = sf.array(
        sf.struct(sf.col("node"), sf.col("m").alias("least")),
        sf.struct(sf.col("least").alias("node"), sf.col("m").alias("least")),
    )
    return edges.withColumn("m", least).select(sf.inline(tied)).where("node != least").distinct()


def _with_centres(stars: DataFrame) -> DataFrame:
    """The stars and, tied to themselves, their centres."""
    centres = stars.select(sf.col("least").alias("node"), "least").distinct()
    return stars.unionByName(centres)


def _sum_of(edges: DataFrame) -> tuple[int, int]:
    """How many edges there are, and a number that tells other edges from these."""
    [[n_edges, mixed]] = edges.agg(sf.count("*"), sf.bit_xor(sf.xxhash64("node", "least"))).collect()
    return n_edges, mixed or 0
