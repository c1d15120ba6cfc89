"""Searching the library: words and phrases in texts, speakers in quotes, names, sources, days.

    ceasefire talks OR "peace plan" speaker:Weir source:herald since:2025-02-01 name:Tessmar

Words next to one another must all be there, OR stands between alternatives, quotation marks hold a phrase. The words go to
FTS5 in SQLite and to the full-text search of PostgreSQL; the rest is SQL. What is asked and what is kept are folded by the same
function (text/words.py), so that both databases compare letters and digits of ASCII and nothing else.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from rashomon.errors import UsageError
from rashomon.model import Hit
from rashomon.store.articles import is_superseded
from rashomon.store.engine import Store
from rashomon.store.tables import articles, members, names, quotes, texts
from rashomon.text.words import fold_text

FIELDS = ("speaker", "name", "source", "since", "until")
_PART = re.compile(r'(?:(?P<field>[a-z]+):)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


class Query(NamedTuple):
    """A search: alternatives, each of terms (a word or a phrase) that must all be there; and what fields must hold."""

    alternatives: tuple[tuple[tuple[str, ...], ...], ...]
    fields: dict[str, tuple[str, ...]]


def parse(asked: str) -> Query:
    """What a search line asks for. Raises `UsageError` for a field or day that is none."""
    alternatives: list[list[tuple[str, ...]]] = [[]]
    fields: dict[str, tuple[str, ...]] = {}
    for part in _PART.finditer(asked):
        value = part["phrase"] if part["phrase"] is not None else part["word"]
        if part["field"] in FIELDS:
            fields[part["field"]] = (*fields.get(part["field"], ()), _of_field(part["field"], value))
        elif part["field"] and part["phrase"] is None and not value.startswith("//"):
            raise UsageError(f"{part['field']}: is no field to search; use {', '.join(FIELDS)}, or quote the words")
        elif part["word"] == "OR":
            alternatives.append([])
        elif words := tuple(fold_text(value).split()):
            alternatives[-1].append(words)
    query = Query(tuple(tuple(a) for a in alternatives if a), fields)
    if not query.alternatives and not query.fields:
        raise UsageError(f'nothing to search for in {asked!r}; give words, a "phrase" or {FIELDS[0]}:Name')
    return query


def _of_field(field: str, value: str) -> str:
    """What a field is compared with: a day, or folded words."""
    if field in ("since", "until"):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise UsageError(f"{field}:{value} is no day; write {field}:2025-02-01") from error
    if words := fold_text(value):
        return words
    raise UsageError(f"{field}:{value} has no words to search for; write {field}:Name")


def search(store: Store, asked: str, most: int = 50) -> list[Hit]:
    """The articles that fit, the newest first.

    Several `speaker:` or `name:` must all be in an article; of several `source:` one is enough.
    """
    query = parse(asked)
    where = [_matches(store, query)] if query.alternatives else []
    fields = query.fields
    if "source" in fields:
        where.append(sa.or_(*(_has(articles.c.source_words, words) for words in fields["source"])))
    if "since" in fields:
        where.append(articles.c.published >= max(fields["since"]))
    if "until" in fields:
        where.append(sa.func.substr(articles.c.published, 1, 10) <= min(fields["until"]))
    said_by = quotes.c.speaker_words
    for field, table, column in (("name", names, names.c.name), ("speaker", quotes, said_by)):
        holds = [sa.select(table.c.article).where(_has(column, words)) for words in fields.get(field, ())]
        where += [articles.c.id.in_(some) for some in holds]
    said: sa.ColumnElement[str | None] = sa.literal(None, sa.Text)
    if "speaker" in fields:
        speaks = _has(said_by, fields["speaker"][0])
        first = sa.select(quotes.c.words).where(speaks, quotes.c.article == articles.c.id)
        said = first.order_by(quotes.c.number).limit(1).scalar_subquery()
    select = (
        sa.select(
            *(articles.c.id, members.c.story, articles.c.source, articles.c.published, articles.c.title),
            *(said.label("said"), is_superseded()),
        )
        .outerjoin(members, members.c.article == articles.c.id)
        .where(*where)
        .order_by(sa.func.coalesce(articles.c.published, "").desc(), articles.c.id)
        .limit(most)
    )
    with store.reading() as connection:
        return [Hit(*row) for row in connection.execute(select)]


def _has(column: sa.Column[str], words: str) -> sa.ColumnElement[bool]:
    return column.contains(words, autoescape=True)


def _matches(store: Store, query: Query) -> sa.ColumnElement[bool]:
    if store.is_sqlite:
        asked = " OR ".join(
            "(" + " AND ".join('"' + " ".join(term) + '"' for term in terms) + ")" for terms in query.alternatives
        )
        found = sa.text(
            "SELECT article FROM texts JOIN texts_fts ON texts_fts.rowid = texts.number WHERE texts_fts MATCH :asked"
        )
        return articles.c.id.in_(found.bindparams(asked=asked).columns(article=sa.String).scalar_subquery())
    asked = " | ".join(
        "(" + " & ".join("(" + " <-> ".join(term) + ")" for term in terms) + ")" for terms in query.alternatives
    )
    vector = sa.func.to_tsvector(sa.literal_column("'simple'"), texts.c.words)
    fits = vector.bool_op("@@")(sa.func.to_tsquery(sa.literal_column("'simple'"), asked))
    return articles.c.id.in_(sa.select(texts.c.article).where(fits))
