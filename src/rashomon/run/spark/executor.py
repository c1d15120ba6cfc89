"""The stages of a corpus on Spark: rows are Spark's, and what is made of them the same functions make as anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as everybody names it

from rashomon import codec
from rashomon.errors import EngineError, RashomonError
from rashomon.model import Story
from rashomon.report.tables import TABLES
from rashomon.run.corpus.executors import ARTICLE, FOUND, item_of_story
from rashomon.run.corpus.resting import COLUMNS, pieces, row_schema, rows_of
from rashomon.run.corpus.spec import Bounds
from rashomon.run.corpus.stories import member_schema, members_in, published_of, too_large
from rashomon.run.corpus.tables import DAY, PLACE, STORIES, table_batches, table_schema
from rashomon.run.spark.grouping import group_on_spark
from rashomon.run.spark.parts import table_of
from rashomon.run.spark.session import last_line
from rashomon.run.stages import Row, Task, list_item, work

PUBLISHED = "key string, published string"


class OnSpark:
    """Carries stages out on Spark. Where rows rest, driver and workers read and write under one path."""

    def __init__(self, session: SparkSession) -> None:
        self._spark = session

    def read(self, units: Sequence[Row], read: Task, name: Task, into: Path) -> None:
        """Read units; articles of one id are given ids of their own."""
        with self._stage("read"):
            given = self._rows(units, len(units))
            found = _over(given, read)
            named = found.groupBy("key").applyInArrow(_naming(name), COLUMNS)
            _write(named, into)

    def profile(self, task: Task, articles: Path, into: Path) -> None:
        """Make the profiles of articles."""
        with self._stage(task.stage):
            _write(_over(self._spread(self._items(articles)), task), into)

    def group(self, task: Task, articles: Path, profiles: Path, into: Path) -> Mapping[str, int]:
        """Find the story of each article."""
        with self._stage(task.stage):
            published = self._items(articles).mapInArrow(_date, PUBLISHED)
            own = self._items(profiles).select("key", "item")
            stories, capped = group_on_spark(own, published, task.settings)
            _write(stories.mapInArrow(_list_members, _ddl(member_schema())), into)
            self._spark.catalog.clearCache()
        return {name.replace("_", " "): n for name, n in asdict(capped).items() if n}

    def annotate(self, task: Task, articles: Path, members: Path, bounds: Bounds, into: Path) -> None:
        """Annotate the articles of stories that are to be collated, or all."""
        with self._stage(task.stage):
            wanted = self._items(articles)
            if bounds.annotate != "all":
                own = self._members(members, bounds)
                wanted = wanted.join(own, wanted["key"] == own["article"], "left_semi")
            _write(_over(self._spread(wanted), task), into)

    def collate(self, task: Task, articles: Path, annotations: Path, members: Path, bounds: Bounds, into: Path) -> None:
        """Collate the stories that are within bounds; the larger ones are set aside."""
        with self._stage(task.stage):
            kinds = ((ARTICLE, articles), (FOUND, annotations))
            text, found = (self._items(folder).withColumn("kind", F.lit(kind)) for kind, folder in kinds)
            rows, own = text.unionByName(found), self._members(members, bounds)
            stories = rows.join(own, rows["key"] == own["article"]).select(own["story"].alias("key"), "kind", "item")
            made = stories.groupBy("key").applyInArrow(_collating(task), COLUMNS)
            _write(made.unionByName(self._rows(too_large(members, bounds), 1)), into)

    def tabulate(self, collated: Path, members: Path, into: Path) -> None:
        """Write the tables."""
        with self._stage("tables"):
            own = self._spark.read.parquet(_uri(members))
            _write_by_day(own, ["story", "article"], into / STORIES)
            stories = self._items(collated)
            for table in TABLES:
                rows = stories.mapInArrow(partial(_tabulate, table), _ddl(table_schema(table)))
                _write_by_day(rows, ["story", PLACE], into / table)

    def close(self) -> None:
        """End the session."""
        self._spark.stop()

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        """What Spark does within goes by the stage's name on its pages. Raises `EngineError` where it fails."""
        self._spark.sparkContext.setJobDescription(name)
        try:
            yield
        except RashomonError:
            raise
        except Exception as error:  # what the gateway to Java raises has no common root
            raise EngineError(
                f"{name} failed on Spark: {last_line(error)}; stages before it are kept, and the same command goes on there"
            ) from error

    def _rows(self, rows: Sequence[Row], parts: int) -> DataFrame:
        """Rows of this process as Spark's, in so many parts at most."""
        told = [(row.key, None if row.item is None else bytearray(row.item), row.reason) for row in rows]
        given = self._spark.sparkContext.parallelize(told, max(1, min(parts, self._parts)))
        return self._spark.createDataFrame(given, COLUMNS)

    def _items(self, folder: Path) -> DataFrame:
        """The rows at rest that have an item."""
        return self._spark.read.schema(COLUMNS).parquet(_uri(folder)).where(F.col("reason").isNull())

    def _members(self, folder: Path, bounds: Bounds) -> DataFrame:
        """The articles of stories that are to be collated."""
        own = self._spark.read.parquet(_uri(folder))
        return own.where(F.col("n_articles").between(bounds.least_articles, bounds.most_articles))

    def _spread(self, rows: DataFrame) -> DataFrame:
        """Rows over all workers: few files must not leave most of them idle."""
        return rows.repartition(self._parts, "key")

    @property
    def _parts(self) -> int:
        return int(self._spark.conf.get("spark.sql.shuffle.partitions") or 1)


def _over(rows: DataFrame, task: Task) -> DataFrame:
    return rows.mapInArrow(partial(_carry_out, codec.encode(task)), COLUMNS)


def _carry_out(task: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """A stage over the rows of a part, in a Python worker; models are loaded when it is first asked for and kept."""
    yield from pieces(work(codec.decode(task, Task), (row for batch in batches for row in rows_of(batch))))


def _naming(task: Task) -> Callable[[pa.Table], pa.Table]:
    """A function of what was read under one key: articles are told apart, what was set aside stays so."""
    told = codec.encode(task)

    def name(rows: pa.Table) -> pa.Table:
        own = [row for batch in rows.to_batches() for row in rows_of(batch)]
        rejects = sorted(row for row in own if row.item is None)
        items = sorted(row.item for row in own if row.item is not None)
        named = work(codec.decode(told, Task), [Row(own[0].key, list_item(items))] if items else [])
        return pa.Table.from_batches(pieces([*named, *rejects]), row_schema())

    return name


def _collating(task: Task) -> Callable[[pa.Table], pa.Table]:
    """A function of all rows of a story, in whatever order they come."""
    told = codec.encode(task)

    def collate(rows: pa.Table) -> pa.Table:
        own = sorted(zip(rows["kind"].to_pylist(), rows["item"].to_pylist(), strict=True))
        made = work(codec.decode(told, Task), [Row(rows["key"][0].as_py(), item_of_story(own))])
        return pa.Table.from_batches(pieces(made), row_schema())

    return collate


def _tabulate(table: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield from table_batches(table, (row for batch in batches for row in rows_of(batch)))


def _date(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """When articles were published, a part of them at a time."""
    for batch in batches:
        keys, published = zip(*published_of(rows_of(batch)), strict=True)
        yield table_of(PUBLISHED, pa.array(keys, pa.string()), pa.array(published, pa.string()))


def _list_members(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The members of some stories."""
    for batch in batches:
        told = zip(batch.column("item").to_pylist(), batch.column("day").to_pylist(), strict=True)
        members = [member for item, day in told for member in members_in(codec.decode(item, Story), day)]
        yield pa.record_batch([pa.array(column) for column in zip(*members, strict=True)], member_schema())


def _write(rows: DataFrame, into: Path) -> None:
    rows.write.mode("overwrite").parquet(_uri(into))


def _write_by_day(rows: DataFrame, order: Sequence[str], into: Path) -> None:
    """Write rows to a folder of their day each, a file a day, in an order."""
    ordered = rows.repartition(DAY).sortWithinPartitions(DAY, *order).drop(PLACE)
    ordered.write.mode("overwrite").partitionBy(DAY).parquet(_uri(into))


def _ddl(schema: pa.Schema) -> str:
    """Arrow's columns as Spark names them."""
    kinds = {"int64": "bigint", "double": "double", "string": "string"}
    return ", ".join(f"`{field.name}` {kinds[str(field.type)]}" for field in schema)


def _uri(folder: Path) -> str:
    return folder.resolve().as_uri()
