"""The commands over a library: add, watch, stories, show, search, story, diff, check, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.cli.app import (
    LARGEST,
    AsJson,
    Chosen,
    Everything,
    Formed,
    Library,
    Out,
    Quiet,
    Rows,
    SettingsFile,
    Share,
    app,
    consulted,
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
    from rashomon.model import StoryCorrectionKind

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
    library: Library = None,
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
    from rashomon.run.arrivals import failed_places, take_in
    from rashomon.run.fetch import Fetcher
    from rashomon.run.library import catch_up

    if not locations and not resume:
        raise UsageError("name files, folders or addresses to add, or --resume; see rashomon add --help")
    settings = settings_of(settings_file)
    with opened(library) as store, progress_bar(quiet) as progress:
        wanted = list(dict.fromkeys([*(locations or []), *(failed_places(store) if resume else [])]))
        fetcher = Fetcher(allow_private=allow_private, delay=delay, timeout=timeout)
        arrived = take_in(store, wanted, fetcher, settings, progress)
        annotated, grouped = catch_up(store, settings, progress, workers)
    if as_json:
        write(codec.pretty({**arrived._asdict(), "n_annotated": annotated, "n_grouped": grouped}), None)
    elif not quiet:
        typer.echo(
            f"{arrived.n_read} read, {arrived.n_new} new, {arrived.n_unchanged} unchanged, "
            f"{len(arrived.failed)} failed; {annotated} annotated, {grouped} grouped",
            err=True,
        )
    leave(arrived.failed)


@app.command()
def watch(
    feeds: Annotated[list[str], typer.Argument(help="Lists of feeds (.opml) or feeds' URLs.", show_default=False)],
    every: Annotated[float, typer.Option("--every", min=0.001, max=A_YEAR, help="Minutes between two rounds.")] = 15.0,
    rounds: Annotated[
        int | None,
        typer.Option("--rounds", min=1, max=LARGEST, help="Stop after so many rounds.", show_default="until stopped"),
    ] = None,
    library: Library = None,
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
    from rashomon.run.watch import watch_feeds

    fetcher = Fetcher(allow_private=allow_private, delay=delay, timeout=timeout)
    with opened(library) as store:
        for told in watch_feeds(store, feeds, fetcher, settings_of(settings_file), every * 60, rounds, workers):
            if not quiet:
                typer.echo(told, err=True)


@app.command()
def stories(
    by: Annotated[str, typer.Option("--by", help="newest, sources or disagreement.")] = "newest",
    least: Annotated[
        int, typer.Option("--least", min=1, max=LARGEST, help="Only stories of at least so many reports.")
    ] = 2,
    most: Annotated[int, typer.Option("--most", min=1, max=LARGEST, help="At most so many.")] = 20,
    form: Rows = None,
    library: Library = None,
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
    from rashomon.run.stories import ORDERS, list_by

    if by not in ORDERS:
        raise UsageError(f"{by!r} is no order; choose one of {', '.join(ORDERS)}")
    with consulted(library) as store:
        rows = list_by(store, by, least, most)
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
    library: Library = None,
    settings_file: SettingsFile = None,
    quiet: Quiet = False,
) -> None:
    """Show the collation of a story of the library.

    Examples:
        rashomon show s1a2b3c4d5e6f

        rashomon show harbour crane -o page.html
    """
    chosen = page_form_of(form, output, share, section, everything)
    from rashomon.run.library import collate_story
    from rashomon.run.stories import find_story

    settings = settings_of(settings_file)
    with consulted(library) as store, progress_bar(quiet) as progress:
        collation, articles = collate_story(store, find_story(store, " ".join(story)), settings, progress)
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
    library: Library = None,
    as_json: AsJson = False,
) -> None:
    """Find reports in the library by words, phrases, speakers, names, sources and days.

    Examples:
        rashomon search crane collapse

        rashomon search 'strike OR "call off" speaker:Haldane since:2026-04-14'
    """
    chosen = row_form_of(form, as_json)
    from rashomon.report.stories import hit_lines, render_hits
    from rashomon.store import search as search_store

    with consulted(library) as store:
        hits = search_store(store, " ".join(words), most)
    tell_rows(hits, chosen, lambda width, color: render_hits(hits, width, color=color), lambda: hit_lines(hits))


story_app = typer.Typer(help="Set stories right: what is merged, split or pinned stays so.", no_args_is_help=True)
app.add_typer(story_app, name="story")

ArticleIds = Annotated[
    list[str],
    typer.Argument(help="Ids of articles, as `rashomon show --format json` has them.", callback=words_given),
]


def _correct(kind: StoryCorrectionKind, articles: list[str], library: str | None) -> None:
    from rashomon.model import StoryCorrection
    from rashomon.run.library import correct_stories

    with opened(library) as store:
        number = correct_stories(store, StoryCorrection(kind=kind, articles=tuple(articles)))
    typer.echo(f"correction {number}: {kind} {' '.join(articles)}; rashomon story undo {number} takes it back")


@story_app.command()
def merge(articles: ArticleIds, library: Library = None) -> None:
    """Make one story of the stories that these articles are in."""
    _correct("merge", articles, library)


@story_app.command()
def split(articles: ArticleIds, library: Library = None) -> None:
    """Take these articles out into a story of their own."""
    _correct("split", articles, library)


@story_app.command()
def pin(articles: ArticleIds, library: Library = None) -> None:
    """Move the articles after the first into the first one's story."""
    _correct("pin", articles, library)


@story_app.command()
def undo(
    number: Annotated[
        int, typer.Argument(min=1, max=LARGEST, help="The correction's number, as `rashomon story list` shows it.")
    ],
    library: Library = None,
) -> None:
    """Take a correction back."""
    from rashomon.run.library import uncorrect_stories

    with opened(library) as store:
        uncorrect_stories(store, number)


@story_app.command(name="list")
def list_corrections(form: Rows = None, library: Library = None, as_json: AsJson = False) -> None:
    """List the corrections, in the order in which they are applied."""
    chosen = row_form_of(form, as_json)
    from rashomon.report.stories import correction_lines, render_corrections
    from rashomon.store import numbered_corrections

    with consulted(library) as store:
        rows = numbered_corrections(store)
    tell_rows(
        [{"number": number, "kind": c.kind, "articles": c.articles} for number, c in rows],
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
    library: Library = None,
    as_json: AsJson = False,
) -> None:
    """Tell what changed between the versions of a page: words, quotes and figures.

    Examples:
        rashomon diff https://example.org/news/crane
    """
    chosen = row_form_of(form, as_json)
    from rashomon.report.stories import change_lines, render_changes
    from rashomon.run.versions import changes_of

    with consulted(library) as store:
        changes = changes_of(store, url)
    tell_rows(
        changes,
        chosen,
        lambda width, color: render_changes(changes, width, color=color),
        lambda: change_lines(changes),
    )


@app.command(epilog="Exit codes: 0 all is well, 3 something is off.")
def check(library: Library = None, quiet: Quiet = False) -> None:
    """Read the library again: every text against its hash, every span against its text, every story against its articles.

    Examples:
        rashomon check
    """
    from rashomon.run.check import check_store

    with consulted(library) as store, progress_bar(quiet) as progress:
        n_articles, off = check_store(store, progress)
    if not quiet:
        typer.echo(f"{n_articles} articles checked, {len(off)} things off", err=True)
    leave(off)


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
    library: Library = None,
    quiet: Quiet = False,
) -> None:
    """Write stories out: one table a noun, or annotations, linked data, Markdown, TEI.

    Examples:
        rashomon export tables/ --format parquet

        rashomon export out/ --format webannotation --story s1a2b3c4d5e6f
    """
    from rashomon.report.export import FORMS
    from rashomon.run.export import export_store
    from rashomon.run.stories import find_story

    if form not in FORMS:
        raise UsageError(f"{form!r} is no form of export; choose one of {', '.join(FORMS)}")
    with consulted(library) as store, progress_bar(quiet) as progress:
        one = None if story is None else find_story(store, story)
        for line in export_store(store, output, form, one, with_text=with_text, progress=progress):
            if not quiet:
                typer.echo(line, err=True)
