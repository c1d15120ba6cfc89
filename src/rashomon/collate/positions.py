"""Positions: the acts of the articles lined up, so that each offer, demand or refusal stands once with all its readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rashomon.collate.lining import Stretch, line_up
from rashomon.collate.lining.features import speakers_fit
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.rows import numbered, ordered
from rashomon.model import Act, Position, Reading, Span

# A content of about so many characters says enough and fits a line.
FITTING = 60


class Acts:
    """The acts of a story's articles, in order, as stretches to be compared."""

    def __init__(self, material: Material, names: Names) -> None:
        self.placed: list[tuple[str, Act]] = [
            (article.id, act) for article in material.articles for act in material.found[article.id].acts
        ]
        self.stretches = [
            Stretch(article, (Span(act.start, act.end),), names.actor(act.actor, article) or act.actor)
            for article, act in self.placed
        ]
        self._toward = [names.actor(act.toward, article) if act.toward else None for article, act in self.placed]

    def is_barred(self, a: int, b: int) -> bool:
        """Whether two acts cannot be one: of other kinds, of other actors, or toward others."""
        one_kind = self.placed[a][1].act == self.placed[b][1].act
        actors = speakers_fit(self.stretches[a].speaker, self.stretches[b].speaker)
        return not one_kind or actors <= 0 or speakers_fit(self._toward[a], self._toward[b]) < 0


def align_positions(material: Material, names: Names) -> tuple[Position, ...]:
    """Every position, those of most articles first, then by place."""
    acts = Acts(material, names)
    lined = line_up(material, acts.stretches, material.scorers.positions, acts.is_barred)
    positions = [_position(acts, members, names) for members in lined.groups]
    return numbered(ordered(positions), "positions")


def _position(acts: Acts, members: Sequence[int], names: Names) -> Position:
    placed = [acts.placed[n] for n in members]
    first = min(members, key=lambda n: (abs(len(acts.placed[n][1].content) - FITTING), *_place(acts, n)))
    towards = Counter(name for a, act in placed if act.toward and (name := names.actor(act.toward, a)))
    conditions = Counter(act.condition for _, act in placed if act.condition)
    return Position(
        id="",
        actor=acts.stretches[first].speaker or acts.placed[first][1].actor,
        act=acts.placed[first][1].act,
        content=acts.placed[first][1].content,
        toward=_commonest(towards),
        condition=_commonest(conditions),
        readings=tuple(Reading(article=a, start=act.start, end=act.end) for a, act in placed),
    )


def _place(acts: Acts, n: int) -> tuple[str, int]:
    return acts.placed[n][0], acts.placed[n][1].start


def _commonest(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda words: (-counts[words], len(words), words)) if counts else None
