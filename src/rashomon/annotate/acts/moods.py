"""Acts without a word of their own: "must withdraw" demands, "will not sign" refuses, "we will rebuild" promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rashomon.annotate.acts.cues import is_infinitive, judging_word
from rashomon.annotate.phrases import VERBAL
from rashomon.lexicon import words_of
from rashomon.model import ActKind

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_FULL = {"'ll": "will", "’ll": "will", "wo": "will", "'d": "would", "’d": "would", "ca": "can", "sha": "shall"}
_BE = frozenset({"be", "’s", "'s"})
_FUTURE = ("will", "would", "going to")
_OTHERS = frozenset({"you", "he", "name", "noun", "it"})


@dataclass(frozen=True)
class Mood:
    """How a clause is said: its modal, whether denied, commanded, depending on a condition; and whose clause it is.

    `person` is I, we, you, he (he, she, they), it, there, name, noun or none.
    """

    modal: str
    form: str
    is_negated: bool
    is_conditioned: bool
    person: str
    subject: Token | None


def read_mood(token: Token) -> Mood:
    """The mood of the clause that a word heads."""
    children = list(token.children)
    helpers = [_FULL.get(c.lower_, c.lower_) for c in children if c.dep_ in ("aux", "auxpass")]
    modal = next((h for h in helpers if h in words_of("acts", "modals")), "")
    subject = next((c for c in children if c.dep_ in SUBJECTS), None)
    leader = _leader(token) if subject is None and not modal else None
    if leader is not None:
        led = read_mood(leader)
        modal, subject = led.modal, led.subject
        if led.form in ("infinitive", "imperative"):
            return Mood(modal, led.form, _is_negated(children), led.is_conditioned, led.person, subject)
    below = next((c for c in children if c.dep_ == "xcomp" and c.i > token.i and is_infinitive(c)), None)
    if any(c.dep_ == "dobj" for c in children):
        below = None  # "had four hours to leave" is no "had to leave"
    lemma = token.lemma_.lower()
    if below is not None and lemma in ("have", "need", "go", "got", "get"):
        progressive = lemma == "go" and token.tag_ == "VBG"
        modal = "going to" if progressive else "have to" if lemma != "go" else modal
    elif below is not None and lemma == "be" and modal == "":
        modal = "be to"
    return Mood(
        modal,
        _form(token, children, helpers, subject),
        _is_negated(children),
        any(_is_condition(c) for c in children),
        person_of(subject),
        subject,
    )


def _leader(token: Token) -> Token | None:
    """The verb whose subject and modal a verb after "and" shares: "will close the gate and | open it again"."""
    head = token.head
    return head if token.dep_ == "conj" and head.pos_ in VERBAL and head.i < token.i else None


def _is_negated(children: list[Token]) -> bool:
    return any(
        c.dep_ == "neg"
        or (c.lower_ in words_of("acts", "negatives"))
        or (c.dep_ in ("dobj", "attr", "nsubj") and any(g.lower_ in words_of("acts", "negatives") for g in c.children))
        for c in children
    )


def _is_condition(child: Token) -> bool:
    """Whether a part of a clause says what it depends on."""
    if child.dep_ == "advcl":
        return any(g.lower_ in words_of("acts", "holding_off") for g in child.children)
    return (
        child.dep_ == "prep"
        and child.lower_ == "in"
        and any(g.lower_ in ("exchange", "return") for g in child.children)
    )


def _commands(token: Token) -> bool:
    """Whether a bare verb opens its sentence or quotation, or follows "please" or a comma."""
    first = token.left_edge.i
    before = token.doc[first - 1] if first > 0 else None
    opens = before is None or token.sent.start == first or before.is_punct or before.lower_ == "please"
    return token.dep_ in ("ROOT", "ccomp", "parataxis") and opens


def _form(token: Token, children: list[Token], helpers: list[str], subject: Token | None) -> str:
    if token.pos_ not in VERBAL:
        return "nominal"
    if any(c.dep_ == "auxpass" for c in children):
        return "passive"
    if token.tag_ == "VB" and subject is None and not helpers:
        return "imperative" if _commands(token) else "bare"
    if "to" in helpers:
        return "infinitive"
    if token.tag_ == "VBG":
        return "progressive" if helpers else "participle"
    if token.tag_ == "VBN":
        return "perfect" if helpers else "past participle"
    return {"VBD": "past", "VBZ": "present", "VBP": "present"}.get(token.tag_, "bare")


def is_supposed(token: Token) -> bool:
    """Whether a word stands in a clause that only supposes: "if they offered to leave"."""
    for host in (token, *token.ancestors):
        if host.dep_ in ("advcl", "ccomp", "pcomp") and any(
            c.dep_ == "mark" and c.lower_ in words_of("acts", "supposing") for c in host.children
        ):
            return True
        if host.dep_ == "relcl":
            return False
    return False


def person_of(subject: Token | None) -> str:
    """Whose clause it is, by its subject."""
    if subject is None:
        return "none"
    word = subject.lower_
    if word in ("i", "we", "you", "there", "who", "which", "what"):
        return str(word)
    if word in ("he", "she", "they"):
        return "he"
    if word in ("it", "this", "that", "these", "those"):
        return "it"
    return "name" if subject.pos_ == "PROPN" else "pronoun" if subject.pos_ == "PRON" else "noun"


def may_be_told(mood: Mood) -> bool:
    """Whether a mood can make an act where a report tells in its own words what somebody does."""
    return mood.modal != "" or mood.is_negated


def find_moods(
    token: Token, mood: Mood, words: frozenset[str], *, is_speaker: bool, is_self: bool, in_speech: bool
) -> Iterator[tuple[ActKind, str]]:
    """The acts that a clause may make by its mood, each with the pattern that says so.

    `is_speaker` asks for what the speaker of the words does; `is_self` says that the clause is about the speaker; `words` are those of the clause, in lower case.
    """
    if token.pos_ not in VERBAL or mood.form in ("participle", "past participle"):
        return
    harm = ", harm" if words & words_of("acts", "harms") else ", halt" if words & words_of("acts", "halts") else ""
    if is_self or not is_speaker:
        yield from _commitments(mood, harm, is_self=is_self)
    elif mood.modal in _FUTURE:
        yield from _forecasts(mood, harm)
    if is_speaker:
        yield from _directives(token, mood)
        if mood.form not in ("imperative", "infinitive"):
            yield from _judgements(token, mood, words, is_self=is_self, in_speech=in_speech)
    else:
        yield from _narrated(token, mood)


def _commitments(mood: Mood, harm: str, *, is_self: bool) -> Iterator[tuple[ActKind, str]]:
    """What somebody says to do, or not to do: "we will rebuild", "I cannot sign"."""
    if mood.modal in (*_FUTURE, "shall"):
        if mood.is_negated:
            yield "refusal", "will not"
            yield "threat", f"will not{harm}"
            return
        yield "promise", f"will{harm}"
        if harm or mood.is_conditioned:
            yield "threat", f"will{harm}" if harm else "will, if"
        if mood.modal == "would" or mood.is_conditioned:
            yield "offer", "would, if" if mood.is_conditioned else "would"
    elif mood.modal in ("can", "could"):
        if mood.is_negated:
            yield "refusal", "cannot"
            return
        yield "offer", "can, if" if mood.is_conditioned else "can"
        if is_self:
            yield "request", "can"
    elif mood.modal in ("may", "might") and is_self:
        yield "threat", "may"


def _forecasts(mood: Mood, harm: str) -> Iterator[tuple[ActKind, str]]:
    """What a speaker says that others will do or meet with: "they will pay for it"."""
    condition = ", if" if mood.is_conditioned else ""
    if harm or condition:
        yield "threat", f"others will{harm}{condition}"
    if mood.is_negated:
        yield "refusal", "others will not"
    else:
        yield "promise", "others will"


def _directives(token: Token, mood: Mood) -> Iterator[tuple[ActKind, str]]:
    """What a speaker wants done: "they must go", "we need help", "let us talk"."""
    if mood.form != "infinitive":
        if mood.modal in ("must", "have to", "be to", "can"):
            yield "demand", mood.modal
        if mood.modal in ("should", "could") and not _is_past(token):
            yield "request", mood.modal
    if token.lemma_.lower() in words_of("acts", "needs") and not mood.is_negated:
        yield "demand", "need"
        yield "request", "need"
    if mood.form == "imperative":
        yield "request", "imperative"
        if token.lemma_.lower() != "let":
            yield "demand", "imperative"


def _is_past(token: Token) -> bool:
    """Whether a clause speaks of what should or could have been done."""
    return any(c.dep_ == "aux" and c.lower_ in ("have", "'ve", "’ve", "of") for c in token.children)


def _judgements(
    token: Token, mood: Mood, words: frozenset[str], *, is_self: bool, in_speech: bool
) -> Iterator[tuple[ActKind, str]]:
    """What a speaker denies, rules out, or charges others with."""
    if mood.is_negated:
        yield "denial", "not" if mood.modal == "" else "modal not"
    if mood.modal == "should" and _is_past(token):
        yield "accusation", "should have"
    if mood.modal not in ("", "would", "can") or (mood.modal == "would" and _is_past(token)):
        return
    lemma = token.lemma_.lower()
    if words & words_of("acts", "ruled_out"):
        yield "refusal", "ruled out"
    if judging_word(token) is not None and not (is_self and mood.person == "I" and lemma == "be"):
        if not mood.is_negated:
            yield "accusation", "judged be" if lemma in _BE else "judged"
    elif is_self:
        return
    elif lemma in words_of("acts", "wrongs"):
        yield "accusation", "wrong"
    elif in_speech and mood.is_negated:
        yield "accusation", "not"
    elif mood.person in _OTHERS and in_speech:
        yield "accusation", "other"


def _narrated(token: Token, mood: Mood) -> Iterator[tuple[ActKind, str]]:
    """What a report tells of somebody: "did not answer"; in a headline, "Weir to step down"."""
    if mood.is_negated and token.lemma_.lower() in words_of("acts", "answers"):
        yield "refusal", "no answer"
    if mood.is_negated and mood.modal == "":
        yield "refusal", "did not"
    if mood.form == "infinitive" and token.dep_ == "ROOT":
        yield "promise", "headline to"
