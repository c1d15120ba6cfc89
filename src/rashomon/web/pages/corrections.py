"""Corrections: stories put together or taken apart, names joined or split, and what was set right in reports; who, when, undoing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

from litestar import Request, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from rashomon.errors import CorrectionError, UsageError
from rashomon.model import (
    Article,
    Collation,
    Correction,
    CorrectionKind,
    NumberedCorrection,
    Place,
    Story,
    StoryCorrection,
    StoryCorrectionKind,
    StoryRow,
)
from rashomon.report.view.days import say_day, say_published
from rashomon.report.view.names import plain_forms
from rashomon.report.view.words import begun, in_marks, listed, say_n, say_outlet, say_story, say_title, shorten
from rashomon.run.library import Library
from rashomon.store import current_story
from rashomon.store.accounts import AuditRow, audited
from rashomon.store.listing import page_of_stories, story_row
from rashomon.text.dates import read_day
from rashomon.web.collations import Collations
from rashomon.web.correcting import set_right
from rashomon.web.given import OurCollations, OurLibrary
from rashomon.web.pages.problems import Page
from rashomon.web.pages.showing import Asked, Shown, link, number_in, report_link, say_when, show, story_link
from rashomon.web.pages.stories import kept_story
from rashomon.web.pages.story import articles_of
from rashomon.web.safety.viewers import needs

# Stories that can be chosen to put another to, and lines of the log.
MOST_STORIES, MOST_LOGGED = 200, 100
STORY_KINDS: dict[str, str] = {
    "merge": "Put together as one story",
    "split": "Taken out into a story of their own",
    "pin": "Moved into the first one’s story",
}
ROW_KINDS: dict[str, str] = {"merge": "put together", "split": "taken apart"}
# The buttons that set names right.
NAME_KINDS: dict[str, CorrectionKind] = {"join": "merge", "part": "split", "show": "merge"}
# Characters that are shown of words that somebody is said to have said.
LONGEST_WORDS = 160
# Names of a story that can be joined or split.
MOST_NAMES = 300


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


class Spelt(Struct, frozen=True):
    """A name, with the spellings it has and how many reports write each."""

    name: str
    forms: tuple[tuple[str, int], ...]


class Option(Struct, frozen=True):
    """A story that another can be put to."""

    id: str
    title: str


class Correcting(Struct, frozen=True):
    """A story that is being set right: its reports, why each is held to be in it, and the other stories.

    `seen` are the reports it holds, `last` the number of the last change of any correction; a correction of one who saw others is
    not carried out. `names` are None until the story has been compared.
    """

    id: str
    href: str
    title: str
    reports: tuple[Named, ...]
    others: tuple[Option, ...]
    names: tuple[Spelt, ...] | None
    seen: str
    last: int


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
            Line(c.number, say_done(c), tuple(_named(known[a]) for a in c.articles if a in known))
            for c in reversed(corrections)
        ),
        log=tuple(Logged(say_when(row.at), row.who, _say_logged(row)) for row in log),
        story=story,
    )


def say_done(correction: NumberedCorrection) -> str:
    """What was set right, in words."""
    if correction.kind == "speaker":
        words = next((p.words for p in correction.places if p.words), "")
        return f"{correction.value} says {in_marks(shorten(words, LONGEST_WORDS))}"
    if correction.kind == "date":
        return f"Published on {say_published(correction.value)}"
    if correction.what == "names":
        names = listed(list(correction.forms))
        if correction.kind == "split":
            return f"Not the name they were held to be: {names}"
        told = f"{names} are one name" if len(correction.forms) > 1 else ""
        shown = f"shown as {correction.value}" if correction.value else ""
        return begun(", ".join(filter(None, (told, shown))))
    if correction.what:
        return f"{correction.what.capitalize()} {ROW_KINDS[correction.kind]}"
    return STORY_KINDS[correction.kind]


def _say_logged(row: AuditRow) -> str:
    """What was done, with its number; of names and values what they are, of reports no more than that."""
    number, _, about = row.subject.partition(":")
    value = about.partition("→")[2].strip() or (about.strip() if row.action.endswith("names") else "")
    return f"{row.action} {number}{f': {value}' if value else ''}"


def view_correcting(
    row: StoryRow,
    told: Story,
    articles: Sequence[Article],
    others: Sequence[StoryRow],
    collation: Collation | None,
    last: int,
) -> Correcting:
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
        names=_names(collation) if collation else None,
        seen=seen_of(article.id for article in articles),
        last=last,
    )


def _names(collation: Collation) -> tuple[Spelt, ...]:
    """The names of a story, those with the most spellings first."""
    found = [
        Spelt(name.name, tuple((form.text, len(form.counts)) for form in plain_forms(name)))
        for name in collation.names[:MOST_NAMES]
    ]
    return tuple(sorted(found, key=lambda name: -len(name.forms)))


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


def find_corrections(library: Library, collations: Collations, story: str, fault: str = "") -> CorrectionsPage:
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
        corrections,
        known,
        audited(store, MOST_LOGGED),
        _correcting(library, collations, story) if story else None,
        fault,
    )


def _correcting(library: Library, collations: Collations, story: str) -> Correcting:
    store = library.store
    articles_of(library, story)
    last = library.last_change
    row = story_row(store, story)
    told, articles = kept_story(library, story).explain()
    others = page_of_stories(store, None, MOST_STORIES)
    made = collations.ready(story)
    return view_correcting(cast("StoryRow", row), told, articles, others, made.collation if made else None, last)


def correct(library: Library, who: str, story: str, form: dict[str, Any]) -> str:
    """Carry out what a form asks of a story; the story that its first report is in now. Raises `CorrectionError`."""
    kind, chosen = str(form.get("kind") or ""), form["article"]
    held = [article.id for article in articles_of(library, story)]
    if kind in NAME_KINDS:
        return _correct_names(library, who, held[0], form)
    if str(form.get("seen") or "") != seen_of(held):
        raise CorrectionError("the story has changed since you looked: look at it again, then choose")
    if set(chosen) - set(held):
        raise CorrectionError("a report that was chosen is not in this story any more")
    if kind == "merge":
        named = [held[0], _first_of(library, form.get("to"))]
    elif kind == "pin" and chosen:
        named = [_first_of(library, form.get("to")), *chosen]
    elif kind == "split" and chosen and len(chosen) < len(held):
        named = chosen
    else:
        raise CorrectionError(
            "choose at least one report, and not all of them" if kind == "split" else "choose reports, and a story"
        )
    given = StoryCorrection(kind=cast("StoryCorrectionKind", kind), articles=tuple(named))
    set_right(library, who, given, number_in(form, "last"))
    found = library.story_of(chosen[0] if kind == "split" else named[0])
    return found.id if found else ""


def _correct_names(library: Library, who: str, article: str, form: dict[str, Any]) -> str:
    kind, forms = NAME_KINDS[form["kind"]], tuple(form["form"])
    shown = forms[0] if form["kind"] == "show" and len(forms) == 1 else None
    if form["kind"] == "show" and shown is None:
        raise CorrectionError("choose the one spelling that is to be shown")
    if not forms or (form["kind"] == "join" and len(forms) < 2):
        raise CorrectionError("choose the spellings; to make one name of several, at least two")
    place = Place(article=article, at=0)
    given = Correction(kind=kind, what="names", forms=forms, places=(place,), value=shown)
    set_right(library, who, given, number_in(form, "last"))
    found = library.story_of(article)
    return found.id if found else ""


def _first_of(library: Library, story: object) -> str:
    if not story:
        raise CorrectionError("choose the other story")
    return articles_of(library, _current(library, story))[0].id


def _current(library: Library, story: object) -> str:
    """The id that a story of a form goes by now; what goes by none is left as it is."""
    return current_story(library.store, str(story or "")) or str(story or "")


class CorrectionsController(Page):
    """What was set right, and setting right."""

    @get(["/corrections", "/corrections.json"])
    async def corrections(
        self, request: Asked, library: OurLibrary, collations: OurCollations, story: FromQuery[str] = ""
    ) -> Shown:
        """All corrections; of a story that is named, with what can be done with it."""
        page = await sync_to_thread(find_corrections, library, collations, story)
        return show(request, "corrections_page.html.j2", page)

    @post("/corrections", guards=[needs("correct")], status_code=200)
    async def correct(
        self, request: Request[Any, Any, Any], library: OurLibrary, collations: OurCollations
    ) -> Shown | Redirect:
        """Set a story right; the story as it is then, or the form again with what is wrong."""
        form = await request.form()
        fields: dict[str, Any] = {name: str(form.get(name) or "") for name in ("kind", "to", "seen", "last")}
        fields |= {name: [str(one) for one in form.getall(name, [])] for name in ("article", "form")}
        story = await sync_to_thread(_current, library, form.get("story"))
        try:
            found = await sync_to_thread(correct, library, request.user.name, story, fields)
        except UsageError as error:
            page = await sync_to_thread(find_corrections, library, collations, story, str(error))
            return show(request, "corrections_page.html.j2", page, status=409)
        return Redirect(story_link(found) if found else "/corrections", status_code=303)

    @post("/corrections/{number:int}/undo", guards=[needs("correct")], status_code=303, sync_to_thread=True)
    def undo(self, request: Request[Any, Any, Any], library: OurLibrary, number: FromPath[int]) -> Redirect:
        """Take a correction back; one that was taken back already is no fault."""
        with suppress(CorrectionError):
            library.undo(number, request.user.name)
        return Redirect(link("/corrections"), status_code=303)
