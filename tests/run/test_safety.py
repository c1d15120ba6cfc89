"""Work that is cut off loses nothing, and two processes at once do no harm."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from rashomon.annotate import annotate
from rashomon.cli import main
from rashomon.errors import StoreError
from rashomon.read import read
from rashomon.run.annotating import finder_version, keep
from rashomon.run.check import check_store
from rashomon.run.grouping import catch_up
from rashomon.settings import DEFAULT
from rashomon.store import (
    ANNOTATED,
    articles_of,
    count_articles,
    engine,
    known_annotations,
    list_stories,
    open_store,
    waiting_for,
)

KILLS = 50
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


def add_examples(place: str, *names: str) -> None:
    """What `rashomon add` does, a report at a time so that there is more to cut off."""
    store = open_store(place)
    for name in names:
        for article in read([Path("examples") / name]).articles:
            keep(store, [article])
            catch_up(store, processes=1)
    store.close()


def library(place: str) -> tuple[set[str], set[frozenset[str]], set[bytes]]:
    """All that a library holds: its articles, its stories, what was found."""
    store = open_store(place)
    stories = list_stories(store)
    held = {row.id: articles_of(store, row.id) for row in stories}
    articles = [a for own in held.values() for a in own]
    found = known_annotations(store, articles, finder_version(DEFAULT))
    assert check_store(store)[1] == []
    assert waiting_for(store, ANNOTATED, finder_version(DEFAULT)) == []
    store.close()
    return (
        {a.text for a in articles},
        {frozenset(a.text for a in own) for own in held.values()},
        {repr(own).encode() for own in found.values()},
    )


def started(work: Callable[..., None], *arguments: str) -> ForkProcess:
    """A process that has the language pipeline loaded already, so that the work begins at once."""
    process = get_context("fork").Process(target=work, args=arguments)
    process.start()
    return process


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[frozenset[str]], set[bytes]]:
    """The library of a run that nobody cut off."""
    place = str(tmp_path_factory.mktemp("whole") / "library.sqlite")
    add_examples(place, "harbour", "straits")
    return library(place)


def test_killed_fifty_times(tmp_path: Path, whole: tuple[set[str], set[frozenset[str]], set[bytes]]) -> None:
    """`kill -9` at random moments leaves an intact library with every finished article; the last run ends the work."""
    place = str(tmp_path / "library.sqlite")
    list(annotate(read([Path("examples/harbour")]).articles[:1]))  # load the pipeline before forking
    chance = random.Random(11)  # noqa: S311 - moments, not secrets
    finished = 0
    for _ in range(KILLS):
        process = started(add_examples, place, "harbour", "straits")
        time.sleep(chance.uniform(0.0, 0.35))
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        store = open_store(place)
        assert count_articles(store) >= finished
        finished = count_articles(store)
        assert check_store(store)[1] == []
        store.close()
    add_examples(place, "harbour", "straits")
    assert library(place) == whole


def test_two_processes_at_once(tmp_path: Path, whole: tuple[set[str], set[frozenset[str]], set[bytes]]) -> None:
    """Both add, in different orders; the library is the one that a single process makes."""
    place = str(tmp_path / "library.sqlite")
    open_store(place).close()
    both = [started(add_examples, place, *names) for names in (("harbour", "straits"), ("straits", "harbour"))]
    for process in both:
        process.join(120)
        assert process.exitcode == 0
    assert library(place) == whole


def test_a_locked_library_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another writer holds the file for too long: a line, and nothing lost."""
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    place = tmp_path / "library.sqlite"
    store = open_store(place)
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="another process is writing"):
        keep(store, read([Path("examples/harbour")]).articles)
    other.execute("ROLLBACK")
    other.close()
    assert len(keep(store, read([Path("examples/harbour")]).articles)) == 5
    store.close()


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """No room: a line, and the library is what it was before."""
    store = open_store(tmp_path / "library.sqlite")
    keep(store, read([Path("examples/harbour")]).articles)
    with store.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="make room"):
        keep(store, [a for name in ("spillway", "straits") for a in read([Path("examples") / name]).articles])
    assert count_articles(store) == 5
    assert check_store(store)[1] == []
    store.close()


def test_the_command_says_so_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback on the command line."""
    monkeypatch.setattr("sys.argv", ["rashomon", "stories", "--store", str(tmp_path)])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 1
    assert "is a folder" in capsys.readouterr().err
