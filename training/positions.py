"""Train the model of acts, src/rashomon/annotate/acts/acts.npz, from acts that were read by hand.

    python training/positions.py [--shared FOLDER] [--check] [OUT]

Two sources: the positions of the stories in ../shared/gold (a candidate that overlaps a reading tells an act), and positions.jsonl beside
this file, some 25,000 candidates of 1,027 other reports judged by readers of the project to ../shared/gold/guide.md (only offsets
and a hash of the report are kept; its text is looked up in the corpora). --check leaves out each story in turn, collates
it with what the others teach, and prints how many of its positions are found and how many of ours are positions.

What the judged reports teach stays the same while no finder changes: it is kept in a folder beside the repository's files, as
hashed features without a word of text, under a hash of the finders' code, lists and models.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

sys.path.append(str(Path(__file__).parents[1] / "quality"))
import stories
from stories import Labelled

from rashomon.annotate.acts import find_acts, propose_acts
from rashomon.annotate.acts.features import FEATURES, N_BUCKETS
from rashomon.annotate.acts.model import MODEL, ActModel, load_act_model
from rashomon.annotate.mentions import find_mentions
from rashomon.annotate.quotes import find_quotes
from rashomon.annotate.speakers import Speakers, resolve_speakers
from rashomon.annotate.tagging import Parsed, parse_articles
from rashomon.collate.names import Names
from rashomon.errors import MissingModelError
from rashomon.model import Article, Mention, Quote, Span
from rashomon.provenance import FOLDER, find_pipeline
from rashomon.read.plain import build_article
from rashomon.settings import DEFAULT

JUDGED = Path(__file__).parent / "positions.jsonl"
CACHE = Path(__file__).parents[1] / ".quality"
# On what the candidates of a text depend.
FINDERS = ("annotate", "lexicon", "text")
# Corpora in which the reports of positions.jsonl are looked up.
CORPORA = ("grouping/gva", "grouping/basil", "attribution/train", "times/train")
# How much a candidate of each source weighs, and one that overlaps a reading but has another actor: somebody's act it is.
STORY, READ, OTHER_ACTOR = 1.0, 0.7, 0.3
# Strength of the two regressions (C of scikit-learn), chosen over the stories left out.
ACT_C, KIND_C = 0.1, 0.3
# What an act must reach: of the positions it brings in stories left out, some eight in ten are some.
THRESHOLD = 0.41
# Weights below this change nothing and are not stored.
SMALLEST = 1e-3
# A candidate and a reading are of one place when so much of the shorter one is in both.
SAME_PLACE = 0.5


class Example(NamedTuple):
    """A candidate: its buckets, whether an act is told there, whether by its actor, whether of its kind."""

    buckets: np.ndarray
    is_act: bool
    is_own: bool
    is_kind: bool
    weight: float


class Heard(NamedTuple):
    """An article with what its acts are read from."""

    parsed: Parsed
    mentions: tuple[Mention, ...]
    quotes: tuple[Quote, ...]
    speakers: Speakers


def main() -> None:
    """Train, check and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--check", action="store_true", help="leave each story out in turn and score it")
    parser.add_argument("out", type=Path, nargs="?", default=MODEL, help="where to write the model")
    arguments = parser.parse_args()
    others = other_examples(arguments.shared)
    if not _is_of_these_features(MODEL):
        write(train(others), MODEL)  # to read the stories with
    told = [lesson_of(arguments.shared, story) for story in stories.load_stories(arguments.shared)]
    examples = [*(e for lesson in told for e in lesson.examples), *others]
    acts = sum(e.is_act for e in examples)
    print(f"{len(examples)} candidates, {acts} in an act, {sum(e.is_kind for e in examples)} of its kind")
    write(train(examples), arguments.out)
    if arguments.check:
        check(arguments.shared, told, others)


def _is_of_these_features(path: Path) -> bool:
    """Whether the package can read a model: one that was made before a feature was changed stops it."""
    try:
        load_act_model(path)
    except MissingModelError:
        return False
    return True


class Lesson(NamedTuple):
    """A story read by hand, what its acts are read from, and what it teaches."""

    story: Labelled
    heard: tuple[Heard, ...]
    examples: tuple[Example, ...]


def lesson_of(shared: Path, story: Labelled) -> Lesson:
    """What a story teaches."""
    heard = tuple(hear(story.material.articles))
    return Lesson(story, heard, tuple(of_story(shared, story, heard)))


def taught_by_others(lessons: Sequence[Lesson], others: Sequence[Example]) -> list[Labelled]:
    """Each story with the acts that are found in it by what the other stories teach."""
    found = []
    for n, lesson in enumerate(lessons):
        rest = [e for other in (*lessons[:n], *lessons[n + 1 :]) for e in other.examples]
        model = train([*rest, *others])
        acts = {h.parsed.article.id: find_acts(h.parsed, h.quotes, h.speakers, model) for h in lesson.heard}
        found.append(replace(lesson.story, material=lesson.story.material.with_acts(acts)))
    return found


def hear(articles: Sequence[Article]) -> Iterator[Heard]:
    """The articles, parsed, with their quotes and speakers."""
    for parsed in parse_articles(articles, DEFAULT.annotate):
        mentions = find_mentions(parsed)
        speakers = Speakers(parsed, mentions)
        yield Heard(parsed, mentions, resolve_speakers(find_quotes(parsed, mentions), speakers), speakers)


def of_story(shared: Path, story: Labelled, heard: Sequence[Heard]) -> Iterator[Example]:
    """The candidates of a story, by the readings of its gold positions that each overlaps."""
    same_name = stories.load_scorer(shared).same_name
    names = Names(story.material)
    readings = [
        (r["article"], Span(r["span"]["start"], r["span"]["end"]), p["act"], p["actor"])
        for p in story.gold["positions"]
        for r in p["readings"]
    ]
    for h in heard:
        own = [r for r in readings if r[0] == story.letter[h.parsed.article.id]]
        for _, candidate, buckets in propose_acts(h.parsed, h.quotes, h.speakers):
            near = [r for r in own if overlap(candidate.span, r[1]) >= SAME_PLACE]
            actor = names.actor(candidate.actor) or candidate.actor
            same = [r for r in near if same_name(r[3], actor)]
            is_kind = any(r[2] == candidate.kind for r in same)
            weight = OTHER_ACTOR if near and not same else STORY
            yield Example(buckets, bool(near), bool(same), is_kind, weight)


def overlap(a: Span, b: Span) -> float:
    """The share of the shorter one that both have."""
    return max(0, min(a.end, b.end) - max(a.start, b.start)) / max(1, min(a.end - a.start, b.end - b.start))


def other_examples(shared: Path) -> list[Example]:
    """What the judged reports teach, from the folder where it is kept, or made and kept there."""
    file = CACHE / f"acts-{_key_of_finders()}.npz"
    if not file.exists():
        CACHE.mkdir(exist_ok=True)
        _keep(file, list(of_reading(shared)))
    with np.load(file) as kept:
        buckets = np.split(kept["buckets"], kept["ends"][:-1])
        columns = (kept[name].tolist() for name in Example._fields[1:])
        return [Example(*row) for row in zip(buckets, *columns, strict=True)]


def _key_of_finders() -> str:
    """A hash of all that decides which candidates a text has, and by which features."""
    files = [
        p for folder in FINDERS for p in sorted((FOLDER / folder).rglob("*")) if p.suffix in (".py", ".toml", ".npz")
    ]
    told = hashlib.sha256(f"{find_pipeline()}".encode())
    for file in (Path(__file__), JUDGED, *(p for p in files if p != MODEL)):
        told.update(file.read_bytes())
    return told.hexdigest()[:16]


def _keep(file: Path, examples: Sequence[Example]) -> None:
    """Store examples column by column."""
    columns: dict[str, Any] = {name: np.array([getattr(e, name) for e in examples]) for name in Example._fields[1:]}
    np.savez_compressed(
        file,
        buckets=np.concatenate([e.buckets for e in examples]),
        ends=np.cumsum([len(e.buckets) for e in examples]),
        **columns,
    )


def of_reading(shared: Path) -> Iterator[Example]:
    """The candidates judged by reading, found again by place."""
    judged = {
        row["text"]: {(at, speaker): frozenset(acts) for at, speaker, acts in row["judged"]}
        for row in map(json.loads, JUDGED.open(encoding="utf-8"))
    }
    texts = {}
    for corpus in CORPORA:
        for line in (shared / "data" / f"{corpus}.jsonl").open(encoding="utf-8"):
            text = json.loads(line)["text"]
            texts.setdefault(hash_of(text), text)
    articles = [build_article(id=key, path=key, text=texts[key], language="en") for key in judged if key in texts]
    print(f"{len(articles)} of {len(judged)} judged reports found")
    for h in hear(articles):
        own = judged[h.parsed.article.id]
        for paragraph, candidate, buckets in propose_acts(h.parsed, h.quotes, h.speakers):
            acts = own.get((paragraph.offset + candidate.token.idx, candidate.is_speaker))
            if acts is not None:
                yield Example(buckets, bool(acts), bool(acts), candidate.kind in acts, READ)


def hash_of(text: str) -> str:
    """By what a report is looked up."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def train(examples: Sequence[Example]) -> ActModel:
    """Both regressions: whether an act is told there, and, over the acts of its actor, whether its kind is right."""
    acts = [e for e in examples if e.is_own]
    act, act_bias = fit(examples, np.array([e.is_act for e in examples]), ACT_C)
    kind, kind_bias = fit(acts, np.array([e.is_kind for e in acts]), KIND_C)
    return ActModel(act, kind, act_bias, kind_bias, THRESHOLD)


def fit(examples: Sequence[Example], wanted: np.ndarray, strength: float) -> tuple[np.ndarray, float]:
    """Weights a bucket, and the bias, by L2-regularised maximum likelihood."""
    lengths = [len(e.buckets) for e in examples]
    used, columns = np.unique(np.concatenate([e.buckets for e in examples]), return_inverse=True)
    ends = np.cumsum([0, *lengths])
    rows = csr_matrix((np.ones(len(columns)), columns, ends), (len(examples), len(used)))
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(rows, wanted, sample_weight=np.array([e.weight for e in examples]))
    weights = np.zeros(N_BUCKETS)
    weights[used] = model.coef_[0]
    return weights, float(model.intercept_[0])


def check(shared: Path, lessons: Sequence[Lesson], others: Sequence[Example]) -> None:
    """Positions found and precise, per story, when it is left out; and the mean of the stories."""
    rows = []
    for story in taught_by_others(lessons, others):
        scores = stories.measure(shared, story)
        rows.append((scores["positions.found"], scores["positions.precision"]))
        print(f"{story.name:12} found {rows[-1][0]:5.1f}   precision {rows[-1][1]:5.1f}")
    print(f"{'mean':12} found {np.mean([f for f, _ in rows]):5.1f}   precision {np.mean([p for _, p in rows]):5.1f}")


def write(model: ActModel, out: Path) -> None:
    """Store what is not nearly zero: gaps between buckets and half-precision weights, and the features' names."""
    stored: dict[str, Any] = {
        "features": np.array(FEATURES),
        "threshold": model.threshold,
        "act_bias": model.act_bias,
        "kind_bias": model.kind_bias,
    }
    for name, weights in (("act", model.act), ("kind", model.kind)):
        kept = np.flatnonzero(np.abs(weights) > SMALLEST)
        stored[f"{name}_gaps"] = np.diff(kept, prepend=0).astype(np.uint32)
        stored[f"{name}_weights"] = weights[kept].astype(np.float16)
    np.savez_compressed(out, **stored)
    print(f"{out}: {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
