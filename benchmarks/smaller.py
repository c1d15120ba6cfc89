"""What a smaller pipeline would cost and lose: annotation with parts left out, and how well it still tells who says what.

Reports of the attribution corpus are annotated whole and in smaller ways; printed are processor seconds a report, as a share of the
whole, and the F1 of the corpus's scorer: contents of all attributions, their speakers, and the speakers of quotations in marks.

    python benchmarks/smaller.py [--shared FOLDER] [--articles 28]
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec

import rashomon.annotate as whole
from rashomon.annotate import annotate, tagging
from rashomon.model import Annotations, Article, Span
from rashomon.read.plain import build_article
from rashomon.settings import DEFAULT, AnnotateSettings

# Finders that quotes and their speakers do not ask.
OTHERS = ("find_times", "find_clauses", "find_figures", "find_acts")
# How much of a report is read by those who read only its beginning, in characters: about 300 words.
BEGINNING = 1_800
MARKS = re.compile(r"[\"“”]")
MEASURES = ("all.content_soft", "all.source_e2e", "quotes.speaker")
Parsed = tagging.Parsed


def main() -> None:
    """Annotate, score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where corpora and scorers are")
    parser.add_argument("--articles", type=int, default=28, help="how many reports, spread over the corpus")
    arguments = parser.parse_args()
    lines = (arguments.shared / "data" / "attribution" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold = lines[:: max(1, len(lines) // arguments.articles)][: arguments.articles]
    told = [json.loads(line) for line in gold]
    articles = [build_article(id=str(n), path=x["id"], text=x["text"], language="en") for n, x in enumerate(told)]
    list(annotate(articles[:2]))  # models are loaded
    base = None
    print(f"{len(articles)} reports, {sum(len(a.text.split()) for a in articles)} words")
    for name, (way, batch) in WAYS.items():
        with way():
            started = time.process_time()
            found = list(annotate(articles, msgspec.structs.replace(DEFAULT, annotate=AnnotateSettings(batch=batch))))
            seconds = (time.process_time() - started) / len(articles)
        base = base or seconds
        ours = [{"id": x["id"], "quotes": f.quotes} for x, f in zip(told, found, strict=True)]
        scores = score(arguments.shared, gold, ours) if any(f.quotes for f in found) else []
        shown = "".join(f"{s:7.1f}" for s in scores)
        print(f"{name:45}{seconds:7.3f} s {100 * seconds / base:4.0f}%{shown}", flush=True)


@contextmanager
def without_finders(*parts: str) -> Iterator[None]:
    """Texts are tagged and parsed, by fewer parts of the pipeline, and nothing is looked for: every finder climbs sentence trees."""
    tell = patch.object(whole, "_find_all", lambda parsed: Annotations(article_id=parsed.article.id))
    with tell, tagging.load_pipeline().select_pipes(disable=parts):
        yield


@contextmanager
def without_names() -> Iterator[None]:
    """The recogniser of names is off."""
    with patch.object(tagging, "find_entities", lambda *_: None):
        yield


@contextmanager
def without_names_and_finders() -> Iterator[None]:
    """Texts are tagged."""
    with without_names(), without_finders("parser"):
        yield


@contextmanager
def without_others() -> Iterator[None]:
    """Only quotes and speakers are looked for."""
    with ExitStack() as stack:
        for name in OTHERS:
            stack.enter_context(patch.object(whole, name, lambda *_: ()))
        yield


@contextmanager
def within(keep: Callable[[Article, Sequence[Span]], list[Span]]) -> Iterator[None]:
    """Only some of the paragraphs are looked at."""
    read = tagging.reporting_paragraphs
    with patch.object(tagging, "reporting_paragraphs", lambda article, longest: keep(article, read(article, longest))):
        yield


def beginning(_: Article, paragraphs: Sequence[Span]) -> list[Span]:
    """Those that the report begins with."""
    return [p for p in paragraphs if p.start < BEGINNING]


def marked(article: Article, paragraphs: Sequence[Span]) -> list[Span]:
    """Those with quotation marks."""
    return [p for p in paragraphs if MARKS.search(article.text, p.start, p.end)]


def score(shared: Path, gold: Sequence[str], found: Sequence[Any]) -> list[float]:
    """The F1 of each of `MEASURES`, by the corpus's scorer."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "ours.jsonl", Path(folder) / "gold.jsonl"
        ours.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in found))
        theirs.write_text("".join(f"{line}\n" for line in gold), encoding="utf-8")
        script = shared / "score" / "attribution.py"
        done = subprocess.run([sys.executable, script, ours, theirs], capture_output=True, text=True, check=True)
    told = {line.split()[0]: float(line.split()[-1]) for line in done.stdout.splitlines() if "F1" in line}
    return [told[name] for name in MEASURES]


WAYS: dict[str, tuple[Callable[[], AbstractContextManager[Any]], int]] = {
    "whole": (nullcontext, 128),
    "whole, 8 paragraphs at once": (nullcontext, 8),
    "whole, 32 paragraphs at once": (nullcontext, 32),
    "whole, 512 paragraphs at once": (nullcontext, 512),
    "no recogniser of names": (without_names, 128),
    "quotes and speakers alone": (without_others, 128),
    "paragraphs with quotation marks alone": (lambda: within(marked), 128),
    "the first 300 words": (lambda: within(beginning), 128),
    "the pass alone": (without_finders, 128),
    "the pass alone, no parser": (lambda: without_finders("parser"), 128),
    "the pass alone, no parser, no recogniser": (without_names_and_finders, 128),
}


if __name__ == "__main__":
    main()
