"""annotate: an article to its annotations, with one tagging pass for many articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from rashomon.annotate.acts import find_acts
from rashomon.annotate.clauses import find_clauses
from rashomon.annotate.figures import find_figures
from rashomon.annotate.mentions import find_mentions
from rashomon.annotate.quotes import find_quotes
from rashomon.annotate.sentences import find_sentences
from rashomon.annotate.speakers import Speakers, resolve_speakers
from rashomon.annotate.tagging import ARTICLES_AHEAD, Parsed, forgetting, parse_articles
from rashomon.annotate.times import find_times
from rashomon.checks import check_articles
from rashomon.model import Annotations, Article
from rashomon.settings import DEFAULT, Settings, check_settings
from rashomon.verbs import make_callable

__all__ = ["annotate"]


def annotate(articles: Iterable[Article], settings: Settings = DEFAULT) -> Iterator[Annotations]:
    """The annotations of each article, in the order given, as they are done. Articles of another language get none.

    Raises `UsageError` for what is no article, for two with one id, or for settings out of range: at once, where articles
    are a list; of a stream they are looked at as they come.
    """
    check_settings(settings)
    return _annotate_each(check_articles(articles) if isinstance(articles, Sequence) else articles, settings)


def _annotate_each(articles: Iterable[Article], settings: Settings) -> Iterator[Annotations]:
    waiting = iter(articles)
    while chunk := check_articles(islice(waiting, ARTICLES_AHEAD)):
        with forgetting():
            found = [_find_all(parsed) for parsed in parse_articles(chunk, settings.annotate, settings.read.language)]
        yield from found


def _find_all(parsed: Parsed) -> Annotations:
    mentions = find_mentions(parsed)
    speakers = Speakers(parsed, mentions)
    quotes = resolve_speakers(find_quotes(parsed, mentions), speakers)
    times = find_times(parsed, quotes)
    return Annotations(
        article_id=parsed.article.id,
        sentences=find_sentences(parsed),
        clauses=find_clauses(parsed, speakers),
        mentions=mentions,
        quotes=quotes,
        figures=find_figures(parsed, mentions, times, quotes),
        times=times,
        acts=find_acts(parsed, quotes, speakers),
    )


make_callable(__name__)
