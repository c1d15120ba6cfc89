"""How the killed and injured of many small stories line up, beside what the Gun Violence Archive has on file.

For every story of gva.jsonl with several reports, the figure of most reports that counts the killed (or the injured) is
taken; it is right when the span of its readings holds the incident's number. Reports seldom write "one" for one victim,
so many stories have no such figure: those are counted apart.

    python quality/tolls.py [--shared FOLDER] [--stories N] [--conflicts]
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rashomon.annotate import annotate
from rashomon.collate import collate
from rashomon.collate.tolls import find_toll
from rashomon.lexicon import load_lexicon
from rashomon.model import AlignedFigure, Article, Collation
from rashomon.read.plain import build_article

TOLLS = {"killed": "num_killed", "injured": "num_injured"}


class Line(NamedTuple):
    """One story's toll: the figure chosen, if any, the number on file, and the reports."""

    toll: str
    figure: AlignedFigure | None
    on_file: int
    articles: Sequence[Article]


def main() -> None:
    """Print, a toll, how often a figure was found, held the number on file, and was a conflict."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--stories", type=int, default=None, help="look at so many stories only")
    parser.add_argument("--conflicts", action="store_true", help="print every conflict with its words, to judge by eye")
    arguments = parser.parse_args()
    lines = list(look(arguments.shared / "data" / "grouping", arguments.stories))
    for toll in TOLLS:
        own = [line for line in lines if line.toll == toll]
        found = [line for line in own if line.figure is not None]
        right = [line for line in found if holds(line)]
        conflicts = [line for line in found if line.figure is not None and line.figure.relation == "conflict"]
        print(
            f"{toll:8} {len(own)} stories, {len(found)} with a figure, {len(right)} holding the number on file", end=""
        )
        print(f" ({100 * len(right) / max(1, len(found)):.1f}%), {len(conflicts)} conflicts")
        if arguments.conflicts:
            for line in conflicts:
                show(line)


def look(folder: Path, most: int | None) -> Iterator[Line]:
    """Every story with several reports, collated."""
    stories: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "gva.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        stories[row["story"]].append(row)
    incidents = (json.loads(line) for line in (folder / "gva_incidents.jsonl").read_text(encoding="utf-8").splitlines())
    on_file = {incident["incident_uri"]: incident for incident in incidents}
    several = [name for name in sorted(stories) if len(stories[name]) > 1 and name in on_file][:most]
    rows = [row for name in several for row in stories[name]]
    articles = [
        build_article(id=r["id"], path=r["id"], text=r["text"], published=r["published"], language="en") for r in rows
    ]
    found = iter(zip(articles, annotate(articles), strict=True))
    for name in several:
        own = [next(found) for _ in stories[name]]
        collation = collate([a for a, _ in own], [n for _, n in own])
        for toll, column in TOLLS.items():
            yield Line(toll, choose(collation, toll), int(on_file[name][column]), [a for a, _ in own])


def choose(collation: Collation, toll: str) -> AlignedFigure | None:
    """The figure of most reports that counts the toll; of equals, the first."""
    measures = {*load_lexicon("units")["units"], "year of age"}
    counting = [f for f in collation.figures if find_toll(f.about) == toll and f.unit not in measures]
    return max(counting, key=lambda f: len({r.article for r in f.readings}), default=None)


def holds(line: Line) -> bool:
    """Whether the number on file lies between the figure's lowest and highest reading."""
    assert line.figure is not None
    low = min(r.low if r.low is not None else 0 for r in line.figure.readings)
    high = max(r.high if r.high is not None else float("inf") for r in line.figure.readings)
    return low <= line.on_file <= high


def show(line: Line) -> None:
    """A conflict with the words around each reading."""
    assert line.figure is not None
    texts = {article.id: article.text for article in line.articles}
    print(f"\n{line.toll}, {line.on_file} on file: {line.figure.about}")
    for reading in line.figure.readings:
        text = texts[reading.article]
        print("   ", " ".join(text[max(0, reading.start - 70) : reading.end + 70].split()))


if __name__ == "__main__":
    main()
