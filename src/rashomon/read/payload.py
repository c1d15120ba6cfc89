"""An input as readers get it: what it is called, and its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import TypeVar

import msgspec

from rashomon.codec import content_hash
from rashomon.errors import TextTooLongError
from rashomon.model import Article, Reject
from rashomon.read.decode import decode_text

NOT_A_TEXT = "not a text (binary bytes, or an encoding that is none of UTF-8, UTF-16, Windows-1252)"
# What decoding JSON may raise; nesting without end is a `RecursionError`.
NO_JSON = (msgspec.MsgspecError, ValueError, RecursionError)
LONGEST_REASON = 200

T = TypeVar("T")


@dataclass(frozen=True)
class Payload:
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


Reader = Callable[[Payload], Iterator[Article | Reject]]


def failure(path: str, error: Exception) -> Reject:
    """An input, or a place in it, set aside because its reader failed, with what the reader said."""
    if isinstance(error, TextTooLongError):
        return Reject(path=path, reason=str(error))
    said = " ".join(str(error).split())[:LONGEST_REASON]
    return Reject(path=path, reason=f"is not what its form asks for ({type(error).__name__}: {said})")


def read_items(
    payload: Payload,
    items: Iterable[T],
    build: Callable[[str, T], Article | Reject | None],
    sign: str = "#",
    first: int = 1,
) -> Iterator[Article | Reject]:
    """What `build(place, item)` makes of the items of an input, such as the entries of a feed; one it fails on is set aside alone.

    Items are numbered from `first`.
    """
    for number, item in enumerate(items, start=first):
        place = f"{sign}{number}"
        try:
            found = build(place, item)
        except Exception as error:  # noqa: BLE001 - an item may hold anything where a name or a date is asked for
            found = failure(f"{payload.name}{place}", error)
        if found is not None:
            yield found
