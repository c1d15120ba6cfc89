"""How the app is served: where it listens, whom it answers, and its limits."""

from __future__ import annotations

import ipaddress
from typing import Annotated

from msgspec import Meta, Struct

# Where browsers on this machine ask for what listens on loopback.
LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
# Where loopback is listened at among others.
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with


class Options(Struct, frozen=True, kw_only=True):
    """How the app is served. Sizes in bytes, times in seconds."""

    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65_535)] = 8077
    # Names under which the app is asked for, beside loopback and its own address: what a reverse proxy passes on.
    allowed_hosts: tuple[str, ...] = ()
    # Addresses and networks of reverse proxies, which are believed about who asks.
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    # The app is reached over TLS, so that cookies are sent over TLS alone.
    secure: bool = False
    allow_private: bool = False
    max_upload: int = 20_000_000
    max_items: int = 200
    # Threads that collate. Collations are kept at hand while their reports have no more than so many characters: with all
    # that is worked out from it, one takes about 50 bytes for each. Apart, processes do what takes the processor.
    collators: int = 1
    at_hand: int = 5_000_000
    apart: bool = False
    session_lasts: int = 12 * 3600

    @property
    def is_local(self) -> bool:
        """Whether nobody but this machine can reach it."""
        return is_loopback(self.host)

    @property
    def is_private(self) -> bool:
        """Whether it answers this machine alone, and no proxy passes others on."""
        return self.is_local and all(is_loopback(name.strip("[]")) for name in self.allowed_hosts)

    @property
    def names(self) -> frozenset[str]:
        """The hosts that a request may name, in lower case and without a port."""
        own = self.host if ":" not in self.host else f"[{self.host}]"
        local = LOCAL_NAMES if self.is_local or self.host in EVERYWHERE else ()
        return frozenset(name.lower() for name in (*local, own, *self.allowed_hosts))

    @property
    def address(self) -> str:
        """Where it listens; behind a proxy, browsers find it elsewhere."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone; a name other than localhost may be anything."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
