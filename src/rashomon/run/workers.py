"""Annotation in worker processes: articles go there and findings come back as codec bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from rashomon import codec
from rashomon.annotate import annotate
from rashomon.model import Annotations, Article
from rashomon.settings import DEFAULT, Settings

# Articles a task: enough to make the trip worth while, few enough to lose little when work is cut off.
BATCH = 16
# Loading the pipeline in a process takes about as long as so many articles.
WORTH_A_PROCESS = 64


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
    with ProcessPoolExecutor(wanted, mp_context=get_context("spawn")) as pool:
        tasks = {pool.submit(_annotate, codec.encode(batch), codec.encode(settings)): batch for batch in batches}
        for task in as_completed(tasks):
            yield list(zip(tasks[task], codec.decode(task.result(), list[Annotations]), strict=True))


def _annotate(articles: bytes, settings: bytes) -> bytes:
    return codec.encode(list(annotate(codec.decode(articles, list[Article]), codec.decode(settings, Settings))))
