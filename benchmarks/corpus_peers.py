"""What others do on Spark with the articles of a corpus: near-duplicates by MinHash, text reuse by n-grams and alignment.

`near_duplicates` is MinHash LSH with datasketch's signatures and bands. `reused` is the method of Smith, Cordell and Mullen (2015,
Computational Methods for Uncovering Reprinted Texts in Antebellum Newspapers), whose program is passim: postings of word n-grams
within bounds of document frequency, pairs that share several, local alignment of these. It is written here from the paper.
`borrowed` is ours: the pairs in one story of which one text drew on the other. Each gives the pairs of ids that it finds, from
articles with `id`, `day` and `text`. Pairs may be as far apart in time as grouping looks back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import numpy as np
import pyarrow as pa
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray
from pyspark.sql import DataFrame
from pyspark.sql import functions as sf

from rashomon.group.pairs import FAR_DAYS
from rashomon.text.borrowing import find_borrowed
from rashomon.text.runs import read_words
from rashomon.text.words import fold, split_words

# What near-duplicates share at least, and the words of a shingle, as datasketch's examples have them.
LIKENESS, SHINGLE, PERMUTATIONS = 0.5, 3, 128
# passim's defaults: words of an n-gram, articles that one may be in, n-grams that a pair shares. A pair is kept with 20 words
# in a row, about passim's 100 characters, or more with changes: a word alike counts 2, another or a missing one -1.
GRAM, MOST_ARTICLES, LEAST_GRAMS, LEAST_SCORE, ALIKE = 5, 100, 5, 40, 2
PLACED = "id string, day int, place bigint"
PAIRS = "left string, right string"


def near_duplicates(articles: DataFrame) -> DataFrame:
    """The pairs that share a band of their signatures."""
    return _sharing(articles.mapInArrow(_bands, PLACED)).distinct()


def reused(articles: DataFrame) -> DataFrame:
    """The pairs that share n-grams and a stretch of text."""
    grams = articles.mapInArrow(_grams, PLACED)
    telling = grams.groupBy("place").count().where(sf.col("count").between(2, MOST_ARTICLES)).select("place")
    shared = _sharing(grams.join(telling, "place")).groupBy("left", "right").count()
    pairs = shared.where(sf.col("count") >= LEAST_GRAMS).select("left", "right")
    for side in ("left", "right"):
        text = articles.select(sf.col("id").alias(side), sf.col("text").alias(f"{side}_text"))
        pairs = pairs.join(text, side)
    return pairs.select("left", "right", "left_text", "right_text").mapInArrow(_aligned, PAIRS)


def borrowed(articles: DataFrame, stories: DataFrame) -> DataFrame:
    """The pairs in one story of which one text drew on the other, or both on a third."""
    own = articles.join(stories.where("n_articles > 1"), articles["id"] == stories["article"])
    return own.select("story", "id", "text").groupBy("story").applyInArrow(_borrowed, PAIRS)


def _sharing(placed: DataFrame) -> DataFrame:
    """Pairs of what stands in one place, as often as they share one."""
    left, right = (
        placed.select(sf.col("id").alias(s), sf.col("day").alias(f"{s}_day"), "place") for s in ("left", "right")
    )
    near = (sf.col("left") < sf.col("right")) & (sf.abs(sf.col("left_day") - sf.col("right_day")) <= FAR_DAYS)
    return left.join(right, "place").where(near).select("left", "right")


def _bands(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Each article in the place of each band of its signature."""
    bands = MinHashLSH(threshold=LIKENESS, num_perm=PERMUTATIONS).hashranges
    for batch in batches:
        places = []
        for text in batch.column("text").to_pylist():
            own = MinHash(PERMUTATIONS)
            own.update_batch([" ".join(run).encode() for run in _runs(text.lower().split(), SHINGLE)])
            places.append(np.array([hash((k, *own.hashvalues[a:b].tolist())) for k, (a, b) in enumerate(bands)]))
        yield _placed(batch, places)


def _grams(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Each article in the place of each of its n-grams."""
    for batch in batches:
        texts = batch.column("text").to_pylist()
        yield _placed(batch, [np.unique(_numbers(_runs(_words(text), GRAM))) for text in texts])


def _aligned(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Those of the pairs that share a stretch of text."""
    for batch in batches:
        texts = zip(batch.column("left_text").to_pylist(), batch.column("right_text").to_pylist(), strict=True)
        kept = pa.array([align(_numbers(_words(a)), _numbers(_words(b))) >= LEAST_SCORE for a, b in texts], pa.bool_())
        yield batch.select(["left", "right"]).filter(kept)


def _borrowed(story: pa.Table) -> pa.Table:
    """The pairs of a story of which one drew on the other."""
    own = sorted(
        zip(story["id"].to_pylist(), map(read_words, story["text"].to_pylist()), strict=True), key=lambda a: a[0]
    )
    found = [(a, b) for (a, left), (b, right) in combinations(own, 2) if find_borrowed(left, right)]
    return pa.table([pa.array([p[k] for p in found], pa.string()) for k in (0, 1)], ["left", "right"])


def align(left: NDArray[np.int64], right: NDArray[np.int64]) -> int:
    """The score of the best local alignment of two texts (Smith and Waterman 1981), a row of the table at a time."""
    steps = np.arange(len(right) + 1)
    row, best = np.zeros(len(right) + 1, np.int64), 0
    for word in left:
        met = row[:-1] + np.where(right == word, ALIKE, -1)
        row = np.maximum(row - 1, 0)
        row[1:] = np.maximum(row[1:], met)
        row = np.maximum.accumulate(row + steps) - steps  # what is left out of the right text costs 1 a word
        best = max(best, int(row.max()))
    return best


def _placed(batch: pa.RecordBatch, places: list[NDArray[np.int64]]) -> pa.RecordBatch:
    sizes = [len(own) for own in places]
    ids = np.repeat(np.array(batch.column("id").to_pylist(), object), sizes)
    days = np.repeat(batch.column("day").to_numpy(), sizes)
    return pa.record_batch(
        [pa.array(ids, pa.string()), pa.array(days), pa.array(np.concatenate(places))], ["id", "day", "place"]
    )


def _words(text: str) -> list[str]:
    return [fold(word) for word in split_words(text)]


def _runs(words: list[str], n: int) -> list[tuple[str, ...]]:
    """Every n words in a row; of a shorter text all that it has."""
    return list(zip(*(words[k:] for k in range(n)), strict=False)) or [tuple(words)]


def _numbers(told: Iterable[object]) -> NDArray[np.int64]:
    """A number for each; Spark gives all its workers one seed of hashes."""
    return np.fromiter(map(hash, told), np.int64)
