"""What a page says when a story or report is not there: what may have happened, and where to go on."""

from __future__ import annotations

from typing import Any

from litestar import Controller, MediaType, Response
from litestar.response import Template
from msgspec import Struct

from rashomon.errors import RashomonError
from rashomon.web.pages.showing import Asked, Shown, is_json, twin_of

STORIES, SEARCH, CORRECTIONS = (
    ("All stories", "/stories"),
    ("Search", "/search"),
    ("What was set right", "/corrections"),
)


class Gone(Struct, frozen=True):
    """A page that is not there, why that may be, and pages that are."""

    status: int
    title: str
    told: str
    ways: tuple[tuple[str, str], ...]


class GoneError(RashomonError):
    """A page leads to what the library does not hold."""

    def __init__(self, gone: Gone) -> None:
        super().__init__(gone.told)
        self.gone = gone


STORY_GONE = Gone(
    404,
    "This story is gone",
    "No story of the library has this address. Its reports may have been put with another story, or taken apart, since "
    "the link was made. They are kept: search for words of one of them.",
    (STORIES, SEARCH, CORRECTIONS),
)
REPORT_GONE = Gone(
    404,
    "No such report",
    "No report of the library has this address. It may be in another library.",
    (STORIES, SEARCH),
)
JOB_GONE = Gone(
    404,
    "This is over",
    "What was added is in the library; how it went is remembered for a while only.",
    (STORIES, ("What failed", "/failures")),
)


def on_gone(request: Asked, error: GoneError) -> Shown:
    """The page that stands in its place, or its data where data were asked for."""
    gone = error.gone
    if is_json(request):
        data: Response[Any] = Response(gone, media_type=MediaType.JSON, status_code=gone.status)
        return data
    context = {"page": gone, "here": "", "twin": twin_of(request)}
    return Template("gone.html.j2", context=context, status_code=gone.status)


class Page(Controller):
    """A controller of pages."""

    include_in_schema = False
    exception_handlers = {GoneError: on_gone}  # noqa: RUF012 - Litestar's way
