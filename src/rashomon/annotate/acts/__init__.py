"""Who offers, demands, refuses, promises… what, to whom, on what condition.

An act is something that somebody does in saying so. Words and moods propose it (cues.py, moods.py), wherever they stand; a
model (model.py) that was trained on acts read by hand says which proposals are one, and which of the nine acts it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rashomon.annotate.acts.actors import sort_of
from rashomon.annotate.acts.candidates import Candidate, find_candidates
from rashomon.annotate.acts.clauses import condition_of, content_words
from rashomon.annotate.acts.features import Buckets, features_of
from rashomon.annotate.acts.model import ActModel, load_act_model
from rashomon.annotate.phrases import noun_phrase
from rashomon.annotate.speakers import Speakers
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.model import Act, Quote, Span

__all__ = ["find_acts", "propose_acts"]

# Whom an act of speech is addressed to, where its clause has a subject: "they must withdraw".
_ADDRESSING = frozenset({"demand", "request", "threat", "accusation"})
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
# A content of fewer words than this says nothing by itself: the whole clause is shown.
_TELLING = 2
# Two acts of one kind and actor are one when the shorter lies this far inside the other.
_INSIDE = 0.5

Proposal = tuple[Paragraph, Candidate, Buckets]


def find_acts(
    parsed: Parsed, quotes: Sequence[Quote], speakers: Speakers, model: ActModel | None = None
) -> tuple[Act, ...]:
    """The acts of an article in order of place; those whose actor cannot be told are left out."""
    proposals = propose_acts(parsed, quotes, speakers)
    if not proposals:
        return ()
    model = model or load_act_model()
    likely, fitting = model.scores([buckets for _, _, buckets in proposals])
    best: dict[tuple[int, bool], float] = {}  # of one word and actor, whatever the kind: that is asked next
    for chance, proposal in zip(likely.tolist(), proposals, strict=True):
        best[_doing(proposal)] = max(chance, best.get(_doing(proposal), 0.0))
    kept = [
        (round(float(likely[n] * fitting[n]), 3), proposal)
        for n, proposal in enumerate(proposals)
        if best[_doing(proposal)] >= model.threshold
    ]
    chosen = _without_repeats(_best_at_each_word(kept))
    text = parsed.article.text
    acts = {_act(text, paragraph, candidate, speakers) for paragraph, candidate in chosen}
    return tuple(sorted(acts, key=lambda act: (act.start, act.end, act.act, act.actor)))


def propose_acts(parsed: Parsed, quotes: Sequence[Quote], speakers: Speakers) -> list[Proposal]:
    """All candidates of an article with their features, in order of place."""
    text = parsed.article.text
    return [
        (paragraph, candidate, features_of(candidate, paragraph, text))
        for paragraph in parsed.paragraphs
        for candidate in find_candidates(text, paragraph, quotes, speakers)
    ]


def _doing(proposal: Proposal) -> tuple[int, bool]:
    """The word that a proposal is of, and whether whoever speaks would do it."""
    paragraph, candidate, _ = proposal
    return paragraph.offset + candidate.token.idx, candidate.is_speaker


def _best_at_each_word(scored: Sequence[tuple[float, Proposal]]) -> list[tuple[float, Paragraph, Candidate]]:
    """One act a word: the likeliest, by the order of candidates where two are equally likely."""
    at: dict[int, tuple[float, Paragraph, Candidate]] = {}
    for score, (paragraph, candidate, _) in scored:
        place = paragraph.offset + candidate.token.idx
        if place not in at or score > at[place][0]:
            at[place] = (score, paragraph, candidate)
    return list(at.values())


def _without_repeats(found: Sequence[tuple[float, Paragraph, Candidate]]) -> list[tuple[Paragraph, Candidate]]:
    """Without acts that lie inside another of the same kind and actor."""
    kept: dict[tuple[str, str], list[Span]] = defaultdict(list)
    chosen = []
    for _, paragraph, candidate in sorted(found, key=lambda f: (-f[0], f[2].span)):
        spans = kept[candidate.actor, candidate.kind]
        if not any(_overlap(candidate.span, span) >= _INSIDE for span in spans):
            spans.append(candidate.span)
            chosen.append((paragraph, candidate))
    return chosen


def _overlap(a: Span, b: Span) -> float:
    """The share of the shorter one that both have."""
    return max(0, min(a.end, b.end) - max(a.start, b.start)) / min(a.end - a.start, b.end - b.start)


def _act(text: str, paragraph: Paragraph, candidate: Candidate, speakers: Speakers) -> Act:
    span = candidate.span
    said = content_words(text, paragraph, candidate.content) if candidate.content is not None else ""
    if len(said.split()) < _TELLING:
        said = " ".join(text[span.start : span.end].split())
    to = _addressee(paragraph, candidate, speakers)
    return Act(
        start=span.start,
        end=span.end,
        actor=candidate.actor,
        act=candidate.kind,
        content=said,
        toward=to if to != candidate.actor else None,
        condition=condition_of(text, paragraph, candidate.token),
    )


def _addressee(paragraph: Paragraph, candidate: Candidate, speakers: Speakers) -> str | None:
    """Whom an act is addressed to: whom its word governs, or whom the clause of a demand, threat… is about."""
    to = candidate.toward
    if to is None and candidate.kind == "accusation" and candidate.content is not None:
        to = candidate.content if candidate.content.ent_type_ in _NAMED else None
    if to is None and candidate.is_speaker and not candidate.is_self and candidate.kind in _ADDRESSING:
        subject = candidate.mood.subject
        to = subject if subject is not None and sort_of(subject) in _NAMED else None
    return speakers.name_of(paragraph.span_of(noun_phrase(to))) if to is not None else None
