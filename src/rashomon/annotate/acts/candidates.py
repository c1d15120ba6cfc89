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
from rashomon.annotate.acts.cues import VERBAL, find_cues, names_act
from rashomon.annotate.acts.moods import Mood, find_moods, read_mood
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
        if names_act(token) or (token.pos_ in VERBAL and token.dep_ not in _HELPERS):
            yield from _candidates_at(text, paragraph, token, _quote_around(paragraph, token, own), speakers)


def _candidates_at(
    text: str, paragraph: Paragraph, token: Token, quote: Quote | None, speakers: Speakers
) -> Iterator[Candidate]:
    cues = list(find_cues(token))
    mood = read_mood(token)
    subject = doer_of(token)
    said = quote.speaker_name if quote is not None else None
    done = name_of(paragraph, subject, quote, speakers) if subject is not None else None
    if said is None and done is None:
        return
    span = None
    for actor, is_speaker in ((said, True), (done, False)):
        if actor is None or (not is_speaker and actor == said):
            continue
        is_self = said is not None and said == done
        found = [(c.kind, f"{c.kind} {c.complement}", c.content, c.toward) for c in cues]
        found += [
            (other, f"{other} as {c.kind} {c.complement}", c.content, c.toward)
            for c in cues
            for other in _MISTAKEN.get(c.kind, ())
            if other not in {k.kind for k in cues}
        ]
        found += [
            ("refusal", f"refusal not {c.kind}", c.content, c.toward)
            for c in cues
            if mood.is_negated and c.kind in _REFUSED
        ]
        if is_speaker and not is_self:
            found = []
        in_speech = quote is not None and quote.manner != "indirect"
        found += [
            (kind, pattern, None, None)
            for kind, pattern in find_moods(token, mood, is_speaker=is_speaker, is_self=is_self, in_speech=in_speech)
        ]
        for kind, pattern, content, toward in found:
            span = span or clause_span(text, paragraph, token)
            yield Candidate(token, kind, pattern, actor, is_speaker, is_self, mood, span, content, toward, quote)


def _quote_around(paragraph: Paragraph, token: Token, quotes: Sequence[Quote]) -> Quote | None:
    """The shortest quote a word stands in."""
    at = paragraph.offset + token.idx
    around = [q for q in quotes if any(c.start <= at < c.end for c in q.content)]
    return min(around, key=lambda q: sum(c.end - c.start for c in q.content), default=None)
