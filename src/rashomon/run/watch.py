"""Watching feeds: round after round until somebody stops it."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event

from rashomon.run.arrivals import take_in
from rashomon.run.fetch import Fetcher
from rashomon.run.library import catch_up
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
) -> Iterator[str]:
    """Take in what the feeds have, again and again; a line after each round. SIGINT and SIGTERM end it between two feeds."""
    done = 0
    with _stopped_by_signals() as stop:
        fetcher.sleep = stop.wait
        while not stop.is_set():
            n_new, failed = 0, 0
            for feed in feeds:
                if stop.is_set():
                    break
                arrived = take_in(store, [feed], fetcher, settings)
                n_new, failed = n_new + arrived.n_new, failed + len(arrived.failed)
            catch_up(store, settings, processes=processes)
            done += 1
            yield f"round {done}: {n_new} new, {failed} failed"
            if done == rounds:
                break
            stop.wait(seconds)
    yield f"stopped after {done} round{'s' * (done != 1)}; everything that came is kept"


@contextmanager
def _stopped_by_signals() -> Iterator[Event]:
    stop = Event()
    before = {s: signal.signal(s, lambda *_: stop.set()) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
