"""The six stories that were read by hand: their reports, their gold, and the measures of a collation of each."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rashomon import codec
from rashomon.annotate import annotate
from rashomon.collate import compose, line_up_rows
from rashomon.collate.lining import Scorers
from rashomon.collate.material import Material
from rashomon.model import Article, Collation, Span
from rashomon.read import read
from rashomon.read.plain import build_article
from rashomon.read.published import date_from_story
from rashomon.settings import DEFAULT

EXAMPLES = Path(__file__).parent.parent / "examples"
EXAMPLE_STORIES = ("harbour", "spillway", "straits")
STORIES = ("seeds", "event_0", "event_2", "event_4", "event_6", "courthouse")
# A place of ours tells what the gold marks there when they overlap by this share of the shorter, as the scorer has it.
OVERLAP = 0.5


def read_lines(path: Path) -> list[dict[str, Any]]:
    """What the lines of a JSON Lines file hold."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True)
class Labelled:
    """A story with what collating works on and the gold collation; `letter` names an article as the gold does."""

    name: str
    material: Material
    gold: dict[str, Any]
    letter: dict[str, str]

    def rows_at(self, section: str, article: str, spans: Sequence[Span]) -> frozenset[int]:
        """The numbers of the gold's rows of a section that have a reading where some spans of an article are."""
        found = set()
        for number, row in enumerate(self.gold[section]):
            for reading in row["readings"]:
                if reading["article"] == self.letter[article]:
                    there = Span(reading["span"]["start"], reading["span"]["end"])
                    if any(_overlap(span, there) >= OVERLAP for span in spans):
                        found.add(number)
        return frozenset(found)


def _overlap(a: Span, b: Span) -> float:
    return (min(a.end, b.end) - max(a.start, b.start)) / max(1, min(a.end - a.start, b.end - b.start))


def load_stories(shared: Path) -> list[Labelled]:
    """The six stories, read and annotated."""
    return [_load(shared, name) for name in STORIES]


@lru_cache(maxsize=1)
def load_examples() -> tuple[Labelled, ...]:
    """The invented stories of the repository, read and annotated."""
    return tuple(
        _labelled(name, read([EXAMPLES / name]).articles, _gold_of(EXAMPLES / "gold", name)) for name in EXAMPLE_STORIES
    )


def _gold_of(folder: Path, name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return gold


def _load(shared: Path, name: str) -> Labelled:
    gold = _gold_of(shared / "gold", name)
    if name == "seeds":
        intake = read([shared / "seeds"])
    else:
        with tempfile.TemporaryDirectory() as folder:
            lines = Path(folder) / "story.jsonl"
            script = [str(shared / "score" / "story.py"), str(shared / "gold" / f"{name}.json")]
            made = subprocess.run(
                [sys.executable, *script, str(shared / "data" / "stories" / name)], capture_output=True, check=True
            )
            lines.write_bytes(made.stdout)
            intake = read([lines])
    return _labelled(name, intake.articles, gold)


def _labelled(name: str, read_in: Sequence[Article], gold: dict[str, Any]) -> Labelled:
    material = material_of(read_in)
    letter = {a.id: mark for a in material.articles for mark, file in gold["files"].items() if _is_of(a, file)}
    return Labelled(name, material, gold, letter)


def material_of(read_in: Sequence[Article]) -> Material:
    """The reports of a story, dated by one another and annotated."""
    articles = date_from_story(read_in)
    return Material(articles, tuple(annotate(articles)))


def of_corpus(reports: Sequence[Mapping[str, Any]]) -> Material:
    """Some lines of a corpus as the reports of a story."""
    return material_of(
        [
            build_article(
                id=x["id"],
                path=x["id"],
                text=x["text"],
                title=x.get("title"),
                published=x.get("published"),
                language="en",
            )
            for x in reports
        ]
    )


def _is_of(article: Article, file: str) -> bool:
    return Path(article.path).name == file or article.id == file.split(".", maxsplit=1)[0]


@lru_cache(maxsize=1)
def load_scorer(shared: Path) -> Any:
    """The module that scores a collation against its gold."""
    spec = importlib.util.spec_from_file_location("score_collation", shared / "score" / "collation.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(shared: Path, story: Labelled, scorers: Scorers | None = None) -> dict[str, float]:
    """The scorer's measures of a story's collation, made with the scorers given or those that ship."""
    material = story.material.taught(scorers) if scorers else story.material
    return score(shared, story, compose(material, line_up_rows(material, DEFAULT.collate)))


def score(shared: Path, story: Labelled, collation: Collation) -> dict[str, float]:
    """The scorer's measures of a collation of a story."""
    found, _ = load_scorer(shared).score(json.loads(codec.encode(collation)), story.gold)
    return {name: round(float(value), 1) for name, value in found.items()}
