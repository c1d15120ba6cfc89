"""What a corpus costs on Spark: articles a core-second of each stage, how that grows, shuffled bytes, memory of a worker.

The articles are made as `grouping.py` makes them. Processor time is that of Spark, its Java and its Python workers together, so that
other work on the machine does not matter. Beside it datasketch's MinHash LSH finds near-duplicates among the same articles.

    python benchmarks/corpus.py [--shared FOLDER] [--sizes 1000 10000] [--cores 2] [--annotate-up-to 1000]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from pathlib import Path
from urllib.request import urlopen

import msgspec
from datasketch import MinHash, MinHashLSH
from grouping import copies

from rashomon.model import Article
from rashomon.read import read
from rashomon.run.corpus import run_corpus
from rashomon.run.corpus.spec import Bounds, Inputs, Output, Spec
from rashomon.run.spark import on_spark

TICK = os.sysconf("SC_CLK_TCK")
# What near-duplicates share at least, and the words of a shingle, as datasketch's examples have them.
LIKENESS, SHINGLE, PERMUTATIONS = 0.5, 3, 128
# More than any story has: nothing is annotated.
NO_STORY = 100_000


def main() -> None:
    """Run, count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--sizes", type=int, nargs="*", default=(1_000, 10_000), help="how many articles")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1, help="cores of Spark")
    parser.add_argument("--annotate-up-to", type=int, default=1_000, help="larger corpora are read and grouped alone")
    arguments = parser.parse_args()
    folder = arguments.shared / "data" / "grouping"
    base = sorted(
        (a for name in ("gva", "basil") for a in read([folder / f"{name}.jsonl"]).articles),
        key=lambda a: (a.published or "", a.id),
    )
    spent: dict[str, dict[int, float]] = {}
    for size in sorted(arguments.sizes):
        articles = list(islice(copies(base), size))
        for stage, seconds in run(articles, arguments.cores, whole=size <= arguments.annotate_up_to).items():
            spent.setdefault(stage, {})[size] = seconds
        started = time.process_time()
        n_pairs = near_duplicates(articles)
        seconds = time.process_time() - started
        print(
            f"{size:7} datasketch {size / seconds:9.1f} a core-second, {n_pairs} pairs of near-duplicates", flush=True
        )
    for stage, seconds in spent.items():
        for (small, few), (large, many) in pairwise(sorted(seconds.items())):
            exponent = math.log(many / few) / math.log(large / small)
            print(f"{stage:9} grows with the power {exponent:.2f} from {small} to {large} articles")


def run(articles: list[Article], cores: int, *, whole: bool) -> Mapping[str, float]:
    """The core-seconds of each stage over some articles, printed with what each shuffled and the most memory of a worker."""
    spent: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, watched() as most:
        news = Path(folder) / "news.jsonl"
        news.write_bytes(b"".join(msgspec.json.encode(line_of(a)) + b"\n" for a in articles))
        bounds = Bounds() if whole else Bounds(least_articles=NO_STORY, most_articles=NO_STORY)
        spec = Spec(
            inputs=Inputs(paths=(str(news),)), output=Output(folder=str(Path(folder) / "corpus")), stages=bounds
        )
        address: list[str] = []
        engine = on_spark(f"local[{cores}]", {"spark.driver.memory": "2g"}, address.append)
        last = [core_seconds()]

        def tell(line: str) -> None:
            stage, now = line.split(maxsplit=1)[0], core_seconds()
            spent[stage] = now - last[0]
            last[0] = now
            rate = len(articles) / max(spent[stage], 0.01)
            print(f"{len(articles):7} {stage:10} {rate:9.1f} articles a core-second; {line[10:]}", flush=True)

        try:
            run_corpus(spec, engine, tell)
            for stage, n_bytes in shuffled(address[0].split()[-1]).items():
                print(f"{len(articles):7} {stage:10} shuffled {n_bytes / 1e6:9.1f} MB")
        finally:
            engine.close()
        print(f"{len(articles):7} a Python worker held {max(most, default=0) / 1000:.0f} MB at most", flush=True)
        shutil.rmtree(spec.output.folder, ignore_errors=True)
    stages = ("read", "profile", "group", "annotate", "collate", "tables")
    return {stage: spent[stage] for stage in (stages if whole else stages[:3])}


def line_of(article: Article) -> dict[str, str | None]:
    """An article as a line of JSON Lines."""
    return {name: getattr(article, name) for name in ("id", "text", "title", "source", "published", "language")}


def descendants() -> Iterator[tuple[Path, list[str]]]:
    """The processes that this one began, with theirs: the place of each under /proc and the fields of its `stat` after the name."""
    found: dict[int, tuple[Path, list[str]]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            found[int(place.name)] = place, (place / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
    own = {os.getpid()}
    while more := {pid for pid, (_, fields) in found.items() if int(fields[1]) in own} - own:
        own |= more
    yield from (found[pid] for pid in own if pid in found)


def core_seconds() -> float:
    """The processor time of this process and those it began, those that have ended too."""
    return sum(sum(map(int, fields[11:15])) for _, fields in descendants()) / TICK


class watched:  # noqa: N801 - read as a word: `with watched() as most`
    """Looks, while it is open, how much memory the Python workers hold: a list of what the largest held, in kilobytes."""

    def __init__(self) -> None:
        self.most: list[int] = []
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)

    def __enter__(self) -> list[int]:
        self.thread.start()
        return self.most

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()

    def look(self) -> None:
        """Look twice a second."""
        while not self.ended.wait(0.5):
            held = [n for place, _ in descendants() if place.name != str(os.getpid()) for n in [resident(place)]]
            self.most.append(max(held, default=0))


def resident(place: Path) -> int:
    """What a process of Python holds, in kilobytes; nothing for others."""
    try:
        if b"python" not in (place / "cmdline").read_bytes().split(b"\0")[0]:
            return 0
        lines = (place / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def shuffled(address: str) -> dict[str, int]:
    """The bytes that each stage shuffled, from Spark's pages."""
    with urlopen(f"{address}/api/v1/applications", timeout=30) as answer:  # noqa: S310 - loopback
        app = json.loads(answer.read())[0]["id"]
    with urlopen(f"{address}/api/v1/applications/{app}/stages", timeout=30) as answer:  # noqa: S310 - loopback
        stages = json.loads(answer.read())
    told: dict[str, int] = {}
    for one in stages:
        name = one.get("description", "")
        told[name] = told.get(name, 0) + one["shuffleWriteBytes"]
    return dict(sorted(told.items()))


def near_duplicates(articles: list[Article]) -> int:
    """How many pairs datasketch's MinHash LSH finds alike."""
    index = MinHashLSH(threshold=LIKENESS, num_perm=PERMUTATIONS)
    n_pairs = 0
    for article in articles:
        words = article.text.lower().split()
        own = MinHash(PERMUTATIONS)
        own.update_batch([" ".join(words[n : n + SHINGLE]).encode() for n in range(max(1, len(words) - SHINGLE + 1))])
        n_pairs += len(index.query(own))
        index.insert(article.id, own)
    return n_pairs


if __name__ == "__main__":
    main()
