"""The commands over reports in files: collate, lineage, explain, group, annotate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rashomon.cli.app import (
    PATHS,
    READ_CODES,
    Chosen,
    CorrectionsFile,
    Everything,
    Formed,
    Listed,
    Out,
    Paths,
    Place,
    Quiet,
    SettingsFile,
    Share,
    app,
    leave,
    list_form_of,
    opened,
    page_form_of,
    progress_bar,
    settings_of,
    tell,
    tell_collation,
    words_given,
    write,
)
from rashomon.errors import UsageError


@app.command(epilog=READ_CODES)
def collate(
    paths: Paths,
    form: Formed = None,
    output: Out = None,
    share: Share = False,
    section: Chosen = None,
    everything: Everything = False,
    corrections: CorrectionsFile = None,
    rewrite: Annotated[
        str | None,
        typer.Option(
            "--rewrite",
            help="Let the model at this OpenAI-compatible URL word the briefing; every sentence is checked.",
            show_default=False,
            callback=words_given,
        ),
    ] = None,
    rewrite_model: Annotated[
        str, typer.Option("--rewrite-model", help="The model to ask for.", callback=words_given)
    ] = "default",
    settings_file: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """Collate all reports at PATHS, taken to be of one event.

    Examples:
        rashomon collate reports/

        rashomon collate a.txt b.html -o page.html

        cat articles.jsonl | rashomon collate - --format json > collation.json
    """
    chosen = page_form_of(form, output, share, section, everything)
    from rashomon.run import collate_paths

    settings = settings_of(settings_file)
    if rewrite is not None:
        from rashomon.run.rewrite import check_endpoint

        check_endpoint(rewrite)  # before the work that it would be told after
    with progress_bar(quiet) as progress:
        collation, articles = collate_paths(paths, settings, progress, corrections)
        if rewrite is not None:
            from rashomon.run.rewrite import rewrite_briefing

            texts = {a.id: a.text for a in articles}
            collation = rewrite_briefing(collation, texts, rewrite, rewrite_model, progress)
    tell_collation(collation, articles, chosen, output, settings, share=share, names=section, everything=everything)
    leave(collation.skipped)


@app.command(epilog=READ_CODES)
def lineage(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help=PATHS, show_default=False),
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(
            "--pairs",
            help="Pairs {id, original, reprint}, one a line; prints the spans they share.",
            show_default=False,
        ),
    ] = None,
    form: Listed = None,
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

        with progress_bar(quiet) as progress:
            write("".join(trace_pairs(pairs, progress)), output)
        return
    if not paths:
        raise UsageError("name some reports, or pairs with --pairs FILE.jsonl; see rashomon lineage --help")
    chosen = list_form_of(
        form, output, "the page of shared text is part of the collation: rashomon collate PATHS -o page.html"
    )
    from rashomon.report.lineage import render_lineage
    from rashomon.run import trace_paths

    with progress_bar(quiet) as progress:
        report, articles = trace_paths(paths, settings_of(settings_file), progress)
    tell(report, chosen, lambda width, color: render_lineage(report, articles, width, color=color), output)
    leave(report.skipped)


@app.command(epilog=READ_CODES)
def explain(
    row: Annotated[
        str,
        typer.Argument(
            help="The id of a row, as the JSON and the page give it (q3, f1, pt7 …), or a story, named as for show.",
            callback=words_given,
        ),
    ],
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="The reports that were collated; none for a story of the library.", show_default=False),
    ] = None,
    form: Listed = None,
    output: Out = None,
    corrections: CorrectionsFile = None,
    library: Place = None,
    settings_file: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """Tell why a row of the collation of PATHS was made, or why reports are in one story of the library.

    Examples:
        rashomon explain q3 reports/

        rashomon explain n1 reports/ --format json

        rashomon explain s1a2b3c4d5e6f
    """
    chosen = list_form_of(form, output, "an explanation is json or terminal; the page shows the readings of every row")
    if not paths:
        from rashomon.report.stories import render_story

        with opened(library) as kept:
            story, reports = kept.story(row).explain()
        tell(story, chosen, lambda width, color: render_story(story, reports, width, color=color), output)
        return
    from rashomon.report.explanation import render_explanation
    from rashomon.run import explain_paths

    with progress_bar(quiet) as progress:
        explanation, collation, articles = explain_paths(row, paths, settings_of(settings_file), progress, corrections)
    tell(
        explanation,
        chosen,
        lambda width, color: render_explanation(explanation, collation, articles, width, color=color),
        output,
    )
    leave(collation.skipped)


@app.command(epilog=READ_CODES)
def group(
    paths: Paths,
    form: Listed = None,
    output: Out = None,
    settings_file: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """Tell which reports at PATHS are of one event, and why.

    Examples:
        rashomon group articles.jsonl

        rashomon group reports/ -o stories.json
    """
    chosen = list_form_of(
        form, output, "stories are listed as json or in the terminal; a story's page comes from rashomon collate"
    )
    from rashomon.report.stories import render_grouping
    from rashomon.run import group_paths

    with progress_bar(quiet) as progress:
        grouping, articles = group_paths(paths, settings_of(settings_file), progress)
    tell(grouping, chosen, lambda width, color: render_grouping(grouping, articles, width, color=color), output)
    leave(grouping.skipped)


@app.command(epilog=READ_CODES)
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

    with progress_bar(quiet) as progress:
        intake, found = annotate_paths(paths, settings_of(settings_file), progress)
    write("".join(_line(annotations) for annotations in found), output)
    leave(intake.rejects)


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


def _line(annotations: object) -> str:
    import msgspec

    from rashomon import codec

    fields = msgspec.to_builtins(annotations)
    return codec.encode({"id": fields.pop("article_id"), **fields}).decode() + "\n"
