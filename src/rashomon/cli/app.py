"""What all commands share: the app, their common options, and how they print, show progress and fail."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rashomon.errors import RashomonError, UsageError
from rashomon.version import VERSION

if TYPE_CHECKING:
    from rashomon.model import Article, Collation, Reject
    from rashomon.report import Form
    from rashomon.run.progress import Progress
    from rashomon.settings import Settings
    from rashomon.store import Store

SOME_REJECTED = 3
INTERRUPTED = 130
SUFFIX_FORMS = {".json": "json", ".html": "html", ".htm": "html", ".txt": "terminal"}

app = typer.Typer(
    name="rashomon",
    help="Set every report of one event side by side: what all share, where they differ, and the words each cell rests on.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    epilog="Examples: `rashomon collate reports/` · `rashomon collate a.txt b.html -o page.html` · `rashomon annotate reports/ > found.jsonl`",
)

Paths = Annotated[
    list[str],
    typer.Argument(help="Files (.txt .md .html .jsonl), folders, or - for standard input.", show_default=False),
]
Out = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to this file; its suffix picks the form.", show_default=False),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option("--settings", help="A TOML file of settings; see `rashomon settings`.", show_default=False),
]
CorrectionsFile = Annotated[
    Path | None,
    typer.Option(
        "--corrections", help="Corrections; by default rashomon.toml in a folder of PATHS.", show_default=False
    ),
]
Library = Annotated[
    str | None,
    typer.Option(
        "--store",
        help="The library: a file or postgresql://…; by default $RASHOMON_STORE, else a file in your data folder.",
        show_default=False,
    ),
]
Formed = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        help="json, terminal or html; by default terminal to a terminal, json to a pipe.",
        show_default=False,
    ),
]
Listed = Annotated[
    str | None,
    typer.Option("--format", "-f", help="json or terminal; by default as for collate.", show_default=False),
]
Share = Annotated[bool, typer.Option("--share", help="Write the page with short snippets instead of full texts.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rashomon {VERSION}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Set every report of one event side by side."""


def main() -> None:
    """Run the command; what goes wrong is told in one line, without a traceback."""
    from typer.exceptions import TyperException

    try:
        code = app(standalone_mode=False)
    except TyperException as error:
        typer.echo(f"rashomon: {error.format_message().strip()} See rashomon --help", err=True)
        code = UsageError.exit_code
    except typer.Abort:
        code = INTERRUPTED
    except RashomonError as error:
        typer.echo(f"rashomon: {error}", err=True)
        code = error.exit_code
    except BrokenPipeError:
        # the reader of the pipe has gone (`rashomon … | head`); nobody is left to tell
        sys.stderr.close()
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def page_form_of(form: str | None, output: Path | None, share: bool) -> Form:
    """The form asked for of a collation, which may be a page with snippets."""
    chosen = form_of(form, output)
    if share and chosen != "html":
        raise UsageError(f"--share is for the page, and the form is {chosen}; add --format html or -o page.html")
    return chosen


def list_form_of(form: str | None, output: Path | None, instead: str) -> Form:
    """The form asked for of what has no page; `instead` says where there is one."""
    chosen = form_of(form, output)
    if chosen == "html":
        raise UsageError(instead)
    return chosen


def form_of(form: str | None, output: Path | None) -> Form:
    """The form asked for: by name, by the output's suffix, or what suits where the output goes."""
    from rashomon.report import FORMS

    if form is not None:
        if form not in FORMS:
            raise UsageError(f"{form!r} is no report form; choose one of {', '.join(FORMS)}")
        return form
    if output is not None:
        if output.suffix.lower() not in SUFFIX_FORMS:
            raise UsageError(
                f"{output}: no report form ends in {output.suffix!r}; use {', '.join(SUFFIX_FORMS)}, or name it with --format"
            )
        return SUFFIX_FORMS[output.suffix.lower()]  # type: ignore[return-value]
    return "terminal" if sys.stdout.isatty() else "json"


def settings_of(path: Path | None) -> Settings:
    """The settings of a file, or the default ones."""
    from rashomon.settings import DEFAULT, load_settings

    return DEFAULT if path is None else load_settings(path)


def tell(value: Any, form: str, render: Callable[[int, bool], str], output: Path | None) -> None:
    """Write a value as JSON, or as `render` shows it in a terminal."""
    from rashomon import codec

    if form == "json":
        write(codec.pretty(value), output)
    else:
        _show(render, output)


def tell_rows(value: Any, as_json: bool, render: Callable[[int, bool], str]) -> None:
    """Print a list: as JSON where that is asked for or no terminal reads it."""
    tell(value, "json" if as_json else form_of(None, None), render, None)


def tell_collation(
    collation: Collation,
    articles: Sequence[Article],
    form: Form,
    output: Path | None,
    settings: Settings,
    *,
    share: bool,
) -> None:
    """Write a collation in its form."""
    from rashomon.report import report

    if form == "terminal":
        from rashomon.report.terminal import render_terminal

        _show(lambda width, color: render_terminal(collation, articles, width, color=color), output)
    else:
        write(report(collation, articles, form, share=share, settings=settings), output)


def _show(render: Callable[[int, bool], str], output: Path | None) -> None:
    """Write what `render(width, color)` gives: to a terminal in its width and in colour, else plain and 80 columns wide."""
    is_terminal = output is None and sys.stdout.isatty()
    write(render(_columns() if is_terminal else 80, is_terminal), output)


def write(text: str, output: Path | None) -> None:
    """Write to a file, or to standard output where none is named."""
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.flush()
        return
    try:
        output.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror})") from error


def leave(rejects: Sequence[Reject]) -> None:
    """Say what was set aside, and leave with the code for it."""
    for reject in rejects:
        typer.echo(f"set aside: {reject.path}: {reject.reason}", err=True)
    if rejects:
        raise typer.Exit(SOME_REJECTED)


def _columns() -> int:
    import shutil

    return max(40, min(120, shutil.get_terminal_size().columns))


@contextmanager
def opened(place: str | None) -> Iterator[Store]:
    """The library at a place, or at the default one, closed afterwards."""
    from rashomon.store import open_store

    store = open_store(place)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def consulted(place: str | None) -> Iterator[Store]:
    """The library for a command that only reads: it sees one state and waits for no writer."""
    with opened(place) as store, store.one_state():
        yield store


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress]:
    """A progress bar on stderr while it is a terminal; nothing otherwise."""
    if quiet or not sys.stderr.isatty():
        from rashomon.run.progress import silent

        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        tasks: dict[str, object] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield show
