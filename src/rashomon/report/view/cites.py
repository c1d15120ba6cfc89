"""Letters: which reports a statement rests on, where in each, and which of them are one text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from msgspec import Struct

from rashomon.model import Article, ArticleCard, Collation, QuoteReading, Reading, Span
from rashomon.report.view.words import Words, say_outlet
from rashomon.text.paragraphs import find_paragraphs, number_at
from rashomon.text.shares import number_accounts, number_texts

# With more reports than this, a letter stands for an account; with more than `MANY`, shares take the place of letters.
SEVERAL, MANY = 12, 60
# So many letters of one statement are shown; of more than `MOST_IN_ROW` the first `KEPT`.
MOST_IN_ROW, KEPT, MOST_LETTERS = 8, 4, 10


class Spot(Struct, frozen=True):
    """A place in a report, with the number of its paragraph."""

    start: int
    end: int
    paragraph: int


class Mark(Struct, frozen=True):
    """A report's letter, its places of one statement, and how many reports of its account it stands for."""

    letter: str
    spots: tuple[Spot, ...]
    n_reports: int = 1


class Cites(Struct, frozen=True):
    """The letters of a statement, those of one text in one group, and how many more accounts have no letter here."""

    groups: tuple[tuple[Mark, ...], ...]
    n_more: int = 0

    @property
    def letters(self) -> str:
        """The letters alone: "A, C=D"."""
        return ", ".join("=".join(mark.letter for mark in group) for group in self.groups)


NOTHING = Cites(())


@dataclass(frozen=True)
class ViewContext:
    """What every section is made from: a collation, its articles, their letters, texts, accounts and paragraphs."""

    collation: Collation
    articles: dict[str, Article]
    words: Words
    letters: dict[str, str]
    order: dict[str, int]
    texts: dict[str, int]
    accounts: dict[str, int]
    paragraphs: dict[str, tuple[Span, ...]]

    @property
    def n_reports(self) -> int:
        """How many reports there are."""
        return len(self.articles)

    @cached_property
    def n_words(self) -> dict[str, int]:
        """How many words each report has."""
        return {article.id: len(article.text.split()) for article in self.articles.values()}

    @property
    def year(self) -> int | None:
        """The year in which the story was told."""
        day = self.collation.story.last or self.collation.story.first
        return int(day[:4]) if day else None


def open_context(
    collation: Collation, articles: Sequence[Article], longest: int | None, words: Words | None = None
) -> ViewContext:
    """The context of a collation; with `longest` no more words of a report stand together than that.

    `words` are those of the articles where they have been opened already, so that what is cut is counted there.
    """
    cards = sorted(collation.articles, key=lambda card: (len(card.letter), card.letter))
    by_id = {article.id: article for article in articles}
    return ViewContext(
        collation=collation,
        articles=by_id,
        words=words or Words({a.id: a.text for a in articles}, longest),
        letters={card.id: card.letter for card in cards},
        order={card.id: n for n, card in enumerate(cards)},
        texts=number_texts(collation.lineage),
        accounts=number_accounts(collation.lineage),
        paragraphs={card.id: tuple(find_paragraphs(by_id[card.id].text)) for card in cards},
    )


def paragraph_of(context: ViewContext, article: str, at: int) -> int:
    """The number of the paragraph that a character stands in, from 1; of the one before where it stands between two."""
    return number_at(context.paragraphs[article], at)


def cite(context: ViewContext, readings: Iterable[Reading | QuoteReading]) -> Cites:
    """The letters of some readings, each letter once. The title, where it is cited too, is the last of a report's places."""
    places: dict[str, list[Span]] = defaultdict(list)
    for reading in readings:
        if reading.span not in places[reading.article]:
            places[reading.article].append(reading.span)
    ids = sorted(places, key=context.order.__getitem__)
    if context.n_reports > SEVERAL:
        return _cite_accounts(context, ids, places)
    groups = [
        tuple(Mark(context.letters[a], _spots(context, a, places[a])) for a in group)
        for _, group in groupby(ids, key=context.texts.__getitem__)
    ]
    return Cites(tuple(groups))


def _cite_accounts(context: ViewContext, ids: list[str], places: dict[str, list[Span]]) -> Cites:
    """One letter an account, that of its first report, for the largest accounts."""
    by_account: dict[int, list[str]] = defaultdict(list)
    for article in ids:
        by_account[context.accounts[article]].append(article)
    largest = sorted(by_account.values(), key=lambda group: (-len(group), context.order[group[0]]))
    marks = [
        Mark(context.letters[group[0]], _spots(context, group[0], places[group[0]]), len(group))
        for group in largest[:MOST_LETTERS]
    ]
    return Cites(tuple((mark,) for mark in marks), max(0, len(largest) - MOST_LETTERS))


def _spots(context: ViewContext, article: str, spans: list[Span]) -> tuple[Spot, ...]:
    title = context.articles[article].title_span
    ordered = sorted(spans, key=lambda s: (title is not None and s.start < title.end and s.end > title.start, s))
    return tuple(Spot(s.start, s.end, paragraph_of(context, article, s.start)) for s in ordered)


def n_articles(readings: Iterable[Reading | QuoteReading]) -> int:
    """How many articles some readings are of."""
    return len({reading.article for reading in readings})


def say_share(context: ViewContext, readings: Iterable[Reading | QuoteReading]) -> str:
    """How many reports and how many texts some readings are of: "3 of 5, 2 texts"."""
    ids = {reading.article for reading in readings}
    n_texts = len({context.texts[a] for a in ids})
    return f"{len(ids)} of {context.n_reports}, {n_texts} text{'s' * (n_texts != 1)}"


def outlet(card: ArticleCard) -> str:
    """The source of a report, or that none is named."""
    return say_outlet(card.source)
