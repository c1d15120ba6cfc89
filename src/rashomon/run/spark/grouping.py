"""The stories of a corpus: the stages of `rashomon.group`, each over a table of Spark, and what they find exactly the same.

The functions are those of one machine and see what they would see there: a pair its two profiles, a connected part of the graph
of links all its links. Which rows lie together changes nothing, for the likeness of two articles depends on these two alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
from pyspark import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql import functions as sf

from rashomon import codec
from rashomon.errors import UsageError
from rashomon.group import MOST_SHARING, Rarity, link, tell_stories, unpack
from rashomon.group.stories import correct
from rashomon.model import Link, StoryCorrection
from rashomon.run.corpus.stories import first_day
from rashomon.run.spark.candidates import count_terms, find_pairs
from rashomon.run.spark.components import find_components
from rashomon.run.spark.parts import table_of
from rashomon.settings import DEFAULT, Settings
from rashomon.text.clusters import MAX_COMPONENT, connected, small_components

# Pairs that are scored at once, with the profiles of both: neighbours in time, so that a profile is sent to few places.
PAIRS_AT_ONCE = 50_000
LINKS = "left bigint, right bigint, left_id string, right_id string, score double"
FINER = "node bigint, finer bigint"
STORIES = "key string, item binary, day string"


@dataclass(frozen=True)
class Capped:
    """What was too much to be treated like the rest; on one machine it is treated the same way.

    `common_terms` find no article, for too many have them. `cut_components` are parts of the graph of links that are too large
    for one likeness matrix, and are cut at a higher likeness; those that hang together at every likeness are `large_stories`.
    """

    common_terms: int
    cut_components: int
    large_stories: int


def group_on_spark(
    profiles: DataFrame,
    published: DataFrame,
    settings: Settings = DEFAULT,
    corrections: Sequence[StoryCorrection] = (),
) -> tuple[DataFrame, Capped]:
    """The stories of some articles as `key`, codec bytes (`item`) and first `day`, in no order, and what was capped on the way.

    `profiles` has an article's id as `key` and its packed profile as `item`, each article once; `published` has when it was
    published by its `key`. What is found on the way is kept by Spark until its cache is cleared. Raises `UsageError` for two articles of one id, `CorrectionError` where a correction
    names an article that is not there.
    """
    spark = profiles.sparkSession
    n_parts = int(spark.conf.get("spark.sql.shuffle.partitions") or 1)
    own = profiles.select(sf.xxhash64("key").alias("node"), "key", "item")
    rarity = count_terms(own, _count_articles(own))
    rare_in = spark.sparkContext.broadcast(rarity)
    pairs = find_pairs(own, rare_in, n_parts).persist()
    links = _link(own, pairs, rare_in, settings).persist()
    pieces, n_cut, n_large = find_pieces(links, settings)
    pairs.unpersist()
    dated = own.select("node", "key").join(published.select("key", "published"), "key", "left")
    members = dated.join(pieces, "node", "left").withColumn("piece", sf.coalesce("piece", "node"))
    told = _tell(members, links, pieces, settings, corrections, n_parts)
    return told, Capped(int((rarity.counts > MOST_SHARING).sum()), n_cut, n_large)


def _count_articles(own: DataFrame) -> int:
    """How many articles there are. Raises `UsageError` for two of one id."""
    [[n_articles, n_nodes]] = own.agg(sf.count("*"), sf.count_distinct("node")).collect()
    if n_nodes < n_articles:
        alike = own.groupBy("node").agg(sf.min("key"), sf.max("key"), sf.count("*").alias("n")).where("n > 1").first()
        assert alike is not None
        raise UsageError(f"the ids {alike[1]} and {alike[2]} are one, or have one number; give an article another id")
    return int(n_articles)


def _link(own: DataFrame, pairs: DataFrame, rare_in: Broadcast[Rarity], settings: Settings) -> DataFrame:
    """Those of the pairs that can tie a story together."""
    days = deal((day, n) for day, n in pairs.groupBy("day").count().collect())
    places = sf.broadcast(pairs.sparkSession.createDataFrame(days, "day int, first int, wide int"))
    placed = pairs.join(places, "day").select(
        (sf.col("first") + sf.expr("pmod(left, wide)")).cast("int").alias("part"), "left", "right"
    )
    ends = sf.array(sf.struct(sf.col("left").alias("node")), sf.struct(sf.col("right").alias("node")))
    needed = placed.select(sf.col("part").alias("place"), sf.inline(ends)).distinct().join(own, "node")
    score = partial(_score, rare_in, codec.encode(settings))
    return placed.groupBy("part").cogroup(needed.groupBy("place")).applyInArrow(score, LINKS)


def deal(days: Iterable[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Where the pairs of each day go, from how many each has: the first part, and over how many parts they are spread.

    Days follow each other through the parts, and a day that has more than a part holds has parts of its own.
    """
    dealt, part, filled = [], 0, 0
    for day, n_pairs in sorted(days):
        wide = -(-n_pairs // PAIRS_AT_ONCE)
        if filled and filled + n_pairs > PAIRS_AT_ONCE:
            part, filled = part + 1, 0
        dealt.append((day, part, wide))
        part, filled = (part + wide, 0) if wide > 1 else (part, filled + n_pairs)
    return dealt


def _score(rare_in: Broadcast[Rarity], settings: bytes, pairs: pa.Table, profiles: pa.Table) -> pa.Table:
    """The links of some pairs, whose profiles are here."""
    nodes = profiles["node"].to_numpy()
    order = np.argsort(nodes)
    own = [unpack(profiles["item"][n].as_py()) for n in order.tolist()]
    node_of = dict(zip((p.id for p in own), nodes[order].tolist(), strict=True))
    left, right = (np.searchsorted(nodes[order], pairs[side].to_numpy()) for side in ("left", "right"))
    links = link(own, left, right, rare_in.value, codec.decode(settings, Settings))
    ids = [[k.left for k in links], [k.right for k in links]]
    ends = [np.array([node_of[i] for i in side], np.int64) for side in ids]
    scores = pa.array([k.score for k in links], pa.float64())
    return pa.Table.from_batches([table_of(LINKS, *ends, *(pa.array(side, pa.string()) for side in ids), scores)])


def find_pieces(links: DataFrame, settings: Settings) -> tuple[DataFrame, int, int]:
    """The piece of the graph of links that each node of it is in, and how many parts were cut and how many pieces stayed large.

    A part that is too large for one likeness matrix is cut by all its links, which are numbers, in one place.
    """
    parts = find_components(links.select("left", "right")).withColumnRenamed("least", "piece").persist()
    large = _large(parts)
    if not large:
        return parts, 0, 0
    cut = sf.broadcast(links.sparkSession.createDataFrame([(piece,) for piece in large], "piece bigint"))
    ends = parts.join(cut, "piece").select(sf.col("node").alias("left"), "piece")
    inside = links.join(ends, "left").select("piece", "left", "right", "score")
    finer = inside.groupBy("piece").applyInArrow(_cutting(settings.group.story_similarity / 2), FINER)
    pieces = parts.join(finer, "node", "left").select("node", sf.coalesce("finer", "piece").alias("piece")).persist()
    return pieces, len(large), len(_large(pieces))


def _large(pieces: DataFrame) -> list[int]:
    """The pieces that are too large for one likeness matrix."""
    sizes = pieces.groupBy("piece").count().where(sf.col("count") > MAX_COMPONENT)
    return sorted(row["piece"] for row in sizes.select("piece").collect())


def _cutting(floor: float) -> Callable[[pa.Table], pa.Table]:
    """From the links of a part to its nodes, each with the least node of its piece."""

    def cut(links: pa.Table) -> pa.Table:
        ends = [links["left"].to_numpy(), links["right"].to_numpy()]
        nodes, numbers = np.unique(np.concatenate(ends), return_inverse=True)
        left, right = numbers[: len(ends[0])], numbers[len(ends[0]) :]
        labels = small_components(len(nodes), left, right, links["score"].to_numpy(), floor)
        least = nodes[np.unique(labels, return_index=True)[1][labels]]
        return pa.Table.from_batches([table_of(FINER, nodes, least)])

    return cut


def _tell(
    members: DataFrame,
    links: DataFrame,
    pieces: DataFrame,
    settings: Settings,
    corrections: Sequence[StoryCorrection],
    n_parts: int,
) -> DataFrame:
    """The stories of all pieces, as many of them told at once as a part has."""
    homes = _homes(members, corrections)
    members, pieces = _at_home(members, homes), _at_home(pieces, homes)
    for end in ("left", "right"):
        at_end = (sf.col(name).alias(f"{end}_{name}" if name != "node" else end) for name in ("node", "piece", "home"))
        links = links.join(pieces.select(*at_end), end)
    inside = links.where("left_home = right_home").select(
        sf.expr(f"pmod(left_home, {n_parts})").alias("part"),
        "left_id",
        "right_id",
        "score",
        sf.expr("left_piece = right_piece").alias("tied"),
    )
    own = members.select(sf.expr(f"pmod(home, {n_parts})").alias("part"), "key", "published")
    tell = partial(_tell_part, codec.encode(settings), codec.encode(list(corrections)))
    return own.groupBy("part").cogroup(inside.groupBy("part")).applyInArrow(tell, STORIES)


def _homes(members: DataFrame, corrections: Sequence[StoryCorrection]) -> list[tuple[int, int]]:
    """The piece at which each piece that a correction names is told, so that all that a correction names stand together."""
    named = sorted({a for c in corrections for a in c.articles})
    if not named:
        return []
    found = members.where(sf.col("key").isin(named)).select("key", "piece").collect()
    piece = {row["key"]: row["piece"] for row in found}
    correct([[article] for article in piece], corrections)  # raises where an article is not there
    own = sorted(set(piece.values()))
    ties = [(own.index(piece[c.articles[0]]), own.index(piece[a])) for c in corrections for a in c.articles]
    left, right = np.array(ties, np.int64).T
    labels = connected(len(own), left, right).tolist()
    return [(p, own[labels.index(label)]) for p, label in zip(own, labels, strict=True)]


def _at_home(table: DataFrame, homes: Sequence[tuple[int, int]]) -> DataFrame:
    """The table with the `home` of each piece."""
    if not homes:
        return table.withColumn("home", sf.col("piece"))
    told = table.sparkSession.createDataFrame(list(homes), "piece bigint, home bigint")
    return table.join(sf.broadcast(told), "piece", "left").withColumn("home", sf.coalesce("home", "piece"))


def _tell_part(settings: bytes, corrections: bytes, members: pa.Table, links: pa.Table) -> pa.Table:
    """The stories of some pieces, of which all articles and links are here."""
    published = dict(zip(members["key"].to_pylist(), members["published"].to_pylist(), strict=True))
    ends = (links[name].to_pylist() for name in ("left_id", "right_id", "score", "tied"))
    own = [(Link(left=a, right=b, score=score), tied) for a, b, score, tied in zip(*ends, strict=True)]
    applied = [c for c in codec.decode(corrections, list[StoryCorrection]) if published.keys() & set(c.articles)]
    stories = tell_stories(
        published,
        [k for k, tied in own if tied],
        codec.decode(settings, Settings),
        applied,
        [k for k, tied in own if not tied],
    )
    columns = (
        pa.array([s.id for s in stories], pa.string()),
        pa.array([codec.encode(s) for s in stories], pa.binary()),
        pa.array([first_day(published[a] for a in s.article_ids) for s in stories], pa.string()),
    )
    return pa.Table.from_batches([table_of(STORIES, *columns)])
