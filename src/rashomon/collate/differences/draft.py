"""What a difference is built from: the sides with their places, before it is weighed and numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.model import DifferenceKind, Reading, Says, Side, SideReading, Span
from rashomon.text.dates import is_day_or_month
from rashomon.text.naming import country_of
from rashomon.text.words import STOP, fold

# A heading names no more sides than this.
MOST_HEADED = 3
# Nor is it longer than so many characters.
LONGEST_HEADING = 160
# So many words are shown as evidence of a side.
MOST_WORDS = 20
# So many words of a report stand in a heading.
MOST_SAID = 12
# A mark that opens: a curved one, or a straight one at the start or behind a blank or a bracket.
_OPENING = re.compile(r"“|(?<![^\s(\[])\"")


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
    slot: str = (
        ""  # by what it was found: the argument that differs, or "loose" where its readings may be of several things
    )

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


def are_like(words: frozenset[str], others: frozenset[str], least: float) -> bool:
    """Whether two wordings have at least a share of the longer one's words in common."""
    return len(words & others) >= least * max(len(words), len(others))


def with_article(names: Names, name: str) -> str:
    """A name as it stands in a sentence: "the United States" where the reports write it so, a capital of the start of one gone."""
    found = names.find(name)
    written = {form.text for form in found.forms} if found is not None else set()
    own = name.removeprefix("The ")
    is_opening = own != name and not written.isdisjoint({own, f"the {own}"})
    return f"the {own}" if is_opening or f"the {name}" in written else name


def cut_in_marks(words: str, most: int = MOST_SAID) -> str:
    """Words of a report in quotation marks, cut after so many, not behind "the" or "may"; marks within become single."""
    told = words.strip(' "“”,;:').split()
    end = min(most, len(told))
    while end < len(told) and end > most // 2 and fold(told[end - 1]) in STOP:
        end -= 1
    cut = " ".join(told[:end]).rstrip(",;:–—-") + ("…" if end < len(told) else "")
    return "“" + _OPENING.sub("‘", cut).replace("”", "’").replace('"', "’") + "”"


def in_sentence(names: Names, label: str) -> str:
    """A label in mid-sentence: its first word in lower case unless it begins a name or is a day or month."""
    first = label.split(" ", 1)[0]
    if fold(first) in STOP and (len(first) == 1 or first[1:].islower()):
        return label[:1].lower() + label[1:]
    is_name = (
        not first[1:].islower()
        or fold(first) in country_of()
        or is_day_or_month(first)
        or any(fold(form.text.split(" ", 1)[0]) == fold(first) for name in names.names for form in name.forms)
    )
    return label if is_name else label[:1].lower() + label[1:]


def sides_of(said: Iterable[tuple[str, SideReading]]) -> tuple[Side, ...]:
    """The sides of some places by what they say, in the order in which it is first said; each place stands once a side."""
    held: dict[str, list[SideReading]] = {}
    for says, reading in said:
        held.setdefault(says, []).append(reading)
    return tuple(Side(says=says, readings=tuple(dict.fromkeys(readings))) for says, readings in held.items())


def headed(topic: str, sides: Sequence[Side]) -> str:
    """The heading: what it is about, and what is said, if it is not too much."""
    said = [side.says for side in sides]
    text = f"{topic}: {', '.join(said[:-1])}, or {said[-1]}" if len(said) > 1 else topic
    return text if len(said) <= MOST_HEADED and len(text) <= LONGEST_HEADING else topic
