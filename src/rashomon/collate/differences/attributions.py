"""Differences of attribution: one figure or one quoted phrase laid to different speakers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rashomon.collate.differences.draft import Draft, headed, in_sentence, reading_of, sides_of
from rashomon.collate.differences.numbers import counted_in
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.quotes import may_be_one_speaker
from rashomon.lexicon import words_of
from rashomon.model import AlignedFigure, FigureReading, Point, Quote, Reading, SideReading
from rashomon.text.naming import country_of
from rashomon.text.words import content_stems, find_words, fold

# Who says that there are two of something is no news where all agree that there are.
LEAST_SOURCED = 5
NOBODY = "No one is named"

Claimed = tuple[str, SideReading]


def find_other_voices(
    material: Material, names: Names, figures: Sequence[AlignedFigure], points: Sequence[Point]
) -> Iterator[Draft]:
    """Figures and statements that the reports lay to different voices."""
    for figure in figures:
        is_small = figure.relation == "agree" and all((r.high or r.low or 0) < LEAST_SOURCED for r in figure.readings)
        is_vague = all(r.high is None for r in figure.readings)
        said = [_speaker_place(material, r) for r in figure.readings]
        if are_other_voices(names, [r for _, r in said]) and not is_small and not is_vague:
            sides = sides_of(said)
            topic = f"Who gives the number of {counted_in(figure)}"
            yield Draft(kind="attribution", text=headed(topic, sides), topic=topic, sides=sides, rows=(figure.id,))
    yield from _sources(material, names, points)


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


def _speaker_place(material: Material, reading: FigureReading) -> Claimed:
    """Who gave a number, where it stands."""
    return reading.attributed_to or NOBODY, reading_of(material, reading, who=reading.attributed_to)


def _sources(material: Material, names: Names, points: Sequence[Point]) -> Iterator[Draft]:
    """Points that the reports have from different voices: a body and whoever speaks for it are one."""
    for point in points:
        told = [s for r in point.readings if (s := _source(material, names, r)) is not None]
        if point.label and are_other_voices(names, told):
            sides = sides_of((s.who or NOBODY, s) for s in told)
            topic = f"Who says that {in_sentence(names, point.label)}"
            yield Draft(
                kind="attribution", text=headed(topic, sides), topic=topic, sides=sides, rows=(point.id,), slot="source"
            )


def _source(material: Material, names: Names, reading: Reading) -> SideReading | None:
    """The voice behind most of a reading: nobody's where none is named, None where it is not safe to say whose it is."""
    best: tuple[int, Quote] | None = None
    for quote in material.found[reading.article].quotes:
        inside = sum(max(0, min(c.end, reading.end) - max(c.start, reading.start)) for c in quote.content)
        if 2 * inside > reading.end - reading.start and (best is None or inside > best[0]):
            best = (inside, quote)
    if best is None:
        return reading_of(material, reading)
    speaker = names.actor(best[1].speaker_name)
    if speaker is None or not _is_voice(names, speaker):
        return None
    return reading_of(material, reading, who=speaker)


def _is_voice(names: Names, speaker: str) -> bool:
    """Whether words name a person or a body, or people by what they do: a plan or a picture is no voice."""
    folded = {fold(w.text) for w in find_words(speaker)}
    known = words_of("people", "roles") | words_of("organisations", "anaphoric") | words_of("framing", "voices")
    return names.find(speaker) is not None or "(" in speaker or not folded.isdisjoint(known)
