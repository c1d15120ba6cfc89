"""Train the scorer that says which differences an editor would list, from the stories read by hand.

A difference is right when it touches two readings of one conflict of the gold. With --check every story is also judged by
what the other five teach; those numbers are the ones to believe.

    python training/differences.py [--check] [--shared FOLDER] OUT.json
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

sys.path.append(str(Path(__file__).parents[1] / "quality"))
import lining
import stories
from stories import OVERLAP, Labelled

from rashomon import codec
from rashomon.collate import line_up_rows
from rashomon.collate.differences import find_drafts
from rashomon.collate.differences.chances import FEATURES, SURE, draft_features, is_plain
from rashomon.collate.differences.draft import Draft
from rashomon.collate.lining.scorer import Scorer, Scorers
from rashomon.collate.material import Material
from rashomon.settings import DEFAULT

# Strength of the penalty on the weights (scikit-learn's C), and the probability from which a difference is shown.
PENALTY, LEAST = 0.1, 0.57

Floats = NDArray[np.float64]


class Lesson(NamedTuple):
    """What a story teaches: its differences, their features, and which of them the gold has."""

    story: Labelled
    drafts: list[Draft]
    features: dict[str, Floats]
    right: NDArray[np.bool_]


def main() -> None:
    """Train, and with --check measure story by story."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--check", action="store_true", help="judge each story by what the others teach")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    lined = [lining.lesson_of(story) for story in stories.load_stories(arguments.shared)]
    lessons = [lesson_of(one.story, lining.learn([*lined[:n], *lined[n + 1 :]])) for n, one in enumerate(lined)]
    if arguments.check:
        for n, one in enumerate(lessons):
            scorer = learn([*lessons[:n], *lessons[n + 1 :]])
            probability = scorer.probability(one.features)
            shown = np.array(
                [p >= LEAST or d.kind in SURE or is_plain(d) for p, d in zip(probability, one.drafts, strict=True)]
            )
            print(one.story.name, f"{shown.sum()} of {len(shown)} shown, {100 * one.right[shown].mean():.1f}% right")
    arguments.out.write_bytes(codec.pretty(learn(lessons)).encode())


def lesson_of(story: Labelled, scorers: Scorers) -> Lesson:
    """The differences of a story, lined up by what the other stories teach."""
    material = Material(story.articles, story.annotations, (), scorers)
    rows = line_up_rows(material, DEFAULT.collate)
    drafts = find_drafts(material, rows.names, rows.quotes, rows.figures, rows.points, rows.positions)
    right = [any(_touches(story, draft, conflict) for conflict in story.gold["conflicts"]) for draft in drafts]
    return Lesson(story, drafts, draft_features(material, rows.lineage, drafts), np.array(right, bool))


def _touches(story: Labelled, draft: Draft, conflict: dict[str, Any]) -> bool:
    """Whether a difference has two of a conflict's readings, or the only one."""
    touched = 0
    for reading in conflict["readings"]:
        start, end = reading["span"]["start"], reading["span"]["end"]
        touched += any(
            story.letter[r.article] == reading["article"]
            and min(end, r.end) - max(start, r.start) >= OVERLAP * max(1, min(end - start, r.end - r.start))
            for r in draft.readings
        )
    return touched >= min(2, len(conflict["readings"]))


def learn(lessons: Sequence[Lesson]) -> Scorer:
    """The scorer that some stories teach."""
    fitted = lining.fitted([x.features for x in lessons], [x.right for x in lessons], FEATURES, PENALTY, share=0.0)
    return msgspec.structs.replace(fitted, least=LEAST)


if __name__ == "__main__":
    main()
