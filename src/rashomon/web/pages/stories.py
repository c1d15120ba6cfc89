"""Stories: the library as a list, each with its days, how many report it, what it parts on, and when its reports came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from litestar import get
from litestar.concurrency import sync_to_thread
from litestar.params import FromQuery
from litestar.response import Redirect
from msgspec import Struct

from rashomon.model import Article, Collation, StoryRow
from rashomon.report.view.cites import open_context
from rashomon.report.view.days import say_day, say_range
from rashomon.report.view.differences import ranked
from rashomon.report.view.words import begun, say_n, say_story
from rashomon.run.library import KeptStory, Library
from rashomon.text.dates import read_day
from rashomon.text.words import fold_text
from rashomon.web.collations import Collations
from rashomon.web.given import OurCollations, OurLibrary
from rashomon.web.pages.problems import Page
from rashomon.web.pages.showing import Asked, Shown, link, show, story_link

# Stories on one page.
AT_ONCE = 24
# Articles of a source that are looked up for the filter, sources that it offers, and days that arrivals are drawn for.
MOST_HITS, MOST_SOURCES, MOST_DAYS = 2000, 40, 28
ORDERS = {"newest": "Newest first", "sources": "Most sources first", "disagreement": "Most differences first"}


class Arrivals(Struct, frozen=True):
    """When a story's reports were published: a bar a day with its height in percent, and the sentence that says it."""

    heights: tuple[int, ...]
    told: str


class StoryLine(Struct, frozen=True):
    """A story in the list. `parts` is what its weightiest difference is about; empty where it has none or was not compared."""

    id: str
    href: str
    title: str
    days: str
    extent: str
    parts: str
    more: str
    arrivals: Arrivals


class Choice(Struct, frozen=True):
    """A value that a list can be narrowed to."""

    value: str
    name: str
    chosen: bool


class StoriesPage(Struct, frozen=True):
    """The list of stories, what narrows it, and where it goes on."""

    lines: tuple[StoryLine, ...]
    n_stories: int
    n_reports: int
    told: str
    day: str
    source: str
    several: bool
    orders: tuple[Choice, ...]
    sources: tuple[str, ...]
    earlier: str | None
    later: str | None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked of the list."""
        return bool(self.day or self.source or self.several)


class Asking(Struct, frozen=True):
    """What the list is asked for."""

    order: str = "newest"
    day: str = ""
    source: str = ""
    several: bool = False
    first: int = 0


class Material(Struct, frozen=True):
    """What is known of a story beside its row: its articles, and its collation where it has been made."""

    articles: tuple[Article, ...]
    collation: Collation | None


def choose_rows(rows: Iterable[StoryRow], asking: Asking, of_source: frozenset[str] | None) -> list[StoryRow]:
    """The rows that were asked for, in the order that was asked for; those that were not compared come last by disagreement."""
    kept = [row for row in rows if of_source is None or row.id in of_source]
    if asking.several:
        kept = [row for row in kept if row.n_articles > 1 and row.n_differences != 0]
    if day := read_day(asking.day):
        kept = [row for row in kept if (row.first or "9")[:10] <= day.isoformat() <= (row.last or "")[:10]]
    if asking.order == "sources":
        return sorted(kept, key=lambda row: -row.n_sources)
    if asking.order == "disagreement":
        return sorted(kept, key=lambda row: -(-1 if row.n_differences is None else row.n_differences))
    return kept


def view_stories(
    rows: Sequence[StoryRow], known: dict[str, Material], asking: Asking, n_reports: int, *, n_all: int
) -> StoriesPage:
    """The page of the rows that were asked for; `known` has what is shown of those that stand on it."""
    shown = rows[asking.first : asking.first + AT_ONCE]
    counted = Counter(a.source for m in known.values() for a in m.articles if a.source)
    return StoriesPage(
        lines=tuple(view_line(row, known[row.id]) for row in shown),
        n_stories=n_all,
        n_reports=n_reports,
        told=_told(len(rows), asking.first, len(shown), n_all),
        day=asking.day,
        source=asking.source,
        several=asking.several,
        orders=tuple(Choice(value, name, value == asking.order) for value, name in ORDERS.items()),
        sources=tuple(sorted(name for name, _ in counted.most_common(MOST_SOURCES))),
        earlier=_again(asking, asking.first + AT_ONCE) if asking.first + AT_ONCE < len(rows) else None,
        later=_again(asking, max(0, asking.first - AT_ONCE)) if asking.first else None,
    )


def view_line(row: StoryRow, known: Material) -> StoryLine:
    """A story as the list shows it."""
    collation = known.collation
    n_accounts = collation.lineage.independent if collation else None
    extent = [say_n(row.n_articles, "report"), say_n(row.n_sources, "source")]
    if n_accounts is not None and row.n_articles > 1:
        extent.append(f"at most {say_n(n_accounts, 'independent account')}")
    found = ranked(open_context(collation, known.articles, None)) if collation else []
    parting = [begun(difference.text) for difference in found if not difference.fits]
    n_more = len(parting) - 1
    return StoryLine(
        id=row.id,
        href=story_link(row.id),
        title=say_story(row.title),
        days=say_range(row.first, row.last),
        extent=" · ".join(extent),
        parts=parting[0] if parting else "",
        more=f"and {say_n(n_more, 'more difference')}" if n_more > 0 else "" if parting else _unsaid(row, collation),
        arrivals=view_arrivals(known.articles),
    )


def view_arrivals(articles: Sequence[Article]) -> Arrivals:
    """A bar for each day from the first report to the last; of long stories the last days."""
    counted = Counter(day for article in articles if (day := read_day(article.published)))
    if not counted:
        return Arrivals((), "")
    last = max(counted)
    first = max(min(counted), last - timedelta(MOST_DAYS - 1))
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    most = max(counted[day] for day in days)
    told = "; ".join(f"{say_day(day.isoformat(), day.year)}: {counted[day]}" for day in days if counted[day])
    return Arrivals(tuple(round(100 * counted[day] / most) for day in days), f"Reports by day. {told}")


def _unsaid(row: StoryRow, collation: Collation | None) -> str:
    """What stands where no difference does."""
    if row.n_articles < 2:
        return ""
    return "No difference was found." if collation else "Not compared yet."


def _told(n: int, first: int, n_shown: int, n_all: int) -> str:
    of = f" of {n_all:,}" if n != n_all else ""
    if n_shown == n:
        return f"{say_n(n, 'story')}{of}"
    return f"Stories {first + 1:,} to {first + n_shown:,} of {n:,}"


def _again(asking: Asking, first: int) -> str:
    order = asking.order if asking.order != "newest" else ""
    several = "1" if asking.several else ""
    return link("/stories", order=order, day=asking.day, source=asking.source, several=several, first=first or "")


class StoriesController(Page):
    """The list of stories."""

    @get("/", sync_to_thread=False)
    def front(self) -> Redirect:
        """The app begins with the stories."""
        return Redirect("/stories")

    @get(["/stories", "/stories.json"])
    async def stories(
        self,
        request: Asked,
        library: OurLibrary,
        collations: OurCollations,
        order: FromQuery[str] = "newest",
        day: FromQuery[str] = "",
        source: FromQuery[str] = "",
        several: FromQuery[str] = "",
        first: FromQuery[int] = 0,
    ) -> Shown:
        """The stories that are asked for, a page of them."""
        asking = Asking(order if order in ORDERS else "newest", day, source, bool(several), max(0, first))
        return show(request, "stories.html.j2", await sync_to_thread(find_stories, library, collations, asking))


def find_stories(library: Library, collations: Collations, asking: Asking) -> StoriesPage:
    """The page of stories that is asked for; a few of those on it that were not compared yet are, for the next look."""
    rows = library.stories()
    chosen = choose_rows(rows, asking, stories_of_source(library, asking.source) if asking.source.strip() else None)
    made = collations.ready_or_begun(chosen[asking.first : asking.first + AT_ONCE])
    known = {
        story: Material(own.full_articles if own else kept_story(library, story).articles(), own)
        for story, own in made.items()
    }
    return view_stories(chosen, known, asking, len(library), n_all=len(rows))


def stories_of_source(library: Library, source: str) -> frozenset[str]:
    """The stories that a source has a report in."""
    words = fold_text(source)
    return (
        frozenset(hit.story for hit in library.search(f'source:"{words}"', MOST_HITS) if hit.story)
        if words
        else frozenset()
    )


def kept_story(library: Library, story: str) -> KeptStory:
    """A story whose id is known, without a look through all of them."""
    return KeptStory(story, library.store, library.settings)
