"""How well the scorer that lines sentences up into points tells pairs that say one thing, beside the cosine of static vectors.

SuperPAL (Ernst et al. 2021): each sentence of a summary with each of the documents of its topic; a pair is right when the
corpus has spans of both that say the same. QA-Align (Weiss et al. 2021): pairs of sentences; right when a proposition of one
is in the other. The measure is average precision over all pairs of a corpus.

    python quality/alignment.py [--shared FOLDER]
"""

from __future__ import annotations

import argparse
import ast
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.lining.features import cosines, pair_features
from rashomon.collate.material import Material
from rashomon.model import Annotations, Article, Span
from rashomon.read.plain import build_article

Floats = NDArray[np.float64]


class Judged(NamedTuple):
    """Two sentences, and whether they say one thing."""

    left: str
    right: str
    same: bool


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    for name, value in measure(parser.parse_args().shared).items():
        print(f"{name:32} {value:6.1f}")


def measure(shared: Path) -> dict[str, float]:
    """Average precision of our likeness, and how much better it is than cosine, in per cent, by corpus."""
    folder = shared / "data" / "alignment"
    scores = {}
    for name, pairs in (
        ("superpal", superpal(folder / "superpal_dev.jsonl")),
        ("qa_align", qa_align(folder / "qa_align_dev.jsonl")),
    ):
        same = np.array([p.same for p in pairs])
        ours, cosine = likeness(pairs)
        scores[f"alignment.{name}"] = 100 * average_precision(ours, same)
        scores[f"alignment.{name}.gain"] = scores[f"alignment.{name}"] - 100 * average_precision(cosine, same)
    return {name: round(value, 1) for name, value in scores.items()}


def superpal(path: Path) -> list[Judged]:
    """Every sentence of a topic's summary with every one of its documents."""
    sides: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    right = set()
    for line in path.open(encoding="utf-8"):
        entry = json.loads(line)
        pair = entry["scuSentence"], entry["docSentText"]
        for side, sentence in zip(sides[entry["topic"]], pair, strict=True):
            side.add(sentence)
        right.add(pair)
    return [
        Judged(a, b, (a, b) in right) for left, other in sides.values() for a in sorted(left) for b in sorted(other)
    ]


def qa_align(path: Path) -> list[Judged]:
    """The pairs as they are; aligned where any proposition is."""
    entries = (json.loads(line) for line in path.open(encoding="utf-8"))
    return [Judged(e["text_1"], e["text_2"], bool(ast.literal_eval(e["alignments"]))) for e in entries]


def likeness(pairs: Sequence[Judged]) -> tuple[Floats, Floats]:
    """The probability that ships, and the cosine, of each pair; every side of a corpus is read as one article."""
    left, right = (list(dict.fromkeys(p[side] for p in pairs)) for side in (0, 1))
    material = Material(*zip(_article("left", left), _article("right", right), strict=True))
    place = {side: {sentence: n for n, sentence in enumerate(sentences)} for side, sentences in ((0, left), (1, right))}
    whole = material.whole_sentences
    ours = np.array([place[0][p.left] for p in pairs], np.int64)
    theirs = np.array([len(left) + place[1][p.right] for p in pairs], np.int64)
    probability = material.scorers.points.probability(pair_features(whole, whole, ours, theirs))
    return probability, np.maximum(cosines(material.vectors, ours, theirs), 0)


def _article(name: str, sentences: Sequence[str]) -> tuple[Article, Annotations]:
    """An article of some sentences, a paragraph each."""
    spans, text = [], ""
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + "\n\n"
    article = build_article(id=name, path=name, text=text, language="en")
    return article, Annotations(article_id=name, sentences=tuple(spans))


def average_precision(score: Floats, right: NDArray[np.bool_]) -> float:
    """The mean over right pairs of the share of right ones among all scored as high."""
    ordered = right[np.argsort(-score, kind="stable")]
    return float((np.cumsum(ordered) / np.arange(1, len(ordered) + 1))[ordered].mean())


if __name__ == "__main__":
    main()
