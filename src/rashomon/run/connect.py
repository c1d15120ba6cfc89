"""Connections to public addresses only: a host is looked up once, and what was checked is what is connected to.

A name may answer differently the next time it is looked up (DNS rebinding): who checks a name and then connects by name has
checked nothing. TLS still asks for a certificate of the name.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore

# All unicast addresses of IPv6 that are given out (RFC 4291). Outside it are, beside private networks, the addresses that stand
# for those of IPv4: compatible ones (::/96), NAT64 (64:ff9b::/96 and 64:ff9b:1::/48, RFC 6052 and 8215).
GIVEN_OUT = ipaddress.ip_network("2000::/3")
# Within what is global, addresses that lead to others: 6to4 (RFC 3056), Teredo (RFC 4380), relays of 6to4 (RFC 7526).
LEADING_ON = tuple(ipaddress.ip_network(n) for n in ("2002::/16", "2001::/32", "192.88.99.0/24"))
# Addresses of a host that are tried.
TRIES = 4


class RefusedError(Exception):
    """A host that is not connected to; the message says why."""


class Patience:
    """The time that is left for something, in seconds; it stands still while we wait of our own accord."""

    def __init__(self, clock: Callable[[], float], seconds: float) -> None:
        self._clock = clock
        self._until = clock() + seconds

    @contextmanager
    def paused(self) -> Iterator[None]:
        """What is done within does not count."""
        began = self._clock()
        yield
        self._until += self._clock() - began

    def left(self) -> float:
        """What is left, above zero. Raises `httpcore.ReadTimeout` where nothing is."""
        left = self._until - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left


def is_public(address: str) -> bool:
    """Whether an address is one host of the public network, and not a way to another one."""
    found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found not in GIVEN_OUT:
            return False
    return found.is_global and not found.is_multicast and not any(found in some for some in LEADING_ON)


def look_up(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses of a host, each once. Raises `RefusedError` where there are none or, unless allowed, one is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedError(f"the host {host} is not known ({error})") from error
    addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
    if not addresses:
        raise RefusedError(f"the host {host} has no address")
    for address in addresses:
        _check(address, allow_private=allow_private)
    return addresses


def _check(address: str, *, allow_private: bool) -> None:
    if not allow_private and not is_public(address):
        raise RefusedError(f"{address} is a private address; --allow-private fetches from it all the same")


class CheckedBackend(httpcore.NetworkBackend):
    """Connects for httpcore: to addresses that were checked, for no longer than there is patience."""

    def __init__(
        self, patience: Patience, *, allow_private: bool = False, plain: httpcore.NetworkBackend | None = None
    ) -> None:
        self._patience = patience
        self._allow_private = allow_private
        self._plain = plain or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - patience counts for all of it
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to a checked address of the host. Raises `RefusedError`, or what httpcore raises."""
        failed: Exception = httpcore.ConnectError(f"the host {host} does not answer")
        for address in look_up(host, port, allow_private=self._allow_private)[:TRIES]:
            try:
                stream = self._plain.connect_tcp(address, port, self._patience.left(), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            try:
                self._check_peer(stream)
            except RefusedError:
                stream.close()
                raise
            return _PatientStream(stream, self._patience)
        raise failed

    def _check_peer(self, stream: httpcore.NetworkStream) -> None:
        """Refuse a connection whose other end is not public or cannot be told."""
        if self._allow_private:
            return
        try:
            peer = stream.get_extra_info("server_addr")
        except OSError:
            peer = None
        if not peer:
            raise RefusedError("it cannot be told which address answers")
        _check(str(peer[0]), allow_private=False)


class _PatientStream(httpcore.NetworkStream):
    """A connection that is given up when patience ends, however little at a time the other side sends."""

    def __init__(self, stream: httpcore.NetworkStream, patience: Patience) -> None:
        self._stream = stream
        self._patience = patience

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - patience counts
        return self._stream.read(max_bytes, self._patience.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the same
        self._stream.write(buffer, self._patience.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the same
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._patience.left())
        return _PatientStream(secured, self._patience)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
