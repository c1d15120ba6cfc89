"""What comes into a library: add, watch."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Annotated

import typer

from rashomon.cli.app import (
    LARGEST,
    AsJson,
    Place,
    Quiet,
    SettingsFile,
    app,
    leave,
    opened,
    progress_bar,
    settings_of,
    write,
)
from rashomon.errors import UsageError

# A day in seconds, a year in minutes: nobody waits longer, and no clock counts without end.
A_DAY, A_YEAR = 86_400, 525_600
MOST_WORKERS = 1_000

Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, max=MOST_WORKERS, help="Processes that annotate.", show_default="one a core"),
]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too.")]
Delay = Annotated[float, typer.Option("--delay", min=0, max=A_DAY, help="Seconds between two requests to one host.")]
Timeout = Annotated[float, typer.Option("--timeout", min=1, max=A_DAY, help="Seconds an address may take.")]


@app.command(epilog="Exit codes: 0 all read, 1 wrong use, 3 some inputs failed (try again with --resume).")
def add(
    locations: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, archives, lists of feeds (.opml), URLs of pages or feeds.", show_default=False
        ),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Try again what failed before.")] = False,
    library: Place = None,
    workers: Workers = None,
    allow_private: AllowPrivate = False,
    delay: Delay = 1.0,
    timeout: Timeout = 30.0,
    settings_file: SettingsFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Add reports to the library: read or fetch, annotate what is new, find the story of each.

    Examples:
        rashomon add reports/ archive.warc.gz

        rashomon add https://example.org/feed.xml feeds.opml

        rashomon add --resume
    """
    from rashomon import codec
    from rashomon.run.fetch import Fetcher

    if not locations and not resume:
        raise UsageError("name files, folders or addresses to add, or --resume; see rashomon add --help")
    fetcher = Fetcher(allow_private=allow_private, delay=delay, timeout=timeout)
    with opened(library, settings_of(settings_file)) as kept, progress_bar(quiet) as progress:
        added = kept.add(*locations or (), resume=resume, fetcher=fetcher, workers=workers, progress=progress)
    if as_json:
        write(codec.pretty(added), None)
    elif not quiet:
        typer.echo(
            f"{added.n_read} read, {added.n_new} new, {added.n_unchanged} unchanged, "
            f"{len(added.failed)} failed; {added.n_annotated} annotated, {added.n_grouped} grouped",
            err=True,
        )
    leave(added.failed)


@app.command()
def watch(
    feeds: Annotated[list[str], typer.Argument(help="Lists of feeds (.opml) or feeds' URLs.", show_default=False)],
    every: Annotated[float, typer.Option("--every", min=0.001, max=A_YEAR, help="Minutes between two rounds.")] = 15.0,
    rounds: Annotated[
        int | None,
        typer.Option("--rounds", min=1, max=LARGEST, help="Stop after so many rounds.", show_default="until stopped"),
    ] = None,
    library: Place = None,
    workers: Workers = None,
    allow_private: AllowPrivate = False,
    delay: Delay = 1.0,
    timeout: Timeout = 30.0,
    settings_file: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """Poll feeds and add what is new, until stopped by Ctrl-C.

    Examples:
        rashomon watch feeds.opml

        rashomon watch https://example.org/feed.xml --every 5
    """
    from rashomon.run.fetch import Fetcher

    fetcher = Fetcher(allow_private=allow_private, delay=delay, timeout=timeout)
    done = 0
    with opened(library, settings_of(settings_file)) as kept, stopped_by_signals() as stop:
        for told in kept.watch(*feeds, every=every * 60, rounds=rounds, stop=stop, fetcher=fetcher, workers=workers):
            done = told.number
            if not quiet:
                typer.echo(f"round {done}: {told.n_new} new, {told.n_failed} failed", err=True)
    if not quiet:
        typer.echo(f"stopped after {done} round{'s' * (done != 1)}; everything that came is kept", err=True)


@contextmanager
def stopped_by_signals() -> Iterator[Event]:
    """An event that SIGINT and SIGTERM set, in place of what they do otherwise."""
    stop = Event()
    before = {s: signal.signal(s, lambda *_: stop.set()) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
