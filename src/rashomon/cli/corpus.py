"""The commands over corpora, which are too much for a library: rashomon corpus run."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.cli.app import READ_CODES, SOME_REJECTED, Quiet, app, words_given
from rashomon.errors import UsageError

if TYPE_CHECKING:
    from rashomon.run.corpus import Executor

EXECUTORS = ("spark", "processes", "local")
MOST_WORKERS = 1_000

corpus_app = typer.Typer(help="Corpora: more reports than a library is for, on Apache Spark.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")


@corpus_app.callback()
def corpus() -> None:
    """Corpora: more reports than a library is for, on Apache Spark."""


@corpus_app.command(name="run", epilog=READ_CODES)
def run_spec(
    spec: Annotated[Path, typer.Argument(help="A TOML file: inputs, window, stages, output.", show_default=False)],
    executor: Annotated[
        str,
        typer.Option("--executor", help="spark, processes (of this machine) or local (this process): the same tables."),
    ] = "spark",
    master: Annotated[
        str, typer.Option("--master", help="Spark's master: local[*], spark://HOST:PORT, yarn, k8s://…")
    ] = "local[*]",
    conf: Annotated[
        list[str] | None,
        typer.Option("--conf", help="A setting of Spark, as KEY=VALUE; may be given again.", show_default=False),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", min=1, max=MOST_WORKERS, help="Processes of --executor processes.", show_default="one a core"
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Read, group, annotate and collate a corpus, and write tables; what was done before is not done again.

    Spark needs Java 17 or newer and `pip install 'rashomon[spark]'`; docs/scale.md tells of specs, clusters and outputs.

    Examples:
        rashomon corpus run examples/corpus.toml

        rashomon corpus run cc-news.toml --master spark://head:7077 --conf spark.executor.memory=6g

        rashomon corpus run examples/corpus.toml --executor processes --workers 4
    """
    from rashomon.report.console import harmless
    from rashomon.run.corpus import load_spec, run_corpus

    def tell(line: str) -> None:
        if not quiet:
            typer.echo(harmless(line), err=True)

    asked = load_spec(spec)
    chosen = _executor(executor, master, conf or (), workers, tell)
    try:
        report = run_corpus(asked, chosen, tell)
    finally:
        chosen.close()
    for reject in report.rejects:
        typer.echo(harmless(f"set aside: {reject.path}: {reject.reason}"), err=True)
    if report.n_rejects > len(report.rejects):
        more = report.n_rejects - len(report.rejects)
        typer.echo(f"… and {more} more in {asked.output.folder}/tables/rejects", err=True)
    if report.n_rejects:
        raise typer.Exit(SOME_REJECTED)


def _executor(
    name: str, master: str, conf: Sequence[str], workers: int | None, tell: Callable[[str], None]
) -> Executor:
    from rashomon.run.corpus import in_processes, in_this_process

    if name not in EXECUTORS:
        raise UsageError(f"{name!r} is no executor; choose one of {', '.join(EXECUTORS)}")
    if name == "local":
        return in_this_process()
    if name == "processes":
        return in_processes(workers or os.cpu_count() or 1)
    from rashomon.run.spark import on_spark

    words_given(master)
    return on_spark(master, dict(_pair(one) for one in conf), tell)


def _pair(given: str) -> tuple[str, str]:
    key, sign, value = given.partition("=")
    if not sign or not key.startswith("spark."):
        raise UsageError(f"{given!r} is no setting of Spark; write it as spark.executor.memory=6g")
    return key, value
