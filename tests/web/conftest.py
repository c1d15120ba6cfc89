"""The app over a library of the example stories. Where the packages of rashomon[web] are not installed, these tests are left out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rashomon.read import read
from rashomon.run.annotating import keep
from rashomon.run.grouping import catch_up
from rashomon.run.library import Library, open_library
from rashomon.store import open_store

if TYPE_CHECKING:
    from litestar import Litestar
    from litestar.testing import TestClient

HAS_WEB = all(find_spec(name) for name in ("litestar", "uvicorn", "argon2"))
collect_ignore_glob = [] if HAS_WEB else ["test_*.py"]
ADDRESS = "http://127.0.0.1:8077"


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


@pytest.fixture
def library(examples: Path, tmp_path: Path) -> Iterator[Library]:
    """A library of one's own with two example stories."""
    place = tmp_path / "library.sqlite"
    shutil.copy(examples, place)
    with open_library(place) as opened:
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
def looked_at(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Litestar]]:
    """The app for one user on this machine, one for all tests that change nothing."""
    from litestar.testing import TestClient

    from rashomon.web.app import make_app
    from rashomon.web.options import Options

    place = tmp_path_factory.mktemp("looked") / "library.sqlite"
    shutil.copy(examples, place)
    with open_library(place) as opened, TestClient(make_app(opened, Options()), base_url=ADDRESS) as client:
        yield client


@pytest.fixture
def client(started: Callable[..., TestClient[Litestar]]) -> TestClient[Litestar]:
    """The app for one user on this machine."""
    return started()
