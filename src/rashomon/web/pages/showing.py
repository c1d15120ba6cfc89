"""How a page is shown: its view data in a template, or the same view data as JSON at the address with `.json` behind it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from litestar import MediaType, Request, Response
from litestar.response import Template
from msgspec import Struct

from rashomon.errors import UsageError
from rashomon.report.view.cites import MANY, SEVERAL

JSON = ".json"
# The forms in which a table can be taken along.
FORMS = ("csv", "parquet", "json")
Asked = Request[Any, Any, Any]
Shown = Template | Response[Any]


def show(request: Asked, template: str, page: Struct, *, status: int = 200, **more: object) -> Shown:
    """A page as its address asks for it."""
    if is_json(request):
        return Response(page, media_type=MediaType.JSON, status_code=status)
    here = request.url.path.strip("/").split("/")[0] or "stories"
    context = {"page": page, "here": here, "twin": twin_of(request), "SEVERAL": SEVERAL, "MANY": MANY, **more}
    return Template(template, context=context, status_code=status)


def is_json(request: Asked) -> bool:
    """Whether the view data itself is asked for."""
    return request.url.path.endswith(JSON)


def twin_of(request: Asked) -> str:
    """The address of a page's view data, with the same question."""
    path = request.url.path.rstrip("/") or "/stories"
    asked = request.url.query
    return f"{path}{JSON}{f'?{asked}' if asked else ''}"


def link(path: str, **fields: str | int | None) -> str:
    """An address of the app, with what is asked there; fields without a value are left out."""
    asked = urlencode({name: value for name, value in fields.items() if value not in (None, "")})
    return f"{path}{f'?{asked}' if asked else ''}"


def story_link(story: str) -> str:
    """Where the page of a story is."""
    return f"/stories/{quote(story, safe='')}"


def say_when(at: int) -> str:
    """When something was done, from seconds since 1970."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"


def number_in(form: Any, name: str) -> int:
    """A number of a form. Raises `UsageError` where it is none that a place or a correction may have."""
    told = str(form.get(name) or "")
    if not (told.isascii() and told.isdigit() and len(told) < 10):
        raise UsageError(f"{name} is no number; open the page anew")
    return int(told)


def report_link(article: str, start: int | None = None, end: int | None = None) -> str:
    """Where a report can be read, at a passage of it where one is given."""
    path = f"/reports/{quote(article, safe='')}"
    return path if start is None else f"{link(path, start=start, end=end)}#at"


def person_link(name: str) -> str:
    """Where all that is found of a person's words stands."""
    return link("/people", name=name)


def source_link(name: str) -> str:
    """Where all that a source carried stands."""
    return link("/sources", name=name)
