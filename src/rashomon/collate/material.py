"""What collating works on: the articles of a story with their annotations, and the sentences of all of them indexed."""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from rashomon.collate.lining.features import Stretch, Stretches
from rashomon.collate.lining.interaction import Weighed, weigh_pieces
from rashomon.collate.lining.meaning import Meanings
from rashomon.collate.lining.scorer import Scorers, load_scorers
from rashomon.collate.shortening import shortened
from rashomon.model import Act, Annotations, Article, Clause, Correction, Reading, Span
from rashomon.text.numbers import Number, find_numbers
from rashomon.text.vectors import embed
from rashomon.text.words import content_stems, fold, split_words

# A report's lead is so many characters.
LEAD = 400
_RUN = re.compile(r"\w+")


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article with the stems of its content words."""

    article: str
    span: Span
    stems: tuple[str, ...]

    @property
    def reading(self) -> Reading:
        """Where it stands."""
        return Reading(article=self.article, start=self.span.start, end=self.span.end)


class Material:
    """The articles in order of id, their annotations, and the sentences with weights and vectors, made when first asked."""

    def __init__(
        self,
        articles: Sequence[Article],
        annotations: Sequence[Annotations],
        corrections: Sequence[Correction] = (),
        scorers: Scorers | None = None,
    ) -> None:
        self.corrections = tuple(corrections)
        self._scorers = scorers
        self.articles = tuple(sorted(articles, key=lambda article: article.id))
        self.by_id = {article.id: article for article in self.articles}
        self.found = {annotation.article_id: annotation for annotation in annotations}
        for article in self.articles:
            self.found.setdefault(article.id, Annotations(article_id=article.id))
        self._weighed: dict[tuple[object, ...], Weighed] = {}
        self._numbers: dict[str, list[Number]] = {}

    def taught(self, scorers: Scorers) -> Material:
        """This with other scorers; what was made of the texts, as what they mean, is not made again."""
        other = copy(self)
        other.scorers = scorers
        return other

    def with_acts(self, acts: Mapping[str, tuple[Act, ...]]) -> Material:
        """This with other acts, by article; what was made of the texts is not made again."""
        other = copy(self)
        other.found = {name: replace(one, acts=acts[name]) for name, one in self.found.items()}
        return other

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The articles' ids."""
        return tuple(article.id for article in self.articles)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The articles' texts by id."""
        return {article.id: article.text for article in self.articles}

    def text(self, article: str, span: Span | Reading) -> str:
        """The words at a place, white space folded."""
        return " ".join(self.by_id[article].text[span.start : span.end].split())

    def folded(self, article: str, *spans: Span | Reading) -> tuple[str, ...]:
        """The words at some places of an article, folded."""
        text = self.by_id[article].text
        return tuple(fold(w) for span in spans for w in split_words(text, span.start, span.end))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of all articles, by article and place."""
        return tuple(
            Sentence(article.id, span, tuple(content_stems(article.text, span.start, span.end)))
            for article in self.articles
            for span in self.found[article.id].sentences
        )

    @cached_property
    def leads(self) -> tuple[frozenset[str], ...]:
        """The stems of the content words of each article's lead."""
        return tuple(frozenset(content_stems(article.text[:LEAD])) for article in self.articles)

    @cached_property
    def _written(self) -> dict[str, int]:
        return dict(Counter(run for article in self.articles for run in _RUN.findall(article.text)))

    def times_written(self, word: str) -> int:
        """How often a word stands in the articles, in its case; the texts are gone through once, and once for each compound."""
        if word not in self._written:
            whole = re.compile(rf"\b{re.escape(word)}\b")
            held = 0 if word.isalnum() else sum(len(whole.findall(article.text)) for article in self.articles)
            self._written[word] = held
        return self._written[word]

    @cached_property
    def _starts(self) -> dict[str, tuple[list[int], list[int]]]:
        table: dict[str, tuple[list[int], list[int]]] = {article.id: ([], []) for article in self.articles}
        for n, sentence in enumerate(self.sentences):
            table[sentence.article][0].append(sentence.span.start)
            table[sentence.article][1].append(n)
        return table

    def sentence_at(self, article: str, at: int) -> int | None:
        """The number of the sentence at a place, or None between sentences."""
        starts, numbers = self._starts[article]
        n = bisect_right(starts, at) - 1
        if n < 0 or self.sentences[numbers[n]].span.end <= at:
            return None
        return numbers[n]

    def home(self, article: str, span: Span) -> Span:
        """The sentence in which a stretch of an article begins; the stretch itself where none does."""
        number = self.sentence_at(article, span.start)
        return span if number is None else self.sentences[number].span

    def clause_at(self, place: Reading) -> Clause | None:
        """The clause that is a place, or that cut short is one; or None."""
        found = self.found[place.article]
        begun = [c for c in found.clauses if c.start == place.start]
        whole = next((c for c in begun if c.end == place.end), None)
        if whole is not None:
            return whole
        return next((s for c in begun for s in self.shortened(place.article, c) if s.end == place.end), None)

    def shortened(self, article: str, clause: Clause) -> list[Clause]:
        """A clause of an article with less of where and when it was."""
        return list(shortened(self.texts[article], self.found[article], clause))

    def clauses_in(self, place: Reading) -> list[Clause]:
        """The clauses that begin in a place."""
        starts, numbers = self._clauses[place.article]
        inside = numbers[bisect_left(starts, place.start) : bisect_left(starts, place.end)]
        clauses = self.found[place.article].clauses
        return [clauses[n] for n in sorted(inside)]

    @cached_property
    def _clauses(self) -> dict[str, tuple[list[int], list[int]]]:
        """Where the clauses of each article begin, in order, and their numbers."""
        table = {}
        for article, found in self.found.items():
            numbers = sorted(range(len(found.clauses)), key=lambda n: found.clauses[n].start)
            table[article] = ([found.clauses[n].start for n in numbers], numbers)
        return table

    def numbers_in(self, place: Reading) -> list[Number]:
        """The numbers in a place; an article is read for them once."""
        if place.article not in self._numbers:
            self._numbers[place.article] = find_numbers(self.texts[place.article])
        own = self._numbers[place.article]
        first = bisect_left(own, place.start, key=lambda number: number.start)
        inside = itertools.takewhile(lambda number: number.end <= place.end, own[first:])
        return list(inside)

    @cached_property
    def speech(self) -> dict[str, list[Span]]:
        """What each article quotes word for word, by its id."""
        return {
            article.id: [c for q in self.found[article.id].quotes if q.manner == "direct" for c in q.content]
            for article in self.articles
        }

    def is_spoken(self, article: str, span: Span | Reading) -> bool:
        """Whether some of a place stands in what the article quotes word for word."""
        return any(s.start < span.end and span.start < s.end for s in self.speech[article])

    def is_in_title(self, article: str, at: int) -> bool:
        """Whether a place stands in the article's title."""
        title = self.by_id[article].title_span
        return title is not None and title.start <= at < title.end

    @cached_property
    def weights(self) -> dict[str, float]:
        """Inverse document frequency of every stem over the story's sentences (Spärck Jones 1972), smoothed."""
        counts = Counter(stem for sentence in self.sentences for stem in set(sentence.stems))
        n = len(self.sentences)
        return {stem: math.log((n + 1) / (count + 0.5)) for stem, count in counts.items()}

    @cached_property
    def scorers(self) -> Scorers:
        """The learned scorers the readings are lined up with."""
        return self._scorers or load_scorers()

    @cached_property
    def meanings(self) -> Meanings:
        """What stretches of the articles mean, each sentence encoded once."""
        return Meanings([(s.article, s.span) for s in self.sentences], self.texts)

    def weighed(self, article: str, *spans: Span) -> Weighed:
        """The word pieces in some spans of an article, each with what its word weighs in the story; made when first asked."""
        key = (article, *((span.start, span.end) for span in spans))
        if key not in self._weighed:
            self._weighed[key] = weigh_pieces(self.meanings.pieces(article, spans), self.texts[article], self.weights)
        return self._weighed[key]

    @cached_property
    def whole_sentences(self) -> Stretches:
        """The sentences as stretches to be compared."""
        return Stretches(self, [Stretch(s.article, (s.span,)) for s in self.sentences])

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        """One row a sentence."""
        return embed([self.text(s.article, s.span) for s in self.sentences])
