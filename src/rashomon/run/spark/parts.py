"""What a Python worker is given of a table: a part of its rows, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def columns_of(batches: Iterable[pa.RecordBatch]) -> list[NDArray[np.int64]]:
    """The columns of all batches of a part, numbers all; none where the part is empty."""
    table = [batch for batch in batches if batch.num_rows]
    return [column.to_numpy() for column in pa.Table.from_batches(table).columns] if table else []


def table_of(names: str, *columns: object) -> pa.RecordBatch:
    """Columns by their names, which are given as Spark's columns are."""
    return pa.record_batch([pa.array(c) for c in columns], [name.split()[0] for name in names.split(", ")])
