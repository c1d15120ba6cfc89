"""Web pages: trafilatura finds the main text and the metadata."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rashomon.model import Article, Reject
from rashomon.read.payload import NOT_A_TEXT, Payload
from rashomon.read.plain import build_article, with_title


def read_page(payload: Payload) -> Iterator[Article | Reject]:
    """The article of a page."""
    if payload.text is None:
        yield payload.reject(NOT_A_TEXT)
        return
    found = page_article(
        payload.text, id=payload.url or payload.stem, path=payload.name, sha256=payload.sha256, url=payload.url
    )
    yield payload.reject(found) if isinstance(found, str) else found


def page_article(
    page: str,
    *,
    id: str,  # noqa: A002 - the field's name
    path: str,
    sha256: str,
    url: str | None = None,
) -> Article | str:
    """The article of a page, its stored text being title and main text; or the reason why there is none."""
    from trafilatura import bare_extraction

    try:
        found: Any = bare_extraction(page, with_metadata=True, include_comments=False, include_tables=True)
    except Exception as error:  # noqa: BLE001 - a page may hold anything, and the library raises what its parsers do
        return f"the page cannot be parsed ({type(error).__name__}: {error}); save it again or save its text"
    if found is None or not (found.text or "").strip():
        return "no main text found in the page; save the article's text as .txt"
    body = str(found.text)
    title = found.title or None
    return build_article(
        id=id,
        path=path,
        text=with_title(title, body),
        sha256=sha256,
        source=found.sitename or None,
        url=url or found.url or None,
        title=title,
        byline=found.author or None,
        published=found.date or None,
        language=found.language or None,
    )
