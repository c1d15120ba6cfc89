"""Score every stage on its labelled set, compare with the floors, print gains and losses; leave with 1 at a loss.

Each of the six stories read by hand is collated "in" with the models that ship, which learned from it too, and "out" five times,
by what every four of the other five teach, with acts found by what all five teach. The floors `collation.*` rest on the mean of
"out": over six collations one row more or less in one story moves it by points, over thirty by tenths.

python quality/gate.py [--shared FOLDER] [--raise]
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from pathlib import Path
from statistics import fmean

import alignment
import examples
import invented
import msgspec
import reuse
import speakers
import stories
import unseen
from stories import Labelled

sys.path.append(str(Path(__file__).parents[1] / "training"))
import differences
import lining
import positions

from rashomon import codec
from rashomon.annotate import annotate
from rashomon.collate import compose
from rashomon.model import Annotations
from rashomon.read.plain import build_article
from rashomon.run import group_paths
from rashomon.run.pairs import trace_pairs

FLOORS = Path(__file__).parent / "floors.json"
# Measures of which less is better.
FALLING = frozenset({"collation.evidence.bad", "reuse.speech.wrong"})
# Scores are percentages with one decimal; a fall within this is the rounding.
SLACK = 0.05
_LINE = re.compile(
    r"^\s*(?P<name>[a-z][\w.+]*(?:\s+\d+%)?)\s+(?:P [\d.]+ R [\d.]+ F1 )?(?P<value>-?[\d.]+)(?: AP [\d.]+)?\s*$"
)


def main() -> int:
    """Run the gate; 0 when no measure fell below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora and scorers are")
    parser.add_argument("--raise", dest="lift", action="store_true", help="write the floors again where measures rose")
    arguments = parser.parse_args()
    floors: dict[str, float] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    scores = examples.measure()
    if (arguments.shared / "score").is_dir():
        scores |= measure(arguments.shared)
    else:
        print(f"quality: no scorers at {arguments.shared}; only the example stories were measured")
        floors = {name: value for name, value in floors.items() if name.startswith("examples.")}
        arguments.lift = False
    losses = compare(scores, floors)
    if arguments.lift and not losses:
        raised = {
            name: (min if name in FALLING else max)(value, floors.get(name, value))
            for name, value in sorted(scores.items())
        }
        FLOORS.write_text(json.dumps(raised, indent=1) + "\n")
    return 1 if losses else 0


def measure(shared: Path) -> dict[str, float]:
    """Every score by name; the stories are collated in a process of their own while the corpora are scored."""
    scores = {}
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        out = Path(folder)
        collated = pool.submit(collations, shared)
        for name, corpus in (
            ("attribution", "attribution/dev"),
            ("quantities", "quantities/dev"),
            ("times", "times/train"),
        ):
            gold = shared / "data" / f"{corpus}.jsonl"
            (out / f"{name}.jsonl").write_text("".join(annotated(gold)))
            scores |= run(shared, name, out / f"{name}.jsonl", gold)
        pairs = shared / "data" / "lineage" / "reuse_dev.jsonl"
        (out / "lineage.jsonl").write_text("".join(trace_pairs(pairs)))
        scores |= run(shared, "lineage", out / "lineage.jsonl", pairs)
        for corpus in ("gva", "basil"):
            gold = shared / "data" / "grouping" / f"{corpus}.jsonl"
            stories = out / f"{corpus}.json"
            stories.write_bytes(codec.encode(group_paths([gold])[0]))
            scores |= {
                name.replace("grouping", f"grouping.{corpus}"): value
                for name, value in run(shared, "grouping", stories, gold).items()
            }
        scores |= alignment.measure(shared) | reuse.measure(shared) | speakers.score(speakers.resolve(shared))
        scores |= unseen.measure(shared) | invented.measure(shared)
        return scores | collated.result()


def collations(shared: Path) -> dict[str, float]:
    """The mean of each measure of the six stories, each collated by what others teach; prints every story, in and out."""
    read = stories.load_stories(shared)
    inside = [stories.measure(shared, story) for story in read]
    outside = left_out(shared, read)
    print(f"{'in / out':28}" + "".join(f"{name:>14}" for name in (*stories.STORIES, "mean")))
    means = {}
    for name in outside[0]:
        pairs = [(a[name], b[name]) for a, b in zip(inside, outside, strict=True) if name in b]
        means[name] = fmean(b for _, b in pairs)
        cells = [f"{a[name]:.0f} / {b[name]:.0f}" if name in b else "" for a, b in zip(inside, outside, strict=True)]
        cells.append(f"{fmean(a for a, _ in pairs):.1f} / {means[name]:.1f}")
        print(f"{name:28}" + "".join(f"{cell:>14}" for cell in cells))
    return {f"collation.{name}": round(value, 1) for name, value in means.items()}


def left_out(shared: Path, read: Sequence[Labelled]) -> list[dict[str, float]]:
    """The measures of each story, the mean of its collations by what every four of the other five teach."""
    acts = [positions.lesson_of(shared, story) for story in read]
    lessons = [lining.lesson_of(s) for s in positions.taught_by_others(acts, positions.other_examples(shared))]
    figured = lining.figured_of(shared)
    told = differences.lined_invented(figured)
    found: list[list[dict[str, float]]] = [[] for _ in lessons]
    for pair in combinations(range(len(lessons)), 2):
        teaching = [one for n, one in enumerate(lessons) if n not in pair]
        scorers = lining.learn(teaching, figured)
        chances = differences.learn([*(differences.lined_of(one.story, scorers) for one in teaching), *told])
        for n in pair:
            one = differences.lined_of(lessons[n].story, scorers)
            collation = compose(one.material, one.rows, chances=chances)
            found[n].append(stories.score(shared, one.story, collation))
    return [{x: fmean(one[x] for one in own) for x in own[0]} for own in found]


def annotated(gold: Path) -> list[str]:
    """A corpus annotated, a JSON line an article."""
    lines = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    # by number: a corpus may have a document twice
    articles = [
        build_article(id=str(n), path=x["id"], text=x["text"], published=x.get("published"), language="en")
        for n, x in enumerate(lines)
    ]
    return [line_of(x["id"], found) for x, found in zip(lines, annotate(articles), strict=True)]


def line_of(name: str, found: Annotations) -> str:
    """The line `rashomon annotate` prints; an open end is no upper end to the scorer of quantities."""
    fields = msgspec.to_builtins(found)
    for figure in fields["figures"]:
        if figure["low"] is None or figure["low"] == figure["high"]:
            figure["high"] = None
    return json.dumps({**fields, "id": name}) + "\n"


def run(shared: Path, scorer: str, predicted: Path, gold: Path) -> dict[str, float]:
    """A scorer's measures, each with the scorer's name before it."""
    script = shared / "score" / f"{scorer}.py"
    done = subprocess.run(
        [sys.executable, str(script), str(predicted), str(gold)], capture_output=True, text=True, check=True
    )
    matches = (_LINE.match(line) for line in done.stdout.splitlines())
    return {f"{scorer}.{' '.join(m['name'].split())}": float(m["value"]) for m in matches if m}


def compare(scores: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Print each measure beside its floor; the names of those that got worse."""
    losses = []
    for name, value in sorted(scores.items()):
        floor = floors.get(name)
        change = 0.0 if floor is None else value - floor
        worse = change > SLACK if name in FALLING else change < -SLACK
        sign = "new" if floor is None else "LOSS" if worse else f"+{change:.1f}" if change > SLACK else ""
        print(f"{name:42} {value:6.1f}  {'' if floor is None else f'{floor:6.1f}'}  {sign}")
        if worse:
            losses.append(name)
    for name in sorted(set(floors) - set(scores)):
        print(f"{name:42}   none  {floors[name]:6.1f}  LOSS")
        losses.append(name)
    return losses


if __name__ == "__main__":
    sys.exit(main())
