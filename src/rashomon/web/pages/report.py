"""The page of one report: its text with layers that can be marked, and in the margin what other reports have there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

from litestar import get, post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import PermissionDeniedException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from rashomon.errors import ChangedError, UsageError
from rashomon.model import Annotations, Article, Collation, Span
from rashomon.report.view.cites import ViewContext, open_context
from rashomon.report.view.days import say_published
from rashomon.report.view.reports import Layer, ShownParagraph, view_reports
from rashomon.report.view.words import say_n, say_outlet, say_title
from rashomon.run.annotating import finder_version
from rashomon.run.library import Library
from rashomon.store import address_of, known_annotations
from rashomon.text.paragraphs import find_paragraphs
from rashomon.web.collations import Collations, Made
from rashomon.web.correcting import NotTheirsError, delete_note, set_right
from rashomon.web.given import OurCollations, OurLibrary, OurViewer
from rashomon.web.jobs import Job
from rashomon.web.pages.margins import Note, notes_of, within
from rashomon.web.pages.passage import AtPassage, ReaderNote, place_notes, read_correction, view_passage
from rashomon.web.pages.problems import REPORT_GONE, GoneError, Page
from rashomon.web.pages.showing import (
    JSON,
    Asked,
    Shown,
    link,
    number_in,
    report_link,
    show,
    source_link,
    story_link,
)
from rashomon.web.safety.viewers import Viewer, needs

# The layers in the order of their switches, by the letter that paragraphs know them by.
LAYERS = (("q", "Speech"), ("f", "Figures"), ("d", "Times"), ("n", "Names"), ("s", "Shared text"))
# What is told of something that was done.
DONE = {
    "speaker": "The speaker is set right, here and wherever these words are compared.",
    "date": "The day is set right, here and wherever this report is compared.",
    "note": "The note is kept; all who read this report see it.",
    "unnote": "The note is deleted.",
}
# So long the page waits for what stands in its margin, in seconds.
PATIENCE = 1.0


class Piece(Struct, frozen=True):
    """Some characters of a paragraph, with the layers they are in. One of those that were asked for is marked."""

    text: str
    kinds: str
    is_asked: bool


class ReportParagraph(Struct, frozen=True):
    """A paragraph, in pieces, with what stands in its margin; `written` are readers' notes, `at` what can be done there."""

    number: int
    start: int
    href: str
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    written: tuple[ReaderNote, ...]
    at: AtPassage | None
    is_furniture: bool
    is_alone: bool


class ReportPage(Struct, frozen=True):
    """A report by itself. `told` says in one line where its story stands, or why no story is told.

    `elsewhere` are readers' notes on words that this version does not have. `fault` and `done` tell of what was just asked for.
    """

    id: str
    letter: str
    title: str
    outlet: str
    source: str | None
    meta: str
    language: str
    url: str | None
    story: str | None
    story_title: str
    told: str
    versions: str | None
    n_versions: int
    paragraphs: tuple[ReportParagraph, ...]
    layers: tuple[tuple[str, str], ...]
    n_asked: int
    elsewhere: tuple[ReaderNote, ...]
    day: str
    can_correct: bool
    seen: int
    fault: str
    done: str


class AsRead(NamedTuple):
    """What a report is shown with: the passage that was asked for, readers' notes with their places, and who reads."""

    asked: Span | None = None
    written: Sequence[tuple[int | None, ReaderNote]] = ()
    can_correct: bool = False
    seen: int = 0
    fault: str = ""
    done: str = ""


def view_report(
    article: Article, found: Annotations | None, made: Made | None, read: AsRead, n_versions: int = 1
) -> ReportPage:
    """The page of a report; with the collation of its story, its margin says what the others have."""
    collation = made.collation if made else None
    context = made.derive(open_own) if made else None
    letter = context.letters[article.id] if context else ""
    shown = made.derive(view_paragraphs)[letter] if made else _alone(article, found)
    notes = notes_of(context, article.id) if context else []
    own = found or Annotations(article_id=article.id)
    at = view_passage(own, article.text, read.asked, _people(collation), read.seen) if read.asked else None
    paragraphs = tuple(_paragraphs(article, shown, notes, read, at))
    corrected = article.published_basis is not None and article.published_basis.kind == "correction"
    day = f"{say_published(article.published)}{', set right by a reader' if corrected else ''}"
    parts = (article.byline, day, _unread(article))
    return ReportPage(
        id=article.id,
        letter=letter,
        title=say_title(article.title),
        outlet=say_outlet(article.source),
        source=source_link(article.source) if article.source else None,
        meta=" · ".join(part for part in parts if part),
        language=article.language or "en",
        url=article.url if (article.url or "").startswith(("http://", "https://")) else None,
        story=story_link(collation.story.id) if collation else None,
        story_title=collation.story.title if collation else "",
        told=_told(collation),
        versions=link("/versions", address=address_of(article)) if n_versions > 1 else None,
        n_versions=n_versions,
        paragraphs=paragraphs,
        layers=tuple(pair for pair in LAYERS if any(pair[0] in piece.kinds for p in paragraphs for piece in p.pieces)),
        n_asked=sum(piece.is_asked for p in paragraphs for piece in p.pieces),
        elsewhere=tuple(note for place, note in read.written if place is None),
        day=(article.published or "")[:10],
        can_correct=read.can_correct,
        seen=read.seen,
        fault=read.fault,
        done=DONE.get(read.done, ""),
    )


def _people(collation: Collation | None) -> list[str]:
    return [name.name for name in collation.names if name.kind == "person"] if collation else []


def cut_pieces(text: str, layers: Sequence[Layer], asked: Span | None) -> tuple[Piece, ...]:
    """A text cut where any layer, or what was asked for, begins or ends; each piece knows the layers it is in."""
    spans = [(layer.kind, layer.start, layer.end) for layer in layers]
    if asked:
        spans.append(("", max(0, asked.start), min(asked.end, len(text))))
    cuts = sorted({0, len(text), *(at for _, start, end in spans for at in (start, end) if 0 < at < len(text))})
    pieces = []
    for start, end in pairwise(cuts):
        kinds = dict.fromkeys(kind for kind, first, last in spans if first <= start and end <= last)
        pieces.append(Piece(text[start:end], " ".join(sorted(filter(None, kinds))), "" in kinds))
    return tuple(pieces)


def _paragraphs(
    article: Article,
    shown: Iterable[ShownParagraph],
    notes: Sequence[tuple[Span, Note]],
    read: AsRead,
    at: AtPassage | None,
) -> Iterator[ReportParagraph]:
    asked = read.asked
    known = list(shown)
    for paragraph, after in zip_longest(known, known[1:]):
        start, end = paragraph.start, paragraph.start + len(paragraph.text)
        # What begins before the first paragraph, or between two, stands beside the one that it is nearest behind.
        own = range(start if paragraph is not known[0] else 0, after.start if after else len(article.text))
        here = (
            Span(asked.start - start, asked.end - start) if asked and asked.start < end and asked.end > start else None
        )
        yield ReportParagraph(
            number=paragraph.number,
            start=start,
            href=report_link(article.id, start, end),
            pieces=cut_pieces(article.text[start:end], paragraph.layers, here),
            notes=within(notes, Span(start, end)),
            written=tuple(note for place, note in read.written if place in own),
            at=at if at and at.start in own else None,
            is_furniture=paragraph.is_furniture,
            is_alone=paragraph.is_alone
            and not (article.title_span and article.title_span.start < end <= article.title_span.end),
        )


def open_own(collation: Collation) -> ViewContext:
    """The context of a collation that knows its articles."""
    return open_context(collation, collation.full_articles, None)


def view_paragraphs(collation: Collation) -> dict[str, tuple[ShownParagraph, ...]]:
    """The paragraphs of all reports, by letter."""
    return {text.letter: text.paragraphs for text in view_reports(open_own(collation))}


def _alone(article: Article, found: Annotations | None) -> Iterator[ShownParagraph]:
    """The paragraphs of a report that is compared with nothing, with what was found in itself until now."""
    places: list[tuple[str, Span]] = []
    if found is not None:
        places += [("q", c) for quote in found.quotes for c in quote.content]
        places += [("f", figure.span) for figure in found.figures]
        places += [("d", time.span) for time in found.times]
        places += [("n", mention.span) for mention in found.mentions]
    for number, span in enumerate(find_paragraphs(article.text), start=1):
        layers = {
            (kind, max(p.start, span.start) - span.start, min(p.end, span.end) - span.start)
            for kind, p in places
            if p.start < span.end and p.end > span.start
        }
        furniture = any(f.start <= span.start and span.end <= f.end for f in article.furniture)
        text = article.text[span.start : span.end]
        yield ShownParagraph(
            number, span.start, text, tuple(Layer(*one) for one in sorted(layers)), furniture, False, ()
        )


def _unread(article: Article) -> str:
    return "" if article.completeness == "full" else f"not read to the end ({article.completeness})"


def _told(collation: Collation | None) -> str:
    if collation is None:
        return "It is not set beside others yet: notes stand in the margin when that is done."
    n = len(collation.articles) - 1
    return (
        f"In the margin stands what {say_n(n, 'other report')} of this story {'has' if n == 1 else 'have'} there."
        if n
        else ""
    )


class ReportController(Page):
    """A report by itself."""

    path = "/reports"

    @get("/{article:str}", sync_to_thread=True)
    def report(
        self,
        request: Asked,
        library: OurLibrary,
        collations: OurCollations,
        viewer: OurViewer,
        article: FromPath[str],
        start: FromQuery[int | None] = None,
        end: FromQuery[int | None] = None,
        done: FromQuery[str] = "",
    ) -> Shown:
        """A report; from `start` to before `end` its words are marked."""
        asked = Span(start, end) if start is not None and end is not None and 0 <= start < end else None
        page = find_report(library, collations, viewer, article.removesuffix(JSON), asked, done=done)
        return show(request, "report.html.j2", page)

    @post("/{article:str}/corrections", guards=[needs("correct")], status_code=200)
    async def correct(
        self,
        request: Asked,
        library: OurLibrary,
        collations: OurCollations,
        viewer: OurViewer,
        article: FromPath[str],
    ) -> Shown | Redirect:
        """Set a speaker or the day right; the report at the passage, or with what is wrong above it."""
        form = await request.form()

        def carry_out() -> str:
            given = read_correction(report_of(library, article).id, form)
            set_right(library, viewer.name, given, number_in(form, "seen"))
            return given.kind

        def show_fault(asked: Span | None, fault: str, status: int) -> Shown:
            page = find_report(library, collations, viewer, article, asked, fault=fault)
            return show(request, "report.html.j2", page, status=status, typed=form)

        return await sync_to_thread(_answer, article, form, carry_out, show_fault)

    @post("/{article:str}/notes", guards=[needs("correct")], status_code=200)
    async def write(
        self,
        request: Asked,
        library: OurLibrary,
        collations: OurCollations,
        viewer: OurViewer,
        article: FromPath[str],
    ) -> Shown | Redirect:
        """Write a note on a passage."""
        form = await request.form()

        def carry_out() -> str:
            own, text = report_of(library, article).id, str(form.get("text") or "")
            library.note(own, number_in(form, "start"), number_in(form, "end"), text, viewer.name)
            return "note"

        def show_fault(asked: Span | None, fault: str, status: int) -> Shown:
            page = find_report(library, collations, viewer, article, asked, fault=fault)
            return show(request, "report.html.j2", page, status=status, typed=form)

        return await sync_to_thread(_answer, article, form, carry_out, show_fault)

    @post("/{article:str}/notes/{number:int}/delete", guards=[needs("correct")], status_code=303, sync_to_thread=True)
    def delete(self, library: OurLibrary, viewer: OurViewer, article: FromPath[str], number: FromPath[int]) -> Redirect:
        """Delete a note; one that is gone already is no fault."""
        try:
            delete_note(library, viewer, number)
        except NotTheirsError as error:
            raise PermissionDeniedException(str(error)) from error
        except UsageError:
            return Redirect(report_link(article), status_code=303)
        return Redirect(link(report_link(article), done="unnote"), status_code=303)


def _answer(
    article: str, form: Any, carry_out: Callable[[], str], show_fault: Callable[[Span | None, str, int], Shown]
) -> Shown | Redirect:
    """What follows from a form on a report: the report at the passage, or with what is wrong above it."""
    try:
        asked: Span | None = Span(number_in(form, "start"), number_in(form, "end"))
    except UsageError:
        asked = None
    try:
        done = carry_out()
    except UsageError as error:
        return show_fault(asked, str(error), 409 if isinstance(error, ChangedError) else 422)
    where = {"start": asked.start, "end": asked.end} if asked else {}
    to = link(report_link(article), **where, done=done)
    return Redirect(f"{to}#at" if asked else to, status_code=303)


def find_report(
    library: Library,
    collations: Collations,
    viewer: Viewer,
    article: str,
    asked: Span | None,
    *,
    fault: str = "",
    done: str = "",
) -> ReportPage:
    """The page of a report as somebody reads it. Raises `GoneError` where there is none of this id."""
    own = report_of(library, article)
    made = _collation_of(library, collations, own.id)
    read = AsRead(
        asked=asked,
        written=tuple(place_notes(library, own, library.notes(own.id), viewer)),
        can_correct=viewer.can("correct"),
        seen=library.last_change,
        fault=fault,
        done=done,
    )
    return view_report(own, found_before(library, own), made, read, len(library.versions(address_of(own))))


def found_before(library: Library, article: Article) -> Annotations | None:
    """What is found in a report, where that has been looked for: a page does not look by itself, which takes seconds."""
    known = known_annotations(library.store, [article], finder_version(library.settings))
    return library.annotations(article.id) if known else None


def report_of(library: Library, article: str) -> Article:
    """A report by its id. Raises `GoneError` where there is none."""
    try:
        return library.article(article)
    except UsageError as error:
        raise GoneError(REPORT_GONE) from error


def _collation_of(library: Library, collations: Collations, article: str) -> Made | None:
    """The collation that a report is in, where it has been made; that of an older version of a page is none."""
    story = library.story_of(article)
    made = collations.at_once(story.id, PATIENCE) if story else None
    if made is None or isinstance(made, Job) or all(card.id != article for card in made.collation.articles):
        return None
    return made
