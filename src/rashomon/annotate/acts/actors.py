"""Who does an act: the subject of its clause, the owner of its noun, or the speaker of the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rashomon.annotate.phrases import agent_of, noun_phrase, subject_of
from rashomon.annotate.speakers import Speakers
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import words_of
from rashomon.model import Quote

if TYPE_CHECKING:
    from spacy.tokens import Token

FIRST_PERSON = frozenset({"i", "we", "my", "our"})
_OWNERS = frozenset({"his", "her", "its", "their"})
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"})
_IN_SPEECH = frozenset({"he", "she", "it", "they", "you", "that", "this", "your"}) | _OWNERS


def doer_of(token: Token) -> Token | None:
    """The word for whoever does what a verb, noun or adjective says; who suffers an act does not do it."""
    subject = subject_of(token) if token.pos_ in ("VERB", "AUX") else _owner(token)
    if subject is not None and subject.dep_ == "nsubjpass" and subject.head == token:
        return agent_of(token)
    return subject


def name_of(paragraph: Paragraph, subject: Token, quote: Quote | None, speakers: Speakers) -> str | None:
    """The doer's name; "I" and "we" are the speaker, and other pronouns of a direct quotation cannot be told."""
    if subject.lower_ in FIRST_PERSON:
        return quote.speaker_name if quote is not None else None
    if quote is not None and quote.manner == "direct" and subject.lower_ in _IN_SPEECH:
        return None
    return speakers.name_of(paragraph.span_of(noun_phrase(subject)))


def sort_of(subject: Token | None) -> str:
    """What sort of thing would act: a pronoun, somebody named, a person by role, a body, people, or a thing."""
    if subject is None:
        return "none"
    if subject.pos_ == "PRON":
        return "anybody" if subject.lower_.endswith(("one", "body", "thing")) else str(subject.lower_)
    if subject.ent_type_ in _NAMED:
        return str(subject.ent_type_)
    lemma = subject.lemma_.lower()
    if lemma in words_of("people", "roles"):
        return "role"
    if lemma in words_of("acts", "bodies") or lemma in words_of("organisations", "anaphoric"):
        return "body"
    if lemma.endswith(tuple(words_of("acts", "doers"))):
        return "people"
    return "several" if subject.tag_ == "NNS" else "thing"


def _owner(token: Token) -> Token | None:
    """Whose willingness, refusal, readiness it is; for an adjective, the subject of its verb."""
    poss = next((c for c in token.children if c.dep_ == "poss"), None)
    if poss is not None:
        return (_owned_by_subject(token) or poss) if poss.lower_ in _OWNERS else poss
    head = token.head
    if token.pos_ == "ADJ" and head.pos_ in ("VERB", "AUX"):
        return subject_of(head)
    if token.pos_ == "ADJ" and head.pos_ in ("NOUN", "PROPN", "PRON"):
        return head
    if token.pos_ == "ADJ":
        # a headline without its verb: "Weir open to resigning"
        return next((c for c in token.children if c.dep_ in ("nsubj", "npadvmod")), None) or (
            token.doc[0] if token.sent.start == 0 and token.i <= 3 else None
        )
    by = next((c for c in token.children if c.dep_ == "prep" and c.lower_ in ("by", "from")), None)
    if by is not None:
        return next((c for c in by.children if c.dep_ == "pobj"), None)
    return subject_of(head) if head.pos_ in ("VERB", "AUX") else None


def _owned_by_subject(noun: Token) -> Token | None:
    """Whose "its" or "their" is before the object of a verb: its subject's, as in "the port repeated its offer"."""
    if noun.dep_ != "dobj" or noun.head.pos_ != "VERB":
        return None
    subject = subject_of(noun.head)
    return subject if subject is not None and subject.i < noun.i else None
