"""Fetching asks first, waits, checks where it is sent, and stops what is too large or too slow."""

from __future__ import annotations

import gzip
import time

import pytest
from servers import Site, bomb, flaky, page, redirect, slow, status

from rashomon.errors import FetchError
from rashomon.run.fetch import ROBOTS_FAILED, ROBOTS_KEPT, Fetcher, StoppedError


def fetcher(**options: float) -> Fetcher:
    """A fetcher that may fetch from loopback and does not wait."""
    return Fetcher(allow_private=True, delay=0, **options)  # type: ignore[arg-type]


def test_a_page_and_its_validators(site: Site) -> None:
    """What comes, its kind, and nothing where it has not changed."""
    site.pages["/a"] = page("<p>hello</p>", etag='"1"', Last_Modified="Tue, 14 Apr 2026 12:00:00 GMT")
    own = fetcher()
    got = own.fetch(f"{site.url}/a")
    assert got is not None
    assert (got.data, got.media_type, got.etag) == (b"<p>hello</p>", "text/html", '"1"')
    assert own.fetch(f"{site.url}/a", got.etag, got.modified) is None
    assert site.paths() == ["/robots.txt", "/a", "/a"]
    assert site.asked[-1][1]["User-Agent"].startswith("rashomon/")


def test_robots_are_asked(site: Site) -> None:
    """What robots.txt forbids is not fetched, and its delay is kept."""
    site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /private/\nCrawl-delay: 7\n", "text/plain")
    site.pages["/a"] = site.pages["/private/b"] = page("x")
    waits: list[float] = []
    own = Fetcher(allow_private=True, delay=1, sleep=waits.append, clock=lambda: 0.0)
    own.fetch(f"{site.url}/a")
    own.fetch(f"{site.url}/a")
    with pytest.raises(FetchError, match="asks robots to stay away"):
        own.fetch(f"{site.url}/private/b")
    assert waits == [1.0, 7.0]
    assert "/private/b" not in site.paths()


def test_a_host_whose_robots_fail_is_left_alone(site: Site) -> None:
    """A server error is no permission (RFC 9309)."""
    site.pages["/robots.txt"], site.pages["/a"] = status(500), page("x")
    with pytest.raises(FetchError, match="try again later"):
        fetcher().fetch(f"{site.url}/a")


def test_robots_that_failed_are_asked_again(site: Site) -> None:
    """A server error counts for minutes, an answer for a day, neither for the life of the process."""
    site.pages["/robots.txt"], site.pages["/a"] = flaky(1, page("", "text/plain")), page("x")
    now = [0.0]
    own = Fetcher(allow_private=True, delay=0, clock=lambda: now[0])
    for now[0] in (0.0, ROBOTS_FAILED - 1):
        with pytest.raises(FetchError, match="try again later"):
            own.fetch(f"{site.url}/a")
    for now[0] in (ROBOTS_FAILED, ROBOTS_FAILED + ROBOTS_KEPT - 1, ROBOTS_FAILED + ROBOTS_KEPT):
        assert own.fetch(f"{site.url}/a") is not None
    assert site.paths().count("/robots.txt") == 3


def test_waiting_is_not_counted(site: Site) -> None:
    """A host that asks for more patience than an address may take is fetched from all the same, redirects included."""
    site.pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 20\n", "text/plain")
    site.pages["/a"], site.pages["/b"] = redirect("/b"), page("there")
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    own = Fetcher(allow_private=True, timeout=5, sleep=sleep, clock=lambda: now[0])
    for _ in range(2):
        got = own.fetch(f"{site.url}/a")
        assert got is not None
        assert got.data == b"there"
    assert now[0] > 60


def test_who_is_stopped_asks_for_nothing(site: Site) -> None:
    """Not even while waiting for the next request."""
    site.pages["/a"] = page("x")
    slept: list[float] = []
    own = Fetcher(allow_private=True, sleep=slept.append, stopped=lambda: len(slept) > 1)
    own.fetch(f"{site.url}/a")
    with pytest.raises(StoppedError):
        own.fetch(f"{site.url}/a")
    assert site.paths() == ["/robots.txt", "/a"]


def test_a_redirect_that_leads_nowhere(site: Site) -> None:
    """A status of a redirect without an address, or with one that is none, is told."""
    site.pages["/multiple"], site.pages["/nowhere"] = status(300), redirect("http://[")
    site.pages["/unnamed"] = status(302)
    for path, message in (("/multiple", "says 300"), ("/unnamed", "says 302"), ("/nowhere", "no address")):
        with pytest.raises(FetchError, match=message):
            fetcher().fetch(site.url + path)


def test_private_addresses_are_refused(site: Site) -> None:
    """Loopback, private networks and names that lead there, before anything is asked."""
    for url in (site.url, "http://localhost:1/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest"):
        with pytest.raises(FetchError, match="private address"):
            Fetcher(delay=0).fetch(url)
    assert site.asked == []


def test_redirects_are_checked(site: Site) -> None:
    """Every step is checked as the first one was; a circle ends."""
    site.pages["/a"], site.pages["/b"] = redirect("/b"), page("there")
    site.pages["/file"], site.pages["/round"] = redirect("file:///etc/passwd"), redirect("/round")
    site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /shut\n", "text/plain")
    site.pages["/to-shut"], site.pages["/shut"] = redirect("/shut"), page("x")
    got = fetcher().fetch(f"{site.url}/a")
    assert got is not None
    assert (got.url, got.data) == (f"{site.url}/b", b"there")
    for path, message in (("/file", "only http"), ("/round", "redirects"), ("/to-shut", "stay away")):
        with pytest.raises(FetchError, match=message):
            fetcher().fetch(site.url + path)
    assert "/shut" not in site.paths()


def test_packed_bodies(site: Site) -> None:
    """A packed body is unpacked, a bomb is not unpacked further than the limit, a damaged one is told."""
    site.pages["/a"] = page(gzip.compress(b"hello " * 1000), Content_Encoding="gzip")
    site.pages["/bomb"], site.pages["/broken"] = bomb(200), page(b"no gzip", Content_Encoding="gzip")
    site.pages["/odd"] = page(b"x", Content_Encoding="br")
    got = fetcher().fetch(f"{site.url}/a")
    assert got is not None
    assert got.data == b"hello " * 1000
    for path, message in (("/bomb", "above 1 MB"), ("/broken", "damaged"), ("/odd", "not asked for")):
        with pytest.raises(FetchError, match=message):
            fetcher(max_bytes=1_000_000).fetch(site.url + path)


def test_slow_servers_are_left(site: Site) -> None:
    """The time an address may take is for all of it, however slowly it drips."""
    site.pages["/slow"] = slow(0.05, b"x" * 200)
    started = time.monotonic()
    with pytest.raises(FetchError, match="not there after"):
        fetcher(timeout=0.5).fetch(f"{site.url}/slow")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "http://", "http://[", "javascript:alert(1)", "http://nowhere.invalid/"]
)
def test_what_is_no_address(url: str) -> None:
    """Told in a line."""
    with pytest.raises(FetchError):
        fetcher().fetch(url)


def test_a_flaky_server(site: Site) -> None:
    """A failure says what the server said; the next time may be better."""
    site.pages["/a"] = flaky(1, page("x"))
    own = fetcher()
    with pytest.raises(FetchError, match="503"):
        own.fetch(f"{site.url}/a")
    assert own.fetch(f"{site.url}/a") is not None
