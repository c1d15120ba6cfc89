"""Feeds: RSS and Atom by feedparser, JSON Feed 1.1. An entry's own date counts, never the day it was fetched."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

from rashomon.model import Article, Reject
from rashomon.read.fragment import fragment_text
from rashomon.read.payload import Payload, read_items
from rashomon.read.plain import build_article, source_of

# A text shorter than this, in words, is the teaser of an article that stands elsewhere; what a feed calls an entry's content
# is the article sooner than what it calls a summary.
FULL_CONTENT, FULL_SUMMARY = 40, 120


def read_feed(payload: Payload) -> Iterator[Article | Reject]:
    """The entries of an RSS or Atom feed; one of which the feed has only the beginning is marked a summary."""
    import feedparser

    feed = feedparser.parse(payload.data, sanitize_html=False, resolve_relative_uris=True)
    if not feed.entries:
        why = f" ({feed.bozo_exception})" if feed.get("bozo") else ""
        yield payload.reject(f"no entries found in the feed{why}")
    publisher = feed.feed.get("title")
    yield from read_items(payload, feed.entries, partial(_feed_entry, payload, publisher))


def _feed_entry(payload: Payload, publisher: str | None, place: str, entry: Any) -> Article | Reject:
    contents = [c.get("value") or "" for c in entry.get("content", [])]
    return _entry(
        payload,
        place,
        html=max([*contents, entry.get("summary") or ""], key=len),
        least=FULL_CONTENT if any(contents) else FULL_SUMMARY,
        title=entry.get("title"),
        url=entry.get("link"),
        name=entry.get("id") or entry.get("link"),
        publisher=(entry.get("source") or {}).get("title") or publisher,
        published=_stamp(entry.get("published_parsed")),
        modified=_stamp(entry["updated_parsed"]) if "updated_parsed" in entry else None,
        byline=entry.get("author"),
    )


def _stamp(parsed: Any) -> str | None:
    return None if parsed is None else "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*parsed[:6])


def read_json_feed(payload: Payload, feed: dict[str, Any]) -> Iterator[Article | Reject]:
    """The items of a JSON Feed, as parsed from the input."""
    yield from read_items(payload, feed.get("items") or [], partial(_json_item, payload, feed.get("title")))


def _json_item(payload: Payload, publisher: str | None, place: str, item: Any) -> Article | Reject:
    whole = item.get("content_html") or item.get("content_text")
    return _entry(
        payload,
        place,
        html=whole or item.get("summary") or "",
        least=FULL_CONTENT if whole else FULL_SUMMARY,
        title=item.get("title"),
        url=item.get("url") or item.get("external_url"),
        name=item.get("id") or item.get("url"),
        publisher=publisher,
        published=item.get("date_published"),
        modified=item.get("date_modified"),
        byline=", ".join(a["name"] for a in item.get("authors") or [] if a.get("name")) or None,
    )


def _entry(
    payload: Payload,
    place: str,
    *,
    html: str,
    least: int,
    title: str | None,
    url: str | None,
    name: object,
    publisher: str | None,
    published: str | None,
    modified: str | None,
    byline: str | None,
) -> Article | Reject:
    body, title = fragment_text(html), fragment_text(title or "") or None
    if not body and not title:
        return payload.reject("the entry has neither title nor text", place)
    article = build_article(
        id=str(name or f"{payload.stem}{place}"),
        path=f"{payload.name}{place}",
        text="\n\n".join(filter(None, (title, body))),
        source=(source_of(url) if url else None) or publisher,
        url=url,
        title=title,
        byline=byline,
        published=published or modified,
        modified=modified if modified != published else None,
    )
    is_whole = len(body.split()) >= least
    return article if is_whole else msgspec.structs.replace(article, completeness="summary")
