"""What is found in one article. Time values are TIMEX3."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from rashomon.model.places import Located, Span

Manner = Literal["direct", "mixed", "indirect"]
MentionKind = Literal["person", "place", "organisation", "group"]
Change = Literal["=", "~", "<", ">", "up", "down"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
ActKind = Literal["offer", "demand", "refusal", "promise", "threat", "accusation", "denial", "request", "agreement"]


class Mention(Located, frozen=True, kw_only=True):
    """A place where someone or something is named. `description` is the title or role written beside the name."""

    kind: MentionKind
    description: Span | None = None


class Quote(Struct, frozen=True, kw_only=True):
    """Words reported as said.

    `content` may have several spans, `speaker` is the mention as written here, `speaker_name` whom it resolves to
    within the article (null when unsure), `via` whoever passed the words on ("told AFP").
    """

    content: tuple[Span, ...]
    manner: Manner
    cue: Span | None = None
    speaker: Span | None = None
    speaker_name: str | None = None
    via: str | None = None


class Figure(Located, frozen=True, kw_only=True):
    """A number with what it counts, as an interval: null means open, so "more than 200" is low 200, high null."""

    value: float
    low: float | None
    high: float | None
    unit: str | None
    change: Change
    about: str
    attributed_to: str | None = None


class Time(Located, frozen=True, kw_only=True):
    """A time expression with its TIMEX3 value, and the first and last day it covers where those can be told."""

    type: TimeType
    value: str
    first: str | None = None
    last: str | None = None


class Act(Located, frozen=True, kw_only=True):
    """Someone offers, demands, refuses… something. `content`, `toward` and `condition` are in the report's words."""

    actor: str
    act: ActKind
    content: str
    toward: str | None = None
    condition: str | None = None


class Clause(Located, frozen=True, kw_only=True):
    """A stretch of a sentence that tells one thing: who does it, and the lemma of the word that tells it.

    `doer` is the subject in words that stand by themselves (the name for a pronoun), null where that is not safe; `core` is
    what follows it in a short sentence, from the verb to its last complement; `modal` is the lemma of "may", "will" and so on.
    """

    subject: Span | None = None
    predicate: str | None = None
    negated: bool = False
    doer: str | None = None
    core: Span | None = None
    object: Span | None = None
    obliques: tuple[Span, ...] = ()
    modal: str | None = None
    passive: bool = False


class Annotations(Struct, frozen=True, kw_only=True):
    """What was found in one article."""

    article_id: str
    sentences: tuple[Span, ...] = ()
    clauses: tuple[Clause, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    acts: tuple[Act, ...] = ()
