"""View data: a collation turned into what every written form shows, so that the writers stay small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rashomon.model import (
    AlignedQuote,
    Article,
    ArticleCard,
    BasisKind,
    Correction,
    Coverage,
    Form,
    Lineage,
    Name,
    Origin,
    QuoteReading,
    Reading,
    Relation,
    Span,
)

SIGNS: dict[Coverage, str] = {"reports": "●", "contradicts": "≠", "near": "◌", "silent": "–", "unread": "?"}
RELATIONS: dict[Relation, str] = {
    "single": "one report",
    "agree": "agree",
    "compatible": "can all be true",
    "conflict": "conflict",
}
# What is said behind a date of what it rests on.
BASES: dict[BasisKind, str] = {
    "metadata": "",
    "text": " (by its own words)",
    "story": " (by the other reports)",
    "correction": " (corrected)",
}


@dataclass(frozen=True)
class Label:
    """How an article is called: a letter for tables, a name for lists."""

    letter: str
    name: str


def label_articles(articles: Sequence[ArticleCard]) -> dict[str, Label]:
    """The letter and a name of each article; the name is its source, or its id where sources are unknown or repeat."""
    sources = [a.source for a in articles]
    return {a.id: Label(a.letter, a.source if a.source and sources.count(a.source) == 1 else a.id) for a in articles}


def holders(readings: Iterable[Reading | QuoteReading], labels: dict[str, Label]) -> str:
    """The letters of the articles that have some readings: "A, C, D"."""
    return ", ".join(labels[article].letter for article in dict.fromkeys(r.article for r in readings))


def words_at(articles: dict[str, Article], article: str, span: Span | Reading) -> str:
    """The words of an article at a place, white space folded."""
    return " ".join(articles[article].text[span.start : span.end].split())


def plain_forms(name: Name) -> list[Form]:
    """The forms of a name without those that only add the article: "the coast guard" beside "coast guard"."""
    texts = {form.text for form in name.forms}
    return [f for f in name.forms if f.text[:4].lower() != "the " or f.text[4:] not in texts]


def spoken(articles: dict[str, Article], reading: QuoteReading) -> str:
    """A quote reading in one line, its stretches joined by an ellipsis."""
    return " … ".join(words_at(articles, reading.article, span) for span in reading.spans)


def say_counts(articles: Sequence[ArticleCard], lineage: Lineage) -> str:
    """Write "5 reports · 5 sources · 4 texts, at most 4 independent accounts"; an unknown source makes a bound too."""
    known = len({a.source for a in articles if a.source})
    unknown = sum(a.source is None for a in articles)
    sources = ("at most " if unknown and len(articles) > 1 else "") + say_n(known + unknown, "source")
    texts, accounts = say_n(lineage.independent, "text"), say_n(lineage.independent, "independent account")
    return f"{say_n(len(articles), 'report')} · {sources} · {texts}, at most {accounts}"


def say_correction(correction: Correction) -> str:
    """A correction in a line: what was done to what, and the note beside it."""
    things = [*correction.forms, *(f"{p.article}:{p.at}" for p in correction.places)]
    done = {
        "merge": f"{correction.what} merged: ",
        "split": f"{correction.what} split off: ",
        "speaker": "speaker set: ",
        "date": "date set: ",
    }[correction.kind]
    value = f" to {correction.value}" if correction.value else ""
    note = f" ({correction.note})" if correction.note else ""
    return f"{done}{', '.join(things)}{value}{note}"


def say_origin(origin: Origin, labels: dict[str, Label]) -> str:
    """Where a family's text may come from, with the letter of an article in the place of its id."""
    if origin.kind == "article" and origin.name is not None:
        return f"{labels[origin.name].letter}: {origin.text}"
    return origin.text


def say_n(count: int, noun: str) -> str:
    """A count with its noun: "1 report", "5 reports"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def vias_of(quote: AlignedQuote) -> str | None:
    """Whoever passed a quote on, in one line."""
    return ", ".join(dict.fromkeys(r.via for r in quote.readings if r.via)) or None


def wide_quotes(quotes: Sequence[AlignedQuote]) -> list[AlignedQuote]:
    """Quotes with readings in two or more articles."""
    return [q for q in quotes if len({r.article for r in q.readings}) > 1]


def first_words(words: str, most: int) -> str:
    """At most so many words, with an ellipsis where some are left out."""
    split = words.split()
    return words if len(split) <= most else " ".join(split[:most]) + " …"


def shorten(words: str, longest: int) -> str:
    """The words cut at a space, with an ellipsis, to at most `longest` characters."""
    if len(words) <= longest:
        return words
    return words[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:–—") + "…"


def in_marks(words: str) -> str:
    """The words in quotation marks unless they bring their own."""
    return words if words[:1] in '“"‘«' else f"“{words}”"
