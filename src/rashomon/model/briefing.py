"""The briefing: lines that are read first, each with the readings behind it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from rashomon.model.places import Reading

BriefingGroup = Literal["agree", "differ", "alone"]


class BriefingPart(Struct, frozen=True, kw_only=True):
    """A stretch of a line of the briefing, and the readings that support it: letters stand behind the part."""

    text: str
    cites: tuple[Reading, ...]


class BriefingSentence(Struct, frozen=True, kw_only=True):
    """A line of the briefing and the readings of the rows it was made from; `rewritten` where a language model worded it.

    `parts`, put together, are the text, each with the readings that stand behind it; `group` says whether most agree on it, the articles differ, or one alone has it.
    """

    text: str
    cites: tuple[Reading, ...]
    group: BriefingGroup
    parts: tuple[BriefingPart, ...]
    rewritten: bool = False
