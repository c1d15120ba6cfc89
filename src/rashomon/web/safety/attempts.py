"""How often somebody may try a password: a few times, then after a while again."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

# Names and addresses remembered, so that nobody fills the memory with them.
REMEMBERED = 10_000


class Attempts:
    """Counts what failed, by who tried. Times in seconds."""

    def __init__(self, most: int = 5, within: float = 300.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._within, self._clock = most, within, clock
        self._failed: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, who: str) -> int:
        """How long somebody has to wait before the next attempt; 0 where it may be made now."""
        with self._lock:
            failed = self._recent(who)
            return 0 if len(failed) < self._most else max(1, round(failed[0] + self._within - self._clock()))

    def fail(self, who: str) -> None:
        """An attempt failed."""
        with self._lock:
            self._failed[who] = [*self._recent(who), self._clock()][-self._most :]
            self._failed.move_to_end(who)
            while len(self._failed) > REMEMBERED:
                self._failed.popitem(last=False)

    def forget(self, who: str) -> None:
        """An attempt succeeded."""
        with self._lock:
            self._failed.pop(who, None)

    def _recent(self, who: str) -> list[float]:
        return [at for at in self._failed.get(who, ()) if at > self._clock() - self._within]
