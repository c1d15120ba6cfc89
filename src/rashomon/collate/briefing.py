"""The briefing: what most reports agree on, where they differ, what one alone has, in lines made of labels and sides.

A line has parts, each with the readings that support it, so that letters can stand behind the clause they are for. No line
is a report's sentence, none tells what another has told, and none has a name or number that what it cites has not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from rashomon.collate.check import find_unsupported
from rashomon.collate.differences.draft import cut_in_marks, in_sentence, with_article
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.quotes import readings_of
from rashomon.model import (
    AlignedQuote,
    BriefingGroup,
    BriefingPart,
    BriefingSentence,
    Difference,
    Lineage,
    Point,
    Reading,
    Side,
)
from rashomon.text.shares import number_texts
from rashomon.text.words import content_stems

MOST_AGREED, MOST_SAID, MOST_DIFFERING, MOST_ALONE = 6, 2, 6, 5
# Fewer lines that most reports agree on are made up from what some agree on.
LEAST_AGREED = 4
# A line names so many sides of a difference.
MOST_SIDES = 4
# A remark in more wordings is left to the table of its words.
MOST_WORDINGS = 3
# Labels with this share of the shorter one's telling words in common are of one thing.
REPEATS = 0.6
# A remark of more words is too long for a line.
LONGEST_REMARK = 25
# So many things that one report alone has are told in its line.
MOST_OWN = 2
# A clause is somebody's when this share of it is.
HELD = 0.5


def write_briefing(
    material: Material,
    names: Names,
    lineage: Lineage,
    quotes: Sequence[AlignedQuote],
    points: Sequence[Point],
    differences: Sequence[Difference],
) -> tuple[BriefingSentence, ...]:
    """What most reports agree on, where they differ, and what one alone has; no line says more than its evidence."""
    told = _Told(material, names)
    agreed = list(told.new(_agreed(material, names, lineage, points), MOST_AGREED))
    said = list(told.new(_said(material, quotes), MOST_SAID))
    differing = list(told.new(_differing(differences), MOST_DIFFERING))
    alone = told.new(_alone(material, names, points), MOST_ALONE) if len(material.ids) > 1 else ()
    return (*agreed, *said, *differing, *alone)


def evidence_of(texts: Mapping[str, str], sentence: BriefingSentence) -> list[str]:
    """The words a sentence cites."""
    return [texts[r.article][r.start : r.end] for r in sentence.cites]


class _Told:
    """The lines so far: what repeats one of them, or says more than it cites, is left out."""

    def __init__(self, material: Material, names: Names) -> None:
        self._material = material
        self._seen: list[frozenset[str]] = []
        self._forms = {
            article: " ".join(f.text for name in names.names for f in name.forms if article in f.counts)
            for article in material.ids
        }
        self._names = " ".join(name.name for name in names.names)

    def new(self, lines: Iterable[BriefingSentence], most: int) -> Iterator[BriefingSentence]:
        """At most so many of the lines that tell something new."""
        n = 0
        for line in lines:
            own = frozenset(content_stems(line.text))
            if n < most and not any(_repeats(own, other) for other in self._seen) and self._is_supported(line):
                self._seen.append(own)
                n += 1
                yield line

    def _is_supported(self, line: BriefingSentence) -> bool:
        """Whether every name is one that the cited reports use, and every number stands in what is cited or around it."""
        homes = (self._material.sentence_at(r.article, r.start) for r in line.cites)
        around = [
            self._material.text(self._material.sentences[n].article, self._material.sentences[n].span)
            for n in homes
            if n is not None
        ]
        known = [self._forms[article] for article in sorted({r.article for r in line.cites})]
        dated = [line.text] if line.parts[0].text.startswith("When ") else []
        return not find_unsupported(
            line.text, [*evidence_of(self._material.texts, line), *around, *known, self._names, *dated]
        )


def _repeats(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= REPEATS * max(1, min(len(a), len(b)))


def _agreed(material: Material, names: Names, lineage: Lineage, points: Sequence[Point]) -> Iterator[BriefingSentence]:
    """The points that most reports tell, by accounts and reports, the news first; then those that some do."""
    account = number_texts(lineage)

    def rank(point: Point) -> tuple[bool, int, int, float, str]:
        have = {r.article for r in point.readings}
        first = {r.article: r.start for r in reversed(point.readings)}
        place = sum(at / max(1, len(material.texts[article])) for article, at in first.items()) / len(first)
        broad = 2 * len(have) > len(material.ids)
        return (not broad, -len({account[a] for a in have}), -len(have), round(place, 3), point.id)

    least = 2 if len(material.ids) > 1 else 1
    shared = [p for p in points if p.label and len({r.article for r in p.readings}) >= least]
    for n, point in enumerate(sorted(shared, key=rank)):
        if n < LEAST_AGREED or not rank(point)[0]:
            yield _line("agree", _by_whom(material, names, point, "."))


def _by_whom(material: Material, names: Names, point: Point, end: str) -> list[tuple[str, Sequence[Reading]]]:
    """A point's label, and whose word it is where the clause it was made of is somebody's."""
    place = point.label_reading
    if place is None:
        return []
    speaker = next(
        (
            quote.speaker_name
            for quote in material.found[place.article].quotes
            if quote.speaker_name
            and any(
                min(c.end, place.end) - max(c.start, place.start) > HELD * (place.end - place.start)
                for c in quote.content
            )
        ),
        None,
    )
    name = names.canonical(speaker)
    own = frozenset(content_stems(point.label or ""))
    is_named = name is not None and (names.find(name) is not None or name.endswith("s"))
    if name is None or not is_named or own.issuperset(content_stems(name)):
        return [(f"{point.label}{end}", point.readings)]
    return [(f"{point.label}", point.readings), (f", according to {with_article(names, name)}{end}", [place])]


def _said(material: Material, quotes: Sequence[AlignedQuote]) -> Iterator[BriefingSentence]:
    """The remarks that most reports quote in one wording."""
    for quote in quotes:
        base = quote.readings[quote.base]
        words = " … ".join(material.text(base.article, span) for span in base.spans)
        holders = {r.article for r in quote.readings if r.manner == "direct"}
        is_short = len(words.split()) <= LONGEST_REMARK
        if quote.speaker and 2 * len(holders) > len(material.ids) > 1 and base.manner == "direct" and is_short:
            text = f"{quote.speaker} in {_reports(len(holders))}: {cut_in_marks(words, LONGEST_REMARK)}."
            yield _line("agree", [(text, readings_of(quote))])


def _differing(differences: Sequence[Difference]) -> Iterator[BriefingSentence]:
    """The weightiest differences, one for each row."""
    rows: set[str] = set()
    for difference in differences:
        many = difference.kind == "wording" and len(difference.sides) > MOST_WORDINGS
        if difference.fits or many or len(difference.sides) < 2 or not rows.isdisjoint(difference.rows):
            continue
        rows.update(difference.rows)
        sides = sorted(difference.sides, key=lambda s: -len({r.article for r in s.readings}))[:MOST_SIDES]
        shown = [side for side in difference.sides if side in sides]
        yield _line("differ", list(_sides(difference.topic, shown)))


def _sides(topic: str, sides: Sequence[Side]) -> Iterator[tuple[str, Sequence[Reading]]]:
    for n, side in enumerate(sides):
        before = f"{topic}: " if n == 0 else " or " if len(sides) == 2 else ", or " if n == len(sides) - 1 else ", "
        yield before + side.says + ("." if n == len(sides) - 1 else ""), side.readings


def _alone(material: Material, names: Names, points: Sequence[Point]) -> Iterator[BriefingSentence]:
    """For each report what it alone tells, earliest first; of many reports only those with two such things."""
    few = len(material.ids) <= MOST_ALONE
    for article in material.ids:
        own = [p for p in points if p.label and p.label_reading and {r.article for r in p.readings} == {article}]
        own.sort(key=lambda p: (any(state == "near" for state in p.coverage.values()), p.readings[0].start))
        if own and (few or len(own) > 1):
            kept = own[:MOST_OWN]
            ends = ["; "] * (len(kept) - 1) + ["."]
            told = [_by_whom(material, names, p, end) for p, end in zip(kept, ends, strict=True)]
            first, *others = told
            goes_on = [[(in_sentence(names, words), places), *rest] for (words, places), *rest in others]
            yield _line("alone", [part for parts in (first, *goes_on) for part in parts])


def _line(group: BriefingGroup, told: Sequence[tuple[str, Sequence[Reading]]]) -> BriefingSentence:
    parts = tuple(BriefingPart(text=text, cites=_places(readings)) for text, readings in told)
    cites = tuple(dict.fromkeys(chain.from_iterable(p.cites for p in parts)))
    return BriefingSentence(text="".join(p.text for p in parts), cites=cites, group=group, parts=parts)


def _places(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(Reading(article=r.article, start=r.start, end=r.end) for r in readings))


def _reports(n: int) -> str:
    return "one report" if n == 1 else f"{n} reports"
