"""The tables of a corpus: one a noun with the columns of `rashomon export`, in folders by the first day of the story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from rashomon import codec
from rashomon.report.tables import TABLES, TableRow, arrow_of
from rashomon.run.corpus.resting import FILE, dataset_of
from rashomon.run.corpus.stories import COLUMNS, member_schema
from rashomon.run.stages import Row

if TYPE_CHECKING:
    import pyarrow as pa

# Which story each article is in, stories of one article too.
STORIES = "stories"
REJECTS = "rejects"
# What a table is divided by, and what its rows are in order of beside their story.
DAY, PLACE = "day", "place"
# Days that one table may have.
MOST_DAYS = 100_000


class _Tabled(Struct, frozen=True):
    """A story's rows of each table; its collation is left unread."""

    day: str
    tables: dict[str, list[TableRow]]


def table_batches(table: str, stories: Iterable[Row]) -> Iterator[pa.RecordBatch]:
    """The rows of one table of some collated stories, a batch a story, each with its day and its place in the story."""
    import pyarrow as pa

    for story in stories:
        if story.item is None:
            continue
        own = codec.decode(story.item, _Tabled)
        rows = arrow_of(TABLES[table], own.tables[table])
        days, places = pa.array([own.day] * len(rows), pa.string()), pa.array(range(len(rows)), pa.int64())
        yield from rows.append_column(DAY, days).append_column(PLACE, places).to_batches()


def table_schema(table: str) -> pa.Schema:
    """The columns that `table_batches` gives."""
    import pyarrow as pa

    return arrow_of(TABLES[table], []).schema.append(pa.field(DAY, pa.string())).append(pa.field(PLACE, pa.int64()))


def write_by_day(batches: Iterable[pa.RecordBatch], schema: pa.Schema, folder: Path) -> None:
    """Write rows to a folder, those of a day in a folder of that day, in their order."""
    import pyarrow as pa
    import pyarrow.dataset as ds

    folder.mkdir(parents=True, exist_ok=True)
    days = ds.partitioning(pa.schema([(DAY, pa.string())]), flavor="hive")
    ds.write_dataset(
        batches,
        folder,
        schema=schema,
        format="parquet",
        partitioning=days,
        basename_template="part-{i}.parquet",
        existing_data_behavior="overwrite_or_ignore",
        use_threads=False,
        max_partitions=MOST_DAYS,
        file_options=ds.ParquetFileFormat().make_write_options(compression="zstd"),
    )


def write_tables(stories: Iterable[Row], members: Path, folder: Path, table: str) -> None:
    """Write one table to its folder."""
    if table == STORIES:
        rows = dataset_of(members, member_schema()).to_table().sort_by([(c, "ascending") for c in COLUMNS])
        write_by_day(rows.to_batches(), rows.schema, folder / table)
        return
    schema = table_schema(table)
    schema = schema.remove(schema.get_field_index(PLACE))
    told = (batch.drop_columns([PLACE]) for batch in table_batches(table, stories))
    write_by_day(told, schema, folder / table)


def write_rejects(rejects: Iterable[tuple[str, str, str]], folder: Path) -> None:
    """Write what was set aside: the stage, the input or article, the reason."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = list(zip(*rejects, strict=True)) or [(), (), ()]
    names = ("stage", "path", "reason")
    schema = pa.schema([(name, pa.string()) for name in names])
    (folder / REJECTS).mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table([pa.array(c, pa.string()) for c in columns], schema=schema), folder / REJECTS / FILE)
