"""The page of one source: the reports of it that the library has, by story. It is given no mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from litestar import Response, get
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from rashomon.report.view.days import say_published
from rashomon.report.view.words import say_n, say_story, say_title
from rashomon.run.library import Library
from rashomon.store.listing import ArticleRow, page_of_articles, story_row
from rashomon.text.dates import read_day, say_days
from rashomon.web.given import OurLibrary
from rashomon.web.pages.problems import Page
from rashomon.web.pages.showing import FORMS, Asked, Shown, link, report_link, show, source_link, story_link
from rashomon.web.pages.tables import send_table

# Reports of one source that are listed, and reports that are looked through for the list of sources.
MOST, MOST_COUNTED = 500, 5000
COLUMNS = ("article", "story", "source", "published", "title", "n_chars", "address")


class Carried(Struct, frozen=True):
    """A report that a source carried, and the story it is in."""

    day: str
    title: str
    href: str
    story_title: str
    story: str | None
    n_others: int
    superseded: bool


class SourceLine(Struct, frozen=True):
    """A source in the list of all."""

    name: str
    href: str
    n_reports: int


class SourcePage(Struct, frozen=True):
    """What a source carried, the newest first; without a name the sources there are."""

    name: str
    told: str
    limit: str
    reports: tuple[Carried, ...]
    sources: tuple[SourceLine, ...]
    tables: tuple[tuple[str, str], ...]


def view_source(name: str, rows: Sequence[ArticleRow], stories: dict[str, tuple[str, int]]) -> SourcePage:
    """The page of a source: `stories` has the title of each story and how many reports it holds."""
    days = sorted(day.isoformat() for row in rows if (day := read_day(row.published)))
    span = f", {say_days(days[0], days[-1])}" if days else ""
    n_stories = len({row.story for row in rows if row.story})
    told = f"{say_n(len(rows), 'report')} in {say_n(n_stories, 'story')}{span}"
    return SourcePage(
        name=name,
        told=told if rows else "",
        limit=f"The newest {MOST} reports are shown." if len(rows) >= MOST else "",
        reports=tuple(_carried(row, stories.get(row.story or "")) for row in rows),
        sources=(),
        tables=tuple((form, link(f"/sources/tables/reports.{form}", name=name)) for form in FORMS),
    )


def _carried(row: ArticleRow, story: tuple[str, int] | None) -> Carried:
    return Carried(
        day=say_published(row.published),
        title=say_title(row.title),
        href=report_link(row.id),
        story_title=story[0] if story else "",
        story=story_link(row.story) if story and row.story else None,
        n_others=story[1] - 1 if story else 0,
        superseded=row.superseded,
    )


def view_sources(rows: Sequence[ArticleRow]) -> SourcePage:
    """The list of sources, those with most reports first."""
    counted = Counter(row.source for row in rows if row.source)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return SourcePage(
        name="",
        told=say_n(len(ordered), "source"),
        limit=f"Counted over the newest {MOST_COUNTED:,} reports." if len(rows) >= MOST_COUNTED else "",
        reports=(),
        sources=tuple(SourceLine(name, source_link(name), n) for name, n in ordered),
        tables=(),
    )


def find_source(library: Library, name: str) -> SourcePage:
    """What a source carried, or the sources there are."""
    store = library.store
    if not name:
        return view_sources(page_of_articles(store, None, MOST_COUNTED))
    rows = page_of_articles(store, None, MOST, source=name)
    found = {story: story_row(store, story) for story in {row.story for row in rows if row.story}}
    return view_source(name, rows, {s: (say_story(row.title), row.n_articles) for s, row in found.items() if row})


class SourceController(Page):
    """What a source carried."""

    @get(["/sources", "/sources.json"])
    async def source(self, request: Asked, library: OurLibrary, name: FromQuery[str] = "") -> Shown:
        """The reports of a source, or all sources."""
        return show(request, "source.html.j2", await sync_to_thread(find_source, library, name.strip()[:200]))

    @get("/sources/tables/{file:str}", sync_to_thread=True)
    def table(
        self, library: OurLibrary, file: FromPath[str], name: FromQuery[str]
    ) -> Response[list[dict[str, str | None]]]:
        """The reports of a source, as a table."""
        rows = page_of_articles(library.store, None, MOST, source=name)
        return send_table(
            "source",
            file.rpartition(".")[2],
            COLUMNS,
            [{c: getattr(row, "id" if c == "article" else c) for c in COLUMNS} for row in rows],
        )
