"""The page of one story: its collation as it is now, in the sections of the static page, and what has come since."""

from __future__ import annotations

from typing import Any, NamedTuple

from litestar import Response, get
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath
from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import asdict

from rashomon.errors import UsageError
from rashomon.model import Article, Collation
from rashomon.report.html import render_sections
from rashomon.report.tables import TABLES
from rashomon.report.view import View, view_collation
from rashomon.report.view.cites import outlet
from rashomon.report.view.words import say_n, say_story
from rashomon.run.library import Library
from rashomon.web.collations import Collations, Made
from rashomon.web.given import OurCollations, OurLibrary
from rashomon.web.jobs import Job
from rashomon.web.moved import check_moved
from rashomon.web.pages.problems import STORY_GONE, GoneError, Page
from rashomon.web.pages.showing import FORMS, JSON, Asked, Shown, is_json, link, report_link, show, story_link
from rashomon.web.pages.stories import kept_story

# So long a page waits for its collation before it says that it is being made, in seconds.
PATIENCE = 1.0


class Own(Struct, frozen=True):
    """A report of the story: its letter, its id, and the page where it stands by itself."""

    letter: str
    article: str
    outlet: str
    href: str


class TableLinks(Struct, frozen=True):
    """A table of the story, in the forms in which it can be taken along."""

    name: str
    links: tuple[tuple[str, str], ...]


class StoryFrame(Struct, frozen=True):
    """What stands around the collation of a story: its reports, and where it goes on.

    `told` says that reports came which are not in it yet.
    """

    id: str
    told: str
    reports: tuple[Own, ...]
    tables: tuple[TableLinks, ...]
    state: str
    correct: str


class StoryPage(StoryFrame, frozen=True):
    """A story as it is now: the view that the static page has, in its frame."""

    view: View


class DrawnView(NamedTuple):
    """The view of a collation as the page has it, and its title."""

    title: str
    sections: Markup


class Making(Struct, frozen=True):
    """A story whose collation is being made, and how far that is."""

    id: str
    title: str
    told: str
    stage: str
    done: int
    total: int


class StoryState(Struct, frozen=True):
    """The articles that a story holds, by which a page that was opened before sees what has come."""

    id: str
    articles: tuple[str, ...]


def view_frame(story: str, collation: Collation, n_since: int = 0) -> StoryFrame:
    """The frame of a story's collation, with the number of reports that came since it was made."""
    cards = sorted(collation.articles, key=lambda card: (len(card.letter), card.letter))
    come = f"{say_n(n_since, 'report')} {'has' if n_since == 1 else 'have'} come since"
    return StoryFrame(
        id=story,
        told=f"{come} and {'is' if n_since == 1 else 'are'} being set beside these." if n_since else "",
        reports=tuple(Own(card.letter, card.id, outlet(card), report_link(card.id)) for card in cards),
        tables=tuple(TableLinks(name, table_links(story, name)) for name in TABLES if name != "texts"),
        state=f"{story_link(story)}/state{JSON}",
        correct=link("/corrections", story=story),
    )


def view_own(collation: Collation) -> View:
    """The view of a collation that knows its articles."""
    return view_collation(collation, collation.full_articles)


def draw_view(collation: Collation) -> DrawnView:
    """The sections of a collation. They are made of it alone, so that they are the same whoever looks."""
    view = view_own(collation)
    return DrawnView(view.masthead.title, Markup(render_sections(view)))  # noqa: S704 - its templates escape


def table_links(story: str, table: str) -> tuple[tuple[str, str], ...]:
    """Where a table of a story is, in each form."""
    return tuple((form, f"{story_link(story)}/tables/{table}.{form}") for form in FORMS)


def view_making(story: str, articles: tuple[Article, ...], job: Job) -> Making:
    """The page that stands until a collation is made."""
    title = say_story(next((article.title for article in articles if article.title), None))
    told = f"{say_n(len(articles), 'report')} of it {'is' if len(articles) == 1 else 'are'} being set side by side."
    return Making(story, title, told, job.stage, job.done, job.total)


async def made_of(library: Library, collations: Collations, story: str, patience: float = PATIENCE) -> Made | Job:
    """The collation of a story, or the job that is at it. Raises `MovedError` or `GoneError` where no story goes by this id."""
    try:
        return await collations.soon(collations.at_once, story, patience)
    except UsageError as error:
        await sync_to_thread(check_moved, library, story)
        raise GoneError(STORY_GONE) from error


def show_story(request: Asked, collations: Collations, story: str, made: Made) -> Shown:
    """The page of a story's collation, and what came since."""
    frame = view_frame(story, made.collation, collations.n_since(made, story))
    if is_json(request):
        return show(request, "story.html.j2", StoryPage(**asdict(frame), view=made.derive(view_own)))
    return show(request, "story.html.j2", frame, drawn=made.derive(draw_view))


class StoryController(Page):
    """A story, and what has come to it."""

    path = "/stories"

    @get("/{story:str}")
    async def story(
        self, request: Asked, library: OurLibrary, collations: OurCollations, story: FromPath[str]
    ) -> Shown:
        """The collation of a story, or that it is being made."""
        own = story.removesuffix(JSON)
        found = await made_of(library, collations, own)
        if isinstance(found, Made):
            return await sync_to_thread(show_story, request, collations, own, found)
        if found.error is not None:
            raise UsageError(found.error)
        articles = await sync_to_thread(articles_of, library, own)
        return show(request, "making.html.j2", view_making(own, articles, found), status=202)

    @get("/{story:str}/state.json", sync_to_thread=True)
    def state(self, library: OurLibrary, story: FromPath[str]) -> Response[Any]:
        """Which articles a story holds now."""
        ids = tuple(article.id for article in articles_of(library, story))
        return Response(StoryState(story, ids), headers={"Cache-Control": "no-store"})


def articles_of(library: Library, story: str) -> tuple[Article, ...]:
    """The articles of a story. Raises `MovedError` or `GoneError` where no story goes by this id."""
    try:
        return kept_story(library, story).articles()
    except UsageError as error:
        check_moved(library, story)
        raise GoneError(STORY_GONE) from error
