"""A few numbers in the text form that Prometheus reads, and whether the app is well."""

from __future__ import annotations

import time
from collections import Counter
from threading import Lock

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from msgspec import Struct

from rashomon.store.listing import count_all
from rashomon.version import VERSION
from rashomon.web.given import OurCollations, OurJobs, OurLibrary
from rashomon.web.safety.door import OPEN

# Upper ends of what answers take, in seconds.
BOUNDS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0)
TEXT = "text/plain; version=0.0.4"


class Measured(ASGIMiddleware):
    """Counts answers, and how long they took; what is sent piece by piece, such as events, is not timed."""

    scopes = (ScopeType.HTTP,)

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, int]] = Counter()
        self.within: Counter[float] = Counter()
        self.seconds = 0.0
        self.n_timed = 0
        self._lock = Lock()

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass a request on and note what came of it."""
        began = time.perf_counter()
        method = scope["method"]  # type: ignore[typeddict-item]

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._note(method, message["status"], time.perf_counter() - began)
            await send(message)

        await next_app(scope, receive, noting)

    def _note(self, method: str, status: int, seconds: float) -> None:
        with self._lock:
            self.answers[method, status] += 1
            self.seconds += seconds
            self.n_timed += 1
            self.within.update(bound for bound in BOUNDS if seconds <= bound)

    def lines(self) -> list[str]:
        """What was noted, as Prometheus reads it."""
        with self._lock:
            told = [
                "# HELP rashomon_answers_total Answers by method and status.",
                "# TYPE rashomon_answers_total counter",
            ]
            told += [
                f'rashomon_answers_total{{method="{method}",status="{status}"}} {n}'
                for (method, status), n in sorted(self.answers.items())
            ]
            told += [
                "# HELP rashomon_answer_seconds Time until an answer began.",
                "# TYPE rashomon_answer_seconds histogram",
            ]
            told += [f'rashomon_answer_seconds_bucket{{le="{bound:g}"}} {self.within[bound]}' for bound in BOUNDS]
            told += [
                f'rashomon_answer_seconds_bucket{{le="+Inf"}} {self.n_timed}',
                f"rashomon_answer_seconds_sum {self.seconds:.6f}",
                f"rashomon_answer_seconds_count {self.n_timed}",
            ]
            return told


class Health(Struct, frozen=True):
    """The app answers and its library can be read."""

    status: str
    version: str


class Watching(Controller):
    """What watches the app."""

    include_in_schema = False

    @get("/health", opt={OPEN: True}, sync_to_thread=True)
    def health(self, library: OurLibrary) -> Health:
        """Whether the library can be read; a problem with status 503 where it cannot."""
        library.corrections()
        return Health("ok", VERSION)

    @get("/metrics", sync_to_thread=True)
    def metrics(
        self, library: OurLibrary, jobs: OurJobs, collations: OurCollations, measured: NamedDependency[Measured]
    ) -> Response[str]:
        """Numbers for Prometheus."""
        counts = count_all(library.store)
        told = measured.lines()
        for name, value in counts._asdict().items():
            told += [f"# HELP rashomon_{name} {name.capitalize()} in the library.", f"# TYPE rashomon_{name} gauge"]
            told.append(f"rashomon_{name} {value}")
        told += ["# HELP rashomon_jobs Jobs by state.", "# TYPE rashomon_jobs gauge"]
        told += [f'rashomon_jobs{{state="{state}"}} {n}' for state, n in jobs.counts().items()]
        told += ["# HELP rashomon_collations_total Collations made.", "# TYPE rashomon_collations_total counter"]
        told.append(f"rashomon_collations_total {collations.n_made}")
        return Response("\n".join(told) + "\n", media_type=TEXT)
