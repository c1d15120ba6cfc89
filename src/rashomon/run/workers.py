"""Stages in worker processes: rows go there and come back as bytes."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context

from rashomon import codec
from rashomon.annotate import annotate
from rashomon.errors import EngineError
from rashomon.model import Annotations, Article
from rashomon.run.stages import STAGES, Row, Task, work
from rashomon.settings import DEFAULT, Settings

# Articles a task: enough to make the trip worth while, few enough to lose little when work is cut off.
BATCH = 16
# Loading the pipeline in a process takes about as long as so many articles.
WORTH_A_PROCESS = 64
# Batches that wait for a process, for each that works: none is idle, and no more of a corpus is in memory.
AHEAD = 3


def work_in_processes(task: Task, rows: Iterable[Row], processes: int, batch: int = BATCH) -> Iterator[Row]:
    """The rows that a stage makes of some, in their order, a batch a process at a time."""
    waiting, told = iter(rows), codec.encode(task)
    running: deque[Future[list[Row]]] = deque()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for _ in range(AHEAD * processes):
            _submit(pool, told, waiting, batch, running)
        while running:
            try:
                done = running.popleft().result()
            except BrokenProcessPool as error:
                raise EngineError(
                    f"a process that worked on {task.stage} was killed, as when memory runs out; take fewer --workers"
                ) from error
            _submit(pool, told, waiting, batch, running)
            yield from done


def _submit(
    pool: ProcessPoolExecutor, task: bytes, waiting: Iterator[Row], batch: int, running: deque[Future[list[Row]]]
) -> None:
    if rows := list(islice(waiting, batch)):
        running.append(pool.submit(_work, task, rows))


def _work(task: bytes, rows: Sequence[Row]) -> list[Row]:
    return list(work(codec.decode(task, Task), rows))


def annotate_in_workers(
    articles: Sequence[Article], settings: Settings = DEFAULT, processes: int | None = None
) -> Iterator[list[tuple[Article, Annotations]]]:
    """The findings of some articles, a batch at a time as batches are done; in this process when there are few."""
    batches = [articles[n : n + BATCH] for n in range(0, len(articles), BATCH)]
    wanted = min(processes or os.cpu_count() or 1, max(1, len(articles) // WORTH_A_PROCESS))
    if wanted < 2:
        for batch in batches:
            yield list(zip(batch, annotate(batch, settings), strict=True))
        return
    told = codec.encode(Task(stage="annotate", settings=settings))
    with ProcessPoolExecutor(wanted, mp_context=get_context("spawn")) as pool:
        tasks = {pool.submit(_carry_out, told, [Row(a.id, codec.encode(a)) for a in batch]): batch for batch in batches}
        for task in as_completed(tasks):
            found = [codec.decode(row.item, Annotations) for row in task.result() if row.item is not None]
            yield list(zip(tasks[task], found, strict=True))


def _carry_out(task: bytes, rows: Sequence[Row]) -> list[Row]:
    """What a stage makes of some rows; where it fails, all of it fails."""
    told = codec.decode(task, Task)
    return list(STAGES[told.stage].rows(rows, told))
