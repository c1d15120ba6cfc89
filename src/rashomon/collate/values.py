"""What rows show of themselves: the values of a figure, each once, and the days that the wordings of an event allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from rashomon.collate.material import Material
from rashomon.model import AlignedFigure, Event, FigureReading, FigureValue, Interval, Point


def with_values(material: Material, figures: Sequence[AlignedFigure]) -> tuple[AlignedFigure, ...]:
    """The figures with a title and their values."""
    return tuple(
        msgspec.structs.replace(f, title=f.about or f.unit or "", values=_values(material, f.readings)) for f in figures
    )


def _values(material: Material, readings: Sequence[FigureReading]) -> tuple[FigureValue, ...]:
    """The numbers given, each once, lower ones first; the words are those that most readings have."""
    held: dict[tuple[float | None, float | None, str], list[int]] = defaultdict(list)
    for n, reading in enumerate(readings):
        held[reading.low, reading.high, reading.change].append(n)
    found = []
    for numbers in held.values():
        first = readings[numbers[0]]
        words = [material.text(readings[n].article, readings[n]) for n in numbers]
        found.append(
            FigureValue(
                low=first.low,
                high=first.high,
                change=first.change,
                words=min(words, key=lambda w: (-words.count(w), len(w), w)),
                readings=tuple(numbers),
                who=tuple(dict.fromkeys(readings[n].attributed_to for n in numbers)),
            )
        )
    return tuple(sorted(found, key=lambda v: (v.low is None, v.low or 0.0, v.high is None, v.high or 0.0, v.words)))


def with_intervals(material: Material, events: Sequence[Event], points: Sequence[Point]) -> tuple[Event, ...]:
    """The events with the label of their point and an interval for each wording."""
    label_of = {
        n: p.label
        for p in points
        for r in p.readings
        if (n := material.sentence_at(r.article, r.start)) is not None and p.label
    }
    done = []
    for event in events:
        homes = [material.sentence_at(r.article, r.start) for r in event.readings]
        label = next((label_of[n] for n in homes if n in label_of), None)
        interval = Interval(
            first=event.first, last=event.last, words=_words_of(material, event), readings=event.readings
        )
        done.append(msgspec.structs.replace(event, label=label, intervals=(interval,)))
    return tuple(done)


def _words_of(material: Material, event: Event) -> str:
    """The expression by which the event's first reading is dated."""
    for reading in event.readings:
        for time in material.found[reading.article].times:
            inside = reading.start <= time.start and time.end <= reading.end
            if inside and (time.first, time.last) == (event.first, event.last):
                return material.by_id[reading.article].text[time.start : time.end]
    return ""
