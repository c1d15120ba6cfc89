"""Words that can make an act, and the complement by which they take what is offered, demanded, denied (lexicon/en/acts.toml)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rashomon.annotate.phrases import VERBAL
from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import ActKind

if TYPE_CHECKING:
    from spacy.tokens import Token

KINDS: tuple[ActKind, ...] = (
    "offer",
    "demand",
    "request",
    "refusal",
    "promise",
    "threat",
    "accusation",
    "denial",
    "agreement",
)
# How far behind its verb a label may stand, in tokens.
LABEL_REACH = 12
_TO_COME = frozenset({"will", "would", "wo", "'ll", "’ll", "'d", "’d", "may", "might", "could"})
_PREDICATES = ("attr", "acomp", "oprd", "dobj")
_PREPOSITIONS = frozenset({"for", "on", "of", "with", "from", "against", "at", "about"})

Taken = tuple["Token | None", "Token | None"]


@dataclass(frozen=True)
class ActCue:
    """An act that a word can make by one of its complements; what it takes as content, and whom it is addressed to."""

    kind: ActKind
    complement: str
    content: Token | None
    toward: Token | None


@lru_cache(maxsize=1)
def _by_lemma() -> dict[str, tuple[tuple[str, ActKind], ...]]:
    """Lemma to the (complement, act) pairs it may open, in the order of KINDS."""
    table: dict[str, list[tuple[str, ActKind]]] = {}
    lexicon = load_lexicon("acts")
    for kind in KINDS:
        for complement, lemmas in lexicon[kind].items():
            for lemma in lemmas.split():
                table.setdefault(lemma, []).append((complement, kind))
    return {lemma: tuple(pairs) for lemma, pairs in table.items()}


@lru_cache(maxsize=4096)
def kinds_of(lemma: str) -> tuple[ActKind, ...]:
    """The acts a lemma can make, whatever it takes."""
    return tuple(dict.fromkeys(kind for _, kind in _by_lemma().get(lemma, ())))


def lemma_of(token: Token) -> str:
    """A word's lemma, with the particle of a phrasal verb: "rule_out"."""
    lemma = token.lemma_.lower()
    if token.pos_ in VERBAL:
        particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), None)
        return f"{lemma}_{particle}" if particle else lemma
    return lemma


def find_act_cues(token: Token) -> Iterator[ActCue]:
    """The acts a word makes by what it takes; one of each kind."""
    seen = set()
    for complement, kind in _by_lemma().get(lemma_of(token), ()):
        if kind not in seen:
            taken = _take(token, complement)
            if taken is not None:
                seen.add(kind)
                yield ActCue(kind, complement, *taken)


def names_act(token: Token) -> bool:
    """Whether a noun or adjective can name an act."""
    return token.pos_ in ("NOUN", "ADJ") and token.lemma_.lower() in _by_lemma()


def _take(token: Token, complement: str) -> Taken | None:
    """The content and the addressee that a word governs through one kind of complement, or None."""
    if complement in _PREPOSITIONS:
        return _preposition(token, complement) if token.pos_ in VERBAL else None
    return _TAKES[complement](token)


def _to(token: Token) -> Taken | None:
    if token.pos_ not in VERBAL or any(c.i > token.i for c in _objects(token)):
        return None
    clauses = [c for c in token.children if c.dep_ in ("xcomp", "advcl") and is_infinitive(c)]
    # the parse takes what is offered for the purpose of it where a day stands between: "offered on Monday to pay"
    clause = next((c for c in clauses if c.dep_ == "xcomp"), None) or next((c for c in clauses if c.i > token.i), None)
    return (clause, None) if clause is not None else None


def _object(token: Token) -> Taken | None:
    if token.pos_ not in VERBAL:
        return None
    found = _thing(token)
    if found is None or (token.lemma_ == "offer" and found.lemma_.lower() in words_of("acts", "words_given")):
        return None
    return found, None


def _objects(verb: Token) -> Iterator[Token]:
    """The objects of a verb; what follows a clause and a comma is set beside that: "offered to pay for the quay, a sum that …"."""
    clause = next((c.i for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i), len(verb.doc))
    for child in verb.children:
        if child.dep_ == "dobj" and (child.i < clause or verb.doc[child.left_edge.i - 1].text != ","):
            yield child


def _thing(verb: Token) -> Token | None:
    """What a verb does something to: its object, what its passive is about, or the noun that its clause describes."""
    suffers = (c for c in verb.children if c.dep_ == "nsubjpass")
    for child in (*suffers, *_objects(verb)):
        if child.pos_ in ("NOUN", "PROPN"):
            return child
        if child.lower_ in words_of("pronouns", "relative"):
            return _described_by(verb)
    return None


def _described_by(verb: Token) -> Token | None:
    """The noun that a relative clause describes, for its verb or one below that."""
    for host in (verb, *verb.ancestors):
        if host.dep_ == "relcl":
            return host.head
        if host.dep_ not in ("xcomp", "ccomp", "conj"):
            return None
    return None


def _that(token: Token) -> Taken | None:
    if token.pos_ not in VERBAL:
        return None
    clause = next((c for c in token.children if c.dep_ == "ccomp" and c.i > token.i), None)
    return (clause, _addressed(token)) if clause is not None else None


def _to_come(token: Token) -> Taken | None:
    taken = _that(token)
    return taken if taken is not None and taken[0] is not None and is_to_come(taken[0]) else None


def is_to_come(clause: Token) -> bool:
    """Whether a clause says what will be, or what somebody will do."""
    return any(c.lower_ in _TO_COME for c in clause.children if c.dep_ in ("aux", "auxpass"))


def _move(token: Token) -> Taken | None:
    if token.pos_ not in VERBAL:
        return None
    clause = next((c for c in _moved(token) if c.i > token.i and is_infinitive(c)), None)
    if clause is None:
        return None
    target = _addressed(token) or next((c for c in clause.children if c.dep_ == "nsubj"), None)
    return (clause, target) if target is not None else None


def _moved(token: Token) -> Iterator[Token]:
    """What somebody may be moved to do: a clause under the verb, or under its object where the parse takes it to describe that."""
    for child in token.children:
        if child.dep_ in ("xcomp", "ccomp", "advcl"):
            yield child
        elif child.dep_ == "dobj":
            yield from (c for c in child.children if c.dep_ in ("acl", "relcl"))


def _gerund(token: Token) -> Taken | None:
    if token.pos_ not in VERBAL:
        return None
    clause = next(
        (c for c in token.children if c.dep_ in ("xcomp", "ccomp") and c.tag_ == "VBG" and c.i > token.i), None
    )
    return (clause, None) if clause is not None else None


def _preposition(token: Token, word: str) -> Taken | None:
    objects = [c for c in token.children if c.dep_ in ("dobj", "dative") and c.i > token.i]
    addressed = objects[0] if objects else None
    for child in (*token.children, *(g for o in objects for g in o.children)):
        if child.lower_ == word and child.i > token.i:
            inner = next((g for g in child.children if g.i > child.i), None)
            host = inner if inner is not None else (child.head if child.dep_ == "mark" else None)
            if host is not None and host != token:
                return host, addressed
    for child in token.children:
        if child.i > token.i and any(g.dep_ == "mark" and g.lower_ == word for g in child.children):
            return child, None
    return None


def _to_noun(token: Token) -> Taken | None:
    if token.pos_ not in VERBAL:
        return None
    to = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "to" and c.i > token.i), None)
    inner = next((g for g in to.children), None) if to is not None else None
    return (inner, None) if inner is not None else None


def _adjective(token: Token) -> Taken | None:
    if token.pos_ not in ("ADJ", "VERB"):
        return None
    clause = next(
        (
            c
            for c in token.children
            if (c.dep_ in ("xcomp", "ccomp", "advcl") and is_infinitive(c))
            or (c.dep_ == "prep" and c.lower_ in ("to", "about") and token.pos_ == "ADJ")
        ),
        None,
    )
    return (clause, None) if clause is not None else None


def _predicate(token: Token) -> Taken | None:
    stands_alone = token.pos_ in ("ADJ", "VERB") and token.dep_ == "acomp" and token.head.lemma_ == "be"
    return (None, None) if stands_alone else None


def _label(token: Token) -> Taken | None:
    if token.pos_ not in VERBAL:
        return None
    named = next((t for t in token.subtree if t.i > token.i and accuses(t) and _is_given(t, token)), None)
    if named is None or token.i + LABEL_REACH <= named.i:
        return None
    target = next((t for t in token.subtree if t.dep_ in ("dobj", "dative", "nsubj") and t.i > token.i), None)
    if any(t.lemma_.lower() in words_of("acts", "misfortunes") for t in (target, named, named.head) if t is not None):
        return None
    return named, target


def _is_given(label: Token, verb: Token) -> bool:
    """Whether a label is given to the object and is no part of it: "called the deal a sham", not "described the sham"."""
    for word in (label, *label.ancestors):
        if word.lower_ == "as":
            return True
        if word.head == verb:
            return word.dep_ != "dobj" or _is_second(word)
        if word.dep_ == "appos" and word.head.head == verb:
            return True
    return False


def _is_second(label: Token) -> bool:
    """Whether an object follows another, in one phrase or beside it: "branded | Mr Weir | a dictator"."""
    start = next((c.i for c in label.children if c.dep_ == "det" and c.lower_ in ("a", "an")), label.i)
    inside = any(c.i < start and c.pos_ in ("PROPN", "PRON") for c in label.children)
    return inside or any(c.dep_ in ("dobj", "dative") and label.head.i < c.i < start for c in label.head.children)


def accuses(token: Token) -> bool:
    """Whether a word is a label that accuses whoever it is given to, or an attempt at some wrong."""
    forms = (token.lower_, token.lemma_.lower())
    if any(form in words_of("acts", table) for form in forms for table in ("labels", "weak_labels")):
        return True
    tried = next((c for c in token.children if c.dep_ in ("acl", "relcl") and is_infinitive(c)), None)
    return forms[1] in words_of("acts", "attempts") and tried is not None and is_wrong(tried)


def judging_word(clause: Token) -> Token | None:
    """The label in what a clause says of its subject: "is a disaster", "has a terrible record"; none of a misfortune."""
    for child in clause.children:
        if child.dep_ in _PREDICATES and child.i > clause.i:
            if child.lemma_.lower() in words_of("acts", "misfortunes"):
                continue
            if accuses(child):
                return child
            for word in child.children:
                if word.lower_ in words_of("acts", "labels"):
                    return word
    subject = next((c for c in clause.children if c.dep_ == "nsubj"), None)
    if subject is not None and subject.lower_ in words_of("acts", "labels"):
        return subject
    return None


def is_wrong(clause: Token) -> bool:
    """Whether a clause says that somebody did wrong."""
    if any(c.dep_ == "neg" for c in clause.children):
        return False
    return clause.lemma_.lower() in words_of("acts", "wrongs") or judging_word(clause) is not None


def _wrong(token: Token) -> Taken | None:
    taken = _that(token)
    return taken if taken is not None and taken[0] is not None and is_wrong(taken[0]) else None


def _noun(token: Token) -> Taken | None:
    if token.pos_ != "NOUN":
        return None
    has_owner = _is_carried(token) or any(
        c.dep_ == "poss" or (c.dep_ == "prep" and c.lower_ in ("by", "from")) for c in token.children
    )
    content = next((c for c in token.children if c.dep_ in ("acl", "ccomp", "prep", "relcl") and c.i > token.i), None)
    return (content, None) if has_owner else None


_TAKES: dict[str, Callable[[Token], Taken | None]] = {
    "to": _to,
    "object": _object,
    "that": _that,
    "to_come": _to_come,
    "move": _move,
    "gerund": _gerund,
    "to_noun": _to_noun,
    "adjective": _adjective,
    "predicate": _predicate,
    "label": _label,
    "wrong": _wrong,
    "noun": _noun,
}


def _is_carried(noun: Token) -> bool:
    """Whether a noun is the object of a verb that only carries it: "made a threat"."""
    return noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_.lower() in words_of("acts", "support")


def _addressed(token: Token) -> Token | None:
    """Whom a verb speaks to: its object, or the noun after "to" or "on"."""
    objects = [c for c in token.children if c.dep_ in ("dobj", "dative") and c.i > token.i and c.pos_ != "ADP"]
    if objects:
        return objects[0]
    for child in token.children:
        if child.dep_ in ("prep", "dative") and child.lower_ in ("to", "on", "upon") and child.i > token.i:
            return next((g for g in child.children if g.dep_ == "pobj"), None)
    return None


def is_infinitive(token: Token) -> bool:
    """Whether a verb has "to" before it."""
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)
