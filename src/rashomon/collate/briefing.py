"""The briefing: what most reports agree on, where they differ, what one alone has, in lines made of labels and sides.

A line has parts, each with the readings that support it, so that letters can stand behind the clause they are for. No line
is a report's sentence, none tells what another has told, and none has a name or number that what it cites has not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, dropwhile
from typing import NamedTuple

import msgspec

from rashomon.collate.alone import load_alone, told_elsewhere
from rashomon.collate.backing import Backing
from rashomon.collate.check import find_unsupported
from rashomon.collate.clause_labels import told_words
from rashomon.collate.contested import without_numbers
from rashomon.collate.corrections import is_corrected
from rashomon.collate.differences.draft import cut_in_marks
from rashomon.collate.introducing import introduced
from rashomon.collate.leading import Lead, find_leads
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.point_labels import printable
from rashomon.collate.printable import load_printable
from rashomon.collate.quotes import readings_of
from rashomon.collate.tellers import Tellers
from rashomon.collate.voices import is_known_voice, said_of_oneself, whose_word
from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import (
    AlignedQuote,
    BriefingGroup,
    BriefingPart,
    BriefingSentence,
    Difference,
    DifferenceKind,
    Lineage,
    Point,
    QuoteReading,
    Reading,
    Side,
)
from rashomon.text.shares import number_texts
from rashomon.text.words import content_stems, fold, split_words

# The news is told in so many lines at most; where fewer points are agreed on, remarks take the room.
MOST_NEWS, MOST_AGREED, MOST_SAID, MOST_DIFFERING, MOST_ALONE = 2, 8, 2, 6, 5
# A remark in more wordings is left to the table of its words.
MOST_WORDINGS = 3
# Labels with this share of the shorter one's telling words in common are of one thing.
REPEATS = 0.6
# Opens the part of a line that says whose word it is.
_ACCORDING = ", according to "
# A line with fewer telling words beside names is known by all of them.
LEAST_PLAIN = 2
# A remark of fewer words says too little, and one of more is too long for a line.
LEAST_REMARK, LONGEST_REMARK = 5, 25
# What one report alone has is told where it is as likely to be printable as this: nobody bears it out. Of
# such labels of stories left out half can be printed and one in eight is wrong.
LEAST_ALONE = 0.5

# Whether only some tell it, accounts and reports that do (less them), where it stands in them, and its id.
Rank = tuple[bool, int, int, float, str]


def write_briefing(
    material: Material,
    names: Names,
    tellers: Tellers,
    backing: Backing,
    lineage: Lineage,
    quotes: Sequence[AlignedQuote],
    points: Sequence[Point],
    differences: Sequence[Difference],
) -> tuple[BriefingSentence, ...]:
    """What most reports agree on, where they differ, and what one alone has; no line says more than its evidence."""
    told = _Told(material, names)
    chances = printable(material, points)
    points = [point for point in points if _can_be_told(material, names, point)]
    ready = [point for point in points if chances.get(point.id, 0.0) >= LEAST_ALONE]
    parting = dict(_differing(differences))
    # first, so that no number is said to be agreed on that is not
    contested = list(told.new((line for line, kind in parting.items() if kind == "number"), MOST_DIFFERING))
    account = number_texts(lineage)
    leads = () if is_corrected(material, "points") else find_leads(material, backing, account)
    apart = _apart(differences)
    news = list(told.new(_news(material, names, tellers, backing, points, leads, apart), MOST_NEWS))
    agreed_on = [p for p in points if p.label_reading is None or not _has_any(p.label_reading, apart)]
    lines = dict(_agreed(material, names, tellers, backing, account, agreed_on, chances))
    agreed = [*news, *sorted(told.new(lines, MOST_AGREED - len(news)), key=lines.__getitem__)]
    said = list(told.new(_said(material, account, quotes), MOST_AGREED - len(agreed) + MOST_SAID))
    others = told.new((line for line in parting if line not in contested), MOST_DIFFERING - len(contested))
    differing = sorted([*contested, *others], key=list(parting).index)
    several = len(set(account.values())) > 1
    alone = told.new(_alone(material, names, tellers, account, ready, chances), MOST_ALONE) if several else ()
    return tuple(introduced(material, names, (*agreed, *said, *differing, *alone)))


def evidence_of(texts: Mapping[str, str], sentence: BriefingSentence) -> list[str]:
    """The words that stand behind a sentence."""
    return [texts[r.article][r.start : r.end] for r in behind(sentence)]


def behind(sentence: BriefingSentence) -> tuple[Reading, ...]:
    """The places that stand behind a sentence: those of its parts."""
    return tuple(dict.fromkeys(chain.from_iterable(part.cites for part in sentence.parts))) or sentence.cites


class _Words(NamedTuple):
    """The telling words of a line: those that are of no name, if they are enough, and those of names."""

    plain: frozenset[str]
    named: frozenset[str]


class _Told:
    """The lines so far: what repeats one of them, or says more than it cites, is left out."""

    def __init__(self, material: Material, names: Names) -> None:
        self._material = material
        self._seen: list[_Words] = []
        self._forms = {
            article: " ".join(f.text for name in names.names for f in name.forms if article in f.counts)
            for article in material.ids
        }
        self._names = " ".join(name.name for name in names.names)
        self._name_stems = frozenset(content_stems(self._names))

    def new(self, lines: Iterable[BriefingSentence], most: int) -> Iterator[BriefingSentence]:
        """At most so many of the lines that tell something new; no more are asked for."""
        n = 0
        for line in lines if most > 0 else ():
            own = self._telling(line)
            if any(_repeats(own, other) for other in self._seen) or not self._is_supported(line):
                continue
            self._seen.append(own)
            n += 1
            yield line
            if n == most:
                return

    def _telling(self, line: BriefingSentence) -> _Words:
        """The telling words of a line without whose word it is, and those that are of names, which stand in most lines."""
        told = frozenset(content_stems(" ".join(p.text for p in line.parts if not p.text.startswith(_ACCORDING))))
        named = told & self._name_stems
        return _Words(told - named if len(told - named) >= LEAST_PLAIN else told, named)

    def _is_supported(self, line: BriefingSentence) -> bool:
        """Whether every name is one that the cited reports use, and every number stands in what is cited or around it."""
        homes = (self._material.sentence_at(r.article, r.start) for r in behind(line))
        around = [
            self._material.text(self._material.sentences[n].article, self._material.sentences[n].span)
            for n in homes
            if n is not None
        ]
        known = [self._forms[article] for article in sorted({r.article for r in behind(line)})]
        dated = [line.text] if line.parts[0].text.startswith("When ") else []
        return not find_unsupported(
            line.text, [*evidence_of(self._material.texts, line), *around, *known, self._names, *dated]
        )


def _repeats(a: _Words, b: _Words) -> bool:
    """Whether two lines are of one thing: most of the shorter one's words, and one of whom or what they name."""
    apart = a.named and b.named and a.named.isdisjoint(b.named)
    return not apart and len(a.plain & b.plain) >= REPEATS * max(1, min(len(a.plain), len(b.plain)))


def _agreed(
    material: Material,
    names: Names,
    tellers: Tellers,
    backing: Backing,
    account: Mapping[str, int],
    points: Sequence[Point],
    chances: Mapping[str, float],
) -> Iterator[tuple[BriefingSentence, Rank]]:
    """The points whose label several reports are likely to tell, each with its rank: what most tell, by accounts and reports, the news first.

    Those that can be printed come first; what hardly can is for where there is room, and so is what copies of one text tell alone.
    """
    scorer = load_printable()
    held = {p.id: _behind(backing, p) for p in points if chances.get(p.id, 0.0) >= scorer.near}
    broad = {name for name, own in held.items() if 2 * len(own) > len(material.ids)}

    def rank(point: Point) -> Rank:
        have = {r.article for r in held[point.id]}
        first = {r.article: r.start for r in reversed(point.readings)}
        place = sum(at / max(1, len(material.texts[article])) for article, at in first.items()) / len(first)
        return point.id not in broad, -len({account[a] for a in have}), -len(have), round(place, 3), point.id

    least = 2 if len(material.ids) > 1 else 1
    shared = [p for p in points if len(held.get(p.id, ())) >= least]
    of_copies = {p.id for p in shared if not _is_shared(material, account, held[p.id])}
    for point in sorted(shared, key=lambda p: (p.id in of_copies, chances[p.id] < scorer.least, rank(p))):
        yield _line("agree", _by_whom(material, names, tellers, point, held[point.id]), point.readings), rank(point)


def _news(
    material: Material,
    names: Names,
    tellers: Tellers,
    backing: Backing,
    points: Sequence[Point],
    leads: Iterable[Lead],
    apart: frozenset[Reading],
) -> Iterator[BriefingSentence]:
    """The clauses that are likely to be the news, without numbers in which the reports differ, each with the row it stands in.

    What one report alone is likely to tell in full is the news where nothing else is.
    """
    is_told = False
    for lead in leads:
        place = lead.label.place
        contested = sorted((number for number in apart if _is_within(number, place)), key=lambda number: number.start)
        words = without_numbers(material, lead.label.words, contested)
        if words is None or not is_known_voice(material, names, words, place):
            continue
        readings = backing.behind(lead.asked, place, words) if contested else lead.readings
        if is_told and len(readings) == 1:
            return
        is_told = True
        told = _told_as(material, names, tellers, words, place, readings)
        rows = (p.readings for p in points if any(_is_within(place, r) for r in p.readings))
        yield _line("agree", told, max(rows, key=len, default=()))


def _is_shared(material: Material, account: Mapping[str, int], readings: Iterable[Reading | QuoteReading]) -> bool:
    """Whether several reports have some readings, of several texts where the story has more than one: copies tell nothing twice."""
    articles = {r.article for r in readings}
    n_texts = len({account[article] for article in articles})
    return len(articles) >= min(2, len(material.ids)) and n_texts >= min(2, len(set(account.values())))


def _apart(differences: Sequence[Difference]) -> frozenset[Reading]:
    """The places of numbers that cannot all be true."""
    parting = (d for d in differences if d.kind == "number" and not d.fits)
    return frozenset(place for d in parting for side in d.sides for place in _places(side.readings))


def _has_any(place: Reading, others: Iterable[Reading]) -> bool:
    """Whether some other place begins within a place."""
    return any(_is_within(other, place) for other in others)


def _is_within(place: Reading, reading: Reading) -> bool:
    return place.article == reading.article and reading.start <= place.start < reading.end


def _behind(backing: Backing, point: Point) -> tuple[Reading, ...]:
    """The readings, one a report, that are likely to stand behind a point's label."""
    if point.label_reading is None or point.label is None:
        return ()
    return backing.behind(point.readings, point.label_reading, point.label)


def _by_whom(
    material: Material, names: Names, tellers: Tellers, point: Point, readings: Sequence[Reading]
) -> list[tuple[str, Sequence[Reading]]]:
    """A point's label, and whose word it is, if it is somebody's."""
    if point.label_reading is None:
        return []
    return _told_as(material, names, tellers, point.label or "", point.label_reading, readings)


def _told_as(
    material: Material, names: Names, tellers: Tellers, label: str, place: Reading, readings: Sequence[Reading]
) -> list[tuple[str, Sequence[Reading]]]:
    """A label with who tells it, and whose word it is."""
    others = [tellers.nearest(place, r) for r in readings if r.article != place.article]
    voice = whose_word(material, names, label, place, others)
    if voice is None:
        return [(f"{label.removesuffix('.')}.", readings)]
    own = said_of_oneself(material, names, label, place)
    if own is not None:
        who, told = own
        return [(who, voice.places), (f" {told.removesuffix('.')}.", readings)]
    return [(label, readings), (f"{_ACCORDING}{voice.words.removesuffix('.')}.", voice.places)]


def _can_be_told(material: Material, names: Names, point: Point) -> bool:
    """Whether a line could say whose word a point's label is, if it is somebody's."""
    place = point.label_reading
    return place is None or is_known_voice(material, names, point.label or "", place)


def _said(material: Material, account: Mapping[str, int], quotes: Sequence[AlignedQuote]) -> Iterator[BriefingSentence]:
    """The remarks that most reports pass on, in the wording that two or more texts quote; the letters are theirs."""
    for quote in quotes:
        base = quote.readings[quote.base]
        words = " … ".join(material.text(base.article, span) for span in base.spans)
        told = material.folded(base.article, *base.spans)
        holders = [r for r in quote.readings if r.manner == "direct" and material.folded(r.article, *r.spans) == told]
        is_broad = 2 * len({r.article for r in quote.readings}) > len(material.ids) > 1
        is_whole = base.manner == "direct" and len(told) >= LEAST_REMARK and len(words.split()) <= LONGEST_REMARK
        end = "" if words[-1:] in "!?" else "."
        is_told = is_whole and not _opens_back(split_words(words)) and _has_verb(material, base)
        is_anybodys = not words_of("briefing", "leaning").isdisjoint(told_words(quote.speaker or ""))  # "one of them"
        if quote.speaker and not is_anybodys and is_broad and is_told and _is_shared(material, account, holders):
            places = readings_of(msgspec.structs.replace(quote, readings=tuple(holders)))
            yield _line(
                "agree",
                [(f"{quote.speaker}: {cut_in_marks(words.rstrip('.'), LONGEST_REMARK)}{end}", places)],
                readings_of(quote),
            )


def _has_verb(material: Material, reading: QuoteReading) -> bool:
    """Whether something is said of something: "A man with his hands in the air" is half a sentence."""
    clauses = material.found[reading.article].clauses
    starts = [part.start for c in clauses for part in (c.subject, c.core) if part is not None]
    return any(s.start <= start < s.end for start in starts for s in reading.spans)


def _opens_back(words: Sequence[str]) -> bool:
    """Whether a remark begins with a word that stands for what was said before it: "And she's not alone".

    "It" mostly stands for nothing before "is": "It is too early to say", "It's a good day".
    """
    first, *rest = [*dropwhile(lambda word: fold(word) in words_of("briefing", "tying"), words), ""]
    is_empty = first.lower() in {"it's", "it’s"} or fold(rest[0] if rest else "") == "is"
    pronouns = load_lexicon("pronouns")["stands_for"].keys() | words_of("briefing", "pointing") | {"that", "its"}
    return fold(first) in pronouns and not (fold(first) == "it" and is_empty)


def _differing(differences: Sequence[Difference]) -> Iterator[tuple[BriefingSentence, DifferenceKind]]:
    """The weightiest differences, one for each row, each with its kind."""
    rows: set[str] = set()
    for difference in differences:
        many = difference.kind == "wording" and len(difference.sides) > MOST_WORDINGS
        if not difference.sure or difference.fits or many or not rows.isdisjoint(difference.rows):
            continue
        rows.update(difference.rows)
        sides = sorted(difference.sides, key=lambda s: -len({r.article for r in s.readings}))
        shown = [side for side in difference.sides if side in sides]
        yield _line("differ", list(_sides(difference.topic, shown))), difference.kind


def _sides(topic: str, sides: Sequence[Side]) -> Iterator[tuple[str, Sequence[Reading]]]:
    for n, side in enumerate(sides):
        before = f"{topic}: " if n == 0 else " or " if len(sides) == 2 else ", or " if n == len(sides) - 1 else ", "
        yield before + side.says + ("." if n == len(sides) - 1 else ""), side.readings


def _alone(
    material: Material,
    names: Names,
    tellers: Tellers,
    account: Mapping[str, int],
    points: Sequence[Point],
    chances: Mapping[str, float],
) -> Iterator[BriefingSentence]:
    """For each text the one thing that it alone tells and can best be printed; of many texts only those that have two.

    What another report is likely to tell in other words is nobody's own, unless a reader has set points right.
    """
    told: dict[int, list[Point]] = {account[article]: [] for article in material.ids}
    few = len(told) <= MOST_ALONE
    single = [
        (p, p.label_reading) for p in points if p.label_reading and len({account[r.article] for r in p.readings}) == 1
    ]
    asked = [] if is_corrected(material, "points") else [place for _, place in single]
    elsewhere = dict(zip(asked, told_elsewhere(material, asked), strict=True))
    for point, place in single:
        if elsewhere.get(place, 0.0) < load_alone().least:
            told[account[place.article]].append(point)
    for own in told.values():
        if own and (few or len(own) > 1):
            best = min(own, key=lambda p: ("near" in p.coverage.values(), -chances[p.id], p.readings[0].start))
            yield _line("alone", _by_whom(material, names, tellers, best, best.readings))


def _line(
    group: BriefingGroup, told: Sequence[tuple[str, Sequence[Reading]]], row: Sequence[Reading] = ()
) -> BriefingSentence:
    parts = tuple(BriefingPart(text=text, cites=_places(readings)) for text, readings in told)
    cites = tuple(dict.fromkeys((*chain.from_iterable(p.cites for p in parts), *_places(row))))
    return BriefingSentence(text="".join(p.text for p in parts), cites=cites, group=group, parts=parts)


def _places(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(Reading(article=r.article, start=r.start, end=r.end) for r in readings))
