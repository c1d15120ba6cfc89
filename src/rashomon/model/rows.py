"""Rows: what the articles of a story say, lined up, each with its readings."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from rashomon.model.annotations import ActKind, Change, Manner, MentionKind, TimeType
from rashomon.model.places import Located, Reading, Span

Coverage = Literal["reports", "contradicts", "near", "silent", "unread"]
Relation = Literal["single", "agree", "compatible", "conflict"]
CellState = Literal["same", "changed", "absent"]


class QuoteReading(Struct, frozen=True, kw_only=True):
    """One article's wording of a quote; `via` is who passed it on ("told AFP"), as this article has it."""

    article: str
    spans: tuple[Span, ...]
    manner: Manner
    cue: Span | None
    speaker: Span | None
    via: str | None = None

    @property
    def span(self) -> Span:
        """From its first part to its last."""
        return Span(self.spans[0].start, self.spans[-1].end)


class Cell(Located, frozen=True, kw_only=True):
    """One word of a reading in a table of variants."""

    text: str


class SegmentCell(Struct, frozen=True, kw_only=True):
    """What a reading has in a segment: the base reading's words, others, or none. `text` is null where it has none."""

    state: CellState
    text: str | None


class Segment(Struct, frozen=True, kw_only=True):
    """Neighbouring columns of a word table, from `start` to before `end`, with one cell a reading.

    A cell is null for a reading that tells the statement in its own words.
    """

    start: int
    end: int
    cells: tuple[SegmentCell | None, ...]


class AlignedQuote(Struct, frozen=True, kw_only=True):
    """One statement as the articles give it. Each column of `table` has one cell, or null, for each reading.

    `fullest` is the number of the fullest reading, `base` of the wording that most articles have, from which `segments`
    tell the others; `occasion` is where it was said, null where that is not known.
    """

    id: str
    speaker: str | None
    readings: tuple[QuoteReading, ...]
    table: tuple[tuple[Cell | None, ...], ...]
    fullest: int = 0
    base: int = 0
    segments: tuple[Segment, ...] = ()
    occasion: str | None = None


class FigureReading(Reading, frozen=True, kw_only=True):
    """One article's number at a place."""

    low: float | None
    high: float | None
    change: Change
    attributed_to: str | None


class FigureValue(Struct, frozen=True, kw_only=True):
    """One of the numbers given for a figure: the words it is given in, the readings that give it, and whom they name.

    `readings` are numbers in the figure's list; `who` has each source once, null where a reading names none.
    """

    low: float | None
    high: float | None
    change: Change
    words: str
    readings: tuple[int, ...]
    who: tuple[str | None, ...]


class AlignedFigure(Struct, frozen=True, kw_only=True):
    """Numbers that count the same thing. `title` is a noun phrase for it, `values` has each number once."""

    id: str
    about: str
    unit: str | None
    relation: Relation
    readings: tuple[FigureReading, ...]
    title: str = ""
    values: tuple[FigureValue, ...] = ()


class Sum(Struct, frozen=True, kw_only=True):
    """Parts and a total given by one article, and whether they add up."""

    article: str
    parts: tuple[Span, ...]
    total: Span
    part_values: tuple[float, ...]
    total_value: float
    holds: bool


class TimeReading(Reading, frozen=True, kw_only=True):
    """A resolved time of one article."""

    type: TimeType
    value: str
    first: str | None
    last: str | None


class Interval(Struct, frozen=True, kw_only=True):
    """The days that a wording of an event's date allows, and where it stands."""

    first: str
    last: str
    words: str
    readings: tuple[Reading, ...]


class Event(Struct, frozen=True, kw_only=True):
    """Something dated, for the timeline: it fell, or will fall, between `first` and `last`.

    `label` is a short clause for it, null where none can be made; `intervals` has the days of each wording.
    """

    id: str
    first: str
    last: str
    text: str
    readings: tuple[Reading, ...]
    label: str | None = None
    intervals: tuple[Interval, ...] = ()


class Form(Struct, frozen=True, kw_only=True):
    """One spelling of a name, how often each article has it, and where first."""

    text: str
    counts: dict[str, int]
    readings: tuple[Reading, ...]


class Description(Struct, frozen=True, kw_only=True):
    """A title or role given to a name."""

    text: str
    readings: tuple[Reading, ...]


class Name(Struct, frozen=True, kw_only=True):
    """The one meant, with every form and description the articles use."""

    id: str
    name: str
    kind: MentionKind
    forms: tuple[Form, ...]
    descriptions: tuple[Description, ...]


class Point(Struct, frozen=True, kw_only=True):
    """One thing reported, where it stands, which articles have it, and where one without it comes near.

    `label` tells it in a short clause that names its subject, `label_reading` is the clause it was made of; both are null
    where none can be made.
    """

    id: str
    text: str
    label: str | None = None
    label_reading: Reading | None = None
    readings: tuple[Reading, ...]
    coverage: dict[str, Coverage]
    near: tuple[Reading, ...] = ()


class Position(Struct, frozen=True, kw_only=True):
    """What someone offers, demands, refuses… lined up over the articles."""

    id: str
    actor: str
    act: ActKind
    content: str
    toward: str | None
    condition: str | None
    readings: tuple[Reading, ...]
