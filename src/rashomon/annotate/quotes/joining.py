"""Quotations that no cue took: joined to the quote before them, in the paragraph or over its end."""

from __future__ import annotations

import msgspec

from rashomon.annotate.phrases import noun_phrase, subject_of, token_at
from rashomon.annotate.quotes.shape import SPEECH_WORDS, count_words, overlap, tidy
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import words_of
from rashomon.model import Quote, Span
from rashomon.text.marks import Quoted
from rashomon.text.paragraphs import trim

# Between what a cue governs and a quotation that it governs too stand a comma and a blank at most.
NEXT = 3


def join_left(text: str, paragraph: Paragraph, found: list[Quote], left: list[Quoted]) -> list[Quote]:
    """Quotations that no cue took join the direct quote before them in the paragraph ("A," he said. "B.")."""
    quotes = list(found)
    for q in left:
        content = tidy(text, q.inner)
        if any(overlap(content, c) for quote in quotes for c in quote.content):
            continue
        beside = next((n for n, quote in enumerate(quotes) if _runs_into(text, quote, q)), None)
        if beside is not None:
            quotes[beside] = _widened(quotes[beside], q)
            continue
        hosts = [
            n for n, quote in enumerate(quotes) if quote.manner != "indirect" and quote.content[0].start < content.start
        ]
        ends_sentence = text[max(paragraph.span.start, q.outer.start - 3) : q.outer.start].rstrip()[-1:] in '.!?…:”"'
        if hosts and ends_sentence:
            host = quotes[hosts[-1]]
            if host.manner == "direct":
                quotes[hosts[-1]] = msgspec.structs.replace(host, content=(*host.content, content))
            else:
                quotes.append(msgspec.structs.replace(host, content=(content,), manner="direct"))
        elif ends_sentence and (speaker := _announced(paragraph, q, quotes)) is not None:
            quotes.append(Quote(content=(content,), manner="direct", speaker=speaker))
        elif _fills(text, paragraph, q):
            quotes.append(Quote(content=(content,), manner="direct"))
    return quotes


def _runs_into(text: str, quote: Quote, q: Quoted) -> bool:
    """Whether a quotation is one more of what a quote in the report's words names: called it old, “a wreck”."""
    end = quote.content[-1].end
    return (
        quote.manner != "direct" and text[end : q.outer.start].strip() in ("", ",") and 0 <= q.outer.start - end <= NEXT
    )


def _widened(quote: Quote, q: Quoted) -> Quote:
    *others, last = quote.content
    return msgspec.structs.replace(quote, content=(*others, Span(last.start, q.outer.end)), manner="mixed")


def _announced(paragraph: Paragraph, q: Quoted, quotes: list[Quote]) -> Span | None:
    """Who speaks after a colon or an indirect quote: "He was blunt: “…”", "X noted progress. “…”"."""
    earlier = [quote for quote in quotes if quote.content[0].start < q.outer.start and quote.speaker is not None]
    if earlier:
        return earlier[-1].speaker
    start = token_at(paragraph.doc, max(0, q.outer.start - paragraph.offset - 3))
    if not 0 < start < len(paragraph.doc):
        return None
    sentence = paragraph.doc[start - 1].sent
    subject = next((t for t in sentence if t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ == "ROOT"), None)
    return (
        paragraph.span_of(noun_phrase(subject)) if subject is not None and subject.pos_ in ("PROPN", "PRON") else None
    )


def announcer(text: str, paragraph: Paragraph) -> Quote | None:
    """Who is about to speak at the end of a paragraph: "He said:"; a quote without content yet."""
    if not text[paragraph.span.start : paragraph.span.end].rstrip().endswith(":"):
        return None
    for verb in reversed(paragraph.doc):
        if verb.pos_ == "VERB" and verb.lemma_.lower() in words_of("cues", "say"):
            subject = subject_of(verb)
            if subject is not None:
                cue, speaker = paragraph.span_of(verb.doc[verb.i : verb.i + 1]), paragraph.span_of(noun_phrase(subject))
                return Quote(content=(), manner="direct", cue=cue, speaker=speaker)
    return None


def _fills(text: str, paragraph: Paragraph, q: Quoted) -> bool:
    """Whether a quotation is the whole paragraph, or opens it and is not closed."""
    span = trim(text, paragraph.span)
    return q.outer.start - span.start <= 2 and (not q.closed or span.end - q.outer.end <= 3)


def carry_on(
    text: str, paragraph: Paragraph, own: list[Quote], speaking: Quote | None
) -> tuple[Quote | None, list[Quote]]:
    """A paragraph that is all quotation goes on with the speaker of the paragraph before."""
    carried = []
    for quote in own:
        if quote.speaker is None and quote.cue is None and quote.manner == "direct" and speaking is not None:
            quote = msgspec.structs.replace(quote, speaker=speaking.speaker, via=speaking.via)
        if quote.speaker is not None or quote.cue is not None:
            carried.append(quote)
    direct = [
        q
        for q in carried
        if q.manner != "indirect"
        and q.speaker is not None
        and any(count_words(text, c) >= SPEECH_WORDS for c in q.content)
    ]
    if direct:
        return direct[-1], carried
    if carried or paragraph.is_heading:
        spoken = [q for q in carried if q.speaker is not None]
        return (spoken[-1] if spoken else None), carried
    return None, carried
