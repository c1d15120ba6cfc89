"""What the tools of assistants answer, as plain data: every row with its readings (article, start, end, words)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from typing_extensions import TypedDict

from rashomon.annotate import annotate
from rashomon.collate import collate as collate_articles
from rashomon.errors import UsageError
from rashomon.model import Article, Collation, QuoteReading, Reading
from rashomon.read.published import date_from_story
from rashomon.run.excerpts import excerpt
from rashomon.run.library import Library

Answer = dict[str, Any]


class GivenReport(TypedDict, total=False):
    """A report that is in no library."""

    text: str
    title: str
    source: str
    published: str


# Reports given as text: more are a corpus, and belong into a library.
MOST_REPORTS = 50
FIRST = 3


def search(library: Library, words: str, most: int) -> Answer:
    """The articles that fit, each with the first sentences in which something asked for stands."""
    return {
        "hits": [
            {**_plain(hit), "readings": _plain(library.excerpts(words, hit.article))}
            for hit in library.search(words, most)
        ]
    }


def story(library: Library, asked: str) -> Answer:
    """A story's articles, each with how it begins, and the links that make it one story."""
    told, articles = library.story(asked).explain()
    return {
        "story": told.id,
        "articles": [{**_head(article), "readings": [_beginning(article)]} for article in articles],
        "links": _plain(told.links),
    }


def passage(library: Library, article: str, start: int, end: int, around: int) -> Answer:
    """The words at a place, and those around them."""
    own, reading = library.article(article), library.passage(article, start, end)
    wider = excerpt(own, max(0, start - around), min(len(own.text), end + around))
    return {"article": _head(own), "readings": [_plain(reading)], "around": _plain(wider)}


def collate(
    library: Library,
    asked: str | None,
    reports: Sequence[GivenReport] | None,
    sections: Sequence[str] | None,
    most: int,
) -> Answer:
    """Sections of the collation of a story, or of reports given; of each at most so many rows, and how many there are."""
    wanted = list(SECTIONS)[:FIRST] if sections is None else sections
    for name in wanted:
        if name not in SECTIONS:
            raise UsageError(f"{name!r} is no section; choose from {', '.join(SECTIONS)}")
    if (asked is None) == (reports is None):
        raise UsageError("give a story of the library, or reports; not both")
    made = library.story(asked).collation() if asked is not None else _collate_given(library, reports or ())
    texts = {article.id: article for article in made.full_articles}
    found = {name: SECTIONS[name](made) for name in wanted}
    return {
        "story": _plain(made.story),
        "articles": [{"letter": card.letter, **_head(texts[card.id])} for card in made.articles],
        "at_most_independent": made.lineage.independent,
        "sections": {
            name: {"n_rows": len(rows), "rows": [_row(row, texts) for row in rows[:most]]}
            for name, rows in found.items()
        },
        "skipped": _plain(made.skipped),
    }


def _collate_given(library: Library, reports: Sequence[GivenReport]) -> Collation:
    if not 0 < len(reports) <= MOST_REPORTS:
        raise UsageError(
            f"{len(reports)} reports; give 1 to {MOST_REPORTS}, or add them to a library with rashomon add"
        )
    given = [
        Article.from_text(
            report.get("text", ""),
            title=report.get("title"),
            source=report.get("source"),
            published=report.get("published"),
        )
        for report in reports
    ]
    articles = date_from_story(given)
    found = list(annotate(articles, library.settings))
    return collate_articles(articles, found, settings=library.settings)


SECTIONS: dict[str, Callable[[Collation], Sequence[msgspec.Struct]]] = {
    "briefing": lambda c: c.briefing,
    "differences": lambda c: [d for d in c.differences if d.sure],
    "quotes": lambda c: c.quotes,
    "figures": lambda c: c.figures,
    "points": lambda c: c.points,
    "positions": lambda c: c.positions,
    "timeline": lambda c: c.timeline,
    "passages": lambda c: c.lineage.passages,
}
# What is told of a row beside its readings, where it has that.
_FIELDS = (
    *(
        "id",
        "kind",
        "group",
        "text",
        "topic",
        "label",
        "weight",
        "fits",
        "silent",
        "note",
        "speaker",
        "occasion",
        "title",
    ),
    *("about", "unit", "relation", "coverage", "actor", "act", "content", "toward", "condition", "first", "last"),
    *("degree", "quoted"),
)
_OF_READINGS = ("says", "who", "manner", "via", "low", "high", "change", "attributed_to")


def _row(row: msgspec.Struct, texts: Mapping[str, Article]) -> Answer:
    readings: Sequence[Reading | QuoteReading] = getattr(row, "readings", ()) or getattr(row, "cites", ())
    return {**_some(row, _FIELDS), "readings": [_reading(reading, texts) for reading in readings]}


def _reading(reading: Reading | QuoteReading, texts: Mapping[str, Article]) -> Answer:
    """What one article has at a place; of a quote in parts, from the first to the last."""
    span = reading.span
    return {**_words(texts[reading.article], span.start, span.end), **_some(reading, _OF_READINGS)}


def _some(thing: msgspec.Struct, names: Iterable[str]) -> Answer:
    return {name: _plain(getattr(thing, name)) for name in names if getattr(thing, name, None) is not None}


def _head(article: Article) -> Answer:
    return {"article": article.id, **_some(article, ("source", "title", "published", "url", "language"))}


def _beginning(article: Article) -> Answer:
    """The first line of an article that is no furniture."""
    start = 0
    for line in article.text.splitlines(keepends=True):
        end = start + len(line.rstrip())
        if line.strip() and not any(span.start <= start < span.end for span in article.furniture):
            return _words(article, start, end)
        start += len(line)
    return _words(article, 0, len(article.text))


def _words(article: Article, start: int, end: int) -> Answer:
    return dict(_plain(excerpt(article, start, end)))


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)
