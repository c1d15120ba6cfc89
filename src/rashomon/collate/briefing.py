"""The briefing: a few sentences made of the collation's own cells, each with the readings it was composed from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rashomon.collate.check import find_unsupported
from rashomon.collate.material import Material
from rashomon.collate.quotes import readings_of
from rashomon.model import (
    AlignedFigure,
    AlignedQuote,
    BriefingGroup,
    BriefingPart,
    BriefingSentence,
    Difference,
    Lineage,
    Point,
    Reading,
)
from rashomon.text.intervals import say_interval

# Figures that part come first; that all reports count two of something is told by none.
WEIGHT = {"conflict": 0, "compatible": 1, "agree": 2}
LEAST_AGREED = 5
MOST_POINTS, MOST_QUOTES, MOST_FIGURES, MOST_DIFFERENCES = 7, 4, 4, 4


def write_briefing(
    material: Material,
    lineage: Lineage,
    quotes: Sequence[AlignedQuote],
    figures: Sequence[AlignedFigure],
    points: Sequence[Point],
    differences: Sequence[Difference],
) -> tuple[BriefingSentence, ...]:
    """What the reports are, what most of them say, and where they part; no line says more than its evidence."""
    told = (*_shared(material, points), *_spoken(material, quotes), *_counted(figures), *_parted(differences))
    return (*_accounts(material, lineage), *(s for s in told if _is_supported(material, s, quotes)))


def _is_supported(material: Material, sentence: BriefingSentence, quotes: Sequence[AlignedQuote]) -> bool:
    """Whether every name and number of a line stands in what it cites, in the sentences around it, or counts reports."""
    homes = (material.sentence_at(r.article, r.start) for r in sentence.cites)
    around = [material.text(material.sentences[n].article, material.sentences[n].span) for n in homes if n is not None]
    counts = " ".join(str(n) for n in range(len(material.ids) + 1))
    speakers = [q.speaker for q in quotes if q.speaker and sentence.text.startswith(f"{q.speaker}, ")]
    return not find_unsupported(sentence.text, [*evidence_of(material.texts, sentence), *around, counts, *speakers])


def evidence_of(texts: Mapping[str, str], sentence: BriefingSentence) -> list[str]:
    """The words a sentence cites."""
    return [texts[r.article][r.start : r.end] for r in sentence.cites]


def _accounts(material: Material, lineage: Lineage) -> Iterator[BriefingSentence]:
    heads = tuple(_head(material, article) for article in material.ids if material.by_id[article].text.strip())
    n = len(material.ids)
    if n == 1:
        yield _line("One report; there is nothing to compare it with.", heads, "agree")
        return
    text = f"{n} reports, at most {lineage.independent} independent account{'s' if lineage.independent != 1 else ''}."
    yield _line(text, heads, "agree")
    for family in lineage.families:
        shared = [r for p in lineage.passages if not p.speech for r in p.readings if r.article in family.articles]
        if shared:
            yield _line(f"{len(family.articles)} of them share text.", _one_each(shared), "agree")


def _head(material: Material, article: str) -> Reading:
    own = material.by_id[article]
    span = own.title_span or next(iter(material.found[article].sentences), None)
    if span is not None:
        return Reading(article=article, start=span.start, end=span.end)
    start = len(own.text) - len(own.text.lstrip())
    return Reading(article=article, start=start, end=max(start + 1, min(len(own.text.rstrip()), start + 80)))


def _shared(material: Material, points: Sequence[Point]) -> Iterator[BriefingSentence]:
    n = len(material.ids)
    broad = [p for p in points if len({r.article for r in p.readings}) > max(1, n // 2)]
    for point in broad[:MOST_POINTS]:
        have = len({r.article for r in point.readings})
        who = f"All {n} reports" if have == n else f"{have} of {n} reports"
        text = f"{who} tell of this; one writes: {_in_marks(point.text)}"
        yield _line(text, _one_each(point.readings), "agree")


def _spoken(material: Material, quotes: Sequence[AlignedQuote]) -> Iterator[BriefingSentence]:
    wide = [q for q in quotes if q.speaker and len({r.article for r in q.readings if r.manner == "direct"}) > 1]
    for quote in wide[:MOST_QUOTES]:
        direct = [r for r in quote.readings if r.manner == "direct"]
        words = material.text(direct[0].article, direct[0].spans[0])
        n = len({r.article for r in direct})
        text = f"{quote.speaker}, quoted in {n} reports: {_in_marks(words)}"
        yield _line(text, _one_each(readings_of(quote)), "agree")


def _counted(figures: Sequence[AlignedFigure]) -> Iterator[BriefingSentence]:
    several = [f for f in figures if f.relation in WEIGHT and (f.relation != "agree" or _is_large(f))]
    for figure in sorted(several, key=lambda f: WEIGHT[f.relation])[:MOST_FIGURES]:
        holders: dict[str, set[str]] = {}
        for reading in figure.readings:
            holders.setdefault(say_interval(reading.low, reading.high, reading.change), set()).add(reading.article)
        parts = "; ".join(f"{amount} in {_reports(len(who))}" for amount, who in holders.items())
        group: BriefingGroup = "agree" if figure.relation == "agree" else "differ"
        yield _line(f"{_subject(figure)}: {parts}.", _one_each(figure.readings), group)


def _is_large(figure: AlignedFigure) -> bool:
    return all((r.low or r.high or 0) >= LEAST_AGREED for r in figure.readings)


def _subject(figure: AlignedFigure) -> str:
    words = figure.about or figure.unit or "A figure"
    return words[:1].upper() + words[1:]


def _reports(n: int) -> str:
    return "1 report" if n == 1 else f"{n} reports"


def _parted(differences: Sequence[Difference]) -> Iterator[BriefingSentence]:
    told = [d for d in differences if d.kind in ("date", "attribution")]
    for difference in told[:MOST_DIFFERENCES]:
        says = "; ".join(dict.fromkeys(r.says for r in difference.readings))
        yield _line(f"{difference.topic.rstrip('.')}: {says}.", _one_each(difference.readings), "differ")


def _line(text: str, cites: tuple[Reading, ...], group: BriefingGroup) -> BriefingSentence:
    return BriefingSentence(text=text, cites=cites, group=group, parts=(BriefingPart(text=text, cites=cites),))


def _one_each(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    first: dict[str, Reading] = {}
    for reading in readings:
        first.setdefault(reading.article, Reading(article=reading.article, start=reading.start, end=reading.end))
    return tuple(first.values())


def _in_marks(words: str) -> str:
    return words if words[:1] in '“"‘' else f"“{words}”"
