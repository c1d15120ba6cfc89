"""Where words stand: spans of a text, and readings of an article. Half-open, in code points of `Article.text`."""

from __future__ import annotations

from msgspec import Struct


class Span(Struct, frozen=True, array_like=True, order=True):
    """A stretch of an article's text, half-open; written as `[start, end]`."""

    start: int
    end: int


class Located(Struct, frozen=True, kw_only=True):
    """Something found at one place of an article."""

    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class Reading(Located, frozen=True, kw_only=True):
    """What one article has at a place."""

    article: str


class Excerpt(Reading, frozen=True, kw_only=True):
    """A reading with its words."""

    words: str


class Says(Reading, frozen=True, kw_only=True):
    """A reading with what it says, put shortly."""

    says: str
