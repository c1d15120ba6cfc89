"""Positions: who offers, asks, demands, refuses what of whom, each row to be read as a sentence."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from msgspec import Struct

from rashomon.model import ActKind, Position
from rashomon.report.view.cites import Cites, ViewContext, cite, n_articles
from rashomon.report.view.words import begun, first_words, unquoted
from rashomon.text.words import content_stems

# Words of a content, and positions in the fold.
MOST_WORDS, MOST_FOLDED = 16, 200
# A condition is in the content when so much of its words is.
SAID = 0.7
# Words that a clause of its own begins with: such a content does not go on after the verb.
_CLAUSE = re.compile(r"(?:i|we|he|she|they|it|you|if|nobody|no one|there|this|that|these|those)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"(?:if|once|unless|until|in exchange for|as long as|provided|when|after|before|only)\b", re.IGNORECASE
)


class Verb(NamedTuple):
    """How an act is told: the verb, its preposition before the addressee, and what may begin its content."""

    word: str
    before: str
    opening: re.Pattern[str]


def _opens(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(words)})\b", re.IGNORECASE)


_THING = r"(?:an?|the|its|his|her|their|any|all|more|no|\d[\d,.]{0,20})"
VERBS: dict[ActKind, Verb] = {
    "offer": Verb("offers", "", _opens("to", _THING)),
    "request": Verb("asks", "", _opens("to", "for", "that")),
    "demand": Verb("demands", "of", _opens("that", "to", _THING)),
    "refusal": Verb("refuses", "", _opens("to", _THING)),
    "promise": Verb("promises", "", _opens("to", "that", _THING)),
    "threat": Verb("threatens", "", _opens("to", "with")),
    "accusation": Verb("accuses", "", _opens("of")),
    "denial": Verb("denies", "to", _opens("that", _THING, r"\w{1,40}ing")),
    "agreement": Verb("agrees", "with", _opens("to", "that", "on")),
}


class PositionRow(Struct, frozen=True):
    """A position as the parts of a sentence; `quoted` where its content is a report's words."""

    id: str
    actor: str
    verb: str
    toward: str
    content: str
    quoted: bool
    condition: str
    cites: Cites


class Positions(Struct, frozen=True):
    """Positions that two or more reports tell and that read as a sentence, by actor; and all others."""

    rows: tuple[PositionRow, ...]
    folded: tuple[PositionRow, ...]

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.rows or self.folded)


def view_positions(context: ViewContext) -> Positions:
    """Actors by the number of their positions; in each the order of the collation."""
    positions = context.collation.positions
    counts = Counter(p.actor for p in positions if n_articles(p.readings) > 1)
    first = {p.actor: n for n, p in reversed(list(enumerate(positions)))}
    ordered = sorted(positions, key=lambda p: (-counts[p.actor], first[p.actor]))
    is_open = [n_articles(p.readings) > 1 and _reads(p) for p in ordered]
    return Positions(
        rows=tuple(_row(context, p) for p, opened in zip(ordered, is_open, strict=True) if opened),
        folded=tuple(_row(context, p) for p, opened in zip(ordered, is_open, strict=True) if not opened)[:MOST_FOLDED],
    )


def _reads(position: Position) -> bool:
    """Whether a position can be read as a sentence: its content goes on after the verb."""
    content = position.content
    if len(content.split()) > MOST_WORDS or "…" in content or content[:1] in "“\"'‘":
        return False
    return VERBS[position.act].opening.match(content) is not None and not _CLAUSE.match(content.removeprefix("that "))


def _holds_condition(position: Position) -> bool:
    """Whether the content says the condition already, in nearly the same words."""
    own = set(content_stems(position.condition or ""))
    there = set(content_stems(position.content.removesuffix(position.condition or "")))
    return bool(own) and len(own & there) >= SAID * len(own)


def _row(context: ViewContext, position: Position) -> PositionRow:
    verb = VERBS[position.act]
    reads = _reads(position)
    toward = context.words.cut_part(position.toward or "", 4)
    condition = "" if _holds_condition(position) else context.words.cut_part(position.condition or "", 4)
    if condition and not _CONDITION.match(condition):
        condition = f"“{condition}”"
    content = position.content
    if position.condition and content.endswith(position.condition):
        content = content.removesuffix(position.condition).rstrip(" ,;")
    content = context.words.cut_part(first_words(content, MOST_WORDS), 2)
    return PositionRow(
        id=position.id,
        actor=begun(context.words.cut(position.actor)),
        verb=verb.word,
        toward=f"{verb.before} {toward}".strip() if toward else "",
        content=content if reads else f"“{unquoted(content)}”",
        quoted=not reads,
        condition=condition,
        cites=cite(context, position.readings),
    )
