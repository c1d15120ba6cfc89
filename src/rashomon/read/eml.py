"""Mail: newsletters and press releases, as `.eml`."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from rashomon.model import Article, Reject
from rashomon.read.fragment import fragment_text
from rashomon.read.plain import build_article
from rashomon.read.source import Source


def read_eml(source: Source) -> Iterator[Article | Reject]:
    """A message's subject and text; its plain part where there is one, else its HTML."""
    message = message_from_bytes(source.data, EmailMessage, policy=default)
    part = message.get_body(("plain", "html"))
    try:
        text = str(part.get_content()) if part is not None else ""
    except (LookupError, ValueError, KeyError) as error:
        yield source.reject(f"the message cannot be decoded ({error})")
        return
    if part is not None and part.get_content_subtype() == "html":
        text = fragment_text(text)
    if not text.strip():
        yield source.reject("the message has no text")
        return
    title = str(message["subject"] or "") or None
    name, address = parseaddr(str(message["from"] or ""))
    yield build_article(
        id=str(message["message-id"] or source.stem).strip("<> "),
        path=source.name,
        text=text if not title else f"{title}\n\n{text.strip()}",
        sha256=source.sha256,
        source=address.rpartition("@")[2] or name or None,
        title=title,
        byline=name or None,
        published=_day(str(message["date"] or "")),
    )


def _day(stamp: str) -> str | None:
    try:
        return parsedate_to_datetime(stamp).isoformat()
    except (ValueError, TypeError):
        return None
