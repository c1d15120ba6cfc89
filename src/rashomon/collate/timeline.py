"""Times and the timeline: every resolved time, and what the articles date to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import msgspec

from rashomon.collate.material import Material
from rashomon.model import Event, Point, Reading, Time, TimeReading

DATED = ("DATE", "TIME")
# A stretch longer than this, in days, dates nothing in particular ("this year").
LONGEST = 45
# The hours of a TIMEX3 part of the day (Pustejovsky et al. 2003); night reaches over both ends of its day.
PARTS = {
    "MO": frozenset(range(5, 13)),
    "MI": frozenset({11, 12, 13}),
    "AF": frozenset(range(12, 19)),
    "EV": frozenset(range(17, 24)),
    "NI": frozenset((*range(7), *range(20, 24))),
    "DT": frozenset(range(6, 19)),
}
_HOUR = re.compile(rf"T(?:(?P<part>{'|'.join(PARTS)})|(?P<hour>\d\d))")


def gather_times(material: Material) -> tuple[TimeReading, ...]:
    """The times of all articles, by article and place."""
    return tuple(
        TimeReading(
            article=article.id, start=t.start, end=t.end, type=t.type, value=t.value, first=t.first, last=t.last
        )
        for article in material.articles
        for t in material.found[article.id].times
    )


def build_timeline(material: Material, points: Sequence[Point]) -> tuple[Event, ...]:
    """What is dated, in order of day: one event for the sentences of one point with one dating."""
    home = {n: p for p in points for r in p.readings if (n := material.sentence_at(r.article, r.start)) is not None}
    grouped: dict[tuple[str, str, str], list[Reading]] = defaultdict(list)
    for article in material.articles:
        for time in material.found[article.id].times:
            number = material.sentence_at(article.id, time.start)
            if not is_dated(time) or number is None or number not in home:
                continue
            assert time.first is not None
            assert time.last is not None
            if (date.fromisoformat(time.last) - date.fromisoformat(time.first)).days <= LONGEST:
                reading = material.sentences[number].reading
                if reading not in grouped[time.first, time.last, home[number].id]:
                    grouped[time.first, time.last, home[number].id].append(reading)
    events = [
        Event(id="", first=first, last=last, text=_text(material, readings), readings=tuple(readings))
        for (first, last, _), readings in grouped.items()
    ]
    events.sort(key=lambda e: (e.first, e.last, e.readings[0].article, e.readings[0].start))
    return tuple(msgspec.structs.replace(e, id=f"e{n}") for n, e in enumerate(events, start=1))


def is_dated(time: Time) -> bool:
    """Whether a time names days."""
    return time.type in DATED and time.first is not None and time.last is not None


def hours_of(time: Time) -> frozenset[int]:
    """The hours of the day a time can mean: those of a part of the day, a clock time's own and its neighbours; else none."""
    part = _HOUR.search(time.value or "")
    if part is None:
        return frozenset()
    if part["part"]:
        return PARTS[part["part"]]
    return frozenset((int(part["hour"]) + k) % 24 for k in (-1, 0, 1))


def _text(material: Material, readings: Sequence[Reading]) -> str:
    return min((material.text(r.article, r) for r in readings), key=lambda words: (len(words) < 30, len(words), words))
