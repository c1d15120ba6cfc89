"""Stories in the library: the inverted index of keys, the links between articles, and the stories they make.

Everything here takes a connection of `Store.writing()`: finding what a new article is tied to and writing down its story
are one transaction, so that two processes adding at once end with the same stories.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec
import sqlalchemy as sa

from rashomon.model import Article, Link, Reject, Story, StoryRow, story_id
from rashomon.store.articles import AT_ONCE, as_corrected, in_parts, is_superseded
from rashomon.store.engine import Store
from rashomon.store.tables import articles, keys, links, members, profiles, rarities, stories, texts

PROFILED, GROUPED = "profiled", "grouped"
# What stands for the day of an article that has none.
NO_DAY = -1


def put_profiles(connection: sa.Connection, found: Iterable[tuple[str, bytes]]) -> None:
    """Keep the profiles of some articles, as bytes by id."""
    kept = dict(found)
    for some in in_parts(kept):
        connection.execute(sa.delete(profiles).where(profiles.c.article.in_(some)))
    if kept:
        connection.execute(sa.insert(profiles), [{"article": a, "body": body} for a, body in kept.items()])


def all_profiles(store: Store) -> Iterator[bytes]:
    """Every profile of the library, in order of id."""
    with store.reading() as connection:
        query = sa.select(profiles.c.body).order_by(profiles.c.article)
        yield from connection.execution_options(yield_per=AT_ONCE).scalars(query)


def last_rarity(connection: sa.Connection) -> tuple[int, int, bytes] | None:
    """The number of the last counting of terms, of how many articles it was, and what it found."""
    row = connection.execute(sa.select(rarities).order_by(rarities.c.epoch.desc()).limit(1)).first()
    return (row.epoch, row.n_articles, row.body) if row else None


def put_rarity(connection: sa.Connection, epoch: int, n_articles: int, body: bytes) -> None:
    """Keep a counting, in place of all before it."""
    connection.execute(sa.delete(rarities))
    connection.execute(sa.insert(rarities).values(epoch=epoch, n_articles=n_articles, body=body))


def index_keys(
    connection: sa.Connection, article: str, day: int | None, own: Sequence[int], weights: Sequence[int]
) -> None:
    """Write an article into the inverted index, in place of what it was found by before."""
    connection.execute(sa.delete(keys).where(keys.c.article == article))
    at = NO_DAY if day is None else day
    rows = [{"term": t, "day": at, "article": article, "weight": w} for t, w in zip(own, weights, strict=True)]
    if rows:
        connection.execute(sa.insert(keys), rows)


def find_sharing(
    connection: sa.Connection, terms: Sequence[int], first: int, last: int, least: int
) -> list[tuple[str, int, int]]:
    """Articles of some days, or without a day, that share terms of at least some weight; each with its day and the weight."""
    weight = sa.func.sum(keys.c.weight)
    query = (
        sa.select(keys.c.article, keys.c.day, weight)
        .where(keys.c.term.in_(terms), sa.or_(keys.c.day.between(first, last), keys.c.day == NO_DAY))
        .group_by(keys.c.article, keys.c.day)
        .having(weight >= least)
    )
    return [(article, day, int(total)) for article, day, total in connection.execute(query)]


def get_profiles(connection: sa.Connection, ids: Iterable[str]) -> dict[str, bytes]:
    """The profiles of some articles by id."""
    found: dict[str, bytes] = {}
    for some in in_parts(ids):
        rows = connection.execute(sa.select(profiles.c.article, profiles.c.body).where(profiles.c.article.in_(some)))
        found |= dict(rows.all())
    return found


def put_links(connection: sa.Connection, ids: Iterable[str], found: Iterable[Link]) -> None:
    """The links of some articles, each pair once and its smaller id left, in place of those they had."""
    for some in in_parts(ids):
        connection.execute(sa.delete(links).where(sa.or_(links.c.left.in_(some), links.c.right.in_(some))))
    rows = [{"left": k.left, "right": k.right, "score": k.score} for k in found]
    if rows:
        connection.execute(sa.insert(links), rows)


def connected(connection: sa.Connection, ids: Iterable[str], tied: Iterable[Sequence[str]]) -> list[Link]:
    """All links of the connected parts of the graph that some articles are in.

    `tied` holds further groups of articles that hang together, such as the articles of a correction; their stories are
    reached over them.
    """
    seen: set[str] = set()
    found: dict[tuple[str, str], float] = {}
    edge = set(ids)
    while edge:
        seen |= edge
        reached: set[str] = set()
        for some in in_parts(sorted(edge)):
            rows = connection.execute(sa.select(links).where(sa.or_(links.c.left.in_(some), links.c.right.in_(some))))
            for left, right, score in rows:
                found[left, right] = score
                reached |= {left, right}
        for group in tied:
            if edge & set(group):
                reached |= set(group)
        edge = reached - seen
    return [Link(left=a, right=b, score=s) for (a, b), s in sorted(found.items())]


def times_of(connection: sa.Connection, ids: Iterable[str]) -> dict[str, str | None]:
    """When each of some articles was published as it was read; what is not in the library is not in the answer.

    A day that a reader set right does not count here: a story keeps its address, which is that of its earliest report.
    """
    found: dict[str, str | None] = {}
    for some in in_parts(ids):
        own = articles.c.id.in_(some)
        found |= dict(connection.execute(sa.select(articles.c.id, articles.c.published).where(own)).all())
        dated = connection.execute(sa.select(articles.c.id, articles.c.body).where(own, articles.c.dated.is_not(None)))
        found |= {name: as_corrected(body, None).published for name, body in dated}
    return found


def story_mates(connection: sa.Connection, ids: Iterable[str]) -> set[str]:
    """All articles of the stories that some articles are in."""
    mates: set[str] = set()
    for some in in_parts(ids):
        told = sa.select(members.c.story).where(members.c.article.in_(some))
        mates |= set(connection.scalars(sa.select(members.c.article).where(members.c.story.in_(told))))
    return mates


def replace_stories(connection: sa.Connection, made: Sequence[Story]) -> None:
    """Write stories in place of all that their articles were in before."""
    ids = [a for story in made for a in story.article_ids]
    before: set[str] = set()
    for some in in_parts(ids):
        before |= set(connection.scalars(sa.select(members.c.story).where(members.c.article.in_(some))))
        connection.execute(sa.delete(members).where(members.c.article.in_(some)))
    for some in in_parts(sorted(before | {s.id for s in made})):
        still = sa.select(members.c.story).where(members.c.story.in_(some))
        connection.execute(sa.delete(stories).where(stories.c.id.in_(some), stories.c.id.not_in(still)))
    for story in made:
        rows = connection.execute(
            sa.select(*(articles.c[name] for name in ("id", "title", "published", "source", "address")))
            .where(articles.c.id.in_(story.article_ids))
            .order_by(articles.c.version)
        ).all()
        by_id, latest = {row.id: row for row in rows}, {row.address: row for row in rows}
        ordered = [by_id[a] for a in story.article_ids]
        days = sorted(row.published for row in ordered if row.published)
        connection.execute(
            sa.insert(stories).values(
                id=story.id,
                title=next((row.title for row in ordered if row.title), None),
                first=days[0] if days else None,
                last=days[-1] if days else None,
                n_articles=len(latest),
                n_sources=len({row.source for row in latest.values()}),
            )
        )
        own = [{"article": a, "story": story.id, "as_first": story_id(a)} for a in story.article_ids]
        connection.execute(sa.insert(members), own)


def list_stories(
    store: Store, *, first: Literal["n_sources", "n_differences"] | None = None, least: int = 1, most: int | None = None
) -> list[StoryRow]:
    """Stories of at least so many addresses, the newest first, or those first of which there is most of something."""
    order = [sa.func.coalesce(stories.c[first], 0).desc()] if first else []
    query = (
        sa.select(stories)
        .where(stories.c.n_articles >= least)
        .order_by(*order, sa.func.coalesce(stories.c.last, "").desc(), stories.c.id)
        .limit(most)
    )
    with store.reading() as connection:
        rows = connection.execute(query).all()
        n_superseded = _count_superseded(connection, [row.id for row in rows])
    return [StoryRow(*(*row, n_superseded.get(row.id, 0))) for row in rows]


def _count_superseded(connection: sa.Connection, ids: Iterable[str]) -> dict[str, int]:
    """How many older versions some stories hold; those that hold none are not in the answer."""
    counted: dict[str, int] = {}
    for some in in_parts(ids):
        rows = connection.execute(
            sa.select(members.c.story, sa.func.count())
            .join(articles, articles.c.id == members.c.article)
            .where(members.c.story.in_(some), is_superseded())
            .group_by(members.c.story)
        )
        counted |= dict(rows.all())
    return counted


def articles_of(store: Store, story: str) -> list[Article]:
    """The articles of a story, the latest version of each address; none where there is no such story."""
    ids = sa.select(members.c.article).where(members.c.story == story)
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(articles.c.address, articles.c.body, articles.c.dated, articles.c.version)
            .where(articles.c.id.in_(ids))
            .order_by(articles.c.version)
        )
        latest = {address: (as_corrected(body, dated), version) for address, body, dated, version in rows}
        return [msgspec.structs.replace(article, n_versions=version) for article, version in latest.values()]


def story_of(store: Store, article: str) -> str | None:
    """The story an article is in."""
    with store.reading() as connection:
        return connection.scalar(sa.select(members.c.story).where(members.c.article == article))


def current_story(store: Store, named: str) -> str | None:
    """The id that a story goes by now, of one that it goes by or may have gone by; None where no report would name one so.

    A story is named by its earliest report, so that it changes its id when an earlier one joins it, or a story that began before.
    """
    with store.reading() as connection:
        held = connection.scalar(sa.select(stories.c.id).where(stories.c.id == named))
        return held or connection.scalar(sa.select(members.c.story).where(members.c.as_first == named))


def members_of(store: Store, story: str) -> frozenset[str]:
    """The ids of the articles of a story, every version of an address."""
    with store.reading() as connection:
        return _members_of(connection, story)


def _members_of(connection: sa.Connection, story: str) -> frozenset[str]:
    return frozenset(connection.scalars(sa.select(members.c.article).where(members.c.story == story)))


def forget_differences(connection: sa.Connection, ids: Iterable[str]) -> None:
    """Have the differences of the stories of some articles counted anew."""
    for some in in_parts(ids):
        told = sa.select(members.c.story).where(members.c.article.in_(some))
        connection.execute(sa.update(stories).where(stories.c.id.in_(told)).values(n_differences=None))


def note_differences(store: Store, story: str, own: frozenset[str], number: int) -> None:
    """Keep how many differences a story with some members has; not while somebody writes, nor when they have changed."""
    with store.writing_if_free() as connection:
        if connection is not None and _members_of(connection, story) == own:
            connection.execute(sa.update(stories).where(stories.c.id == story).values(n_differences=number))


def links_of(store: Store, story: str) -> list[Link]:
    """The links between the articles of a story."""
    ids = sa.select(members.c.article).where(members.c.story == story)
    with store.reading() as connection:
        rows = connection.execute(sa.select(links).where(links.c.left.in_(ids), links.c.right.in_(ids)))
        return [Link(left=a, right=b, score=s) for a, b, s in rows]


def check_rows(store: Store) -> list[Reject]:
    """What is off between the tables: articles without text, stories that do not count what they hold."""
    n_members = (
        sa.select(sa.func.count(articles.c.address.distinct()))
        .select_from(members.join(articles))
        .where(members.c.story == stories.c.id)
        .scalar_subquery()
    )
    with_text = sa.select(texts.c.article)
    with store.reading() as connection:
        wrong = connection.execute(sa.select(stories.c.id).where(stories.c.n_articles != n_members)).scalars().all()
        bare = connection.execute(sa.select(articles.c.id).where(articles.c.id.not_in(with_text))).scalars().all()
    return [
        *(Reject(path=story, reason="the story does not count the articles it holds") for story in wrong),
        *(Reject(path=article, reason="the article cannot be searched: its text is missing") for article in bare),
    ]
