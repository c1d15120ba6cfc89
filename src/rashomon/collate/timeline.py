"""Times and the timeline: every resolved time, and what the articles date to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rashomon.collate.material import Material
from rashomon.collate.rows import numbered
from rashomon.lexicon import alternation, words_of
from rashomon.model import Clause, Event, Interval, Point, Quote, Reading, Span, Time, TimeReading
from rashomon.text.words import content_stems

DATED = ("DATE", "TIME")
# A stretch longer than this, in days, dates nothing in particular ("this year").
LONGEST = 45
# A day so few characters from a verb of saying dates the saying.
BESIDE = 4
# Fewer characters say too little to stand for an event.
LEAST_TEXT = 30
# A clause with less than this share of a label's telling words is not what the label tells.
LEAST_TOLD = 0.5
# The hours of a TIMEX3 part of the day (Pustejovsky et al. 2003); night reaches over both ends of its day.
PARTS = {
    "MO": frozenset(range(5, 13)),
    "MI": frozenset({11, 12, 13}),
    "AF": frozenset(range(12, 19)),
    "EV": frozenset(range(17, 24)),
    "NI": frozenset((*range(7), *range(20, 24))),
    "DT": frozenset(range(6, 19)),
}
# What stands before and after a time that belongs to a noun.
_DETERMINER = re.compile(rf"(?:\b(?:{alternation(words_of('timeline', 'determiners'))})|['’]s)\s$", re.IGNORECASE)
_NOUN = re.compile(r"\s[a-z]+")
_LINK = re.compile(rf"^(?:{alternation(words_of('timeline', 'links'))})\s")
# A clause that says too little without the rest of its sentence: it hangs on another, or breaks off.
_LEANING = re.compile(
    rf"^(?:{alternation(words_of('timeline', 'hanging'))})\b|\b(?:{alternation(words_of('timeline', 'broken_off'))})$",
    re.IGNORECASE,
)
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


class Dating(NamedTuple):
    """The days that a time gives, the clause that it dates, that clause with what it hangs on, and the words of both."""

    first: str
    last: str
    clause: Span
    reading: Reading
    words: str
    time: str

    @property
    def n_days(self) -> int:
        """How many days it allows."""
        return (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1


def build_timeline(material: Material, points: Sequence[Point]) -> tuple[Event, ...]:
    """What is dated, in order of day: one event for the clauses of one point that may be of one time.

    A point's label stands for the event whose clauses tell it, that of most reports where there are several; another of its
    events, and a clause that only stands in a sentence beside it, has its own words.
    """
    home = {n: p for p in points for r in p.readings if (n := material.sentence_at(r.article, r.start)) is not None}
    told: dict[str, list[Dating]] = defaultdict(list)
    beside: dict[tuple[str, str, str], list[Dating]] = defaultdict(list)
    for article in material.articles:
        for dating in _datings(material, article.id):
            number = material.sentence_at(article.id, dating.reading.start)
            if number not in home:
                continue
            point = home[number]
            if any(_overlap(dating.reading, r) for r in point.readings):
                told[point.id].append(dating)
            else:
                beside[dating.first, dating.last, point.id].append(dating)
    events = [_event(datings, None) for datings in beside.values()]
    for point in points:
        groups = _of_one_time(told[point.id])
        telling = [group for group in groups if max(_tells(dating, point) for dating in group) >= LEAST_TOLD]
        told_of = max(telling, key=lambda group: len({d.reading.article for d in group}), default=None)
        events += [_event(group, point.label if group is told_of else None) for group in groups]
    events.sort(key=lambda e: (e.first, e.last, e.readings[0].article, e.readings[0].start))
    return numbered(events, "timeline")


def _overlap(a: Reading, b: Reading) -> bool:
    return a.article == b.article and a.start < b.end and b.start < a.end


def _tells(dating: Dating, point: Point) -> float:
    """How much of a point's label a dated clause tells: all where the label was made of it, else the share of its words."""
    made_of = point.label_reading
    if made_of is not None and (made_of.article, made_of.start) == (dating.reading.article, dating.clause.start):
        return 1.0
    telling = set(content_stems(point.label or ""))
    return len(telling & set(content_stems(dating.words))) / max(1, len(telling))


def _of_one_time(datings: Iterable[Dating]) -> list[list[Dating]]:
    """The datings by event: narrower days first; wider ones join the event that lies in them where there is one alone."""
    groups: list[list[Dating]] = []
    for dating in sorted(datings, key=lambda d: (d.n_days, d.first)):
        within = [g for g in groups if dating.first <= g[0].first and g[0].last <= dating.last]
        same = [g for g in within if (g[0].first, g[0].last) == (dating.first, dating.last)]
        if len(same or within) == 1:
            (same or within)[0].append(dating)
        else:
            groups.append([dating])
    return groups


def _event(datings: Sequence[Dating], label: str | None) -> Event:
    """An event on the days that all its wordings allow, with the words by which each first gives its days."""
    wordings: dict[tuple[str, str], dict[Reading, Dating]] = defaultdict(dict)
    for dating in datings:
        wordings[dating.first, dating.last].setdefault(dating.reading, dating)
    return Event(
        id="",
        first=max(first for first, _ in wordings),
        last=min(last for _, last in wordings),
        text=_text(d.words for d in datings),
        readings=tuple(dict.fromkeys(reading for own in wordings.values() for reading in own)),
        label=label,
        intervals=tuple(
            Interval(first=first, last=last, words=next(iter(own.values())).time, readings=tuple(own))
            for (first, last), own in wordings.items()
        ),
    )


def _datings(material: Material, article: str) -> Iterator[Dating]:
    """What the times of an article date, each the clause whose verb it belongs to."""
    found = material.found[article]
    text = material.texts[article]
    told = [
        t
        for t in found.times
        if _dates(t) and not _is_attribute(text, t) and not material.is_spoken(article, Span(t.start, t.start + 1))
    ]
    outermost = [t for t in told if not any(o.start <= t.start and t.end <= o.end and o != t for o in told)]
    placed = [(t, c) for t in outermost if (c := _clause_of(found.clauses, t)) is not None]
    of_events = {c.start for t, c in placed if not is_of_saying(text, found.quotes, t, c)}
    for time, clause in placed:
        number = material.sentence_at(article, time.start)
        of_saying = is_of_saying(text, found.quotes, time, clause)
        if number is None or (of_saying and clause.start in of_events):
            continue  # what was said has a day of its own
        sentence = material.sentences[number].span
        own = material.text(article, clause.span)
        span = sentence if of_saying or _LEANING.search(own) else _whole(text, found.clauses, clause, sentence)
        words = material.text(article, span)
        if span == clause.span and clause.subject is not None and clause.subject.end <= clause.start:
            words = f"[{material.text(article, clause.subject)}] {_LINK.sub('', words)}"
        assert time.first is not None
        assert time.last is not None
        reading = Reading(article=article, start=span.start, end=span.end)
        yield Dating(time.first, time.last, clause.span, reading, words, text[time.start : time.end])


def _dates(time: Time) -> bool:
    """Whether a time is a stretch of days that is short enough to date something."""
    if not is_dated(time):
        return False
    assert time.first is not None
    assert time.last is not None
    return (date.fromisoformat(time.last) - date.fromisoformat(time.first)).days <= LONGEST


def _is_attribute(text: str, time: Time) -> bool:
    """Whether a time only says which of several things a noun means ("the February vote")."""
    return (
        _DETERMINER.search(text, max(0, time.start - 12), time.start) is not None
        and _NOUN.match(text, time.end) is not None
    )


def _clause_of(clauses: Sequence[Clause], time: Time) -> Clause | None:
    """The innermost clause around a time; None where it has no verb, as a caption's or a signature's has none."""
    around = [c for c in clauses if c.start <= time.start and time.end <= c.end]
    inner = min(around, key=lambda c: c.end - c.start, default=None)
    return inner if inner is not None and inner.predicate is not None else None


def is_of_saying(text: str, quotes: Sequence[Quote], time: Time, clause: Clause) -> bool:
    """Whether a time dates a saying: it stands beside the verb of saying, or in its clause, and what is said stands elsewhere."""
    for quote in quotes:
        cue = quote.cue
        if cue is None or any(s.start <= time.start < s.end for s in quote.content):
            continue
        said_elsewhere = not clause.start <= quote.content[0].start < clause.end
        if clause.start <= cue.start < clause.end and said_elsewhere:
            return True
        between = text[min(cue.end, time.end) : max(cue.start, time.start)]
        if len(between) <= BESIDE and "," not in between:
            return True
    return False


def _whole(text: str, clauses: Sequence[Clause], clause: Clause, sentence: Span) -> Span:
    """A clause with what it hangs on when it has no subject of its own ("who came on Tuesday", "held on Tuesday")."""
    subject = clause.subject
    if subject is not None and text[subject.start : subject.end].lower() not in words_of("timeline", "leaning"):
        return clause.span
    before = [c for c in clauses if sentence.start <= c.start < clause.start]
    return Span(max((c.start for c in before), default=clause.start), clause.end)


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


def _text(wordings: Iterable[str]) -> str:
    """The words that stand for an event: of those that need no others, the shortest that says enough."""

    def rank(words: str) -> tuple[bool, bool, int, str]:
        return words[:1].islower(), len(words) < LEAST_TEXT, len(words), words

    words = min((_LINK.sub("", words) for words in wordings), key=rank)
    return words[:1].upper() + words[1:]
