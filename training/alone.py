"""Train the scorer of what another report tells too, src/rashomon/collate/alone.json, from stories whose points were read by hand.

A clause that could be the line of one report's own point is a case: whether the reader has it in a point of another report
too. It learns from the stories of quality/unseen.jsonl alone, so that the six judge it. With --check eighths of the stories are
judged by what the others teach, and the six by what all of them teach.

    python training/alone.py [--check] [--shared FOLDER] OUT.json
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

sys.path.append(str(Path(__file__).parents[1] / "quality"))
import lining
import stories
import unseen
from folds import FOLDS, fold_of
from stories import Labelled

from rashomon import codec
from rashomon.collate import line_up_rows
from rashomon.collate.alone import FEATURES, elsewhere_features
from rashomon.collate.backing import Backing
from rashomon.collate.briefing import LEAST_ALONE
from rashomon.collate.differences.chances import load_chances
from rashomon.collate.lining.scorer import Scorer
from rashomon.collate.point_labels import printable, with_labels
from rashomon.collate.tellers import Tellers
from rashomon.settings import DEFAULT

# Strength of the penalty on the weights (scikit-learn's C); three times more or less changes no measure by a point.
PENALTY = 0.3
# From here on a line says no more that nobody else has it. Of 0.25, 0.3 and 0.35 the lowest that keeps what the briefings of the six tell
# (briefing.points); docs/collation.md has what is wrong below it.
LEAST = 0.3

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Lesson(NamedTuple):
    """A story's clauses that could be lines: their features, which are told elsewhere, and which could be printed."""

    story: str
    features: dict[str, Floats]
    elsewhere: Flags
    is_line: Flags


def main() -> None:
    """Train, and with --check measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--check", action="store_true", help="judge eighths of the stories by what the others teach")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    lessons = [lesson_of(story) for story in unseen.load_stories(arguments.shared)]
    scorer = learn(lessons)
    if arguments.check:
        folds = [fold_of(one.story) for one in lessons]
        taught = [learn([one for one, own in zip(lessons, folds, strict=True) if own != n]) for n in range(FOLDS)]
        report("folds", lessons, [taught[n] for n in folds])
        six = [lesson_of(story) for story in stories.load_stories(arguments.shared)]
        report("the six", six, [scorer] * len(six))
    arguments.out.write_bytes(codec.pretty(scorer).encode())


def lesson_of(story: Labelled) -> Lesson:
    """What the points that one report alone has in a story teach."""
    material = story.material
    rows = line_up_rows(material, DEFAULT.collate)
    tellers = Tellers(material, rows.names, load_chances().tellers)
    lone = [p for p in rows.points if len({r.article for r in p.readings}) == 1]
    points = with_labels(material, rows.names, lone, tellers, Backing(material, rows.names, tellers))
    chances = printable(material, points)
    told = [(p.label_reading, chances[p.id]) for p in points if p.label_reading is not None]
    places = [place for place, _ in told]
    elsewhere = [
        any(
            reading["article"] != story.letter[place.article]
            for n in story.rows_at("points", place.article, [place.span])
            for reading in story.gold["points"][n]["readings"]
        )
        for place in places
    ]
    return Lesson(
        story.name,
        elsewhere_features(material, places),
        np.array(elsewhere, bool),
        np.array([chance >= LEAST_ALONE for _, chance in told], bool),
    )


def learn(lessons: Sequence[Lesson]) -> Scorer:
    """What some stories teach."""
    features = [one.features for one in lessons]
    scorer = lining.fitted(features, [one.elsewhere for one in lessons], FEATURES, PENALTY, share=0.0)
    return msgspec.structs.replace(scorer, least=LEAST)


def report(name: str, lessons: Sequence[Lesson], scorers: Sequence[Scorer]) -> None:
    """Print how well clauses are ranked, and how many of those that could be lines are told elsewhere, of all and below the bar."""
    likely = np.concatenate([own.probability(one.features) for one, own in zip(lessons, scorers, strict=True)])
    elsewhere = np.concatenate([one.elsewhere for one in lessons])
    line = np.concatenate([one.is_line for one in lessons])
    kept = line & (likely < LEAST)
    print(
        f"{name}: {len(likely)} clauses, area under the curve {roc_auc_score(elsewhere, likely):.3f}; told elsewhere "
        f"{100 * elsewhere[line].mean():.0f}% of {line.sum()} lines, {100 * elsewhere[kept].mean():.0f}% of {kept.sum()} below the bar"
    )


if __name__ == "__main__":
    main()
