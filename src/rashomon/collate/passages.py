"""Passages: stretches of text that stand in several articles, word for word or lightly reworded.

Copied: runs of words traced to the article that has them first (copies.py, text/stretches.py), edits allowed. Reworded:
sentences that are each other's nearest (reworded.py). Quoted: what stands between marks in several articles (quoted.py).
Words that all articles only quote are marked as speech: two reports of one speech share words without sharing text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rashomon.collate.copies import find_copies
from rashomon.collate.material import Material
from rashomon.collate.quoted import LEAST_SHARED, Marked, find_quotations, read_marks, shared_quotations
from rashomon.collate.reworded import (
    RELATED,
    REWORDED,
    RUN_GAP,
    SPEECH_SHARE,
    UNRELATED,
    Alike,
    Copied,
    Group,
    Related,
    find_alike,
    find_reworded,
    find_runs,
)
from rashomon.collate.rows import numbered
from rashomon.collate.telling import Telling, read_wording
from rashomon.model import Article, Passage, Reading
from rashomon.settings import CollateSettings
from rashomon.text.runs import NumberedWords, chars_of, read_words

# Two stretches of one article with so much in common, of the longer one, are one.
SAME_PLACE = 0.8


def find_passages(material: Material, settings: CollateSettings) -> tuple[Passage, ...]:
    """The shared passages, joined over articles, in order of article and place."""
    telling = Telling(material)
    marked, copied, alike, related = _in_common(material, settings)
    shared = [
        *copied.groups,
        *find_reworded(material, alike, copied, related),
        *find_runs(material, telling, copied, related),
    ]
    told = [g for g in (_told(g, material, telling, marked, related) for g in shared) if g]
    quotations = [q for q in find_quotations(material, marked) if not copied.is_everywhere(q.reading)]
    quoted = shared_quotations(telling, quotations)
    passages = _without_parts([_passage(material, marked, group) for group in _joined([*told, *quoted])])
    passages.sort(key=lambda p: (p.readings[0].article, p.readings[0].start, p.readings[0].end, p.readings[1].article))
    return numbered(passages, "passages")


class InCommon(NamedTuple):
    """What the articles of a story have in common before it is joined: marks, copies, sentences that are alike, who is related."""

    marked: Marked
    copied: Copied
    alike: list[Alike]
    related: Related


def _in_common(material: Material, settings: CollateSettings) -> InCommon:
    marked = read_marks(material.articles)
    copied = Copied(marked, _copied(material, settings))
    alike = find_alike(material, copied, settings)
    return InCommon(marked, copied, alike, Related(material, copied, alike, settings))


def say_how_reworded(
    material: Material, settings: CollateSettings, readings: Sequence[Reading], pairs: Sequence[tuple[int, int]]
) -> Iterator[str]:
    """For some pairs of readings of a reworded passage what their common words weigh, and how far one is the other reworded."""
    telling = Telling(material)
    _, _, alike, related = _in_common(material, settings)
    orders = {(pair.left, pair.right): pair.in_order for pair in alike}
    for n, k in pairs:
        one, other = readings[n], readings[k]
        a, b = (read_wording(material, r.article, r.start, r.end) for r in (one, other))
        weight = max((c.weight for c in telling.common(a, b, 1.0, RUN_GAP)), default=0.0)
        enough = RELATED if related.is_close(one.article, other.article) else UNRELATED
        told = f"readings {n} and {k}: common words weigh {weight:.1f}; {enough:g} is enough, {LEAST_SHARED:g} between marks"
        order = max((o for (x, y), o in orders.items() if _meet(x, one) and _meet(y, other)), default=None)
        if order is not None:
            share = related.share(one.article, other.article)
            told += f"; {order:.2f} in one order and {share:.2f} of their reports; {REWORDED:.2f} together is enough"
        yield told


def _meet(a: Reading, b: Reading) -> bool:
    return a.article == b.article and a.start < b.end and b.start < a.end


def _copied(material: Material, settings: CollateSettings) -> list[Group]:
    words = [read_words(article.text, tuple(_reported(article))) for article in material.articles]
    return [
        tuple(_reading(material.ids[n], words[n], ends) for n, ends in shared.holders)
        for shared in find_copies(words, settings.passage_words)
    ]


def _told(group: Group, material: Material, telling: Telling, marked: Marked, related: Related) -> Group | None:
    """A stretch as it is shown, or None where it is not.

    Between articles that share no other text, what is mostly speech is shown without who said it, and what is mostly names
    and numbers is not shown: two reporters of one event write these alike.
    """
    first, *others = group
    if any(related.is_close(first.article, r.article) for r in others):
        return group
    if min(marked.share(r) for r in group) >= SPEECH_SHARE:
        return tuple(marked.only(r) for r in group)
    a, b = (read_wording(material, r.article, r.start, r.end) for r in group[:2])
    return group if any(telling.common(a, b, UNRELATED)) else None


def _reported(article: Article) -> Iterator[tuple[int, int]]:
    """The stretches between an article's furniture."""
    at = 0
    for span in article.furniture:
        yield at, span.start
        at = span.end
    yield at, len(article.text)


def _reading(article: str, words: NumberedWords, ends: tuple[int, int]) -> Reading:
    start, end = chars_of(words, *ends)
    return Reading(article=article, start=start, end=end)


def _joined(groups: Sequence[Group]) -> list[list[Group]]:
    """Groups whose readings in a common article are nearly the same stretch make one passage over all their articles."""
    parent = list(range(len(groups)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    by_article: dict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    for n, group in enumerate(groups):
        for reading in group:
            first = by_article[reading.article].setdefault((reading.start, reading.end), n)
            parent[root(n)] = root(first)
    for found_in in by_article.values():
        places = sorted(found_in.items())
        for k, ((start, end), n) in enumerate(places):
            for (other_start, other_end), m in places[k + 1 :]:
                if end - other_start < max(1, SAME_PLACE * (end - start)):
                    break
                common = min(end, other_end) - other_start
                if common >= SAME_PLACE * max(end - start, other_end - other_start):
                    parent[root(m)] = root(n)
    found: dict[int, list[Group]] = defaultdict(list)
    for n, group in enumerate(groups):
        found[root(n)].append(group)
    return list(found.values())


def _without_parts(passages: Sequence[Passage]) -> list[Passage]:
    """The passages that do not lie wholly inside another one of the same articles, or more."""
    holding: dict[str, list[tuple[Reading, int]]] = defaultdict(list)
    for n, passage in enumerate(passages):
        for reading in passage.readings:
            holding[reading.article].append((reading, n))
    for own in holding.values():
        own.sort(key=lambda pair: (pair[0].start, -pair[0].end, pair[1]))
    return [p for n, p in enumerate(passages) if not _is_part(n, p, passages, holding)]


def _is_part(
    n: int, passage: Passage, passages: Sequence[Passage], holding: dict[str, list[tuple[Reading, int]]]
) -> bool:
    first = passage.readings[0]
    for reading, other in holding[first.article]:
        if reading.start > first.start:
            return False
        if other != n and first.end <= reading.end and _holds(passages[other], passage):
            return True
    return False


def _holds(wide: Passage, narrow: Passage) -> bool:
    places = {r.article: r for r in wide.readings}
    return all(
        r.article in places and places[r.article].start <= r.start and r.end <= places[r.article].end
        for r in narrow.readings
    )


def _passage(material: Material, marked: Marked, groups: Sequence[Group]) -> Passage:
    widest: dict[str, Reading] = {}
    for group in groups:
        for reading in group:
            known = widest.get(reading.article)
            if known is None or (reading.end - reading.start, -reading.start) > (known.end - known.start, -known.start):
                widest[reading.article] = reading
    readings = tuple(widest[a] for a in sorted(widest))
    quoted = min(marked.share(r) for r in readings)
    return Passage(
        id="",
        degree="verbatim" if _is_verbatim(material, readings) else "reworded",
        speech=quoted >= SPEECH_SHARE,
        quoted=round(min(1.0, quoted), 3),
        readings=readings,
    )


def _is_verbatim(material: Material, readings: Sequence[Reading]) -> bool:
    return len({material.folded(r.article, r) for r in readings}) == 1
