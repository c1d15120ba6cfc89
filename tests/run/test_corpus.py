from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from corpora import EXAMPLES, carry_out, left_by, make_spec

from rashomon import codec
from rashomon.errors import NothingReadError, UsageError
from rashomon.group import group
from rashomon.read import read
from rashomon.report.tables import TABLES
from rashomon.run.corpus import in_processes, in_this_process, load_spec
from rashomon.run.corpus.executors import by_key


def test_worker_processes_leave_the_same(alone: Path, tmp_path: Path) -> None:
    """Every row of every stage and table, byte for byte."""
    carry_out(make_spec(tmp_path / "corpus"), in_processes(2))
    assert left_by(tmp_path / "corpus") == left_by(alone)


def test_stories_are_those_of_group(alone: Path) -> None:
    """A corpus has the stories that `group` finds, each article in one."""
    articles = [a for place in EXAMPLES for a in read([place]).articles]
    expected = {(s.id, a) for s in group(articles) for a in s.article_ids}
    rows = [
        row
        for file in (alone / "tables" / "stories").rglob("*.parquet")
        for row in pq.ParquetFile(file).read().to_pylist()
    ]
    assert {(row["story"], row["article"]) for row in rows} == expected
    assert {row["n_articles"] for row in rows} == {5}


def test_tables_are_those_of_an_export(alone: Path) -> None:
    """One a noun, with its columns, in a folder for each day; without texts, unless they are asked for."""
    days = {file.parent.name for file in (alone / "tables" / "stories").rglob("*.parquet")}
    assert len(days) == 3
    for table, columns in TABLES.items():
        files = sorted((alone / "tables" / table).rglob("*.parquet"))
        assert ({file.parent.name for file in files} == days) == (table != "texts"), table
        for file in files:
            assert tuple(pq.ParquetFile(file).schema_arrow.names) == columns


def test_what_was_done_is_not_done_again(alone: Path, tmp_path: Path) -> None:
    """The same run is nothing to do; another bound carries out what depends on it; large stories are set aside, and told."""
    before = left_by(alone)
    _, lines = carry_out(make_spec(alone), in_this_process())
    assert all(line.endswith("as before") for line in lines)
    assert left_by(alone) == before
    copy = tmp_path / "copy"
    shutil.copytree(alone, copy)
    report, lines = carry_out(make_spec(copy, most_articles=4), in_this_process())
    assert [line.endswith("as before") for line in lines] == [True, True, True, False, False, False]
    assert report.n_rejects == 3
    assert "it has 5 articles, and stages.most_articles is 4" in report.rejects[0].reason
    [file] = (copy / "tables" / "rejects").iterdir()
    assert [row["stage"] for row in pq.ParquetFile(file).read().to_pylist()] == ["collate"] * 3
    assert not [*(copy / "tables" / "quotes").rglob("*.parquet")]
    assert len(json.loads((copy / "report.json").read_bytes())["stages"]) == 6


def test_a_stage_that_was_cut_off_is_done_again(alone: Path, tmp_path: Path) -> None:
    """What lies in its folder without its mark is let go."""
    copy = tmp_path / "copy"
    shutil.copytree(alone, copy)
    (copy / "stages" / "profile.json").write_bytes(b'{"stage":')
    (copy / "stages" / "profile" / "part-0.parquet").write_bytes(b"half")
    _, lines = carry_out(make_spec(copy), in_this_process())
    assert [line.endswith("as before") for line in lines] == [True, False, True, True, True, True]
    assert left_by(copy) == left_by(alone)


def test_rows_of_a_key_come_together() -> None:
    """In order, in whatever order they were made."""
    rows = [("b", "y", b"1"), ("a", "x", b"2"), ("b", "x", b"3"), ("b", "y", b"0")]
    expected = [("a", [("x", b"2")]), ("b", [("x", b"3"), ("y", b"0"), ("y", b"1")])]
    assert list(by_key(rows)) == list(by_key(reversed(rows))) == expected


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Its tables are nobody's to clear."""
    (tmp_path / "tables").mkdir()
    with pytest.raises(UsageError, match="holds something else than a corpus"):
        carry_out(make_spec(tmp_path), in_this_process())
    assert (tmp_path / "tables").is_dir()


def test_nothing_read_is_said(tmp_path: Path) -> None:
    """With what was set aside, and why."""
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(NothingReadError, match=r"empty\.txt: the file is empty"):
        carry_out(make_spec(tmp_path / "corpus", (str(tmp_path / "empty.txt"),)), in_this_process())


@pytest.mark.parametrize("name", ["corpus", "cc-news"])
def test_the_example_specs_can_be_read(name: str) -> None:
    """And say what their comments say."""
    spec = load_spec(Path(f"examples/{name}.toml"))
    assert spec.window.first is not None
    assert spec.inputs.layout == ("cc-news" if name == "cc-news" else "any")
    assert codec.decode(codec.encode(spec), type(spec)) == spec


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("", "missing required field `inputs`"),
        ("inputs = {paths = []}\noutput = {folder = 'x'}", "length >= 1"),
        ("inputs = {paths = ['a'], path = 'b'}\noutput = {folder = 'x'}", "unknown field `path`"),
        (
            "inputs = {paths = ['a']}\noutput = {folder = 'x'}\nwindow = {first = 2026-05-01, last = 2026-04-01}",
            "the window ends on 2026-04-01, before it begins",
        ),
        (
            "inputs = {paths = ['a']}\noutput = {folder = 'x'}\nstages = {least_articles = 9, most_articles = 3}",
            "no story has 9 articles and at most 3",
        ),
    ],
)
def test_a_wrong_spec_is_told(body: str, told: str, tmp_path: Path) -> None:
    """By what is wrong and where it stands."""
    path = tmp_path / "spec.toml"
    path.write_text(body)
    with pytest.raises(UsageError, match=told):
        load_spec(path)
