"""A copy of a whole library as it is at one moment, in a new file or in a PostgreSQL database that holds nothing yet.

From SQLite to SQLite it is SQLite's own online backup; between databases each table goes over row by row.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from rashomon.errors import StoreError, UsageError
from rashomon.store.engine import Store, open_store
from rashomon.store.tables import metadata

# Rows that are held in memory at a time.
PART = 1000


def back_up(store: Store, place: str) -> None:
    """Copy all of a library to a file that is not there yet, or to an empty database; whole or not at all.

    Nobody has to wait meanwhile. Raises `UsageError` where something is there already, `StoreError` where it cannot be written.
    """
    if "://" in place:
        with closing(open_store(place)) as target:
            _copy_rows(store, target)
        return
    path = Path(place).expanduser()
    if path.exists():
        raise UsageError(f"{path}: is there already; name a file that is not there yet")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".backup", dir=path.parent) as folder:
            made = Path(folder) / path.name
            _copy_to_file(store, made)
            made.chmod(0o600)  # hashes of passwords are in it
            made.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}); make room, or name another file") from error


def _copy_to_file(store: Store, path: Path) -> None:
    if not store.is_sqlite:
        with closing(open_store(path)) as target:
            _copy_rows(store, target)
        return
    try:
        with store.reading() as connection, closing(sqlite3.connect(path)) as target:
            own: Any = connection.connection.driver_connection
            own.backup(target)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be written ({error}); make room, or name another file") from error


def _copy_rows(store: Store, to: Store) -> None:
    with store.reading() as source, to.writing() as target:
        for table in metadata.sorted_tables:
            if target.execute(sa.select(table).limit(1)).first() is not None:
                raise UsageError(f"{to.place}: holds something already; name a database that is empty")
        for table in metadata.sorted_tables:
            rows = source.execute(sa.select(table), execution_options={"yield_per": PART})
            for part in rows.mappings().partitions():
                target.execute(sa.insert(table), [dict(row) for row in part])
            _count_on(target, table)


def _count_on(target: sa.Connection, table: sa.Table) -> None:
    """Have PostgreSQL number what comes next behind the rows that have a number already."""
    column = table.autoincrement_column
    if column is None or target.dialect.name != "postgresql":
        return
    last = sa.select(sa.func.max(column)).scalar_subquery()
    sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
    target.execute(sa.select(sa.func.setval(sequence, sa.func.coalesce(last, 1), last.is_not(None))))
