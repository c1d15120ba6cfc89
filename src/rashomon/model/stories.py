"""Which articles are of one event, and why."""

from __future__ import annotations

from hashlib import sha256

from msgspec import Struct

from rashomon.model.articles import Reject


class Link(Struct, frozen=True, kw_only=True):
    """Why two articles are held to report one event."""

    left: str
    right: str
    score: float
    reasons: tuple[str, ...] = ()


def story_id(first: str) -> str:
    """The id of the story whose earliest article this is: it stays while reports are added after it."""
    return "s" + sha256(first.encode()).hexdigest()[:12]


class Story(Struct, frozen=True, kw_only=True, rename={"article_ids": "articles"}):
    """The articles about one event, from the earliest on, and the links that tie them together."""

    id: str
    article_ids: tuple[str, ...]
    links: tuple[Link, ...] = ()


class Grouping(Struct, frozen=True, kw_only=True):
    """The stories that some articles make."""

    stories: tuple[Story, ...]
    skipped: tuple[Reject, ...] = ()
