"""What is in a library: stories, show, search, diff."""

from __future__ import annotations

from typing import Annotated

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
    opened,
    page_form_of,
    progress_bar,
    row_form_of,
    settings_of,
    tell_collation,
    tell_rows,
    words_given,
)


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
