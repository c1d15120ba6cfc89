"""Feeds, pages and lists of feeds come into a library; what fails is kept for another time."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest
from servers import Site, flaky, page, status

from rashomon.errors import UsageError
from rashomon.model import Round
from rashomon.run.arrivals import Arrived, failed_places, take_in
from rashomon.run.fetch import Fetcher
from rashomon.run.watch import watch_feeds
from rashomon.settings import DEFAULT
from rashomon.store import Store, count_articles, failures, get_articles, open_store, versions_of, waiting_for

BODY = "The crane fell onto the quay at noon and the harbour was closed for the day, the coast guard said. " * 3


def html(title: str, body: str = BODY) -> str:
    """A page with an article."""
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{body}</p></article></body></html>"
    )


def rss(site: Site, *names: str) -> str:
    """A feed of teasers that lead to pages of the site."""
    items = "".join(
        f"<item><title>{n}</title><link>{site.url}/{n}</link><pubDate>Tue, 14 Apr 2026 12:00:00 GMT</pubDate>"
        "<description>A line.</description></item>"
        for n in names
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>{items}</channel></rss>'


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty library."""
    opened = open_store(tmp_path / "library.sqlite")
    yield opened
    opened.close()


def take(store: Store, *locations: str) -> Arrived:
    """Take in without waiting between requests."""
    return take_in(store, locations, Fetcher(allow_private=True, delay=0))


def test_a_feed_brings_its_pages(site: Site, store: Store) -> None:
    """Teasers lead to their pages, which keep the entry's day; a second time nothing is new."""
    site.pages["/feed"] = page(rss(site, "one", "two"), "application/rss+xml", etag='"f1"')
    site.pages["/one"], site.pages["/two"] = page(html("One"), etag='"1"'), page(html("Two", BODY[::-1]), etag='"2"')
    assert take(store, f"{site.url}/feed")[:3] == (2, 2, 0)
    [one] = versions_of(store, f"{site.url}/one")
    assert one.title == "One"
    assert BODY[:60] in one.text
    assert one.published == "2026-04-14T12:00:00Z"
    assert take(store, f"{site.url}/feed")[:3] == (0, 0, 1)
    site.pages["/feed"] = page(rss(site, "one", "two", "three"), "application/rss+xml", etag='"f2"')
    site.pages["/three"] = page(html("Three"))
    site.pages["/one"] = page(html("One", BODY + "Now with a correction."), etag='"1b"')
    assert take(store, f"{site.url}/feed")[:3] == (2, 2, 1)
    assert len(versions_of(store, f"{site.url}/one")) == 2


def test_an_entry_whose_page_is_gone_stays_a_summary(site: Site, store: Store) -> None:
    """The teaser is kept, the failure is noted, and trying again mends it."""
    site.pages["/feed"] = page(rss(site, "one"), "application/rss+xml")
    site.pages["/one"] = flaky(1, page(html("One")))
    arrived = take(store, f"{site.url}/feed")
    assert (arrived.n_read, arrived.n_new, len(arrived.failed)) == (1, 1, 1)
    assert "503" in failures(store)[0].reason
    assert [a.completeness for a in get_articles(store, waiting_for(store, "grouped", "x"))] == ["summary"]
    assert failed_places(store) == [f"{site.url}/one"]
    assert take(store, *failed_places(store)).n_new == 1
    assert failures(store) == []
    assert [a.completeness for a in versions_of(store, f"{site.url}/one")] == ["summary", "full"]


def test_what_was_read_before_an_error_is_kept(site: Site, store: Store) -> None:
    """A location that does not exist is an error; what came before it is in the library, and is known the next time."""
    site.pages["/one"] = page(html("One"), etag='"1"')
    with pytest.raises(UsageError, match="no such file"):
        take(store, f"{site.url}/one", "nowhere.txt")
    assert count_articles(store) == 1
    assert take(store, f"{site.url}/one")[:3] == (0, 0, 1)


def test_a_page_without_text_is_asked_for_again(site: Site, store: Store) -> None:
    """What could not be read is not taken for known."""
    site.pages["/one"] = page("<html></html>", etag='"1"')
    assert len(take(store, f"{site.url}/one").failed) == 1
    assert len(take(store, f"{site.url}/one").failed) == 1


def test_a_list_of_feeds(site: Site, store: Store, tmp_path: Path) -> None:
    """Every feed of a list, from a file or an address; one that fails does not stop the others."""
    opml = f'<opml><body><outline xmlUrl="{site.url}/none"/><outline xmlUrl="{site.url}/feed"/></body></opml>'
    (tmp_path / "feeds.opml").write_text(opml)
    site.pages["/list"] = page(opml, "text/xml")
    site.pages["/feed"] = page(rss(site, "one"), "application/rss+xml")
    site.pages["/one"] = page(html("One"))
    arrived = take(store, str(tmp_path / "feeds.opml"))
    assert (arrived.n_new, len(arrived.failed)) == (1, 1)
    assert take(store, f"{site.url}/list").n_new == 0


@pytest.mark.parametrize("data", ["<opml><body>", "<opml><body/></opml>", "<opml>\0"])
def test_a_list_that_cannot_be_read(site: Site, store: Store, tmp_path: Path, data: str) -> None:
    """It is set aside with its reason, the others are read; once it can be read it is no failure any more."""
    (tmp_path / "feeds.opml").write_text(data)
    site.pages["/list"], site.pages["/one"] = page(data, "text/xml"), page(html("One"))
    places = [f"{site.url}/list", str(tmp_path / "feeds.opml")]
    arrived = take(store, *places, f"{site.url}/one")
    assert (arrived.n_new, [r.path for r in arrived.failed]) == (1, places)
    assert sorted(failed_places(store)) == sorted(places)
    opml = f'<opml><body><outline xmlUrl="{site.url}/feed"/></body></opml>'
    (tmp_path / "feeds.opml").write_text(opml)
    site.pages["/list"], site.pages["/feed"] = page(opml, "text/xml"), page(rss(site, "one"), "application/rss+xml")
    take(store, *failed_places(store))
    assert failures(store) == []


def test_a_feed_that_answers_again_is_no_failure(site: Site, store: Store) -> None:
    """What failed once and is there now is not tried again by --resume."""
    site.pages["/feed"] = flaky(1, page(rss(site, "one"), "application/rss+xml", etag='"f"'))
    site.pages["/one"] = page(html("One"))
    assert len(take(store, f"{site.url}/feed").failed) == 1
    assert take(store, f"{site.url}/feed").failed == ()
    assert failures(store) == []


def test_feeds_that_lead_in_a_circle_end(site: Site, store: Store) -> None:
    """A feed whose entries are feeds, a list that lists itself."""
    site.pages["/loop"] = page(rss(site, "loop2"), "application/rss+xml")
    site.pages["/loop2"] = page(rss(site, "loop"), "application/rss+xml")
    site.pages["/list"] = page(f'<opml><body><outline xmlUrl="{site.url}/list"/></body></opml>', "text/xml")
    take(store, f"{site.url}/loop", f"{site.url}/list")
    assert len(site.asked) < 10


def test_watching_goes_on_until_stopped(site: Site, store: Store) -> None:
    """Rounds as many as asked for; it can be stopped between two feeds, with everything kept."""
    site.pages["/feed"] = page(rss(site, "one"), "application/rss+xml")
    site.pages["/one"] = page(html("One"))
    watched = watch_feeds(store, [f"{site.url}/feed"], Fetcher(allow_private=True, delay=0), DEFAULT, 0.01, rounds=2)
    assert list(watched) == [Round(number=1, n_new=1, n_failed=0), Round(number=2, n_new=0, n_failed=0)]
    site.pages["/feed"] = status(500)
    fetcher, stop = Fetcher(allow_private=True, delay=0), Event()
    told = []
    for one in watch_feeds(store, [f"{site.url}/feed"], fetcher, DEFAULT, 600, stop=stop):
        told.append(one)
        stop.set()
    assert told == [Round(number=1, n_new=0, n_failed=1)]
    assert count_articles(store) == 1


def test_a_list_that_breaks_does_not_end_watching(site: Site, store: Store, tmp_path: Path) -> None:
    """Bad answers and a list that is gone for a moment count as failed; the other feeds go on."""
    opml = f'<opml><body><outline xmlUrl="{site.url}/feed"/></body></opml>'
    kept = tmp_path / "feeds.opml"
    kept.write_text(opml)
    site.pages["/list"] = page("<opml><broken", "text/xml")
    site.pages["/feed"], site.pages["/one"] = page(rss(site, "one"), "application/rss+xml"), page(html("One"))
    feeds = [f"{site.url}/list", str(kept), f"{site.url}/feed"]
    watched = watch_feeds(store, feeds, Fetcher(allow_private=True, delay=0), DEFAULT, 0.01, rounds=3)
    assert next(watched) == Round(number=1, n_new=1, n_failed=1)
    kept.unlink()
    assert next(watched) == Round(number=2, n_new=0, n_failed=2)
    kept.write_text(opml)
    assert next(watched) == Round(number=3, n_new=0, n_failed=1)
    with pytest.raises(UsageError, match="cannot be read"):
        next(watch_feeds(store, ["nowhere.opml"], Fetcher(), DEFAULT, 0.01))


def test_a_feed_is_stopped_in_the_middle(site: Site, store: Store) -> None:
    """What came is kept, nothing more is asked for, and the feed is read to its end the next time."""
    names = [f"page{n}" for n in range(8)]
    site.pages["/feed"] = page(rss(site, *names), "application/rss+xml", etag='"f"')
    site.pages |= {f"/{name}": page(html(name, BODY + name), etag=f'"{name}"') for name in names}

    stop = Event()

    def interrupted(handler: BaseHTTPRequestHandler) -> None:
        stop.set()
        page(html("page2", BODY + "page2"))(handler)

    site.pages["/page2"] = interrupted
    fetcher = Fetcher(allow_private=True, delay=0)
    watched = watch_feeds(store, [f"{site.url}/feed"], fetcher, DEFAULT, 600, stop=stop)
    assert list(watched) == [Round(number=1, n_new=3, n_failed=0)]
    assert site.paths() == ["/robots.txt", "/feed", "/page0", "/page1", "/page2"]
    site.pages["/page2"] = page(html("page2", BODY + "page2"))
    assert take(store, f"{site.url}/feed").n_new == 5
    assert count_articles(store) == 8
