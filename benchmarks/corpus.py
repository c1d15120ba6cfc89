"""What a corpus costs on Spark: articles a core-second of each stage, how that grows, shuffled bytes, memory, what peers take.

The articles are made as `grouping.py` makes them. Processor time is that of Spark, its Java and its Python workers together, so that
other work on the machine does not matter. In the same session the peers of `corpus_peers.py` go over the same articles.

    python benchmarks/corpus.py [--shared FOLDER] [--sizes 1000 10000] [--cores 2] [--annotate-up-to 1000] [--peers-up-to 10000]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Self
from urllib.request import urlopen

import msgspec
import pyarrow.dataset as ds
from corpus_peers import borrowed, near_duplicates, reused
from grouping import copies, read_base
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sf

from rashomon.model import Article
from rashomon.run.corpus import Executor, in_this_process, run_corpus
from rashomon.run.corpus.spec import Bounds, Inputs, Output, Spec
from rashomon.run.spark import on_spark

TICK = os.sysconf("SC_CLK_TCK")
# Seconds between two looks at memory.
EVERY = 2.0
# More than any story has: nothing is annotated.
NO_STORY = 100_000
# Stages that are carried out whether or not articles are annotated.
ALWAYS = ("read", "profile", "group")


def main() -> None:
    """Run, count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--sizes", type=int, nargs="*", default=(1_000, 10_000), help="how many articles")
    parser.add_argument(
        "--cores", type=int, default=os.cpu_count() or 1, help="cores of Spark; 0 is one process without it"
    )
    parser.add_argument("--annotate-up-to", type=int, default=1_000, help="larger corpora are read and grouped alone")
    parser.add_argument("--peers-up-to", type=int, default=100_000, help="larger corpora are not given to peers")
    arguments = parser.parse_args()
    base = read_base(arguments.shared)
    spent: dict[str, dict[int, float]] = {}
    for size in sorted(arguments.sizes):
        articles = list(islice(copies(base), size))
        whole, peers = size <= arguments.annotate_up_to, size <= arguments.peers_up_to
        for stage, seconds in run(articles, arguments.cores, whole=whole, peers=peers):
            spent.setdefault(stage, {})[size] = seconds
    for stage, seconds_of in spent.items():
        for (small, few), (large, many) in pairwise(sorted(seconds_of.items())):
            exponent = math.log(many / few) / math.log(large / small)
            print(f"{stage:10} grows with the power {exponent:.2f} from {small} to {large} articles")


def run(articles: list[Article], cores: int, *, whole: bool, peers: bool) -> Iterator[tuple[str, float]]:
    """The core-seconds of each stage and peer over some articles; each is printed as it is done."""
    with tempfile.TemporaryDirectory() as folder, Watch() as watch:
        news = Path(folder) / "news.jsonl"
        news.write_bytes(b"".join(msgspec.json.encode(line_of(a)) + b"\n" for a in articles))
        bounds = Bounds() if whole else Bounds(least_articles=NO_STORY, most_articles=NO_STORY)
        corpus = Path(folder) / "corpus"
        spec = Spec(inputs=Inputs(paths=(str(news),)), output=Output(folder=str(corpus)), stages=bounds)
        address: list[str] = []
        engine: Executor = in_this_process()
        if cores:
            engine = on_spark(f"local[{cores}]", {"spark.driver.memory": "8g"}, address.append)
        pages = address[0].split()[-1] if address else ""
        done: list[tuple[str, float]] = []

        def tell(line: str) -> None:
            stage = line.split(maxsplit=1)[0]
            if whole or stage in ALWAYS:
                done.append((stage, told(stage, len(articles), watch, pages, line[10:])))

        watch.lap()
        try:
            run_corpus(spec, engine, tell)
            print(f"{len(articles):7} {at_rest(corpus)}", flush=True)
            if peers and cores:
                done += carry_out_peers(news, corpus, len(articles), watch, pages)
        finally:
            engine.close()
    yield from done


def told(stage: str, n_articles: int, watch: Watch, pages: str, line: str) -> float:
    """Print what a stage took since the last; its core-seconds."""
    seconds, most = watch.lap()
    print(
        f"{n_articles:7} {stage:10} {n_articles / max(seconds, 0.01):9.1f} articles a core-second, {seconds:8.1f} core-seconds, "
        f"shuffled {shuffled(pages).get(stage, 0) / 1e6:7.1f} MB, a worker of Python {most['python'] / 1e3:.0f} MB, "
        f"Java {most['java'] / 1e3:.0f} MB; {line}",
        flush=True,
    )
    return seconds


def carry_out_peers(news: Path, corpus: Path, n_articles: int, watch: Watch, pages: str) -> Iterator[tuple[str, float]]:
    """The core-seconds of each peer, printed with how many pairs it finds, and how many ours and that for text reuse both find."""
    spark = SparkSession.builder.getOrCreate()
    spark.sparkContext.addPyFile(str(Path(__file__).with_name("corpus_peers.py")))
    day = sf.datediff(sf.to_date("published"), sf.to_date(sf.lit("1970-01-01"))).alias("day")
    parts = int(spark.conf.get("spark.sql.shuffle.partitions") or 1)
    articles = spark.read.json(news.as_uri()).select("id", day, "text").repartition(parts)
    stories = spark.read.parquet((corpus / "stages" / "group").as_uri())
    found: dict[str, set[tuple[str, str]]] = {}
    tools: dict[str, Callable[[], DataFrame]] = {
        "datasketch": lambda: near_duplicates(articles),
        "passim": lambda: reused(articles),
        "borrowing": lambda: borrowed(articles, stories),
    }
    for name, find in tools.items():
        spark.sparkContext.setJobDescription(name)
        found[name] = {(row["left"], row["right"]) for row in find().collect()}
        yield name, told(name, n_articles, watch, pages, f"{len(found[name])} pairs")
    story_of = {row["article"]: row["story"] for row in stories.collect()}
    inside = {pair for pair in found["passim"] if story_of[pair[0]] == story_of[pair[1]]}
    print(
        f"{n_articles:7} passim's pairs: {len(inside)} in one of our stories, {len(inside & found['borrowing'])} found by both",
        flush=True,
    )


def at_rest(corpus: Path) -> str:
    """What a run leaves: bytes of each stage, and how many articles are in stories of several."""
    sizes: Counter[str] = Counter()
    for file in corpus.rglob("*.parquet"):
        inside = file.relative_to(corpus).parts
        sizes[inside[1] if inside[0] == "stages" else inside[0]] += file.stat().st_size
    n_articles = ds.dataset(corpus / "stages" / "group", format="parquet").to_table(columns=["n_articles"])[
        "n_articles"
    ]
    several = sum(n > 1 for n in n_articles.to_pylist())
    left = ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in sorted(sizes.items()))
    return f"at rest: {left}; {several} articles are in stories of several reports"


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


class Watch:
    """Looks, while it is open, what processor time this process and those it began took, and what the largest of each program holds.

    A process that has ended counts as it was last seen: not all are waited for. The time of looking is left out.
    """

    def __init__(self) -> None:
        self.most: Counter[str] = Counter()
        self.ticks: dict[tuple[str, str], int] = {}
        self.before = self.looking = 0.0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()

    def look(self) -> None:
        """Look until it is closed."""
        while not self.ended.wait(EVERY):
            self.see()
            self.looking = time.thread_time()

    def see(self) -> None:
        """Look once."""
        for place, fields in descendants():
            self.ticks[place.name, fields[19]] = int(fields[11]) + int(fields[12])
            if place.name != str(os.getpid()):
                name, held = resident(place)
                self.most[name] = max(self.most[name], held)

    def lap(self) -> tuple[float, Counter[str]]:
        """The core-seconds, and the kilobytes that were held at most, since this was asked before."""
        self.see()
        spent = sum(list(self.ticks.values())) / TICK - self.looking
        seconds, self.before = spent - self.before, spent
        most, self.most = self.most, Counter()
        return seconds, most


def resident(place: Path) -> tuple[str, int]:
    """The program of a process, "python" or another, and what it holds in kilobytes."""
    try:
        program = Path((place / "cmdline").read_bytes().split(b"\0")[0].decode()).name
        lines = (place / "status").read_text().splitlines()
    except OSError:
        return "", 0
    held = next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)
    return "python" if program.startswith("python") else program, held


def shuffled(pages: str) -> dict[str, int]:
    """The bytes that each stage shuffled so far, from Spark's pages; nothing without Spark."""
    if not pages:
        return {}
    with urlopen(f"{pages}/api/v1/applications", timeout=30) as answer:  # noqa: S310 - loopback
        app = json.loads(answer.read())[0]["id"]
    with urlopen(f"{pages}/api/v1/applications/{app}/stages", timeout=30) as answer:  # noqa: S310 - loopback
        stages = json.loads(answer.read())
    written: Counter[str] = Counter()
    for one in stages:
        written[one.get("description", "")] += one["shuffleWriteBytes"]
    return written


if __name__ == "__main__":
    main()
