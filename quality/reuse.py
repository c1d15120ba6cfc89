"""Score text reuse on pairs harder than reprints: small borrowings, heavy rewording, and shared speech that is none.

    python quality/reuse.py [--shared FOLDER] [--pairs N]

Each kind has N pairs of reports of different shootings (grouping/gva.jsonl), made by a seeded generator:
  paragraph   one paragraph of one report stands in the other, and nothing else
  clauses     three runs of 10 to 16 words of one stand inside sentences of the other
  reworded    every sentence with two words in five replaced, clauses at a comma swapped, one in three cut short
  speech      one quotation of 25 words or more stands in both: two reports of one speech, no borrowing
Prints precision and recall of pairs and F1 of characters, by the rules of score/lineage.py, for each kind.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from rashomon.text.borrowing import find_borrowed
from rashomon.text.runs import chars_of, read_words

SEED = 20260415
REPLACED = 0.4
PAIRS = 150
Spans = list[list[int]]


class Pair(NamedTuple):
    """Two texts, the spans they share, and whether one borrowed from the other."""

    original: str
    reprint: str
    spans: Spans
    label: int


class Score(NamedTuple):
    """Pairs: said to be borrowed and are, said, are. Characters of both texts: right, ours, gold."""

    pairs: tuple[int, int, int]
    chars: tuple[int, int, int]


def main() -> None:
    """Make the pairs of every kind and score them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora and scorers are")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="pairs of each kind")
    arguments = parser.parse_args()
    for name, score in score_kinds(arguments.shared, arguments.pairs).items():
        print(f"{name:10} {say(score)}")


def measure(shared: Path) -> dict[str, float]:
    """For the gate: recall of pairs and F1 of characters in percent, and how many pairs of one speech were taken for more."""
    measures = {}
    for name, score in score_kinds(shared, PAIRS).items():
        right, said, are = score.pairs
        same, ours, gold = score.chars
        if are:
            measures[f"reuse.{name}.pairs"] = round(100 * right / are, 1)
            measures[f"reuse.{name}.characters"] = round(200 * same / max(1, ours + gold), 1)
        else:
            measures[f"reuse.{name}.wrong"] = float(said)
    return measures


def score_kinds(shared: Path, n: int) -> dict[str, Score]:
    """The score of each kind."""
    sys.path.insert(0, str(shared / "score"))
    texts = read_texts(shared)
    return {name: score_pairs(list(make_pairs(texts, make, n))) for name, make in KINDS.items()}


def read_texts(shared: Path) -> list[str]:
    """One text of each story, in a seeded order."""
    by_story: dict[str, str] = {}
    with (shared / "data" / "grouping" / "gva.jsonl").open(encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            by_story.setdefault(article["story"], article["text"])
    texts = [by_story[story] for story in sorted(by_story)]
    random.Random(SEED).shuffle(texts)  # noqa: S311 - a seeded order is wanted
    return texts


def make_pairs(texts: list[str], make: Callable[[str, str, random.Random], Pair | None], most: int) -> Iterator[Pair]:
    """Pairs of neighbours in the order that allow a pair of the kind."""
    rng = random.Random(SEED)  # noqa: S311 - a seeded choice is wanted
    n = 0
    for a, b in pairwise(texts):
        pair = make(a, b, rng)
        if pair is not None and n < most:
            n += 1
            yield pair


def paragraph(a: str, b: str, rng: random.Random) -> Pair | None:
    """A paragraph of one report among the other's."""
    own = [m for m in re.finditer(r"[^\n]+", a) if 20 <= len(m[0].split()) <= 60]
    places = [m.start() for m in re.finditer(r"(?<=\n)[^\n]", b)]
    if not own or len(places) < 8:
        return None
    taken, at = rng.choice(own), rng.choice(places)
    return Pair(a, b[:at] + taken[0] + "\n\n" + b[at:], [[*taken.span(), at, at + len(taken[0])]], 1)


def clauses(a: str, b: str, rng: random.Random) -> Pair | None:
    """Runs of words inside sentences of the other."""
    words = list(re.finditer(r"\S+", a))
    gaps = [m.start() for m in re.finditer(r"(?<=\w) (?=\w)", b)]
    if len(words) < 120 or len(gaps) < 120:
        return None
    at = 0
    text, spans = "", []
    for gap in sorted(rng.sample(gaps, 3)):
        first = rng.randrange(len(words) - 16)
        start, end = words[first].start(), words[first + rng.randint(10, 16) - 1].end()
        text += b[at:gap] + " "
        spans.append([start, end, len(text), len(text) + end - start])
        text += a[start:end]
        at = gap
    return Pair(a, text + b[at:], spans, 1)


def reworded(a: str, b: str, rng: random.Random) -> Pair | None:
    """Every sentence reworded, in order, without the small ones."""
    stock = b.split()
    sentences = [m for m in re.finditer(r"[A-Z][^.!?\n]*[.!?]", a) if len(m[0].split()) >= 10]
    if len(sentences) < 6 or len(stock) < 100:
        return None
    text, spans = "", []
    for sentence in sentences:
        words = [rng.choice(stock) if rng.random() < REPLACED else w for w in sentence[0].split()]
        comma = next((n for n, w in enumerate(words) if w.endswith(",") and 3 <= n <= len(words) - 4), None)
        if comma is not None and rng.random() < 0.5:
            words = words[comma + 1 :] + words[: comma + 1]
        if rng.random() < 1 / 3:
            words = words[: max(8, len(words) * 2 // 3)]
        spans.append([*sentence.span(), len(text), len(text) + len(" ".join(words))])
        text += " ".join(words) + "\n\n"
    return Pair(a, text, spans, 1)


def speech(a: str, b: str, rng: random.Random) -> Pair | None:
    """One quotation in both reports."""
    said = [m for m in re.finditer(r"[“\"]([^“”\"\n]+)[”\"]", a) if len(m[1].split()) >= 25]
    places = [m.start() for m in re.finditer(r"(?<=\n)[^\n]", b)]
    if not said or len(places) < 8:
        return None
    taken, at = rng.choice(said), rng.choice(places)
    return Pair(a, f"{b[:at]}“{taken[1]}” the witness said.\n\n{b[at:]}", [], 0)


KINDS: dict[str, Callable[[str, str, random.Random], Pair | None]] = {
    "paragraph": paragraph,
    "clauses": clauses,
    "reworded": reworded,
    "speech": speech,
}


def score_pairs(pairs: list[Pair]) -> Score:
    """Ours against the spans that were put there; a pair is said to be borrowed when anything is found."""
    from lineage import counts  # of the scorers, found by path

    said, right, chars = 0, 0, [0, 0, 0]
    for pair in pairs:
        left, other = read_words(pair.original), read_words(pair.reprint)
        stretches = find_borrowed(left, other)
        found = bool(stretches)
        said += found
        right += found and pair.label == 1
        ours = [[*chars_of(left, *s.left), *chars_of(other, *s.right)] for s in stretches]
        chars = [x + y for x, y in zip(chars, counts(ours, pair.spans), strict=True)]
    return Score((right, said, sum(p.label for p in pairs)), (chars[0], chars[1], chars[2]))


def say(score: Score) -> str:
    """A score in a line."""
    right, said, are = score.pairs
    same, ours, gold = score.chars
    if not are:
        return f"{said} pairs wrongly said to share text, {ours} characters claimed"
    return (
        f"pair P {100 * right / max(1, said):.1f} R {100 * right / are:.1f}  "
        f"characters P {100 * same / max(1, ours):.1f} R {100 * same / gold:.1f} F1 {200 * same / max(1, ours + gold):.1f}"
    )


if __name__ == "__main__":
    main()
