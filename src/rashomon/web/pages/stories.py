"""Stories: the library as a list, each with its days, how many report it, what it parts on, and when its reports came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

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
from rashomon.store.listing import count_all, list_part
from rashomon.text.dates import read_day
from rashomon.web.collations import Collations, Made
from rashomon.web.given import OurCollations, OurLibrary
from rashomon.web.pages.problems import Page
from rashomon.web.pages.showing import Asked, Shown, link, show, story_link

# Stories on one page.
AT_ONCE = 24
# The list goes no further: databases bound the number.
FARTHEST = 1_000_000_000
# Sources that the filter offers, and days that arrivals are drawn for.
MOST_SOURCES, MOST_DAYS = 40, 28
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


class Counts(NamedTuple):
    """How many stories fit what was asked, and how many stories and reports there are."""

    fitting: int
    stories: int
    reports: int


class Material(NamedTuple):
    """What is known of a story beside its row: its articles, and its collation where it has been made."""

    articles: tuple[Article, ...]
    made: Made | None


def view_stories(rows: Sequence[StoryRow], known: dict[str, Material], asking: Asking, counts: Counts) -> StoriesPage:
    """The page of the rows that were asked for; `known` has what is shown of each."""
    counted = Counter(a.source for m in known.values() for a in m.articles if a.source)
    return StoriesPage(
        lines=tuple(view_line(row, known[row.id]) for row in rows),
        n_stories=counts.stories,
        n_reports=counts.reports,
        told=_told(counts.fitting, asking.first, len(rows), counts.stories),
        day=asking.day,
        source=asking.source,
        several=asking.several,
        orders=tuple(Choice(value, name, value == asking.order) for value, name in ORDERS.items()),
        sources=tuple(sorted(name for name, _ in counted.most_common(MOST_SOURCES))),
        earlier=_again(asking, asking.first + AT_ONCE) if asking.first + AT_ONCE < counts.fitting else None,
        later=_again(asking, max(0, asking.first - AT_ONCE)) if asking.first else None,
    )


def view_line(row: StoryRow, known: Material) -> StoryLine:
    """A story as the list shows it."""
    made = known.made
    n_accounts = made.collation.lineage.independent if made else None
    extent = [say_n(row.n_articles, "report"), say_n(row.n_sources, "source")]
    if n_accounts is not None and row.n_articles > 1:
        extent.append(f"at most {say_n(n_accounts, 'independent account')}")
    parting = made.derive(find_parting) if made else ()
    n_more = len(parting) - 1
    return StoryLine(
        id=row.id,
        href=story_link(row.id),
        title=say_story(row.title),
        days=say_range(row.first, row.last),
        extent=" · ".join(extent),
        parts=parting[0] if parting else "",
        more=f"and {say_n(n_more, 'more difference')}" if n_more > 0 else "" if parting else _unsaid(row, made),
        arrivals=view_arrivals(known.articles),
    )


def find_parting(collation: Collation) -> tuple[str, ...]:
    """What a story parts on, the weightiest difference first."""
    context = open_context(collation, collation.full_articles, None)
    return tuple(begun(difference.text) for difference in ranked(context) if not difference.fits)


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


def _unsaid(row: StoryRow, made: Made | None) -> str:
    """What stands where no difference does."""
    if row.n_articles < 2:
        return ""
    return "No difference was found." if made else "Not compared yet."


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
        asking = Asking(
            order if order in ORDERS else "newest", day, source, bool(several), min(max(0, first), FARTHEST)
        )
        return show(request, "stories.html.j2", await sync_to_thread(find_stories, library, collations, asking))


def find_stories(library: Library, collations: Collations, asking: Asking) -> StoriesPage:
    """The page of stories that is asked for; a few of those on it that were not compared yet are, for the next look."""
    day = read_day(asking.day)
    rows, n_fitting = list_part(
        library.store,
        asking.first,
        AT_ONCE,
        order=asking.order,
        day=day.isoformat() if day else None,
        source=asking.source if asking.source.strip() else None,
        several=asking.several,
    )
    counts = count_all(library.store)
    made = collations.latest_or_begun(rows)
    known = {
        story: Material(own.collation.full_articles if own else kept_story(library, story).articles(), own)
        for story, own in made.items()
    }
    return view_stories(rows, known, asking, Counts(n_fitting, counts.stories, counts.articles))


def kept_story(library: Library, story: str) -> KeptStory:
    """A story whose id is known, without a look through all of them."""
    return KeptStory(story, library.store, library.settings)
