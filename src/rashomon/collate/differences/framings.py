"""Differences of framing: one position under different conditions, one point with different words of judgement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rashomon.collate.differences.draft import Draft, headed, reading_of, sides_of
from rashomon.collate.material import Material
from rashomon.lexicon import words_of
from rashomon.model import Point, Position, Reading, SideReading
from rashomon.text.words import content_stems, find_words, fold

# Two conditions with a smaller share of telling words in common are two conditions.
APART = 0.3
# How much of the text after a word of judgement is shown with it, in characters.
CONTEXT = 60
PLAIN = "Without such a word"


def find_framings(material: Material, points: Sequence[Point], positions: Sequence[Position]) -> Iterator[Draft]:
    """Conditions and words of judgement that some reports have and others not."""
    yield from _conditions(material, positions)
    yield from _judgements(material, points)


def _conditions(material: Material, positions: Sequence[Position]) -> Iterator[Draft]:
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
            sides = sides_of((words, reading_of(material, _place_of(material, r, words))) for r, words, _ in stated)
            topic = f"What the {position.act} of {position.actor} hangs on"
            yield Draft(kind="framing", text=headed(topic, sides), topic=topic, sides=sides, rows=(position.id,))


def _are_apart(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) < APART * max(1, min(len(a), len(b)))


def _place_of(material: Material, reading: Reading, words: str) -> Reading:
    at = material.by_id[reading.article].text.find(words, reading.start, reading.end)
    return Reading(article=reading.article, start=at, end=at + len(words)) if at >= 0 else reading


def _judgements(material: Material, points: Sequence[Point]) -> Iterator[Draft]:
    """Points of several articles in which one report judges and another does not."""
    judging = words_of("framing", "words")
    for point in points:
        said: dict[str, list[tuple[str, SideReading]]] = defaultdict(list)
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
                    place = Reading(article=reading.article, start=start, end=max(end, word.end))
                    said[reading.article].append((f"“{fold(word.text)}”", reading_of(material, place)))
        plain = [r for r in point.readings if r.article not in said]
        words = {w for many in said.values() for w, _ in many}
        common = set.intersection(*({w for w, _ in many} for many in said.values())) if said else set()
        if said and len({r.article for r in point.readings}) > 1 and (plain or words - common):
            firsts = [many[0] for _, many in sorted(said.items())]
            rest = [(PLAIN, reading_of(material, r)) for r in {r.article: r for r in reversed(plain)}.values()]
            sides = sides_of([*firsts, *rest])
            topic = f"Words of judgement: {point.label or point.text}"
            yield Draft(kind="framing", text=headed(topic, sides), topic=topic, sides=sides, rows=(point.id,))
