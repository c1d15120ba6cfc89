"""What is set right in a library: the commands of `rashomon story`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.cli.app import (
    LARGEST,
    AsJson,
    Place,
    Rows,
    app,
    opened,
    row_form_of,
    tell_rows,
    words_given,
)

if TYPE_CHECKING:
    from rashomon.model import Correction, CorrectionKind, StoryCorrectionKind

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


def _correct_names(
    kind: CorrectionKind, article: str, forms: list[str], library: str | None, shown: str | None = None
) -> None:
    from rashomon.model import Correction
    from rashomon.model import Place as At

    own = tuple(dict.fromkeys([*forms, *([shown] if shown else [])]))
    _correct_rows(
        Correction(kind=kind, what="names", forms=own, places=(At(article=article, at=0),), value=shown), library
    )


@story_app.command(name="join-names")
def join_names(
    article: ArticleId,
    spellings: Spellings,
    shown: Annotated[
        str | None, typer.Option("--shown", help="The spelling that the name is shown by.", callback=words_given)
    ] = None,
    library: Place = None,
) -> None:
    """Make one name of several spellings, in the story of an article; with --shown say by which one it is shown.

    Example: `rashomon story join-names a1f0c2… Kestrel "Kestrel Port Services" --shown Kestrel`
    """
    _correct_names("merge", article, spellings, library, shown)


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
