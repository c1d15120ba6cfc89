"""Where a story is that goes by another id since an earlier report joined it: whoever has its old address is sent there."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar import Request
from litestar.response import Redirect

from rashomon.errors import RashomonError
from rashomon.run.library import Library
from rashomon.store import current_story


class MovedError(RashomonError):
    """A story is asked for by an id that it went by before."""

    def __init__(self, former: str, current: str) -> None:
        super().__init__(f"the story {former} goes by {current} now")
        self.former = former
        self.current = current


def check_moved(library: Library, story: str) -> None:
    """Raise `MovedError` for a story that goes by another id now."""
    current = current_story(library.store, story)
    if current not in (None, story):
        raise MovedError(story, current)


def on_moved(request: Request[Any, Any, Any], error: MovedError) -> Redirect:
    """Send on to the page, table or data of the story by the id it goes by: for now, as it may be taken apart again."""
    path = request.url.path.replace(error.former, error.current)
    asked = parse_qsl(request.url.query, keep_blank_values=True)
    query = urlencode([(name, error.current if value == error.former else value) for name, value in asked])
    return Redirect(f"{path}?{query}" if query else path, status_code=307)
