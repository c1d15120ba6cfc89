"""JSON Lines: one article a line, with at least "id" and "text"."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from rashomon.model import Article, Reject
from rashomon.read.plain import build_article


class Line(Struct, frozen=True):
    """The fields that pass through; others are left alone."""

    id: str | int
    text: str
    title: str | None = None
    source: str | None = None
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    language: str | None = None
    byline: str | None = None


_decoder = msgspec.json.Decoder(Line)


def read_jsonl(text: str, path: str) -> Iterator[Article | Reject]:
    """Each line's article, or a reject that names the line."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            found = _decoder.decode(line)
        except msgspec.ValidationError as error:
            yield Reject(path=place, reason=f'{error}; a line needs at least "id" and "text"')
        except msgspec.DecodeError as error:
            yield Reject(path=place, reason=f"the line is no JSON ({error})")
        else:
            if found.text.strip():
                yield build_article(
                    id=str(found.id),
                    path=place,
                    text=found.text,
                    source=found.source,
                    url=found.url,
                    title=found.title,
                    byline=found.byline,
                    published=found.published,
                    modified=found.modified,
                    language=found.language,
                )
            else:
                yield Reject(path=place, reason="the text is empty")
