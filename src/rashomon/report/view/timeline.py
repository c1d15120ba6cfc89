"""Timeline: one row an event, in order, with a bar for the days that each wording allows."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from rashomon.model import Event, Interval
from rashomon.report.view.cites import Cites, ViewContext, cite, n_articles
from rashomon.report.view.days import say_short
from rashomon.report.view.words import begun, first_words
from rashomon.text.dates import read_day

# Days before and after the story's that the calendar shows, and within which one report's events are open.
REACH, NEAR = 30, 14
# Bars of one event, and events in the fold.
MOST_BARS, MOST_FOLDED = 4, 200
MOST_WORDS = 5


class SpanBar(Struct, frozen=True):
    """The days that a wording allows (percent of the calendar), with the letters of its reports."""

    left: float
    width: float
    letters: str


class EventRow(Struct, frozen=True):
    """An event: when, what, in which words the days are given, and its bars."""

    id: str
    when: str
    what: str
    cites: Cites
    wordings: str
    bars: tuple[SpanBar, ...]


class Week(Struct, frozen=True):
    """A Monday on the calendar, percent."""

    at: float
    label: str


class Timeline(Struct, frozen=True):
    """The open events and the folded ones; the calendar's weeks, and the days of the story on it (percent)."""

    rows: tuple[EventRow, ...]
    folded: tuple[EventRow, ...]
    weeks: tuple[Week, ...]
    shade: tuple[float, float]

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.rows or self.folded)


class Calendar:
    """The days that the bars stand on."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.n_days = (last - first).days + 1

    def place(self, day: date) -> float:
        """Where a day begins, percent."""
        return round(100 * (day - self.first).days / self.n_days, 2)

    def bar(self, first: str, last: str) -> tuple[float, float] | None:
        """Where some days stand and how wide they are; None where they go beyond the calendar."""
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        if start < self.first or end > self.last:
            return None
        return self.place(start), round(100 * ((end - start).days + 1) / self.n_days, 2)

    def weeks(self) -> tuple[Week, ...]:
        """Mondays, at most eight; the first of a month with its name."""
        monday = self.first + timedelta((7 - self.first.weekday()) % 7)
        days = [monday + timedelta(7 * n) for n in range((self.last - monday).days // 7 + 1)]
        step = -(-len(days) // 8) or 1
        shown = days[::step]
        return tuple(
            Week(
                self.place(day),
                say_short(day.isoformat(), day.isoformat(), day.year)
                if n == 0 or day.month != shown[n - 1].month
                else str(day.day),
            )
            for n, day in enumerate(shown)
        )


def view_timeline(context: ViewContext) -> Timeline:
    """Events told by two or more reports or near the story's days are open, the others folded."""
    story = context.collation.story
    events = context.collation.timeline
    centre_first = read_day(story.first) or (date.fromisoformat(events[0].first) if events else date(1970, 1, 1))
    centre_last = read_day(story.last) or centre_first
    near = [e for e in events if _distance(e, centre_first, centre_last) <= REACH]
    low = min([centre_first, *(date.fromisoformat(e.first) for e in near)])
    high = max([centre_last, *(date.fromisoformat(e.last) for e in near)])
    calendar = Calendar(low, high)
    open_ids = {
        e.id
        for e in events
        if e.label and (n_articles(e.readings) > 1 or _distance(e, centre_first, centre_last) <= NEAR)
    }
    shade = calendar.bar(centre_first.isoformat(), centre_last.isoformat()) or (0.0, 0.0)
    return Timeline(
        rows=tuple(_row(context, e, calendar) for e in events if e.id in open_ids),
        folded=tuple(_row(context, e, calendar) for e in events if e.id not in open_ids)[:MOST_FOLDED],
        weeks=calendar.weeks(),
        shade=shade,
    )


def _distance(event: Event, first: date, last: date) -> int:
    """How many days of an event lie outside the story's days, at its farther end."""
    start, end = date.fromisoformat(event.first), date.fromisoformat(event.last)
    return max(0, (first - start).days, (end - last).days)


def _row(context: ViewContext, event: Event, calendar: Calendar) -> EventRow:
    label = event.label
    intervals = event.intervals
    parted = len({(i.first, i.last) for i in intervals}) > 1 and n_articles(event.readings) > 1
    told = "; ".join(_wording(context, i) for i in intervals[:MOST_BARS]) if parted else ""
    return EventRow(
        id=event.id,
        when=say_short(event.first, event.last, context.year),
        what=begun(context.words.cut(label)) if label else f"“{context.words.evidence(event.text)}”",
        cites=cite(context, event.readings),
        wordings=told,
        bars=_bars(context, event, calendar),
    )


def _wording(context: ViewContext, interval: Interval) -> str:
    letters = cite(context, interval.readings).letters.replace(", ", " ").replace("=", " ")
    return f"{letters} “{context.words.cut(first_words(interval.words, MOST_WORDS))}”"


def _bars(context: ViewContext, event: Event, calendar: Calendar) -> tuple[SpanBar, ...]:
    by_days: dict[tuple[str, str], list[Interval]] = {}
    for interval in event.intervals:
        by_days.setdefault((interval.first, interval.last), []).append(interval)
    if len(by_days) < 2:
        found = calendar.bar(event.first, event.last)
        return (SpanBar(*found, ""),) if found else ()
    bars = []
    for (first, last), intervals in list(by_days.items())[:MOST_BARS]:
        found = calendar.bar(first, last)
        if found:
            letters = cite(context, [r for i in intervals for r in i.readings]).letters
            bars.append(SpanBar(*found, letters.replace(", ", " ").replace("=", " ")))
    return tuple(bars)
