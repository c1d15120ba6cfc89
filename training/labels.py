"""Train the scorers of labels from what editors marked: which can be printed, and which reports stand behind one.

briefed.jsonl beside this file has marks of 4,200 labels of the stories of quality/unseen.jsonl: P printable as it stands, E clumsy,
W wrong, cut short, or not understood beside nothing else; and of those of several reports, which other reports tell every thing
in them. lettered.jsonl has the like of 505 lines of briefings, of 116 of these stories and of quality/invented, whose strict editors looked at
every report: it teaches which reports stand behind a label, beside the others. labels.jsonl has stricter editors' marks of 1,200 labels of BASIL, the Gun Violence Archive and the six stories, which judge.
Only places are kept (briefed.jsonl: the number of the report, where the label's clause begins and ends, the mark, and for each other
report its number, whether it tells all, and its readings); the reports are looked up in the corpora, each with its story.
Writes printable.json and backing.json into a folder. With --check eighths of the stories are judged by what the others teach, and the six
by all of them; those numbers are the ones to believe.

    python training/labels.py [--check] [--shared FOLDER] FOLDER
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

sys.path.append(str(Path(__file__).parents[1] / "quality"))
import invented
import lining
import stories
import unseen
from folds import FOLDS, fold_of

from rashomon import codec
from rashomon.collate import backing
from rashomon.collate.backing import Backing
from rashomon.collate.clause_labels import clause_label
from rashomon.collate.lining.scorer import Scorer
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.printable import FEATURES, Label, label_features
from rashomon.collate.tellers import Tellers
from rashomon.model import Reading

MARKS, LETTERED, STRICT_MARKS = (
    Path(__file__).parent / name for name in ("briefed.jsonl", "lettered.jsonl", "labels.jsonl")
)
CORPORA = ("basil", "gva")
# How often a strict editor's mark counts: so that the five times as many others do not outweigh it.
STRICT = 2
# Strength of the penalties on the weights (scikit-learn's C); three times more or less changes no measure by a point.
PENALTY = 0.1
# What a label must reach to come first among the lines of the briefing, and to be one where there is room; what a report must
# reach to stand behind a label.
LEAST, NEAR, BEHIND = 0.45, 0.2, 0.35

Floats = NDArray[np.float64]


class Lesson(NamedTuple):
    """What a story teaches: its labels' features and marks, and of other reports the features and whether each tells all of a label."""

    story: str
    labels: dict[str, Floats]
    marks: NDArray[np.str_]
    reports: dict[str, Floats]
    told: NDArray[np.bool_]


def main() -> None:
    """Train, and with --check measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument(
        "--check", action="store_true", help="judge parts of the stories, and the six, by what the others teach"
    )
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    marks = {line["story"]: line["labels"] for line in stories.read_lines(MARKS)}
    looked_at = {line["story"]: line["labels"] for line in stories.read_lines(LETTERED)}
    lessons: list[Lesson] = []
    lettered: list[Lesson] = []
    told = unseen.load_stories(arguments.shared, teaching=None, known=marks)
    for one in chain(told, invented.load_stories(teaching=True)):
        for known, own in ((marks, lessons), (looked_at, lettered)):
            if one.name in known:
                own.append(lesson_of(one.name, one.material, list(one.letter), known[one.name]))
    strict = [lesson for corpus in CORPORA for lesson in of_corpus(arguments.shared, corpus)]
    if arguments.check:
        check("eighths left out", _by_fold(lessons, lessons, strict, lettered))
        check("lines whose every report was looked at", _by_fold(lettered, lessons, strict, lettered))
        check("the six", [(of_six(arguments.shared), learn(lessons, strict, lettered))])
    printed, behind = learn(lessons, strict, lettered)
    (arguments.folder / "printable.json").write_bytes(codec.pretty(printed).encode())
    (arguments.folder / "backing.json").write_bytes(codec.pretty(behind).encode())


def lesson_of(name: str, material: Material, reports: Sequence[str], marked: Sequence[Sequence[Any]]) -> Lesson:
    """What the marked labels of a story teach, as they are made today; `reports` are those that marks have by number."""
    names = Names(material)
    asked = Backing(material, names, Tellers(material, names))
    labels: list[Label] = []
    marks: list[str] = []
    features: list[dict[str, Floats]] = []
    told: list[bool] = []
    for number, start, end, mark, others in marked:
        label = _label_at(material, reports[number], start, end)
        if label is None:
            continue
        labels.append(label)
        marks.append(mark)
        if others and mark != "W":
            theirs = [[Reading(article=reports[n], start=s, end=e) for s, e in own] for n, _, own in others]
            features.append(asked.features(label.place, label.clause, label.words, theirs)[1])
            told += [is_told for _, is_told, _ in others]
    joined = {x: np.concatenate([f[x] for f in features]) for x in backing.FEATURES} if features else {}
    return Lesson(name, label_features(material, labels), np.array(marks, np.str_), joined, np.array(told, bool))


def _label_at(material: Material, article: str, start: int, end: int) -> Label | None:
    """The label of a clause, if it has one still."""
    clause = material.clause_at(Reading(article=article, start=start, end=end))
    words = clause_label(material, article, clause) if clause is not None else None
    return Label(article, clause, words) if clause is not None and words is not None else None


def of_six(shared: Path) -> Lesson:
    """The marked labels of the stories read by hand."""
    return joined("six", [_strictly(story.name, story.material) for story in stories.load_stories(shared)])


def of_corpus(shared: Path, name: str) -> list[Lesson]:
    """What the stories of a corpus teach that strict editors read."""
    told = stories_of(shared, name, _strict_marks())
    return [_strictly(reports[0]["story"], stories.of_corpus(reports)) for reports in told]


def stories_of(shared: Path, name: str, known: Container[str], field: str = "id") -> list[list[dict[str, Any]]]:
    """The stories of a corpus of which a report's field is known, each as the lines of its reports."""
    own: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for report in stories.read_lines(shared / "data" / "grouping" / f"{name}.jsonl"):
        own[report["story"]].append(report)
    return [reports for reports in own.values() if any(x[field] in known for x in reports)]


def _strictly(name: str, material: Material) -> Lesson:
    """What strict editors' marks of a story teach."""
    marks = _strict_marks()
    marked = [[n, *mark, None] for n, article in enumerate(material.ids) for mark in marks.get(article, ())]
    return lesson_of(name, material, material.ids, marked)


@lru_cache(maxsize=1)
def _strict_marks() -> dict[str, list[list[Any]]]:
    """The strict editors' marks of each article: where a clause begins and ends, and what they say of its label."""
    return {x["article"]: x["marks"] for x in stories.read_lines(STRICT_MARKS)}


def joined(name: str, lessons: Sequence[Lesson]) -> Lesson:
    """Several lessons as one."""
    lessons = [lesson for lesson in lessons if len(lesson.marks)]
    told = [lesson for lesson in lessons if len(lesson.told)]
    return Lesson(
        name,
        {x: np.concatenate([lesson.labels[x] for lesson in lessons]) for x in FEATURES},
        np.concatenate([lesson.marks for lesson in lessons]),
        {x: np.concatenate([lesson.reports[x] for lesson in told]) for x in backing.FEATURES} if told else {},
        np.concatenate([lesson.told for lesson in lessons]),
    )


def learn(lessons: Sequence[Lesson], strict: Sequence[Lesson], lettered: Sequence[Lesson]) -> tuple[Scorer, Scorer]:
    """What some stories, and those that strict editors read, teach of labels that can be printed, and of reports behind one."""
    read = [*lessons, *STRICT * list(strict)]
    told = [lesson for lesson in (*lessons, *lettered) if len(lesson.told)]
    printed = lining.fitted([x.labels for x in read], [x.marks == "P" for x in read], FEATURES, PENALTY, share=0.0)
    behind = lining.fitted([x.reports for x in told], [x.told for x in told], backing.FEATURES, PENALTY, share=0.0)
    return msgspec.structs.replace(printed, least=LEAST, near=NEAR), msgspec.structs.replace(behind, least=BEHIND)


Judged = tuple[Lesson, tuple[Scorer, Scorer]]


def _by_fold(
    judged: Sequence[Lesson], lessons: Sequence[Lesson], strict: Sequence[Lesson], lettered: Sequence[Lesson]
) -> list[Judged]:
    """Each part of the stories that are judged with what the other parts teach."""
    parts = []
    for number in range(FOLDS):
        own = [lesson for lesson in judged if fold_of(lesson.story) == number]
        rest = ([lesson for lesson in some if fold_of(lesson.story) != number] for some in (lessons, strict, lettered))
        parts.append((joined(str(number), own), learn(*rest)))
    return parts


def check(name: str, parts: Sequence[Judged]) -> None:
    """Print how well labels, and the reports behind them, are ranked, and what those are that reach each bar."""
    marks = np.concatenate([lesson.marks for lesson, _ in parts])
    likely = np.concatenate([printed.probability(lesson.labels) for lesson, (printed, _) in parts])
    print(f"{name}: {len(marks)} labels, area under the curve {roc_auc_score(marks == 'P', likely):.3f} (P), ", end="")
    print(f"{roc_auc_score(marks != 'W', likely):.3f} (not W); all: {_shares(marks)}")
    for least in (NEAR, LEAST):
        print(f"  {np.sum(likely >= least)} reach {least}: {_shares(marks[likely >= least])}")
    asked = [(lesson, behind) for lesson, (_, behind) in parts if len(lesson.told)]
    if not asked:
        return
    told = np.concatenate([lesson.told for lesson, _ in asked])
    likely = np.concatenate([behind.probability(lesson.reports) for lesson, behind in asked])
    kept = told[likely >= BEHIND]
    print(
        f"  {len(told)} reports, {told.sum()} tell all, area under the curve {roc_auc_score(told, likely):.3f}; ",
        end="",
    )
    print(
        f"{len(kept)} reach {BEHIND}: {100 * kept.mean():.0f}% of them tell all, {100 * kept.sum() / told.sum():.0f}% of those"
    )


def _shares(marks: NDArray[np.str_]) -> str:
    return "  ".join(f"{mark} {100 * (marks == mark).mean():.0f}%" for mark in "PEW")


if __name__ == "__main__":
    main()
