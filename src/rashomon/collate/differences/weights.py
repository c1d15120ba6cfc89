"""How much a difference weighs: by its kind, by who stands on its sides, and by how many tell of what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.collate.differences.draft import Draft
from rashomon.collate.material import Material
from rashomon.collate.points import holds
from rashomon.model import DifferenceKind, Lineage, Point
from rashomon.text.shares import number_texts

KINDS: dict[DifferenceKind, int] = {"fact": 6, "number": 6, "date": 5, "framing": 4, "attribution": 3, "wording": 2}
# Clauses set side by side whole are less sure to disagree than arguments of one verb.
WHOLE = 4
# From these scores on a difference weighs 3, and 2.
HEAVY, MIDDLE = 8, 5


class Weigher:
    """Scores the differences of a story."""

    def __init__(self, material: Material, lineage: Lineage, points: Sequence[Point]) -> None:
        self._account = number_texts(lineage)
        self._order = {a: n for n, a in enumerate(material.ids)}
        most = len(material.ids) / 2
        self._broad = [r for p in points if len({r.article for r in p.readings}) > most for r in p.readings]

    def score(self, draft: Draft) -> int:
        """The kind's own score, more where two accounts stand on two sides and where most reports tell of it."""
        if draft.fits:
            return 0
        accounts = [{self._account[r.article] for r in side.readings} for side in draft.sides]
        apart = len(set().union(*accounts)) > 1
        kind = WHOLE if draft.slot == "clause" else KINDS[draft.kind]
        return kind + 2 * apart + self._is_broad(draft)

    def weight(self, draft: Draft) -> int:
        """3, 2 or 1."""
        score = self.score(draft)
        return 3 if score >= HEAVY else 2 if score >= MIDDLE else 1

    def place(self, draft: Draft) -> tuple[int, int]:
        """Where it is first told."""
        first = draft.readings[0]
        return self._order[first.article], first.start

    def _is_broad(self, draft: Draft) -> bool:
        return any(holds(wide, r) for r in draft.readings for wide in self._broad)
