"""Articles in the library: added once, never changed, versions of an address in order."""

from __future__ import annotations

from collections import defaultdict
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
            last = connection.execute(
                sa.select(articles.c.version, articles.c.dated)
                .where(articles.c.address == address)
                .order_by(articles.c.version.desc())
                .limit(1)
            ).first()
            dated = last.dated if last else None
            connection.execute(
                sa.insert(articles).values(
                    id=name,
                    address=address,
                    version=(last.version if last else 0) + 1,
                    source=own.source,
                    source_words=fold_text(own.source or ""),
                    title=own.title,
                    published=dated or own.published,
                    dated=dated,
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
        return read_articles(connection, ids)


def read_articles(connection: sa.Connection, ids: Iterable[str]) -> list[Article]:
    """The articles with some ids, in order of id, as a transaction sees them."""
    found: list[Article] = []
    for some in in_parts(ids):
        rows = connection.execute(sa.select(articles.c.body, articles.c.dated).where(articles.c.id.in_(some)))
        found += (as_corrected(body, dated) for body, dated in rows)
    return sorted(found, key=lambda a: a.id)


def as_corrected(body: bytes, dated: str | None) -> Article:
    """An article of the library, with the day that a reader set right."""
    article = codec.decode(body, Article)
    return article if dated is None else article.dated(dated)


def set_day(connection: sa.Connection, ids: Iterable[str], day: str | None) -> None:
    """Have some articles be of a day that a reader set right; None is the day that each was read with."""
    for some in in_parts(ids):
        for name, body in connection.execute(sa.select(articles.c.id, articles.c.body).where(articles.c.id.in_(some))):
            published = day or codec.decode(body, Article).published
            connection.execute(sa.update(articles).where(articles.c.id == name).values(dated=day, published=published))


def all_versions(connection: sa.Connection, ids: Iterable[str]) -> dict[str, list[str]]:
    """All versions of the addresses of some articles, by article, the first version first."""
    found: dict[str, list[str]] = defaultdict(list)
    other = articles.alias()
    for some in in_parts(sorted(ids)):
        rows = connection.execute(
            sa.select(articles.c.id, other.c.id)
            .join(other, other.c.address == articles.c.address)
            .where(articles.c.id.in_(some))
            .order_by(articles.c.id, other.c.version)
        )
        for article, version in rows:
            found[article].append(version)
    return found


def is_superseded() -> sa.ColumnElement[bool]:
    """The condition that an article's address has a later version."""
    later = articles.alias()
    return sa.exists().where(later.c.address == articles.c.address, later.c.version > articles.c.version)


def versions_of(store: Store, address: str) -> list[Article]:
    """All versions of an address, the first one first."""
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(articles.c.body, articles.c.dated)
            .where(articles.c.address == address)
            .order_by(articles.c.version)
        )
        return [as_corrected(body, dated) for body, dated in rows]


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
