"""Where the verb over a time looks: ahead, back, or neither. It decides between the last Friday and the next."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rashomon.annotate.calendar import Tense
from rashomon.annotate.phrases import SUBJECTS, token_at
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

# How a word like "due" stands when it says that its verb looks ahead.
_STATES = frozenset({"acomp", "oprd", "xcomp", "ccomp"})
# How many words the verb over a participle may lie above it.
CLIMB = 5


def tense_at(paragraph: Paragraph, at: int) -> Tense:
    """Where the verb over a place looks: ahead, back, or neither."""
    doc = paragraph.doc
    i = token_at(doc, max(0, at))
    if i >= len(doc):
        return "present"
    token = doc[i]
    if _is_deadline(token):
        return "future"
    if token.dep_ == "poss" and token.head.dep_ not in SUBJECTS:
        # "looks for ways around Wednesday's ruling", "raises money ahead of November's vote"
        return "future" if _is_awaited(token.head) else "past"
    for _ in range(8):
        if token.pos_ in ("VERB", "AUX") or token.head == token:
            break
        if token.lower_ in ("ahead", "upcoming"):
            return "future"
        token = token.head
    return _tense_of(token)


def _is_awaited(event: Token) -> bool:
    """Whether something is said to come before the event: "ahead of the vote", "before the vote", "upcoming"."""
    words = _tense_words()["before_events"]
    over = event.head
    return over.lower_ in words or over.head.lower_ in words or any(c.lower_ in words for c in event.children)


def _is_deadline(token: Token) -> bool:
    """Whether the day is the last or first one for something: "until Tuesday", "as soon as Monday"."""
    over = token.head if token.dep_ != "compound" else token.head.head
    if over.dep_ == "nummod" or over.pos_ == "NOUN":
        over = over.head
    return over.lower_ == "until" or (over.lower_ == "as" and over.head.lower_ in ("soon", "early", "late"))


def _tense_of(verb: Token) -> Tense:
    words = _tense_words()
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")} | {verb.lower_}
    if _is_perfect(verb):
        return "past"  # "had been due Friday", "may have left on Monday"
    if helpers & words["ahead"] or any(c.lower_ in words["awaited"] and c.dep_ in _STATES for c in verb.children):
        return "future"
    if "to" in helpers and verb.tag_ == "VB":
        if verb.dep_ == "advcl" and verb.head != verb:
            return _tense_of(verb.head)
        return "past" if _is_perfect(verb.head) else "future"
    if helpers & {"is", "are"} and verb.tag_ == "VBN":
        return "present"
    if verb.tag_ in ("VBD", "VBN") or helpers & {"was", "were", "did"}:
        return "past"
    if verb.tag_ in ("VBP", "VBZ") and verb.lemma_ in words["scheduled"]:
        return "future"
    if "to" in helpers and "be" in helpers:
        return "future"  # "need to be voting on Monday"
    if verb.tag_ == "VBG" and not helpers & {"is", "are", "'s", "’s", "be"} and (over := _verb_over(verb)) is not None:
        return _tense_of(over)
    return "present"


def _verb_over(verb: Token) -> Token | None:
    """The next verb above a participle: "is upbeat about the chances of winning in May" is said in the present."""
    token = verb
    for _ in range(CLIMB):
        if token.head == token:
            return None
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
    return None


def _is_perfect(verb: Token) -> bool:
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")} | {verb.lower_}
    over = verb.head if verb.pos_ == "ADJ" else verb
    helpers |= {c.lower_ for c in over.children if c.dep_ == "aux"}
    return "had" in helpers or ("have" in helpers and verb.tag_ == "VBN" and "to" not in helpers)


@lru_cache(maxsize=1)
def _tense_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in load_lexicon("times")["tense"].items()}
