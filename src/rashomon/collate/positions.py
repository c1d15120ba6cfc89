"""Positions: the acts of the articles lined up, so that each offer, demand or refusal stands once with all its readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np

from rashomon.collate.likeness import find_pairs
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.model import Act, Position, Reading
from rashomon.settings import CollateSettings
from rashomon.text.clusters import group_alike
from rashomon.text.vectors import embed
from rashomon.text.words import content_stems

Placed = tuple[str, Act, str]


def align_positions(material: Material, names: Names, settings: CollateSettings) -> tuple[Position, ...]:
    """Every position, those of most articles first, then by place."""
    placed: list[Placed] = [
        (article.id, act, names.actor(act.actor) or act.actor)
        for article in material.articles
        for act in material.found[article.id].acts
    ]
    stems = [content_stems(act.content) for _, act, _ in placed]
    pairs = find_pairs(stems, material.weights, embed([act.content for _, act, _ in placed]))
    likeness = 0.5 * pairs.containment + 0.5 * np.maximum(pairs.cosine, 0)
    for n, (a, b) in enumerate(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)):
        if placed[a][1].act != placed[b][1].act or placed[a][2] != placed[b][2]:
            likeness[n] = 0.0
    groups = group_alike(len(placed), pairs.left, pairs.right, likeness, settings.position_similarity)
    positions = [_position([placed[n] for n in members], names) for members in groups]
    positions.sort(key=lambda p: (-len({r.article for r in p.readings}), p.readings[0].article, p.readings[0].start))
    return tuple(msgspec.structs.replace(p, id=f"s{n}") for n, p in enumerate(positions, start=1))


def _position(members: Sequence[Placed], names: Names) -> Position:
    first = min(members, key=lambda m: (abs(len(m[1].content) - 60), m[0], m[1].start))
    towards = Counter(name for _, act, _ in members if act.toward and (name := names.actor(act.toward)))
    conditions = Counter(act.condition for _, act, _ in members if act.condition)
    return Position(
        id="",
        actor=first[2],
        act=first[1].act,
        content=first[1].content,
        toward=_commonest(towards),
        condition=_commonest(conditions),
        readings=tuple(Reading(article=a, start=act.start, end=act.end) for a, act, _ in members),
    )


def _commonest(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda words: (-counts[words], len(words), words)) if counts else None
