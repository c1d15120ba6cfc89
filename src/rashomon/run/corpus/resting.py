"""Rows at rest between two stages: a folder of Parquet files with the columns key, item and reason, whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rashomon.run.stages import Row

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.dataset as ds

# Rows written, and read, at once.
PIECE = 256
FILE = "part-0.parquet"
COLUMNS = "key string, item binary, reason string"


class Count(NamedTuple):
    """How many rows have an item, and how many only a reason."""

    n_rows: int
    n_rejects: int


def write_rows(rows: Iterable[Row], folder: Path) -> None:
    """Write rows to a folder, in their order."""
    import pyarrow.parquet as pq

    folder.mkdir(parents=True)
    with pq.ParquetWriter(folder / FILE, row_schema(), compression="zstd") as writer:
        for batch in pieces(rows):
            writer.write_batch(batch)


def row_schema() -> pa.Schema:
    """The columns of rows."""
    import pyarrow as pa

    return pa.schema([("key", pa.string()), ("item", pa.binary()), ("reason", pa.string())])


def batch_of(rows: Iterable[Row]) -> pa.RecordBatch:
    """Some rows as one Arrow batch."""
    import pyarrow as pa

    schema = row_schema()
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return pa.record_batch([pa.array(own, field.type) for own, field in zip(columns, schema, strict=True)], schema)


def rows_of(batch: pa.RecordBatch) -> Iterator[Row]:
    """The rows of an Arrow batch."""
    yield from map(Row, *(batch.column(name).to_pylist() for name in ("key", "item", "reason")))


def read_rows(folder: Path) -> Iterator[Row]:
    """The rows of a folder that have an item, as they lie there."""
    import pyarrow.compute as pc

    for batch in dataset_of(folder, row_schema()).to_batches(filter=pc.field("reason").is_null(), batch_size=PIECE):
        yield from rows_of(batch)


def read_rejects(folder: Path) -> list[tuple[str, str]]:
    """Keys and reasons of the rows of a folder that have no item, in order."""
    import pyarrow.compute as pc

    table = dataset_of(folder, row_schema()).to_table(columns=["key", "reason"], filter=pc.field("reason").is_valid())
    return sorted(zip(table["key"].to_pylist(), table["reason"].to_pylist(), strict=True))


def count_rows(folder: Path) -> Count:
    """How many rows of a folder have an item, and how many have none."""
    import pyarrow.compute as pc

    rows = dataset_of(folder, row_schema())
    n_rejects = rows.count_rows(filter=pc.field("reason").is_valid())
    return Count(rows.count_rows() - n_rejects, n_rejects)


def pieces(rows: Iterable[Row]) -> Iterator[pa.RecordBatch]:
    """Rows in batches, in their order."""
    waiting = iter(rows)
    while piece := list(islice(waiting, PIECE)):
        yield batch_of(piece)


def dataset_of(folder: Path, schema: pa.Schema) -> ds.Dataset:
    """The Parquet files of a folder, which may be none."""
    import pyarrow.dataset as ds

    return ds.dataset(folder, schema, format="parquet")
