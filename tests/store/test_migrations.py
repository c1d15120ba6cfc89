"""A library made by an older version is brought up to date when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files

import alembic.command
import alembic.config
import msgspec
import pytest
import sqlalchemy as sa

from rashomon import codec
from rashomon.errors import StoreError
from rashomon.model import Article, story_id
from rashomon.read.plain import build_article
from rashomon.run.check import check_store
from rashomon.store import Store, count_articles, current_story, library_id, list_stories, search
from rashomon.store.engine import _engine
from rashomon.store.tables import metadata

OLD = build_article(
    id="a",
    path="crane.txt",
    title="Übung im Hafen",
    text="Élodie Müller of the U.S. coast guard said on Tuesday that the crane had fallen.",
    source="Östra Kuriren",
    url="https://kuriren.example/crane",
    language="en",
)


def made_by(place: str, revision: str, fill: Callable[[sa.Connection], None]) -> None:
    """Make a library as an older version did: its tables, filled with its rows."""
    engine = _engine(place)
    with engine.connect() as connection, connection.begin():
        config = alembic.config.Config()
        config.set_main_option("script_location", str(files("rashomon.store") / "migrations"))
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, revision)
        fill(connection)
    engine.dispose()


def rows(connection: sa.Connection, table: str, *values: Mapping[str, object]) -> None:
    """Insert into a table by the names of its columns, whatever tables.py says today."""
    connection.execute(sa.insert(sa.table(table, *(sa.column(name) for name in values[0]))), list(values))


def article_rows(connection: sa.Connection, article: Article, version: int) -> str:
    """Insert an article as the first version did."""
    name = library_id(article)
    own = {"id": name, "address": article.url, "version": version, "source": article.source, "title": article.title}
    kept = {"published": None, "language": "en", "sha256": codec.text_hash(article.text), "n_chars": len(article.text)}
    rows(connection, "articles", {**own, **kept, "body": codec.encode(msgspec.structs.replace(article, id=name))})
    rows(connection, "texts", {"article": name, "words": f"{article.title}\n{article.text}"})
    return name


def first_rows(connection: sa.Connection) -> None:
    """An article with a quote and names, as the first version kept them."""
    name = article_rows(connection, OLD, 1)
    quote = {"article": name, "number": 0, "speaker": "Élodie Müller", "words": "had fallen", "start": 62, "end": 72}
    rows(connection, "quotes", quote)
    rows(connection, "names", {"article": name, "name": "elodie muller"}, {"article": name, "name": "jean-luc"})


@pytest.mark.parametrize(
    "asked",
    ["ubung", "Élodie", "MULLER", '"U.S. coast"', "speaker:müller", "source:östra", "name:Müller", 'name:"Jean-Luc"'],
)
def test_an_old_library_is_searched_like_a_new_one(bare: str, opened: Callable[[str], Store], asked: str) -> None:
    """What was kept as written is kept folded afterwards."""
    made_by(bare, "0001", first_rows)
    store = opened(bare)
    assert [hit.article for hit in search(store, asked)] == [library_id(OLD)]
    assert (count_articles(store), check_store(store)) == (1, (1, []))


def counted_by_version(connection: sa.Connection) -> None:
    """A story of two versions of a page, counted as the first version did."""
    ids = [article_rows(connection, msgspec.structs.replace(OLD, text=OLD.text + "!" * n), n) for n in (1, 2)]
    story = {"id": "s1", "title": OLD.title, "first": None, "last": None, "n_articles": 2, "n_sources": 2}
    rows(connection, "stories", story)
    rows(connection, "members", *({"article": name, "story": "s1"} for name in ids))


def test_an_old_library_counts_addresses(bare: str, opened: Callable[[str], Store]) -> None:
    """A page that was added twice is one report afterwards."""
    made_by(bare, "0001", counted_by_version)
    store = opened(bare)
    [row] = list_stories(store)
    assert (row.n_articles, row.n_sources, row.n_superseded) == (1, 1, 1)
    assert check_store(store) == (2, [])
    assert current_story(store, story_id(library_id(msgspec.structs.replace(OLD, text=OLD.text + "!")))) == "s1"


def test_the_comments_are_those_of_the_tables(bare: str, opened: Callable[[str], Store]) -> None:
    """What the migrations say of a column is what tables.py says; SQLite keeps no comments."""
    store = opened(bare)
    if store.is_sqlite:
        pytest.skip("SQLite keeps no comments")
    with store.reading() as connection:
        inspector = sa.inspect(connection)
        for name, described in metadata.tables.items():
            assert {c["name"]: c.get("comment") for c in inspector.get_columns(name)} == {
                c.name: c.comment for c in described.columns
            }


def test_a_library_of_a_newer_version_is_left_alone(bare: str, opened: Callable[[str], Store]) -> None:
    """A revision that this version does not know: a line that says so."""
    made_by(bare, "head", lambda connection: rows(connection, "visits", {"url": "https://a.example/"}))
    engine = _engine(bare)
    with engine.connect() as connection, connection.begin():
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer rashomon"):
        opened(bare)
