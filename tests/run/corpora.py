"""Corpora for tests: the example stories as folders and as archives of CC-NEWS, and what a run left of them."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Mapping
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from fastwarc.warc import WarcRecord, WarcRecordType

from rashomon.read import read
from rashomon.run.corpus import CorpusReport, Executor, run_corpus
from rashomon.run.corpus.spec import Bounds, Inputs, Output, Spec

EXAMPLES = tuple(f"examples/{name}" for name in ("harbour", "spillway", "straits"))
STAGES = ("read", "profile", "group", "annotate", "collate")


def make_spec(folder: Path, paths: tuple[str, ...] = EXAMPLES, **bounds: Any) -> Spec:
    """A corpus of some paths, with bounds of one's own."""
    return Spec(inputs=Inputs(paths=paths), output=Output(folder=str(folder)), stages=Bounds(**bounds))


def carry_out(spec: Spec, executor: Executor) -> tuple[CorpusReport, list[str]]:
    """A run, and the lines it told."""
    lines: list[str] = []
    return run_corpus(spec, executor, lines.append), lines


def left_by(folder: Path) -> dict[str, list[str]]:
    """All rows that a run left: of tables in their order, of stages sorted, for these lie in whatever order they were made."""
    left: dict[str, list[str]] = {}
    for file in sorted((folder / "tables").rglob("*.parquet")):
        left.setdefault(str(file.parent.relative_to(folder)), []).extend(
            map(repr, pq.ParquetFile(file).read().to_pylist())
        )
    for stage in STAGES:
        files = sorted((folder / "stages" / stage).glob("*.parquet"))
        left[stage] = sorted(repr(row) for file in files for row in pq.ParquetFile(file).read().to_pylist())
    return left


def make_archives(folder: Path, story: str, day: str) -> None:
    """The articles of an example story as pages in two archives of a day, in the layout of CC-NEWS."""
    place = folder / day[:4] / day[4:6]
    place.mkdir(parents=True, exist_ok=True)
    articles = read([Path("examples") / story]).articles
    for number, own in enumerate((articles[:3], articles[3:]), start=1):
        records = [write_record(f"https://{a.id}.example/{story}", _page(a.title, a.published, a.text)) for a in own]
        archive = place / f"CC-NEWS-{day}{number:06}-{number:05}.warc.gz"
        archive.write_bytes(b"".join(gzip.compress(record, mtime=0) for record in records))


def _page(title: str | None, published: str | None, text: str) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
    day = f'<meta property="article:published_time" content="{published}">'
    head = f"<head><title>{escape(title or '')}</title>{day}</head>"
    return f"<!doctype html><html lang='en'>{head}<body><article>{body}</article></body></html>".encode()


def write_record(url: str, page: bytes) -> bytes:
    """A page as an answer in an archive."""
    made, out = WarcRecord(), BytesIO()
    made.init_headers(record_type=WarcRecordType.response, record_urn=url.encode())
    made.headers.append("WARC-Target-URI", url)
    made.headers.append("Content-Type", "application/http; msgtype=response")
    made.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page)
    made.write(out)
    return out.getvalue()


def environment(**more: str) -> Mapping[str, str]:
    """What a command of Spark on loopback is started with."""
    path = os.pathsep.join(["src", os.environ.get("PYTHONPATH", "")]).strip(os.pathsep)
    kept = {name: value for name, value in os.environ.items() if name != "COVERAGE_PROCESS_START"}
    return {**kept, "PYTHONPATH": path, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, **more}
