"""Quotes by rule: the stretch a verb of saying governs by grammar (cues.py), overruled by the quotations beside it."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import TYPE_CHECKING

from rashomon.annotate.cues import Cue, find_cues, is_heard
from rashomon.annotate.phrases import noun_phrase
from rashomon.annotate.quotes.shape import SPEECH_WORDS, count_words, is_mostly, overlap, settle, tidy, token_range
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import Manner, Quote, Span
from rashomon.text.marks import Quoted
from rashomon.text.paragraphs import trim

if TYPE_CHECKING:
    from spacy.tokens import Token

# How many words may stand between a quotation and its cue: "…," the minister for the coast told reporters
REACH_WORDS = 14
# How many words the one who is labelled may take: called both leaders “extraordinary”
LABEL_WORDS = 6
_CLAUSE_BREAK = re.compile(r"[,.;:]|\b(?:and|that|who|which)\b")
_SENTENCE_END = re.compile(r"[.!?…][\"”’']?\s")
_ARTICLE = re.compile(r"^(?:the|a|an)\s{1,20}", re.IGNORECASE)
_LINKS = re.compile(r"(?:\s|[,:;–—-]|\b(?:that|and|but|in|to|reporters|it|him|her|them)\b)*", re.IGNORECASE)


def quotes_by_rule(text: str, paragraph: Paragraph, quoted: list[Quoted]) -> list[tuple[int, Quote]]:
    """The quote of each cue the rules know, with the index of the cue's head in the paragraph."""
    speech = [q for q in quoted if count_words(text, q.inner) >= SPEECH_WORDS]
    inside = frozenset(i for q in speech for i in token_range(paragraph, q.inner))
    cues = list(find_cues(paragraph.doc, inside))
    ends = trailing_cues(paragraph, cues)
    quotes = ((cue.head.i, quote_of_cue(text, paragraph, cue, quoted, ends)) for cue in cues)
    return [(head, quote) for head, quote in quotes if quote is not None]


def quote_of_cue(text: str, paragraph: Paragraph, cue: Cue, quoted: list[Quoted], ends: list[int]) -> Quote | None:
    """What one cue reports, or None when it governs nothing that counts as reported."""
    verb = paragraph.span_of(cue.phrase)
    governed = [_cut_before(paragraph.span_of(piece), ends) for piece in cue.contents]
    if not governed and cue.head.lemma_ in words_of("cues", "label"):
        governed = _labelled(text, verb, quoted)
    beside = _beside(text, verb, quoted) if cue.open else []
    if cue.head.lemma_ in words_of("cues", "label") and governed and cue.head.lemma_ not in ("see", "view"):
        beside = []
    manner: Manner = "direct"
    if beside and (
        not governed or all(is_mostly(text, g, beside) for g in governed) or beside[0].inner.end <= verb.start
    ):
        content = [tidy(text, q.inner) for q in beside]
    elif governed:
        content, manner = settle(text, governed, quoted)
    else:
        return None
    content = [c for c in content if c.end > c.start and not overlap(c, verb)]
    if not content or (manner == "indirect" and count_words(text, content[0]) < 2):
        return None
    speaker = None
    if cue.speaker is not None:
        speaker = paragraph.span_of(noun_phrase(cue.speaker))
        if any(overlap(speaker, c) for c in content):
            speaker = Span(paragraph.offset + cue.speaker.idx, paragraph.offset + cue.speaker.idx + len(cue.speaker))
            if any(overlap(speaker, c) for c in content):
                speaker = None
    if speaker is None and manner == "indirect" and not is_heard(cue.head):
        return None
    return Quote(
        content=tuple(content),
        manner=manner,
        cue=verb,
        speaker=speaker,
        via=find_via(cue.head, {i for c in cue.contents for i in range(c.start, c.end)}),
    )


def trailing_cues(paragraph: Paragraph, cues: list[Cue]) -> list[int]:
    """Where a participle begins a new report: "…, adding that", "… stating: “"."""
    return [
        paragraph.offset + cue.head.idx
        for cue in cues
        if cue.head.tag_ == "VBG"
        and not any(c.dep_ in ("aux", "nsubj") for c in cue.head.children)
        and cue.head.i > 0
        and (cue.head.nbor(-1).is_punct or cue.head.lemma_ in words_of("cues", "trailing"))
    ]


def _cut_before(span: Span, ends: list[int]) -> Span:
    return Span(span.start, min([span.end, *(e for e in ends if span.start < e < span.end)]))


def _labelled(text: str, verb: Span, quoted: list[Quoted]) -> list[Span]:
    """Branded | X a “fool”: from the verb to the quoted label, when the parse shows no complement."""
    after = [q for q in quoted if q.outer.start >= verb.end]
    if (
        after
        and count_words(text, Span(verb.end, after[0].outer.start)) <= LABEL_WORDS
        and not _CLAUSE_BREAK.search(text, verb.end, after[0].outer.start)
    ):
        return [trim(text, Span(verb.end, after[0].outer.end))]
    return []


def _beside(text: str, verb: Span, quoted: list[Quoted]) -> list[Quoted]:
    """The quotations that stand right before the clause of a cue, or right after it."""
    before = [q for q in quoted if q.outer.end <= verb.start]
    if before:
        last = before[-1]
        gap = text[last.outer.end : verb.start]
        ends = text[last.inner.end - 1] if last.inner.end > last.inner.start else ""
        open_end = (
            ends in ",?!…—–-" or gap.lstrip()[:1] in (",", "—", "–", "-") or (ends not in ".,;:" and gap[:1] == " ")
        )
        if (
            open_end
            and not _SENTENCE_END.search(gap)
            and len(gap.split()) <= REACH_WORDS
            and _is_clause_like(text, last)
        ):
            return [last]
    after = [q for q in quoted if q.outer.start >= verb.end]
    if after:
        gap = text[verb.end : after[0].outer.start]
        close = gap.rstrip().endswith((":", ",")) or _LINKS.fullmatch(gap)
        if (
            close
            and not _SENTENCE_END.search(gap)
            and len(gap.split()) <= REACH_WORDS
            and _is_clause_like(text, after[0])
        ):
            return [after[0]]
    return []


def _is_clause_like(text: str, quoted: Quoted) -> bool:
    return count_words(text, quoted.inner) >= 3 or text[quoted.inner.end - 1] in ",.!?"


def find_via(head: Token, content: Container[int]) -> str | None:
    """Who passed the words on: "told AFP", "in a post on Facebook", "was quoted by TASS".

    `content` holds the tokens of the paragraph that are reported, where nobody passes anything on.
    """
    for child in head.subtree:
        if child.i <= head.i or (relation := child.dep_) not in ("dobj", "dative", "pobj"):
            continue
        is_told = relation != "pobj" and child.head == head and head.lemma_ in ("tell", "inform")
        is_to = relation == "pobj" and child.head.lower_ in ("to", "on", "by", "via") and child.i not in content
        if not (is_told or is_to):
            continue
        phrase = noun_phrase(child)
        if child.ent_type_ == "ORG" or _media().match(child.text):
            return _ARTICLE.sub("", phrase.text)
    return None


@lru_cache(maxsize=1)
def _media() -> re.Pattern[str]:
    return re.compile(rf"{load_lexicon('cues')['media']}s?$", re.IGNORECASE)
