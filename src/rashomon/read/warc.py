"""WARC archives (ISO 28500), as crawlers and CC-NEWS write them: the pages among their records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from rashomon.codec import content_hash
from rashomon.model import Article, Reject
from rashomon.read.decode import decode_text
from rashomon.read.html import page_article
from rashomon.read.payload import failure

OK = 200


def read_warc(path: Path, name: str, max_bytes: int) -> Iterator[Article | Reject]:
    """The article of every HTML page that was fetched whole; records that fail are listed by their number after `name`."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with path.open("rb") as stream:
        try:
            for number, record in enumerate(ArchiveIterator(stream, record_types=WarcRecordType.response), start=1):
                kind = record.http_content_type or ""
                if record.http_headers is None or record.http_headers.status_code != OK or "html" not in kind:
                    continue
                place, url = f"{name}#{number}", record.headers.get("WARC-Target-URI")
                data = record.reader.read(max_bytes + 1)
                if len(data) > max_bytes:
                    yield Reject(path=place, reason=f"the record is above {max_bytes // 1_000_000} MB")
                    continue
                try:
                    found = _page(data, place, url)
                except Exception as error:  # noqa: BLE001 - a page may hold anything
                    found = failure(place, error)
                yield found
        except Exception as error:  # noqa: BLE001 - so may an archive
            yield Reject(path=name, reason=f"the archive breaks off ({error}); what came before it is read")


def _page(data: bytes, place: str, url: str | None) -> Article | Reject:
    text = decode_text(data)
    if text is None:
        return Reject(path=place, reason=f"{url}: no text")
    article = page_article(text, id=url or place, path=place, sha256=content_hash(data))
    if isinstance(article, str):
        return Reject(path=place, reason=f"{url}: {article}")
    return article if article.url or url is None else msgspec.structs.replace(article, url=url)
