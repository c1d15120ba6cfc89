"""Labels of points: a short clause that tells the point, its subject named, without who says so.

A label is made of the words of one report's clause: its subject (by name where the report has a pronoun) and what the verb
says of it. Points whose clauses all lean on something, or are somebody's speech, have none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

import msgspec

from rashomon.collate.material import Material
from rashomon.lexicon import words_of
from rashomon.model import Clause, Point, Reading
from rashomon.text.words import content_stems, fold, split_words

# A label has at most so many characters, and at least so many telling words.
LONGEST, LEAST_TELLING = 90, 3
# The share of a label's telling words that a reading must have to be told by it.
CENTRAL = 0.34
_MARKS = '“”"„«»'
_DASHES = " ,;:–—-("


def with_labels(material: Material, points: Sequence[Point]) -> tuple[Point, ...]:
    """The points with the clause that has most telling words in common with all readings, where one stands by itself."""
    return tuple(_labelled(material, point) for point in points)


def _labelled(material: Material, point: Point) -> Point:
    best = min(_ranked(material, point), key=lambda r: (r[0], len(r[1]), r[1]), default=None)
    if best is None:
        return point
    _, words, reading = best
    return msgspec.structs.replace(point, label=words, label_reading=reading)


def _ranked(material: Material, point: Point) -> Iterator[tuple[float, str, Reading]]:
    """The clauses that can be a label, the best first: like the other reports' readings, and short."""
    stems = {r: frozenset(content_stems(material.texts[r.article], r.start, r.end)) for r in point.readings}
    by_article: dict[str, Counter[frozenset[str]]] = defaultdict(Counter)
    for r, own in stems.items():
        by_article[r.article][own] += 1
    told = Counter(stems.values())
    for reading in point.readings:
        elsewhere = told - by_article[reading.article]
        others = elsewhere or Counter([stems[reading]])
        for clause in material.found[reading.article].clauses:
            if reading.start <= clause.start < reading.end and (
                words := clause_label(material, reading.article, clause)
            ):
                own = frozenset(content_stems(words))
                if not _is_told(own, elsewhere):
                    continue
                common = sum(n * len(own & other) for other, n in others.items()) / others.total()
                rank = -(common - 0.3 * len(own - frozenset().union(*others)))
                yield round(rank, 3), words, Reading(article=reading.article, start=clause.start, end=clause.end)


def _is_told(own: frozenset[str], others: Collection[frozenset[str]]) -> bool:
    """Whether a reading of another report has a third of a label's telling words, and two."""
    return not others or any(len(own & other) >= max(2, CENTRAL * len(own)) for other in others)


def clause_label(material: Material, article: str, clause: Clause) -> str | None:
    """A clause in a few words that stand by themselves; None where it has no such subject, is speech, or says too little."""
    if clause.doer is None or clause.core is None or material.is_spoken(article, clause.core):
        return None
    core = material.text(article, clause.core).rstrip(_DASHES)
    words = f"{clause.doer} {_without_link(core)}"
    if len(words) > LONGEST or len(content_stems(words)) < LEAST_TELLING or any(mark in words for mark in _MARKS):
        return None
    if words.count("(") != words.count(")") or core[:1] in "'’":
        return None
    opening = split_words(material.texts[article], clause.start, clause.end)[:1]
    if any(fold(w) in words_of("briefing", "subordinate") for w in opening):
        return None
    leaning = words_of("briefing", "leaning")
    if clause.predicate in words_of("framing", "only_says") or any(fold(w) in leaning for w in split_words(core)):
        return None
    return words[:1].upper() + words[1:]


def _without_link(core: str) -> str:
    """What is said of a subject, without a word that only ties it to what was told before."""
    first, _, rest = core.partition(" ")
    return rest if fold(first) in words_of("briefing", "links") and rest else core
