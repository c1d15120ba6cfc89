"""Lists of the library a page at a time."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from rashomon.store import Store
from rashomon.store.listing import list_part
from rashomon.store.tables import articles, members, stories

ROWS: list[dict[str, Any]] = [
    {"id": "a", "last": "2026-02-03", "n_sources": 1, "n_differences": 1, "n_articles": 2},
    {"id": "b", "last": "2026-02-02", "n_sources": 4, "n_differences": None, "n_articles": 2},
    {"id": "c", "last": "2026-02-01", "n_sources": 1, "n_differences": 5, "n_articles": 2},
    {"id": "d", "last": "2026-01-31T08:00", "n_sources": 1, "n_differences": None, "n_articles": 1},
    {"id": "e", "last": None, "n_sources": 1, "n_differences": 0, "n_articles": 2},
]


@pytest.fixture
def listed(store: Store) -> Store:
    """A library of some stories; the second is told by the Herald."""
    herald = {"id": "h", "address": "h", "version": 1, "source_words": "the herald", "sha256": "", "n_chars": 1}
    with store.writing() as connection:
        connection.execute(sa.insert(stories), [{"title": None, "first": row["last"], **row} for row in ROWS])
        connection.execute(sa.insert(articles).values(**herald, body=b""))
        connection.execute(sa.insert(members).values(article="h", story="b"))
    return store


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, "abcde"),
        ({"order": "sources"}, "bacde"),
        ({"order": "disagreement"}, "caebd"),
        ({"day": "2026-02-02"}, "b"),
        ({"day": "2026-01-31"}, "d"),
        ({"several": True}, "abc"),
        ({"source": "Herald"}, "b"),
        ({"source": "—"}, ""),
        ({"source": "nobody"}, ""),
    ],
)
def test_stories_are_chosen_and_ordered(listed: Store, asked: dict[str, Any], kept: str) -> None:
    """What was not compared yet comes behind what was, and is not left out; each part of the list goes on behind the last."""
    rows, n_fitting = list_part(listed, 0, 10, **asked)
    assert "".join(row.id for row in rows) == kept
    assert n_fitting == len(kept)
    parts = [list_part(listed, n, 2, **asked) for n in range(0, len(kept), 2)]
    assert "".join(row.id for part, _ in parts for row in part) == kept
    assert all(n == len(kept) for _, n in parts)
