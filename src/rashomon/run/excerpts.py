"""Where in an article the words of a search stand, with the sentences around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rashomon.model import Annotations, Article, Excerpt, Span
from rashomon.store import Query
from rashomon.text.words import fold_text

_PIECE = re.compile(r"\S+")


def excerpt(article: Article, start: int, end: int) -> Excerpt:
    """A stretch of an article with its words, as they stand in the text."""
    return Excerpt(article=article.id, start=start, end=end, words=article.text[start:end])


def find_excerpts(article: Article, found: Annotations, query: Query, most: int) -> tuple[Excerpt, ...]:
    """The first sentences in which something asked for stands: a quote of a speaker, a name, else the words.

    Nothing where only the source or the day was asked for, or the words stand in the title alone.
    """
    quoted = [
        Span(quote.content[0].start, quote.content[-1].end)
        for quote in found.quotes
        if any(words in fold_text(quote.speaker_name or "") for words in query.fields.get("speaker", ()))
    ]
    terms = [term for terms in query.alternatives for term in terms]
    terms += [tuple(words.split()) for words in query.fields.get("name", ())]
    places = [*quoted, *(_sentence_of(span, article, found.sentences) for span in _find_terms(article.text, terms))]
    return tuple(excerpt(article, *place) for place in list(dict.fromkeys((p.start, p.end) for p in places))[:most])


def _find_terms(text: str, terms: Sequence[tuple[str, ...]]) -> Iterator[Span]:
    """Where each term stands first, then where each stands next, and so on by place."""
    words = [(word, m.span()) for m in _PIECE.finditer(text) for word in fold_text(m[0]).split()]
    folded = [word for word, _ in words]
    found: list[tuple[int, int, int]] = []
    for term in terms:
        places = [n for n in range(len(folded)) if tuple(folded[n : n + len(term)]) == term]
        found += [(k, words[n][1][0], words[n + len(term) - 1][1][1]) for k, n in enumerate(places)]
    return (Span(start, end) for _, start, end in sorted(found))


def _sentence_of(span: Span, article: Article, sentences: Sequence[Span]) -> Span:
    """The sentence that a span begins in; its line where sentences were not found."""
    for sentence in sentences:
        if sentence.start <= span.start < sentence.end:
            return sentence
    start = article.text.rfind("\n", 0, span.start) + 1
    end = article.text.find("\n", span.end)
    return Span(start, len(article.text) if end < 0 else end)
