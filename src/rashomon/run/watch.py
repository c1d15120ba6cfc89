"""Watching feeds: round after round until somebody stops it."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from threading import Event

from rashomon.errors import UsageError
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
    """Take in what the feeds have, again and again; a line after each round. SIGINT and SIGTERM end it before the next request."""
    done = 0
    with _stopped_by_signals() as stop:
        fetcher = replace(fetcher, sleep=stop.wait, stopped=stop.is_set)
        while not stop.is_set():
            n_new, failed = 0, 0
            for feed in feeds:
                if stop.is_set():
                    break
                try:
                    arrived = take_in(store, [feed], fetcher, settings)
                except (
                    UsageError
                ):  # a list of feeds that is being saved just now; in the first round it was named wrongly
                    if not done:
                        raise
                    failed += 1
                    continue
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
