"""Mail: newsletters and press releases, as `.eml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from rashomon.model import Article, Reject
from rashomon.read.fragment import fragment_text
from rashomon.read.payload import Payload
from rashomon.read.plain import build_article

# The headers that are read, and those that say how the message is put together.
_HEADER = re.compile(
    rb"^(subject|from|date|message-id|mime-version|content-type|content-disposition|content-transfer-encoding):",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_END = re.compile(rb"\n(?![ \t])")
_PART = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
LONGEST_HEADER, MOST_PARTS = 10_000, 500


def read_eml(payload: Payload) -> Iterator[Article | Reject]:
    """A message's subject and text; its plain part where there is one, else its HTML."""
    if reason := _unreasonable(payload.data):
        yield payload.reject(reason)
        return
    message = message_from_bytes(payload.data, EmailMessage, policy=default)
    part = message.get_body(("plain", "html"))
    try:
        text = str(part.get_content()) if part is not None else ""
    except (LookupError, ValueError, KeyError) as error:
        yield payload.reject(f"the message cannot be decoded ({error})")
        return
    if part is not None and part.get_content_subtype() == "html":
        text = fragment_text(text)
    if not text.strip():
        yield payload.reject("the message has no text")
        return
    title = str(message["subject"] or "") or None
    name, address = parseaddr(str(message["from"] or ""))
    yield build_article(
        id=str(message["message-id"] or payload.stem).strip("<> "),
        path=payload.name,
        text=text if not title else f"{title}\n\n{text.strip()}",
        sha256=payload.sha256,
        source=address.rpartition("@")[2] or name or None,
        title=title,
        byline=name or None,
        published=_day(str(message["date"] or "")),
    )


def _unreasonable(data: bytes) -> str | None:
    """Why a message is not parsed: the library takes time and memory out of proportion for long headers and many parts."""
    if len(_PART.findall(data)) > MOST_PARTS:
        return f"the message has more than {MOST_PARTS:,} parts"
    for m in _HEADER.finditer(data):
        end = _HEADER_END.search(data, m.end())
        if (end.start() if end else len(data)) - m.start() > LONGEST_HEADER:
            return f"the header {m[1].decode().title()} is longer than {LONGEST_HEADER:,} bytes"
    return None


def _day(stamp: str) -> str | None:
    try:
        return parsedate_to_datetime(stamp).isoformat()
    except (ValueError, TypeError):
        return None
