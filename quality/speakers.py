"""Score the step from a speaker's mention to a name (annotate/speakers.py) on our own table.

quality/speakers.jsonl: speakers of PolNeAR's train and dev articles, kept as offsets, each read in its article and labelled
with whom it stands for: `name` (a person or body, `means` pointing at the fullest form in the article, one list of
alternatives for each one named), `group` (described, not named) or `none` (no reader could tell, or nobody).

    python quality/speakers.py [--shared FOLDER] [--misses]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from rashomon.annotate.mentions import find_mentions
from rashomon.annotate.speakers import Speakers
from rashomon.annotate.tagging import parse_articles
from rashomon.model import Span
from rashomon.read.plain import build_article
from rashomon.settings import DEFAULT
from rashomon.text.naming import strip_honorific
from rashomon.text.words import STOP, find_words, fold

TABLE = Path(__file__).with_suffix(".jsonl")


class Case(NamedTuple):
    """One speaker: the phrase, what the table says, what we say, and the text before it."""

    phrase: str
    kind: str
    wanted: list[list[str]]
    answer: str | None
    before: str


def main() -> None:
    """Print accuracy and how often there is an answer; with --misses, every wrong answer and every missing one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--misses", action="store_true", help="print what was wrong or left open")
    arguments = parser.parse_args()
    cases = list(resolve(arguments.shared))
    for name, value in score(cases).items():
        print(f"{name:24} {value:5.1f}")
    if arguments.misses:
        for case in cases:
            if not is_right(case):
                print(f"\n{case.kind}: {case.before}⟦{case.phrase}⟧\n  wanted {case.wanted}, said {case.answer!r}")


def resolve(shared: Path) -> Iterator[Case]:
    """Every case of the table with our answer."""
    rows = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
    wanted = {row["article"] for row in rows}
    texts: dict[str, str] = {}
    for corpus in sorted({row["corpus"] for row in rows}):
        for line in (shared / "data" / "attribution" / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            if article["id"] in wanted:
                texts[article["id"]] = article["text"]
    articles = [build_article(id=name, path=name, text=text, language="en") for name, text in sorted(texts.items())]
    speakers = {
        parsed.article.id: Speakers(parsed, find_mentions(parsed))
        for parsed in parse_articles(articles, DEFAULT.annotate)
    }
    for row in rows:
        text, span = texts[row["article"]], Span(*row["span"])
        yield Case(
            phrase=text[span.start : span.end],
            kind=row["kind"],
            wanted=[[text[start:end] for start, end in part] for part in row["means"]],
            answer=speakers[row["article"]].name_of(span),
            before=" ".join(text[max(0, span.start - 300) : span.start].split()),
        )


def score(cases: Iterable[Case]) -> dict[str, float]:
    """Percentages: right among the answers, answers among the cases a reader could answer."""
    cases = list(cases)
    answered = [case for case in cases if case.answer is not None]
    open_to_answer = [case for case in cases if case.kind != "none"]
    return {
        "speakers.accuracy": 100 * sum(is_right(case) for case in answered) / len(answered),
        "speakers.answered": 100 * sum(case.answer is not None for case in open_to_answer) / len(open_to_answer),
    }


def is_right(case: Case) -> bool:
    """Whether the answer names the person, holds every one of several, or describes the same group."""
    if case.answer is None or not case.wanted:
        return case.answer is None and case.kind == "none"
    if case.kind == "group":
        said = _content(case.answer)
        return any(
            2 * len(said & _content(form)) >= max(1, min(len(said), len(_content(form)))) for form in case.wanted[0]
        )
    if len(case.wanted) == 1:
        return any(is_same_name(case.answer, form) for form in case.wanted[0])
    return all(any(_words(form)[-1] in _words(case.answer) for form in part) for part in case.wanted)


def is_same_name(said: str, wanted: str) -> bool:
    """Equal but for titles and middle names."""
    ours, theirs = _words(said), _words(wanted)
    return ours == theirs or (len(ours) > 1 and len(theirs) > 1 and (ours[0], ours[-1]) == (theirs[0], theirs[-1]))


def _words(form: str) -> list[str]:
    words = [fold(word.text).removesuffix("'s").removesuffix("’s") for word in find_words(strip_honorific(form))]
    return [word for word in words if word not in ("the", "a", "an")]


def _content(form: str) -> set[str]:
    return {word for word in _words(form) if word not in STOP}


if __name__ == "__main__":
    main()
