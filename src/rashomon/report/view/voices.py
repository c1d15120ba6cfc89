"""Voices: who is heard in which report, and with how many remarks."""

from __future__ import annotations

from collections import Counter, defaultdict

from msgspec import Struct

from rashomon.report.view.cites import SEVERAL, ViewContext

MOST_OPEN = 11
# Steps of the tint behind a number.
SHADES = 5


class Voice(Struct, frozen=True):
    """A speaker and the number of remarks in each report, with its shade, 0 to `SHADES`."""

    name: str
    counts: tuple[int, ...]
    shades: tuple[int, ...]


class Voices(Struct, frozen=True):
    """Speakers against reports."""

    letters: tuple[str, ...]
    rows: tuple[Voice, ...]
    more: tuple[Voice, ...]

    def __bool__(self) -> bool:
        """Whether there are two or more to compare."""
        return len(self.rows) > 1 and len(self.letters) > 1


def view_voices(context: ViewContext) -> Voices:
    """Known speakers by reports they are heard in, then by remarks; nothing for more reports than fit side by side."""
    if context.n_reports > SEVERAL:
        return Voices((), (), ())
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for quote in context.collation.quotes:
        if quote.speaker:
            heard[quote.speaker].update({reading.article for reading in quote.readings})
    ids = sorted(context.order, key=context.order.__getitem__)
    most = max((n for counts in heard.values() for n in counts.values()), default=1)
    names = sorted(heard, key=lambda name: (-len(heard[name]), -heard[name].total(), name))
    rows = [
        Voice(
            name,
            tuple(heard[name][a] for a in ids),
            tuple(-(-SHADES * heard[name][a] // most) for a in ids),
        )
        for name in names
    ]
    return Voices(tuple(context.letters[a] for a in ids), tuple(rows[:MOST_OPEN]), tuple(rows[MOST_OPEN:]))
