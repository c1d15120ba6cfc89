"""A copy of a library has all that is in it, in either database, and goes on from there."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from rashomon import Article, open_library
from rashomon.errors import StoreError, UsageError
from rashomon.run.library import Library
from rashomon.store import Store, get_articles
from rashomon.store.accounts import Account, audited, begin_session, list_accounts, note_action, put_account, put_token
from rashomon.store.engine import _engine
from rashomon.store.tables import metadata

REPORTS = (
    ("Herald", "A crane fell onto the quay of Tessmar at noon. “Twelve people died,” said Ann Weir, the mayor."),
    ("Courier", "The crane on the quay of Tessmar fell at noon. “Fourteen people died,” said Ann Weir, the mayor."),
)


def everything(store: Store) -> dict[str, list[str]]:
    """All rows of all tables."""
    with store.reading() as connection:
        return {
            t.name: sorted(repr(tuple(row)) for row in connection.execute(sa.select(t)))
            for t in metadata.tables.values()
        }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of two reports with a correction, an account, a token and a session."""
    with open_library(tmp_path_factory.mktemp("made") / "library.sqlite") as library:
        library.add(
            *(Article.from_text(text, source=source, published="2026-04-14") for source, text in REPORTS), workers=1
        )
        library.correct("split", library.search("crane")[0].article, who="edda")
        put_account(library.store, Account("edda", "editor", "a hash"))
        put_token(library.store, "edda", "feed", "read", "rsh_secret")
        begin_session(library.store, "edda", "cookie", 1000)
        yield library


@pytest.fixture
def library(made: Library, bare: str, tmp_path: Path) -> Iterator[Library]:
    """What was made, copied to each database."""
    where = str(tmp_path / "copied.sqlite") if bare.endswith(".sqlite") else bare
    made.backup(where)
    with open_library(where) as copied:
        yield copied


@pytest.fixture
def other() -> Iterator[Callable[[str], str]]:
    """Another place than the library's: a schema of its own where that is in PostgreSQL too."""
    schemas: list[str] = []

    def name_other(place: str) -> str:
        engine = _engine(place)
        with engine.begin() as connection:
            connection.execute(sa.text("CREATE SCHEMA saved"))
        engine.dispose()
        schemas.append(place)
        return f"{place}?options=-csearch_path%3Dsaved"

    yield name_other
    for place in schemas:
        engine = _engine(place)
        with engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA saved CASCADE"))
        engine.dispose()


def test_a_copy_has_all_of_it(made: Library, library: Library) -> None:
    """Every row of every table; it is well, and searched as before."""
    assert everything(library.store) == everything(made.store)
    assert library.check().off == ()
    assert [hit.article for hit in library.search('"fell at noon" speaker:weir')] == [
        hit.article for hit in made.search('"fell at noon" speaker:weir')
    ]


def test_a_copy_goes_on_from_there(library: Library) -> None:
    """What comes next has the next number, and what is there stays."""
    library.add(Article.from_text("The ferry to Tessmar was late on Tuesday.", published="2026-04-15"), workers=1)
    note_action(library.store, "edda", "undo", "1")
    assert [row.action for row in audited(library.store, 9)] == ["undo", "split"]
    assert put_token(library.store, "edda", "", "read", "another") == 2
    assert len(library) == 3
    library.undo(1)


def test_a_copy_is_put_back(library: Library, bare: str, tmp_path: Path, other: Callable[[str], str]) -> None:
    """From either database to a file, which is for its owner alone, and from there to a new place."""
    before = everything(library.store)
    saved = tmp_path / "saved" / "now.sqlite"
    library.backup(saved)
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert sorted(path.name for path in saved.parent.iterdir()) == ["now.sqlite"]
    again = str(tmp_path / "again.sqlite") if bare.endswith(".sqlite") else other(bare)
    with open_library(saved) as kept:
        kept.backup(again)
    with open_library(again) as restored:
        assert everything(restored.store) == before
        assert list_accounts(restored.store) == list_accounts(library.store)
        assert len(get_articles(restored.store, [hit.article for hit in restored.search("crane")])) == 2


def test_a_copy_is_of_one_moment(library: Library, tmp_path: Path) -> None:
    """What somebody is writing meanwhile is not in it, and nobody waits."""
    with library.store.writing() as connection:
        connection.execute(sa.text("DELETE FROM corrections"))
        library.backup(tmp_path / "now.sqlite")
    with open_library(tmp_path / "now.sqlite") as kept:
        assert len(kept.corrections()) == 1


def test_nothing_is_written_over(library: Library, tmp_path: Path) -> None:
    """A file that is there, and a library that has something in it, stay as they are."""
    file = tmp_path / "there.txt"
    file.write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        library.backup(file)
    assert file.read_text() == "mine"
    if not library.store.is_sqlite:
        with library.store.reading() as connection, pytest.raises(UsageError, match="database that is empty"):
            library.backup(connection.engine.url.render_as_string(hide_password=False))


def test_a_place_that_cannot_be_written(made: Library, tmp_path: Path) -> None:
    """Is told, with what to do."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="name another file"):
        made.backup(tmp_path / "file" / "now.sqlite")
