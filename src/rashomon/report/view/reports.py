"""The reports: their paragraphs with what was found in them, or snippets where no more may be shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from rashomon.model import Collation, Reading, Span
from rashomon.report.view.cites import ViewContext, outlet, paragraph_of
from rashomon.report.view.differences import ranked
from rashomon.report.view.masthead import say_dated
from rashomon.report.view.words import say_title

# Numbers of differences in the margin of one paragraph.
MOST_NUMBERS = 3
# How much of a report's words its snippets may add up to, and how far apart, in characters, two of them stand.
SHARED_PART, APART = 0.25, 80


class Layer(Struct, frozen=True):
    """Characters of a paragraph that can be marked: of which layer, and where they stand in the paragraph."""

    kind: str
    start: int
    end: int


class ShownParagraph(Struct, frozen=True):
    """A paragraph with its place, what can be marked in it, and the numbers of differences that stand in it."""

    number: int
    start: int
    text: str
    layers: tuple[Layer, ...]
    is_furniture: bool
    is_alone: bool
    differences: tuple[int, ...]


class Snippet(Struct, frozen=True):
    """A few words of a report, with their place."""

    start: int
    end: int
    paragraph: int
    text: str


class ReportText(Struct, frozen=True):
    """A report with its text, or with snippets."""

    letter: str
    title: str
    outlet: str
    meta: str
    language: str
    n_words: int
    n_remarks: int
    n_figures: int
    n_points: int
    paragraphs: tuple[ShownParagraph, ...]
    snippets: tuple[Snippet, ...]


def view_reports(context: ViewContext) -> tuple[ReportText, ...]:
    """All reports, in the order of their letters."""
    cards = sorted(context.collation.articles, key=lambda card: context.order[card.id])
    layers = _layers(context.collation)
    numbers = _numbers(context)
    alone, told = _points(context.collation)
    n_remarks = Counter(r.article for quote in context.collation.quotes for r in quote.readings)
    n_figures = Counter(r.article for figure in context.collation.figures for r in figure.readings)
    n_points = Counter(article for point in context.collation.points for article in {r.article for r in point.readings})
    texts = []
    for card in cards:
        own = context.articles[card.id]
        whole = context.words.longest is None
        parts = (own.byline, say_dated(context, card), card.completeness if card.completeness != "full" else None)
        texts.append(
            ReportText(
                letter=card.letter,
                title=context.words.cut(say_title(card.title)),
                outlet=outlet(card),
                meta=" · ".join(context.words.cut(part) for part in parts if part),
                language=own.language or "en",
                n_words=context.n_words[card.id],
                n_remarks=n_remarks[card.id],
                n_figures=n_figures[card.id],
                n_points=n_points[card.id],
                paragraphs=tuple(
                    _paragraphs(context, card.id, layers[card.id], numbers[card.id], alone[card.id], told[card.id])
                )
                if whole
                else (),
                snippets=() if whole else _snippets(context, card.id),
            )
        )
    return tuple(texts)


def _numbers(context: ViewContext) -> dict[str, list[tuple[int, int]]]:
    """For each article where a difference begins whose sides cannot all be true, with its number."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, difference in enumerate(ranked(context), start=1):
        for reading in () if difference.fits else difference.readings:
            found[reading.article].append((reading.start, number))
    return found


def _points(collation: Collation) -> tuple[dict[str, list[Span]], dict[str, list[Span]]]:
    """For each article the places of points that it alone has, and of those that others have too."""
    alone: dict[str, list[Span]] = defaultdict(list)
    told: dict[str, list[Span]] = defaultdict(list)
    for point in collation.points:
        several = len({r.article for r in point.readings}) > 1
        for reading in point.readings:
            (told if several else alone)[reading.article].append(reading.span)
    return alone, told


def _layers(collation: Collation) -> dict[str, list[tuple[str, Span]]]:
    """For each article what can be marked: speech (q), figures (f), dates (d), names (n), shared text (s)."""
    found: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for quote in collation.quotes:
        for reading in quote.readings:
            found[reading.article] += [("q", span) for span in reading.spans]
    for figure in collation.figures:
        for r in figure.readings:
            found[r.article].append(("f", r.span))
    for time in collation.times:
        found[time.article].append(("d", time.span))
    for name in collation.names:
        places = [r for form in name.forms for r in form.readings] + [r for d in name.descriptions for r in d.readings]
        for n in places:
            found[n.article].append(("n", n.span))
    for passage in collation.lineage.passages:
        for p in passage.readings:
            found[p.article].append(("s", p.span))
    return found


def _paragraphs(
    context: ViewContext,
    article: str,
    layers: list[tuple[str, Span]],
    numbers: list[tuple[int, int]],
    alone: list[Span],
    told: list[Span],
) -> Iterator[ShownParagraph]:
    own = context.articles[article]
    for number, span in enumerate(context.paragraphs[article], start=1):
        yield ShownParagraph(
            number=number,
            start=span.start,
            text=own.text[span.start : span.end],
            layers=tuple(_inside(layers, span)),
            is_furniture=any(f.start <= span.start and span.end <= f.end for f in own.furniture),
            is_alone=_touches(alone, span) and not _touches(told, span),
            differences=tuple(sorted({n for at, n in numbers if span.start <= at < span.end}))[:MOST_NUMBERS],
        )


def _touches(spans: Iterable[Span], within: Span) -> bool:
    return any(s.start < within.end and s.end > within.start for s in spans)


def _inside(layers: Iterable[tuple[str, Span]], within: Span) -> Iterator[Layer]:
    """The layers of a paragraph, each stretch once, cut to the paragraph."""
    found = {(kind, max(s.start, within.start), min(s.end, within.end)) for kind, s in layers}
    for kind, start, end in sorted(found):
        if start < end:
            yield Layer(kind, start - within.start, end - within.start)


def _snippets(context: ViewContext, article: str) -> tuple[Snippet, ...]:
    """Cited places in order, each cut to a snippet, until they add up to `SHARED_PART` of the report.

    A place next to one already shown is passed over, so that snippets cannot be strung together.
    """
    text = context.articles[article].text
    longest = context.words.longest or 0
    budget = SHARED_PART * len(text.split())
    shown: list[Span] = []
    for span in sorted(_cited(context.collation, article), key=lambda s: (s.start, -s.end)):
        n_words = min(len(text[span.start : span.end].split()), longest)
        if n_words <= budget and (not shown or span.start > shown[-1].end + APART):
            shown.append(span)
            budget -= n_words
    return tuple(
        Snippet(s.start, s.end, paragraph_of(context, article, s.start), context.words.at(article, s.start, s.end))
        for s in shown
    )


def _cited(collation: Collation, article: str) -> set[Span]:
    """The places of an article that any section leads to."""
    readings: list[Reading] = [r for point in collation.points for r in point.readings]
    readings += [r for difference in collation.differences for r in difference.readings]
    readings += [r for figure in collation.figures for r in figure.readings]
    readings += [r for position in collation.positions for r in position.readings]
    readings += [r for event in collation.timeline for r in event.readings]
    found = {r.span for r in readings if r.article == article}
    for quote in collation.quotes:
        found |= {r.span for r in quote.readings if r.article == article}
    return found
