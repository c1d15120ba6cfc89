"""Invented stories with everything marked that a careful reader would mark: 24 teach, 8 judge.

Each file of invented/ is one event told by three to six reports. Nothing in them is real; they were written for the project, with
the pitfalls of reports on purpose: counts that differ, that a later report updates, or that count two things, quotations that are
cut and reworded, claims told as facts, paragraphs of an agency in another's report. Before the reports stand lists of what is marked:

    ## points        p1 3 what happened             3 main news, 2 an editor would want it, 1 a side fact
    ## figures       f1 later people killed         agree, compatible, conflict, later (a later report updates it), single
    ## remarks       q1 Ada Weir: what was said
    ## differences   d1 number 3 How many | A: 4 | B: 5
    ## brief         p1 p4                          what a briefing of five lines must tell

and in the reports, each under `## report A agency 2021-03-09`, the marks: `[p1 words]`, `[p1,p2 words]`, `[f1=4 four]`,
`[f2=2000.. more than 2,000]`, `[q1 words]`, `[d1 words]`. Marks nest and never cross.

    python quality/invented.py [--shared FOLDER]     measures the stories that judge, with the models that ship
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import stories
from stories import Labelled

from rashomon.model import Span
from rashomon.read.plain import build_article
from rashomon.text.numbers import find_numbers

FOLDER = Path(__file__).parent / "invented"
# What the stories have gold of.
MEASURED = ("quotes", "figures", "points", "differences", "briefing")
_HEAD = re.compile(r"# (event|use): (.+)")
_REPORT = re.compile(r"## report ([A-F]) (\S+) (\d{4}-\d\d-\d\d)")
_POINT = re.compile(r"(p\d+) ([123]) (.+)")
_FIGURE = re.compile(r"(f\d+) (agree|compatible|conflict|later|single) (.+)")
_REMARK = re.compile(r"(q\d+) ([^:]+): (.+)")
_DIFFERENCE = re.compile(r"(d\d+) (number|date|fact|attribution|wording|framing) ([123]) ([^|]+)\|(.+)")
_TAG = r"(?:[pqd]\d+|f\d+=[-\d.]+)"
_MARK = re.compile(rf"\[({_TAG}(?:,{_TAG})*) ")
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]?")
_CLOSES = '”",'


class Mark(NamedTuple):
    """What words of a report are marked with: the row, and for a figure the value."""

    row: str
    value: str
    span: Span


class Report(NamedTuple):
    """A report: its letter, what kind of outlet has it, its day, its text without marks, and the marks."""

    letter: str
    outlet: str
    published: str
    text: str
    marks: list[Mark]


class Invented(NamedTuple):
    """An invented story: whether it teaches, the rows of each list, by their ids, and the reports."""

    name: str
    teaches: bool
    points: dict[str, dict[str, Any]]
    figures: dict[str, dict[str, Any]]
    remarks: dict[str, dict[str, Any]]
    differences: dict[str, dict[str, Any]]
    brief: list[str]
    reports: list[Report]


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the scorer is")
    for name, value in measure(parser.parse_args().shared).items():
        print(f"{name:36} {value:6.1f}")


def measure(shared: Path) -> dict[str, float]:
    """The mean of each measure of the stories that judge."""
    found = [stories.measure(shared, story) for story in load_stories(teaching=False)]
    names = [name for name in found[0] if name.startswith(MEASURED)]
    return {f"invented.{name}": round(fmean(own[name] for own in found), 1) for name in names}


def load_stories(*, teaching: bool) -> list[Labelled]:
    """The stories that teach, or those that judge, read and annotated."""
    return [_labelled(story) for story in _read_all() if story.teaches == teaching]


@lru_cache(maxsize=1)
def _read_all() -> tuple[Invented, ...]:
    return tuple(read_story(path) for path in sorted(FOLDER.glob("*.txt")))


def read_story(path: Path) -> Invented:
    """A story from its file; a ValueError says which line is no line of its list."""
    section, head = "", dict[str, str]()
    story = Invented(path.stem, True, {}, {}, {}, {}, [], [])
    heads: list[re.Match[str]] = []
    bodies: list[list[str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if m := _REPORT.fullmatch(line):
            section = "report"
            heads.append(m)
            bodies.append([])
        elif section == "report":
            bodies[-1].append(line)
        elif line.startswith("## "):
            section = line.removeprefix("## ")
        elif m := _HEAD.fullmatch(line):
            head[m[1]] = m[2]
        elif line and not _add_row(story, section, line):
            raise ValueError(f"{path.name}, line {number}: no line of {section or 'the head'}: {line!r}")
    for m, body in zip(heads, bodies, strict=True):
        text, marks = _without_marks("\n".join(body).strip() + "\n", f"{path.name}, report {m[1]}")
        story.reports.append(Report(m[1], m[2], m[3], text, marks))
    return story._replace(teaches=head.get("use") != "judging")


def _add_row(story: Invented, section: str, line: str) -> bool:
    """Put a line in its list; whether it is one of that list."""
    if section == "brief":
        story.brief.extend(line.split())
        return True
    if section == "points" and (m := _POINT.fullmatch(line)):
        story.points[m[1]] = {"what": m[3], "weight": int(m[2])}
    elif section == "figures" and (m := _FIGURE.fullmatch(line)):
        story.figures[m[1]] = {"what": m[3], "relation": "conflict" if m[2] == "later" else m[2]}
    elif section == "remarks" and (m := _REMARK.fullmatch(line)):
        story.remarks[m[1]] = {"what": m[3], "speaker": m[2]}
    elif section == "differences" and (m := _DIFFERENCE.fullmatch(line)):
        story.differences[m[1]] = {"what": m[4].strip(), "kind": m[2], "weight": int(m[3])}
    else:
        return False
    return True


def _without_marks(marked: str, where: str) -> tuple[str, list[Mark]]:
    """A text without its marks, and the marks with their places in it."""
    told: list[str] = []
    opened: list[tuple[list[str], int]] = []
    marks: list[Mark] = []
    at = length = 0
    while at < len(marked):
        m = _MARK.match(marked, at)
        if m is not None:
            opened.append((m[1].split(","), length))
            at = m.end()
        elif marked[at] == "]" and opened:
            tags, start = opened.pop()
            marks += [Mark(*tag.partition("=")[::2], Span(start, length)) for tag in tags]
            at += 1
        else:
            told.append(marked[at])
            at, length = at + 1, length + 1
    if opened:
        raise ValueError(f"{where}: the mark {opened[-1][0]} is never closed")
    return "".join(told), sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, mark.row))


def _labelled(story: Invented) -> Labelled:
    """A story as those that were read by hand are given: its material, and its gold in the scorer's terms."""
    articles = [
        build_article(
            id=r.letter,
            path=f"{r.letter}.txt",
            text=r.text,
            title=r.text.split("\n", maxsplit=1)[0],
            published=r.published,
            language="en",
        )
        for r in story.reports
    ]
    letters = {r.letter: r.letter for r in story.reports}
    return Labelled(story.name, stories.material_of(articles), _gold_of(story), letters)


def _gold_of(story: Invented) -> dict[str, Any]:
    lists = {
        "points": story.points,
        "figures": story.figures,
        "quotes": story.remarks,
        "conflicts": story.differences,
    }
    return {
        "files": {r.letter: f"{r.letter}.txt" for r in story.reports},
        **{
            name: [{"id": row, **told, "readings": list(_readings(story.reports, row))} for row, told in rows.items()]
            for name, rows in lists.items()
        },
        **{key: [] for key in ("checks", "dates", "names", "positions")},
        "lineage": {"groups": [], "passages": []},
        "brief": story.brief,
    }


def _readings(reports: Sequence[Report], row: str) -> Iterator[dict[str, Any]]:
    """The places that are marked with a row, as the gold has readings."""
    for report in reports:
        for mark in report.marks:
            if mark.row == row:
                yield {"article": report.letter, **_reading(report.text, mark)}


def _reading(text: str, mark: Mark) -> dict[str, Any]:
    span, more = mark.span, {}
    if mark.row.startswith("f"):
        low, _, high = mark.value.partition("..")
        ends = (low, high) if ".." in mark.value else (low, low)
        more = {name: float(end) if end else None for name, end in zip(("low", "high"), ends, strict=True)}
        span = _number_in(text, span)
    elif mark.row.startswith("q"):
        more["kind"], span = _manner_of(text, span)
    return {**more, "span": {"start": span.start, "end": span.end, "text": text[span.start : span.end]}}


def _number_in(text: str, span: Span) -> Span:
    """The numbers in marked words: what is counted is no part of a figure."""
    found = list(find_numbers(text, span.start, span.end))
    return Span(found[0].start, found[-1].end) if found else span


def _manner_of(text: str, span: Span) -> tuple[str, Span]:
    """Whether marked words are quoted, partly quoted, or told in others; and what of them stands inside the marks."""
    words = text[span.start : span.end]
    quoted = _QUOTED.search(words)
    if quoted is None:
        paragraph = text[text.rfind("\n\n", 0, span.start) + 1 : span.start]
        return ("direct" if paragraph.count("“") > paragraph.count("”") else "indirect"), span
    if quoted.start() == 0 and quoted.end() >= len(words.rstrip()) - 1:
        inside = words.rstrip(_CLOSES + " ")
        return "direct", Span(span.start + 1, span.start + len(inside))
    return "mixed", span


if __name__ == "__main__":
    main()
