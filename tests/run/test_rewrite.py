from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rashomon.errors import UsageError
from rashomon.model import Article, Collation
from rashomon.run.rewrite import rewrite_briefing

Example = tuple[Collation, tuple[Article, ...]]


@contextmanager
def endpoint(answer: Callable[[str], str | int]) -> Iterator[str]:
    """A stand-in for an OpenAI-compatible server on loopback: from the line asked about to an answer or a status."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            line = asked["messages"][1]["content"].removeprefix("Line: ").split("\n")[0]
            given = answer(line)
            self.send_response(given if isinstance(given, int) else 200)
            self.end_headers()
            if isinstance(given, str):
                self.wfile.write(json.dumps({"choices": [{"message": {"content": given}}]}).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def rewritten(example: Example, answer: Callable[[str], str | int]) -> Collation:
    """The example's collation, its briefing worded by a stand-in."""
    collation, articles = example
    with endpoint(answer) as url:
        return rewrite_briefing(collation, {a.id: a.text for a in articles}, url)


def test_an_honest_answer_is_taken(example: Example) -> None:
    """A sentence with nothing that its evidence does not have is shown, and marked as rewritten."""
    found = rewritten(example, lambda line: f"Several reports: {line}")
    assert all(s.rewritten and s.text.startswith("Several reports: ") for s in found.briefing)
    assert [s.cites for s in found.briefing] == [s.cites for s in example[0].briefing]


@pytest.mark.parametrize(
    "lie",
    [
        "Ilsa Brandvik resigned, Boris Kettering said.",
        "At least 77 people were killed.",
        "Seventy-seven people were killed.",
        "Kettering resigned.",
        "It happened in Skarnholm.",
    ],
)
def test_a_lying_answer_is_refused(example: Example, lie: str) -> None:
    """A name or a number that stands in no cited reading: the composed line stays."""
    assert rewritten(example, lambda _: lie).briefing == example[0].briefing


@pytest.mark.parametrize("answer", [500, "", "word " * 400])
def test_no_usable_answer_keeps_the_composed_line(example: Example, answer: str | int) -> None:
    """Errors, silence and essays."""
    assert rewritten(example, lambda _: answer).briefing == example[0].briefing


def test_sentences_are_judged_one_by_one(example: Example) -> None:
    """A lie about one line does not cost the others their wording."""
    first = example[0].briefing[0].text
    found = rewritten(example, lambda line: "Kettering resigned." if line == first else f"Reports: {line}")
    assert [s.rewritten for s in found.briefing] == [False] + [True] * (len(found.briefing) - 1)


def test_an_endpoint_that_is_not_there_is_told(example: Example) -> None:
    """The command stops with a message; nothing is half done."""
    with pytest.raises(UsageError, match="cannot be reached"):
        rewrite_briefing(example[0], {a.id: a.text for a in example[1]}, "http://127.0.0.1:9/v1")
