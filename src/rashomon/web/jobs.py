"""Work that takes longer than a request: done in threads, each piece once however often it is asked for, and its progress told."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from secrets import token_hex
from threading import Condition
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from rashomon.errors import RashomonError
from rashomon.run.apart import Hands
from rashomon.run.progress import Progress

JobState = Literal["waiting", "running", "done", "failed"]
# Jobs that are over are remembered so long as fewer than so many came after.
REMEMBERED = 500
# Waiting jobs of a kind above this number are refused: nobody can fill the memory with them.
MOST_WAITING = 200

Work = Callable[[Progress], Any]
_log = logging.getLogger(__name__)


class Job(Struct, frozen=True, kw_only=True):
    """A piece of work: what kind, how far it is, and in the end what it gave or why it failed."""

    id: str
    kind: str
    state: JobState
    stage: str = ""
    done: int = 0
    total: int = 0
    result: Any = None
    error: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("done", "failed")


class BusyError(RashomonError):
    """So much work is waiting that no more is taken."""


class Jobs:
    """Runs work in threads, a pool for each kind. Work with the key of work that waits or runs is not begun again.

    What takes the processor is left to `hands`, which may be other processes.
    """

    def __init__(self, threads: dict[str, int], hands: Hands) -> None:
        self.hands = hands
        self._pools = {kind: ThreadPoolExecutor(n, thread_name_prefix=kind) for kind, n in threads.items()}
        self._changed = Condition()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._under_way: dict[tuple[str, str], str] = {}

    def submit(self, kind: str, key: str, work: Work) -> Job:
        """Have work done; the job that does it, which may have been there before. Raises `BusyError`."""
        with self._changed:
            if (known := self._under_way.get((kind, key))) is not None:
                return self._jobs[known]
            n_waiting = sum(other == kind for other, _ in self._under_way)
            if n_waiting >= MOST_WAITING:
                raise BusyError(f"{n_waiting} jobs are waiting; try again when some are done")
            job = Job(id=token_hex(8), kind=kind, state="waiting")
            self._jobs[job.id] = job
            self._under_way[kind, key] = job.id
            self._forget()
        self._pools[kind].submit(self._run, job.id, (kind, key), work)
        return job

    def get(self, job: str) -> Job | None:
        """A job as it is now; None where there is none of this id, or it has been over for long."""
        with self._changed:
            return self._jobs.get(job)

    def counts(self) -> dict[JobState, int]:
        """How many jobs are in each state."""
        counted: dict[JobState, int] = {"waiting": 0, "running": 0, "done": 0, "failed": 0}
        with self._changed:
            for job in self._jobs.values():
                counted[job.state] += 1
        return counted

    def wait(self, job: str, seconds: float) -> Job | None:
        """A job once it is over, or as it is after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: job not in self._jobs or self._jobs[job].is_over, seconds)
            return self._jobs.get(job)

    def follow(self, job: str, seconds: float) -> Iterator[Job]:
        """A job each time it has changed, the last time when it is over; a look every so many seconds although nothing has."""
        seen: Job | None = None
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._jobs.get(job) is not seen, seconds)  # noqa: B023 - asked at once
                now = self._jobs.get(job)
            if now is None:
                return
            seen = now
            yield now
            if now.is_over:
                return

    def close(self) -> None:
        """Let what runs come to its end, and begin nothing more."""
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self.hands.close()

    def _run(self, job: str, key: tuple[str, str], work: Work) -> None:
        self._change(job, state="running")
        try:
            result = work(lambda stage, done, total: self._change(job, stage=stage, done=done, total=total))
        except RashomonError as error:
            self._end(job, key, state="failed", error=str(error))
        except Exception:  # noqa: BLE001 - a job that nobody foresaw to fail is told, and the pool goes on
            _log.exception("job %s failed", job)
            self._end(job, key, state="failed", error="this should not happen; the server's log has more")
        else:
            self._end(job, key, state="done", result=result)

    def _end(self, job: str, key: tuple[str, str], **changes: Any) -> None:
        with self._changed:
            self._under_way.pop(key, None)
            self._change(job, **changes)

    def _change(self, job: str, **changes: Any) -> None:
        with self._changed:
            self._jobs[job] = replace(self._jobs[job], **changes)
            self._changed.notify_all()

    def _forget(self) -> None:
        over = [name for name, job in self._jobs.items() if job.is_over]
        for name in over[: max(0, len(self._jobs) - REMEMBERED)]:
            del self._jobs[name]
