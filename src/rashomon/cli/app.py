"""What all commands share: the app, their common options, and how they print, show progress and fail."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from rashomon.errors import RashomonError, UsageError
from rashomon.version import VERSION

if TYPE_CHECKING:
    from rashomon.model import Article, Collation, Reject
    from rashomon.report import ReportForm
    from rashomon.run.library import Library
    from rashomon.run.progress import Progress
    from rashomon.settings import Settings

SOME_REJECTED = 3
INTERRUPTED = 130
ROW_FORMS = ("terminal", "lines", "json")
DEBUG = "--debug"
# How much is told of an error nobody foresaw, in characters.
LONGEST_FAULT = 300
# The largest number that every database takes for a count or an id.
LARGEST = 2**31 - 1
SUFFIX_FORMS = {".json": "json", ".html": "html", ".htm": "html", ".txt": "terminal"}

app = typer.Typer(
    name="rashomon",
    help="Set every report of one event side by side: what all share, where they differ, and the words each cell rests on.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    epilog="Examples: `rashomon collate reports/` · `rashomon collate a.txt b.html -o page.html` · `rashomon annotate reports/ > found.jsonl`",
)

# By hand, since importing the readers makes --help slow; a test compares it with them.
PATHS = "Files (.txt .md .html .htm .jsonl .json .xml .rss .atom .eml .pdf .warc .warc.gz), folders, or - for standard input."
READ_CODES = "Exit codes: 0 all read, 1 wrong use, 2 nothing could be read, 3 some inputs were set aside."


def words_given(value: str | list[str] | None) -> Any:
    """A callback for arguments that are words, not paths: bytes that are no UTF-8 are in no library."""
    for words in [value] if isinstance(value, str) else value or []:
        if not words.strip():
            raise typer.BadParameter("it is empty.")
        if not words.isprintable() and any(0xD800 <= ord(c) <= 0xDFFF for c in words):
            raise typer.BadParameter(f"{words!a} is no UTF-8.")
    return value


def folder_given(value: str) -> Path:
    """A folder as written; an empty name would be the current one."""
    if not value.strip():
        raise typer.BadParameter("it is empty.")
    return Path(value)


Paths = Annotated[list[str], typer.Argument(help=PATHS, show_default=False)]
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
Place = Annotated[
    str | None,
    typer.Option(
        "--store",
        help="The library: a file or postgresql://…; by default $RASHOMON_STORE, else a file in your data folder.",
        show_default=False,
        callback=words_given,
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
Rows = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        help="terminal, lines (columns between tabs) or json; by default terminal to a terminal, lines to a pipe.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Share = Annotated[bool, typer.Option("--share", help="Write the page with short snippets instead of full texts.")]
Chosen = Annotated[
    list[str] | None,
    typer.Option(
        "--section", help="Print only this section in the terminal form; may be given again.", show_default=False
    ),
]
Everything = Annotated[bool, typer.Option("--all", help="Print every row of each section in the terminal form.")]
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
    debug: Annotated[
        bool, typer.Option("--debug", help="With an error nobody foresaw, print where it was raised.")
    ] = False,
) -> None:
    """Set every report of one event side by side."""  # `main` takes --debug, wherever it stands


def main() -> None:
    """Run the command; what goes wrong is told in one line, without a traceback unless `--debug` asks for it."""
    arguments = sys.argv[1:]
    debug = DEBUG in arguments
    sys.exit(_run([a for a in arguments if a != DEBUG], debug))


def _run(arguments: list[str], debug: bool) -> int:
    from typer.exceptions import TyperException

    try:
        code = app(arguments, standalone_mode=False, prog_name="rashomon")
    except TyperException as error:
        typer.echo(f"rashomon: {error.format_message().strip()} See rashomon --help", err=True)
        code = UsageError.exit_code
    except typer.Abort:
        code = INTERRUPTED
    except RashomonError as error:
        from rashomon.report.console import harmless

        typer.echo("\n".join(harmless(line) for line in f"rashomon: {error}".split("\n")), err=True)
        code = error.exit_code
    except BrokenPipeError:
        # the reader of the pipe has gone (`rashomon … | head`); nobody is left to tell
        sys.stderr.close()
        code = 0
    except Exception as error:  # noqa: BLE001 - the last place where anything can be said
        code = _tell_fault(error, debug)
    return code if isinstance(code, int) else 0


def _tell_fault(error: Exception, debug: bool) -> int:
    """Say what nobody foresaw in one line, and where to report it; with `debug` after its traceback."""
    if debug:
        traceback.print_exception(error)
    from rashomon.report.console import harmless

    raised = traceback.extract_tb(error.__traceback__)[-1]
    said = harmless(" ".join(str(error).split())[:LONGEST_FAULT])
    typer.echo(
        f"rashomon: this should not happen: {type(error).__name__}: {said} ({Path(raised.filename).name}, line {raised.lineno}, "
        f"rashomon {VERSION}). Report it where you have rashomon from, with the command{'' if debug else ' and what --debug prints'}",
        err=True,
    )
    return RashomonError.exit_code


def page_form_of(
    form: str | None, output: Path | None, share: bool, names: Sequence[str] | None, everything: bool
) -> ReportForm:
    """The form asked for of a collation, which may be a page with snippets, or some sections for a terminal."""
    chosen = form_of(form, output)
    if names or everything:
        from rashomon.report.view import check_sections

        check_sections(names or ())
        if form is None and output is None:
            chosen = "terminal"
        if chosen != "terminal":
            raise UsageError(
                f"--section and --all are for the terminal, and the form is {chosen}; add --format terminal"
            )
    if share and chosen != "html":
        raise UsageError(f"--share is for the page, and the form is {chosen}; add --format html or -o page.html")
    return chosen


def list_form_of(form: str | None, output: Path | None, instead: str) -> ReportForm:
    """The form asked for of what has no page; `instead` says where there is one."""
    chosen = form_of(form, output)
    if chosen == "html":
        raise UsageError(instead)
    return chosen


def row_form_of(form: str | None, as_json: bool) -> str:
    """The form asked for of a list; a pipe gets lines, as other commands give it, and JSON only where it is asked for."""
    if form is None:
        return "json" if as_json else "terminal" if sys.stdout.isatty() else "lines"
    if form not in ROW_FORMS:
        raise UsageError(f"{form!r} is no form of a list; choose one of {', '.join(ROW_FORMS)}")
    if as_json and form != "json":
        raise UsageError(f"--json and --format {form} exclude one another; name one of them")
    return form


def form_of(form: str | None, output: Path | None) -> ReportForm:
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
    return "terminal" if _is_terminal(sys.stdout) else "json"


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


def tell_rows(value: Any, form: str, render: Callable[[int, bool], str], lines: Callable[[], str]) -> None:
    """Print a list: for a terminal, for `cut` and `grep`, or as JSON. That there are no lines is said beside the pipe."""
    if form != "lines":
        tell(value, form, render, None)
    elif told := lines():
        write(told, None)
    else:
        typer.echo(render(80, False).strip(), err=True)


def tell_collation(
    collation: Collation,
    articles: Sequence[Article],
    form: ReportForm,
    output: Path | None,
    settings: Settings,
    *,
    share: bool,
    names: Sequence[str] | None = None,
    everything: bool = False,
) -> None:
    """Write a collation in its form."""
    from rashomon.report import report

    if form == "terminal":
        from rashomon.report.terminal import render_terminal

        def render(width: int, color: bool) -> str:
            return render_terminal(collation, articles, width, color=color, names=names or (), everything=everything)

        _show(render, output)
    else:
        write(report(collation, articles, form, share=share, settings=settings), output)


def _show(render: Callable[[int, bool], str], output: Path | None) -> None:
    """Write what `render(width, color)` gives: to a terminal in its width and in colour, else plain and 80 columns wide."""
    is_terminal = output is None and _is_terminal(sys.stdout)
    write(render(_columns() if is_terminal else 80, is_terminal), output)


def write(text: str, output: Path | None) -> None:
    """Write to a file, or to standard output where none is named."""
    if output is None:
        _print(text)
        return
    try:
        output.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror})") from error


def _print(text: str) -> None:
    if sys.stdout is None:
        raise UsageError("standard output is closed; name a file with --output")
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"standard output: cannot be written ({error.strerror})") from error


def leave(rejects: Sequence[Reject]) -> None:
    """Say what was set aside, and leave with the code for it."""
    from rashomon.report.console import harmless

    for reject in rejects:
        typer.echo(harmless(f"set aside: {reject.path}: {reject.reason}"), err=True)
    if rejects:
        raise typer.Exit(SOME_REJECTED)


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal; one that the caller closed is none at all."""
    return stream is not None and stream.isatty()


def _columns() -> int:
    import shutil

    return max(40, min(120, shutil.get_terminal_size().columns))


def opened(place: str | None, settings: Settings | None = None) -> Library:
    """The library at a place, or at the default one; a context manager that closes it."""
    from rashomon.run.library import open_library
    from rashomon.settings import DEFAULT

    return open_library(place, settings or DEFAULT)


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress]:
    """A progress bar on stderr while it is a terminal; nothing otherwise."""
    if quiet or not _is_terminal(sys.stderr):
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
