"""What is read: articles, what is known of each, and what was set aside."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

from rashomon.model.places import Located, Span

Completeness = Literal["full", "truncated", "summary"]
BasisKind = Literal["metadata", "text", "story", "correction"]


class Credit(Located, frozen=True, kw_only=True):
    """A place where the report names the agency or outlet its text comes from."""

    agency: str


class Basis(Struct, frozen=True, kw_only=True):
    """What a publication date rests on: metadata, words of the text, the story's other reports, a reader's correction."""

    kind: BasisKind
    span: Span | None = None


class Article(Struct, frozen=True, kw_only=True):
    """One published text at one time. `text` is kept exactly as decoded; `furniture` marks what is no reporting."""

    id: str
    path: str
    text: str
    sha256: str
    source: str | None = None
    url: str | None = None
    title: str | None = None
    title_span: Span | None = None
    byline: str | None = None
    language: str | None = None
    published: str | None = None
    published_basis: Basis | None = None
    modified: str | None = None
    furniture: tuple[Span, ...] = ()
    credits: tuple[Credit, ...] = ()
    completeness: Completeness = "full"
    n_versions: int = 1

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        title: str | None = None,
        published: str | None = None,
        source: str | None = None,
        url: str | None = None,
        language: str | None = None,
    ) -> Article:
        """The article that a text is. What is not given is looked for in the text, as it is when a file is read.

        The same text with the same fields has the same id. Raises `UsageError` for an empty text or a day that is none.
        """
        from rashomon.read.plain import article_of_text

        return article_of_text(text, title=title, published=published, source=source, url=url, language=language)

    def dated(self, day: str) -> Article:
        """The article with the day of its publication as a reader set it right."""
        return msgspec.structs.replace(self, published=day, published_basis=Basis(kind="correction"))


class Reject(Struct, frozen=True, kw_only=True):
    """An input that was set aside, and why."""

    path: str
    reason: str


class Intake(Struct, frozen=True, kw_only=True):
    """What reading a set of locations gave: the articles, in order of id, and the rejects."""

    articles: tuple[Article, ...]
    rejects: tuple[Reject, ...] = ()
