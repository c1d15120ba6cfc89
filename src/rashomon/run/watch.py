"""Watching feeds: round after round until somebody stops it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Event

from rashomon.errors import UsageError
from rashomon.model import Round
from rashomon.run.arrivals import take_in
from rashomon.run.fetch import Fetcher
from rashomon.run.grouping import catch_up
from rashomon.settings import Settings
from rashomon.store import Store


def watch_feeds(
    store: Store,
    feeds: Sequence[str],
    fetcher: Fetcher,
    settings: Settings,
    seconds: float,
    rounds: int | None = None,
    processes: int | None = None,
    stop: Event | None = None,
) -> Iterator[Round]:
    """Take in what the feeds have, again and again. Once `stop` is set no further request is made, and what came is kept."""
    stop = stop or Event()
    fetcher = replace(fetcher, sleep=stop.wait, stopped=stop.is_set)
    done = 0
    while not stop.is_set():
        n_new, failed = 0, 0
        for feed in feeds:
            if stop.is_set():
                break
            try:
                arrived = take_in(store, [feed], fetcher, settings)
            except UsageError:  # a list of feeds that is being saved just now; in the first round it was named wrongly
                if not done:
                    raise
                failed += 1
                continue
            n_new, failed = n_new + arrived.n_new, failed + len(arrived.failed)
        catch_up(store, settings, processes=processes)
        done += 1
        yield Round(number=done, n_new=n_new, n_failed=failed)
        if done == rounds:
            break
        stop.wait(seconds)
