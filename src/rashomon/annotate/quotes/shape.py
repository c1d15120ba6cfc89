"""The shape of a quote's content: trimmed spans, whole quotations, and the manner that follows from them."""

from __future__ import annotations

from rashomon.annotate.phrases import token_at
from rashomon.annotate.tagging import Paragraph
from rashomon.model import Manner, Span
from rashomon.text.abbreviations import ends_in_abbreviation
from rashomon.text.marks import Quoted
from rashomon.text.words import find_words

# A quotation this long is somebody speaking; a shorter one may be a title, a nickname or a doubted word.
SPEECH_WORDS = 4
# Words that only lead over to a quotation. Where the model governs, "that" and "but" are the reported words' own: said
# that “…” quotes in a clause of the report's.
LEADING = frozenset({"that", "and", "but", "so", "in", "to"})
LEADING_LABELLED = LEADING - {"that", "but"}
_DROPPED_AT_END = ",;:–— \t\n\r\xa0"


def settle(
    text: str, governed: list[Span], quoted: list[Quoted], leading: frozenset[str] = LEADING
) -> tuple[list[Span], Manner]:
    """What a cue governs, with quotations it cuts taken whole; and its manner."""
    content = []
    touched: list[Quoted] = []
    for span in governed:
        start, end = span.start, span.end
        for q in quoted:
            if overlap(q.outer, Span(start, end)):
                touched.append(q)
                start, end = min(start, q.outer.start), max(end, q.outer.end)
        content.append(tidy(text, Span(start, end)))
    if not touched:
        return content, "indirect"
    if all(is_mostly(text, c, touched, leading) for c in content):
        return [tidy(text, q.inner) for q in touched], "direct"
    return content, "mixed"


def is_mostly(text: str, governed: Span, quoted: list[Quoted], leading: frozenset[str] = LEADING) -> bool:
    """Whether a governed stretch has no word but leading ones outside the quotations."""
    outside = [
        w
        for w in find_words(text, governed.start, governed.end)
        if not any(q.outer.start <= w.start < q.outer.end for q in quoted)
    ]
    return all(w.text.lower() in leading for w in outside)


def tidy(text: str, span: Span) -> Span:
    """The span without white space around it and without a final comma or dash."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and text[end - 1] in _DROPPED_AT_END:
        end -= 1
    if (
        end - start > 1
        and text[end - 1] == "."
        and not ends_in_abbreviation(text, start, end)
        and text[start] not in '“"‘'
    ):
        # a full stop belongs to a quotation's own sentence, not to a clause of the report's
        inside_marks = start > 0 and text[start - 1] in "“\"‘«„`'"
        end = end if inside_marks or text[start:end].count(". ") else end - 1
    return Span(start, end)


def count_words(text: str, span: Span) -> int:
    """How many words stand in a span."""
    return len(find_words(text, span.start, span.end))


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a.start < b.end and b.start < a.end


def covers(outer: Span, inner: Span) -> bool:
    """Whether one span holds another."""
    return outer.start <= inner.start and inner.end <= outer.end


def token_range(paragraph: Paragraph, span: Span) -> range:
    """The indices of the paragraph's tokens within a span of the article."""
    return range(
        token_at(paragraph.doc, span.start - paragraph.offset), token_at(paragraph.doc, span.end - paragraph.offset)
    )
