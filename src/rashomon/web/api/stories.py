"""Stories and their collations."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from litestar import Controller, Response, get
from litestar.concurrency import sync_to_thread
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter
from msgspec import Struct

from rashomon.model import Collation, StoryRow
from rashomon.run.library import Library
from rashomon.store.listing import ArticleRow, page_of_articles, page_of_stories, story_row
from rashomon.web.api.parameters import Cursor, Day, Id, Limit, Words, missing
from rashomon.web.cursors import cut_page, read_cursor
from rashomon.web.given import OurCollations, OurLibrary
from rashomon.web.jobs import Job
from rashomon.web.moved import check_moved

# A request waits for a collation no longer than so many seconds.
LONGEST_WAIT = 10
Wait = Annotated[
    float, QueryParameter(name="wait", ge=0, le=LONGEST_WAIT, description="seconds to wait for it to be made")
]


class StoryPage(Struct, frozen=True, kw_only=True):
    """Stories, the newest first, and the cursor of the next page."""

    items: tuple[StoryRow, ...]
    next: str | None = None


class StoryWithArticles(Struct, frozen=True, kw_only=True):
    """A story and its articles, every version of an address."""

    story: StoryRow
    articles: tuple[ArticleRow, ...]


def row_of(library: Library, story: str) -> StoryRow:
    """A story as lists show it. Raises `MovedError` where it goes by another id now, `NotFoundException` where there is none."""
    row = story_row(library.store, story)
    if row is None:
        check_moved(library, story)
        raise missing("story", story)
    return row


class Stories(Controller):
    """Stories."""

    path = "/stories"
    tags = ("stories",)

    @get("/", sync_to_thread=True, summary="List stories")
    def stories(
        self,
        library: OurLibrary,
        cursor: Cursor = None,
        limit: Limit = 50,
        least: Annotated[int, QueryParameter(ge=1, le=1_000_000, description="reports at least")] = 1,
        day: Annotated[Day | None, QueryParameter(description="stories that go on at this day")] = None,
        source: Words = None,
    ) -> StoryPage:
        """Stories, the newest first."""
        rows = page_of_stories(
            library.store,
            read_cursor(cursor, tuple[str, str]),
            limit + 1,
            least=least,
            day=day.isoformat() if day else None,
            source=source,
        )
        items, more = cut_page(rows, limit, lambda row: (row.last or "", row.id))
        return StoryPage(items=items, next=more)

    @get("/{story:str}", sync_to_thread=True, summary="One story with its articles")
    def story(self, library: OurLibrary, story: Id) -> StoryWithArticles:
        """A story and the articles that are in it."""
        row = row_of(library, story)
        return StoryWithArticles(story=row, articles=tuple(page_of_articles(library.store, None, None, story=story)))


class KeptCollations(Controller):
    """Collations: made by a worker, once for what a story holds."""

    path = "/collations"
    tags = ("collations",)

    @get(
        "/{story:str}",
        summary="The collation of a story",
        responses={HTTPStatus.ACCEPTED: ResponseSpec(Job, description="it is being made", generate_examples=False)},
    )
    async def collation(
        self, library: OurLibrary, collations: OurCollations, story: Id, wait: Wait = 0
    ) -> Response[Collation]:
        """All that a story's articles say, side by side; 202 with the job while it is being made."""
        await sync_to_thread(row_of, library, story)
        found = await collations.soon(collations.within, story, wait)
        if isinstance(found, Job):
            return Response(found, status_code=HTTPStatus.ACCEPTED, headers={"Location": f"/api/v1/jobs/{found.id}"})  # type: ignore[arg-type]
        return Response(found.collation, headers={"ETag": f'"{found.key}"'})
