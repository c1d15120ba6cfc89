"""The app under load: how long story pages take while reports come in, beside Datasette over the same tables.

    python benchmarks/web.py [--articles 20000] [--added 1000] [--rate 20] [--store FILE] [--datasette PROGRAM]

The library is made of copies of the corpora as in grouping.py; with --store it is kept, and used again if it is there. Of its
newest articles every fourth is held back and added over REST while the pages are asked for, so that the stories that are read
are those that change. All of it is kept and grouped; only the stories that are read are annotated and collated, for the
findings of what nobody asks for are looked at by nobody.

Requests are sent at a constant rate whatever became of those before, each timed from the moment at which it was due, so that a
page that is late makes those behind it late too: wrk and oha wait for an answer before they ask again, and leave out of the count
who would have waited in between. Prints a line each for Datasette and for the app at rest, and for the app while it adds, with
the time that the answering process had of a processor: on a machine that others use too, that tells more than the clock does. At
the end every report that was given has to be there, and in a story.

Datasette is asked for the row of a story, with its counts of what refers to it. It wants packages of other versions than
Rashomon does: python -m venv /tmp/datasette && /tmp/datasette/bin/pip install datasette
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import httpx
from grouping import copies, read_base

from rashomon.model import Article
from rashomon.run.annotating import annotations_of, finder_version, keep
from rashomon.run.corrected import set_right
from rashomon.run.grouping import group_waiting
from rashomon.run.library import open_library
from rashomon.run.progress import silent
from rashomon.settings import DEFAULT
from rashomon.store import (
    ANNOTATED,
    Store,
    articles_of,
    mark,
    open_store,
    put_annotations,
    story_of,
    versions_of,
    waiting_for,
)
from rashomon.store.listing import page_of_stories
from rashomon.web.collations import make_collation

# Of the newest articles, one in so many comes while the clock runs.
HELD_BACK = 4
# Reports given at once, seconds between two gifts, and seconds between two looks at a job.
AT_ONCE, PAUSE, LOOK = 10, 0.02, 1.0
# Seconds that an answer may take before it counts as an error.
PATIENCE = 30.0
# As many connections as it takes; an idle one is not used again after the seconds at which the servers close it.
LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=100, keepalive_expiry=2.0)


class Answer(NamedTuple):
    """What came of a request: its status, 0 for none, and the seconds since it was due."""

    status: int
    seconds: float


class Server(NamedTuple):
    """Where a server answers, and the process that does."""

    address: str
    process: int

    @property
    def seconds(self) -> float:
        """How much of a processor it has had."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Make the library, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--articles", type=int, default=20_000, help="in the library when the clock starts")
    parser.add_argument("--added", type=int, default=1_000, help="that are added while the clock runs")
    parser.add_argument("--stories", type=int, default=200, help="that are read, the newest of several reports")
    parser.add_argument("--rate", type=float, default=20.0, help="requests a second")
    parser.add_argument("--seconds", type=float, default=30.0, help="that each part takes at least")
    parser.add_argument("--store", type=Path, help="where the library is kept for the next time")
    parser.add_argument("--datasette", type=Path, default=Path("/tmp/datasette/bin/datasette"))  # noqa: S108
    asked = parser.parse_args()
    articles = list(islice(copies(read_base(asked.shared)), asked.articles + asked.added))
    kept, added = held_back(articles, asked.added)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "library.sqlite"
        if asked.store is not None and asked.store.exists():
            shutil.copy(asked.store, place)
        else:
            build(place, kept, asked.stories)
            if asked.store is not None:
                shutil.copy(place, asked.store)
        measure(place, added, asked)


def held_back(articles: Sequence[Article], number: int) -> tuple[list[Article], list[Article]]:
    """The articles that are in the library, and some of the newest that come later."""
    later = {a.id for a in articles[-number * HELD_BACK :: HELD_BACK]}
    return [a for a in articles if a.id not in later], [a for a in articles if a.id in later]


def build(place: Path, articles: Sequence[Article], n_stories: int) -> None:
    """Keep and group the articles, and annotate and collate the stories that will be read, as they are in a library in use."""
    started = time.perf_counter()
    library = open_library(place)
    store = library.store
    keep(store, articles)
    group_waiting(store)
    read = [a for story in stories_read(store, n_stories) for a in articles_of(store, story)]
    found = annotations_of(store, read)
    version = finder_version(DEFAULT)
    put_annotations(store, [(a, found[a.id]) for a in read], version, set_right)
    rest = waiting_for(store, ANNOTATED, version)
    with store.writing() as connection:
        mark(connection, rest, ANNOTATED, version)
    for story in stories_read(store, n_stories):
        make_collation(library, silent, story, ())
    library.close()
    print(f"library of {len(articles)} articles made in {time.perf_counter() - started:.0f} s", flush=True)


def stories_read(store: Store, number: int) -> list[str]:
    """The newest stories of several reports."""
    return [row.id for row in page_of_stories(store, None, number, least=2)]


def measure(place: Path, added: Sequence[Article], asked: argparse.Namespace) -> None:
    """Ask both servers at rest and the app while it adds; print what came of it."""
    store = open_store(place)
    stories = stories_read(store, asked.stories)
    with served([sys.executable, "-m", "rashomon", "serve", "--store", str(place)]) as app:
        pages = [f"{app.address}/stories/{story}" for story in stories]
        warm_up(app.address, stories)
        tell("app, at rest", app, ask_for(pages, asked.rate, asked.seconds))
        if asked.datasette.exists():
            with served([str(asked.datasette), "serve", str(place)]) as peer:
                rows = [f"{peer.address}/{place.stem}/stories/{story}" for story in stories]
                tell("Datasette, at rest", peer, ask_for(rows, asked.rate, asked.seconds))
        else:
            print(f"{asked.datasette} is not there: no peer", flush=True)
        tell(f"app, adding {len(added)}", app, ask_while_adding(app.address, pages, added, asked))
    lost = [a for a in added if not is_there(store, a)]
    print(f"{len(lost)} of {len(added)} reports lost", flush=True)
    store.close()


@contextmanager
def served(command: Sequence[str]) -> Iterator[Server]:
    """A server at a free port of this machine, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as run:
        try:
            _wait_until_answered(address)
            yield Server(address, run.pid)
        finally:
            run.terminate()


def _wait_until_answered(address: str) -> None:
    for _ in range(600):
        try:
            httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def warm_up(app: str, stories: Sequence[str]) -> None:
    """Look at every page once, and see that its story is collated."""
    started = time.perf_counter()
    with httpx.Client(base_url=app, timeout=PATIENCE) as client:
        for story in stories:
            while client.get(f"/api/v1/collations/{story}", params={"wait": 10}).status_code == httpx.codes.ACCEPTED:
                pass
            client.get(f"/stories/{story}").raise_for_status()
    print(f"{len(stories)} stories looked at in {time.perf_counter() - started:.0f} s", flush=True)


async def ask_for(pages: Sequence[str], rate: float, seconds: float, done: asyncio.Event | None = None) -> list[Answer]:
    """What came of asking for the pages in turn at a constant rate, for so many seconds and until something is done."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with httpx.AsyncClient(timeout=PATIENCE, limits=LIMITS, follow_redirects=True) as client:
        tasks = []
        for number, page in enumerate(cycle(pages)):
            due = began + number / rate
            if due > began + seconds and (done is None or done.is_set()):
                break
            await asyncio.sleep(max(0.0, due - loop.time()))
            tasks.append(asyncio.create_task(_ask(client, page, due)))
        return list(await asyncio.gather(*tasks))


async def _ask(client: httpx.AsyncClient, page: str, due: float) -> Answer:
    try:
        status = (await client.get(page)).status_code
    except httpx.TransportError:
        status = 0
    return Answer(status, asyncio.get_running_loop().time() - due)


async def ask_while_adding(
    app: str, pages: Sequence[str], added: Sequence[Article], asked: argparse.Namespace
) -> list[Answer]:
    """What came of asking for the pages until all articles are in the library."""
    done = asyncio.Event()
    asking = asyncio.create_task(ask_for(pages, asked.rate, asked.seconds, done))
    started = time.perf_counter()
    try:
        await add(app, added)
    finally:
        done.set()
    seconds = time.perf_counter() - started
    print(f"{len(added)} reports added in {seconds:.0f} s, {len(added) / seconds:.1f} a second", flush=True)
    return await asking


async def add(app: str, added: Sequence[Article]) -> None:
    """Give the articles to the app, some at once, as fast as it takes them; over when all of its jobs are."""
    async with httpx.AsyncClient(base_url=app, timeout=PATIENCE, limits=LIMITS, follow_redirects=True) as client:
        jobs = []
        for n in range(0, len(added), AT_ONCE):
            texts = [
                {"text": a.text, "title": a.title, "published": a.published, "source": a.source, "url": url_of(a)}
                for a in added[n : n + AT_ONCE]
            ]
            answer = await client.post("/api/v1/add", json={"texts": texts})
            answer.raise_for_status()
            jobs.append(answer.headers["location"])
            await asyncio.sleep(PAUSE)
        for job in jobs:
            while (await client.get(job)).json()["state"] not in ("done", "failed"):  # noqa: ASYNC110 - of another process
                await asyncio.sleep(LOOK)


def url_of(article: Article) -> str:
    """An address for a report, by which it is found again."""
    return f"https://load.example/{article.id}"


def is_there(store: Store, article: Article) -> bool:
    """Whether a report that was added is in the library, and in a story."""
    return any(story_of(store, own.id) for own in versions_of(store, url_of(article)))


def tell(what: str, server: Server, asking: Coroutine[None, None, list[Answer]]) -> None:
    """Print a line of what came of some requests; errors are all that is neither the page nor word that it is being made."""
    before = server.seconds
    answers = asyncio.run(asking)
    n_of = Counter(answer.status for answer in answers)
    n_made, n_making = n_of.pop(httpx.codes.OK, 0), n_of.pop(httpx.codes.ACCEPTED, 0)
    errors = f"{len(answers) - n_made - n_making} errors" + (f" {dict(n_of)}" if n_of else "")
    cuts = statistics.quantiles((answer.seconds for answer in answers), n=100, method="inclusive")
    told = "  ".join(f"p{n} {1000 * cuts[n - 1]:5.0f} ms" for n in (50, 95, 99))
    each = 1000 * (server.seconds - before) / len(answers)
    print(
        f"{what:20} {len(answers):5} requests  {told}  {n_making} not made yet  {errors}"
        f"  processor {each:.1f} ms a request",
        flush=True,
    )


if __name__ == "__main__":
    main()
