"""Time `collate` on 20 long reports beside a bare spaCy pass over the same text, and on many reports beside all pairs.

    python benchmarks/collate.py [--words 100000] [--rounds 3]
    python benchmarks/collate.py --reports examples/harbour [--rounds 3]
    python benchmarks/collate.py --reprints 100 200 400 800
    python benchmarks/collate.py --pooled 100

The reports are copies, with changes, of one text made from the example story by a seeded generator. Prints the best of
the rounds for each, and the ratio. With --reports it times annotating and collating some reports as they are. With --reprints or --pooled it times what collating costs beyond annotation: of reports
that are one text with a word in two hundred left out and a paragraph in ten, or of reports that have nothing in common.
The peer compares all pairs of sentences by scikit-learn's TF-IDF and says nothing but which are alike. Seconds are of the
processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer

from rashomon.annotate import annotate
from rashomon.annotate.tagging import load_pipeline
from rashomon.collate import collate
from rashomon.model import Article, Intake
from rashomon.read import read
from rashomon.read.plain import build_article
from rashomon.run import collate_articles

N_REPORTS = 20


def main() -> None:
    """Make the text, time both, print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=100_000, help="words in all reports together")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed")
    parser.add_argument("--reports", type=Path, nargs="+", default=[], help="reports to annotate and collate")
    parser.add_argument("--reprints", type=int, nargs="+", default=[], help="numbers of reprints to collate")
    parser.add_argument("--pooled", type=int, nargs="+", default=[], help="numbers of unrelated reports to collate")
    arguments = parser.parse_args()
    if arguments.reprints or arguments.pooled:
        print(f"{'':10}{'reports':>9}{'sentences':>11}{'collate':>10}{'all pairs':>11}")
        for name, numbers, make in (
            ("reprints", arguments.reprints, make_reprints),
            ("unrelated", arguments.pooled, make_unrelated),
        ):
            for n in numbers:
                time_many(name, make(n))
        return
    if arguments.reports:
        time_reports(read(arguments.reports).articles, arguments.rounds)
        return
    texts = make_texts(arguments.words // N_REPORTS)
    articles = tuple(
        build_article(id=f"r{n:02}", path=f"r{n:02}", text=text, language="en", published="2026-04-15")
        for n, text in enumerate(texts)
    )
    pipeline = load_pipeline()
    list(pipeline.pipe(texts[:1]))
    bare, whole = [], []
    for _ in range(arguments.rounds):
        bare.append(timed(lambda: sum(1 for _ in pipeline.pipe(texts))))
        whole.append(timed(lambda: collate_articles(Intake(articles=articles))))
    n_words = sum(len(text.split()) for text in texts)
    print(f"{n_words:,} words in {len(texts)} reports, best of {arguments.rounds}")
    print(f"spaCy alone      {min(bare):6.2f} s")
    print(f"rashomon collate {min(whole):6.2f} s   {min(whole) / min(bare):.2f} x")
    print(f"most memory      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB")


def time_reports(articles: Sequence[Article], rounds: int) -> None:
    """Print what annotating and collating some reports cost beside a bare spaCy pass, the best of the rounds."""
    pipeline = load_pipeline()
    found = list(annotate(articles))
    collate(articles, found)
    calls: dict[str, Callable[[], object]] = {
        "spaCy alone": lambda: sum(1 for _ in pipeline.pipe(a.text for a in articles)),
        "annotate": lambda: list(annotate(articles)),
        "collate": lambda: collate(articles, found),
    }
    times = {name: min(timed(call) for _ in range(rounds)) for name, call in calls.items()}
    bare = times["spaCy alone"]
    print(f"{sum(len(a.text.split()) for a in articles):,} words in {len(articles)} reports, best of {rounds}")
    for name, seconds in (*times.items(), ("annotate and collate", times["annotate"] + times["collate"])):
        print(f"{name:22}{seconds:7.2f} s  {seconds / bare:5.2f} x")


def time_many(name: str, texts: list[str]) -> None:
    """Print what collating many reports costs beyond annotation, and what comparing all pairs of their sentences does."""
    articles = [
        build_article(id=f"r{n:04}", path=f"r{n:04}", text=text, language="en", published="2026-04-15")
        for n, text in enumerate(texts)
    ]
    found = list(annotate(articles))
    sentences = [a.text[s.start : s.end] for a, own in zip(articles, found, strict=True) for s in own.sentences]
    ours = processor_seconds(lambda: collate(articles, found))
    peer = processor_seconds(lambda: alike_of_all_pairs(sentences))
    print(f"{name:10}{len(texts):9}{len(sentences):11}{ours:9.1f}s{peer:10.1f}s", flush=True)


def alike_of_all_pairs(sentences: list[str]) -> int:
    """How many pairs of sentences have a cosine of 0.6 or more."""
    rows = TfidfVectorizer().fit_transform(sentences)
    return sum(int(((rows[i : i + 512] @ rows.T).toarray() >= 0.6).sum()) for i in range(0, len(sentences), 512))


def processor_seconds(call: Callable[[], object]) -> float:
    """Seconds of processor time a call takes."""
    start = time.process_time()
    call()
    return time.process_time() - start


def make_reprints(n: int) -> list[str]:
    """One report of the example story n times, each time with a few words and paragraphs left out."""
    generator = random.Random(n)  # noqa: S311 - a benchmark's text, no secret
    examples = read([Path(__file__).parent.parent / "examples" / "harbour"]).articles
    title, *paragraphs = max((article.text for article in examples), key=len).split("\n\n")
    return [
        "\n\n".join(
            [
                title,
                *(
                    " ".join(word for word in paragraph.split(" ") if generator.random() > 0.005)
                    for paragraph in paragraphs
                    if generator.random() > 0.1
                ),
            ]
        )
        for _ in range(n)
    ]


def make_unrelated(n: int) -> list[str]:
    """Reports of about 500 words, each made anew."""
    generators = [random.Random(f"unrelated {k}") for k in range(n)]  # noqa: S311 - a benchmark's text, no secret
    return [
        "\n\n".join(["A report from the harbour", *(" ".join(p) for p in base_text(500, generator))])
        for generator in generators
    ]


def timed(call: Callable[[], object]) -> float:
    """Seconds of wall time a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def make_texts(n_words: int) -> list[str]:
    """Copies, with changes, of one text of about `n_words` words; the same for the same length."""
    generator = random.Random(n_words)  # noqa: S311 - a benchmark's text, no secret
    base = base_text(n_words, generator)
    return [copy_with_changes(base, generator) for _ in range(N_REPORTS)]


def base_text(n_words: int, generator: random.Random) -> list[list[str]]:
    """Paragraphs of sentences made from the example's, their content words exchanged so that no sentence returns."""
    sentences = [
        sentence
        for article in read([Path(__file__).parent.parent / "examples" / "harbour"]).articles
        for paragraph in article.text.split("\n\n")[1:]
        for sentence in re.split(r"(?<=[.”\"])\s+(?=[A-Z“\"])", " ".join(paragraph.split()))
        if len(sentence.split()) > 6
    ]
    paragraphs: list[list[str]] = []
    count = 0
    while count < n_words:
        paragraph = [exchanged(generator.choice(sentences), generator) for _ in range(generator.randint(1, 4))]
        paragraphs.append(paragraph)
        count += sum(len(sentence.split()) for sentence in paragraph)
    return paragraphs


def exchanged(sentence: str, generator: random.Random) -> str:
    """A sentence with other numbers and with made-up words for half of its longer ones."""
    numbered = re.sub(r"\b\d{1,3}\b", lambda m: str(int(m[0]) + generator.randrange(500)), sentence)
    return re.sub(
        r"\b[A-Za-z]{6,}\b", lambda m: made_up(m[0], generator) if generator.random() < 0.5 else m[0], numbered
    )


def made_up(word: str, generator: random.Random) -> str:
    """A word that can be spoken, with the capital and the ending of the one it replaces."""
    stem = "".join(generator.choice("bdfgklmnprstvz") + generator.choice("aeiou") for _ in range(3))
    ending = next((e for e in ("ing", "ed", "ly", "es", "s") if word.endswith(e)), "")
    return (stem.capitalize() if word[0].isupper() else stem) + ending


def copy_with_changes(base: list[list[str]], generator: random.Random) -> str:
    """The base with a tenth of its sentences dropped and a tenth of the others reworded."""
    paragraphs = ["A long report from the harbour"]
    for paragraph in base:
        kept = [
            s if generator.random() < 0.9 else exchanged(s, generator) for s in paragraph if generator.random() < 0.9
        ]
        if kept:
            paragraphs.append(" ".join(kept))
    return "\n\n".join(paragraphs)


if __name__ == "__main__":
    main()
