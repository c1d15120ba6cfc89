"""Grouping at scale: time and memory of `group` beside scikit-learn's all pairs, and the cost of an article in a library.

The corpora are copied until there are enough articles; every copy has other rare names and comes after the one before it,
as news does. scikit-learn compares all pairs of TF-IDF vectors and clusters them by average linkage, on the sizes it can do.

    python benchmarks/grouping.py [--shared FOLDER] [--sizes 3000 6000 100000] [--library 10000 100000]
"""

from __future__ import annotations

import argparse
import re
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from zlib import crc32

import msgspec
import numpy as np

from rashomon.group import group
from rashomon.model import Article
from rashomon.read import read
from rashomon.run.annotating import keep
from rashomon.run.grouping import group_waiting
from rashomon.store import open_store

# Days from one copy of the corpora to the next: as long as they are.
SHIFT = 1600
# A name in more articles than this is no person's.
RARE = 20
PEER_SIZES, SIZES = (3_000, 6_000), (3_000, 6_000, 10_000, 30_000, 100_000)
# How many articles are added to a library while the clock runs.
ADDED = 1_000
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
]
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")


def main() -> None:
    """Time and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="how many articles to group")
    parser.add_argument(
        "--library", type=int, nargs="*", default=(), help="also time adding to libraries of these sizes"
    )
    arguments = parser.parse_args()
    base = read_base(arguments.shared)
    most = max([*arguments.sizes, *arguments.library])
    articles = list(islice(copies(base), most))
    for size in arguments.sizes:
        started = time.perf_counter()
        stories = group(articles[:size])
        seconds = time.perf_counter() - started
        print(
            f"{size:7} articles  rashomon {seconds:7.1f} s  {len(stories)} stories  {memory():5.0f} MB at most",
            flush=True,
        )
        if size in PEER_SIZES:
            started = time.perf_counter()
            n_stories = all_pairs(articles[:size])
            seconds = time.perf_counter() - started
            print(f"{'':16}  sklearn  {seconds:7.1f} s  {n_stories} stories  {memory():5.0f} MB at most", flush=True)
    if arguments.library:
        library(articles, arguments.library)


def read_base(shared: Path) -> list[Article]:
    """The labelled reports of both corpora, the earliest first."""
    folder = shared / "data" / "grouping"
    return sorted(
        (a for name in ("gva", "basil") for a in read([folder / f"{name}.jsonl"]).articles),
        key=lambda a: (a.published or "", a.id),
    )


def copies(base: list[Article]) -> Iterator[Article]:
    """The articles, then the articles with other names at later days, again and again."""
    common = frequent_names(base)
    number = 0
    while True:
        for article in base:
            day = date.fromisoformat((article.published or "2014-01-01")[:10]) + timedelta(days=SHIFT * number)
            yield msgspec.structs.replace(
                article,
                id=f"{article.id}-{number}",
                path=f"{article.path}-{number}",
                url=None,
                published=day.isoformat(),
                text=renamed(article.text, number, common),
                title=renamed(article.title or "", number, common),
                furniture=(),
            )
        number += 1


def frequent_names(base: list[Article]) -> frozenset[str]:
    """The capitalised words of more than `RARE` articles: places, months, offices."""
    counts = Counter(name for article in base for name in set(_NAME.findall(article.text)))
    return frozenset(name for name, count in counts.items() if count > RARE)


def renamed(text: str, number: int, common: frozenset[str]) -> str:
    """The text with every rare capitalised word in a sentence replaced, the same word by the same in one copy."""
    if number == 0:
        return text
    return _NAME.sub(lambda m: m[0] if m[0] in common else other_name(m[0], number), text)


def other_name(name: str, number: int) -> str:
    """A made-up name."""
    hashed = crc32(f"{name} {number}".encode())
    return "".join(SYLLABLES[hashed // 20**k % 20] for k in range(2 + hashed % 3)).capitalize()


def all_pairs(articles: list[Article]) -> int:
    """How many stories TF-IDF, cosine and average linkage over all pairs find."""
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_distances

    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform([a.text for a in articles])
    distances = cosine_distances(vectors).astype(np.float32)
    clusters = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=0.75
    ).fit_predict(distances)
    return len(set(clusters))


def library(articles: list[Article], sizes: list[int]) -> None:
    """The time that an article takes to be kept and grouped, in libraries of some sizes, ascending."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "library.sqlite")
        done = 0
        for size in sizes:
            keep(store, articles[done : size - ADDED])
            group_waiting(store)
            started = time.perf_counter()
            keep(store, articles[size - ADDED : size])
            group_waiting(store)
            each = (time.perf_counter() - started) / ADDED
            print(f"library of {size:7}: {1000 * each:.1f} ms an article, annotation apart", flush=True)
            done = size
        store.close()


def memory() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
