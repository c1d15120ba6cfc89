from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.errors import NothingReadError, UsageError
from rashomon.read import read

REPORT = (
    "Harbour shut after accident\n\nThe harbour was shut on Tuesday, the coast guard said, and it will open on Friday."
)


def test_a_folder_with_all_forms(tmp_path: Path) -> None:
    """Text, Markdown, pages and JSON Lines are read; what is no report is set aside with its reason."""
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.md").write_text("# " + REPORT)
    (tmp_path / "c.html").write_text(
        f"<html><head><title>Harbour shut</title></head><body><article><h1>Harbour shut</h1><p>{REPORT * 3}</p></article></body></html>"
    )
    (tmp_path / "d.jsonl").write_text(
        '{"id": "d1", "text": "The harbour was shut on Tuesday."}\n{"id": "d2"}\nnot json\n'
    )
    (tmp_path / "e.txt").write_text("  \n")
    (tmp_path / "f.png").write_bytes(b"\x89PNG")
    (tmp_path / "g.txt").write_bytes(bytes(range(256)) * 4)
    (tmp_path / ".hidden.txt").write_text(REPORT)
    intake = read([tmp_path])
    assert [a.id for a in intake.articles] == ["a", "b", "c", "d1"]
    assert [Path(r.path).name for r in intake.rejects] == ["d.jsonl:2", "d.jsonl:3", "e.txt", "f.png", "g.txt"]
    assert all(r.reason for r in intake.rejects)


def test_equal_stems_are_told_apart(tmp_path: Path) -> None:
    """Two files of one name in two folders keep two ids."""
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(REPORT)
    assert len({a.id for a in read([tmp_path]).articles}) == 2


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    """The second naming is set aside, not lost."""
    (tmp_path / "a.txt").write_text(REPORT)
    intake = read([tmp_path / "a.txt", tmp_path])
    assert (len(intake.articles), len(intake.rejects)) == (1, 1)


def test_nothing_to_read(tmp_path: Path) -> None:
    """An empty folder and a missing one are two different errors."""
    with pytest.raises(NothingReadError, match="no reports found"):
        read([tmp_path])
    with pytest.raises(UsageError, match="no such file"):
        read([tmp_path / "missing"])


def test_the_language_is_told(tmp_path: Path) -> None:
    """A report in Russian is read and its language recorded."""
    (tmp_path / "r.txt").write_text(
        "Порт закрыт после аварии\n\nПорт был закрыт во вторник, сообщила береговая охрана. Он откроется в пятницу."
    )
    assert read([tmp_path]).articles[0].language == "ru"
