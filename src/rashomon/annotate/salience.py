"""Who is in the reader's mind: salience by grammatical role, halved at every sentence (Lappin and Leass 1994)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from rashomon.text.naming import Gender

Kind = Literal["person", "body", "several"]

# What a mention adds, by its dependency: subjects before objects before the rest.
WEIGHTS = {
    "nsubj": 1.6,
    "nsubjpass": 0.9,
    "agent": 0.6,
    "dobj": 0.55,
    "dative": 0.5,
    "attr": 0.5,
    "pobj": 0.35,
    "appos": 0.5,
    "conj": 0.5,
    "poss": 0.45,
    "ROOT": 0.5,
    "npadvmod": 0.3,
    "nmod": 0.3,
    "compound": 0.2,
}
# Who was said to speak is more in mind than who acts: whoever speaks next without a name is mostly they.
SPEAKING = 2.1
# People named inside somebody's words are less in mind than those the report speaks of.
WITHIN_QUOTATION = 0.15
SENTENCE_DECAY = 0.5
PARAGRAPH_DECAY = 0.7
# Below this nobody is in mind; closer than the margin, two are. Groups are named in passing and need more of both.
LEAST: dict[Kind, float] = {"person": 0.04, "body": 0.1, "several": 0.45}
MARGIN: dict[Kind, float] = {"person": 1.9, "body": 1.5, "several": 1.6}
_FORGOTTEN = 0.005


class Salience:
    """What each person, body or group weighs at the place reached."""

    def __init__(self, genders: dict[str, Gender | None]) -> None:
        self._genders = genders
        self._weights: dict[Kind, dict[str, float]] = {"person": {}, "body": {}, "several": {}}
        self._paragraph = 0
        self.center: str | None = None

    def centered(self, gender: Gender | None) -> str | None:
        """Whom the sentence before was about, if a pronoun fits: where two are in mind, that one goes on (Grosz, Joshi and Weinstein 1995)."""
        name = self.center
        if name is None or name not in self._weights["person"]:
            return None
        return name if gender is None or self._genders.get(name) in (gender, None) else None

    def next_sentence(self, paragraph: int) -> None:
        """Everyone fades; more at a new paragraph."""
        decay = SENTENCE_DECAY * (PARAGRAPH_DECAY if paragraph != self._paragraph else 1.0)
        self._paragraph = paragraph
        for kind, weights in self._weights.items():
            self._weights[kind] = {n: w * decay for n, w in weights.items() if w * decay > _FORGOTTEN}

    def add(self, name: str, kind: Kind, weight: float) -> None:
        """Somebody is mentioned."""
        weights = self._weights[kind]
        weights[name] = weights.get(name, 0.0) + weight

    def best(
        self, kind: Kind, gender: Gender | None, among: Collection[str] | None = None, without: Collection[str] = ()
    ) -> str | None:
        """Who is meant, of all or of some; None when nobody or more than one is in mind."""
        ranked = sorted(
            (
                (weight, name)
                for name, weight in self._weights[kind].items()
                if (gender is None or self._genders.get(name) in (gender, None))
                and (among is None or name in among)
                and name not in without
            ),
            reverse=True,
        )
        if not ranked or ranked[0][0] < LEAST[kind]:
            return None
        if len(ranked) > 1 and ranked[0][0] < MARGIN[kind] * ranked[1][0]:
            return None
        return ranked[0][1]
