"""The app over a library of the example stories. Where the packages of rashomon[web] are not installed, these tests are left out.

A test over both databases asks for it: `@pytest.mark.parametrize("looked_at", DATABASES, indirect=True)`, or "library" where it
changes something.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from rashomon.read import read
from rashomon.run.annotating import keep
from rashomon.run.grouping import catch_up
from rashomon.run.library import Library, open_library
from rashomon.run.progress import silent
from rashomon.store import back_up, open_store

if TYPE_CHECKING:
    from litestar import Litestar
    from litestar.testing import TestClient

HAS_WEB = all(find_spec(name) for name in ("litestar", "uvicorn", "argon2"))
collect_ignore_glob = [] if HAS_WEB else ["test_*.py"]
ADDRESS = "http://127.0.0.1:8077"
POSTGRES = "RASHOMON_TEST_POSTGRES"


def pytest_report_header() -> str | None:
    """Say that tests are left out, and why."""
    return (
        None if HAS_WEB else "tests/web is skipped: litestar, uvicorn or argon2-cffi is not installed (rashomon[web])"
    )


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two example stories, annotated and grouped once; tests copy it."""
    place = tmp_path_factory.mktemp("web") / "library.sqlite"
    store = open_store(place)
    keep(store, [a for name in ("harbour", "straits") for a in read([Path("examples") / name]).articles])
    catch_up(store, processes=1)
    store.close()
    return place


@pytest.fixture(scope="session")
def collated(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples with the collations of both stories; tests copy it."""
    from rashomon.web.collations import make_collation

    place = tmp_path_factory.mktemp("collated") / "library.sqlite"
    shutil.copy(examples, place)
    with open_library(place) as library:
        for story in library.stories():
            make_collation(library, silent, story.id, ())
    return place


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path, str], str]]:
    """Copies a library to a new file, or to a new schema of the PostgreSQL that the environment names; where that is."""
    with ExitStack() as stack:

        def copy(library: Path, database: str) -> str:
            if database == "sqlite":
                return str(shutil.copy(library, tmp_path_factory.mktemp("copied") / "library.sqlite"))
            server = os.environ.get(POSTGRES)
            if server is None:
                pytest.skip(f"{POSTGRES} names no server")
            schema = f"web_{token_hex(4)}"
            stack.callback(_run, server, f"DROP SCHEMA {schema} CASCADE")
            _run(server, f"CREATE SCHEMA {schema}")
            place = f"{server}?options=-csearch_path%3D{schema}"
            store = open_store(library)
            back_up(store, place)
            store.close()
            return place

        yield copy


def _run(server: str, statement: str) -> None:
    engine = sa.create_engine("postgresql+psycopg://" + server.split("://", 1)[1])
    with engine.begin() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()


@pytest.fixture
def library(copied: Callable[[Path, str], str], collated: Path, request: pytest.FixtureRequest) -> Iterator[Library]:
    """A library of one's own with two example stories, which have been collated."""
    with open_library(copied(collated, getattr(request, "param", "sqlite"))) as opened:
        yield opened


@pytest.fixture
def started(library: Library) -> Iterator[Callable[..., TestClient[Litestar]]]:
    """Starts the app over the library with some options; a client of it, which is closed after the test."""
    from litestar.testing import TestClient

    from rashomon.web.app import make_app
    from rashomon.web.options import Options

    with ExitStack() as stack:

        def start(base_url: str = ADDRESS, **options: Any) -> TestClient[Litestar]:
            client = TestClient(make_app(library, Options(**options)), base_url=base_url)
            return stack.enter_context(client)

        yield start


@pytest.fixture(scope="session")
def shown(copied: Callable[[Path, str], str], examples: Path) -> Iterator[Callable[[str], TestClient[Litestar]]]:
    """The app for one user on this machine over a database, one for all tests that change nothing.

    It collates the stories itself, so that each database gives what was made of what it holds.
    """
    from litestar.testing import TestClient

    from rashomon.web.app import make_app
    from rashomon.web.options import Options

    with ExitStack() as stack:

        @cache
        def show(database: str) -> TestClient[Litestar]:
            opened = stack.enter_context(open_library(copied(examples, database)))
            return stack.enter_context(TestClient(make_app(opened, Options()), base_url=ADDRESS))

        yield show


@pytest.fixture
def looked_at(shown: Callable[[str], TestClient[Litestar]], request: pytest.FixtureRequest) -> TestClient[Litestar]:
    """The app for one user on this machine, for tests that change nothing."""
    return shown(getattr(request, "param", "sqlite"))


@pytest.fixture
def client(started: Callable[..., TestClient[Litestar]]) -> TestClient[Litestar]:
    """The app for one user on this machine."""
    return started()
