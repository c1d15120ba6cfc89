"""Only addresses that were checked are connected to, and nothing is sent to any other."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore
import pytest
from servers import Site, page, trickle

from rashomon.errors import FetchError
from rashomon.run.connect import CheckedBackend, Patience, RefusedError, is_public
from rashomon.run.fetch import Fetcher

PUBLIC, OTHER = "93.184.216.34", "2606:2800:220:1::1"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello"


class Wire(httpcore.NetworkStream):
    """A connection that answers what it is told to, and remembers what was sent and which name TLS asked for."""

    def __init__(self, peer: str | None) -> None:
        self.peer = peer
        self.sent = b""
        self.answer = ANSWER
        self.name: str | None = None
        self.closed = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - never waits
        """The next bytes of the answer."""
        given, self.answer = self.answer[:max_bytes], self.answer[max_bytes:]
        return given

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - never waits
        """Remember what was sent."""
        self.sent += buffer

    def close(self) -> None:
        """Remember that it is over."""
        self.closed = True

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,  # noqa: ARG002 - nothing is encrypted
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - never waits
    ) -> httpcore.NetworkStream:
        """Remember the name, encrypt nothing."""
        self.name = server_hostname
        return self

    def get_extra_info(self, info: str) -> Any:
        """Who is at the other end."""
        return (self.peer, 443) if info == "server_addr" and self.peer else None


class Wires(httpcore.NetworkBackend):
    """Connects to nothing: `peers` says who is at the other end of a connection to an address, None that nobody can tell."""

    def __init__(self, peers: dict[str, str | None]) -> None:
        self.peers = peers
        self.asked: list[str] = []
        self.made: list[Wire] = []

    def connect_tcp(
        self,
        host: str,
        port: int,  # noqa: ARG002 - the address tells
        timeout: float | None = None,  # noqa: ARG002 - the same
        local_address: str | None = None,  # noqa: ARG002 - the same
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - the same
    ) -> httpcore.NetworkStream:
        """A wire, where somebody is there."""
        self.asked.append(host)
        if host not in self.peers:
            raise httpcore.ConnectError("refused")
        self.made.append(Wire(self.peers[host]))
        return self.made[-1]


def backend(wires: Wires) -> CheckedBackend:
    """A backend over wires, with patience enough."""
    return CheckedBackend(Patience(lambda: 0.0, 5), plain=wires)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What each look-up of a name answers, in order; the last answer stays."""
    answers: list[list[str]] = []

    def answer(host: str, port: int, **_: object) -> list[tuple[Any, ...]]:  # noqa: ARG001 - any name, the same answers
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return answers


@pytest.mark.parametrize(
    ("address", "public"),
    [
        *((a, True) for a in (PUBLIC, OTHER, "8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8")),
        *((a, False) for a in ("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1")),
        *((a, False) for a in ("0.0.0.0", "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.88.99.1")),  # noqa: S104
        *((a, False) for a in ("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "2001:db8::1", "100::1")),
        *((a, False) for a in ("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe")),  # mapped
        *((a, False) for a in ("::127.0.0.1", "::10.0.0.1", "::8.8.8.8")),  # compatible
        *(
            (a, False) for a in ("64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::a00:1", "64:ff9b:1:ffff::1")
        ),  # NAT64
        *((a, False) for a in ("2002:7f00:1::", "2002:808:808::1")),  # 6to4
        *((a, False) for a in ("2001::1", "2001:0:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2")),  # Teredo
        *((a, False) for a in ("224.0.0.1", "239.255.255.250", "ff02::1", "ff0e::1", "::ffff:224.0.0.1")),  # multicast
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    """One host of the public network, not a way to another one."""
    assert is_public(address) is public


def test_a_name_is_looked_up_once(names: list[list[str]]) -> None:
    """The first answer is checked and connected to; what the name says afterwards is not asked for."""
    names += [[PUBLIC], ["127.0.0.1"]]
    wires = Wires({PUBLIC: PUBLIC, "127.0.0.1": "127.0.0.1"})
    backend(wires).connect_tcp("rebinding.example", 80)
    assert wires.asked == [PUBLIC]
    assert names == [["127.0.0.1"]]
    with pytest.raises(RefusedError, match=r"127\.0\.0\.1 is a private address"):
        backend(wires).connect_tcp("rebinding.example", 80)
    assert wires.asked == [PUBLIC]


@pytest.mark.parametrize("found", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["::ffff:10.0.0.1"], []])
def test_a_private_answer_refuses_the_name(names: list[list[str]], found: list[str]) -> None:
    """One private address among several is one too many; nothing is connected to."""
    names.append(found)
    wires = Wires({PUBLIC: PUBLIC})
    with pytest.raises(RefusedError):
        backend(wires).connect_tcp("host.example", 80)
    assert wires.asked == []


@pytest.mark.parametrize(("peer", "message"), [(None, "cannot be told"), ("127.0.0.1", "private address")])
def test_who_answers_must_be_known_and_public(names: list[list[str]], peer: str | None, message: str) -> None:
    """Nothing is sent where the other end is private or cannot be told."""
    names.append([PUBLIC])
    wires = Wires({PUBLIC: peer})
    with pytest.raises(RefusedError, match=message):
        backend(wires).connect_tcp("host.example", 80)
    assert [(wire.sent, wire.closed) for wire in wires.made] == [(b"", True)]


def test_the_next_address_is_tried(names: list[list[str]]) -> None:
    """A host with several addresses is reached by any of them; one with none that answers is told."""
    names.append([OTHER, PUBLIC])
    wires = Wires({PUBLIC: PUBLIC})
    backend(wires).connect_tcp("host.example", 80)
    assert wires.asked == [OTHER, PUBLIC]
    with pytest.raises(httpcore.ConnectError):
        backend(Wires({})).connect_tcp("host.example", 80)


def test_tls_asks_for_the_name(names: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the address, the certificate and the request are for the name."""
    names.append([PUBLIC])
    wires = Wires({PUBLIC: PUBLIC})
    monkeypatch.setattr(httpcore, "SyncBackend", lambda: wires)
    got = Fetcher(delay=0).fetch("https://user:word@host.example:8443/page?q=1#there")
    assert got is not None
    assert (got.data, got.media_type) == (b"hello", "text/plain")
    assert wires.asked == [PUBLIC, PUBLIC]
    assert [wire.name for wire in wires.made] == ["host.example", "host.example"]
    robots, asked = (wire.sent for wire in wires.made)
    assert robots.startswith(b"GET /robots.txt HTTP/1.1\r\n")
    assert b"Authorization" not in robots
    assert asked.startswith(b"GET /page?q=1 HTTP/1.1\r\n")
    assert b"\r\nHost: host.example:8443\r\n" in asked
    assert b"\r\nAuthorization: Basic dXNlcjp3b3Jk\r\n" in asked


def test_headers_that_drip_are_left(site: Site) -> None:
    """Patience counts for the whole answer, not for each byte of its head."""
    site.pages["/robots.txt"], site.pages["/a"] = page("", "text/plain"), trickle(0.05)
    with pytest.raises(FetchError, match="not there after"):
        Fetcher(allow_private=True, delay=0, timeout=0.5).fetch(f"{site.url}/a")


def test_patience_stands_still() -> None:
    """What is done while it is paused does not count; where nothing is left it says so."""
    now = [0.0]
    patience = Patience(lambda: now[0], 5)
    with patience.paused():
        now[0] += 60
    assert patience.left() == 5
    now[0] += 5
    with pytest.raises(httpcore.ReadTimeout):
        patience.left()
