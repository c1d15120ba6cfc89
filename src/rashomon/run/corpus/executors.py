"""Where a corpus's stages are carried out: what an executor does, and the two of one machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from rashomon.report.tables import TABLES
from rashomon.run.corpus.resting import read_rows, write_rows
from rashomon.run.corpus.spec import Bounds
from rashomon.run.corpus.stories import collated_stories, members_of, published_of, too_large, write_members
from rashomon.run.corpus.tables import STORIES, write_tables
from rashomon.run.stages import Row, Task, list_item, story_item, work
from rashomon.run.workers import BATCH, work_in_processes

# What rows of a story are: an article, or what was found in it.
ARTICLE, FOUND = "article", "found"
# Stages whose rows take so long each that a process is given one at a time.
LONG = ("read", "collate")


class Executor(Protocol):
    """Carries stages out. Each call takes rows at rest and leaves rows at rest; the same rows wherever it runs."""

    def read(self, units: Sequence[Row], read: Task, name: Task, into: Path) -> None:
        """Read units; articles of one id are given ids of their own."""

    def profile(self, task: Task, articles: Path, into: Path) -> None:
        """Make the profiles of articles."""

    def group(self, task: Task, articles: Path, profiles: Path, into: Path) -> Mapping[str, int]:
        """Find the story of each article; what was capped on the way, counted."""

    def annotate(self, task: Task, articles: Path, members: Path, bounds: Bounds, into: Path) -> None:
        """Annotate the articles of stories that are to be collated, or all."""

    def collate(self, task: Task, articles: Path, annotations: Path, members: Path, bounds: Bounds, into: Path) -> None:
        """Collate the stories that are within bounds; the larger ones are set aside."""

    def tabulate(self, collated: Path, members: Path, into: Path) -> None:
        """Write the tables."""

    def close(self) -> None:
        """Let go of what it holds."""


Carry = Callable[[Task, Iterable[Row]], Iterator[Row]]


class OneMachine:
    """Stages on one machine, by a function that carries them out; only ids and profiles of a corpus are held in memory."""

    def __init__(self, carry: Carry) -> None:
        self._carry = carry

    def read(self, units: Sequence[Row], read: Task, name: Task, into: Path) -> None:
        """Read units; articles of one id are given ids of their own."""
        rejects: list[Row] = []
        found = ((row.key, ARTICLE, row.item) for row in _apart(self._carry(read, units), rejects))
        same = (Row(key, list_item(item for _, item in items)) for key, items in by_key(found))
        write_rows(_then(self._carry(name, same), rejects), into)

    def profile(self, task: Task, articles: Path, into: Path) -> None:
        """Make the profiles of articles."""
        write_rows(self._carry(task, read_rows(articles)), into)

    def group(self, task: Task, articles: Path, profiles: Path, into: Path) -> Mapping[str, int]:
        """Find the story of each article; nothing is capped."""
        published = dict(published_of(read_rows(articles)))
        write_members(members_of(read_rows(profiles), published, task.settings), into)
        return {}

    def annotate(self, task: Task, articles: Path, members: Path, bounds: Bounds, into: Path) -> None:
        """Annotate the articles of stories that are to be collated, or all."""
        story_of = collated_stories(members, bounds)
        wanted = (row for row in read_rows(articles) if bounds.annotate == "all" or row.key in story_of)
        write_rows(self._carry(task, wanted), into)

    def collate(self, task: Task, articles: Path, annotations: Path, members: Path, bounds: Bounds, into: Path) -> None:
        """Collate the stories that are within bounds; the larger ones are set aside."""
        story_of = collated_stories(members, bounds)
        own = (
            (story_of[row.key], kind, row.item)
            for kind, folder in ((ARTICLE, articles), (FOUND, annotations))
            for row in read_rows(folder)
            if row.key in story_of and row.item is not None
        )
        stories = (Row(key, item_of_story(items)) for key, items in by_key(own))
        write_rows(_then(self._carry(task, stories), too_large(members, bounds)), into)

    def tabulate(self, collated: Path, members: Path, into: Path) -> None:
        """Write the tables."""
        for table in (STORIES, *TABLES):
            write_tables(read_rows(collated), members, into, table)

    def close(self) -> None:
        """Nothing is held."""


def in_this_process() -> OneMachine:
    """Stages in this process."""
    return OneMachine(work)


def in_processes(processes: int) -> OneMachine:
    """Stages in worker processes."""

    def carry(task: Task, rows: Iterable[Row]) -> Iterator[Row]:
        return work_in_processes(task, rows, processes, 1 if task.stage in LONG else BATCH)

    return OneMachine(carry)


def by_key(rows: Iterable[tuple[str, str, bytes | None]]) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """The kinds and items of each key, keys and items in order of their bytes; they wait in a file, not in memory."""
    with TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "rows.sqlite")) as waiting:
        waiting.execute("create table rows (key text, kind text, item blob)")
        waiting.executemany("insert into rows values (?, ?, ?)", rows)
        found = waiting.execute("select key, kind, item from rows order by key, kind, item")
        for key, own in groupby(found, key=lambda row: str(row[0])):
            yield key, [(kind, item) for _, kind, item in own]


def item_of_story(items: Iterable[tuple[str, bytes]]) -> bytes:
    """The item of a story, from its articles and what was found in them, in order."""
    own = list(items)
    return story_item((i for kind, i in own if kind == ARTICLE), (i for kind, i in own if kind == FOUND))


def _apart(rows: Iterable[Row], rejects: list[Row]) -> Iterator[Row]:
    """The rows that have an item; the others go into a list."""
    for row in rows:
        if row.item is None:
            rejects.append(row)
        else:
            yield row


def _then(rows: Iterable[Row], others: Iterable[Row]) -> Iterator[Row]:
    """Some rows, and when they are done some others."""
    yield from rows
    yield from others
