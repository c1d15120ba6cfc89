"""What the verbs look at before they work: that they were given what they take, so that what is wrong is told where it was given.

All raise `UsageError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from rashomon.errors import UsageError
from rashomon.model import Annotations, Article

T = TypeVar("T")


def check_locations(locations: Iterable[str | Path]) -> list[str | Path]:
    """Locations that are a list, not one by itself."""
    if isinstance(locations, str | bytes | Path):
        raise UsageError(
            f"{locations!r:.80} is one location; name them in a list, even where it is one: [{locations!r:.80}]"
        )
    return _all_of(locations, (str, Path), "no location", "name files, folders or '-'")


def check_articles(articles: Iterable[Article]) -> list[Article]:
    """Articles, no two with one id."""
    own = _all_of(articles, (Article,), "no article", "read(…).articles or Article.from_text(…) give articles")
    seen: set[str] = set()
    for article in own:
        if article.id in seen:
            raise UsageError(f"two articles have the id {article.id!r}; give each an id of its own")
        seen.add(article.id)
    return own


def check_annotations(articles: Sequence[Article], annotations: Iterable[Annotations]) -> list[Annotations]:
    """What was found in each of the articles, in any order, nothing of others and nothing beyond a text's end."""
    own = _all_of(annotations, (Annotations,), "no annotations", "annotate(articles) gives them")
    if len(own) != len(articles):
        raise UsageError(f"{len(articles)} articles and {len(own)} annotations; give those of each article, once")
    found = {one.article_id: one for one in own}
    for article in articles:
        if article.id not in found:
            raise UsageError(f"nothing was found in the article {article.id!r}; annotate it too")
        last = max((span.end for span in found[article.id].sentences), default=0)
        if last > len(article.text):
            raise UsageError(f"the annotations of {article.id!r} are those of another text; annotate it anew")
    return own


def _all_of(things: Iterable[T], kinds: tuple[type, ...], what: str, advice: str) -> list[T]:
    if not isinstance(things, Iterable):
        raise UsageError(f"{things!r:.80} is no list; {advice}")
    own = list(things)
    for thing in own:
        if not isinstance(thing, kinds):
            raise UsageError(f"{thing!r:.80} is {what}; {advice}")
    return own
