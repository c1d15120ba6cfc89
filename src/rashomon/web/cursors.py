"""Cursors: where the next page goes on, opaque to whoever passes them back."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from litestar.exceptions import ValidationException

T = TypeVar("T")
Row = TypeVar("Row")


def write_cursor(place: object) -> str:
    """The cursor that leads on behind a place."""
    return urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def cut_page(rows: Sequence[Row], limit: int, place: Callable[[Row], object]) -> tuple[tuple[Row, ...], str | None]:
    """The rows of a page, of which one more was asked for, and the cursor of the next page where that one is there."""
    more = write_cursor(place(rows[limit - 1])) if len(rows) > limit else None
    return tuple(rows[:limit]), more


def read_cursor(cursor: str | None, kind: type[T]) -> T | None:
    """The place a cursor leads on behind; None without one. Raises `ValidationException` for what is no cursor."""
    if cursor is None:
        return None
    try:
        return msgspec.json.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=kind)
    except (ValueError, msgspec.MsgspecError) as error:
        fault = {"key": "cursor", "message": "is none that this list gave"}
        raise ValidationException("no cursor", extra=[fault]) from error
