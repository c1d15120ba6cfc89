"""One spaCy pass over the paragraphs of many articles, in batches; every finder reads the same parse."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING

from rashomon.annotate.entities import find_entities
from rashomon.model import Article, Span
from rashomon.provenance import find_pipeline
from rashomon.settings import AnnotateSettings
from rashomon.text.paragraphs import find_paragraphs

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan

    from rashomon.annotate.wordforms import WordForms

_TERMINAL = re.compile(r"[.!?…][\"'”’»)\]]*$")
# "TESSMAR (NPA) —", "WEST HAVEN, Ma. —", "TESSMAR, Veldmark, March 11, 2025 -": where a report was filed is no part of its first sentence.
_DATELINE = re.compile(
    r"[A-Z][A-Z.’'/ -]{2,30}(?:,\s{0,20}[A-Z][\w. ]{1,20}){0,2}(?:,\s{0,20}\d{4})?\s{0,20}(?:\([^)\n]{2,30}\)\s{0,20})?(?:—|–|--?|_)\s{1,20}(?=\S)"
)
DATELINE_PARAGRAPHS = 8
HEADING_WORDS = 18
# The characters tagged at once, however many paragraphs they are: memory grows with them.
MOST_AT_ONCE = 100_000
# No word of prose has so many characters, no sentence so many tokens: the tokenizer takes time in the square of the one, climbing
# a sentence's tree in the square of the other.
LONGEST_WORD = 300
LONGEST_SENTENCE = 300
_WORD = re.compile(r"\S+")
_ENDS = frozenset(".!?")
_ZONE = Lock()
# How many articles' paragraphs are held at once: enough to fill batches, little enough for a corpus.
ARTICLES_AHEAD = 64
# What of the pipeline is done here for a batch at once, to the same result.
DONE_HERE = ("ner", "attribute_ruler", "lemmatizer")


@dataclass(frozen=True)
class Paragraph:
    """A parsed paragraph. `offset` turns an index of the doc's text into one of the article's."""

    span: Span
    doc: Doc
    is_heading: bool

    @property
    def offset(self) -> int:
        """Where the paragraph begins in the article."""
        return self.span.start

    def span_of(self, piece: SpacySpan) -> Span:
        """Where a piece of the doc stands in the article."""
        return Span(self.offset + piece.start_char, self.offset + piece.end_char)


@dataclass(frozen=True)
class Parsed:
    """An article with its parsed paragraphs, furniture left out."""

    article: Article
    paragraphs: tuple[Paragraph, ...]


@lru_cache(maxsize=1)
def load_pipeline() -> Language:
    """The installed English pipeline, loaded once; raises `MissingModelError`."""
    pipeline: Language = importlib.import_module(find_pipeline().name).load(exclude=["senter"])
    return pipeline


@lru_cache(maxsize=1)
def load_word_forms() -> WordForms:
    """The installed pipeline's rules for words, made ready once."""
    # spaCy takes two seconds to load, which whoever only reads need not wait
    from rashomon.annotate.wordforms import WordForms

    return WordForms(load_pipeline())


@contextmanager
def forgetting() -> Iterator[None]:
    """What the pipeline keeps of texts that are parsed within, words and their lemmas, is let go afterwards.

    No doc, span or token may be used afterwards: its memory is gone. One at a time over all threads, never one in another
    (https://spacy.io/usage/memory-management).
    """
    pipeline, word_forms = load_pipeline(), load_word_forms()
    with _ZONE:
        with pipeline.memory_zone():
            yield
        word_forms.clear()


def parse_articles(articles: Iterable[Article], settings: AnnotateSettings, language: str = "en") -> Iterator[Parsed]:
    """Each article parsed, in the order given; one known to be in another language has no paragraphs."""
    pipeline = load_pipeline()
    waiting = iter(articles)
    while chunk := list(islice(waiting, ARTICLES_AHEAD)):
        spans = [
            reporting_paragraphs(article, settings.max_paragraph) if article.language in (language, None) else []
            for article in chunk
        ]
        texts = [_plain(article.text[s.start : s.end]) for article, own in zip(chunk, spans, strict=True) for s in own]
        docs = (doc for batch in _batches(texts, settings.batch) for doc in _parsed(pipeline, batch))
        for article, own in zip(chunk, spans, strict=True):
            yield Parsed(article, _paragraphs(article, own, list(islice(docs, len(own)))))


def _parsed(pipeline: Language, texts: Sequence[str]) -> list[Doc]:
    """Some texts with all that the pipeline says of them."""
    made = (_within(pipeline.make_doc(text)) for text in texts)
    docs = list(pipeline.pipe(made, batch_size=max(1, len(texts)), disable=DONE_HERE))
    find_entities(pipeline.get_pipe("ner"), docs)
    load_word_forms().tell(docs)
    return docs


def _batches(texts: Iterable[str], most: int) -> Iterator[list[str]]:
    """Some texts at a time, in their order: so many, or fewer where they are long."""
    batch: list[str] = []
    length = 0
    for text in texts:
        if batch and (len(batch) == most or length + len(text) > MOST_AT_ONCE):
            yield batch
            batch, length = [], 0
        batch.append(text)
        length += len(text)
    yield batch


def reporting_paragraphs(article: Article, longest: int) -> list[Span]:
    """The paragraphs that are reporting, without what no word is; those above `longest` characters are cut at a space."""
    kept: list[Span] = []
    for n, paragraph in enumerate(find_paragraphs(article.text)):
        dateline = _DATELINE.match(article.text, paragraph.start, paragraph.end) if n < DATELINE_PARAGRAPHS else None
        if dateline:
            paragraph = Span(dateline.end(), paragraph.end)
        if not any(f.start <= paragraph.start and paragraph.end <= f.end for f in article.furniture):
            for piece in _without_runs(article.text, paragraph):
                kept += _cut(article.text, piece, longest)
    return kept


def _without_runs(text: str, span: Span) -> list[Span]:
    """What is left of a paragraph beside signs without a blank between them that are longer than any word."""
    pieces = []
    start = span.start
    for run in _WORD.finditer(text, span.start, span.end) if span.end - span.start > LONGEST_WORD else ():
        if run.end() - run.start() > LONGEST_WORD:
            pieces.append(Span(start, run.start()))
            start = run.end()
    return [piece for piece in (*pieces, Span(start, span.end)) if not pieces or text[piece.start : piece.end].strip()]


def _within(doc: Doc) -> Doc:
    """A text, not parsed yet, in which a sentence ends at the latest after so many tokens."""
    length = 0
    for token in doc if len(doc) > LONGEST_SENTENCE else ():
        if length == LONGEST_SENTENCE:
            token.is_sent_start = True
            length = 0
        length = 0 if token.text in _ENDS else length + 1
    return doc


def _cut(text: str, span: Span, longest: int) -> list[Span]:
    pieces = []
    start = span.start
    while span.end - start > longest:
        space = text.rfind(" ", start + 1, start + longest)
        end = space if space > start else start + longest
        pieces.append(Span(start, end))
        start = end
    return [*pieces, Span(start, span.end)]


def _plain(paragraph: str) -> str:
    # the tagger was trained on running text: a wrapped line's break is a space to it; lengths stay the same
    return paragraph.replace("\n", " ").replace("\r", " ").replace("\t", " ").replace("\xa0", " ")


def _paragraphs(article: Article, spans: Sequence[Span], docs: Sequence[Doc]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(span, doc, is_heading(article.text[span.start : span.end]) or span == article.title_span)
        for span, doc in zip(spans, docs, strict=True)
    )


def is_heading(text: str) -> bool:
    """Whether a paragraph is a headline or subheading: short and without a full stop."""
    return len(text.split()) <= HEADING_WORDS and not _TERMINAL.search(text)
