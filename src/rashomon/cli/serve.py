"""The app: rashomon serve."""

from __future__ import annotations

import ipaddress
import re
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer

from rashomon.cli.app import Place, SettingsFile, app, opened, settings_of
from rashomon.errors import UsageError

# A name, or an address of IPv6 in brackets, as it stands in the Host header.
_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]")
NEEDS_WEB = "the app needs more packages; install them with: pip install 'rashomon[web]'"


@contextmanager
def needs_web() -> Iterator[None]:
    """What is imported within comes with an extra; where it is missing, that is said."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise UsageError(f"{NEEDS_WEB} ({error.name} is missing)") from error


def check_names(names: Sequence[str]) -> None:
    """Raise `UsageError` for what is no host's name: a scheme, a port or a path goes with none."""
    for name in names:
        if not _HOST.fullmatch(name):
            raise UsageError(f"{name!r:.80} is no host's name; write it without https:// and port, as desk.example.org")


def check_networks(networks: Sequence[str]) -> None:
    """Raise `UsageError` for what is neither an address nor a network."""
    for network in networks:
        try:
            ipaddress.ip_network(network)
        except ValueError as error:
            raise UsageError(
                f"{network!r:.80} is no address and no network ({error}); write it as 172.16.0.0/12"
            ) from error


@app.command()
def serve(
    host: Annotated[
        str, typer.Option("--host", help="Listen at this address; other than loopback only with accounts.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="0 takes one that is free.")] = 8077,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="A host name that a proxy passes on; may be given again.", show_default=False),
    ] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            "--proxy",
            help="Address or network of the proxy, which is believed about who asks; may be given again.",
            show_default="loopback",
        ),
    ] = None,
    secure: Annotated[
        bool, typer.Option("--secure", help="It is reached over https: cookies go over TLS alone.")
    ] = False,
    library: Place = None,
    settings_file: SettingsFile = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Open the library in a browser, and over REST under /api/v1. Ctrl-C or SIGTERM ends it.

    Examples:
        rashomon serve

        rashomon serve --port 9000 --store news.sqlite --open

        rashomon user add dana --role admin && rashomon serve --host 0.0.0.0 --name desk.example.org --secure
    """
    with needs_web():
        from rashomon.web.options import Options
        from rashomon.web.serve import serve as run

    def ready(address: str) -> None:
        behind = f" behind the proxy of {', '.join(name)}" if name else ""
        typer.echo(f"Rashomon is at {address}{behind} (Ctrl-C ends it)", err=True)
        if open_it:
            webbrowser.open(address)

    check_names(name or ())
    check_networks(proxy or ())
    proxies = tuple(proxy or Options().proxies)
    options = Options(host=host, port=port, allowed_hosts=tuple(name or ()), proxies=proxies, secure=secure)
    with opened(library, settings_of(settings_file)) as kept:
        run(kept, options, ready)
