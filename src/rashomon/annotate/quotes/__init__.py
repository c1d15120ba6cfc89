"""Who says what in one article: direct, mixed and indirect quotes, each with its cue and speaker.

A trained model (crf.py) says which words each cue attributes to whom; quotation marks (text/marks.py) say which words
are meant literally and overrule its edges; rules over the parse (rules.py) catch the quotations that no cue took.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rashomon.annotate.quotes.attributed import quote_of_attribution
from rashomon.annotate.quotes.crf import Attribution, find_attributions, load_attribution_model
from rashomon.annotate.quotes.forms import (
    headline_quotes,
    is_interview,
    post_quote,
    repeated_quote,
    signed_below,
    signed_quotes,
    turn_quote,
)
from rashomon.annotate.quotes.grid import Grid, QuotedParagraph, build_grid
from rashomon.annotate.quotes.joining import announcer, carry_on, join_left
from rashomon.annotate.quotes.rules import quotes_by_rule
from rashomon.annotate.quotes.shape import SPEECH_WORDS, count_words, covers, overlap
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.model import Mention, Quote
from rashomon.text.marks import find_quoted

__all__ = ["find_quotes", "read_paragraphs"]

# How many tokens are looked at together.
GRID_TOKENS = 20_000


def find_quotes(parsed: Parsed, mentions: Sequence[Mention]) -> tuple[Quote, ...]:
    """The quotes of an article in order of their first word. Speakers are spans; speakers.py turns them into names."""
    text = parsed.article.text
    interview = is_interview(text, parsed.paragraphs)
    found: list[Quote] = []
    speaking: Quote | None = None
    previous: Paragraph | None = None
    for reading, attributions, grid in _attributed(read_paragraphs(parsed)):
        paragraph = reading.paragraph
        turn = turn_quote(text, paragraph) if interview else None
        signed = post_quote(text, paragraph, previous) or signed_below(text, paragraph, previous, mentions)
        if turn is not None:
            own = [turn]
        elif signed is not None:
            found = [q for q in found if not covers(signed.content[0], q.content[0])]
            own = [signed]
        else:
            own = _quotes_of(text, reading, attributions, grid, mentions)
            again = None if reading.quoted else repeated_quote(text, paragraph, found)
            own = own if again is None else [again]
        speaking, own = carry_on(text, paragraph, own, speaking)
        speaking = announcer(text, paragraph) or speaking
        found += own
        previous = paragraph
    return tuple(sorted(found, key=lambda q: (q.content[0], q.content)))


def read_paragraphs(parsed: Parsed) -> list[QuotedParagraph]:
    """The quotations of every paragraph and the quotes the rules see in it."""
    text = parsed.article.text
    readings = []
    for paragraph in parsed.paragraphs:
        quoted = find_quoted(text, paragraph.span)
        readings.append(QuotedParagraph(paragraph, quoted, quotes_by_rule(text, paragraph, quoted)))
    return readings


def _attributed(readings: Sequence[QuotedParagraph]) -> Iterator[tuple[QuotedParagraph, list[Attribution], Grid]]:
    """Every paragraph with what the model attributes in it, some paragraphs at a time."""
    for chunk in _chunks(readings):
        grid = build_grid(chunk)
        own: list[list[Attribution]] = [[] for _ in chunk]
        for attribution in find_attributions(grid, load_attribution_model()):
            own[int(grid.paragraph[attribution.head])].append(attribution)
        for reading, attributions in zip(chunk, own, strict=True):
            yield reading, attributions, grid


def _chunks(readings: Sequence[QuotedParagraph]) -> Iterator[list[QuotedParagraph]]:
    """Paragraphs together up to GRID_TOKENS, so that a very long article needs no more memory than a long one."""
    chunk: list[QuotedParagraph] = []
    size = 0
    for reading in readings:
        if chunk and size + len(reading.paragraph.doc) > GRID_TOKENS:
            yield chunk
            chunk, size = [], 0
        chunk.append(reading)
        size += len(reading.paragraph.doc)
    if chunk:
        yield chunk


def _quotes_of(
    text: str, reading: QuotedParagraph, attributions: list[Attribution], grid: Grid, mentions: Sequence[Mention]
) -> list[Quote]:
    """The quotes of one paragraph: what the model attributes, then what only the rules see, then quotations left over."""
    paragraph, quoted = reading.paragraph, reading.quoted
    if paragraph.is_heading:
        headline = headline_quotes(text, paragraph, quoted, mentions)
        if headline:
            return headline
    found = signed_quotes(text, paragraph, quoted)
    for attribution in attributions:
        quote = quote_of_attribution(text, paragraph, attribution, grid, quoted)
        if quote is not None and not _is_taken(quote, found):
            found.append(quote)
    for _, quote in reading.ruled:
        if quote.manner != "indirect" and not _is_taken(quote, found):
            found.append(quote)
    speech = [q for q in quoted if count_words(text, q.inner) >= SPEECH_WORDS]
    left = [q for q in speech if not any(overlap(q.outer, c) for f in found for c in f.content)]
    found.sort(key=lambda q: q.content[0])
    return join_left(text, paragraph, found, left)


def _is_taken(quote: Quote, found: Sequence[Quote]) -> bool:
    """Whether another quote already has some of the content."""
    return any(overlap(own, other) for own in quote.content for f in found for other in f.content)
