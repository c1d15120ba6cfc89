"""The commands over a library: add, watch, stories, show, search, story, diff, check, export."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.cli.app import (
    LARGEST,
    AsJson,
    Chosen,
    Everything,
    Formed,
    Out,
    Place,
    Quiet,
    Rows,
    SettingsFile,
    Share,
    app,
    folder_given,
    leave,
    opened,
    page_form_of,
    progress_bar,
    row_form_of,
    settings_of,
    tell_collation,
    tell_rows,
    words_given,
    write,
)
from rashomon.errors import UsageError

if TYPE_CHECKING:
    from rashomon.model import Correction, CorrectionKind, StoryCorrectionKind

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


@app.command()
def stories(
    by: Annotated[str, typer.Option("--by", help="newest, sources or disagreement.")] = "newest",
    least: Annotated[
        int, typer.Option("--least", min=1, max=LARGEST, help="Only stories of at least so many reports.")
    ] = 2,
    most: Annotated[int, typer.Option("--most", min=1, max=LARGEST, help="At most so many.")] = 20,
    form: Rows = None,
    library: Place = None,
    as_json: AsJson = False,
) -> None:
    """List the stories of the library.

    Examples:
        rashomon stories

        rashomon stories --by sources --least 3

        rashomon stories --by disagreement --json
    """
    chosen = row_form_of(form, as_json)
    from rashomon.report.stories import render_stories, story_lines

    with opened(library) as kept:
        rows = kept.stories(by, least=least, most=most)
    tell_rows(rows, chosen, lambda width, color: render_stories(rows, width, color=color), lambda: story_lines(rows))


@app.command(name="show")
def show_story(
    story: Annotated[
        list[str],
        typer.Argument(
            help="A story of the library: its id, the beginning of its id, or words of its title.",
            show_default=False,
            callback=words_given,
        ),
    ],
    form: Formed = None,
    output: Out = None,
    share: Share = False,
    section: Chosen = None,
    everything: Everything = False,
    library: Place = None,
    settings_file: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """Show the collation of a story of the library.

    Examples:
        rashomon show s1a2b3c4d5e6f

        rashomon show harbour crane -o page.html
    """
    chosen = page_form_of(form, output, share, section, everything)
    settings = settings_of(settings_file)
    with opened(library, settings) as kept, progress_bar(quiet) as progress:
        collation = kept.story(" ".join(story)).collation(progress)
    articles = collation.full_articles
    tell_collation(collation, articles, chosen, output, settings, share=share, names=section, everything=everything)


@app.command()
def search(
    words: Annotated[
        list[str],
        typer.Argument(
            help='Words, "a phrase", OR, speaker: name: source: since: until:', show_default=False, callback=words_given
        ),
    ],
    most: Annotated[int, typer.Option("--most", min=1, max=LARGEST, help="At most so many.")] = 50,
    form: Rows = None,
    library: Place = None,
    as_json: AsJson = False,
) -> None:
    """Find reports in the library by words, phrases, speakers, names, sources and days.

    Examples:
        rashomon search crane collapse

        rashomon search 'strike OR "call off" speaker:Haldane since:2026-04-14'
    """
    chosen = row_form_of(form, as_json)
    from rashomon.report.stories import hit_lines, render_hits

    with opened(library) as kept:
        hits = kept.search(" ".join(words), most)
    tell_rows(hits, chosen, lambda width, color: render_hits(hits, width, color=color), lambda: hit_lines(hits))


story_app = typer.Typer(
    help="Set stories right, and names, speakers and dates in them: what is set right stays so.", no_args_is_help=True
)
app.add_typer(story_app, name="story")

ArticleIds = Annotated[
    list[str],
    typer.Argument(help="Ids of articles, as `rashomon show --format json` has them.", callback=words_given),
]


def _correct(kind: StoryCorrectionKind, articles: list[str], library: str | None) -> None:
    with opened(library) as kept:
        number = kept.correct(kind, *articles)
    typer.echo(f"correction {number}: {kind} {' '.join(articles)}; rashomon story undo {number} takes it back")


@story_app.command()
def merge(articles: ArticleIds, library: Place = None) -> None:
    """Make one story of the stories that these articles are in."""
    _correct("merge", articles, library)


@story_app.command()
def split(articles: ArticleIds, library: Place = None) -> None:
    """Take these articles out into a story of their own."""
    _correct("split", articles, library)


@story_app.command()
def pin(articles: ArticleIds, library: Place = None) -> None:
    """Move the articles after the first into the first one's story."""
    _correct("pin", articles, library)


def _correct_rows(correction: Correction, library: str | None) -> None:
    with opened(library) as kept:
        number = kept.correct(correction)
    typer.echo(f"correction {number}: {correction.kind}; rashomon story undo {number} takes it back")


ArticleId = Annotated[
    str, typer.Argument(help="The id of an article, as `rashomon show --format json` has it.", callback=words_given)
]
Spellings = Annotated[list[str], typer.Argument(help="Spellings, as reports write them.", callback=words_given)]


@story_app.command()
def speaker(
    article: ArticleId,
    at: Annotated[int, typer.Argument(min=0, max=LARGEST, help="A character of the quote, counted from 0.")],
    name: Annotated[str, typer.Argument(help="Who says it.", callback=words_given)],
    library: Place = None,
) -> None:
    """Say who speaks in a quote.

    Example: `rashomon story speaker a1f0c2… 640 "Marcus Dunne"`
    """
    from rashomon.model import Correction
    from rashomon.model import Place as At

    _correct_rows(Correction(kind="speaker", places=(At(article=article, at=at),), value=name), library)


@story_app.command()
def date(
    article: ArticleId,
    day: Annotated[str, typer.Argument(help="The day, like 2026-04-15.", callback=words_given)],
    library: Place = None,
) -> None:
    """Say on which day a report was published."""
    from rashomon.model import Correction
    from rashomon.model import Place as At

    _correct_rows(Correction(kind="date", places=(At(article=article, at=0),), value=day), library)


def _correct_names(kind: CorrectionKind, article: str, forms: list[str], library: str | None) -> None:
    from rashomon.model import Correction
    from rashomon.model import Place as At

    places = (At(article=article, at=0),)
    _correct_rows(Correction(kind=kind, what="names", forms=tuple(forms), places=places), library)


@story_app.command(name="join-names")
def join_names(article: ArticleId, spellings: Spellings, library: Place = None) -> None:
    """Make one name of several spellings, in the story of an article."""
    _correct_names("merge", article, spellings, library)


@story_app.command(name="split-names")
def split_names(article: ArticleId, spellings: Spellings, library: Place = None) -> None:
    """Make each of some spellings a name of its own, in the story of an article."""
    _correct_names("split", article, spellings, library)


@story_app.command()
def undo(
    number: Annotated[
        int, typer.Argument(min=1, max=LARGEST, help="The correction's number, as `rashomon story list` shows it.")
    ],
    library: Place = None,
) -> None:
    """Take a correction back."""
    with opened(library) as kept:
        kept.undo(number)


@story_app.command(name="list")
def list_corrections(form: Rows = None, library: Place = None, as_json: AsJson = False) -> None:
    """List the corrections, in the order in which they are applied."""
    chosen = row_form_of(form, as_json)
    from rashomon.report.stories import correction_lines, render_corrections

    with opened(library) as kept:
        rows = kept.corrections()
    tell_rows(
        rows,
        chosen,
        lambda width, color: render_corrections(rows, width, color=color),
        lambda: correction_lines(rows),
    )


@app.command()
def diff(
    url: Annotated[
        str, typer.Argument(help="The address of a page that was added more than once.", callback=words_given)
    ],
    form: Rows = None,
    library: Place = None,
    as_json: AsJson = False,
) -> None:
    """Tell what changed between the versions of a page: words, quotes and figures.

    Examples:
        rashomon diff https://example.org/news/crane
    """
    chosen = row_form_of(form, as_json)
    from rashomon.report.stories import change_lines, render_changes

    with opened(library) as kept:
        changes = kept.diff(url)
    tell_rows(
        changes,
        chosen,
        lambda width, color: render_changes(changes, width, color=color),
        lambda: change_lines(changes),
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
