"""Fetching politely and safely: robots.txt, a delay for each host, conditional GET, and limits on time, size and where.

A server may send anything: every redirect is checked like the first address, only addresses that were checked are connected to
(connect.py), and a compressed body is unpacked no further than the limit.
"""

from __future__ import annotations

import ssl
import time
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from protego import Protego

from rashomon.errors import FetchError
from rashomon.run.connect import CheckedBackend, Patience, RefusedError
from rashomon.version import VERSION

AGENT = f"rashomon/{VERSION}"
REDIRECTS = 5
# A robots.txt may ask for more patience than the default, up to this many seconds.
LONGEST_DELAY = 30.0
ROBOTS_BYTES = 500_000
# How long a robots.txt is believed, in seconds: a day (RFC 9309), or ten minutes where the server failed.
ROBOTS_KEPT, ROBOTS_FAILED = 86_400.0, 600.0
FOLLOWED = (301, 302, 303, 307, 308)
# What httpcore raises where a connection or an answer is broken; it has no one name for all of it.
BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpcore.ConnectionNotAvailable)


@dataclass(frozen=True)
class Fetched:
    """What came: where from in the end, the bytes, their media type, and the validators for the next time."""

    url: str
    data: bytes
    media_type: str
    etag: str | None
    modified: str | None


@dataclass(frozen=True)
class _Robots:
    """What a host asks of robots, None where it could not be had, and until when that is believed."""

    rules: Protego | None
    until: float


class StoppedError(Exception):
    """Somebody asked to stop while there was more to fetch."""


@dataclass
class Fetcher:
    """Fetches one address after the other. Times in seconds; `sleep` and `clock` are there for tests.

    When `stopped` says so nothing more is asked for: `StoppedError`.
    """

    allow_private: bool = False
    delay: float = 1.0
    timeout: float = 30.0
    max_bytes: int = 20_000_000
    sleep: Callable[[float], object] = time.sleep
    clock: Callable[[], float] = time.monotonic
    stopped: Callable[[], bool] = lambda: False
    _robots: dict[str, _Robots] = field(default_factory=dict)
    _next: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched | None:
        """What an address holds; None where it has not changed since. Raises `FetchError`."""
        self._ask_robots(url)
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in asked.items() if value}
        return self._get(url, headers, self.max_bytes, self._ask_robots)

    def _ask_robots(self, url: str) -> None:
        """Raise `FetchError` where the host asks robots to stay away; take over the delay it asks for."""
        _parsed(url)
        host = _host(url)
        known = self._robots.get(host)
        if known is None or self.clock() >= known.until:
            rules = self._read_robots(host)
            until = self.clock() + (ROBOTS_FAILED if rules is None else ROBOTS_KEPT)
            known = self._robots[host] = _Robots(rules, until)
        rules = known.rules
        if rules is None:
            raise FetchError(f"{url}: the host's robots.txt cannot be had just now; try again later")
        if not rules.can_fetch(url, AGENT):
            raise FetchError(f"{url}: the host's robots.txt asks robots to stay away")

    def _read_robots(self, host: str) -> Protego | None:
        """The rules of a host; none at all where it has no robots.txt, None where the server fails (RFC 9309)."""
        try:
            found = self._get(f"{host}/robots.txt", {}, ROBOTS_BYTES, lambda _: None)
        except _StatusError as error:
            return Protego.parse("") if error.status < httpx.codes.INTERNAL_SERVER_ERROR else None
        return Protego.parse(found.data.decode("utf-8", "replace") if found else "")

    def _get(self, url: str, headers: dict[str, str], most: int, check: Callable[[str], None]) -> Fetched | None:
        patience = Patience(self.clock, self.timeout)
        sent = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", **headers}
        backend = CheckedBackend(patience, allow_private=self.allow_private)
        with httpcore.ConnectionPool(ssl_context=_trusted(), network_backend=backend) as pool:
            for _ in range(REDIRECTS + 1):
                target, own = _parsed(url)
                with patience.paused():
                    self._wait(url)
                try:
                    with pool.stream("GET", target, headers=_encoded(sent | own)) as answer:
                        said = httpx.Headers(answer.headers)
                        if answer.status == httpx.codes.NOT_MODIFIED:
                            return None
                        if answer.status not in FOLLOWED or "location" not in said:
                            if answer.status != httpx.codes.OK:
                                raise _StatusError(url, answer.status)
                            data = self._read(url, answer.iter_stream(), said, most)
                            kind = said.get("content-type", "").split(";")[0].strip().lower()
                            return Fetched(url, data, kind, said.get("etag"), said.get("last-modified"))
                except httpcore.TimeoutException as error:
                    raise FetchError(f"{url}: not there after {self.timeout:g} s") from error
                except zlib.error as error:
                    raise FetchError(f"{url}: the packed body is damaged ({error})") from error
                except (*BROKEN, OSError, RefusedError) as error:
                    raise FetchError(f"{url}: {error or type(error).__name__}") from error
                url = _joined(url, said["location"])
                with patience.paused():
                    check(url)
        raise FetchError(f"{url}: more than {REDIRECTS} redirects")

    def _wait(self, url: str) -> None:
        """Keep the delay between two requests to one host. Raises `StoppedError` where none is to follow."""
        host = _host(url)
        known = self._robots.get(host)
        asked = float(known.rules.crawl_delay(AGENT) or 0) if known is not None and known.rules is not None else 0.0
        wait = self._next.get(host, 0.0) - self.clock()
        if wait > 0:
            self.sleep(wait)
        if self.stopped():
            raise StoppedError
        self._next[host] = self.clock() + max(self.delay, min(asked, LONGEST_DELAY))

    def _read(self, url: str, raw: Iterator[bytes], said: httpx.Headers, most: int) -> bytes:
        packed = said.get("content-encoding", "").lower()
        if packed not in ("", "identity", "gzip", "deflate"):
            raise FetchError(f"{url}: comes packed as {packed}, which was not asked for")
        chunks, size = [], 0
        for chunk in _unpacked(raw, packed in ("gzip", "deflate"), most):
            size += len(chunk)
            if size > most:
                raise FetchError(f"{url}: is above {most / 1_000_000:g} MB")
            chunks.append(chunk)
        return b"".join(chunks)


class _StatusError(FetchError):
    def __init__(self, url: str, status: int) -> None:
        super().__init__(f"{url}: the server says {status} {httpx.codes.get_reason_phrase(status)}".rstrip())
        self.status = status


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed: the authorities that come with httpx, whatever the environment says."""
    return httpx.create_ssl_context(trust_env=False)


def _parsed(url: str) -> tuple[httpcore.URL, dict[str, str]]:
    """An address as httpcore wants it, and the headers that follow from it. Raises `FetchError` for what is no web address."""
    try:
        parts = httpx.URL(url)
        urlsplit(url)  # it is stricter about brackets, and robots.txt is compared by it
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{url}: is no address ({error})") from error
    if parts.scheme not in ("http", "https") or not parts.host:
        raise FetchError(f"{url}: only http and https addresses are fetched")
    headers = {"Host": parts.netloc.decode("ascii")}
    if parts.userinfo:
        known = b64encode(f"{parts.username}:{parts.password}".encode()).decode("ascii")
        headers["Authorization"] = f"Basic {known}"
    target = httpcore.URL(scheme=parts.raw_scheme, host=parts.raw_host, port=parts.port, target=parts.raw_path)
    return target, headers


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchError(f"{url}: leads to what is no address ({error})") from error


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("utf-8", "replace")) for name, value in headers.items()]


def _host(url: str) -> str:
    """Scheme, host and port: what robots.txt and delays are for."""
    parts = httpx.URL(url)
    return f"{parts.scheme}://{parts.netloc.decode('ascii')}"


def _unpacked(raw: Iterator[bytes], packed: bool, most: int) -> Iterator[bytes]:
    """The body, unpacked where it is packed, never much more than the limit at once."""
    if not packed:
        yield from raw
        return
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    for chunk in raw:
        waiting = chunk
        while waiting:
            yield unpacker.decompress(waiting, most + 1)
            waiting = unpacker.unconsumed_tail
