"""What keeps a library, and takes it elsewhere: check, backup, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rashomon.cli.app import (
    Place,
    Quiet,
    app,
    folder_given,
    leave,
    opened,
    progress_bar,
    words_given,
)


@app.command(epilog="Exit codes: 0 all is well, 3 something is off.")
def check(library: Place = None, quiet: Quiet = False) -> None:
    """Read the library again: every text against its hash, every span against its text, every story against its articles.

    Examples:
        rashomon check
    """
    with opened(library) as kept, progress_bar(quiet) as progress:
        checked = kept.check(progress)
    if not quiet:
        typer.echo(f"{checked.n_articles} articles checked, {len(checked.off)} things off", err=True)
    leave(checked.off)


@app.command()
def backup(
    place: Annotated[
        str,
        typer.Argument(
            help="A file that is not there yet, or postgresql://… of an empty database.",
            show_default=False,
            callback=words_given,
        ),
    ],
    library: Place = None,
    quiet: Quiet = False,
) -> None:
    """Copy the whole library as it is now, while others may go on reading and writing. The copy is a library.

    Examples:
        rashomon backup saved/2026-04-16.sqlite

        rashomon backup --store saved/2026-04-16.sqlite postgresql://rashomon@localhost/rashomon
    """
    with opened(library) as kept:
        kept.backup(place)
    if not quiet:
        with opened(place) as copied:
            typer.echo(f"{len(copied)} articles are in {copied.place}", err=True)


@app.command()
def export(
    output: Annotated[Path, typer.Argument(help="A folder to write to.", show_default=False, parser=folder_given)],
    form: Annotated[
        str, typer.Option("--format", "-f", help="csv, jsonl, parquet, webannotation, jsonld, markdown or tei.")
    ] = "csv",
    story: Annotated[
        str | None,
        typer.Option(
            "--story",
            help="Only this story, named as for show; by default all.",
            show_default=False,
            callback=words_given,
        ),
    ] = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Write full texts too.")] = False,
    library: Place = None,
    quiet: Quiet = False,
) -> None:
    """Write stories out: one table a noun, or annotations, linked data, Markdown, TEI.

    Examples:
        rashomon export tables/ --format parquet

        rashomon export out/ --format webannotation --story s1a2b3c4d5e6f
    """
    with opened(library) as kept, progress_bar(quiet) as progress:
        done = kept.export(output, form, story, with_text=with_text, progress=progress)
    if not quiet:
        for file in done.files:
            typer.echo(f"{file.path}: {file.n_rows}", err=True)
        if done.note:
            typer.echo(done.note, err=True)
