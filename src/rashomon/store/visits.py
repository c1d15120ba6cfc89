"""What servers said last of each address, and what could not be read or fetched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa

from rashomon.model import Reject
from rashomon.store.engine import Store
from rashomon.store.tables import failures as failed
from rashomon.store.tables import visits


class Visit(NamedTuple):
    """The validators of a conditional GET (RFC 9110)."""

    etag: str | None
    modified: str | None


def last_visit(store: Store, url: str) -> Visit | None:
    """What the server said when the address was fetched last."""
    with store.reading() as connection:
        row = connection.execute(sa.select(visits.c.etag, visits.c.modified).where(visits.c.url == url)).first()
        return Visit(*row) if row else None


def note_visit(store: Store, url: str, visit: Visit) -> None:
    """Keep what the server said, for the next time."""
    with store.writing() as connection:
        connection.execute(sa.delete(visits).where(visits.c.url == url))
        connection.execute(sa.insert(visits).values(url=url, etag=visit.etag, modified=visit.modified))


def note_failure(store: Store, failure: Reject) -> None:
    """Keep what could not be read, with its reason."""
    with store.writing() as connection:
        connection.execute(sa.delete(failed).where(failed.c.place == failure.path))
        connection.execute(sa.insert(failed).values(place=failure.path, reason=failure.reason))


def failures(store: Store) -> list[Reject]:
    """What could not be read, by place, in one order whatever the database holds for the alphabet's."""
    with store.reading() as connection:
        return [
            Reject(path=p, reason=r) for p, r in sorted(tuple(row) for row in connection.execute(sa.select(failed)))
        ]


def forget_failures(store: Store, places: Iterable[str]) -> None:
    """Take places that were read after all off the list."""
    with store.writing() as connection:
        for place in places:
            connection.execute(sa.delete(failed).where(failed.c.place == place))
