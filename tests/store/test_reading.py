"""Who reads waits for no writer, takes no lock, and sees one state of the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from rashomon.cli import main
from rashomon.model import Article
from rashomon.read import read
from rashomon.run.annotating import keep
from rashomon.run.grouping import catch_up
from rashomon.run.stories import list_by
from rashomon.store import (
    Store,
    count_articles,
    engine,
    get_articles,
    library_id,
    list_stories,
    members_of,
    note_differences,
    put_articles,
)


def reports(name: str = "harbour") -> list[Article]:
    """The reports of an example story."""
    return list(read([Path("examples") / name]).articles)


@contextmanager
def somebody_writing(store: Store) -> Iterator[None]:
    """A writer in another thread, in the middle of its transaction for as long as the block lasts, at most a minute."""
    begun, done = Event(), Event()
    waited_for = []

    def write() -> None:
        with store.writing():
            begun.set()
            waited_for.append(not done.wait(60))

    writer = Thread(target=write)
    writer.start()
    assert begun.wait(30)
    try:
        yield
    finally:
        done.set()
        writer.join()
    assert waited_for == [False]


@pytest.fixture
def filled(store: Store) -> Store:
    """A library with a story."""
    keep(store, reports())
    catch_up(store)
    return store


@pytest.mark.parametrize(
    "command",
    [
        "stories",
        "stories --by sources",
        "stories --by disagreement",
        "search crane",
        "search speaker:Haldane",
        "show STORY --format json",
        "explain STORY",
        "diff ADDRESS",
        "check",
        "export FOLDER --format csv",
        "story list",
    ],
)
def test_reading_commands_wait_for_no_writer(
    filled: Store,
    place: str,
    opened: Callable[[str], Store],
    tmp_path: Path,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While another process writes, every command that reads answers; one that wanted the lock would give up at once."""
    monkeypatch.setattr(engine, "PATIENCE", 0.2)
    address = next(a.url for a in reports() if a.url)
    names = {"STORY": list_stories(filled)[0].id, "ADDRESS": address, "FOLDER": str(tmp_path / "out")}
    words = [names.get(word, word) for word in command.split()]
    monkeypatch.setattr("sys.argv", ["rashomon", *words, "--store", place])
    with somebody_writing(opened(place)), pytest.raises(SystemExit) as left:
        main()
    assert left.value.code in (0, None)


def test_one_state(filled: Store, place: str, opened: Callable[[str], Store]) -> None:
    """What another process writes meanwhile is not seen before the command is done."""
    other = opened(place)
    with filled.one_state():
        before = count_articles(filled)
        put_articles(other, reports("straits"))
        assert count_articles(filled) == before == 5
        assert get_articles(filled, [library_id(a) for a in reports("straits")]) == []
    assert count_articles(filled) == 10


def test_counted_differences_are_kept_where_nobody_writes(
    filled: Store, place: str, opened: Callable[[str], Store]
) -> None:
    """The list is the same either way; a number is not kept of a story that has changed."""
    with somebody_writing(opened(place)):
        told = list_by(filled, "disagreement", 2, 20)
    assert [row.n_differences for row in list_stories(filled)] == [None]
    assert list_by(filled, "disagreement", 2, 20) == told
    assert list_stories(filled) == told
    [row] = told
    note_differences(filled, row.id, members_of(filled, row.id) - {library_id(reports()[0])}, 99)
    assert list_stories(filled) == told


def test_postgresql_is_told_that_it_is_read(filled: Store) -> None:
    """PostgreSQL keeps one state for a reader and refuses to write for it."""
    if filled.is_sqlite:
        pytest.skip("SQLite has no such settings: a deferred transaction over the write-ahead log is one state")
    with filled.reading() as connection:
        assert connection.scalar(sa.text("SHOW transaction_read_only")) == "on"
        assert connection.scalar(sa.text("SHOW transaction_isolation")) == "repeatable read"
