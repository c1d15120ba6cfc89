"""Work on a library: in this process, or in processes of its own that leave the one that answers people its processor.

Python runs one thread at a time, so that a report that is annotated in a thread keeps every page waiting. What is done is a
function of a module, `work(library, progress, *given)`; what it is given and gives has to survive being pickled.
"""

from __future__ import annotations

import atexit
import os
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Protocol, TypeVar, TypeVarTuple

from rashomon.errors import RashomonError
from rashomon.run.library import Library, open_library
from rashomon.run.progress import Progress
from rashomon.settings import Settings

T = TypeVar("T")
Given = TypeVarTuple("Given")
# How much the processes stand back behind whoever else wants the processor, as `nice` has it.
NICE = 5
# Seconds that an idle process gets to end by itself.
LAST_SECONDS = 5.0


class EndedError(RashomonError):
    """A process ended before its work was done."""


class Hands(Protocol):
    """Carries out work on a library."""

    def call(self, progress: Progress, work: Callable[[Library, Progress, *Given], T], *given: *Given) -> T:
        """What the work gives, or raises."""

    def close(self) -> None:
        """Let go of what the work was done with."""


class Here:
    """Works in this process."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def call(self, progress: Progress, work: Callable[[Library, Progress, *Given], T], *given: *Given) -> T:
        """What the work gives, or raises."""
        return work(self._library, progress, *given)

    def close(self) -> None:
        """Nothing is to be let go of."""


class Apart:
    """Works in processes that are started when they are first needed and stay: as many as work was done at once."""

    def __init__(self, library: Library) -> None:
        self._address = library.store.address
        self._settings = library.settings
        self._idle: list[_Worker] = []

    def call(self, progress: Progress, work: Callable[[Library, Progress, *Given], T], *given: *Given) -> T:
        """What the work gives, or raises. Raises `EndedError` where its process ends before."""
        try:
            worker = self._idle.pop()
        except IndexError:
            worker = _Worker(self._address, self._settings)
        try:
            told, came = worker.ask(progress, work, given)
        except BaseException:
            worker.end(0.0)
            raise
        self._idle.append(worker)
        if told == "failed":
            raise came
        return came  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the processes, which are idle."""
        while self._idle:
            self._idle.pop().end(LAST_SECONDS)


class _Worker:
    """One process, and the way to it."""

    def __init__(self, address: str, settings: Settings) -> None:
        context = get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_work, args=(other, address, settings), name="rashomon worker")
        self._process.start()
        other.close()
        atexit.register(self.end, 0.0)  # the interpreter would wait for it for ever

    def ask(self, progress: Progress, work: Callable[..., Any], given: tuple[Any, ...]) -> tuple[str, Any]:
        """Whether the work is done or has failed, and what it gave or raised."""
        try:
            self._pipe.send((work, given))
            while True:
                told, came = self._pipe.recv()
                if told != "progress":
                    return told, came
                progress(*came)
        except (EOFError, OSError) as error:
            raise EndedError(
                "the process that worked on it ended, perhaps for want of memory; what was finished is kept: try again"
            ) from error

    def end(self, seconds: float) -> None:
        """Have it end, by itself within so many seconds."""
        atexit.unregister(self.end)
        self._pipe.close()
        self._process.join(seconds)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _work(pipe: Connection, address: str, settings: Settings) -> None:
    """Do what is asked for until nobody is there who asks."""
    for number in (signal.SIGINT, signal.SIGTERM):  # whoever ends the app means the app, which ends this
        signal.signal(number, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICE)

    def tell(what: str, came: Any) -> None:
        try:
            pipe.send((what, came))
        except OSError as error:
            raise SystemExit from error

    with suppress(EOFError), open_library(address, settings) as library:
        while True:
            work, given = pipe.recv()
            try:
                done = work(library, lambda *far: tell("progress", far), *given)
            except Exception as error:  # noqa: BLE001 - it is raised where it was asked for
                error.add_note(traceback.format_exc())
                tell("failed", error)
            else:
                tell("done", done)
