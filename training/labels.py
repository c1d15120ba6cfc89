"""Train the scorer of labels that can be printed, src/rashomon/collate/printable.json, from labels that were read by hand.

labels.jsonl beside this file has editors' marks of some 1,200 labels, of the six stories and of other stories: P printable as
it stands, E clumsy, W wrong, cut short, or not understood beside nothing else. Only the places of clauses are kept; the
reports are looked up in the corpora, each with its story. The scorer learns from the other stories alone, so that the six judge it.
With --check each source is judged by what the others teach; those numbers are the ones to believe.

    python training/labels.py [--check] [--shared FOLDER] OUT.json
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

sys.path.append(str(Path(__file__).parents[1] / "quality"))
import lining
import stories

from rashomon import codec
from rashomon.collate.clause_labels import clause_label
from rashomon.collate.lining.scorer import Scorer
from rashomon.collate.material import Material
from rashomon.collate.printable import FEATURES, Label, label_features

MARKS = Path(__file__).parent / "labels.jsonl"
CORPORA = ("basil", "gva")
# Strength of the penalty on the weights (scikit-learn's C); three times more or less changes no measure by a point.
PENALTY = 0.03
# What a label must reach to be a line of the briefing: of those that do, in sources left out, 41 to 56 in 100 can be printed and
# 24 to 36 are wrong (of all, 32 to 34 and 33 to 47); and what it must reach where most reports tell it and there is room.
LEAST, NEAR = 0.2, 0.05

Floats = NDArray[np.float64]
Marks = Mapping[str, Sequence[tuple[int, int, str]]]


class Lesson(NamedTuple):
    """What a source teaches: the features of its labels, and their marks."""

    source: str
    features: dict[str, Floats]
    marks: NDArray[np.str_]


def main() -> None:
    """Train, and with --check measure source by source."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--check", action="store_true", help="judge each source by what the others teach")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    marks = load_marks()
    corpora = [of_corpus(arguments.shared, name, marks) for name in CORPORA]
    if arguments.check:
        lessons = [*corpora, of_stories(arguments.shared, marks)]
        for n, lesson in enumerate(lessons):
            check(lesson, learn([*lessons[:n], *lessons[n + 1 :]]))
    arguments.out.write_bytes(codec.pretty(learn(corpora)).encode())


def load_marks() -> Marks:
    """The marks of each article: where a clause begins and ends, and what an editor says of its label."""
    lines = [json.loads(line) for line in MARKS.read_text(encoding="utf-8").splitlines()]
    return {x["article"]: [(start, end, mark) for start, end, mark in x["marks"]] for x in lines}


def of_stories(shared: Path, marks: Marks) -> Lesson:
    """What the stories read by hand teach."""
    return lesson_of("stories", [story.material for story in stories.load_stories(shared)], marks)


def of_corpus(shared: Path, name: str, marks: Marks) -> Lesson:
    """What a corpus of reports teaches, each read in its story."""
    return lesson_of(name, [stories.of_corpus(own) for own in stories_of(shared, name, marks)], marks)


def stories_of(shared: Path, name: str, known: Container[str], field: str = "id") -> list[list[dict[str, Any]]]:
    """The stories of a corpus of which a report's field is known, each as the lines of its reports."""
    own: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (shared / "data" / "grouping" / f"{name}.jsonl").open(encoding="utf-8"):
        report = json.loads(line)
        own[report["story"]].append(report)
    return [reports for reports in own.values() if any(x[field] in known for x in reports)]


def lesson_of(source: str, materials: Sequence[Material], marks: Marks) -> Lesson:
    """The marked labels of some articles, with their features."""
    told = [(material, list(_marked(material, marks))) for material in materials]
    parts = [label_features(material, [label for label, _ in own]) for material, own in told]
    return Lesson(
        source,
        {name: np.concatenate([part[name] for part in parts]) for name in FEATURES},
        np.array([mark for _, own in told for _, mark in own]),
    )


def _marked(material: Material, marks: Marks) -> Iterator[tuple[Label, str]]:
    """The labels of clauses that have a mark, as they are made today."""
    for article in material.ids:
        clauses = {(c.start, c.end): c for c in material.found[article].clauses}
        for start, end, mark in marks.get(article, ()):
            clause = clauses.get((start, end))
            words = clause_label(material, article, clause) if clause is not None else None
            if clause is not None and words is not None:
                yield Label(article, clause, words), mark


def learn(lessons: Sequence[Lesson]) -> Scorer:
    """What some sources teach of labels that can be printed."""
    good = [lesson.marks == "P" for lesson in lessons]
    scorer = lining.fitted([lesson.features for lesson in lessons], good, FEATURES, PENALTY, share=0.0)
    return msgspec.structs.replace(scorer, least=LEAST, near=NEAR)


def check(lesson: Lesson, scorer: Scorer) -> None:
    """Print how well a source's labels are ranked by what the others teach, and what those are that reach the bar."""
    likely, marks = scorer.probability(lesson.features), lesson.marks
    kept = marks[likely >= LEAST]
    shares = "  ".join(f"{m} {100 * (kept == m).mean():.0f}% of {100 * (marks == m).mean():.0f}%" for m in "PEW")
    print(
        f"{lesson.source:8} {len(marks)} labels, area under the curve {roc_auc_score(marks == 'P', likely):.3f} (P), "
        f"{roc_auc_score(marks != 'W', likely):.3f} (not W); {len(kept)} reach the bar: {shares}"
    )


if __name__ == "__main__":
    main()
