"""The words of an act as they stand: its clause, what is offered or demanded, and on what condition, each whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rashomon.annotate.phrases import clause
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import words_of
from rashomon.model import Span
from rashomon.text.abbreviations import ends_in_abbreviation
from rashomon.text.paragraphs import trim

if TYPE_CHECKING:
    from spacy.tokens import Token

_EDGES = " ,;:.–—-"
_MARKS = ' ,;:.“”"'


def clause_span(text: str, paragraph: Paragraph, token: Token) -> Span:
    """The clause of an act with its subject and its condition, cut where the parse runs on into other clauses."""
    host = _host(token)
    left, right = host.left_edge.i, host.right_edge.i
    for child in host.children:
        if child.i < token.i and child.dep_ in ("ccomp", "advcl", "parataxis") and not _conditions(child):
            left = max(left, child.right_edge.i + 1)
        if child.i > token.i and child.dep_ in ("conj", "parataxis", "relcl") and child != token:
            right = min(right, child.left_edge.i - 1)
    left, right = min(left, token.i), max(right, token.i)
    doc = paragraph.doc
    while right > token.i and (doc[right].dep_ == "cc" or doc[right].is_space):
        right -= 1
    span = trim(text, Span(paragraph.offset + doc[left].idx, paragraph.offset + doc[right].idx + len(doc[right].text)))
    start, end = span.start, span.end
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    while start < end and text[start] in _EDGES:
        start += 1
    return Span(start, max(end, start + 1))


def _host(token: Token) -> Token:
    """The verb of a noun's or adjective's clause, or the verb itself."""
    return token if token.pos_ in ("VERB", "AUX") or token.head.pos_ not in ("VERB", "AUX") else token.head


def clause_words(text: str, paragraph: Paragraph, head: Token) -> str:
    """All words under the head of a clause or phrase, on one line."""
    span = paragraph.span_of(clause(head))
    return " ".join(_bare(text[span.start : span.end]).split())


def content_words(text: str, paragraph: Paragraph, head: Token) -> str:
    """The words of what is offered, demanded, denied, without what a comma only sets beside it at its end."""
    last = head.right_edge.i
    for token in head.subtree:
        if token.i > head.i and token.right_edge.i == head.right_edge.i and _is_set_beside(token):
            last = min(last, token.left_edge.i - 2)
    span = paragraph.span_of(head.doc[head.left_edge.i : max(last, head.i) + 1])
    return " ".join(_bare(text[span.start : span.end]).split())


def _bare(words: str) -> str:
    """Words without the marks around them; the stop of an abbreviation at their end stays."""
    bare = words.strip(_MARKS)
    end = words.find(bare) + len(bare)
    return bare + "." if words[end : end + 1] == "." and ends_in_abbreviation(words, 0, end + 1) else bare


def _is_set_beside(token: Token) -> bool:
    """Whether a clause or phrase is told by the way: ", which …", ", a sum that …"."""
    first = token.left_edge
    if first.i == 0 or token.doc[first.i - 1].text != ",":
        return False
    return token.dep_ in ("relcl", "acl") or (
        token.dep_ in ("appos", "dobj") and any(c.dep_ == "relcl" for c in token.children)
    )


def condition_of(text: str, paragraph: Paragraph, token: Token) -> str | None:
    """The clause or phrase under an act's word that says what it depends on: "if …", "in exchange for …"."""
    for part in _host(token).subtree:
        if part != token and _conditions(part):
            return clause_words(text, paragraph, part) or None
    return None


def _conditions(part: Token) -> bool:
    """Whether a clause or phrase begins with a word or words that set a condition."""
    if part.dep_ not in ("advcl", "prep", "mark", "advmod", "pcomp"):
        return False
    if part.dep_ == "advcl":
        return any(c.lower_ in words_of("acts", "conditions") for c in part.children if c.i < part.i)
    doc = part.doc
    words = doc[part.i : part.i + 3].text.lower()
    return part.dep_ == "prep" and any(
        " " in opening and words.startswith(opening) for opening in words_of("acts", "conditions")
    )
