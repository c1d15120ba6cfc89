"""Serving the app: a socket that is ours before anything is told, and an end that loses nothing."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from litestar import Litestar
from msgspec.structs import replace

from rashomon.errors import UsageError
from rashomon.run.library import Library
from rashomon.web.app import make_app
from rashomon.web.options import Options

# Connections that wait to be taken, and seconds that running requests get when the app ends.
BACKLOG = 128
LAST_SECONDS = 5


def serve(library: Library, options: Options, ready: Callable[[str], None]) -> None:
    """Serve a library until Ctrl-C or SIGTERM, with processes beside it that annotate and collate.

    `ready` is told the address once it is answered. Raises `UsageError` where it cannot listen.
    """
    with listening(options) as own, ended_by_sigterm():
        told = replace(options, port=own.getsockname()[1], apart=True)
        config = configured(make_app(library, told), told)
        ready(told.address)
        try:
            uvicorn.Server(config).run(sockets=[own])
        except KeyboardInterrupt:
            return


def configured(app: Litestar, options: Options) -> uvicorn.Config:
    """How the app is run. Who asks is believed to a proxy alone, and only where a name is given that it passes on."""
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(options.allowed_hosts),
        forwarded_allow_ips=[*options.proxies],
        timeout_graceful_shutdown=LAST_SECONDS,
    )


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """SIGTERM, by which services are stopped, ends the app as Ctrl-C does: uvicorn lets requests end and raises it again."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def listening(options: Options) -> socket.socket:
    """A socket at the host and port. Raises `UsageError`."""
    try:
        family, _, _, _, address = socket.getaddrinfo(
            options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except (OSError, UnicodeError) as error:
        said = (
            os.strerror(error.errno) if isinstance(error, OSError) and error.errno and error.errno > 0 else str(error)
        )
        raise UsageError(
            f"{options.host}, port {options.port}: cannot be listened at ({said}); name another with --host or --port"
        ) from error
