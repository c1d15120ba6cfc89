"""Corrections: stories put together, taken apart, reports moved; who did it, when, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, cast

from litestar import Request, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from rashomon.errors import CorrectionError, UsageError
from rashomon.model import Article, NumberedCorrection, Story, StoryCorrectionKind, StoryRow
from rashomon.report.view.days import say_day, say_published
from rashomon.report.view.words import say_n, say_outlet, say_story, say_title
from rashomon.run.library import Library
from rashomon.store.accounts import AuditRow, audited
from rashomon.store.listing import page_of_stories, story_row
from rashomon.text.dates import read_day
from rashomon.web.correcting import set_right, take_back
from rashomon.web.given import OurLibrary
from rashomon.web.pages.problems import Page
from rashomon.web.pages.showing import Asked, Shown, link, report_link, show, story_link
from rashomon.web.pages.stories import kept_story
from rashomon.web.pages.story import articles_of
from rashomon.web.safety.viewers import needs

# Stories that can be chosen to put another to, and lines of the log.
MOST_STORIES, MOST_LOGGED = 200, 100
KINDS: dict[StoryCorrectionKind, str] = {
    "merge": "Put together as one story",
    "split": "Taken out into a story of their own",
    "pin": "Moved into the first one’s story",
}


class Named(Struct, frozen=True):
    """A report by its name."""

    id: str
    title: str
    outlet: str
    day: str
    href: str
    why: str = ""


class Line(Struct, frozen=True):
    """A correction that holds, with its reports."""

    number: int
    told: str
    reports: tuple[Named, ...]


class Logged(Struct, frozen=True):
    """Who did what, and when."""

    when: str
    who: str
    told: str


class Option(Struct, frozen=True):
    """A story that another can be put to."""

    id: str
    title: str


class Correcting(Struct, frozen=True):
    """A story that is being set right: its reports, why each is held to be in it, and the other stories.

    `seen` are the reports it holds; a correction of one who saw others is not carried out.
    """

    id: str
    href: str
    title: str
    reports: tuple[Named, ...]
    others: tuple[Option, ...]
    seen: str


class CorrectionsPage(Struct, frozen=True):
    """What was set right, the log, and the story that is to be set right now."""

    fault: str
    lines: tuple[Line, ...]
    log: tuple[Logged, ...]
    story: Correcting | None


def view_corrections(
    corrections: Sequence[NumberedCorrection],
    known: dict[str, Article],
    log: Sequence[AuditRow],
    story: Correcting | None,
    fault: str = "",
) -> CorrectionsPage:
    """The page of corrections, the last one first; `known` has the articles that they name."""
    return CorrectionsPage(
        fault=fault,
        lines=tuple(
            Line(c.number, KINDS[c.kind], tuple(_named(known[a]) for a in c.articles if a in known))
            for c in reversed(corrections)
        ),
        log=tuple(Logged(_when(row.at), row.who, f"{row.action} {row.subject.split(':')[0]}") for row in log),
        story=story,
    )


def view_correcting(row: StoryRow, told: Story, articles: Sequence[Article], others: Sequence[StoryRow]) -> Correcting:
    """A story that is to be set right, the earliest report first."""
    why: dict[str, str] = {}
    for k in told.links:
        for article in (k.left, k.right):
            why.setdefault(article, "; ".join(k.reasons))
    return Correcting(
        id=row.id,
        href=story_link(row.id),
        title=say_story(row.title),
        reports=tuple(_named(article, why.get(article.id, "")) for article in articles),
        others=tuple(Option(o.id, _option(o)) for o in others if o.id != row.id),
        seen=seen_of(article.id for article in articles),
    )


def seen_of(ids: Any) -> str:
    """The reports of a story as a form remembers them."""
    return " ".join(sorted(ids))


def _option(row: StoryRow) -> str:
    day = read_day(row.last)
    told = f"{say_day(day.isoformat())}, " if day else ""
    return f"{say_story(row.title)} ({told}{say_n(row.n_articles, 'report')})"


def _named(article: Article, why: str = "") -> Named:
    return Named(
        id=article.id,
        title=say_title(article.title),
        outlet=say_outlet(article.source),
        day=say_published(article.published),
        href=report_link(article.id),
        why=why,
    )


def _when(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"


def find_corrections(library: Library, story: str, fault: str = "") -> CorrectionsPage:
    """The page of corrections; of a story that is named, with what can be done with it."""
    store = library.store
    corrections = library.corrections()
    known = {}
    for article in dict.fromkeys(a for c in corrections for a in c.articles):
        try:
            known[article] = library.article(article)
        except UsageError:
            continue
    return view_corrections(
        corrections, known, audited(store, MOST_LOGGED), _correcting(library, story) if story else None, fault
    )


def _correcting(library: Library, story: str) -> Correcting:
    store = library.store
    articles_of(library, story)
    row = story_row(store, story)
    told, articles = kept_story(library, story).explain()
    return view_correcting(cast("StoryRow", row), told, articles, page_of_stories(store, None, MOST_STORIES))


def correct(library: Library, who: str, story: str, form: dict[str, Any]) -> str:
    """Carry out what a form asks of a story; the story that its first report is in now. Raises `CorrectionError`."""
    kind, chosen = str(form.get("kind") or ""), [str(a) for a in form.get("article", ())]
    held = [article.id for article in articles_of(library, story)]
    if str(form.get("seen") or "") != seen_of(held):
        raise CorrectionError("the story has changed since you looked: look at it again, then choose")
    if set(chosen) - set(held):
        raise CorrectionError("a report that was chosen is not in this story any more")
    if kind == "merge":
        named = [held[0], _first_of(library, str(form.get("to") or ""))]
    elif kind == "pin" and chosen:
        named = [_first_of(library, str(form.get("to") or "")), *chosen]
    elif kind == "split" and chosen and len(chosen) < len(held):
        named = chosen
    else:
        raise CorrectionError(
            "choose at least one report, and not all of them" if kind == "split" else "choose reports, and a story"
        )
    set_right(library, who, cast("StoryCorrectionKind", kind), *named)
    found = library.story_of(chosen[0] if kind == "split" else named[0])
    return found.id if found else ""


def _first_of(library: Library, story: str) -> str:
    if not story:
        raise CorrectionError("choose the other story")
    return articles_of(library, story)[0].id


class CorrectionsController(Page):
    """What was set right, and setting right."""

    @get(["/corrections", "/corrections.json"])
    async def corrections(self, request: Asked, library: OurLibrary, story: FromQuery[str] = "") -> Shown:
        """All corrections; of a story that is named, with what can be done with it."""
        return show(request, "corrections_page.html.j2", await sync_to_thread(find_corrections, library, story))

    @post("/corrections", guards=[needs("correct")], status_code=200)
    async def correct(self, request: Request[Any, Any, Any], library: OurLibrary) -> Shown | Redirect:
        """Set a story right; the story as it is then, or the form again with what is wrong."""
        form = await request.form()
        fields = {**{name: form.get(name) for name in ("kind", "to", "seen")}, "article": form.getall("article", [])}
        story = str(form.get("story") or "")
        try:
            found = await sync_to_thread(correct, library, request.user.name, story, fields)
        except CorrectionError as error:
            page = await sync_to_thread(find_corrections, library, story, str(error))
            return show(request, "corrections_page.html.j2", page, status=409)
        return Redirect(story_link(found) if found else "/corrections", status_code=303)

    @post("/corrections/{number:int}/undo", guards=[needs("correct")], status_code=303, sync_to_thread=True)
    def undo(self, request: Request[Any, Any, Any], library: OurLibrary, number: FromPath[int]) -> Redirect:
        """Take a correction back; one that was taken back already is no fault."""
        with suppress(CorrectionError):
            take_back(library, request.user.name, number)
        return Redirect(link("/corrections"), status_code=303)
