"""Differences: places where readings do not say the same, each with what every reading says. No verdict is given.

number       readings of one figure that are not equal
date         readings of one point dated to different days
fact         readings of one point at hours of one day that cannot be the same
attribution  one figure or one quoted phrase laid to different speakers
wording      one quote in different words, inside quotation marks
framing      one position under different conditions; one point with different words of judgement
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.quotes import may_be_one_speaker
from rashomon.collate.timeline import hours_of, is_dated
from rashomon.collate.wordings import find_wordings
from rashomon.lexicon import words_of
from rashomon.model import (
    AlignedFigure,
    AlignedQuote,
    Difference,
    FigureReading,
    Point,
    Position,
    Quote,
    Reading,
    Says,
    Span,
    Time,
)
from rashomon.text.intervals import say_interval
from rashomon.text.words import content_stems, find_words, fold

# A sentence with more datings than this says too many things to compare.
MAX_DATES = 2
# Who says that there are two of something is no news where all agree that there are.
LEAST_SOURCED = 5
# Two quotes with this share of the longer one's telling words in common make one statement.
OVERLAP = 0.4
# Two conditions with a smaller share of telling words in common are two conditions.
APART = 0.3
# How much of the text after a word of judgement is shown with it, in characters.
CONTEXT = 60


def find_differences(
    material: Material,
    names: Names,
    quotes: Sequence[AlignedQuote],
    figures: Sequence[AlignedFigure],
    points: Sequence[Point],
    positions: Sequence[Position],
) -> tuple[Difference, ...]:
    """Every difference, by kind and then in the order of what differs."""
    found = [
        *_numbers(material, figures),
        *_dates(material, points),
        *_attributions(material, names, figures, points),
        *find_wordings(material, quotes),
        *_conditions(material, positions),
        *_judgements(material, points),
    ]
    unique: dict[tuple[str, tuple[Says, ...]], Difference] = {}
    for difference in found:
        unique.setdefault((difference.kind, difference.readings), difference)
    return tuple(msgspec.structs.replace(d, id=f"d{n}") for n, d in enumerate(unique.values(), start=1))


def _says(reading: Reading, words: str) -> Says:
    return Says(article=reading.article, start=reading.start, end=reading.end, says=words)


def _numbers(material: Material, figures: Sequence[AlignedFigure]) -> Iterator[Difference]:
    for figure in figures:
        if figure.relation in ("conflict", "compatible"):
            readings = tuple(_says(r, _number_words(material, r)) for r in figure.readings)
            amounts = list(dict.fromkeys(say_interval(r.low, r.high, r.change) for r in figure.readings))
            verdict = "cannot all be true" if figure.relation == "conflict" else "can all be true"
            text = f"{figure.about or figure.unit}: {', '.join(amounts)}; these {verdict}"
            yield Difference(id="", kind="number", text=text, readings=readings)


def _number_words(material: Material, reading: FigureReading) -> str:
    who = f" ({reading.attributed_to})" if reading.attributed_to else ""
    return f"{material.text(reading.article, reading)}{who}"


def _dates(material: Material, points: Sequence[Point]) -> Iterator[Difference]:
    """Points whose sentences, in different articles, name different days, or hours that cannot be the same."""
    for point in points:
        times = _times_of(material, point)
        timed = {article: kept for article, own in times.items() if (kept := [t for t in own if hours_of(t)])}
        dated = {article: kept for article, own in times.items() if (kept := [t for t in own if is_dated(t)])}
        if any(_are_at_other_hours(a, b) for a, b in combinations(timed.values(), 2)):
            readings = _time_says(material, timed)
            yield Difference(id="", kind="fact", text=f"At what hour: {point.text}", readings=readings)
        elif _differ(dated := {article: own for article, own in dated.items() if len(own) <= MAX_DATES}):
            verdict = "" if _any_apart(dated) else " (these can all be true)"
            readings = _time_says(material, dated)
            yield Difference(id="", kind="date", text=f"When: {point.text}{verdict}", readings=readings)


def _times_of(material: Material, point: Point) -> dict[str, list[Time]]:
    """The times that a point's sentences name outside of speech, by article."""
    times: dict[str, list[Time]] = defaultdict(list)
    for reading in point.readings:
        times[reading.article] += [
            time
            for time in material.found[reading.article].times
            if reading.start <= time.start
            and time.end <= reading.end
            and not any(s.start <= time.start < s.end for s in material.speech[reading.article])
        ]
    return dict(sorted(times.items()))


def _differ(dated: Mapping[str, Sequence[Time]]) -> bool:
    """Whether no stretch of days is named by every article."""
    days = {(t.first, t.last) for times in dated.values() for t in times}
    agreeing = any(all(any(d == (t.first, t.last) for t in times) for times in dated.values()) for d in days)
    return len(dated) > 1 and len(days) > 1 and not agreeing


def _are_at_other_hours(one: Sequence[Time], other: Sequence[Time]) -> bool:
    """Whether two reports speak of a day that can be the same, and have no hour in common."""
    return all(hours_of(a).isdisjoint(hours_of(b)) and _may_be_one_day(a, b) for a in one for b in other)


def _may_be_one_day(a: Time, b: Time) -> bool:
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return True
    return a.first <= b.last and b.first <= a.last


def _time_says(material: Material, times: Mapping[str, Sequence[Time]]) -> tuple[Says, ...]:
    """What each report says of the time, and the days that are meant where they are known."""
    return tuple(
        _says(place, material.text(article, place) + (f" = {_days(time)}" if is_dated(time) else ""))
        for article, own in times.items()
        for time in own
        for place in (Reading(article=article, start=time.start, end=time.end),)
    )


def _any_apart(dated: Mapping[str, Sequence[Time]]) -> bool:
    """Whether two articles name no day in common: "June 12" lies in "next week", Tuesday does not lie in Wednesday."""
    stretches = [[(str(t.first), str(t.last)) for t in times] for times in dated.values()]
    return any(all(a[1] < b[0] or b[1] < a[0] for a in one for b in other) for one, other in combinations(stretches, 2))


def _days(time: Time) -> str:
    return str(time.first) if time.first == time.last else f"{time.first} to {time.last}"


def _attributions(
    material: Material, names: Names, figures: Sequence[AlignedFigure], points: Sequence[Point]
) -> Iterator[Difference]:
    for figure in figures:
        speakers = {r.article: r.attributed_to for r in figure.readings}
        is_small = figure.relation == "agree" and all((r.high or r.low or 0) < LEAST_SOURCED for r in figure.readings)
        is_vague = all(r.high is None for r in figure.readings)
        if len(speakers) > 1 and len(set(speakers.values())) > 1 and not is_small and not is_vague:
            readings = [_speaker_place(material, r) for r in figure.readings]
            text = f"Who gives the figure ({figure.about or figure.unit})"
            yield Difference(id="", kind="attribution", text=text, readings=tuple(dict.fromkeys(readings)))
    yield from _shared_phrases(material, names, points)


def _speaker_place(material: Material, reading: FigureReading) -> Says:
    """Where the one who counted is named; the figure itself when nobody is."""
    for quote in material.found[reading.article].quotes:
        if quote.speaker and any(c.start <= reading.start and reading.end <= c.end for c in quote.content):
            place = Reading(article=reading.article, start=quote.speaker.start, end=quote.speaker.end)
            return _says(place, reading.attributed_to or material.text(reading.article, place).rstrip(" ,;:"))
    return _says(reading, reading.attributed_to or "no one named")


def _shared_phrases(material: Material, names: Names, points: Sequence[Point]) -> Iterator[Difference]:
    """Quotes of one point that share telling words but not the speaker."""
    for point in points:
        if len({r.article for r in point.readings}) < 2:
            continue
        held = [
            (r.article, quote, names.actor(quote.speaker_name))
            for r in point.readings
            for quote in _quotes_at(material, r)
            if quote.speaker_name and r.start <= quote.content[0].start < r.end
        ]
        stems = [_stems_of(material, article, quote) for article, quote, _ in held]
        apart = [
            (held[i], held[j])
            for i, j in combinations(range(len(held)), 2)
            if held[i][0] != held[j][0]
            and not may_be_one_speaker(held[i][2], held[j][2])
            and _overlap(stems[i], stems[j])
        ]
        members = list(dict.fromkeys(_quote_place(material, x) for pair in apart for x in pair))
        if members:
            yield Difference(id="", kind="attribution", text=f"Who says it: {point.text}", readings=tuple(members))


def _quote_place(material: Material, held: tuple[str, Quote, str | None]) -> Says:
    article, quote, speaker = held
    places = [quote.content[0], *([quote.speaker] if quote.speaker else [])]
    sentence = material.sentence_at(article, quote.content[0].start)
    same = [p for p in places if sentence is not None and material.sentence_at(article, p.start) == sentence]
    span = Span(min(p.start for p in same or places[:1]), max(p.end for p in same or places[:1]))
    return Says(article=article, start=span.start, end=span.end, says=speaker or "no one named")


def _quotes_at(material: Material, reading: Reading) -> list[Quote]:
    number = material.sentence_at(reading.article, reading.start)
    return material.quotes_in.get(number, []) if number is not None else []


def _stems_of(material: Material, article: str, quote: Quote) -> set[str]:
    text = material.by_id[article].text
    return {s for c in quote.content for s in content_stems(text, c.start, c.end)}


def _overlap(a: set[str], b: set[str]) -> bool:
    """Whether two quotes have much of the longer one's telling words in common: one statement, not one subject."""
    return len(a & b) >= max(3, OVERLAP * max(len(a), len(b)))


def _conditions(material: Material, positions: Sequence[Position]) -> Iterator[Difference]:
    """One act of one actor under conditions that have hardly a telling word in common."""
    by_reading = {
        (article.id, act.start, act.end): act
        for article in material.articles
        for act in material.found[article.id].acts
    }
    for position in positions:
        held = [(r, by_reading[r.article, r.start, r.end].condition) for r in position.readings]
        stated = [(r, condition, frozenset(content_stems(condition))) for r, condition in held if condition]
        if any(
            a[0].article != b[0].article and _are_apart(a[2], b[2])
            for n, a in enumerate(stated)
            for b in stated[n + 1 :]
        ):
            readings = tuple(_says(_place_of(material, r, words), words) for r, words, _ in stated)
            text = f"On what condition: {position.actor}, {position.act} ({position.content})"
            yield Difference(id="", kind="framing", text=text, readings=readings)


def _are_apart(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) < APART * max(1, min(len(a), len(b)))


def _place_of(material: Material, reading: Reading, words: str) -> Reading:
    at = material.by_id[reading.article].text.find(words, reading.start, reading.end)
    return Reading(article=reading.article, start=at, end=at + len(words)) if at >= 0 else reading


def _judgements(material: Material, points: Sequence[Point]) -> Iterator[Difference]:
    """Points of several articles in which one report judges and another does not."""
    judging = words_of("framing", "words")
    for point in points:
        said: dict[str, list[Says]] = defaultdict(list)
        for reading in point.readings:
            text = material.by_id[reading.article].text
            spoken = [c for q in material.found[reading.article].quotes for c in q.content]
            for word in find_words(text, reading.start, reading.end):
                if fold(word.text) in judging and not any(c.start <= word.start < c.end for c in spoken):
                    start = max(reading.start, word.start)
                    end = min(
                        reading.end,
                        text.find(" ", min(len(text), word.end + CONTEXT))
                        if len(text) > word.end + CONTEXT
                        else reading.end,
                    )
                    said[reading.article].append(
                        Says(article=reading.article, start=start, end=max(end, word.end), says=word.text)
                    )
        plain = [r for r in point.readings if r.article not in said]
        words = {fold(s.says) for many in said.values() for s in many}
        common = set.intersection(*({fold(s.says) for s in many} for many in said.values())) if said else set()
        if said and len({r.article for r in point.readings}) > 1 and (plain or words - common):
            firsts = [many[0] for _, many in sorted(said.items())]
            rest = [_says(r, "without such a word") for r in {r.article: r for r in reversed(plain)}.values()]
            ordered = tuple(sorted([*firsts, *rest], key=lambda r: (r.article, r.start)))
            yield Difference(id="", kind="framing", text=f"Words of judgement: {point.text}", readings=ordered)
