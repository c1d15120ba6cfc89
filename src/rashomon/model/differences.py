"""Where readings do not say the same."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from rashomon.model.places import Reading, Says

DifferenceKind = Literal["number", "date", "attribution", "wording", "framing", "fact"]


class SideReading(Reading, frozen=True, kw_only=True):
    """Where a side stands: the words that say it, and who is named as its source."""

    words: str
    who: str | None = None


class Side(Struct, frozen=True, kw_only=True):
    """One of the things said in a difference, with the readings that say it."""

    says: str
    readings: tuple[SideReading, ...]


class Difference(Struct, frozen=True, kw_only=True):
    """A place where readings do not say the same.

    `text` is its heading, `topic` what it is about, `sides` what is said, `silent` the articles that say nothing of it.
    `weight` runs from 1 (a shade) to 3 (an editor would act on it); `fits` is true where all sides can be true together.
    `sure` is true where it is likely to be right as it is told, so that it can be printed; the others are places to look at.
    `rows` are the ids of the rows it was found in, `readings` those of all sides.
    """

    id: str
    kind: DifferenceKind
    text: str
    topic: str
    sides: tuple[Side, ...]
    silent: tuple[str, ...]
    weight: int
    note: str | None
    fits: bool
    sure: bool = True
    rows: tuple[str, ...]
    readings: tuple[Says, ...]
