"""Exports of several collations to a folder, in forms that other tools read."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rashomon.model import Article, Collation
from rashomon.report.linked import schema_org, web_annotations
from rashomon.report.markdown import render_markdown
from rashomon.report.tables import TABLES, Row, rows_of, words_of
from rashomon.report.tei import tei_apparatus

Collated = tuple[Collation, Sequence[Article]]
FORMS = ("csv", "jsonl", "parquet", "webannotation", "jsonld", "markdown", "tei")
# Columns of numbers; all others hold text.
WHOLE, REAL = frozenset({"n_chars", "start", "end", "count"}), frozenset({"low", "high"})


class Written(NamedTuple):
    """A file that was written, and how many rows or pieces it holds."""

    path: Path
    n_rows: int


def export_collations(
    collated: Iterable[Collated], folder: Path, form: str, snippet: int, *, with_text: bool
) -> Iterator[Written | str]:
    """Write collations to a folder; yields each file as it is done, and at last what was capped.

    Without `with_text` no more than `snippet` words stand together, and the table of texts is empty.
    """
    capped: list[int] = []
    longest = None if with_text else snippet
    stories = [(c, articles, words_of(articles, longest, capped)) for c, articles in collated]
    if form in ("csv", "jsonl", "parquet"):
        for table in TABLES:
            rows = [
                row for c, articles, words in stories for row in rows_of(table, c, articles, words, with_text=with_text)
            ]
            path = folder / f"{table}.{form}"
            _WRITERS[form](path, TABLES[table], rows)
            yield Written(path, len(rows))
    for collation, articles, words in stories:
        name = folder / collation.story.id
        if form == "webannotation":
            found = list(web_annotations(collation, articles, words))
            lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
            yield _write(name.with_suffix(".annotations.jsonl"), lines.encode(), len(found))
        elif form == "jsonld":
            graph = schema_org(collation, articles, words)
            data = json.dumps(graph, ensure_ascii=False, indent=1).encode() + b"\n"
            yield _write(name.with_suffix(".jsonld"), data, len(graph["@graph"]))
        elif form == "markdown":
            yield _write(name.with_suffix(".md"), render_markdown(collation, words).encode(), 1)
        elif form == "tei":
            yield _write(name.with_suffix(".tei.xml"), tei_apparatus(collation), len(collation.quotes))
    if capped:
        yield f"{len(capped)} stretches of text were cut to {snippet} words; --with-text writes them whole"


def _write(path: Path, data: bytes, count: int) -> Written:
    path.write_bytes(data)
    return Written(path, count)


def _csv(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def _jsonl(path: Path, _: Sequence[str], rows: Sequence[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _parquet(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {c: pa.int64() if c in WHOLE else pa.float64() if c in REAL else pa.string() for c in columns}
    schema = pa.schema([pa.field(c, kind) for c, kind in kinds.items()])
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), path)


_WRITERS: dict[str, Callable[[Path, Sequence[str], Sequence[Row]], None]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
}
