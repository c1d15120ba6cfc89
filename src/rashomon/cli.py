"""The command line: one function a command, which parses, calls and prints."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.errors import RashomonError, UsageError
from rashomon.version import VERSION

if TYPE_CHECKING:
    from rashomon.model import Reject
    from rashomon.report import Form
    from rashomon.run.progress import Progress
    from rashomon.settings import Settings

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


@app.command(epilog="Exit codes: 0 all read, 1 wrong use, 2 nothing could be read, 3 some inputs were set aside.")
def collate(
    paths: Paths,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="json, terminal or html; by default terminal to a terminal, json to a pipe.",
            show_default=False,
        ),
    ] = None,
    output: Out = None,
    share: Annotated[
        bool, typer.Option("--share", help="Write the page with short snippets instead of full texts.")
    ] = False,
    corrections: CorrectionsFile = None,
    rewrite: Annotated[
        str | None,
        typer.Option(
            "--rewrite",
            help="Let the model at this OpenAI-compatible URL word the briefing; every sentence is checked.",
            show_default=False,
        ),
    ] = None,
    rewrite_model: Annotated[str, typer.Option("--rewrite-model", help="The model to ask for.")] = "default",
    settings_file: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """Collate all reports at PATHS, taken to be of one event.

    Examples:
        rashomon collate reports/

        rashomon collate a.txt b.html -o page.html

        cat articles.jsonl | rashomon collate - --format json > collation.json
    """
    chosen = _form(form, output)
    if share and chosen != "html":
        raise UsageError(f"--share is for the page, and the form is {chosen}; add --format html or -o page.html")
    from rashomon.report import report
    from rashomon.run import collate_paths

    settings = _settings(settings_file)
    with _progress(quiet) as progress:
        collation, articles = collate_paths(paths, settings, progress, corrections)
        if rewrite is not None:
            from rashomon.run.rewrite import rewrite_briefing

            texts = {a.id: a.text for a in articles}
            collation = rewrite_briefing(collation, texts, rewrite, rewrite_model, progress)
    if chosen == "terminal":
        from rashomon.report.terminal import render_terminal

        _show(lambda width, color: render_terminal(collation, articles, width, color=color), output)
    else:
        _write(report(collation, articles, chosen, share=share, settings=settings), output)
    _leave(collation.skipped)


@app.command(epilog="Exit codes: 0 all read, 1 wrong use, 2 nothing could be read, 3 some inputs were set aside.")
def lineage(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files (.txt .md .html .jsonl), folders, or - for standard input.", show_default=False),
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(
            "--pairs",
            help="Pairs {id, original, reprint}, one a line; prints the spans they share.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", help="json or terminal; by default as for collate.", show_default=False),
    ] = None,
    output: Out = None,
    settings_file: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """Find which reports share text: the passages, the families, how many independent accounts there can be.

    Examples:
        rashomon lineage reports/

        rashomon lineage reports/ -o lineage.json

        rashomon lineage --pairs pairs.jsonl > spans.jsonl
    """
    if pairs is not None:
        if paths or form is not None:
            raise UsageError("--pairs FILE.jsonl stands alone: it takes no PATHS and prints JSON lines")
        from rashomon.run.pairs import trace_pairs

        with _progress(quiet) as progress:
            _write("".join(trace_pairs(pairs, progress)), output)
        return
    if not paths:
        raise UsageError("name some reports, or pairs with --pairs FILE.jsonl; see rashomon lineage --help")
    chosen = _form(form, output)
    if chosen == "html":
        raise UsageError("the page of shared text is part of the collation: rashomon collate PATHS -o page.html")
    from rashomon import codec
    from rashomon.report.terminal import render_lineage
    from rashomon.run import trace_paths

    with _progress(quiet) as progress:
        report, articles = trace_paths(paths, _settings(settings_file), progress)
    if chosen == "json":
        _write(codec.pretty(report), output)
    else:
        _show(lambda width, color: render_lineage(report, articles, width, color=color), output)
    _leave(report.skipped)


@app.command()
def explain(
    row: Annotated[str, typer.Argument(help="The id of a row, as the JSON and the page give it: q3, f1, pt7 …")],
    paths: Paths,
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", help="json or terminal; by default as for collate.", show_default=False),
    ] = None,
    output: Out = None,
    corrections: CorrectionsFile = None,
    settings_file: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """Tell why a row of the collation of PATHS was made: reasons, readings, and how alike they are.

    Examples:
        rashomon explain q3 reports/

        rashomon explain n1 reports/ --format json
    """
    chosen = _form(form, output)
    if chosen == "html":
        raise UsageError("an explanation is json or terminal; the page shows the readings of every row")
    from rashomon import codec
    from rashomon.report.terminal import render_explanation
    from rashomon.run import explain_paths

    with _progress(quiet) as progress:
        explanation, collation, articles = explain_paths(row, paths, _settings(settings_file), progress, corrections)
    if chosen == "json":
        _write(codec.pretty(explanation), output)
    else:
        _show(lambda width, color: render_explanation(explanation, collation, articles, width, color=color), output)
    _leave(collation.skipped)


@app.command(epilog="Exit codes: 0 all read, 1 wrong use, 2 nothing could be read, 3 some inputs were set aside.")
def group(
    paths: Paths,
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", help="json or terminal; by default as for collate.", show_default=False),
    ] = None,
    output: Out = None,
    settings_file: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """Tell which reports at PATHS are of one event, and why.

    Examples:
        rashomon group articles.jsonl

        rashomon group reports/ -o stories.json
    """
    chosen = _form(form, output)
    if chosen == "html":
        raise UsageError("stories are listed as json or in the terminal; a story's page comes from rashomon collate")
    from rashomon import codec
    from rashomon.report.stories import render_grouping
    from rashomon.run import group_paths

    with _progress(quiet) as progress:
        grouping, articles = group_paths(paths, _settings(settings_file), progress)
    if chosen == "json":
        _write(codec.pretty(grouping), output)
    else:
        _show(lambda width, color: render_grouping(grouping, articles, width, color=color), output)
    _leave(grouping.skipped)


@app.command()
def annotate(
    paths: Paths,
    form: Annotated[str, typer.Option("--format", "-f", help="jsonl is the only form.")] = "jsonl",
    output: Out = None,
    settings_file: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """Find quotes, figures, times, names and acts in each report; one JSON line a report.

    Examples:
        rashomon annotate reports/ > found.jsonl

        rashomon annotate articles.jsonl -o found.jsonl
    """
    if form != "jsonl":
        raise UsageError(f"{form!r} is no form of annotations; the only one is jsonl")
    from rashomon.run import annotate_paths

    with _progress(quiet) as progress:
        intake, found = annotate_paths(paths, _settings(settings_file), progress)
    _write("".join(_line(annotations) for annotations in found), output)
    _leave(intake.rejects)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a collation."""
    from rashomon import codec

    typer.echo(codec.pretty(codec.schema()), nl=False)


@app.command()
def settings() -> None:
    """Print every setting with its default and help, as TOML to start from."""
    from rashomon.settings import describe_settings

    typer.echo(describe_settings(), nl=False)


def main() -> None:
    """Run the command; what goes wrong is told in one line, without a traceback."""
    import click

    try:
        code = app(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = UsageError.exit_code
    except click.exceptions.Abort:
        code = INTERRUPTED
    except RashomonError as error:
        typer.echo(f"rashomon: {error}", err=True)
        code = error.exit_code
    except BrokenPipeError:
        # the reader of the pipe has gone (`rashomon … | head`); nobody is left to tell
        sys.stderr.close()
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _form(form: str | None, output: Path | None) -> Form:
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


def _settings(path: Path | None) -> Settings:
    from rashomon.settings import DEFAULT, load_settings

    return DEFAULT if path is None else load_settings(path)


def _show(render: Callable[[int, bool], str], output: Path | None) -> None:
    """Write what `render(width, color)` gives: to a terminal in its width and in colour, else plain and 80 columns wide."""
    is_terminal = output is None and sys.stdout.isatty()
    _write(render(_columns() if is_terminal else 80, is_terminal), output)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.flush()
        return
    try:
        output.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror})") from error


def _line(annotations: object) -> str:
    import msgspec

    from rashomon import codec

    fields = msgspec.to_builtins(annotations)
    return codec.encode({"id": fields.pop("article_id"), **fields}).decode() + "\n"


def _leave(rejects: tuple[Reject, ...]) -> None:
    for reject in rejects:
        typer.echo(f"set aside: {reject.path}: {reject.reason}", err=True)
    if rejects:
        raise typer.Exit(SOME_REJECTED)


def _columns() -> int:
    import shutil

    return max(40, min(120, shutil.get_terminal_size().columns))


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress]:
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
            bar.update(tasks[stage], completed=done)  # type: ignore[arg-type]

        yield show
