"""Which articles are of one event, and why."""

from __future__ import annotations

from msgspec import Struct

from rashomon.model.articles import Reject


class Link(Struct, frozen=True, kw_only=True):
    """Why two articles are held to report one event."""

    left: str
    right: str
    score: float
    reasons: tuple[str, ...] = ()


class Story(Struct, frozen=True, kw_only=True, rename={"article_ids": "articles"}):
    """The articles about one event, from the earliest on, and the links that tie them together."""

    id: str
    article_ids: tuple[str, ...]
    links: tuple[Link, ...] = ()


class Grouping(Struct, frozen=True, kw_only=True):
    """The stories that some articles make."""

    stories: tuple[Story, ...]
    skipped: tuple[Reject, ...] = ()
