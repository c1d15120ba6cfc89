"""The margin of a report: what the other reports of its story have where it says something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from rashomon.model import AlignedFigure, AlignedQuote, Difference, Manner, QuoteReading, Reading, Span
from rashomon.report.view.cites import ViewContext, outlet
from rashomon.report.view.differences import ranked
from rashomon.report.view.words import begun, in_marks
from rashomon.text.words import fold_text
from rashomon.web.pages.showing import report_link, story_link

# Notes beside one paragraph, lines of one note, and letters in one line.
MOST_NOTES, MOST_LINES, MOST_PLACES = 5, 4, 8
MANNERS: dict[Manner, str] = {"direct": "Also quoted", "mixed": "Quoted in part", "indirect": "In other words"}


class Place(Struct, frozen=True):
    """A letter that leads to another report, at the passage."""

    letter: str
    outlet: str
    href: str


class NoteLine(Struct, frozen=True):
    """What some other reports have."""

    words: str
    places: tuple[Place, ...]


class Note(Struct, frozen=True):
    """A note: what it is about, and what others have there. `kind` is differs, quoted, figure or told."""

    kind: str
    heading: str
    href: str
    lines: tuple[NoteLine, ...]


def notes_of(context: ViewContext, article: str) -> list[tuple[Span, Note]]:
    """All notes on a report, each with the place it stands beside, the weightiest kind first."""
    return [
        *_differing(context, article),
        *_quoted(context, article),
        *_counted(context, article),
        *_told(context, article),
    ]


def within(notes: Iterable[tuple[Span, Note]], span: Span) -> tuple[Note, ...]:
    """The notes that stand beside a stretch of text: each once, what is told elsewhere in one."""
    found = list(dict.fromkeys(note for place, note in notes if span.start <= place.start < span.end))
    told = [note for note in found if note.kind == "told"]
    rest = [note for note in found if note.kind != "told"][: MOST_NOTES - bool(told)]
    if not told:
        return tuple(rest)
    first: dict[str, Place] = {}
    for note in told:
        for place in note.lines[0].places:
            first.setdefault(place.letter, place)
    ordered = sorted(first.values(), key=lambda place: (len(place.letter), place.letter))
    return (*rest, Note("told", "Also told", "", (NoteLine("", tuple(ordered[:MOST_PLACES])),)))


def _differing(context: ViewContext, article: str) -> Iterator[tuple[Span, Note]]:
    for number, difference in enumerate(ranked(context), start=1):
        own = [r for side in difference.sides for r in side.readings if r.article == article]
        if own and not difference.fits:
            note = Note(
                "differs",
                f"≠{number} {begun(difference.text)}",
                f"{story_link(context.collation.story.id)}#{difference.id}",
                tuple(_other_sides(context, difference, article)),
            )
            yield from ((reading.span, note) for reading in own if note.lines)


def _other_sides(context: ViewContext, difference: Difference, article: str) -> Iterator[NoteLine]:
    other = [side for side in difference.sides if all(r.article != article for r in side.readings)]
    for side in other[:MOST_LINES]:
        yield NoteLine(begun(side.says), places_of(context, side.readings, article))


def _quoted(context: ViewContext, article: str) -> Iterator[tuple[Span, Note]]:
    for quote in context.collation.quotes:
        own = [r for r in quote.readings if r.article == article]
        lines = tuple(_wordings(context, quote, own[0])) if own else ()
        note = Note("quoted", quote.speaker or "Someone", f"{story_link(context.collation.story.id)}#{quote.id}", lines)
        yield from ((r.span, note) for r in own if lines)


def _wordings(context: ViewContext, quote: AlignedQuote, own: QuoteReading) -> Iterator[NoteLine]:
    """Who has the remark in the same words, and the words of those who have it in others."""
    others: dict[str, QuoteReading] = {}
    for reading in quote.readings:
        if reading.article != own.article:
            others.setdefault(reading.article, reading)
    words = {a: context.words.spoken(a, r.spans) for a, r in others.items()}
    mine = fold_text(context.words.spoken(own.article, own.spans))
    same = [r for a, r in others.items() if fold_text(words[a]) == mine]
    if same:
        yield NoteLine("In the same words", places_of(context, same, own.article))
    rest = [(a, r) for a, r in others.items() if fold_text(words[a]) != mine]
    for article, reading in rest[: MOST_LINES - bool(same)]:
        told = context.words.evidence(words[article])
        said = in_marks(told) if reading.manner == "direct" else told
        yield NoteLine(f"{MANNERS[reading.manner]}: {said}", places_of(context, [reading], own.article))


def _counted(context: ViewContext, article: str) -> Iterator[tuple[Span, Note]]:
    """Figures that others give otherwise, where that is no difference: rounded, or of another day."""
    for figure in context.collation.figures:
        own = [r for r in figure.readings if r.article == article]
        lines = tuple(_values(context, figure, article)) if own and figure.relation == "compatible" else ()
        note = Note(
            "figure",
            begun(figure.title or figure.about),
            f"{story_link(context.collation.story.id)}#{figure.id}",
            lines,
        )
        yield from ((reading.span, note) for reading in own if lines)


def _values(context: ViewContext, figure: AlignedFigure, article: str) -> Iterator[NoteLine]:
    for value in figure.values[:MOST_LINES]:
        readings = [figure.readings[n] for n in value.readings]
        if all(reading.article != article for reading in readings):
            yield NoteLine(value.words, places_of(context, readings, article))


def _told(context: ViewContext, article: str) -> Iterator[tuple[Span, Note]]:
    for point in context.collation.points:
        places = places_of(context, point.readings, article)
        if places:
            note = Note("told", "", "", (NoteLine("", places),))
            yield from ((reading.span, note) for reading in point.readings if reading.article == article)


def places_of(context: ViewContext, readings: Iterable[Reading | QuoteReading], but: str = "") -> tuple[Place, ...]:
    """A letter for each other report, at its first place, in the order of letters."""
    first: dict[str, Span] = {}
    for reading in readings:
        first.setdefault(reading.article, reading.span)
    names = {card.id: outlet(card) for card in context.collation.articles}
    ordered = sorted(first.keys() - {but}, key=context.order.__getitem__)
    return tuple(
        Place(context.letters[a], names[a], report_link(a, first[a].start, first[a].end)) for a in ordered[:MOST_PLACES]
    )
