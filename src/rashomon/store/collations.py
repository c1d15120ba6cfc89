"""Collations that were made, so that the next who asks, or the app when it starts again, has them at once."""

from __future__ import annotations

import zlib

import sqlalchemy as sa

from rashomon import codec
from rashomon.model import Collation
from rashomon.store.engine import Store
from rashomon.store.tables import collations, stories


def kept_collation(store: Store, story: str, key: str) -> Collation | None:
    """The collation of a story, where one is kept under this key."""
    query = sa.select(collations.c.body).where(collations.c.story == story, collations.c.key == key)
    with store.reading() as connection:
        body = connection.scalar(query)
    return codec.decode(zlib.decompress(body), Collation) if body is not None else None


def keep_collation(store: Store, story: str, key: str, made: Collation) -> None:
    """Keep the collation of a story in place of the last; not while somebody writes, nor once the story is gone."""
    body = zlib.compress(codec.encode(made))
    with store.writing_if_free() as connection:
        if connection is None or connection.scalar(sa.select(stories.c.id).where(stories.c.id == story)) is None:
            return
        connection.execute(sa.delete(collations).where(collations.c.story == story))
        connection.execute(sa.insert(collations).values(story=story, key=key, body=body))
