"""Exports of several collations to a folder, in forms that other tools read."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from rashomon.errors import UsageError
from rashomon.model import Article, Collation
from rashomon.report.linked import schema_org, web_annotations
from rashomon.report.markdown import render_markdown
from rashomon.report.tables import TABLES, CellValue, TableRow, arrow_of, table_rows
from rashomon.report.tei import tei_apparatus
from rashomon.report.view.words import Words

Collated = tuple[Collation, Sequence[Article]]
FORMS = ("csv", "jsonl", "parquet", "webannotation", "jsonld", "markdown", "tei")
# What begins a formula in a spreadsheet (OWASP, CSV injection), in full width too.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")


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
    if form == "parquet":
        _check_parquet()
    longest = None if with_text else snippet
    stories = [(c, articles, Words({a.id: a.text for a in articles}, longest)) for c, articles in collated]
    if form in ("csv", "jsonl", "parquet"):
        for table in TABLES:
            rows = [
                row
                for c, articles, words in stories
                for row in table_rows(table, c, articles, words, with_text=with_text)
            ]
            yield write_table(folder / f"{table}.{form}", form, TABLES[table], rows)
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
            yield _write(name.with_suffix(".md"), render_markdown(collation, articles, words).encode(), 1)
        elif form == "tei":
            yield _write(name.with_suffix(".tei.xml"), tei_apparatus(collation, words), len(collation.quotes))
    n_cut = sum(len(words.cuts) for _, _, words in stories)
    if n_cut:
        yield f"{n_cut} stretches of text were cut to {snippet} words; --with-text writes them whole"


def write_table(path: Path, form: str, columns: Sequence[str], rows: Sequence[TableRow]) -> Written:
    """Write one table as "csv", "jsonl" or "parquet". Raises `UsageError` where Parquet cannot be written."""
    if form == "parquet":
        _check_parquet()
    _WRITERS[form](path, columns, rows)
    return Written(path, len(rows))


def _check_parquet() -> None:
    if find_spec("pyarrow") is None:
        raise UsageError("Parquet is written by pyarrow: pip install 'rashomon[parquet]', or choose csv or jsonl")


def _write(path: Path, data: bytes, count: int) -> Written:
    path.write_bytes(data)
    return Written(path, count)


def _csv(path: Path, columns: Sequence[str], rows: Sequence[TableRow]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({column: _harmless(value) for column, value in row.items()} for row in rows)


def _harmless(value: CellValue) -> CellValue:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it; plain numbers and signs stay."""
    if isinstance(value, str) and value.startswith(STARTS) and len(value) > 1 and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def _jsonl(path: Path, _: Sequence[str], rows: Sequence[TableRow]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _parquet(path: Path, columns: Sequence[str], rows: Sequence[TableRow]) -> None:
    import pyarrow.parquet as pq

    pq.write_table(arrow_of(columns, rows), path)


_WRITERS: dict[str, Callable[[Path, Sequence[str], Sequence[TableRow]], None]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
}
