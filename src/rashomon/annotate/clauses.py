"""Clauses: the stretches of a sentence that each tell one thing, with who does it and the word that tells it.

A sentence is cut at its conjuncts, complements, relative and adverbial clauses and appositions (Universal Dependencies'
clausal relations, de Marneffe et al. 2021, in the labels of the parser's scheme). Every word belongs to one clause; what
only says who speaks ("the minister said") is joined to the words said.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rashomon.annotate.predication import predication_of
from rashomon.annotate.sentences import sentences_of
from rashomon.annotate.speakers import Speakers
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.model import Clause, Span
from rashomon.text.paragraphs import trim

if TYPE_CHECKING:
    from spacy.tokens import Token

# Relations that open a clause, if their word is a predicate.
_OPENING_RELATIONS = frozenset(
    {"ccomp", "advcl", "relcl", "parataxis", "csubj", "csubjpass", "acl", "pcomp", "dep", "conj"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_ARGUMENTS = _SUBJECTS | {"dobj", "attr", "acomp", "prep", "ccomp", "xcomp", "oprd", "dative"}
_EDGES = " ,;:.–—-()[]"
_OPENING, _CLOSING = "“„«", "”»"
# An apposition or participle of fewer words only names.
LEAST_WORDS = 4
# A clause with fewer words of its own joins the one it hangs on.
LEAST_OWN = 3


def find_clauses(parsed: Parsed, speakers: Speakers) -> tuple[Clause, ...]:
    """The clauses of an article in order of place; a heading is one clause."""
    return tuple(
        clause for paragraph in parsed.paragraphs for clause in _of_paragraph(parsed.article.text, paragraph, speakers)
    )


def _of_paragraph(text: str, paragraph: Paragraph, speakers: Speakers) -> Iterator[Clause]:
    starts = [paragraph.offset + token.idx for token in paragraph.doc]
    for sentence in sentences_of(text, paragraph):
        tokens = paragraph.doc[bisect_left(starts, sentence.start) : bisect_right(starts, sentence.end - 1)]
        if paragraph.is_heading:
            yield Clause(start=sentence.start, end=sentence.end)
        else:
            yield from _cut(text, paragraph, list(tokens), speakers)


def _cut(text: str, paragraph: Paragraph, tokens: Sequence[Token], speakers: Speakers) -> Iterator[Clause]:
    above = {token.i: token.head.i for token in tokens}
    heads = {token.i: token for token in tokens if _opens(token, above)}
    home = {at: _home(at, heads, above) for at in above}
    own: dict[int, list[Token]] = {}
    for token in tokens:
        own.setdefault(home[token.i], []).append(token)
    owner = _joined(own, heads, home)
    merged: dict[int, list[Token]] = {}
    for token in tokens:
        merged.setdefault(owner[home[token.i]], []).append(token)
    for head, members in merged.items():
        span = _span(text, paragraph, members)
        if span is not None:
            yield _clause(paragraph, heads.get(head), span, speakers)


def _opens(token: Token, above: Mapping[int, int]) -> bool:
    """Whether a token is the head of a clause; `above` holds the number of each word's head, by its own."""
    if above[token.i] == token.i or above[token.i] not in above:
        return True
    relation = token.dep_
    if relation == "appos":
        return len(list(token.subtree)) >= LEAST_WORDS
    if relation not in _OPENING_RELATIONS or not _is_predicate(token):
        return False
    if relation == "acl":
        return token.tag_ in {"VBG", "VBN"} and len(list(token.subtree)) >= LEAST_WORDS
    if relation == "pcomp":
        return len(list(token.subtree)) >= LEAST_WORDS
    if relation == "conj":
        return any(child.dep_ in _ARGUMENTS for child in token.children)
    return True


def _is_predicate(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} or any(
        child.dep_ in _SUBJECTS or child.dep_ == "cop" for child in token.children
    )


def _home(at: int, heads: Mapping[int, Token], above: Mapping[int, int]) -> int:
    """The clause head a word belongs to: the nearest above it."""
    while at not in heads:
        at = above[at]
    return at


def _joined(own: dict[int, list[Token]], heads: Mapping[int, Token], home: Mapping[int, int]) -> dict[int, int]:
    """Which clause each clause's words go to: one with hardly a word of its own joins its complement or what it hangs on."""
    owner = {head: head for head in own}
    for head, members in own.items():
        token = heads.get(head)
        if token is None:
            continue
        told = [c.i for c in token.children if c.dep_ in {"ccomp", "xcomp", "parataxis"} and c.i in own]
        if told and not any(_tells(t) for t in members):
            owner[head] = told[0]
        elif sum(t.is_alpha for t in members) < LEAST_OWN and token.head.i != head and token.head.i in home:
            owner[head] = home[token.head.i]
    return {head: _last(owner, head) for head in owner}


def _last(owner: dict[int, int], head: int) -> int:
    """The clause that a chain of joined clauses ends in."""
    seen = {head}
    while owner[head] not in seen:
        head = owner[head]
        seen.add(head)
    return head


def _tells(token: Token) -> bool:
    """Whether a word of a clause says more than who speaks, to whom and when."""
    return (
        token.pos_ in {"NOUN", "PROPN", "NUM", "ADJ"}
        and token.ent_type_ not in {"DATE", "TIME", "PERSON"}
        and not any(t.dep_ in _SUBJECTS for t in (token, *token.ancestors) if t.head.i != t.i)
    )


def _span(text: str, paragraph: Paragraph, members: Sequence[Token]) -> Span | None:
    told = [n for n, t in enumerate(members) if not (t.is_punct or t.is_space or t.dep_ == "cc")]
    if not any(members[n].is_alpha or members[n].like_num for n in told):
        return None
    start = paragraph.offset + members[told[0]].idx
    end = paragraph.offset + members[told[-1]].idx + len(members[told[-1]])
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    span = _with_marks(text, trim(text, Span(start, end)))
    return span if span.start < span.end else None


def _with_marks(text: str, span: Span) -> Span:
    """A stretch with the quotation mark beside it whose other half stands inside."""
    inside, before, after = (
        text[span.start : span.end],
        text[span.start - 1 : span.start],
        text[span.end : span.end + 1],
    )
    opened = sum(inside.count(mark) for mark in _OPENING) - sum(inside.count(mark) for mark in _CLOSING)
    is_odd = inside.count('"') % 2 == 1
    if (before == '"' and is_odd) or (before and before in _OPENING and opened < 0):
        return Span(span.start - 1, span.end)
    if (after == '"' and is_odd) or (after and after in _CLOSING and opened > 0):
        return Span(span.start, span.end + 1)
    return span


def _clause(paragraph: Paragraph, head: Token | None, span: Span, speakers: Speakers) -> Clause:
    if head is None:
        return Clause(start=span.start, end=span.end)
    subject = next((c for c in head.children if c.dep_ in _SUBJECTS), None)
    says = predication_of(paragraph, head, speakers)
    return Clause(
        start=span.start,
        end=span.end,
        subject=_phrase(paragraph, subject) if subject is not None else None,
        predicate=head.lemma_.lower() if head.pos_ in {"VERB", "AUX"} else None,
        negated=_is_negated(head),
        doer=says.doer,
        core=says.core,
        object=says.object,
        obliques=says.obliques,
        modal=says.modal,
        passive=says.passive,
    )


def _phrase(paragraph: Paragraph, token: Token) -> Span:
    tree = sorted(t.i for t in token.subtree)
    return paragraph.span_of(paragraph.doc[tree[0] : tree[-1] + 1])


def _is_negated(head: Token) -> bool:
    """Whether a verb is denied, or is still to come: "has yet to decide"."""
    relations = {c.dep_ for c in head.children}
    is_to_come = head.lemma_ in {"have", "be"} and any(c.lower_ == "yet" and c.dep_ == "advmod" for c in head.children)
    return "neg" in relations or ("xcomp" in relations and is_to_come)
