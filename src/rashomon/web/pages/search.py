"""Search: the reports that fit, with the sentences in which they do, and what the search can be narrowed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from litestar import Response, get
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from rashomon.errors import UsageError
from rashomon.model import Excerpt, Hit
from rashomon.report.view.days import say_published
from rashomon.report.view.words import say_n, say_outlet, say_title
from rashomon.run.library import Library
from rashomon.store.listing import QuoteRow, page_of_quotes
from rashomon.text.dates import read_day, say_days
from rashomon.text.words import fold_text
from rashomon.web.given import OurLibrary
from rashomon.web.pages.problems import Page
from rashomon.web.pages.showing import FORMS, Asked, Shown, link, person_link, report_link, show, story_link
from rashomon.web.pages.tables import send_table

# Reports that a search looks through, those on one page, excerpts of each, and values of one facet.
MOST, AT_ONCE, EXCERPTS, MOST_VALUES = 400, 25, 2, 10
# Quotes of one report that are looked at for who speaks.
MOST_QUOTES = 100
COLUMNS = ("article", "story", "source", "published", "title")


class FoundPlace(Struct, frozen=True):
    """A sentence that fits, and where it stands."""

    words: str
    href: str


class Found(Struct, frozen=True):
    """A report that fits."""

    title: str
    href: str
    outlet: str
    day: str
    story: str | None
    places: tuple[FoundPlace, ...]
    superseded: bool


class FacetValue(Struct, frozen=True):
    """A value that a search can be narrowed to, with how many reports have it; the chosen one leads back."""

    name: str
    count: int
    href: str
    chosen: bool
    page: str | None = None


class SearchFacet(Struct, frozen=True):
    """Sources, days or speakers of what was found."""

    title: str
    values: tuple[FacetValue, ...]


class SearchPage(Struct, frozen=True):
    """What was asked for and found. `limit` says where the search ended, `fault` why it could not be made."""

    q: str
    source: str
    speaker: str
    since: str
    until: str
    told: str
    limit: str
    fault: str
    found: tuple[Found, ...]
    facets: tuple[SearchFacet, ...]
    earlier: str | None
    later: str | None
    tables: tuple[tuple[str, str], ...]


class Asking(Struct, frozen=True):
    """A search: words, and what it is narrowed to."""

    q: str = ""
    source: str = ""
    speaker: str = ""
    since: str = ""
    until: str = ""
    first: int = 0

    @property
    def line(self) -> str:
        """The search as the command line has it."""
        parts = [self.q.strip()]
        parts += [
            f'{name}:"{fold_text(value)}"'
            for name, value in (("source", self.source), ("speaker", self.speaker))
            if fold_text(value)
        ]
        parts += [f"{name}:{value}" for name, value in (("since", self.since), ("until", self.until)) if value]
        return " ".join(part for part in parts if part)

    def link(self, path: str = "/search", **changes: str | int) -> str:
        """The address of this search with something changed; it begins with the first report again."""
        own = {"q": self.q, "source": self.source, "speaker": self.speaker, "since": self.since, "until": self.until}
        return link(path, **{**own, **changes})


def view_search(
    asking: Asking,
    hits: Sequence[Hit],
    places: Mapping[str, Sequence[Excerpt]],
    spoken: Iterable[QuoteRow],
    fault: str = "",
) -> SearchPage:
    """The page of a search: `places` and `spoken` are of the reports that stand on it."""
    shown = hits[asking.first : asking.first + AT_ONCE]
    behind = asking.first + AT_ONCE
    return SearchPage(
        q=asking.q,
        source=asking.source,
        speaker=asking.speaker,
        since=asking.since,
        until=asking.until,
        told=_told(asking, len(hits), len(shown)) if asking.line and not fault else "",
        limit=f"The newest {MOST} are shown; narrow the search for older ones." if len(hits) >= MOST else "",
        fault=fault,
        found=tuple(view_found(hit, places.get(hit.article, ())) for hit in shown),
        facets=tuple(_facets(asking, hits, spoken)),
        earlier=asking.link(first=behind) if behind < len(hits) else None,
        later=asking.link(first=max(0, asking.first - AT_ONCE)) if asking.first else None,
        tables=tuple((form, asking.link(f"/search/tables/found.{form}")) for form in FORMS) if hits else (),
    )


def view_found(hit: Hit, places: Sequence[Excerpt]) -> Found:
    """A report that fits, as the list shows it; its link leads to the first place."""
    found = [(" ".join(p.words.split()), report_link(p.article, p.start, p.end)) for p in places]
    shown = tuple(FoundPlace(words, href) for words, href in found if words != hit.title)
    return Found(
        title=say_title(hit.title),
        href=shown[0].href if shown else report_link(hit.article),
        outlet=say_outlet(hit.source),
        day=say_published(hit.published),
        story=story_link(hit.story) if hit.story else None,
        places=shown,
        superseded=hit.superseded,
    )


def _told(asking: Asking, n: int, n_shown: int) -> str:
    if not n:
        return "Nothing was found."
    if n_shown == n:
        return f"{say_n(n, 'report')} found"
    return f"Reports {asking.first + 1:,} to {asking.first + n_shown:,} of {n:,}, the newest first"


def _facets(asking: Asking, hits: Sequence[Hit], spoken: Iterable[QuoteRow]) -> list[SearchFacet]:
    days = Counter(day.isoformat() for hit in hits if (day := read_day(hit.published)))
    speakers: dict[str, set[str]] = {}
    for row in spoken:
        if row.speaker:
            speakers.setdefault(row.speaker, set()).add(row.article)
    heard = Counter({name: len(articles) for name, articles in speakers.items()})
    facets = [
        _facet(
            "Source", Counter(hit.source for hit in hits if hit.source), asking.source, lambda v: asking.link(source=v)
        ),
        _facet(
            "Day",
            days,
            asking.since if asking.since == asking.until else "",
            lambda v: asking.link(since=v, until=v),
            lambda v: say_days(v, v),
        ),
        _facet("Speaker on this page", heard, asking.speaker, lambda v: asking.link(speaker=v), page=person_link),
    ]
    return [facet for facet in facets if facet.values]


def _facet(
    title: str,
    counted: Counter[str],
    chosen: str,
    href: Callable[[str], str],
    say: Callable[[str], str] = str,
    page: Callable[[str], str] | None = None,
) -> SearchFacet:
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES]
    return SearchFacet(
        title,
        tuple(
            FacetValue(say(v), n, href("" if v == chosen else v), v == chosen, page(v) if page else None)
            for v, n in ordered
        ),
    )


def find(library: Library, asking: Asking) -> SearchPage:
    """Carry a search out; what is no search is told on the page."""
    if not asking.line:
        return view_search(asking, (), {}, ())
    try:
        hits = library.search(asking.line, MOST)
    except UsageError as error:
        return view_search(asking, (), {}, (), str(error))
    shown = hits[asking.first : asking.first + AT_ONCE]
    places = {hit.article: library.excerpts(asking.line, hit.article, EXCERPTS) for hit in shown}
    store = library.store
    spoken = [row for hit in shown for row in page_of_quotes(store, None, MOST_QUOTES, article=hit.article)]
    return view_search(asking, hits, places, spoken)


class SearchController(Page):
    """Searching the library."""

    @get(["/search", "/search.json"])
    async def search(
        self,
        request: Asked,
        library: OurLibrary,
        q: FromQuery[str] = "",
        source: FromQuery[str] = "",
        speaker: FromQuery[str] = "",
        since: FromQuery[str] = "",
        until: FromQuery[str] = "",
        first: FromQuery[int] = 0,
    ) -> Shown:
        """The reports that fit, a page of them."""
        asking = Asking(q, source, speaker, since, until, max(0, first))
        return show(request, "search.html.j2", await sync_to_thread(find, library, asking))

    @get("/search/tables/{name:str}", sync_to_thread=True)
    def table(
        self,
        library: OurLibrary,
        name: FromPath[str],
        q: FromQuery[str] = "",
        source: FromQuery[str] = "",
        speaker: FromQuery[str] = "",
        since: FromQuery[str] = "",
        until: FromQuery[str] = "",
    ) -> Response[list[dict[str, str | None]]]:
        """What a search found, as a table."""
        hits = library.search(Asking(q, source, speaker, since, until).line, MOST)
        return send_table(
            "search", name.rpartition(".")[2], COLUMNS, [{name: getattr(hit, name) for name in COLUMNS} for hit in hits]
        )
