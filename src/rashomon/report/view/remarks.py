"""Who said what: each remark in its fullest wording, how each report has it, and which words of it change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec import Struct

from rashomon.model import AlignedQuote, Manner, QuoteReading, SegmentCell
from rashomon.report.view.cites import Cites, ViewContext, cite, n_articles
from rashomon.report.view.words import first_words, in_marks, say_n, unquoted

# Speakers, and remarks of one speaker that are shown with their wordings.
MOST_SPEAKERS, MOST_OPEN = 40, 8
# Words of a remark, and of a remark in one report only.
MOST_WORDS, FEWER_WORDS = 60, 20
# Remarks of one report in the fold.
MOST_ALONE = 400
MANNERS: dict[Manner, str] = {"direct": "Quoted", "mixed": "Quoted in part", "indirect": "In its own words"}
NO_SPEAKER = "Speaker not certain"


class Variant(Struct, frozen=True):
    """A cell of a table of wordings: the same words as the base, none, or others."""

    state: str
    text: str


class WordingRow(Struct, frozen=True):
    """Reports with the same cells, and what they change, told in words; `words` is their wording where that is told sooner."""

    cites: Cites
    cells: tuple[Variant, ...]
    changes: tuple[tuple[str, str], ...]
    words: str


class Remark(Struct, frozen=True):
    """A remark: its fullest wording, the letters of each manner, and its wordings where they differ."""

    id: str
    words: str
    quoted: bool
    manners: tuple[tuple[str, Cites], ...]
    occasion: str
    wordings: tuple[WordingRow, ...]


class Alone(Struct, frozen=True):
    """A remark of one report, with who said it."""

    id: str
    cites: Cites
    speaker: str
    words: str
    quoted: bool


class Speaker(Struct, frozen=True):
    """Someone who is heard in two or more reports on one remark at least."""

    name: str
    n_remarks: int
    full: tuple[Remark, ...]
    short: tuple[Remark, ...]
    alone: tuple[Alone, ...]
    spread: str


class Remarks(Struct, frozen=True):
    """The speakers, and the remarks of others, each in one report, by its letter."""

    speakers: tuple[Speaker, ...]
    others: tuple[tuple[str, tuple[Alone, ...]], ...]
    n_others: int

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.speakers or self.others)


def view_remarks(context: ViewContext) -> Remarks:
    """All remarks: speakers by reports, then by remarks; the unknown ones last."""
    by_speaker: dict[str, list[AlignedQuote]] = defaultdict(list)
    for quote in context.collation.quotes:
        by_speaker[quote.speaker or NO_SPEAKER].append(quote)
    shared = {name: quotes for name, quotes in by_speaker.items() if any(n_articles(q.readings) > 1 for q in quotes)}
    order = sorted(
        shared,
        key=lambda name: (
            name == NO_SPEAKER,
            -max(n_articles(q.readings) for q in shared[name]),
            -sum(n_articles(q.readings) > 1 for q in shared[name]),
            name,
        ),
    )
    single = [q for name, quotes in by_speaker.items() if name not in shared for q in quotes]
    others = _by_report(context, single)
    return Remarks(tuple(_speaker(context, name, shared[name]) for name in order[:MOST_SPEAKERS]), others, len(single))


def _speaker(context: ViewContext, name: str, quotes: list[AlignedQuote]) -> Speaker:
    wide = sorted(
        (q for q in quotes if n_articles(q.readings) > 1),
        key=lambda q: (-_n_quoting(q), -n_articles(q.readings)),
    )
    full = [q for q in wide if _n_quoting(q) > 1][:MOST_OPEN]
    single = [q for q in quotes if n_articles(q.readings) == 1]
    counted = Counter(context.letters[q.readings[0].article] for q in single)
    return Speaker(
        name=name,
        n_remarks=len(quotes),
        full=tuple(_remark(context, q) for q in full),
        short=tuple(_remark(context, q) for q in wide if q not in full),
        alone=tuple(_alone(context, q) for q in single[:MOST_ALONE]),
        spread=", ".join(f"{letter} {n}" for letter, n in sorted(counted.items(), key=lambda c: (len(c[0]), c[0])))
        if context.n_reports <= len(MANNERS) * 4
        else say_n(len(counted), "report"),
    )


def _n_quoting(quote: AlignedQuote) -> int:
    return len({r.article for r in quote.readings if r.manner != "indirect"})


def _remark(context: ViewContext, quote: AlignedQuote) -> Remark:
    fullest = quote.readings[quote.fullest]
    strongest: dict[str, Manner] = {}
    for manner in MANNERS:
        for reading in quote.readings:
            if reading.manner == manner:
                strongest.setdefault(reading.article, manner)
    manners = [
        (MANNERS[manner], cite(context, [r for r in quote.readings if strongest[r.article] == manner]))
        for manner in MANNERS
        if manner in strongest.values()
    ]
    return Remark(
        id=quote.id,
        words=_said(context, fullest, MOST_WORDS),
        quoted=fullest.manner != "indirect",
        manners=tuple(manners),
        occasion=quote.occasion or _passed_on(quote),
        wordings=_wordings(context, quote),
    )


def _passed_on(quote: AlignedQuote) -> str:
    """Through whom the words came, where all that say so say the same."""
    told = {reading.via for reading in quote.readings if reading.via}
    return f"through {next(iter(told))}" if len(told) == 1 else ""


def _said(context: ViewContext, reading: QuoteReading, most: int) -> str:
    words = unquoted(context.words.spoken(reading.article, reading.spans))
    return first_words(words, most)


def _wordings(context: ViewContext, quote: AlignedQuote) -> tuple[WordingRow, ...]:
    """One row for the base and one for each other wording; none where no words change or only snippets may be shown."""
    if not quote.segments or context.words.longest is not None:
        return ()
    base = [_text(segment.cells[quote.base]) for segment in quote.segments]
    rows: dict[tuple[Variant, ...], list[QuoteReading]] = defaultdict(list)
    shown: set[str] = set()
    for n, reading in sorted(enumerate(quote.readings), key=lambda pair: (pair[0] != quote.base, pair[0])):
        cells = tuple(segment.cells[n] for segment in quote.segments)
        if any(cell is not None for cell in cells) and reading.article not in shown:
            shown.add(reading.article)
            rows[tuple(_variant(cell, words) for cell, words in zip(cells, base, strict=True))].append(reading)
    if len(rows) < 2:
        return ()
    return tuple(
        _wording(context, readings, cells, () if n == 0 else _changes(base, cells))
        for n, (cells, readings) in enumerate(rows.items())
    )


def _wording(
    context: ViewContext,
    readings: Sequence[QuoteReading],
    cells: tuple[Variant, ...],
    changes: tuple[tuple[str, str], ...],
) -> WordingRow:
    words = _said(context, readings[0], MOST_WORDS)
    n_told = sum(len(f"{changed} {told}".split()) for changed, told in changes)
    whole = in_marks(words) if readings[0].manner == "direct" else words
    return WordingRow(cite(context, readings), cells, changes, whole if n_told > len(words.split()) else "")


def _variant(cell: SegmentCell | None, base: str) -> Variant:
    """A cell against the words of the base: what says the same has the words of the base, whatever its apostrophes."""
    if cell is None:
        return Variant("own", "")
    return Variant(cell.state, base if cell.state == "same" else cell.text or "")


def _text(cell: object) -> str:
    return getattr(cell, "text", None) or ""


def _changes(base: Sequence[str], cells: Sequence[Variant]) -> tuple[tuple[str, str], ...]:
    """What a wording changes of the base: the words it marks, and what is said of them."""
    told = []
    for before, cell in zip(base, cells, strict=True):
        if cell.state == "changed" and before:
            told.append((cell.text, f"for “{before}”"))
        elif cell.state == "changed":
            told.append((cell.text, "added"))
        elif cell.state == "absent" and before:
            told.append(("", f"without “{before}”"))
    return tuple(told)


def _alone(context: ViewContext, quote: AlignedQuote) -> Alone:
    reading = quote.readings[0]
    return Alone(
        id=quote.id,
        cites=cite(context, quote.readings),
        speaker=quote.speaker or NO_SPEAKER,
        words=_said(context, reading, FEWER_WORDS),
        quoted=reading.manner == "direct",
    )


def _by_report(context: ViewContext, quotes: list[AlignedQuote]) -> tuple[tuple[str, tuple[Alone, ...]], ...]:
    by_letter: dict[str, list[Alone]] = defaultdict(list)
    ordered = sorted(quotes, key=lambda q: (context.order[q.readings[0].article], q.readings[0].spans))
    for quote in ordered[:MOST_ALONE]:
        by_letter[context.letters[quote.readings[0].article]].append(_alone(context, quote))
    return tuple((letter, tuple(remarks)) for letter, remarks in by_letter.items())
