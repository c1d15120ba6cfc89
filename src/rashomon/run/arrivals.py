"""Reports come in: files, pages, feeds and lists of feeds go into the library, and what fails is written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from rashomon.errors import FetchError, UsageError
from rashomon.files import read_file
from rashomon.model import Article, Reject
from rashomon.read.forms import read_payload, reader_of
from rashomon.read.locations import read_each
from rashomon.read.opml import read_opml
from rashomon.read.payload import Payload
from rashomon.run.annotating import PART, keep
from rashomon.run.fetch import Fetcher, StoppedError
from rashomon.run.progress import Progress, silent
from rashomon.settings import DEFAULT, Settings
from rashomon.store import (
    Store,
    Visit,
    failures,
    forget_failures,
    last_visit,
    note_failure,
    note_visit,
)

OPML = ".opml"
# The largest list of feeds, in megabytes.
LARGEST = 64
# From a list of feeds to a feed, from a feed to a page: nothing leads further.
STEPS = 2


class Arrived(NamedTuple):
    """What an arrival brought: articles read, those new to the library, addresses that had not changed, failures."""

    n_read: int
    n_new: int
    n_unchanged: int
    failed: tuple[Reject, ...]


class _Unchanged(NamedTuple):
    url: str


class _Listed(NamedTuple):
    url: str


class _Visited(NamedTuple):
    url: str
    visit: Visit


_Found = Article | Reject | _Unchanged | _Listed | _Visited


def take_in(
    store: Store,
    locations: Sequence[str],
    fetcher: Fetcher,
    settings: Settings = DEFAULT,
    progress: Progress = silent,
    articles: Sequence[Article] = (),
) -> Arrived:
    """Keep some articles, and read or fetch everything at some locations. What fails is noted and does not stop the rest.

    Where the fetcher is stopped, what came until then is kept, and a feed that was not done is asked for again the next time.
    """
    hand = _Hand(store, [], [])
    n_read = n_unchanged = 0
    failed: list[Reject] = []
    read: set[str] = set()
    try:
        with suppress(StoppedError):
            for found in chain(articles, _everything(store, locations, fetcher, settings)):
                if isinstance(found, Reject):
                    failed.append(found)
                    note_failure(store, found)
                elif isinstance(found, Article):
                    n_read += 1
                    hand.articles.append(found)
                    read |= {found.path} if found.completeness == "summary" else {found.path, found.url or found.path}
                    progress("reading", n_read, n_read)
                else:
                    read.add(found.url)
                    n_unchanged += isinstance(found, _Unchanged)
                    hand.visits += [found] if isinstance(found, _Visited) else []
                if len(hand.articles) >= PART:
                    hand.put_down()
    finally:  # what was read before an error or Ctrl-C is kept
        hand.put_down()
    forget_failures(store, sorted(read & {f.path for f in failures(store)}))
    return Arrived(n_read, hand.n_new, n_unchanged, tuple(failed))


@dataclass
class _Hand:
    """What has been read and is not kept yet. What servers said is kept after the articles, so that none is passed over."""

    store: Store
    articles: list[Article]
    visits: list[_Visited]
    n_new: int = 0

    def put_down(self) -> None:
        self.n_new += len(keep(self.store, self.articles))
        self.articles.clear()
        for visited in self.visits:
            note_visit(self.store, visited.url, visited.visit)
        self.visits.clear()


def failed_places(store: Store) -> list[str]:
    """The addresses and files that failed and can be tried again, each once."""
    places = [f.path if is_address(f.path) else f.path.rsplit("#", 1)[0] for f in failures(store)]
    return [p for p in dict.fromkeys(places) if is_address(p) or Path(p).exists()]


def is_address(location: str) -> bool:
    """Whether a location is to be fetched."""
    return location.startswith(("http://", "https://"))


def _everything(store: Store, locations: Iterable[str], fetcher: Fetcher, settings: Settings) -> Iterator[_Found]:
    for location in locations:
        if is_address(location):
            yield from _fetched(store, location, fetcher)
        elif location.lower().endswith(OPML):
            yield from _feeds_of(store, location, _bytes(location), fetcher, STEPS)
        else:
            yield from read_each([location], settings)


def _bytes(location: str) -> bytes:
    try:
        return read_file(location, LARGEST)
    except OSError as error:
        raise UsageError(f"{location}: cannot be read ({error.strerror}); name a list of feeds") from error


def _fetched(store: Store, url: str, fetcher: Fetcher, steps: int = STEPS) -> Iterator[_Found]:
    """What is at an address: a page, a list of feeds, or a feed, whose entries' pages are fetched where it has summaries."""
    visit = last_visit(store, url)
    try:
        got = fetcher.fetch(url, visit.etag if visit else None, visit.modified if visit else None)
    except FetchError as error:
        yield Reject(path=url, reason=str(error).removeprefix(f"{url}: "))
        return
    if got is None:
        yield _Unchanged(url)
        return
    if steps and b"<opml" in got.data[:2000].lower():
        yield from _feeds_of(store, url, got.data, fetcher, steps - 1)
        return
    payload = Payload(url, got.data, url=url)
    is_read = False
    for found in read_payload(payload, reader_of(payload, got.media_type)):
        is_read = is_read or isinstance(found, Article)
        if steps and isinstance(found, Article) and found.completeness == "summary" and found.url not in (None, url):
            yield from _page_of(store, found, fetcher)
        else:
            yield found
    if is_read:
        yield _Visited(url, Visit(got.etag, got.modified))


def _feeds_of(store: Store, place: str, data: bytes, fetcher: Fetcher, steps: int) -> Iterator[_Found]:
    """What the feeds of a list bring; a list that cannot be read is set aside like a feed that cannot."""
    try:
        feeds = read_opml(data, place)
    except UsageError as error:
        yield Reject(path=place, reason=str(error).removeprefix(f"{place}: "))
        return
    yield _Listed(place)
    for feed in feeds:
        yield from _fetched(store, feed, fetcher, steps)


def _page_of(store: Store, entry: Article, fetcher: Fetcher) -> Iterator[_Found]:
    """The page that a feed's entry announces, with the entry's own day; the entry itself where the page cannot be had."""
    assert entry.url is not None
    pages = list(_fetched(store, entry.url, fetcher, 0))
    for page in pages:
        if isinstance(page, Article):
            yield msgspec.structs.replace(
                page,
                published=entry.published or page.published,
                published_basis=entry.published_basis or page.published_basis,
                title=page.title or entry.title,
                byline=page.byline or entry.byline,
            )
        else:
            yield page
    if not any(isinstance(page, Article | _Unchanged) for page in pages):
        yield entry
