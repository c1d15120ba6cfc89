"""News as agencies send it: NewsML-G2 and ninjs, both of the IPTC."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from lxml import etree

from rashomon.model import Article, Reject
from rashomon.read.fragment import fragment_text
from rashomon.read.payload import Payload, read_items
from rashomon.read.plain import build_article, string_of, with_title

_G2 = "{http://iptc.org/std/nar/2006-10-01/}"


def read_newsml(payload: Payload) -> Iterator[Article | Reject]:
    """The news items of a NewsML-G2 document, alone or in a message."""
    root = etree.fromstring(payload.data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    items = [root] if root.tag == f"{_G2}newsItem" else list(root.iter(f"{_G2}newsItem"))
    if not items:
        yield payload.reject("no newsItem found in the NewsML-G2 document")
    yield from read_items(payload, items, partial(_news_item, payload))


def _news_item(payload: Payload, place: str, item: Any) -> Article | Reject:
    body = _body(item)
    title = _text(item, "contentMeta/headline") or _text(item, "itemMeta/title")
    if not body:
        return payload.reject("the news item has no text", place)
    return build_article(
        id=item.get("guid") or f"{payload.stem}{place}",
        path=f"{payload.name}{place}",
        text=with_title(title, body),
        source=_text(item, "itemMeta/provider/name") or _literal(item, "itemMeta/provider"),
        url=payload.url,
        title=title,
        byline=_text(item, "contentMeta/by") or _text(item, "contentMeta/creator/name"),
        published=_text(item, "itemMeta/firstCreated") or _text(item, "itemMeta/versionCreated"),
        modified=_text(item, "itemMeta/versionCreated"),
    )


def _body(item: Any) -> str:
    for inline in item.iter(f"{_G2}inlineXML"):
        return fragment_text("".join(etree.tostring(child, encoding="unicode") for child in inline))
    for inline in item.iter(f"{_G2}inlineData"):
        return (inline.text or "").strip()
    return ""


def _text(item: Any, path: str) -> str | None:
    found = item.find("/".join(_G2 + part for part in path.split("/")))
    words = " ".join("".join(found.itertext()).split()) if found is not None else ""
    return words or None


def _literal(item: Any, path: str) -> str | None:
    found = item.find("/".join(_G2 + part for part in path.split("/")))
    return found.get("literal") or found.get("qcode") if found is not None else None


def read_ninjs(payload: Payload, found: Any) -> Iterator[Article | Reject]:
    """A ninjs object (1.x or 2.x), or a list of them, as parsed from the input."""
    yield from read_items(payload, found if isinstance(found, list) else [found], partial(_ninjs_item, payload))


def _ninjs_item(payload: Payload, place: str, item: Any) -> Article | Reject:
    body = item.get("body_text") or item.get("body_xhtml") or item.get("body_html")
    body = body or next((b.get("value") for b in item.get("bodies") or [] if b.get("value")), "")
    title = string_of(item.get("headline") or next((h.get("value") for h in item.get("headlines") or []), None))
    text = fragment_text(string_of(body) or "")
    if not text:
        return payload.reject("the ninjs object has no text", place)
    provider = item.get("provider")
    return build_article(
        id=str(item.get("uri") or f"{payload.stem}{place}"),
        path=f"{payload.name}{place}",
        text=with_title(title, text),
        source=string_of(provider.get("name") if isinstance(provider, dict) else provider)
        or string_of(item.get("source")),
        url=next((u for u in (string_of(item.get("uri")), payload.url) if u and u.startswith("http")), None),
        title=title,
        byline=string_of(item.get("byline")),
        published=string_of(item.get("firstcreated") or item.get("firstCreated") or item.get("versioncreated")),
        modified=string_of(item.get("versioncreated") or item.get("versionCreated")),
        language=string_of(item.get("language")),
    )
