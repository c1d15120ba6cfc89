"""What a difference is built from: the sides with their places, before it is weighed and numbered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rashomon.collate.material import Material
from rashomon.model import DifferenceKind, Reading, Says, Side, SideReading, Span

# A heading names no more sides than this.
MOST_HEADED = 3
# So many words are shown as evidence of a side.
MOST_WORDS = 20


@dataclass(frozen=True)
class Draft:
    """A difference as it was found."""

    kind: DifferenceKind
    text: str
    topic: str
    sides: tuple[Side, ...]
    rows: tuple[str, ...] = ()
    fits: bool = False
    note: str | None = None

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that say something in it, in order."""
        return tuple(sorted({r.article for side in self.sides for r in side.readings}))

    @property
    def readings(self) -> tuple[Says, ...]:
        """The places of all sides with what they say."""
        flat = (
            Says(article=r.article, start=r.start, end=r.end, says=side.says)
            for side in self.sides
            for r in side.readings
        )
        return tuple(sorted(dict.fromkeys(flat), key=lambda r: (r.article, r.start, r.end)))


def reading_of(
    material: Material, place: Reading, *, who: str | None = None, words: Span | Reading | None = None
) -> SideReading:
    """A place with at most twenty of its words, or of the words at another place that say it."""
    told = material.text(place.article, words or place).split()
    text = " ".join(told[:MOST_WORDS]) + (" …" if len(told) > MOST_WORDS else "")
    return SideReading(article=place.article, start=place.start, end=place.end, words=text, who=who)


def sides_of(said: Iterable[tuple[str, SideReading]]) -> tuple[Side, ...]:
    """The sides of some places by what they say, in the order in which it is first said; each place stands once a side."""
    held: dict[str, list[SideReading]] = {}
    for says, reading in said:
        held.setdefault(says, []).append(reading)
    return tuple(Side(says=says, readings=tuple(dict.fromkeys(readings))) for says, readings in held.items())


def headed(topic: str, sides: Sequence[Side]) -> str:
    """The heading: what it is about, and what is said, if it is not too much."""
    said = [side.says for side in sides]
    if len(said) > MOST_HEADED:
        return topic
    return f"{topic}: {', '.join(said[:-1])}, or {said[-1]}" if len(said) > 1 else f"{topic}: {said[0]}"
