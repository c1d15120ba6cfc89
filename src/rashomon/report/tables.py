"""A collation as tables: one a noun, each row with its story, its id and the place it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from rashomon.errors import UsageError
from rashomon.model import Article, Collation
from rashomon.report.view.words import Words

if TYPE_CHECKING:
    import pyarrow as pa

CellValue = str | int | float | None
TableRow = dict[str, CellValue]
# Columns of numbers; all others hold text.
WHOLE, REAL = frozenset({"n_chars", "start", "end", "count"}), frozenset({"low", "high"})
# The tables and their columns, in order; the same in every form of export.
TABLES: dict[str, tuple[str, ...]] = {
    "articles": (
        "story", "article", "source", "title", "byline", "published", "modified", "url", "language", "sha256", "n_chars",
    ),
    "quotes": ("story", "quote", "speaker", "via", "article", "manner", "start", "end", "words"),
    "figures": (
        "story", "figure", "about", "unit", "relation", "article", "low", "high", "change", "attributed_to", "start",
        "end", "words",
    ),
    "times": ("story", "article", "type", "value", "first", "last", "start", "end", "words"),
    "names": ("story", "name_id", "name", "kind", "form", "article", "count"),
    "points": ("story", "point", "text", "article", "coverage", "start", "end", "words"),
    "differences": ("story", "difference", "kind", "text", "article", "says", "start", "end", "words"),
    "positions": (
        "story", "position", "actor", "act", "content", "toward", "condition", "article", "start", "end", "words",
    ),
    "passages": ("story", "passage", "degree", "article", "start", "end", "words"),
    "texts": ("story", "article", "text"),
}  # fmt: skip


def table_rows(
    table: str, collation: Collation, articles: Sequence[Article], words: Words, *, with_text: bool
) -> Iterator[TableRow]:
    """The rows of one table, in the order of the collation."""
    story = collation.story.id
    for row in _ROWS[table](collation, words) if table != "texts" else _texts(articles, with_text=with_text):
        yield {column: row.get(column, story if column == "story" else None) for column in TABLES[table]}


def arrow_table(collation: Collation, table: str) -> pa.Table:
    """One table of a collation that knows its articles, with their full texts. Raises `UsageError` where it cannot be made."""
    if table not in TABLES:
        raise UsageError(f"{table!r} is no table; choose one of {', '.join(TABLES)}")
    articles = collation.full_articles
    words = Words({a.id: a.text for a in articles}, None)
    return arrow_of(TABLES[table], list(table_rows(table, collation, articles, words, with_text=True)))


def arrow_of(columns: Sequence[str], rows: Sequence[TableRow]) -> pa.Table:
    """Rows as an Arrow table; its columns have their types even where there are no rows."""
    if find_spec("pyarrow") is None:
        raise UsageError("tables in memory and Parquet are made by pyarrow: pip install 'rashomon[parquet]'")
    import pyarrow as pa

    kinds = {c: pa.int64() if c in WHOLE else pa.float64() if c in REAL else pa.string() for c in columns}
    return pa.Table.from_pylist(list(rows), schema=pa.schema([pa.field(c, kind) for c, kind in kinds.items()]))


def _texts(articles: Iterable[Article], *, with_text: bool) -> Iterator[TableRow]:
    for article in articles if with_text else ():
        yield {"article": article.id, "text": article.text}


def _articles(collation: Collation, words: Words) -> Iterator[TableRow]:
    for card in collation.articles:
        fields = {column: getattr(card, column, None) for column in TABLES["articles"][2:]}
        yield {"article": card.id, **fields, "title": words.cut_some(card.title), "byline": words.cut_some(card.byline)}


def _quotes(collation: Collation, words: Words) -> Iterator[TableRow]:
    for quote in collation.quotes:
        for r in quote.readings:
            yield {
                "quote": quote.id,
                "speaker": words.cut_some(quote.speaker),
                "via": words.cut_some(r.via),
                "article": r.article,
                "manner": r.manner,
                "start": r.span.start,
                "end": r.span.end,
                "words": words.spoken(r.article, r.spans),
            }


def _figures(collation: Collation, words: Words) -> Iterator[TableRow]:
    for figure in collation.figures:
        for r in figure.readings:
            yield {
                "figure": figure.id,
                "about": words.cut_some(figure.about),
                "unit": words.cut_some(figure.unit),
                "relation": figure.relation,
                "article": r.article,
                "low": r.low,
                "high": r.high,
                "change": r.change,
                "attributed_to": words.cut_some(r.attributed_to),
                "start": r.start,
                "end": r.end,
                "words": words.at(r.article, r.start, r.end),
            }


def _times(collation: Collation, words: Words) -> Iterator[TableRow]:
    for t in collation.times:
        fields = ("article", "type", "value", "first", "last", "start", "end")
        yield {**{name: getattr(t, name) for name in fields}, "words": words.at(t.article, t.start, t.end)}


def _names(collation: Collation, words: Words) -> Iterator[TableRow]:
    for name in collation.names:
        for form in name.forms:
            for article, count in sorted(form.counts.items()):
                yield {
                    "name_id": name.id,
                    "name": words.cut(name.name),
                    "kind": name.kind,
                    "form": words.cut(form.text),
                    "article": article,
                    "count": count,
                }


def _points(collation: Collation, words: Words) -> Iterator[TableRow]:
    for point in collation.points:
        text = words.at(point.readings[0].article, point.readings[0].start, point.readings[0].end)
        placed = {r.article: r for r in reversed((*point.readings, *point.near))}
        for article, coverage in sorted(point.coverage.items()):
            r = placed.get(article)
            yield {
                "point": point.id,
                "text": text,
                "article": article,
                "coverage": coverage,
                "start": r.start if r else None,
                "end": r.end if r else None,
                "words": words.at(article, r.start, r.end) if r else None,
            }


def _differences(collation: Collation, words: Words) -> Iterator[TableRow]:
    for difference in collation.differences:
        for r in difference.readings:
            yield {
                "difference": difference.id,
                "kind": difference.kind,
                "text": words.cut(difference.text),
                "article": r.article,
                "says": words.cut(r.says),
                "start": r.start,
                "end": r.end,
                "words": words.at(r.article, r.start, r.end),
            }


def _positions(collation: Collation, words: Words) -> Iterator[TableRow]:
    for position in collation.positions:
        for r in position.readings:
            fields = ("actor", "content", "toward", "condition")
            yield {
                "position": position.id,
                "act": position.act,
                **{name: words.cut_some(getattr(position, name)) for name in fields},
                "article": r.article,
                "start": r.start,
                "end": r.end,
                "words": words.at(r.article, r.start, r.end),
            }


def _passages(collation: Collation, words: Words) -> Iterator[TableRow]:
    for passage in collation.lineage.passages:
        for r in passage.readings:
            yield {
                "passage": passage.id,
                "degree": passage.degree,
                "article": r.article,
                "start": r.start,
                "end": r.end,
                "words": words.at(r.article, r.start, r.end),
            }


_ROWS: dict[str, Callable[[Collation, Words], Iterator[TableRow]]] = {
    "articles": _articles,
    "quotes": _quotes,
    "figures": _figures,
    "times": _times,
    "names": _names,
    "points": _points,
    "differences": _differences,
    "positions": _positions,
    "passages": _passages,
}
