"""JSON Lines: one article a line, in our field names or those of news-please, fundus and Media Cloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import msgspec

from rashomon.model import Article, Reject
from rashomon.read.payload import NO_JSON, NOT_A_TEXT, Payload, read_items
from rashomon.read.plain import build_article

# Our field, and what others call it; the first that holds something counts.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "stories_id", "url"),
    "text": ("text", "maintext", "plaintext", "story_text", "body"),
    "title": ("title",),
    "source": ("source", "source_domain", "publisher", "media_name"),
    "published": ("published", "date_publish", "publishing_date", "publish_date"),
    "modified": ("modified", "date_modify"),
    "url": ("url",),
    "language": ("language",),
    "byline": ("byline", "authors"),
}


def read_jsonl(payload: Payload, first: int = 1) -> Iterator[Article | Reject]:
    """Each line's article, or a reject that names the line; lines are numbered from `first`."""
    if payload.text is None:
        yield payload.reject(NOT_A_TEXT)
        return
    yield from read_items(payload, payload.text.split("\n"), partial(_line, payload), ":", first)


def _line(payload: Payload, place: str, line: str) -> Article | Reject | None:
    if not line.strip():
        return None
    try:
        found = msgspec.json.decode(line)
    except NO_JSON as error:
        return payload.reject(f"the line is no JSON ({error})", place)
    if not isinstance(found, dict):
        return payload.reject(f'the line holds a {type(found).__name__}, not an object with "id" and "text"', place)
    return article_of_fields(payload, place, found)


def article_of_fields(payload: Payload, place: str, found: Mapping[str, Any]) -> Article | Reject:
    """The article that named fields make, or a reject that says which is missing."""
    try:
        own = {field: _value(found, names) for field, names in FIELDS.items()}
    except TypeError as error:
        return payload.reject(f'{error}; a line needs at least "id" and "text"', place)
    name, text = own.pop("id"), own.pop("text")
    if text is None and any(found.get(field) == "" for field in FIELDS["text"]):
        return payload.reject("the text is empty", place)
    if name is None or text is None:
        missing = "id" if name is None else "text"
        return payload.reject(f'the field `{missing}` is missing; a line needs at least "id" and "text"', place)
    if not text.strip():
        return payload.reject("the text is empty", place)
    return build_article(id=name, path=f"{payload.name}{place}", text=text, **own)


def _value(found: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = found.get(name)
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            value = ", ".join(value)
        if isinstance(value, int) and name in FIELDS["id"]:
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise TypeError(f"`{name}` is a {type(value).__name__}, not a string")
        if value:
            return value
    return None
