"""Servers on loopback: honest, flaky, slow and hostile ones."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A server on loopback: `pages` holds what each path answers, `asked` what was asked for with which headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                site.pages.get(self.path, status(404))(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [path for path, _ in self.asked]


def page(body: str | bytes, kind: str = "text/html", **headers: str) -> Answer:
    """Answers with a body; with an `etag` header, with 304 to who has it."""
    data = body if isinstance(body, bytes) else body.encode()
    told = {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if "etag" in told and handler.headers.get("If-None-Match") == told["etag"]:
            handler.send_response(304)
            handler.end_headers()
            return
        handler.send_response(200)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **told}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def status(code: int, **headers: str) -> Answer:
    """Answers with a status and nothing else."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def redirect(to: str) -> Answer:
    """Sends elsewhere."""
    return status(302, Location=to)


def flaky(failures: int, then: Answer) -> Answer:
    """Fails so many times and answers then."""
    left = [failures]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        left[0] -= 1
        (status(503) if left[0] >= 0 else then)(handler)

    return answer


def slow(seconds: float, body: bytes) -> Answer:
    """Sends a byte at a time."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        try:
            for n in range(len(body)):
                handler.wfile.write(body[n : n + 1])
                handler.wfile.flush()
                time.sleep(seconds)
        except OSError:
            pass  # the other side has had enough

    return answer


def bomb(megabytes: int) -> Answer:
    """A small body that unpacks to a large one."""
    packer = zlib.compressobj(9, wbits=31)
    data = b"".join([*(packer.compress(b"\0" * 1_000_000) for _ in range(megabytes)), packer.flush()])
    return page(data, Content_Encoding="gzip")


def trickle(seconds: float) -> Answer:
    """Sends a head without end, a byte at a time."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
            for _ in range(200):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(seconds)
        except OSError:
            pass  # the other side has had enough

    return answer
