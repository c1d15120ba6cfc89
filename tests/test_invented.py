"""The invented stories that teach and judge: every mark is of a listed row, every row is marked, and all lie in their texts."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

QUALITY = Path(__file__).parent.parent / "quality"
FILES = sorted((QUALITY / "invented").glob("*.txt"))


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module that reads them."""
    monkeypatch.syspath_prepend(str(QUALITY))
    return importlib.import_module("invented")


def test_three_quarters_teach_and_the_others_judge(invented: Any) -> None:
    """What judges has taught nothing."""
    teaches = [invented.read_story(path).teaches for path in FILES]
    assert (sum(teaches), len(teaches)) == (24, 32)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_what_is_marked_is_listed_and_what_is_listed_is_marked(invented: Any, path: Path) -> None:
    """A row without a mark, or a mark of no row, would teach that something is not told."""
    story = invented.read_story(path)
    listed = {*story.points, *story.figures, *story.remarks, *story.differences}
    marked = {mark.row for report in story.reports for mark in report.marks}
    assert marked == listed
    assert set(story.brief) <= story.points.keys()
    for report in story.reports:
        assert "[" not in report.text
        assert all(0 <= m.span.start < m.span.end <= len(report.text) for m in report.marks)


def test_marks_nest_and_leave_the_text_as_it_reads(invented: Any, tmp_path: Path) -> None:
    """A number that is told within what is said within a point has three marks; where no number stands the line is named."""
    path = tmp_path / "one.txt"
    head = "# event: A crane fell.\n# use: judging\n## points\np1 3 A crane fell\n## figures\nf1 single boats\n## remarks\nq1 Ada: two\n"
    path.write_text(
        f"{head}## brief\np1\n## report A agency 2025-10-14\nCrane falls\n\n[p1 A crane [q1 hit [f1=2.. two or more] boats]], Ada said.\n"
    )
    story = invented.read_story(path)
    [report] = story.reports
    assert not story.teaches
    assert report.text == "Crane falls\n\nA crane hit two or more boats, Ada said.\n"
    told = {m.row: (m.value, report.text[m.span.start : m.span.end]) for m in report.marks}
    assert told == {
        "p1": ("", "A crane hit two or more boats"),
        "q1": ("", "hit two or more boats"),
        "f1": ("2..", "two or more"),
    }
    path.write_text(head.replace("f1 single", "f1 some") + "## brief\np1\n")
    with pytest.raises(ValueError, match="line 6: no line of figures"):
        invented.read_story(path)
