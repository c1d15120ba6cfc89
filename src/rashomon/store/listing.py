"""Lists of the library a page at a time: each goes on behind the last row that was shown, however many come in meanwhile."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa
from msgspec import Struct

from rashomon.model import StoryRow
from rashomon.store.articles import is_superseded
from rashomon.store.engine import Store
from rashomon.store.tables import articles, failures, members, quotes, stories
from rashomon.text.words import fold_text


class ArticleRow(Struct, frozen=True):
    """An article as lists show it, with its story, which it has none of until it is grouped."""

    id: str
    address: str
    version: int
    source: str | None
    title: str | None
    published: str | None
    language: str | None
    n_chars: int
    story: str | None
    superseded: bool


class QuoteRow(Struct, frozen=True):
    """A quote as one article has it."""

    article: str
    number: int
    story: str | None
    speaker: str | None
    words: str
    start: int
    end: int


class Counts(NamedTuple):
    """How much a library holds."""

    articles: int
    stories: int
    failures: int


def count_all(store: Store) -> Counts:
    """How many articles, stories and failures there are."""
    with store.reading() as connection:
        return Counts(
            *(
                connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                for table in (articles, stories, failures)
            )
        )


def page_of_stories(
    store: Store,
    after: tuple[str, str] | None,
    most: int,
    *,
    least: int = 1,
    day: str | None = None,
    source: str | None = None,
) -> list[StoryRow]:
    """Stories, the newest first, behind the last day and id of the story before; of a day, or told by a source."""
    last = sa.func.coalesce(stories.c.last, "")
    where = [stories.c.n_articles >= least, *_fitting(day, source)]
    if after is not None:
        where.append(sa.or_(last < after[0], sa.and_(last == after[0], stories.c.id > after[1])))
    query = sa.select(stories).where(*where).order_by(last.desc(), stories.c.id).limit(most)
    with store.reading() as connection:
        return [StoryRow(*row) for row in connection.execute(query)]


def list_part(
    store: Store,
    first: int,
    most: int,
    *,
    order: str = "newest",
    day: str | None = None,
    source: str | None = None,
    several: bool = False,
) -> tuple[list[StoryRow], int]:
    """Some stories behind the first so many of a list, and how many it has.

    By "sources" or "disagreement" those come first of which there is most; those that were not compared yet come behind.
    With `several` stories in which nothing can differ, or nothing does, are left out.
    """
    where = _fitting(day, source)
    if several:
        where += [stories.c.n_articles > 1, sa.or_(stories.c.n_differences.is_(None), stories.c.n_differences != 0)]
    most_of = {
        "sources": stories.c.n_sources.desc(),
        "disagreement": sa.func.coalesce(stories.c.n_differences, -1).desc(),
    }
    first_by = [most_of[order]] if order in most_of else []
    query = (
        sa.select(stories)
        .where(*where)
        .order_by(*first_by, sa.func.coalesce(stories.c.last, "").desc(), stories.c.id)
        .offset(first)
        .limit(most)
    )
    with store.reading() as connection:
        rows = [StoryRow(*row) for row in connection.execute(query)]
        return rows, connection.scalar(sa.select(sa.func.count()).select_from(stories).where(*where)) or 0


def _fitting(day: str | None, source: str | None) -> list[sa.ColumnElement[bool]]:
    """The conditions that a story goes on at a day, and that a source tells it."""
    where: list[sa.ColumnElement[bool]] = []
    if day is not None:
        where += [sa.func.substr(stories.c.first, 1, 10) <= day, sa.func.substr(stories.c.last, 1, 10) >= day]
    if source is not None:
        told = sa.select(members.c.story).join(articles, articles.c.id == members.c.article).where(_named(source))
        where.append(stories.c.id.in_(told))
    return where


def story_row(store: Store, story: str) -> StoryRow | None:
    """A story as lists show it; None where there is none of this id."""
    with store.reading() as connection:
        row = connection.execute(sa.select(stories).where(stories.c.id == story)).first()
        return StoryRow(*row) if row else None


def page_of_articles(
    store: Store,
    after: tuple[str, str] | None,
    most: int | None,
    *,
    story: str | None = None,
    source: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> list[ArticleRow]:
    """Articles, the newest first, behind the time and id of the one before; of a story, a source, of some days."""
    published = sa.func.coalesce(articles.c.published, "")
    where: list[sa.ColumnElement[bool]] = []
    if after is not None:
        where.append(sa.or_(published < after[0], sa.and_(published == after[0], articles.c.id > after[1])))
    if story is not None:
        where.append(members.c.story == story)
    if source is not None:
        where.append(_named(source))
    if since is not None:
        where.append(published >= since)
    if until is not None:
        where.append(sa.and_(published != "", sa.func.substr(published, 1, 10) <= until))
    names = ("id", "address", "version", "source", "title", "published", "language", "n_chars")
    columns: list[sa.ColumnElement[Any]] = [*(articles.c[name] for name in names), members.c.story, is_superseded()]
    query = (
        sa.select(*columns)
        .outerjoin(members, members.c.article == articles.c.id)
        .where(*where)
        .order_by(published.desc(), articles.c.id)
        .limit(most)
    )
    with store.reading() as connection:
        return [ArticleRow(*row) for row in connection.execute(query)]


def page_of_quotes(
    store: Store,
    after: tuple[str, int] | None,
    most: int,
    *,
    story: str | None = None,
    article: str | None = None,
    speaker: str | None = None,
) -> list[QuoteRow]:
    """Quotes in order of article and place, behind the one before; of a story, an article, a speaker."""
    where: list[sa.ColumnElement[bool]] = []
    if after is not None:
        here = quotes.c.article
        where.append(sa.or_(here > after[0], sa.and_(here == after[0], quotes.c.number > after[1])))
    if story is not None:
        where.append(members.c.story == story)
    if article is not None:
        where.append(quotes.c.article == article)
    if speaker is not None:
        where.append(quotes.c.speaker_words.contains(fold_text(speaker), autoescape=True))
    query = (
        sa.select(
            *(quotes.c.article, quotes.c.number, members.c.story),
            *(quotes.c.speaker, quotes.c.words, quotes.c.start, quotes.c.end),
        )
        .outerjoin(members, members.c.article == quotes.c.article)
        .where(*where)
        .order_by(quotes.c.article, quotes.c.number)
        .limit(most)
    )
    with store.reading() as connection:
        return [QuoteRow(*row) for row in connection.execute(query)]


def _named(source: str) -> sa.ColumnElement[bool]:
    words = fold_text(source)
    return articles.c.source_words.contains(words, autoescape=True) if words else sa.false()
