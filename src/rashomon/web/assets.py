"""Style and script under names that hold a hash of what they say, so that browsers keep them for a year and never show old ones."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from litestar import Controller, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from rashomon.codec import content_hash
from rashomon.report import html

FOLDER = Path(__file__).parent / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
KEPT = "public, max-age=31536000, immutable"


class Asset(NamedTuple):
    """A file as it is served."""

    data: bytes
    media_type: str


def asset(name: str) -> str:
    """The address of a file of `static/`, or of `collation.css` and `collation.js`, which the page of a collation has inline."""
    return f"/static/{_hashed()[name]}"


@lru_cache(maxsize=1)
def _hashed() -> dict[str, str]:
    """The name under which each file is served."""
    names = {}
    for name, data in _contents().items():
        path = Path(name)
        names[name] = f"{path.with_suffix('')}.{content_hash(data)[:12]}{path.suffix}"
    return names


@lru_cache(maxsize=1)
def _contents() -> dict[str, bytes]:
    """All that is served, by name."""
    files = (file for file in sorted(FOLDER.rglob("*")) if file.suffix in MEDIA_TYPES)
    own = {file.relative_to(FOLDER).as_posix(): file.read_bytes() for file in files}
    return {
        "collation.css": html.page_style().encode(),
        "collation.js": html.page_script().encode(),
        **own,
    }


@lru_cache(maxsize=1)
def _served() -> dict[str, Asset]:
    contents = _contents()
    return {hashed: Asset(contents[name], MEDIA_TYPES[Path(name).suffix]) for name, hashed in _hashed().items()}


class Assets(Controller):
    """Style and script. Nothing is looked up in a file system: what is not in the table is not there."""

    path = "/static"
    opt = {"open": True}  # noqa: RUF012 - Litestar's way
    include_in_schema = False

    @get("/{name:path}", sync_to_thread=False)
    def serve(self, name: FromPath[str]) -> Response[bytes]:
        """A file by its hashed name."""
        found = _served().get(name.removeprefix("/"))
        if found is None:
            raise NotFoundException(f"there is no file {name!r:.80}")
        return Response(found.data, media_type=found.media_type, headers={"Cache-Control": KEPT})
