"""Parameters that several lists share, with their ranges."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar.exceptions import NotFoundException
from litestar.params import PathParameter, QueryParameter

MOST = 200
# What an id looks like.
ID = "^[A-Za-z0-9]+$"

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=500, description="`next` of the page before")]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=MOST, description="rows a page")]
Id = Annotated[str, PathParameter(max_length=64, pattern=ID)]
Words = Annotated[str | None, QueryParameter(min_length=1, max_length=200)]
Day = date


def missing(what: str, name: str) -> NotFoundException:
    """The problem of something that is not there."""
    return NotFoundException(f"there is no {what} {name!r:.80}")
