"""Articles, what is found in them, their quotes and figures, and searching them."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, get
from litestar.exceptions import ValidationException
from litestar.params import FromQuery, QueryParameter
from msgspec import Struct

from rashomon.errors import UsageError
from rashomon.model import Annotations, Article, Figure, Hit
from rashomon.run.library import Library
from rashomon.store.listing import ArticleRow, QuoteRow, page_of_articles, page_of_quotes
from rashomon.web.api.parameters import ID, Cursor, Day, Id, Limit, Words, missing
from rashomon.web.cursors import cut_page, read_cursor, write_cursor
from rashomon.web.given import OurLibrary

# A search leads no further than so many articles; who wants more asks for fewer days.
FARTHEST = 2000
OfStory = Annotated[str | None, QueryParameter(name="story", max_length=64, pattern=ID)]
OfArticle = Annotated[str | None, QueryParameter(name="article", max_length=64, pattern=ID)]


class ArticlePage(Struct, frozen=True, kw_only=True):
    """Articles without their texts, the newest first, and the cursor of the next page."""

    items: tuple[ArticleRow, ...]
    next: str | None = None


class QuotePage(Struct, frozen=True, kw_only=True):
    """Quotes in order of article and place, and the cursor of the next page."""

    items: tuple[QuoteRow, ...]
    next: str | None = None


class FigureRow(Struct, frozen=True, kw_only=True):
    """A figure as one article has it, with its words."""

    article: str
    words: str
    figure: Figure


class FigurePage(Struct, frozen=True, kw_only=True):
    """Figures in order of article and place, and the cursor of the next page."""

    items: tuple[FigureRow, ...]
    next: str | None = None


class HitPage(Struct, frozen=True, kw_only=True):
    """The articles that a search found, the newest first, and the cursor of the next page."""

    items: tuple[Hit, ...]
    next: str | None = None


class Articles(Controller):
    """Articles."""

    path = "/articles"
    tags = ("articles",)

    @get("/", sync_to_thread=True, summary="List articles")
    def articles(
        self,
        library: OurLibrary,
        cursor: Cursor = None,
        limit: Limit = 50,
        story: OfStory = None,
        source: Words = None,
        since: FromQuery[Day | None] = None,
        until: FromQuery[Day | None] = None,
    ) -> ArticlePage:
        """Articles without their texts, the newest first."""
        rows = page_of_articles(
            library.store,
            read_cursor(cursor, tuple[str, str]),
            limit + 1,
            story=story,
            source=source,
            since=since.isoformat() if since else None,
            until=until.isoformat() if until else None,
        )
        items, more = cut_page(rows, limit, lambda row: (row.published or "", row.id))
        return ArticlePage(items=items, next=more)

    @get("/{article:str}", sync_to_thread=True, summary="One article with its text")
    def article(self, library: OurLibrary, article: Id) -> Article:
        """An article as it was read."""
        return _article(library, article)

    @get("/{article:str}/annotations", sync_to_thread=True, summary="What was found in an article")
    def annotations(self, library: OurLibrary, article: Id) -> Annotations:
        """Quotes, figures, times, mentions and acts of one article, each with its span."""
        return library.annotations(_article(library, article).id)


class Quotes(Controller):
    """Quotes."""

    path = "/quotes"
    tags = ("quotes",)

    @get("/", sync_to_thread=True, summary="List quotes")
    def quotes(
        self,
        library: OurLibrary,
        cursor: Cursor = None,
        limit: Limit = 50,
        story: OfStory = None,
        article: OfArticle = None,
        speaker: Words = None,
    ) -> QuotePage:
        """Quotes as articles have them, of a story, an article or a speaker."""
        after = read_cursor(cursor, tuple[str, int])
        rows = page_of_quotes(library.store, after, limit + 1, story=story, article=article, speaker=speaker)
        items, more = cut_page(rows, limit, lambda row: (row.article, row.number))
        return QuotePage(items=items, next=more)


class Figures(Controller):
    """Figures."""

    path = "/figures"
    tags = ("figures",)

    @get("/", sync_to_thread=True, summary="List the figures of an article or a story")
    def figures(
        self,
        library: OurLibrary,
        story: OfStory = None,
        article: OfArticle = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> FigurePage:
        """Figures as articles have them; `article` or `story` says of which. How they line up stands in the collation."""
        if article is not None:
            ids = [_article(library, article).id]
        elif story is not None:
            ids = sorted(row.id for row in page_of_articles(library.store, None, None, story=story))
        else:
            raise ValidationException("whose", extra=[{"key": "article", "message": "name an article or a story"}])
        after = read_cursor(cursor, tuple[str, int]) or ("", -1)
        rows: list[tuple[str, int, FigureRow]] = []
        for own in ids:
            if own < after[0] or len(rows) > limit:
                continue
            text = library.article(own).text
            for number, figure in enumerate(library.annotations(own).figures):
                if (own, number) > after:
                    words = text[figure.start : figure.end]
                    rows.append((own, number, FigureRow(article=own, words=words, figure=figure)))
        items, more = cut_page(rows, limit, lambda row: row[:2])
        return FigurePage(items=tuple(row for _, _, row in items), next=more)


class Searching(Controller):
    """Search."""

    path = "/search"
    tags = ("search",)

    @get("/", sync_to_thread=True, summary="Search articles")
    def search(
        self,
        library: OurLibrary,
        q: Annotated[
            str, QueryParameter(min_length=1, max_length=500, description='words, "a phrase", OR, speaker: …')
        ],
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> HitPage:
        """Articles that fit, the newest first; asked as with `rashomon search`."""
        skipped = read_cursor(cursor, int) or 0
        if not 0 <= skipped <= FARTHEST:
            raise ValidationException("too far", extra=[{"key": "cursor", "message": "is none that this list gave"}])
        hits = library.search(q, skipped + limit + 1)[skipped:]
        more = write_cursor(skipped + limit) if len(hits) > limit and skipped + limit <= FARTHEST else None
        return HitPage(items=hits[:limit], next=more)


def _article(library: Library, article: str) -> Article:
    try:
        return library.article(article)
    except UsageError as error:
        raise missing("article", article) from error
