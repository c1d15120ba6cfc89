"""Small questions to a parse that several finders ask: who is the subject, how far does the phrase reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rashomon.lexicon import words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_BORROWS = frozenset({"conj", "xcomp", "advcl", "pcomp", "ccomp", "dep"})
_OUTSIDE = frozenset({"relcl", "appos", "acl", "advcl", "punct", "parataxis", "ccomp", "npadvmod"})
_INSIDE = frozenset({"cc", "conj", "amod", "compound", "flat", "nummod", "poss"})
_COMPLEMENTS = frozenset({"of", "for", "from", "in", "at", "with", "on", "to"})
VERBAL = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
# How many verbs a subject may be looked for above its own.
CLIMB = 5


def subject_of(verb: Token) -> Token | None:
    """Who does what the verb says: its subject, the noun it modifies, or the subject of the verb it hangs on."""
    for _ in range(CLIMB):
        own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if own is not None:
            if own.lower_ in words_of("pronouns", "relative") and verb.dep_ in ("relcl", "acl"):
                return verb.head
            return own
        agent = agent_of(verb)
        if agent is not None:
            return agent
        if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return verb.head
        if verb.dep_ == "prep" or verb.dep_ not in _BORROWS or verb.head == verb:
            return _before_pcomp(verb) if verb.dep_ == "pcomp" else None
        verb = _above(verb)
    return None


def _above(verb: Token) -> Token:
    """The verb that another hangs on, or is told beside, whose subject it shares.

    A finite verb does not go on from "be shut" or "would leave" but from what these hang on, though the parser may have it so:
    "demanded that the crane be shut, and offered to pay".
    """
    if verb.dep_ == "conj" and verb.tag_ in _FINITE:
        beside = verb.head
        while _is_bare(beside) and beside.dep_ in _BORROWS and beside.head.pos_ in VERBAL:
            beside = beside.head
        if beside.tag_ in _FINITE:
            return beside
    return verb.head if verb.head.pos_ in VERBAL else verb.head.head


def _is_bare(verb: Token) -> bool:
    """Whether a verb is in a form that has no tense, by itself or behind a modal."""
    tensed = any(c.tag_ in _FINITE for c in verb.children if c.dep_ in ("aux", "auxpass"))
    return verb.tag_ in ("VB", "VBN", "VBG") and not tensed


def agent_of(verb: Token) -> Token | None:
    """The doer named with "by": "was told by X"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and child.head.tag_ == "VBN"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _before_pcomp(verb: Token) -> Token | None:
    return next((c for c in verb.head.children if c.dep_ == "pobj"), None)


def noun_phrase(noun: Token) -> SpacySpan:
    """The phrase of a noun with its modifiers and "of" complements, without clauses and appositions."""
    start, end = noun.i, noun.i
    for child in noun.children:
        if child.dep_ in _OUTSIDE:
            continue
        if child.i < noun.i:
            start = min(start, child.left_edge.i)
        elif child.dep_ in _INSIDE or (child.dep_ == "prep" and child.lower_ in _COMPLEMENTS):
            end = max(end, _trimmed_right(child))
    return noun.doc[start : end + 1]


def _trimmed_right(token: Token) -> int:
    """Where a subtree ends when its clauses are left out."""
    end = token.i
    for child in token.children:
        if child.dep_ not in _OUTSIDE and child.i > token.i:
            end = max(end, _trimmed_right(child))
    return end


def clause(head: Token) -> SpacySpan:
    """The stretch of a subtree."""
    return head.doc[head.left_edge.i : head.right_edge.i + 1]


def token_at(doc: Doc, char: int) -> int:
    """The index of the token at or after a character of the doc's text."""
    low, high = 0, len(doc)
    while low < high:
        middle = (low + high) // 2
        token = doc[middle]
        if token.idx + len(token.text) <= char:
            low = middle + 1
        else:
            high = middle
    return low
