"""Articles in the library: added once, never changed, versions of an address in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

import msgspec
import sqlalchemy as sa

from rashomon import codec
from rashomon.model import Article
from rashomon.store.engine import Store
from rashomon.store.tables import articles, stages, texts
from rashomon.text.words import fold_text

# Search looks in so many characters of a text: PostgreSQL keeps a megabyte of an article's words.
SEARCHED = 500_000
# Rows asked for at once: databases bound the number of parameters.
AT_ONCE = 500


def in_parts(ids: Iterable[str]) -> Iterator[list[str]]:
    """The ids, so many at a time as a database takes."""
    waiting = list(ids)
    for n in range(0, len(waiting), AT_ONCE):
        yield waiting[n : n + AT_ONCE]


def address_of(article: Article) -> str:
    """Where an article comes from: its URL, else the place it was read at."""
    return article.url or article.path or article.id


def library_id(article: Article) -> str:
    """The id of an article in the library: the same text at the same address is the same article."""
    return "a" + codec.text_hash(f"{address_of(article)}\0{article.text}")[:20]


def _file_name(article: Article) -> str | None:
    """What a report of unknown source is called: its file."""
    return PurePath(article.path).stem or None


def put_articles(store: Store, found: Iterable[Article]) -> list[str]:
    """Add articles, each whole or not at all; the ids of those that were not there yet, in order."""
    added = []
    with store.writing() as connection:
        for article in found:
            name = library_id(article)
            if connection.scalar(sa.select(articles.c.id).where(articles.c.id == name)):
                continue
            own = msgspec.structs.replace(article, id=name, source=article.source or _file_name(article))
            address = address_of(article)
            last = connection.scalar(sa.select(sa.func.max(articles.c.version)).where(articles.c.address == address))
            connection.execute(
                sa.insert(articles).values(
                    id=name,
                    address=address,
                    version=(last or 0) + 1,
                    source=own.source,
                    source_words=fold_text(own.source or ""),
                    title=own.title,
                    published=own.published,
                    language=own.language,
                    sha256=codec.text_hash(own.text),
                    n_chars=len(own.text),
                    body=codec.encode(own),
                )
            )
            connection.execute(sa.insert(texts).values(article=name, words=searched_words(own)))
            added.append(name)
    return added


def searched_words(article: Article) -> str:
    """What search looks in: the folded words of the title and the text, as far as both databases index them."""
    return fold_text(f"{article.title or ''}\n{article.text[:SEARCHED]}")[:SEARCHED]


def get_articles(store: Store, ids: Sequence[str]) -> list[Article]:
    """The articles with some ids, in order of id."""
    with store.reading() as connection:
        return sorted(_bodies(connection, ids), key=lambda a: a.id)


def _bodies(connection: sa.Connection, ids: Sequence[str]) -> Iterator[Article]:
    for some in in_parts(ids):
        for body in connection.scalars(sa.select(articles.c.body).where(articles.c.id.in_(some))):
            yield codec.decode(body, Article)


def is_superseded() -> sa.ColumnElement[bool]:
    """The condition that an article's address has a later version."""
    later = articles.alias()
    return sa.exists().where(later.c.address == articles.c.address, later.c.version > articles.c.version)


def versions_of(store: Store, address: str) -> list[Article]:
    """All versions of an address, the first one first."""
    with store.reading() as connection:
        bodies = connection.scalars(
            sa.select(articles.c.body).where(articles.c.address == address).order_by(articles.c.version)
        )
        return [codec.decode(body, Article) for body in bodies]


def waiting_for(store: Store, stage: str, version: str) -> list[str]:
    """The ids of the articles that this version of a stage has not worked on."""
    done = sa.select(stages.c.article).where(stages.c.stage == stage, stages.c.version == version)
    with store.reading() as connection:
        return list(
            connection.scalars(sa.select(articles.c.id).where(articles.c.id.not_in(done)).order_by(articles.c.id))
        )


def mark(connection: sa.Connection, ids: Iterable[str], stage: str, version: str) -> None:
    """Say that a stage has been done, in the transaction that keeps what it found."""
    for some in in_parts(ids):
        connection.execute(sa.delete(stages).where(stages.c.article.in_(some), stages.c.stage == stage))
        connection.execute(sa.insert(stages), [{"article": name, "stage": stage, "version": version} for name in some])


def count_articles(store: Store) -> int:
    """How many articles there are, every version counted."""
    with store.reading() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(articles)) or 0


def stored_hashes(store: Store) -> dict[str, str]:
    """The hash of each article's text as it was when it was added, by id."""
    with store.reading() as connection:
        return dict(connection.execute(sa.select(articles.c.id, articles.c.sha256)).all())
