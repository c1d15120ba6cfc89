"""Train the scorer of what is the news, src/rashomon/collate/leading.json, from the invented stories that teach.

Each clause in which a report begins, and which can be printed, is a case: whether it tells one of the two points that a briefing must
open with (quality/invented.py). With --check eighths of the stories are judged by what the others teach; those numbers are the
ones to believe. The stories read by hand are not learned from.

    python training/leading.py [--check] OUT.json
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

sys.path.append(str(Path(__file__).parents[1] / "quality"))
import invented
import lining
from folds import FOLDS, fold_of
from stories import Labelled

from rashomon import codec
from rashomon.collate.backing import Backing
from rashomon.collate.leading import FEATURES, lead_features, openings_of
from rashomon.collate.lining.scorer import Scorer
from rashomon.collate.names import Names
from rashomon.collate.tellers import Tellers

# Strength of the penalty on the weights (scikit-learn's C), and how likely a clause must be the news to be told as such.
PENALTY, LEAST = 0.3, 0.5
# A briefing opens with one of so many points.
FIRST = 2

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Lesson(NamedTuple):
    """The clauses in which a story's reports begin: their words, their features, and which are the news."""

    story: str
    words: list[str]
    features: dict[str, Floats]
    is_news: Flags


def main() -> None:
    """Train, and with --check measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="judge eighths of the stories by what the others teach")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    lessons = [lesson_of(story) for story in invented.load_stories(teaching=True)]
    if arguments.check:
        check(lessons)
    arguments.out.write_bytes(codec.pretty(learn(lessons)).encode())


def lesson_of(story: Labelled) -> Lesson:
    """What the beginnings of a story's reports teach."""
    material = story.material
    names = Names(material)
    openings = openings_of(material, material.ids)
    features = lead_features(material, Backing(material, names, Tellers(material, names)), openings, material.ids)
    first = {n for n, point in enumerate(story.gold["points"]) if point["id"] in story.gold["brief"][:FIRST]}
    is_news = [not first.isdisjoint(story.rows_at("points", o.label.article, [o.label.place.span])) for o in openings]
    return Lesson(story.name, [o.label.words for o in openings], features, np.array(is_news, bool))


def learn(lessons: Sequence[Lesson]) -> Scorer:
    """What some stories teach."""
    told = [one for one in lessons if len(one.words)]
    scorer = lining.fitted([one.features for one in told], [one.is_news for one in told], FEATURES, PENALTY, share=0.0)
    return msgspec.structs.replace(scorer, least=LEAST)


def check(lessons: Sequence[Lesson]) -> None:
    """Print of how many stories the likeliest clause is the news, each judged by what the others but its eighth teach."""
    found = []
    for one in lessons:
        scorer = learn([other for other in lessons if fold_of(other.story) != fold_of(one.story)])
        news = scorer.probability(one.features) if len(one.words) else np.zeros(0)
        best = int(np.argmax(news)) if len(news) else None
        if best is not None and news[best] >= LEAST:
            found.append(bool(one.is_news[best]))
    print(
        f"news: of {len(lessons)} stories {len(found)} have a likely clause, and of {sum(found)} it is ({FOLDS} parts)"
    )


if __name__ == "__main__":
    main()
