"""Differences of attribution: one figure or one quoted phrase laid to different speakers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from rashomon.collate.differences.draft import Draft, headed, reading_of, sides_of
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.quotes import may_be_one_speaker
from rashomon.model import AlignedFigure, FigureReading, Point, Quote, Reading, SideReading, Span
from rashomon.text.words import content_stems

# Who says that there are two of something is no news where all agree that there are.
LEAST_SOURCED = 5
# Two quotes with this share of the longer one's telling words in common make one statement.
OVERLAP = 0.4
NOBODY = "No one is named"

Said = tuple[str, SideReading]


def find_attributions(
    material: Material, names: Names, figures: Sequence[AlignedFigure], points: Sequence[Point]
) -> Iterator[Draft]:
    """Figures and statements that the reports lay to different voices."""
    for figure in figures:
        speakers = {r.article: r.attributed_to for r in figure.readings}
        is_small = figure.relation == "agree" and all((r.high or r.low or 0) < LEAST_SOURCED for r in figure.readings)
        is_vague = all(r.high is None for r in figure.readings)
        if len(speakers) > 1 and len(set(speakers.values())) > 1 and not is_small and not is_vague:
            sides = sides_of(_speaker_place(material, r) for r in figure.readings)
            topic = f"Who gives the figure: {figure.title}"
            yield Draft(kind="attribution", text=topic, topic=topic, sides=sides, rows=(figure.id,))
    yield from _shared_phrases(material, names, points)


def _speaker_place(material: Material, reading: FigureReading) -> Said:
    """Where the one who counted is named; the figure itself when nobody is."""
    for quote in material.found[reading.article].quotes:
        if quote.speaker and any(c.start <= reading.start and reading.end <= c.end for c in quote.content):
            place = Reading(article=reading.article, start=quote.speaker.start, end=quote.speaker.end)
            who = reading.attributed_to or material.text(reading.article, place).rstrip(" ,;:")
            return who, reading_of(material, place, who=who, words=reading)
    return reading.attributed_to or NOBODY, reading_of(material, reading, who=reading.attributed_to)


def _shared_phrases(material: Material, names: Names, points: Sequence[Point]) -> Iterator[Draft]:
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
        sides = sides_of(_quote_place(material, x) for pair in apart for x in pair)
        if len(sides) > 1:
            topic = f"Who says it: {point.label or point.text}"
            yield Draft(kind="attribution", text=headed(topic, sides), topic=topic, sides=sides, rows=(point.id,))


def _quote_place(material: Material, held: tuple[str, Quote, str | None]) -> Said:
    article, quote, speaker = held
    places = [quote.content[0], *([quote.speaker] if quote.speaker else [])]
    sentence = material.sentence_at(article, quote.content[0].start)
    same = [p for p in places if sentence is not None and material.sentence_at(article, p.start) == sentence]
    span = Span(min(p.start for p in same or places[:1]), max(p.end for p in same or places[:1]))
    place = Reading(article=article, start=span.start, end=span.end)
    return speaker or NOBODY, reading_of(material, place, who=speaker, words=quote.content[0])


def _quotes_at(material: Material, reading: Reading) -> list[Quote]:
    number = material.sentence_at(reading.article, reading.start)
    return material.quotes_in.get(number, []) if number is not None else []


def _stems_of(material: Material, article: str, quote: Quote) -> set[str]:
    text = material.by_id[article].text
    return {s for c in quote.content for s in content_stems(text, c.start, c.end)}


def _overlap(a: set[str], b: set[str]) -> bool:
    """Whether two quotes have much of the longer one's telling words in common: one statement, not one subject."""
    return len(a & b) >= max(3, OVERLAP * max(len(a), len(b)))
