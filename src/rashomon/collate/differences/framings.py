"""Differences of framing: one position under different conditions, one point with different words of judgement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from rashomon.collate.differences.draft import Draft, cut_in_marks, headed, reading_of, sides_of
from rashomon.collate.likeness import Floats, Ints, find_pairs
from rashomon.collate.material import Material
from rashomon.lexicon import words_of
from rashomon.model import Act, Point, Position, Reading
from rashomon.text.clusters import connected, group_alike
from rashomon.text.words import content_stems, find_words, fold, stem

# Two conditions with a smaller share of telling words in common are two conditions.
APART = 0.3
# A condition in fewer words says too little.
LEAST_CONDITION = 4
# So many words of what is judged stand in a heading.
MOST_JUDGED = 8
BESIDE = "Both may hold: no report says that only one does."
# How much of the text after a word of judgement is shown with it, in characters.
CONTEXT = 60
# A report tells what another judges when it has so many of the telling words after the judgement.
LEAST_COMMON = 2
# One of so many telling words after a word of judgement is what it judges.
NEXT = 2

Place = tuple[str, int, int]
Stated = tuple[Reading, str]


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
    for own in _of_one_act(material, positions, by_reading):
        held = [(r, by_reading[r.article, r.start, r.end].condition) for position in own for r in position.readings]
        stated = [(r, words) for r, words in held if words and len(words.split()) >= LEAST_CONDITION]
        if len({r.article for r, _ in stated}) < 2:
            continue
        groups = _alike(material, stated)
        if len(groups) > 1:
            sides = sides_of(
                (cut_in_marks(words), reading_of(material, _place_of(material, r, told)))
                for words, alike in groups
                for r, told in alike
            )
            topic = f"What the {own[0].act} of {own[0].actor} depends on"
            yield Draft(
                kind="framing",
                text=headed(topic, sides),
                topic=topic,
                sides=sides,
                rows=tuple(position.id for position in own),
                note=BESIDE,
                slot="condition",
            )


def _of_one_act(
    material: Material, positions: Sequence[Position], by_reading: Mapping[Place, Act]
) -> Iterator[list[Position]]:
    """Rows of one kind of act by one actor that have telling words in common: what is offered may go by other words each time."""
    by_actor: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for position in positions:
        by_actor[position.act, position.actor].append(position)
    for rows in by_actor.values():
        if len(rows) == 1:
            yield rows
            continue
        readings = [(n, r) for n, position in enumerate(rows) for r in position.readings]
        contents = [by_reading[r.article, r.start, r.end].content for _, r in readings]
        left, right, likeness = _overlaps(material, [content_stems(content) for content in contents])
        near = likeness >= APART
        row = np.array([n for n, _ in readings])
        groups: dict[int, list[Position]] = defaultdict(list)
        for label, position in zip(connected(len(rows), row[left[near]], row[right[near]]).tolist(), rows, strict=True):
            groups[label].append(position)
        yield from groups.values()


def _alike(material: Material, stated: Sequence[Stated]) -> list[tuple[str, list[Stated]]]:
    """The conditions in groups that have telling words in common, each with the shortest of its words."""
    overlaps = _overlaps(material, [content_stems(condition) for _, condition in stated])
    groups = [[stated[n] for n in group] for group in group_alike(len(stated), *overlaps, APART, "average")]
    return [(min((words for _, words in group), key=lambda w: (len(w), w)), group) for group in groups]


def _overlaps(material: Material, stems: Sequence[Sequence[str]]) -> tuple[Ints, Ints, Floats]:
    """Pairs with common stems, and the weight of those as a share of the lighter one's: what all of a story tells weighs little."""
    pairs = find_pairs(stems, material.weights, common_share=1.0)
    return pairs.left, pairs.right, pairs.containment.round(3)


def _place_of(material: Material, reading: Reading, words: str) -> Reading:
    at = material.by_id[reading.article].text.find(words, reading.start, reading.end)
    return Reading(article=reading.article, start=at, end=at + len(words)) if at >= 0 else reading


def _judgements(material: Material, points: Sequence[Point]) -> Iterator[Draft]:
    """Words of judgement that one report has and another, which tells the same, has not."""
    for point in points:
        judged: dict[str, dict[str, Reading]] = defaultdict(dict)
        for reading in point.readings:
            for word, place in _judging_words(material, reading):
                judged[reading.article].setdefault(word, place)
        articles = {r.article for r in point.readings}
        everywhere = set.intersection(*(set(judged.get(a, ())) for a in articles))
        own = {
            article: (min(words, key=lambda w: words[w].start), words)
            for article, found in sorted(judged.items())
            if (words := {w: place for w, place in found.items() if w not in everywhere})
        }
        places = [(word, words[word]) for word, words in own.values()]
        plain = [r for r in point.readings if r.article not in judged and _tells_what(material, r, places)]
        if places and (plain or len({word for word, _ in places}) > 1):
            yield _judgement(material, point, places, plain)


def _judging_words(material: Material, reading: Reading) -> Iterator[tuple[str, Reading]]:
    """The words of judgement of a reading outside of what it quotes, each with the words after it."""
    text = material.texts[reading.article]
    if words_of("framing", "words").isdisjoint(material.folded(reading.article, reading)):
        return
    spoken = [c for q in material.found[reading.article].quotes for c in q.content]
    for word in find_words(text, reading.start, reading.end):
        if fold(word.text) in words_of("framing", "words") and not any(c.start <= word.start < c.end for c in spoken):
            end = text.find(" ", word.end + CONTEXT, reading.end) if word.end + CONTEXT < reading.end else reading.end
            place = Reading(article=reading.article, start=word.start, end=end if end > 0 else reading.end)
            yield fold(word.text), place


def _tells_what(material: Material, reading: Reading, places: Sequence[tuple[str, Reading]]) -> bool:
    """Whether a reading tells what stands around a judgement."""
    own = frozenset(content_stems(material.texts[reading.article], reading.start, reading.end))
    around = [
        frozenset(content_stems(material.texts[p.article], max(0, p.start - CONTEXT), p.end)) - {stem(word)}
        for word, p in places
    ]
    judged = [
        frozenset([s for s in content_stems(material.texts[p.article], p.start, p.end) if s != stem(word)][:NEXT])
        for word, p in places
    ]
    return any(
        len(own & told) >= LEAST_COMMON and (not first or own & first)
        for told, first in zip(around, judged, strict=True)
    )


def _judgement(
    material: Material, point: Point, places: Sequence[tuple[str, Reading]], plain: Sequence[Reading]
) -> Draft:
    words = list(dict.fromkeys(word for word, _ in places))
    first = places[0][1]
    judged = " ".join(material.text(first.article, first).split()[1:])
    said = " or ".join([f"“{w}”" for w in words])
    topic = f"{said}, of {cut_in_marks(judged, MOST_JUDGED)}" if judged else f"Whether {said} is said"
    without = f"Without “{words[0]}”" if len(words) == 1 else "Without such a word"
    sides = sides_of(
        [(f"With “{word}”", reading_of(material, p)) for word, p in places]
        + [(without, reading_of(material, r)) for r in {r.article: r for r in reversed(plain)}.values()]
    )
    return Draft(kind="framing", text=topic, topic=topic, sides=sides, rows=(point.id,), slot="judgement")
