from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pytest

from rashomon import codec
from rashomon.errors import CorrectionError, UsageError
from rashomon.group import group, pack, profiles, rarity
from rashomon.model import Article, Story, StoryCorrection
from rashomon.read import read
from rashomon.settings import DEFAULT
from rashomon.text.clusters import MAX_COMPONENT

try:
    from rashomon.run.spark import grouping
    from rashomon.run.spark.grouping import Capped, deal, group_on_spark
except ImportError:
    pytest.skip("pyspark is not installed", allow_module_level=True)

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Spark says so whenever it meets the newest pandas.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")

EXAMPLES = ("harbour", "spillway", "straits")
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va")
VERBS = ("opened", "closed", "flooded", "burned", "collapsed", "moved", "voted", "struck", "settled", "appealed")
THINGS = ("bridge", "school", "market", "depot", "clinic", "tunnel", "ferry", "quarry", "theatre", "mill", "archive")


def examples() -> list[Article]:
    """The reports of the three example stories."""
    return [a for name in EXAMPLES for a in read([Path("examples") / name]).articles]


def made_articles(n_stories: int) -> list[Article]:
    """Short reports of made-up events: names of their own, words in common, some without a day."""
    chance = np.random.default_rng(5)
    made = []
    for story in range(n_stories):
        names = ["".join(chance.choice(SYLLABLES, 3)).capitalize() for _ in range(6)]
        day = date(2024, 1, 1) + timedelta(days=int(chance.integers(900)))
        for report in range(int(chance.choice((1, 1, 2, 4)))):
            text = " ".join(
                f"The {chance.choice(THINGS)} at {chance.choice(names)} {chance.choice(VERBS)} on Monday, "
                f"{chance.choice(names)} {chance.choice(names)} said, after {chance.integers(2, 90)} people came."
                for _ in range(12)
            )
            published = None if chance.random() < 0.05 else (day + timedelta(days=report)).isoformat()
            own = Article(id=f"{story}-{report}", path="", sha256="", text=text, title=f"News of {names[0]}")
            made.append(msgspec.structs.replace(own, published=published))
    return made


def tell_on_spark(
    spark: SparkSession, articles: Sequence[Article], n_parts: int, corrections: Sequence[StoryCorrection] = ()
) -> tuple[list[Story], Capped]:
    """The stories of some articles on Spark, from tables of so many parts, by their ids."""
    own = spark.createDataFrame([(p.id, pack(p)) for p in profiles(articles)], "key string, item binary")
    published = spark.createDataFrame([(a.id, a.published) for a in articles], "key string, published string")
    told, capped = group_on_spark(own.repartition(n_parts), published, corrections=corrections)
    stories = [codec.decode(bytes(row["item"]), Story) for row in told.collect()]
    spark.catalog.clearCache()
    return sorted(stories, key=lambda s: s.id), capped


def by_id(stories: Sequence[Story]) -> list[Story]:
    """Stories in the order of their ids."""
    return sorted(stories, key=lambda s: s.id)


def test_made_and_example_stories_are_those_of_one_machine(
    spark: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In any order and number of parts the stories are the same to the last digit."""
    monkeypatch.setattr(grouping, "PAIRS_AT_ONCE", 150)
    articles = [*examples(), *made_articles(60)]
    assert len(articles) > rarity.LEAST_ARTICLES
    wanted = by_id(group(articles))
    assert sum(len(s.article_ids) > 1 for s in wanted) > 20
    np.random.default_rng(3).shuffle(articles)
    assert tell_on_spark(spark, articles, 5) == (wanted, Capped(0, 0, 0))


def test_labelled_reports_are_grouped_as_on_one_machine(spark: SparkSession, shared: Path) -> None:
    """Stories, links and their scores, of a part of both corpora."""
    folder = shared / "data" / "grouping"
    articles = [a for name in ("gva", "basil") for a in read([folder / f"{name}.jsonl"]).articles][::8]
    wanted = by_id(group(articles))
    assert sum(len(s.article_ids) > 1 for s in wanted) > 20
    assert tell_on_spark(spark, articles, 7) == (wanted, Capped(0, 0, 0))


def test_corrections_reach_over_parts_of_the_graph(spark: SparkSession) -> None:
    """Stories that a reader merges are one wherever their articles lie; what is not there is told."""
    articles = examples()
    names = [s.article_ids for s in group(articles)]
    corrections = [
        StoryCorrection(kind="merge", articles=(names[0][0], names[1][2])),
        StoryCorrection(kind="split", articles=(names[2][1],)),
        StoryCorrection(kind="pin", articles=(names[2][0], names[1][1])),
    ]
    assert tell_on_spark(spark, articles, 3, corrections)[0] == by_id(group(articles, corrections=corrections))
    with pytest.raises(CorrectionError, match="zz"):
        tell_on_spark(spark, articles, 2, [StoryCorrection(kind="split", articles=("zz",))])


def test_large_parts_are_cut_as_on_one_machine(spark: SparkSession) -> None:
    """A part of the graph too large for a matrix is cut where it hangs together weakly; what does so nowhere stays whole."""
    half = MAX_COMPONENT // 2 + 10
    chain = [(n, n + 1, 0.2 if n == half else 0.9) for n in range(2 * half)]
    star = [(5000, 5001 + n, 1.0) for n in range(MAX_COMPONENT)]
    pair = [(9000, 9001, 0.5)]
    links = spark.createDataFrame([*chain, *star, *pair], "left bigint, right bigint, score double")
    pieces, n_cut, n_large = grouping.find_pieces(links, DEFAULT)
    found = Counter(row["piece"] for row in pieces.collect())
    assert found == {0: half + 1, half + 1: half, 5000: MAX_COMPONENT + 1, 9000: 2}
    assert (n_cut, n_large) == (2, 1)


def test_two_articles_of_one_id_are_told(spark: SparkSession) -> None:
    """As on one machine, each article needs an id of its own."""
    with pytest.raises(UsageError, match="another id"):
        tell_on_spark(spark, [*examples(), examples()[0]], 2)


@pytest.mark.parametrize(
    ("days", "dealt"),
    [
        ([], []),
        ([(2, 3), (1, 4)], [(1, 0, 1), (2, 0, 1)]),
        ([(1, 6), (2, 5), (3, 25), (4, 1)], [(1, 0, 1), (2, 1, 1), (3, 2, 3), (4, 5, 1)]),
    ],
)
def test_pairs_are_dealt_by_day(
    monkeypatch: pytest.MonkeyPatch, days: list[tuple[int, int]], dealt: list[tuple[int, int, int]]
) -> None:
    """Days share a part while they fit, and a large one has several."""
    monkeypatch.setattr(grouping, "PAIRS_AT_ONCE", 10)
    assert deal(days) == dealt
