"""What users set right, by numbers that are given once: of stories, and of the rows of collations.

Taking a correction back takes a number too, so that whoever knows the last number can be told of all that came after.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from rashomon import codec
from rashomon.model import Correction, StoryCorrection
from rashomon.store.articles import all_versions, in_parts
from rashomon.store.engine import Store
from rashomon.store.tables import corrected, corrections, members

STORIES, ROWS = "stories", "rows"


class Kept(NamedTuple):
    """A correction that the library keeps; `changed` is the number of its taking back where it holds no more."""

    number: int
    changed: int
    correction: StoryCorrection | Correction

    @property
    def holds(self) -> bool:
        """Whether it has not been taken back."""
        return self.changed == self.number


def all_corrections(connection: sa.Connection) -> list[Kept]:
    """All that users ever set right, in order."""
    return _kept(connection.execute(sa.select(corrections).order_by(corrections.c.number)))


def numbered_corrections(store: Store) -> list[Kept]:
    """What users set right and holds, with the numbers by which it can be taken back."""
    with store.reading() as connection:
        return [kept for kept in all_corrections(connection) if kept.holds]


def get_corrections(connection: sa.Connection) -> list[StoryCorrection]:
    """What users set right about stories, in order, said of every version of the pages they named: a page is in one story."""
    query = sa.select(corrections).where(corrections.c.what == STORIES, corrections.c.undone.is_(None))
    found = [k.correction for k in _kept(connection.execute(query.order_by(corrections.c.number)))]
    own = [c for c in found if isinstance(c, StoryCorrection)]
    versions = all_versions(connection, {a for c in own for a in c.articles})
    return [
        msgspec.structs.replace(
            c, articles=tuple(dict.fromkeys([*c.articles, *(v for a in c.articles for v in versions.get(a, ()))]))
        )
        for c in own
    ]


def row_corrections(connection: sa.Connection, ids: Iterable[str]) -> list[Kept]:
    """What users ever set right in the rows that some articles are in, any version of their pages, in order."""
    versions = all_versions(connection, ids)
    found: dict[int, Kept] = {}
    for some in in_parts(sorted({v for own in versions.values() for v in own})):
        named = sa.select(corrected.c.number).where(corrected.c.article.in_(some))
        rows = connection.execute(sa.select(corrections).where(corrections.c.number.in_(named)))
        found |= {kept.number: kept for kept in _kept(rows)}
    return [found[number] for number in sorted(found)]


def rows_corrected(store: Store, story: str) -> tuple[int, ...]:
    """The numbers of the corrections that hold for rows of a story."""
    query = (
        sa.select(corrected.c.number)
        .distinct()
        .join(members, members.c.article == corrected.c.article)
        .join(corrections, corrections.c.number == corrected.c.number)
        .where(members.c.story == story, corrections.c.undone.is_(None))
    )
    with store.reading() as connection:
        return tuple(sorted(connection.scalars(query)))


def last_change(connection: sa.Connection) -> int:
    """The last number that was given to a correction or a taking back; 0 before the first."""
    last = sa.select(sa.func.max(corrections.c.number), sa.func.max(corrections.c.undone))
    return max(number or 0 for number in connection.execute(last).one())


def put_correction(connection: sa.Connection, correction: StoryCorrection | Correction) -> int:
    """Write down what a user set right; its number, by which it can be taken back."""
    number = last_change(connection) + 1
    what = STORIES if isinstance(correction, StoryCorrection) else ROWS
    connection.execute(sa.insert(corrections).values(number=number, what=what, body=codec.encode(correction)))
    if isinstance(correction, Correction):
        named = sorted({place.article for place in correction.places})
        connection.execute(sa.insert(corrected), [{"number": number, "article": article} for article in named])
    return number


def take_back(connection: sa.Connection, number: int) -> StoryCorrection | Correction | None:
    """Have a correction hold no more; what it was, or None where none of this number holds."""
    own = sa.select(corrections).where(corrections.c.number == number, corrections.c.undone.is_(None))
    found = _kept(connection.execute(own))
    if not found:
        return None
    undone = last_change(connection) + 1
    connection.execute(sa.update(corrections).where(corrections.c.number == number).values(undone=undone))
    return found[0].correction


def _kept(rows: Iterable[Any]) -> list[Kept]:
    kinds: dict[str, type[StoryCorrection | Correction]] = {STORIES: StoryCorrection, ROWS: Correction}
    return [Kept(row.number, row.undone or row.number, codec.decode(row.body, kinds[row.what])) for row in rows]
