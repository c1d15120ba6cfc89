"""Where an act may be: what a clause, noun or adjective could do, by whom, and by which pattern.

A word is looked at twice where two could be meant: in "Weir said the board had agreed to pay", "agreed" may be what Weir
does in saying so (`is_speaker`) or what the board did. Which of them are acts, the model says (model.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rashomon.annotate.acts.actors import doer_of, name_of
from rashomon.annotate.acts.clauses import clause_span
from rashomon.annotate.acts.cues import VERBAL, find_cues, is_to_come, names_act
from rashomon.annotate.acts.moods import Mood, find_moods, is_supposed, read_mood
from rashomon.annotate.speakers import Speakers
from rashomon.annotate.tagging import Paragraph
from rashomon.model import ActKind, Quote, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# To deny one of these is to refuse: "did not agree to pay".
_REFUSED = frozenset({"offer", "promise", "agreement"})
# One word does for both: "called for" requests or demands, "agreed to pay" promises.
_MISTAKEN: dict[ActKind, tuple[ActKind, ...]] = {
    "request": ("demand",),
    "demand": ("request",),
    "agreement": ("promise",),
    "offer": ("promise",),
    "accusation": ("refusal",),
}
_HELPERS = frozenset({"aux", "auxpass", "prt"})


@dataclass(frozen=True)
class Candidate:
    """What a word may do: the act, the pattern that proposes it, who would do it, and in which quote it stands."""

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


def find_candidates(
    text: str, paragraph: Paragraph, quotes: Sequence[Quote], speakers: Speakers
) -> Iterator[Candidate]:
    """The candidates of a paragraph in order; those whose actor cannot be told are left out."""
    own = [q for q in quotes if any(paragraph.span.start <= c.start < paragraph.span.end for c in q.content)]
    for token in paragraph.doc:
        is_verb = token.pos_ in VERBAL and token.dep_ not in _HELPERS
        if (is_verb or names_act(token)) and not is_supposed(token):
            quote = _quote_around(paragraph, token, own)
            if quote is not None or not _asks(token):
                yield from _candidates_at(text, paragraph, token, quote, speakers)


def _asks(token: Token) -> bool:
    """Whether the report itself asks: what is asked was not done."""
    return token.sent.text.endswith("?")


def _candidates_at(
    text: str, paragraph: Paragraph, token: Token, quote: Quote | None, speakers: Speakers
) -> Iterator[Candidate]:
    """What a word may do as an act of the speaker of the words, and as one of whoever its clause is about."""
    subject = doer_of(token)
    said = quote.speaker_name if quote is not None else None
    done = name_of(paragraph, subject, quote, speakers) if subject is not None else None
    if said is None and done is None:
        return
    mood = read_mood(token)
    cued = list(_by_cue(token, mood))
    is_self = said is not None and said == done
    in_speech = quote is not None and quote.manner != "indirect"
    span = None
    for actor, is_speaker in ((said, True), (done, False)):
        if actor is None or (is_self and not is_speaker):
            continue
        found = cued if is_self or not is_speaker else []
        moods = find_moods(token, mood, is_speaker=is_speaker, is_self=is_self, in_speech=in_speech)
        for kind, pattern, content, toward in (*found, *((kind, name, None, None) for kind, name in moods)):
            span = span or clause_span(text, paragraph, token)
            yield Candidate(token, kind, pattern, actor, is_speaker, is_self, mood, span, content, toward, quote)


def _by_cue(token: Token, mood: Mood) -> Iterator[tuple[ActKind, str, Token | None, Token | None]]:
    """The acts a word makes by what it takes, those it may be mistaken for, and the refusals that denying them makes."""
    cues = list(find_cues(token))
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


def _is_ruled_out(clause: Token) -> bool:
    """Whether a clause says that something will not be: to insist on it is to refuse."""
    return is_to_come(clause) and any(c.dep_ == "neg" for c in clause.children)


def _quote_around(paragraph: Paragraph, token: Token, quotes: Sequence[Quote]) -> Quote | None:
    """The shortest quote a word stands in."""
    at = paragraph.offset + token.idx
    around = [q for q in quotes if any(c.start <= at < c.end for c in q.content)]
    return min(around, key=lambda q: sum(c.end - c.start for c in q.content), default=None)
