from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rashomon.model import Article, Reject
from rashomon.read import read, units
from rashomon.read.units import Unit, crawled_in, cut_units, list_files, read_unit

TEXT = "The harbour master closed the eastern basin on Tuesday and told captains to wait outside. " * 2
LINES = [
    {"id": f"n{n}", "text": f"{TEXT}Ship {n} waited.", "title": f"Ship {n}", "published": "2026-04-14"}
    for n in range(9)
]


def found(files: list[Path]) -> list[Article | Reject]:
    """What all units of some files hold."""
    return [one for unit in cut_units(files) for one in ([unit] if isinstance(unit, Reject) else read_unit(unit))]


@pytest.mark.parametrize("part", [1, 400, 10**6])
def test_parts_of_a_file_hold_what_the_whole_holds(part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever JSON Lines are cut: the same articles and rejects, named by the same lines."""
    path = tmp_path / "news.jsonl"
    lines = [json.dumps(line) for line in LINES]
    path.write_text("\n".join([*lines[:4], "{no json", "", *lines[4:]]), encoding="utf-8")
    monkeypatch.setattr(units, "PART", part)
    intake = read([path])
    assert len(intake.articles) == len(LINES)
    own = found([path])
    assert sorted(a.id for a in own if isinstance(a, Article)) == [a.id for a in intake.articles]
    assert {a for a in own if isinstance(a, Article)} == set(intake.articles)
    assert [r for r in own if isinstance(r, Reject)] == list(intake.rejects)


def test_lines_of_wide_characters_are_not_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of a UTF-16 text is no text."""
    path = tmp_path / "wide.jsonl"
    path.write_text("\n".join(map(json.dumps, LINES)), encoding="utf-16")
    monkeypatch.setattr(units, "PART", 100)
    assert [*cut_units([path])] == [Unit(paths=(str(path),))]
    assert len(found([path])) == len(LINES)


def test_rows_of_parquet_are_articles(tmp_path: Path) -> None:
    """A row group is a unit; fields go by the names of JSON Lines, rows that lack them are named, days may be days."""
    path = tmp_path / "news.parquet"
    rows = [{**line, "published": date(2026, 4, 14)} for line in LINES]
    pq.write_table(pa.Table.from_pylist([*rows, {**rows[0], "text": None}]), path, row_group_size=4)
    assert [(u.start, u.first) for u in cut_units([path]) if isinstance(u, Unit)] == [(0, 1), (1, 5), (2, 9)]
    *articles, last = found([path])
    assert [(a.id, a.published) for a in articles if isinstance(a, Article)] == [
        (line["id"], "2026-04-14") for line in LINES
    ]
    assert isinstance(articles[5], Article)
    assert articles[5].path == f"{path}#6"
    assert isinstance(last, Reject)
    assert last.path == f"{path}#10"


def test_files_have_paths_that_any_process_can_open() -> None:
    """Workers of a cluster run in folders of their own."""
    found = list_files(["examples/harbour"])
    assert len(found) == 5
    assert all(path.is_absolute() and path.is_file() for path in found)


def test_what_cannot_be_opened_is_set_aside(tmp_path: Path) -> None:
    """A file that is no Parquet is named, and the others are read; small files are read together."""
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"no parquet")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    reject, unit = cut_units(list_files([str(tmp_path), str(tmp_path / "a.txt")]))
    assert isinstance(reject, Reject)
    assert reject.path == str(broken)
    assert unit == Unit(paths=(str(tmp_path / "a.txt"), str(tmp_path / "b.txt")))


@pytest.mark.parametrize(
    ("name", "is_in"),
    [
        ("CC-NEWS-20260413000102-00001.warc.gz", True),
        ("2026/04/CC-NEWS-20260421000102-00001.warc.gz", True),
        ("CC-NEWS-20260412235959-00001.warc.gz", False),
        ("CC-NEWS-20260422000000-00001.warc.gz", False),
        ("CC-MAIN-20260413000102-00001.warc.gz", False),
        ("warc.paths.gz", False),
    ],
)
def test_archives_go_by_the_day_they_were_begun(name: str, is_in: bool) -> None:
    """From the first day of the window to two days after its last."""
    assert crawled_in(name, date(2026, 4, 13), date(2026, 4, 19)) is is_in
