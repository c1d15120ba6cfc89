"""All that a story's articles say, side by side, and their lineage by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from rashomon.errors import UsageError
from rashomon.model.articles import Article, Basis, Completeness, Credit, Reject
from rashomon.model.briefing import BriefingSentence
from rashomon.model.corrections import Correction
from rashomon.model.differences import Difference
from rashomon.model.lineage import Lineage
from rashomon.model.places import Span
from rashomon.model.provenance import Run
from rashomon.model.rows import AlignedFigure, AlignedQuote, Event, Name, Point, Position, Sum, TimeReading

if TYPE_CHECKING:
    import pyarrow as pa


class StoryCard(Struct, frozen=True, kw_only=True):
    """The head of a collation: a title taken from the reports, and the days they were published."""

    id: str
    title: str
    first: str | None
    last: str | None


class ArticleCard(Struct, frozen=True, kw_only=True):
    """An article without its text. Letters are given account by account, so that those of one text are neighbours."""

    id: str
    letter: str
    path: str
    source: str | None
    title: str | None
    byline: str | None
    published: str | None
    published_basis: Basis | None
    modified: str | None
    url: str | None
    language: str | None
    sha256: str
    n_chars: int
    furniture: tuple[Span, ...]
    credits: tuple[Credit, ...]
    completeness: Completeness
    n_versions: int = 1


class LineageReport(Struct, frozen=True, kw_only=True):
    """The lineage of some articles by itself, as `rashomon lineage` prints it."""

    format: Literal[2] = 2
    articles: tuple[ArticleCard, ...]
    lineage: Lineage
    skipped: tuple[Reject, ...]
    run: Run


class Collation(Struct, frozen=True, kw_only=True, dict=True):
    """All that a story's articles say, side by side. Encoded as it stands, it is the JSON contract.

    Beside its fields it knows the articles whose text it points into; one that was read from JSON is told them by
    `with_articles`.
    """

    format: Literal[2] = 2
    story: StoryCard
    articles: tuple[ArticleCard, ...]
    lineage: Lineage
    quotes: tuple[AlignedQuote, ...]
    figures: tuple[AlignedFigure, ...]
    sums: tuple[Sum, ...]
    times: tuple[TimeReading, ...]
    timeline: tuple[Event, ...]
    names: tuple[Name, ...]
    points: tuple[Point, ...]
    differences: tuple[Difference, ...]
    positions: tuple[Position, ...]
    briefing: tuple[BriefingSentence, ...]
    corrections: tuple[Correction, ...]
    skipped: tuple[Reject, ...]
    run: Run

    def with_articles(self, articles: Sequence[Article]) -> Collation:
        """This collation, knowing the articles whose text it points into. Raises `UsageError` where they are others."""
        texts = {article.id: article.sha256 for article in articles}
        for card in self.articles:
            if texts.get(card.id) != card.sha256:
                raise UsageError(f"{card.id}: this collation was made of an article that is not among those given")
        known = msgspec.structs.replace(self)
        vars(known)["_articles"] = tuple(articles)
        return known

    @property
    def full_articles(self) -> tuple[Article, ...]:
        """The articles with their texts. Raises `UsageError` where this collation does not know them."""
        articles: tuple[Article, ...] | None = vars(self).get("_articles")
        if articles is None:
            raise UsageError("this collation was read without its articles; tell it: collation.with_articles(articles)")
        return articles

    def table(self, name: str) -> pa.Table:
        """One noun of this collation ("quotes", "figures" …) as an Arrow table, which pandas, polars and DuckDB take.

        It has the columns of `rashomon export`. Raises `UsageError` for a table that is none, or without pyarrow.
        """
        from rashomon.report.tables import arrow_table

        return arrow_table(self, name)

    def _repr_html_(self) -> str:
        """The page without its script, in a frame of its own, as notebooks show it."""
        from rashomon.report.html import render_frame

        return render_frame(self)
