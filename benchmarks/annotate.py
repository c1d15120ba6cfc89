"""Time `annotate` beside a bare spaCy pass over the same text, its finders one by one, and textacy's quotations.

    python benchmarks/annotate.py [--words 50000] [--rounds 3]

The text is made from the example story by a seeded generator (benchmarks/collate.py). Prints the best of the rounds.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from spacy.tokens import Doc
from textacy.extract.triples import direct_quotations

from collate import make_texts, timed
from rashomon.annotate import annotate
from rashomon.annotate.acts import find_acts
from rashomon.annotate.clauses import find_clauses
from rashomon.annotate.figures import find_figures
from rashomon.annotate.mentions import find_mentions
from rashomon.annotate.quotes import find_quotes
from rashomon.annotate.speakers import Speakers, resolve_speakers
from rashomon.annotate.tagging import load_pipeline, parse_articles
from rashomon.annotate.times import find_times
from rashomon.read.plain import build_article
from rashomon.settings import DEFAULT

N_REPORTS = 20


def main() -> None:
    """Make the text, time everything on it, print seconds and shares of the bare pass."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=50_000, help="words in all reports together")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed")
    arguments = parser.parse_args()
    texts = make_texts(arguments.words // N_REPORTS)
    articles = [
        build_article(id=f"r{n:02}", path=f"r{n:02}", text=text, language="en", published="2026-04-15")
        for n, text in enumerate(texts)
    ]
    pipeline = load_pipeline()
    docs = list(pipeline.pipe(texts))
    parsed = list(parse_articles(articles, DEFAULT.annotate))
    mentions = [find_mentions(p) for p in parsed]
    quotes = [find_quotes(p, m) for p, m in zip(parsed, mentions, strict=True)]
    times = [find_times(p) for p in parsed]
    speakers = [Speakers(p, m) for p, m in zip(parsed, mentions, strict=True)]

    def best(call: Callable[[], object]) -> float:
        return min(timed(call) for _ in range(arguments.rounds))

    bare = best(lambda: sum(1 for _ in pipeline.pipe(texts)))
    rows = {
        "spaCy alone": bare,
        "rashomon annotate, with spaCy": best(lambda: list(annotate(articles))),
        "  mentions": best(lambda: [find_mentions(p) for p in parsed]),
        "  quotes": best(lambda: [find_quotes(p, m) for p, m in zip(parsed, mentions, strict=True)]),
        "  speakers": best(
            lambda: [resolve_speakers(q, Speakers(p, m)) for p, m, q in zip(parsed, mentions, quotes, strict=True)]
        ),
        "  clauses": best(lambda: [find_clauses(p, s) for p, s in zip(parsed, speakers, strict=True)]),
        "  acts": best(lambda: [find_acts(p, q, s) for p, q, s in zip(parsed, quotes, speakers, strict=True)]),
        "  figures and times": best(
            lambda: [
                (find_times(p), find_figures(p, m, t, q))
                for p, m, t, q in zip(parsed, mentions, times, quotes, strict=True)
            ]
        ),
        "textacy quotations, with spaCy": bare + best(lambda: [quotations(doc) for doc in docs]),
    }
    print(f"{sum(len(text.split()) for text in texts):,} words in {len(texts)} reports, best of {arguments.rounds}")
    for name, seconds in rows.items():
        print(f"{name:32} {seconds:7.2f} s  {seconds / bare:5.2f} x")


def quotations(doc: Doc) -> int:
    """How many quotations textacy finds; it refuses a text with an odd number of marks."""
    try:
        return sum(1 for _ in direct_quotations(doc))
    except ValueError:
        return 0


if __name__ == "__main__":
    main()
