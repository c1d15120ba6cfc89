"""report: a collation to one of its written forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from rashomon.codec import pretty
from rashomon.errors import UsageError
from rashomon.model import Article, Collation
from rashomon.settings import DEFAULT, Settings, check_settings
from rashomon.verbs import make_callable

__all__ = ["FORMS", "ReportForm", "report"]

ReportForm = Literal["json", "terminal", "html"]
FORMS: tuple[ReportForm, ...] = get_args(ReportForm)


def report(
    collation: Collation,
    articles: Sequence[Article],
    form: ReportForm = "json",
    *,
    share: bool = False,
    width: int = 80,
    settings: Settings = DEFAULT,
) -> str:
    """The collation as JSON, as text for a terminal of `width` columns, or as one HTML page.

    `articles` are those that were collated: the page quotes their text. With `share` it holds snippets instead of full
    texts. Raises `UsageError` for another form, or for other articles.
    """
    check_settings(settings)
    if form != "json":
        collation = collation.with_articles(articles)
    if form == "json":
        return pretty(collation)
    if form == "terminal":
        from rashomon.report.terminal import render_terminal

        return render_terminal(collation, articles, width)
    if form == "html":
        from rashomon.report.html import render_html

        return render_html(collation, articles, share=share, settings=settings.report)
    raise UsageError(f"{form!r} is no report form; choose one of {', '.join(FORMS)}")


make_callable(__name__)
