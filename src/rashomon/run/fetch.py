"""Fetching politely and safely: robots.txt, a delay for each host, conditional GET, and limits on time, size and where.

A server may send anything: every redirect is checked like the first address, the address that answered is checked again
before its answer is read, and a compressed body is unpacked no further than the limit.
"""

from __future__ import annotations

import ipaddress
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

from rashomon.errors import FetchError
from rashomon.version import VERSION

AGENT = f"rashomon/{VERSION}"
REDIRECTS = 5
# A robots.txt may ask for more patience than the default, up to this many seconds.
LONGEST_DELAY = 30.0
ROBOTS_BYTES = 500_000


@dataclass(frozen=True)
class Fetched:
    """What came: where from in the end, the bytes, their media type, and the validators for the next time."""

    url: str
    data: bytes
    media_type: str
    etag: str | None
    modified: str | None


@dataclass
class Fetcher:
    """Fetches one address after the other. Times in seconds; `sleep` and `clock` are there for tests."""

    allow_private: bool = False
    delay: float = 1.0
    timeout: float = 30.0
    max_bytes: int = 20_000_000
    sleep: Callable[[float], object] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _robots: dict[str, Protego | None] = field(default_factory=dict)
    _next: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched | None:
        """What an address holds; None where it has not changed since. Raises `FetchError`."""
        self._look_up(url)
        self._ask_robots(url)
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in asked.items() if value}
        return self._get(url, headers, self.max_bytes, self._ask_robots)

    def _ask_robots(self, url: str) -> None:
        """Raise `FetchError` where the host asks robots to stay away; take over the delay it asks for."""
        host = _host(url)
        if host not in self._robots:
            self._robots[host] = self._read_robots(host)
        rules = self._robots[host]
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
        deadline = self.clock() + self.timeout
        sent = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", **headers}
        with httpx.Client(timeout=self.timeout, follow_redirects=False, trust_env=False) as client:
            for _ in range(REDIRECTS + 1):
                self._look_up(url)
                self._wait(url)
                try:
                    with client.stream("GET", url, headers=sent) as answer:
                        self._check_peer(url, answer)
                        if answer.status_code == httpx.codes.NOT_MODIFIED:
                            return None
                        if answer.is_redirect:
                            url = urljoin(url, answer.headers["location"])
                            check(url)
                            continue
                        if answer.status_code != httpx.codes.OK:
                            raise _StatusError(url, answer.status_code)
                        data = self._read(url, answer, most, deadline)
                        kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
                        said = answer.headers
                        return Fetched(url, data, kind, said.get("etag"), said.get("last-modified"))
                except httpx.TimeoutException as error:
                    raise FetchError(f"{url}: no answer within {self.timeout:.0f} s") from error
                except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                    raise FetchError(f"{url}: {error or type(error).__name__}") from error
        raise FetchError(f"{url}: more than {REDIRECTS} redirects")

    def _look_up(self, url: str) -> None:
        """Refuse what is no web address and, unless allowed, a host with an address that is not public."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise FetchError(f"{url}: is no address ({error})") from error
        if parts.scheme not in ("http", "https") or not host:
            raise FetchError(f"{url}: only http and https addresses are fetched")
        try:
            found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"{url}: the host {host} is not known ({error})") from error
        for *_, address in found:
            self._check_address(url, str(address[0]))

    def _check_peer(self, url: str, answer: httpx.Response) -> None:
        """Check the address that answered: a name may point elsewhere by the time it is connected to."""
        stream = answer.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        if peer:
            self._check_address(url, str(peer[0]))

    def _check_address(self, url: str, address: str) -> None:
        if not self.allow_private and not ipaddress.ip_address(address.split("%", maxsplit=1)[0]).is_global:
            raise FetchError(f"{url}: {address} is a private address; --allow-private fetches from it all the same")

    def _wait(self, url: str) -> None:
        """Keep the delay between two requests to one host."""
        host = _host(url)
        rules = self._robots.get(host)
        asked = float(rules.crawl_delay(AGENT) or 0) if rules is not None else 0.0
        wait = self._next.get(host, 0.0) - self.clock()
        if wait > 0:
            self.sleep(wait)
        self._next[host] = self.clock() + max(self.delay, min(asked, LONGEST_DELAY))

    def _read(self, url: str, answer: httpx.Response, most: int, deadline: float) -> bytes:
        packed = answer.headers.get("content-encoding", "").lower()
        if packed not in ("", "identity", "gzip", "deflate"):
            raise FetchError(f"{url}: comes packed as {packed}, which was not asked for")
        chunks, size = [], 0
        for chunk in _unpacked(answer.iter_raw(), packed in ("gzip", "deflate"), most):
            size += len(chunk)
            if size > most:
                raise FetchError(f"{url}: is above {most / 1_000_000:g} MB")
            if self.clock() > deadline:
                raise FetchError(f"{url}: not there after {self.timeout:.0f} s; {size} bytes had come")
            chunks.append(chunk)
        return b"".join(chunks)


class _StatusError(FetchError):
    def __init__(self, url: str, status: int) -> None:
        super().__init__(f"{url}: the server says {status} {httpx.codes.get_reason_phrase(status)}".rstrip())
        self.status = status


def _host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _unpacked(raw: Iterator[bytes], packed: bool, most: int) -> Iterator[bytes]:
    """The body, unpacked where it is packed, never much more than the limit at once."""
    if not packed:
        yield from raw
        return
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        for chunk in raw:
            waiting = chunk
            while waiting:
                yield unpacker.decompress(waiting, most + 1)
                waiting = unpacker.unconsumed_tail
    except zlib.error as error:
        raise httpx.DecodingError(f"the packed body is damaged ({error})") from error
