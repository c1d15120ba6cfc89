"""What speaks for a candidate: its pattern, word, clause, mood, subject and quotation, each pair of name and value hashed.

Feature hashing as in quotes/hashing.py, by CRC-32: no word that was seen in training is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rashomon.annotate.acts.actors import doer_of, sort_of
from rashomon.annotate.acts.candidates import Candidate
from rashomon.annotate.acts.cues import judging_word, kinds_of, lemma_of
from rashomon.annotate.acts.moods import read_mood
from rashomon.annotate.phrases import VERBAL
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import words_of
from rashomon.model import ActKind, Quote

if TYPE_CHECKING:
    from spacy.tokens import Token

Buckets = NDArray[np.int64]
Feature = tuple[str, str]

N_BUCKETS = 1 << 18
# The names of all features, in order; a model trained with others is refused.
FEATURES = (
    "kind", "pattern", "place", "pattern+place", "kind+place",
    "source", "source+place", "source+clause", "source+form", "source+negated",
    "lemma", "kind+lemma", "kind+own", "clause", "kind+clause", "form", "kind+form", "modal", "kind+modal",
    "kind+negated", "pattern+negated", "kind+person", "person+place", "kind+conditioned",
    "depends", "kind+depends", "pattern+depends",
    "sort", "sort+role", "sort+kind", "sort+source",
    "say", "kind+say", "thought+kind", "kind+saykind", "saykind is kind",
    "kind+judged", "kind+labelled", "kind+harm", "kind+please", "kind+nots", "size",
    "head", "head+dep", "kind+headkind", "headkind is kind",
    "below", "kind+below", "kind+belowkind", "kind+object", "content", "kind+content", "kind+content negated",
    "kind+halt", "carrier", "carrier+kind", "kind+thing", "mark", "mark+kind", "question", "heading",
    "word", "kind+word",
)  # fmt: skip
# Clauses are counted in steps of this many characters, up to a number of steps.
_STEP, _STEPS = 30, 6
_ASKS = ("WP", "WRB", "WDT", "WP$")
_BELOW = ("xcomp", "ccomp", "dobj", "attr", "acomp", "oprd")
_OBJECT_PRONOUNS = frozenset({"us", "me", "you", "them", "him", "her"})
_NOTS = frozenset({"not", "n't", "no", "never"})


def features_of(candidate: Candidate, paragraph: Paragraph, text: str) -> Buckets:
    """The buckets of a candidate's features; shape (n_features,)."""
    return np.array([_bucket(name, value) for name, value in name_features(candidate, paragraph, text)], dtype=np.int64)


@lru_cache(maxsize=1 << 16)
def _bucket(name: str, value: str) -> int:
    return crc32(f"{name}={value}".encode()) % N_BUCKETS


def name_features(candidate: Candidate, paragraph: Paragraph, text: str) -> Iterator[Feature]:
    """The features by name, for reading; every name is one of `FEATURES`."""
    yield from _of_pattern(candidate)
    yield from _of_clause(candidate, candidate.words)
    yield from _of_saying(candidate.kind, text, candidate.quote)
    yield from _of_neighbours(candidate)
    depends = str(candidate.depends)
    yield "depends", depends
    yield "kind+depends", f"{candidate.kind} {depends}"
    yield "pattern+depends", f"{candidate.kind}/{candidate.pattern} {depends}"
    if paragraph.is_heading:
        yield "heading", _role(candidate)
    if candidate.asks:
        yield "question", ""


def _role(candidate: Candidate) -> str:
    if not candidate.is_speaker:
        return "doer"
    return "self" if candidate.is_self else "speaker"


def _place(candidate: Candidate) -> str:
    manner = candidate.quote.manner if candidate.quote is not None else "none"
    return f"{_role(candidate)} {manner}"


def _source(candidate: Candidate) -> str:
    """Where a proposal comes from: a mood, a word that can make one act or several, or a word taken for another act."""
    if candidate.pattern.split()[0] != candidate.kind:
        return "mood"
    if " as " in candidate.pattern:
        return "other kind"
    several = len(kinds_of(lemma_of(candidate.token))) > 1
    return f"cue {candidate.token.pos_} {'many' if several else 'one'}"


def _of_pattern(candidate: Candidate) -> Iterator[Feature]:
    kind, mood, token = candidate.kind, candidate.mood, candidate.token
    pattern, place, source = f"{kind}/{candidate.pattern}", _place(candidate), _source(candidate)
    lemma, clause, sort = lemma_of(token), _clause_type(token), sort_of(doer_of(token))
    yield "kind", kind
    yield "pattern", pattern
    yield "place", place
    yield "pattern+place", f"{pattern} {place}"
    yield "kind+place", f"{kind} {place}"
    yield "source", source
    yield "source+place", f"{source} {place}"
    yield "source+clause", f"{source} {clause}"
    yield "source+form", f"{source} {mood.form}"
    yield "source+negated", f"{source} {mood.is_negated}"
    yield "lemma", lemma
    yield "kind+lemma", f"{kind} {lemma}"
    yield "kind+own", f"{kind} {kind in kinds_of(lemma)} {len(kinds_of(lemma))}"
    yield "clause", clause
    yield "kind+clause", f"{kind} {clause}"
    yield "pattern+negated", f"{pattern} {mood.is_negated}"
    yield "person+place", f"{mood.person} {place}"
    if not words_of("acts", "carriers").isdisjoint(word.lower() for word in candidate.actor.split()):
        yield "carrier", _role(candidate)
        yield "carrier+kind", f"{_role(candidate)} {kind}"
    yield "sort", sort
    yield "sort+role", f"{sort} {_role(candidate)}"
    yield "sort+kind", f"{sort} {kind}"
    yield "sort+source", f"{sort} {source}"


def _of_clause(candidate: Candidate, words: frozenset[str]) -> Iterator[Feature]:
    kind, mood, token = candidate.kind, candidate.mood, candidate.token
    yield "form", mood.form
    yield "kind+form", f"{kind} {mood.form}"
    yield "modal", mood.modal
    yield "kind+modal", f"{kind} {mood.modal}"
    yield "kind+negated", f"{kind} {mood.is_negated}"
    yield "kind+person", f"{kind} {mood.person}"
    yield "kind+conditioned", f"{kind} {mood.is_conditioned}"
    yield "kind+judged", f"{kind} {judging_word(token) is not None}"
    yield "kind+labelled", f"{kind} {not words.isdisjoint(words_of('acts', 'labels'))}"
    yield "kind+harm", f"{kind} {not words.isdisjoint(words_of('acts', 'harms'))}"
    yield "kind+halt", f"{kind} {not words.isdisjoint(words_of('acts', 'halts'))}"
    if "please" in words or "let" in words:
        yield "kind+please", kind
    if not words.isdisjoint(_NOTS):
        yield "kind+nots", kind
    for word in sorted(words):
        yield "word", word
        yield "kind+word", f"{kind} {word}"
    yield "size", str(min(_STEPS, (candidate.span.end - candidate.span.start) // _STEP))
    mark = next((c.lower_ for c in token.children if c.dep_ == "mark"), "")
    yield "mark", mark
    yield "mark+kind", f"{mark} {kind}"


def _of_saying(kind: ActKind, text: str, quote: Quote | None) -> Iterator[Feature]:
    """The word that reports the words the candidate stands in."""
    say = "none"
    if quote is not None:
        say = _cue_lemma(text[quote.cue.start : quote.cue.end]) if quote.cue is not None else "no cue"
    yield "say", say
    yield "kind+say", f"{kind} {say}"
    if say in words_of("acts", "thoughts"):
        yield "thought+kind", kind
    for other in kinds_of(say):
        yield "kind+saykind", f"{kind} {other}"
    if kind in kinds_of(say):
        yield "saykind is kind", ""


def _of_neighbours(candidate: Candidate) -> Iterator[Feature]:
    """The word above the candidate's and those it governs."""
    kind, token = candidate.kind, candidate.token
    if token.head != token:
        head = lemma_of(token.head)
        yield "head", head
        yield "head+dep", f"{token.head.pos_} {token.dep_}"
        for other in kinds_of(head):
            yield "kind+headkind", f"{kind} {other}"
        if kind in kinds_of(head):
            yield "headkind is kind", ""
    for child in token.children:
        if child.i > token.i and child.dep_ in _BELOW:
            lemma = lemma_of(child)
            yield "below", f"{child.dep_} {lemma}"
            yield "kind+below", f"{kind} {child.dep_}"
            for other in kinds_of(lemma):
                yield "kind+belowkind", f"{kind} {other}"
            if child.lower_ in _OBJECT_PRONOUNS:
                yield "kind+object", f"{kind} {child.lower_}"
    thing = candidate.content.lemma_.lower() if candidate.content is not None else ""
    for sort in ("proposals", "claims"):
        if thing in words_of("acts", sort):
            yield "kind+thing", f"{kind} {sort}"
    if candidate.content is not None and candidate.content.pos_ in VERBAL:
        inner = read_mood(candidate.content)
        yield "content", f"{inner.modal} {inner.form}"
        yield "kind+content", f"{kind} {inner.modal} {inner.form}"
        yield "kind+content negated", f"{kind} {inner.is_negated}"


@lru_cache(maxsize=4096)
def _cue_lemma(phrase: str) -> str:
    """The verb of a cue as the lexicon of acts has it, by its ending: "has been calling for" is call."""
    words = [word for word in phrase.lower().split() if word.isalpha()]
    if not words:
        return "other"
    word = words[-2] if len(words) > 1 and words[-1] in ("to", "for", "of", "on", "that", "with") else words[-1]
    if word in ("said", "says", "saying"):
        return "say"
    if word in ("told", "tells"):
        return "tell"
    stems = (word, word[:-1], word[:-2], word[:-3], word[:-3] + "e", word[:-2] + "e", word[:-3] + "y", word[:-4])
    return next((stem for stem in stems if kinds_of(stem)), word)


def _clause_type(token: Token) -> str:
    """What a clause is to the one above it, and whether it asks."""
    asks = any(c.tag_ in _ASKS and c.i < token.i for c in token.children)
    return f"wh {token.dep_}" if asks else str(token.dep_)
