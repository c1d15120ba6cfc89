"""Why a row of a collation was made."""

from __future__ import annotations

from msgspec import Struct

from rashomon.model.places import Reading


class Likeness(Struct, frozen=True, kw_only=True):
    """How alike two readings are, by their numbers in the list: telling words in common, by weight, and vectors, 0 to 1.

    `probability` is how likely the two say one thing, where that lined them up, and `parts` what each feature added to the
    logarithm of its odds; null for two readings that were not looked at: of one report, of the same words, barred or too unlike.
    """

    left: int
    right: int
    common: tuple[str, ...]
    dice: float
    containment: float
    cosine: float
    probability: float | None = None
    parts: dict[str, float] = {}


class Explanation(Struct, frozen=True, kw_only=True):
    """Why a row of a collation was made."""

    id: str
    section: str
    reasons: tuple[str, ...]
    readings: tuple[Reading, ...]
    likenesses: tuple[Likeness, ...]
