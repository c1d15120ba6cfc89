"""Differences of attribution: one quotation, one figure or one point laid to different speakers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rashomon.collate.ages import is_nobodys_age, whose_age
from rashomon.collate.differences.draft import (
    MOST_WORDS,
    Draft,
    are_like,
    cut_in_marks,
    headed,
    in_sentence,
    reading_of,
    sides_of,
)
from rashomon.collate.differences.numbers import counted_in, is_bare
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.quotes import may_be_one_speaker
from rashomon.collate.tellers import Tellers
from rashomon.lexicon import words_of
from rashomon.model import (
    AlignedFigure,
    AlignedQuote,
    FigureReading,
    Point,
    Quote,
    QuoteReading,
    Reading,
    Side,
    SideReading,
)
from rashomon.text.naming import country_of
from rashomon.text.words import content_stems, find_words, fold

# Who says that there are two of something is no news where all agree that there are.
LEAST_SOURCED = 5
NOBODY = "no one by name"
# How likely a reading tells what a label tells, to be asked whose word it is.
SURELY = 0.7
# Quotations of at least so many words, with this share of their words in common, are the same words.
LEAST_QUOTED, ALIKE = 8, 0.8

Claimed = tuple[str, SideReading]


class _Quotation(NamedTuple):
    """A quotation: its words to be compared and as they stand, whose it is, and where that stands."""

    words: frozenset[str]
    told: str
    who: str
    place: SideReading


def find_other_voices(
    material: Material,
    names: Names,
    tellers: Tellers,
    quotes: Sequence[AlignedQuote],
    figures: Sequence[AlignedFigure],
    points: Sequence[Point],
) -> Iterator[Draft]:
    """Quoted words, figures and statements that the reports lay to different voices."""
    yield from _quoted(material, names, quotes)
    for figure in figures:
        is_small = figure.relation == "agree" and all((r.high or r.low or 0) < LEAST_SOURCED for r in figure.readings)
        is_vague = all(r.high is None for r in figure.readings)
        said = [_speaker_place(material, names, r) for r in figure.readings]
        if not (is_small or is_vague or is_nobodys_age(figure)) and are_other_voices(names, [r for _, r in said]):
            sides = _voices(said)
            counted = f"number of {counted_in(figure)}" if whose_age(figure) is None else figure.title
            topic = f"Who gives the {counted}"
            slot = "" if _is_one_number(figure.readings) and not is_bare(figure) else "loose"
            text = headed(topic, sides)
            yield Draft(kind="attribution", text=text, topic=topic, sides=sides, rows=(figure.id,), slot=slot)
    yield from _sources(material, names, tellers, points)


def _quoted(material: Material, names: Names, quotes: Sequence[AlignedQuote]) -> Iterator[Draft]:
    """Words that the reports quote all but alike, each from somebody else."""
    for quote in quotes:
        said = [s for r in quote.readings if r.manner == "direct" and (s := _quotation(material, names, r)) is not None]
        for first in said if are_other_voices(names, [s.place for s in said]) else ():
            alike = [s for s in said if are_like(first.words, s.words, ALIKE)]
            if are_other_voices(names, [s.place for s in alike]):
                sides = sides_of((s.who, s.place) for s in alike)
                topic = f"Who says {cut_in_marks(first.told, MOST_WORDS)}"
                text = headed(topic, sides)
                yield Draft(kind="attribution", text=text, topic=topic, sides=sides, rows=(quote.id,), slot="quoted")
                break


def _quotation(material: Material, names: Names, reading: QuoteReading) -> _Quotation | None:
    """The words of a quotation with the place where they and their speaker stand; None where they are few, or no name stands by them.

    Whoever "he" is taken for may be somebody else, so that "he" parts no two reports.
    """
    words = material.folded(reading.article, *reading.spans)
    own = next((q for q in material.found[reading.article].quotes if set(q.content) & set(reading.spans)), None)
    who = names.actor(own.speaker_name, reading.article) if own is not None else None
    if own is None or own.speaker is None or who is None or names.find(who) is None or len(words) < LEAST_QUOTED:
        return None
    if fold(find_words(who)[-1].text) not in material.folded(reading.article, own.speaker):
        return None
    spans = (*reading.spans, own.speaker)
    whole = Reading(article=reading.article, start=min(s.start for s in spans), end=max(s.end for s in spans))
    told = " ".join(material.text(reading.article, span) for span in reading.spans)
    return _Quotation(frozenset(words), told, who, reading_of(material, whole, who=who))


def _is_one_number(readings: Sequence[FigureReading]) -> bool:
    """Whether different voices give one and the same number: else they may count different things."""
    voices: dict[tuple[float | None, float | None], set[str]] = {}
    for reading in readings:
        if reading.attributed_to:
            voices.setdefault((reading.low, reading.high), set()).add(reading.attributed_to)
    return any(len(own) > 1 for own in voices.values())


def are_other_voices(names: Names, said: Sequence[SideReading]) -> bool:
    """Whether two reports name voices that are not one, and neither names the other's too."""
    held = {(r.article, r.who) for r in said}
    last = {r.who: n for n, r in enumerate(said) if r.who is not None}
    return any(
        n < after and (r.article, other) not in held and not is_one_voice(names, r.who, other)
        for n, r in enumerate(said)
        if r.who is not None
        for other, after in last.items()
    )


def is_one_voice(names: Names, a: str, b: str) -> bool:
    """Whether two speakers are one: by name, or a body and whoever is described as its own."""
    return may_be_one_speaker(a, b) or _speaks_for(names, a, b) or _speaks_for(names, b, a)


def _speaks_for(names: Names, person: str, body: str) -> bool:
    name = names.find(person)
    described = " ".join(d.text for d in name.descriptions) if name is not None else ""
    return not _telling(body).isdisjoint(_telling(described))


def _telling(words: str) -> frozenset[str]:
    """The stems of some words, and the countries they name."""
    folded = (fold(w.text) for w in find_words(words))
    return frozenset(content_stems(words)) | {fold(country_of()[w]) for w in folded if w in country_of()}


def _speaker_place(material: Material, names: Names, reading: FigureReading) -> Claimed:
    """Who gave a number, where it stands."""
    who = reading.attributed_to
    in_title = material.is_in_title(reading.article, reading.start)
    voice = who if who is not None and not in_title and _is_voice(names, who) else None
    return voice or NOBODY, reading_of(material, reading, who=voice)


def _sources(material: Material, names: Names, tellers: Tellers, points: Sequence[Point]) -> Iterator[Draft]:
    """Points that the reports have from different voices: a body and whoever speaks for it are one.

    Readings that surely tell what the label tells are asked first; what else is told with it has voices of its own, and makes
    a loose difference.
    """
    for point in points:
        if point.label is None or point.label_reading is None:
            continue
        likely = tellers.of(point, point.label_reading)
        for slot, least in (("source", SURELY), ("loose", 0.0)):
            held = [r for r in point.readings if likely.get(r, 0.0) >= least]
            told = [s for r in held if (s := _source(material, names, r)) is not None]
            if are_other_voices(names, told):
                sides = _voices((s.who or NOBODY, s) for s in told)
                topic = f"Who says that {in_sentence(names, point.label)}"
                text = headed(topic, sides)
                yield Draft(kind="attribution", text=text, topic=topic, sides=sides, rows=(point.id,), slot=slot)
                break


def _voices(said: Iterable[Claimed]) -> tuple[Side, ...]:
    """The sides of some places by whose word they are: whoever is named, then nobody."""
    return tuple(sorted(sides_of(said), key=lambda side: side.says == NOBODY))


def _source(material: Material, names: Names, reading: Reading) -> SideReading | None:
    """The voice behind most of a reading: nobody's where none is named, None where it is not safe to say whose it is."""
    best: tuple[int, Quote] | None = None
    for quote in material.found[reading.article].quotes:
        inside = sum(max(0, min(c.end, reading.end) - max(c.start, reading.start)) for c in quote.content)
        if 2 * inside > reading.end - reading.start and (best is None or inside > best[0]):
            best = (inside, quote)
    if best is None:
        return reading_of(material, reading)
    speaker = names.actor(best[1].speaker_name, reading.article)
    if speaker is None or not _is_voice(names, speaker):
        return None
    return reading_of(material, reading, who=speaker)


def _is_voice(names: Names, speaker: str) -> bool:
    """Whether words name a person or a body, or people by what they do: a plan or a picture is no voice."""
    folded = {fold(w.text) for w in find_words(speaker)}
    known = words_of("people", "roles") | words_of("organisations", "anaphoric") | words_of("framing", "voices")
    return names.find(speaker) is not None or "(" in speaker or not folded.isdisjoint(known)
