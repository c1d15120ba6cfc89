"""Differences of day and hour: readings of one point that are dated to different days, or to hours that cannot be the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from rashomon.collate.differences.draft import Draft, headed, in_sentence, reading_of, sides_of
from rashomon.collate.differences.facts import TellingClauses, ToldClause
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.tellers import Tellers
from rashomon.collate.timeline import hours_of, is_dated, is_of_saying
from rashomon.lexicon import words_of
from rashomon.model import Reading, Side, Span, Time
from rashomon.text.dates import say_days
from rashomon.text.words import find_words, fold

# A sentence with more datings than this says too many things to compare.
MAX_DATES = 2
# How far before a time its preposition is looked for, in characters.
NEAR = 20
FITTING = "The narrower lies within the wider."


def find_dates(material: Material, names: Names, tellers: Tellers, clauses: TellingClauses) -> Iterator[Draft]:
    """Points whose clauses, in different articles, name different days, or hours that cannot be the same."""
    for point, told in clauses:
        if point.label is None or point.label_reading is None:
            continue
        likely = tellers.reports(point, point.label_reading)
        times = {t.reading.article: own for t in told if (own := _times_of(material, t))}
        timed = {article: kept for article, own in times.items() if (kept := [t for t in own if hours_of(t)])}
        dated = {article: kept for article, own in times.items() if (kept := [t for t in own if is_dated(t)])}
        topic = f"When {_undated(material, in_sentence(names, point.label), point.label_reading)}"
        distinct = {tuple((t.value, t.first, t.last) for t in own): own for own in timed.values()}
        if any(_are_at_other_hours(a, b) for a, b in combinations(distinct.values(), 2)):
            sides = _sides(material, timed)
            yield Draft(
                kind="fact",
                text=headed(topic, sides),
                topic=topic,
                sides=sides,
                rows=(point.id,),
                slot=_slot(likely, tellers.least, point.label_reading, timed, "hour"),
            )
        elif point.label_reading.article in dated and _differ(
            material, dated := {article: own for article, own in dated.items() if len(own) <= MAX_DATES}
        ):
            sides = _sides(material, dated)
            fits = not _any_apart(dated)
            yield Draft(
                kind="date",
                text=headed(topic, sides),
                topic=topic,
                sides=sides,
                rows=(point.id,),
                fits=fits,
                note=FITTING if fits else None,
                slot="loose" if _is_mixed(dated) else _slot(likely, tellers.least, point.label_reading, dated, "day"),
            )


def _times_of(material: Material, told: ToldClause) -> list[Time]:
    """The times of what a clause tells, ends and beginnings ("until Friday") and those of its saying left out."""
    article, clause = told.reading.article, told.clause
    return [
        time
        for time in material.found[article].times
        if clause.start <= time.start
        and time.end <= clause.end
        and not material.is_spoken(article, Span(time.start, time.start + 1))
        and not _is_bound(material.texts[article], clause.start, time.start)
        and not is_of_saying(material.texts[article], material.found[article].quotes, time, clause)
    ]


def _slot(
    likely: Mapping[str, float], least: float, label: Reading, times: Mapping[str, Sequence[Time]], name: str
) -> str:
    """The name of what differs, or "loose" where some report may tell of something else, or what is asked of has no time itself."""
    is_sure = label.article in times and all(likely.get(article, 0.0) >= least for article in times)
    return name if is_sure else "loose"


def _is_mixed(dated: Mapping[str, Sequence[Time]]) -> bool:
    """Whether some name a part of a day and others only days: the part may lie in the day."""
    return len({bool(hours_of(t)) for times in dated.values() for t in times}) > 1


def _undated(material: Material, label: str, place: Reading) -> str:
    """A label without the times that it names."""
    before = "|".join(sorted(words_of("framing", "dating")))
    for time in material.found[place.article].times:
        if place.start <= time.start and time.end <= place.end:
            words = re.escape(material.text(place.article, Span(time.start, time.end)))
            label = re.sub(rf"(?:\s(?:{before}))?\s{words}(?!\w)", "", label)
    return label


def _is_bound(text: str, start: int, at: int) -> bool:
    """Whether a time is an end or a beginning: "until Friday", "since 2024"."""
    before = find_words(text, max(start, at - NEAR), at)
    return bool(before) and fold(before[-1].text) in words_of("framing", "bounds")


def _differ(material: Material, dated: Mapping[str, Sequence[Time]]) -> bool:
    """Whether no stretch of days is named by every article, nor one in the same words.

    "June 28" in reports of two years, and "Friday" in those of two weeks, are mostly one day told again.
    """
    days = [{(t.first, t.last) for t in times} for times in dated.values()]
    words = [{material.folded(article, t.span) for t in times} for article, times in dated.items()]
    is_agreed = any(set.intersection(*told) for told in (days, words) if told)
    return len(dated) > 1 and len(set().union(*days)) > 1 and not is_agreed


def _are_at_other_hours(one: Sequence[Time], other: Sequence[Time]) -> bool:
    """Whether two reports speak of a day that can be the same, and have no hour in common."""
    return all(hours_of(a).isdisjoint(hours_of(b)) and _may_be_one_day(a, b) for a in one for b in other)


def _may_be_one_day(a: Time, b: Time) -> bool:
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return True
    return a.first <= b.last and b.first <= a.last


def _sides(material: Material, times: Mapping[str, Sequence[Time]]) -> tuple[Side, ...]:
    """What each report says of the time: its days where they are known, else its words."""
    return sides_of(
        (say_days(str(time.first), str(time.last)) if is_dated(time) and not hours_of(time) else words, reading)
        for article, own in times.items()
        for time in own
        for reading in (reading_of(material, Reading(article=article, start=time.start, end=time.end)),)
        for words in (reading.words,)
    )


def _any_apart(dated: Mapping[str, Sequence[Time]]) -> bool:
    """Whether two articles name no day in common: "June 12" lies in "next week", Tuesday does not lie in Wednesday."""
    stretches = [[(str(t.first), str(t.last)) for t in times] for times in dated.values()]
    return any(all(a[1] < b[0] or b[1] < a[0] for a in one for b in other) for one, other in combinations(stretches, 2))
