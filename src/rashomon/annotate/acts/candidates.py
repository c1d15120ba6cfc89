"""Where an act may be: what a clause, noun or adjective could do, by whom, and by which pattern.

A word is looked at twice where two could be meant: in "Weir said the board had agreed to pay", "agreed" may be what Weir
does in saying so (`is_speaker`) or what the board did. Which of them are acts, the model says (model.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rashomon.annotate.acts.actors import doer_of, name_of
from rashomon.annotate.acts.clauses import clause_span, condition_of
from rashomon.annotate.acts.cues import ActCue, find_act_cues, is_to_come, names_act
from rashomon.annotate.acts.moods import Mood, find_moods, is_supposed, may_be_told, read_mood
from rashomon.annotate.phrases import VERBAL
from rashomon.annotate.speakers import Speakers
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import words_of
from rashomon.model import ActKind, Quote, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

# To deny one of these is to refuse: "did not agree to pay".
_REFUSED = frozenset({"offer", "promise", "agreement"})
# What is never refused, and what never denied.
_NEVER: dict[ActKind, str] = {"refusal": "claims", "denial": "proposals"}
# One word does for both: "called for" requests or demands, "agreed to pay" promises.
_MISTAKEN: dict[ActKind, tuple[ActKind, ...]] = {
    "request": ("demand",),
    "demand": ("request",),
    "agreement": ("promise",),
    "offer": ("promise",),
    "accusation": ("refusal",),
}
# A question mark is among so many last words of its sentence; marks and spaces may follow it.
_CLOSING = 3
_HELPERS = frozenset({"aux", "auxpass", "prt"})


@dataclass(frozen=True)
class Candidate:
    """What a word may do: the act, the pattern that proposes it, who would do it, and where it stands.

    `words` are those of its clause, in lower case; `depends` says that the clause tells on what it does, `asks` that its sentence is a
    question.
    """

    token: Token
    kind: ActKind
    pattern: str
    actor: str
    is_speaker: bool
    is_self: bool
    mood: Mood
    span: Span
    content: Token | None
    toward: Token | None
    quote: Quote | None
    words: frozenset[str]
    depends: bool
    asks: bool


def find_candidates(
    text: str, paragraph: Paragraph, quotes: Sequence[Quote], speakers: Speakers
) -> Iterator[Candidate]:
    """The candidates of a paragraph in order; those whose actor cannot be told are left out."""
    own = [q for q in quotes if any(paragraph.span.start <= c.start < paragraph.span.end for c in q.content)]
    doc = paragraph.doc
    words = [token.lower_ for token in doc]
    asks = [ends for sentence in doc.sents for ends in [_asks(sentence)] * len(sentence)]
    for token in doc:
        if _may_act(token):
            quote = _quote_around(paragraph, token, own)
            if quote is not None or not asks[token.i]:
                clause = frozenset(words[token.left_edge.i : token.right_edge.i + 1])
                yield from _candidates_at(text, paragraph, token, (quote, clause, asks[token.i]), speakers)


def _may_act(token: Token) -> bool:
    """Whether a word can head a clause, or name an act; a dash that is taken for a verb cannot."""
    is_verb = token.pos_ in VERBAL and token.dep_ not in _HELPERS and not token.is_punct
    return is_verb or names_act(token)


def _asks(sentence: SpacySpan) -> bool:
    """Whether a sentence asks; what the report itself asks was not done."""
    return any(token.text == "?" for token in sentence[-_CLOSING:])


def _candidates_at(
    text: str,
    paragraph: Paragraph,
    token: Token,
    around: tuple[Quote | None, frozenset[str], bool],
    speakers: Speakers,
) -> Iterator[Candidate]:
    """What a word may do as an act of the speaker of the words, and as one of whoever its clause is about."""
    quote, words, asks = around
    subject = doer_of(token)
    said = quote.speaker_name if quote is not None else None
    if said is None and subject is None:
        return
    mood = read_mood(token)
    cued = list(_by_cue(token, mood))
    if (said is None and not cued and not may_be_told(mood)) or is_supposed(token):
        return
    done = name_of(paragraph, subject, quote, speakers) if subject is not None else None
    is_self = said is not None and said == done
    in_speech = quote is not None and quote.manner != "indirect"
    span, depends = None, False
    for actor, is_speaker in ((said, True), (done, False)):
        if actor is None or (is_self and not is_speaker):
            continue
        found = cued if is_self or not is_speaker else []
        moods = find_moods(token, mood, words, is_speaker=is_speaker, is_self=is_self, in_speech=in_speech)
        for kind, pattern, content, toward in (*found, *((kind, name, None, None) for kind, name in moods)):
            if span is None:
                span = clause_span(text, paragraph, token)
                depends = condition_of(text, paragraph, token) is not None
            yield Candidate(
                token=token,
                kind=kind,
                pattern=pattern,
                actor=actor,
                is_speaker=is_speaker,
                is_self=is_self,
                mood=mood,
                span=span,
                content=content,
                toward=toward,
                quote=quote,
                words=words,
                depends=depends,
                asks=asks,
            )


def _by_cue(token: Token, mood: Mood) -> Iterator[tuple[ActKind, str, Token | None, Token | None]]:
    """The acts a word makes by what it takes, those it may be mistaken for, and the refusals that denying them makes."""
    cues = _cues_of(token)
    own = {cue.kind for cue in cues}
    for cue in cues:
        yield cue.kind, f"{cue.kind} {cue.complement}", cue.content, cue.toward
        for other in _MISTAKEN.get(cue.kind, ()):
            if other not in own:
                yield other, f"{other} as {cue.kind} {cue.complement}", cue.content, cue.toward
        if mood.is_negated and cue.kind in _REFUSED:
            yield "refusal", f"refusal not {cue.kind}", cue.content, cue.toward
        if cue.complement == "that" and cue.content is not None and _is_ruled_out(cue.content):
            yield "refusal", f"refusal that not {cue.kind}", cue.content, cue.toward


def _cues_of(token: Token) -> list[ActCue]:
    """The acts a word makes by what it takes; where it may refuse or deny, an offer is refused and a claim is denied."""
    cues = list(find_act_cues(token))
    if {"refusal", "denial"} <= {cue.kind for cue in cues}:
        return [cue for cue in cues if not _is_of(cue.content, _NEVER.get(cue.kind))]
    return cues


def _is_of(content: Token | None, table: str | None) -> bool:
    return content is not None and table is not None and content.lemma_.lower() in words_of("acts", table)


def _is_ruled_out(clause: Token) -> bool:
    """Whether a clause says that something will not be: to insist on it is to refuse."""
    return is_to_come(clause) and any(c.dep_ == "neg" for c in clause.children)


def _quote_around(paragraph: Paragraph, token: Token, quotes: Sequence[Quote]) -> Quote | None:
    """The shortest quote a word stands in."""
    at = paragraph.offset + token.idx
    around = [q for q in quotes if any(c.start <= at < c.end for c in q.content)]
    return min(around, key=lambda q: sum(c.end - c.start for c in q.content), default=None)
