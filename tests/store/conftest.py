from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext

from rashomon.store import Store, open_store
from rashomon.store.migrations import versions
from rashomon.store.tables import metadata

POSTGRES = "RASHOMON_TEST_POSTGRES"
DATABASES = ("sqlite", "postgresql")
NEWEST = max(path.name for path in resources.files(versions).iterdir() if path.name[:1].isdigit())[:4]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end of a run which half of the library was not tested, and how it is."""
    skipped = sum(POSTGRES in str(report.longrepr) for report in terminalreporter.stats.get("skipped", ()))
    if skipped:
        terminalreporter.write_sep("-", f"{skipped} cases over PostgreSQL were skipped")
        terminalreporter.write_line(f"to run them: {POSTGRES}=$(.ci/postgres $(mktemp -d)) make test")
        terminalreporter.write_line(f"or set {POSTGRES} to the postgresql:// URL of a database that may be emptied")


@pytest.fixture(params=DATABASES)
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a library can be made, in each database."""
    if request.param == "sqlite":
        return str(tmp_path / "library.sqlite")
    with _server() as connection:
        _empty(connection)
    return os.environ[POSTGRES]


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with nothing in it, to be copied: its tables are made once."""
    place = tmp_path_factory.mktemp("fresh") / "library.sqlite"
    open_store(place).close()
    return place


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, fresh: Path, tmp_path: Path) -> str:
    """Where an empty library is, in each database."""
    if request.param == "sqlite":
        return str(shutil.copy(fresh, tmp_path / "library.sqlite"))
    with _server() as connection:
        is_newest = MigrationContext.configure(connection).get_current_revision() == NEWEST
        if is_newest:
            connection.execute(sa.text(f"TRUNCATE {', '.join(metadata.tables)}"))
        else:
            _empty(connection)
    if not is_newest:
        open_store(os.environ[POSTGRES]).close()
    return os.environ[POSTGRES]


def _empty(connection: sa.Connection) -> None:
    connection.execute(sa.text("DROP SCHEMA public CASCADE"))
    connection.execute(sa.text("CREATE SCHEMA public"))


@contextmanager
def _server() -> Iterator[sa.Connection]:
    """A transaction on the PostgreSQL that the environment names; the test is skipped where it names none."""
    url = os.environ.get(POSTGRES)
    if url is None:
        pytest.skip(f"{POSTGRES} names no server")
    engine = sa.create_engine("postgresql+psycopg://" + url.split("://", 1)[1])
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@pytest.fixture
def opened() -> Iterator[Callable[[str], Store]]:
    """Opens libraries and closes them after the test."""
    stores: list[Store] = []

    def open_at(place: str) -> Store:
        stores.append(open_store(place))
        return stores[-1]

    yield open_at
    for store in stores:
        store.close()


@pytest.fixture
def store(place: str, opened: Callable[[str], Store]) -> Store:
    """An empty library in each database."""
    return opened(place)
