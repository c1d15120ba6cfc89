"""What readers wrote on passages of articles."""

from __future__ import annotations

import time
from collections.abc import Iterable

import sqlalchemy as sa

from rashomon.model import Note
from rashomon.store.articles import all_versions, in_parts
from rashomon.store.engine import Store
from rashomon.store.tables import notes


def notes_on(store: Store, ids: Iterable[str]) -> list[Note]:
    """The notes on some articles, any version of their pages, in order of their numbers."""
    with store.reading() as connection:
        versions = {v for own in all_versions(connection, ids).values() for v in own}
        found = [
            Note(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
            for some in in_parts(sorted(versions))
            for row in connection.execute(sa.select(notes).where(notes.c.article.in_(some)))
        ]
    return sorted(found, key=lambda note: note.number)


def get_note(store: Store, number: int) -> Note | None:
    """A note by its number."""
    with store.reading() as connection:
        row = connection.execute(sa.select(notes).where(notes.c.number == number)).first()
        return Note(**row._mapping) if row else None  # noqa: SLF001


def put_note(store: Store, article: str, start: int, end: int, text: str, who: str, most: int) -> Note | None:
    """Keep a note; None where the article has so many already."""
    with store.writing() as connection:
        here = sa.select(sa.func.count()).select_from(notes).where(notes.c.article == article)
        if (connection.scalar(here) or 0) >= most:
            return None
        number = (connection.scalar(sa.select(sa.func.max(notes.c.number))) or 0) + 1
        note = Note(number=number, article=article, start=start, end=end, text=text, who=who, at=int(time.time()))
        own = {name: getattr(note, name) for name in Note.__struct_fields__}
        connection.execute(sa.insert(notes).values(**own))
    return note


def drop_note(store: Store, number: int) -> bool:
    """Forget a note; whether there was one."""
    with store.writing() as connection:
        return bool(connection.execute(sa.delete(notes).where(notes.c.number == number)).rowcount)
