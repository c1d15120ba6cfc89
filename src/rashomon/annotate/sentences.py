"""The sentences of an article: the parser's, joined where a bracket, a quotation mark or an abbreviation broke them."""

from __future__ import annotations

import re

from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.model import Span
from rashomon.text.abbreviations import ends_in_abbreviation
from rashomon.text.paragraphs import trim

_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_LETTER = re.compile(r"\w")


def find_sentences(parsed: Parsed) -> tuple[Span, ...]:
    """The sentences in order; a heading is one sentence, and no sentence crosses a paragraph."""
    return tuple(s for paragraph in parsed.paragraphs for s in sentences_of(parsed.article.text, paragraph))


def sentences_of(text: str, paragraph: Paragraph) -> list[Span]:
    """The sentences of one paragraph, trimmed of white space."""
    if paragraph.is_heading:
        return [paragraph.span]
    joined: list[Span] = []
    for piece in paragraph.doc.sents:
        span = trim(text, paragraph.span_of(piece))
        if span.start >= span.end:
            continue
        if joined and not _breaks(text, joined[-1], span):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _breaks(text: str, left: Span, right: Span) -> bool:
    before, after = text[max(left.start, left.end - 12) : left.end], text[right.start : right.end]
    if not _LETTER.search(after) or not _LETTER.search(text[left.start : left.end]):
        return False
    return (
        bool(_ENDS.search(before)) and not ends_in_abbreviation(text, left.start, left.end) and not after[0].islower()
    )
