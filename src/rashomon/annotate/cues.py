"""Cues: the words that report speech, and the stretch of text each one governs by grammar.

A cue's class (lexicon/en/cues.toml) says how it takes the reported words: as a clause (`say`), as object and
complement (`label`), with a preposition (`blame`, `seek`), as an infinitive (`intend`, `move`) or as an object.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rashomon.annotate.phrases import agent_of, clause, noun_phrase, subject_of
from rashomon.lexicon import words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

# How far a "that" may stand from its verb, in tokens, and how far its clause may go on over a wrong sentence break.
THAT_REACH = 16
THAT_LOOKAHEAD = 80
# Verbs whose passive subject hears and does not speak: "the migrants were told".
CLASSES = ("say", "label", "blame", "seek", "intend", "move", "object")


@dataclass(frozen=True)
class Cue:
    """A cue with the noun that speaks and the stretches it governs; `open` cues may take adjacent quotations."""

    head: Token
    phrase: SpacySpan
    speaker: Token | None
    contents: tuple[SpacySpan, ...]
    open: bool


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for name in CLASSES:
        for lemma in words_of("cues", name):
            table.setdefault(lemma, set()).add(name)
    return {lemma: frozenset(names) for lemma, names in table.items()}


def find_cues(doc: Doc, quoted: frozenset[int]) -> Iterator[Cue]:
    """The cues of a paragraph in order; tokens whose index is in `quoted` stand inside speech and are no cues."""
    classes = _classes()
    nouns = words_of("cues", "noun")
    for token in doc:
        cue = None
        if token.i in quoted:
            continue
        if token.lower_ == "according":
            cue = _according(token)
        elif (sort := token.pos_) in ("VERB", "AUX") and (lemma := token.lemma_.lower()) in classes:
            cue = _verb(token, classes[lemma])
        elif sort == "NOUN" and token.lemma_.lower() in nouns:
            cue = _noun(token)
        if cue is not None and not (token.i > 0 and token.nbor(-1).text == "-"):
            yield cue


def _verb(verb: Token, classes: frozenset[str]) -> Cue | None:
    contents: tuple[SpacySpan, ...] = ()
    is_open = False
    for name, take in _TAKES.items():
        if name in classes and not contents:
            contents = take(verb)
            is_open = is_open or name == "say"
    if not contents and not is_open and "label" not in classes:
        return None
    speaker = subject_of(verb)
    if is_heard(verb):
        speaker = agent_of(verb)
    if speaker is not None and any(s.start <= speaker.i < s.end for s in contents) and speaker.head != verb:
        speaker = None
    return Cue(verb, _cue_phrase(verb), speaker, contents, is_open)


def is_heard(verb: Token) -> bool:
    """Whether a verb's subject is told, not telling."""
    return verb.lemma_ in words_of("cues", "heard") and any(c.dep_ == "nsubjpass" for c in verb.children)


def _says(verb: Token) -> tuple[SpacySpan, ...]:
    """The clauses a verb of saying governs."""
    negated = any(c.dep_ == "neg" for c in verb.children)
    found = []
    for child in verb.children:
        if child.dep_ == "ccomp" or (child.dep_ == "parataxis" and child.i < verb.i):
            asks = any(c.tag_ in ("WP", "WRB", "WDT") and c.i <= child.i for c in child.subtree)
            if not (negated and asks):
                found.append(clause(child))
    if not found and verb.dep_ == "parataxis" and verb.head.i != verb.i:
        found += _around(verb)
    return tuple(found or _that_clause(verb))


def _that_clause(verb: Token) -> list[SpacySpan]:
    """The clause after a "that" which the parser hung elsewhere: "said Sunday — the eve of the vote — that he …"."""
    doc, sentence = verb.doc, verb.sent
    end = sentence.end
    while end < len(doc) and doc[end - 1].text not in (".", "!", "?") and end - verb.i < THAT_LOOKAHEAD:
        end = doc[end].sent.end
    for token in doc[verb.i + 1 : min(end, verb.i + THAT_REACH)]:
        if token.lower_ == "that" and token.nbor(-1).text in ("—", "–", "-", ",", verb.text) and token.i + 2 < end:
            return [doc[token.i : end]]
    return []


def _around(verb: Token) -> list[SpacySpan]:
    """The host clause of a cue put in between: "The plan, he said, will fail"."""
    doc, host = verb.doc, verb.head
    left, right = host.left_edge.i, host.right_edge.i
    start, end = verb.left_edge.i, verb.right_edge.i
    pieces = [doc[left:start], doc[end + 1 : right + 1]]
    return [piece for piece in pieces if any(t.is_alpha for t in piece)]


def _labels(verb: Token) -> tuple[SpacySpan, ...]:
    """Object and complement: called | both leaders "extraordinary"."""
    parts = [
        c
        for c in verb.children
        if c.dep_ in ("dobj", "oprd", "ccomp", "attr") or (c.dep_ == "prep" and c.lower_ == "as")
    ]
    named = [c for c in parts if c.dep_ in ("oprd", "ccomp", "attr") or c.lower_ == "as"]
    if not named and not (len(parts) == 1 and any(c.dep_ == "prep" and c.lower_ == "as" for c in parts[0].children)):
        return ()
    after = [p for p in parts if p.i > verb.i]
    return (_from_to(after),) if after else ()


def _blames(verb: Token) -> tuple[SpacySpan, ...]:
    """Accused | X of Y."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    reasons = [
        c
        for c in verb.subtree
        if c.dep_ == "prep" and c.lower_ in ("of", "for") and c.i > verb.i and c.head in (verb, *objects)
    ]
    return (_from_to([*objects, *reasons[:1]]),) if objects and reasons else ()


def _seeks(verb: Token) -> tuple[SpacySpan, ...]:
    """Called for | a ceasefire."""
    for child in verb.children:
        if child.i > verb.i and child.lower_ == "for" and (child.dep_ in {"prep", "mark"}):
            inside = [c for c in child.children if c.i > child.i]
            if inside:
                return (_from_to(inside),)
        if child.dep_ in ("advcl", "xcomp", "ccomp") and any(
            c.lower_ == "for" and c.dep_ == "mark" for c in child.children
        ):
            whole = clause(child)
            return (whole[1:] if whole[0].lower_ == "for" else whole,)
    return ()


def _intends(verb: Token) -> tuple[SpacySpan, ...]:
    """Offered | to resign."""
    for child in verb.children:
        if child.dep_ == "xcomp" and any(c.lower_ == "to" for c in child.children):
            return (clause(child),)
    return ()


def _moves(verb: Token) -> tuple[SpacySpan, ...]:
    """Urged | X to resign."""
    objects = [c for c in verb.children if c.dep_ in ("dobj", "dative")]
    infinitives = [
        c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and any(g.lower_ == "to" for g in c.children)
    ]
    return (_from_to([*objects, *infinitives]),) if infinitives and infinitives[0].i > verb.i else ()


def _objects(verb: Token) -> tuple[SpacySpan, ...]:
    """Announced | a summit."""
    if verb.tag_ == "VBN" and any(c.dep_ == "nsubjpass" for c in verb.children):
        return ()
    particle = next((c for c in verb.children if c.dep_ == "prt"), None)
    for child in verb.children:
        if (
            child.dep_ == "dobj"
            and child.i > verb.i
            and child.pos_ != "PRON"
            and (particle is None or particle.i < child.i)
        ):
            return (clause(child),)
    return ()


_TAKES = {
    "say": _says,
    "label": _labels,
    "blame": _blames,
    "seek": _seeks,
    "move": _moves,
    "intend": _intends,
    "object": _objects,
}


def _according(token: Token) -> Cue | None:
    """According to X, | the rest of the sentence."""
    to = next((c for c in token.children if c.lower_ == "to"), None) or (
        token.nbor(1) if token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to" else None
    )
    if to is None:
        return None
    speaker = next((c for c in to.children if c.dep_ == "pobj"), None)
    if speaker is None:
        return None
    doc, sentence = token.doc, token.sent
    end = max(noun_phrase(speaker).end, speaker.i + 1)
    pieces = [doc[sentence.start : token.i], doc[end : sentence.end]]
    contents = tuple(p for p in (_stripped(piece) for piece in pieces) if sum(t.is_alpha for t in p) > 1)
    return Cue(token, doc[token.i : to.i + 1], speaker, contents, open=False) if contents else None


def _noun(noun: Token) -> Cue | None:
    """His claim that | …; her willingness to | …."""
    for child in noun.children:
        is_clause = child.dep_ in ("acl", "ccomp") and child.i > noun.i
        marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "aux")}
        if is_clause and ("that" in marks or "to" in marks):
            owner = next((c for c in noun.children if c.dep_ == "poss"), None) or _giver(noun)
            if owner is None:
                return None
            return Cue(noun, noun.doc[noun.i : noun.i + 1], owner, (clause(child),), open=False)
    return None


def _giver(noun: Token) -> Token | None:
    """Who gives the claim: "X's claim", "the claim by X", "X expressed his wish"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "of"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return subject_of(noun.head) if noun.dep_ in ("dobj", "attr") and noun.head.pos_ in ("VERB", "AUX") else None


def _from_to(tokens: list[Token]) -> SpacySpan:
    start = min(t.left_edge.i for t in tokens)
    end = max(t.right_edge.i for t in tokens)
    return tokens[0].doc[start : end + 1]


def _stripped(piece: SpacySpan) -> SpacySpan:
    while len(piece) and (piece[0].is_punct or piece[0].is_space) and piece[0].text not in "“\"‘'(":
        piece = piece[1:]
    while len(piece) and (piece[-1].is_punct or piece[-1].is_space) and piece[-1].text not in "”\"’')":
        piece = piece[:-1]
    return piece


def _cue_phrase(verb: Token) -> SpacySpan:
    """The verb with its auxiliaries and particle: "has been calling for"."""
    start, end = verb.i, verb.i
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass", "neg") and child.i < verb.i:
            start = min(start, child.i)
        if child.dep_ == "prt" and child.i == end + 1:
            end = child.i
    return verb.doc[start : end + 1]
