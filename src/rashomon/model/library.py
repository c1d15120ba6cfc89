"""What a library tells of what it has and of what was done with it."""

from __future__ import annotations

from msgspec import Struct

from rashomon.model.articles import Reject
from rashomon.model.places import Located


class Replacement(Struct, frozen=True, kw_only=True):
    """Words before and after; None where they came new or went."""

    before: str | None
    after: str | None


class VersionChange(Struct, frozen=True, kw_only=True):
    """What changed from one version of a page to the next."""

    before: str
    after: str
    published: str | None
    words: tuple[Replacement, ...]
    quotes: tuple[Replacement, ...]
    figures: tuple[Replacement, ...]


class StoryRow(Struct, frozen=True):
    """A story as lists show it. An address counts once, however often its page changed; older versions are superseded."""

    id: str
    title: str | None
    first: str | None
    last: str | None
    n_articles: int
    n_sources: int
    n_differences: int | None
    n_superseded: int = 0


class Hit(Struct, frozen=True):
    """An article that was found, the story it is in, and the first quote that fits where a speaker was asked for.

    It is superseded when its address has a later version.
    """

    article: str
    story: str | None
    source: str | None
    published: str | None
    title: str | None
    quote: str | None
    superseded: bool = False


class Added(Struct, frozen=True, kw_only=True):
    """What adding to a library did: articles read, those new to it, addresses that had not changed, what failed.

    What is annotated and grouped may be more than what is new: work that was cut off before is done too.
    """

    n_read: int
    n_new: int
    n_unchanged: int
    failed: tuple[Reject, ...]
    n_annotated: int
    n_grouped: int


class Round(Struct, frozen=True, kw_only=True):
    """What one round over watched feeds brought."""

    number: int
    n_new: int
    n_failed: int


class Checked(Struct, frozen=True, kw_only=True):
    """How many articles of a library were read again, and everything that is off, by the article or row it is off in."""

    n_articles: int
    off: tuple[Reject, ...]


class ExportedFile(Struct, frozen=True, kw_only=True):
    """A file that was written, and how many rows or pieces it holds."""

    path: str
    n_rows: int


class Exported(Struct, frozen=True, kw_only=True):
    """What an export wrote; `note` says what was cut, where something was."""

    files: tuple[ExportedFile, ...]
    note: str | None = None


class Note(Located, frozen=True, kw_only=True):
    """What a reader wrote on a passage of an article: who, and when in seconds since 1970."""

    number: int
    article: str
    text: str
    who: str
    at: int
