"""What a reader sets right."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

CorrectionKind = Literal["merge", "split", "speaker", "date"]
CorrectionTarget = Literal["names", "quotes", "points"]
StoryCorrectionKind = Literal["merge", "split", "pin"]


class StoryCorrection(Struct, frozen=True, kw_only=True):
    """What a reader set right about stories: their articles put together, taken out, or moved to the first one's story."""

    kind: StoryCorrectionKind
    articles: tuple[str, ...]
    note: str | None = None


class Place(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A character of an article; `words`, when given, must stand there."""

    article: str
    at: int
    words: str | None = None


class Correction(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a reader set right. Names are told by `forms`, the rest by `places`.

    `value` is the right speaker or date; of names that are merged it is the one of the forms that is shown, where a reader chose.
    """

    kind: CorrectionKind
    what: CorrectionTarget | None = None
    forms: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    value: str | None = None
    note: str | None = None


class NumberedCorrection(Struct, frozen=True, kw_only=True):
    """What a reader set right, with the number by which it can be taken back, and the articles it is about.

    Of stories there is no more to it; of names, speakers and dates the rest is that of a `Correction`.
    """

    number: int
    kind: StoryCorrectionKind | CorrectionKind
    articles: tuple[str, ...]
    what: CorrectionTarget | None = None
    forms: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    value: str | None = None
    note: str | None = None
