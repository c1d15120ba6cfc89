"""An input as readers get it: what it is called, and its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from rashomon.codec import content_hash
from rashomon.model import Article, Reject
from rashomon.read.decode import decode_text

NOT_A_TEXT = "not a text (binary bytes, or an encoding that is none of UTF-8, UTF-16, Windows-1252)"


@dataclass(frozen=True)
class Source:
    """One file, or what a server sent: `name` is its path or address, `url` is set when it is an address."""

    name: str
    data: bytes
    url: str | None = None

    @property
    def stem(self) -> str:
        """The name without folders and suffix."""
        return "stdin" if self.name == "-" else PurePath(self.name).stem

    @cached_property
    def text(self) -> str | None:
        """The bytes as text, None where they are none."""
        return decode_text(self.data)

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes, in hex."""
        return content_hash(self.data)

    def reject(self, reason: str, place: str = "") -> Reject:
        """This input, or a place in it, set aside."""
        return Reject(path=f"{self.name}{place}", reason=reason)


Reader = Callable[[Source], Iterator[Article | Reject]]
