"""The page of one person: what reports have them say, story by story, each remark with its variants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from litestar import get
from litestar.concurrency import sync_to_thread
from litestar.params import FromQuery
from msgspec import Struct

from rashomon.model import AlignedQuote, Collation, QuoteReading, StoryRow
from rashomon.report.view.cites import ViewContext, open_context
from rashomon.report.view.days import say_range
from rashomon.report.view.words import in_marks, say_n, say_outlet, say_story
from rashomon.run.library import Library
from rashomon.store.listing import QuoteRow, page_of_quotes, story_row
from rashomon.text.words import fold_text
from rashomon.web.collations import Collations
from rashomon.web.given import OurCollations, OurLibrary
from rashomon.web.pages.margins import MANNERS, NoteLine, Place, places_of
from rashomon.web.pages.problems import Page
from rashomon.web.pages.showing import Asked, Shown, report_link, show, story_link

# Quotes that are looked through, and wordings of one remark.
MOST_QUOTES, MOST_WORDINGS = 1000, 8


class Said(Struct, frozen=True):
    """A remark: its fullest wording with the reports that have it so, and the wordings of others."""

    words: str
    places: tuple[Place, ...]
    others: tuple[NoteLine, ...]
    href: str


class StorySaid(Struct, frozen=True):
    """What somebody says in one story. A story that was not compared has each report's words by themselves."""

    title: str
    href: str
    days: str
    remarks: tuple[Said, ...]
    compared: bool


class PersonPage(Struct, frozen=True):
    """What somebody said, the newest story first; `limit` says where the list ends."""

    name: str
    told: str
    limit: str
    stories: tuple[StorySaid, ...]


Known = tuple[StoryRow, Collation | None]


def view_person(
    name: str, rows: Sequence[QuoteRow], known: dict[str, Known], outlet_of: Callable[[str], str]
) -> PersonPage:
    """The page of a speaker: `rows` are the quotes found under the name, `known` their stories."""
    by_story: dict[str, list[QuoteRow]] = defaultdict(list)
    for row in rows:
        if row.story in known:
            by_story[row.story or ""].append(row)
    newest = sorted(by_story, key=lambda story: known[story][0].last or "", reverse=True)
    stories = [_story(name, known[story], by_story[story], outlet_of) for story in newest]
    n = sum(len(story.remarks) for story in stories)
    told = f"{say_n(n, 'remark')} in {say_n(len(stories), 'story')}"
    return PersonPage(
        name=name,
        told=told if n else "",
        limit=f"The first {MOST_QUOTES:,} quotes of this name are shown." if len(rows) >= MOST_QUOTES else "",
        stories=tuple(stories),
    )


def _story(name: str, known: Known, rows: Sequence[QuoteRow], outlet_of: Callable[[str], str]) -> StorySaid:
    row, collation = known
    context = open_context(collation, collation.full_articles, None) if collation else None
    remarks = tuple(_lined_up(context, name)) if context else ()
    return StorySaid(
        title=say_story(row.title),
        href=story_link(row.id),
        days=say_range(row.first, row.last),
        remarks=remarks or tuple(_as_found(rows, outlet_of)),
        compared=bool(remarks),
    )


def _lined_up(context: ViewContext, name: str) -> Iterator[Said]:
    """The remarks of a story that a name said, those that most reports have first."""
    asked = fold_text(name)
    own = [quote for quote in context.collation.quotes if asked and asked in fold_text(quote.speaker or "")]
    for quote in sorted(own, key=lambda q: -len({r.article for r in q.readings})):
        yield _said(context, quote)


def _said(context: ViewContext, quote: AlignedQuote) -> Said:
    wordings: dict[str, list[QuoteReading]] = defaultdict(list)
    for reading in quote.readings:
        wordings[fold_text(context.words.spoken(reading.article, reading.spans))].append(reading)
    fullest = quote.readings[quote.fullest]
    key = fold_text(context.words.spoken(fullest.article, fullest.spans))
    others = [readings for words, readings in wordings.items() if words != key]
    return Said(
        words=_words(context, fullest),
        places=places_of(context, wordings[key]),
        others=tuple(
            NoteLine(f"{MANNERS[readings[0].manner]}: {_words(context, readings[0])}", places_of(context, readings))
            for readings in others[:MOST_WORDINGS]
        ),
        href=f"{story_link(context.collation.story.id)}#{quote.id}",
    )


def _words(context: ViewContext, reading: QuoteReading) -> str:
    told = context.words.spoken(reading.article, reading.spans)
    return in_marks(told) if reading.manner == "direct" else told


def _as_found(rows: Iterable[QuoteRow], outlet_of: Callable[[str], str]) -> Iterator[Said]:
    for row in rows:
        href = report_link(row.article, row.start, row.end)
        yield Said(" ".join(row.words.split()), (Place(outlet_of(row.article), "read it there", href),), (), href)


def find_person(library: Library, collations: Collations, name: str) -> PersonPage:
    """What the library has a name say."""
    store = library.store
    rows = page_of_quotes(store, None, MOST_QUOTES, speaker=name) if fold_text(name) else []
    told = [row for story in sorted({q.story for q in rows if q.story}) if (row := story_row(store, story)) is not None]
    made = collations.latest_or_begun(told)
    known = {row.id: (row, own.collation if (own := made[row.id]) else None) for row in told}
    return view_person(name, rows, known, lambda article: say_outlet(library.article(article).source))


class PersonController(Page):
    """What somebody said."""

    @get(["/people", "/people.json"])
    async def person(
        self, request: Asked, library: OurLibrary, collations: OurCollations, name: FromQuery[str] = ""
    ) -> Shown:
        """The remarks of a name, over all stories."""
        return show(
            request, "person.html.j2", await sync_to_thread(find_person, library, collations, name.strip()[:200])
        )
