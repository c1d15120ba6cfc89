"""The forms of report, by how a file's name ends or by what an input begins with, and the reader of each."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from rashomon.model import Article, Reject
from rashomon.read.eml import read_eml
from rashomon.read.feed import read_feed, read_json_feed
from rashomon.read.html import read_page
from rashomon.read.jsonl import read_jsonl
from rashomon.read.newsml import read_newsml, read_ninjs
from rashomon.read.payload import NO_JSON, Payload, Reader, failure
from rashomon.read.pdf import read_pdf
from rashomon.read.plain import read_plain


def read_payload(payload: Payload, reader: Reader) -> Iterator[Article | Reject]:
    """What a reader finds in an input; an empty input is set aside, and so is one that a reader fails on, however it fails."""
    if not payload.data.strip() or (payload.text is not None and not payload.text.strip()):
        yield payload.reject("the file is empty")
        return
    try:
        yield from reader(payload)
    except Exception as error:  # noqa: BLE001 - what libraries raise over foreign bytes has no common root
        yield failure(payload.name, error)


def reader_of(payload: Payload, media_type: str = "") -> Reader:
    """The reader for an input without a suffix, by its media type and its beginning."""
    start = payload.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:500].lower()
    if start.startswith(b"%pdf"):
        return read_pdf
    if start.startswith((b"<!doctype html", b"<html")) or media_type in ("text/html", "application/xhtml+xml"):
        return read_page
    if media_type.endswith(("xml", "/rss")) or start.startswith((b"<?xml", b"<rss", b"<feed")):
        return read_xml
    if start.startswith((b"{", b"[")):
        return read_json if media_type.endswith("json") or _is_one_object(payload) else read_jsonl
    return read_plain


def _is_one_object(payload: Payload) -> bool:
    """Whether JSON goes on over lines, or is a feed or news item in one line."""
    try:
        found = msgspec.json.decode(payload.data)
    except NO_JSON:
        return False
    return not (isinstance(found, dict) and "text" in found)


def read_xml(payload: Payload) -> Iterator[Article | Reject]:
    """A feed or NewsML-G2, by what the document begins with."""
    start = payload.data[:3000].lower()
    if b"<opml" in start:
        yield payload.reject("is a list of feeds, not reports; give it to rashomon add or rashomon watch")
    elif b"newsitem" in start or b"newsmessage" in start or b"iptc.org/std/nar" in start:
        yield from read_newsml(payload)
    else:
        yield from read_feed(payload)


def read_json(payload: Payload) -> Iterator[Article | Reject]:
    """A JSON Feed or ninjs, by its fields."""
    try:
        found = msgspec.json.decode(payload.data)
    except NO_JSON as error:
        yield payload.reject(f"is no JSON ({error})")
        return
    if isinstance(found, dict) and "jsonfeed.org" in str(found.get("version")):
        yield from read_json_feed(payload, found)
    elif isinstance(found, dict) and "text" in found:
        yield from read_jsonl(Payload(payload.name, msgspec.json.encode(found), payload.url))
    elif isinstance(found, (dict, list)):
        yield from read_ninjs(payload, found)
    else:
        yield payload.reject("is neither a JSON Feed nor ninjs")


# Each form of report, by how its file's name ends.
READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_plain,
    ".html": read_page,
    ".htm": read_page,
    ".jsonl": read_jsonl,
    ".json": read_json,
    ".xml": read_xml,
    ".rss": read_feed,
    ".atom": read_feed,
    ".eml": read_eml,
    ".pdf": read_pdf,
}
# Read record by record, however large.
ARCHIVES = (".warc", ".warc.gz")
SUFFIXES = (*READERS, *ARCHIVES)
