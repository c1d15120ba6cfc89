"""Opening a library: where it is, its migrations, and transactions whose failures say what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from threading import local
from typing import Any

import alembic.command
import alembic.config
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from platformdirs import user_data_path
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from rashomon.errors import StoreError

# How long a transaction waits for another process's, in seconds.
PATIENCE = 60
# The number under which PostgreSQL keeps our writers from one another.
WRITERS = 0x7A5A
# Connections kept open, and those that may be opened beside them while many threads ask at once.
KEPT, MORE = 5, 60

# What `Store.writing()` gives, for those who only hand it on.
Transaction = sa.Connection


class _State(local):
    """The connection that a thread reads one state over, where it asked for that."""

    connection: sa.Connection | None = None


class Store:
    """An open library. `reading()` and `writing()` give connections; a write is whole or not at all.

    Threads may share it: each gets connections of its own.
    """

    def __init__(self, engine: sa.Engine, place: str) -> None:
        self._engine = engine
        self._state = _State()
        self.place = place

    @property
    def is_sqlite(self) -> bool:
        """Whether this is an SQLite file, not a PostgreSQL database."""
        return self._engine.dialect.name == "sqlite"

    @property
    def address(self) -> str:
        """What opens it once more: its file, or its URL with the password, which is shown to nobody."""
        url = self._engine.url
        return url.database or "" if self.is_sqlite else url.render_as_string(hide_password=False)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the library; it waits for no writer and keeps none waiting."""
        with _told(self.place):
            if self._state.connection is not None:
                yield self._state.connection
                return
            with self._engine.connect() as connection:
                if not self.is_sqlite:
                    connection = connection.execution_options(
                        isolation_level="REPEATABLE READ", postgresql_readonly=True
                    )
                yield connection

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """All that this thread reads within sees the library as it was at the first look, whatever others write meanwhile."""
        with self.reading() as connection:
            before, self._state.connection = self._state.connection, connection
            try:
                yield
            finally:
                self._state.connection = before

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction, one at a time over all processes; what is raised inside undoes it."""
        with _told(self.place), self._engine.connect() as connection:
            connection = connection.execution_options(patience=PATIENCE)
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": WRITERS})
                yield connection

    @contextmanager
    def writing_if_free(self) -> Iterator[sa.Connection | None]:
        """A writing transaction where nobody writes just now; None, without waiting, where somebody does."""
        with _told(self.place), self._engine.connect() as connection:
            connection = connection.execution_options(patience=0)
            try:
                transaction = connection.begin()
            except sa.exc.OperationalError as error:
                if "locked" not in str(error.orig):
                    raise
                yield None
                return
            with transaction:
                is_free = self.is_sqlite or connection.scalar(
                    sa.text("SELECT pg_try_advisory_xact_lock(:number)"), {"number": WRITERS}
                )
                yield connection if is_free else None

    def close(self) -> None:
        """Let go of the file or the server."""
        self._engine.dispose()


def default_place() -> str:
    """Where the library is when nobody says: `$RASHOMON_STORE`, else a file in the platform's data folder."""
    return os.environ.get("RASHOMON_STORE") or str(user_data_path("rashomon", appauthor=False) / "library.sqlite")


def open_store(place: str | Path | None = None) -> Store:
    """The library at a file or PostgreSQL URL, made or brought up to date if need be. Raises `StoreError`.

    A library that is up to date is only looked at: opening it waits for no writer.
    """
    named = str(place) if place is not None else default_place()
    if "\0" in named or ("://" in named and "%00" in named):
        raise StoreError(f"{named!a}: is no place for a library; name a file or postgresql://user@host/database")
    try:
        store = Store(_engine(named), _without_password(named))
    except (ValueError, OSError, sa.exc.ArgumentError) as error:
        raise StoreError(
            f"{named[:200]}: is no place for a library ({error}); name a file or postgresql://user@host/database"
        ) from error
    try:
        _bring_up_to_date(store)
    except alembic.util.CommandError as error:
        store.close()
        raise StoreError(f"{store.place}: made by a newer rashomon ({error}); install that version") from error
    except StoreError:
        store.close()
        raise
    return store


def _bring_up_to_date(store: Store) -> None:
    with as_file(files("rashomon.store").joinpath("migrations")) as scripts:
        config = alembic.config.Config()
        config.set_main_option("script_location", str(scripts))
        with store.reading() as connection:
            has = MigrationContext.configure(connection).get_current_revision()
        if has != ScriptDirectory.from_config(config).get_current_head():
            with store.writing() as connection:
                config.attributes["connection"] = connection
                alembic.command.upgrade(config, "head")


def _engine(place: str) -> sa.Engine:
    if place.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        url = sa.make_url("postgresql+psycopg://" + place.split("://", 1)[1])
        return sa.create_engine(url, pool_size=KEPT, max_overflow=MORE, connect_args={"connect_timeout": PATIENCE})
    if "://" in place:
        raise StoreError(f"{place}: no library is kept there; name a file or postgresql://user@host/database")
    path = Path(place).expanduser()
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a file in it, such as {path / 'library.sqlite'}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{path.parent}: cannot be made ({error.strerror}); name another place with --store"
        ) from error
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        pool_size=KEPT,
        max_overflow=MORE,
        connect_args={"timeout": PATIENCE},
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("patience")
    patience = PATIENCE if writes is None else writes  # said anew: a connection comes back from others with theirs
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(patience * 1000)}")
    connection.exec_driver_sql("BEGIN" if writes is None else "BEGIN IMMEDIATE")


@contextmanager
def _told(place: str) -> Iterator[None]:
    """What the database says, as a line that tells where and what next."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"{place}: {_advice(str(error.orig))}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{place}: {error}") from error


def _advice(said: str) -> str:
    said = said.strip().splitlines()[0] if said.strip() else "the database gave up"
    for part, advice in (
        ("locked", "another process is writing; wait for it, then run the command again"),
        ("disk is full", "make room, then run the command again; what was finished is kept"),
        ("No space left", "make room, then run the command again; what was finished is kept"),
        ("not a database", "this file is no library; name another with --store"),
        ("readonly", "the file cannot be written; check its permissions"),
        ("unable to open", "check that the folder exists and can be written"),
        ("connection", "check the address, the user and that the server runs"),
        ("malformed", "the file is damaged; restore a copy"),
    ):
        if part in said:
            return f"{said}; {advice}"
    return said


def _without_password(place: str) -> str:
    return sa.make_url(place).render_as_string(hide_password=True) if "://" in place else place
