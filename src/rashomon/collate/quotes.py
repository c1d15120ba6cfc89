"""Quotes over articles: which readings report one statement, and how their wording differs word by word.

Readings are cut into statements first: a direct quotation of several sentences may hold several statements, of which
another report has only one. Statements that say one thing are then lined up, whoever passes them on, and neighbours that no
other report tells apart are joined again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rashomon.collate.corrections import is_corrected, regroup
from rashomon.collate.lining import Lined, Stretch, Stretches, line_up
from rashomon.collate.lining.cells import look_again
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.rows import numbered, ordered
from rashomon.model import AlignedQuote, Cell, Place, Quote, QuoteReading, Reading, Span
from rashomon.text.abbreviations import ends_in_abbreviation
from rashomon.text.align import align_words
from rashomon.text.paragraphs import trim
from rashomon.text.words import Word, find_words, fold

_BREAKS = frozenset(".?!…")
MIN_WORDS = 2
TABLE_READINGS = 40


@dataclass(frozen=True)
class Statement:
    """A stretch of a quote that makes one statement."""

    article: str
    number: int
    spans: tuple[Span, ...]
    quote: Quote
    speaker: str | None
    words: tuple[str, ...]


def align_quotes(material: Material, names: Names) -> tuple[AlignedQuote, ...]:
    """Every statement with its readings, those in most articles first, then by place."""
    statements = find_statements(material, names)
    stretches = Stretches(material, [statement_stretch(s) for s in statements])
    lined = line_up(material, stretches.items, material.scorers.quotes)
    groups = regroup(
        _as_set_right(material, statements, lined.groups),
        "quotes",
        material,
        lambda place: _statement_at(statements, place),
    )
    also = _looked_through(material, stretches, groups, lined)
    aligned = [_aligned(material, members) for members in _joined(statements, groups, also)]
    return numbered(ordered(aligned), "quotes")


def _as_set_right(
    material: Material, statements: Sequence[Statement], groups: Sequence[Sequence[int]]
) -> list[list[int]]:
    """The groups without statements whose speaker a reader has set right to be another than that of the rest; these by speaker."""
    places = [place for c in material.corrections if c.kind == "speaker" for place in c.places]
    set_right = {_statement_at(statements, place) for place in places}
    apart: list[list[int]] = []
    for group in groups:
        others = [n for n in group if n not in set_right]
        left: list[int] = []
        moved: dict[str | None, list[int]] = defaultdict(list)
        for n in group:
            speaker = statements[n].speaker
            fits = n not in set_right or all(may_be_one_speaker(speaker, statements[o].speaker) for o in others)
            (left if fits else moved[speaker]).append(n)
        apart += [own for own in (left, *moved.values()) if own]
    return apart


def _looked_through(
    material: Material, stretches: Stretches, groups: Sequence[Sequence[int]], lined: Lined
) -> dict[int, list[int]]:
    """The statements that a second look adds to groups of several articles, by the group's number; none once a reader has set quotes right."""
    also: dict[int, list[int]] = defaultdict(list)
    if is_corrected(material, "quotes"):
        return also
    wide = [k for k, group in enumerate(groups) if len(set(stretches.article[list(group)].tolist())) > 1]
    scorer = material.scorers.remarks
    for cell in look_again(stretches, [groups[k] for k in wide], lined, scorer):
        if cell.probability >= scorer.least:
            also[wide[cell.row]].append(cell.stretch)
    return also


def _statement_at(statements: Sequence[Statement], place: Place) -> int | None:
    """The number of the statement that stands at a place."""
    return next(
        (
            n
            for n, s in enumerate(statements)
            if s.article == place.article and any(span.start <= place.at < span.end for span in s.spans)
        ),
        None,
    )


def find_statements(material: Material, names: Names) -> list[Statement]:
    """The statements of all quotes, by article and place."""
    found = []
    for article in material.articles:
        for number, quote in enumerate(material.found[article.id].quotes):
            speaker = names.actor(quote.speaker_name, article.id)
            for spans in _cut(article.text, quote):
                words = material.folded(article.id, *spans)
                if len(words) >= MIN_WORDS or quote.manner != "indirect":
                    found.append(Statement(article.id, number, spans, quote, speaker, words))
    return found


def _cut(text: str, quote: Quote) -> list[tuple[Span, ...]]:
    """Direct speech in sentences; other reports, and speech cut in mid-sentence, in one piece."""
    if quote.manner != "direct":
        return [quote.content]
    pieces: list[tuple[Span, ...]] = []
    for span in quote.content:
        sentences = _sentences(text, span)
        goes_on = bool(pieces) and text[pieces[-1][-1].end - 1] not in _BREAKS and text[sentences[0].start].islower()
        if goes_on:
            pieces[-1] = (*pieces[-1], sentences[0])
            sentences = sentences[1:]
        pieces += [(sentence,) for sentence in sentences]
    return pieces


def _sentences(text: str, span: Span) -> list[Span]:
    starts = [span.start]
    for at in range(span.start + 1, span.end - 1):
        ends = text[at - 1] in _BREAKS and text[at].isspace()
        after = text[at : at + 6].lstrip(" .…“\"‘'")
        if ends and after[:1].isupper() and at - starts[-1] > 8 and not ends_in_abbreviation(text, span.start, at):
            starts.append(at)
    spans = []
    for start, end in zip(starts, [*starts[1:], span.end], strict=True):
        piece = trim(text, Span(start, end))
        begin = piece.start
        while begin < piece.end and text[begin] in " .…":
            begin += 1
        if begin < piece.end:
            spans.append(Span(begin, piece.end))
    return spans or [span]


def statement_stretch(statement: Statement) -> Stretch:
    """A statement as a stretch to be compared."""
    return Stretch(statement.article, statement.spans, statement.speaker, statement.quote.manner == "direct")


@lru_cache(maxsize=100_000)
def may_be_one_speaker(a: str | None, b: str | None) -> bool:
    """Whether two speakers can be one: equal, unknown, or a body and its described voice ("the ministry's spokesman")."""
    if a is None or b is None or a == b:
        return True
    x, y = ({fold(w.text) for w in find_words(name)} for name in (a, b))
    return x <= y or y <= x


def _joined(
    statements: Sequence[Statement], groups: list[list[int]], also: Mapping[int, Sequence[int]]
) -> list[list[Statement]]:
    """Groups as statements, with those that a second look adds; a sentence that no other article has joins its neighbour in the same quote."""
    home = {n: k for k, members in enumerate(groups) for n in members}
    shared = {k: len({statements[n].article for n in members}) > 1 for k, members in enumerate(groups)}
    moved = {n for added in also.values() for n in added if len(groups[home[n]]) == 1}
    merged: dict[int, list[Statement]] = {}
    for n, statement in enumerate(statements):
        if n in moved:
            continue
        alone = not shared[home[n]] and len(groups[home[n]]) == 1
        if alone and n and home[n - 1] in merged and _goes_on(statements[n - 1], statement):
            last = merged[home[n - 1]][-1]
            merged[home[n - 1]][-1] = _with(last, statement)
            home[n] = home[n - 1]
        else:
            merged.setdefault(home[n], []).append(statement)
    for k, added in also.items():
        merged[k] += [statements[n] for n in added]
    return list(merged.values())


def _goes_on(previous: Statement, statement: Statement) -> bool:
    """Whether a statement follows another in one quote."""
    is_same = (previous.article, previous.number) == (statement.article, statement.number)
    return is_same and statement.spans[0].start - previous.spans[-1].end <= 3


def _with(statement: Statement, more: Statement) -> Statement:
    spans = (*statement.spans[:-1], Span(statement.spans[-1].start, more.spans[-1].end))
    return Statement(
        statement.article, statement.number, spans, statement.quote, statement.speaker, statement.words + more.words
    )


def _aligned(material: Material, members: list[Statement]) -> AlignedQuote:
    ordered = sorted(members, key=lambda s: (s.article, s.spans))
    readings = tuple(
        QuoteReading(
            article=s.article,
            spans=s.spans,
            manner=s.quote.manner,
            cue=s.quote.cue,
            speaker=s.quote.speaker,
            via=s.quote.via,
        )
        for s in ordered
    )
    speakers = Counter(s.speaker for s in ordered if s.speaker)
    return AlignedQuote(
        id="",
        speaker=min(speakers, key=lambda s: (-speakers[s], s)) if speakers else None,
        readings=readings,
        table=_table(material, ordered),
    )


def _table(material: Material, ordered: list[Statement]) -> tuple[tuple[Cell | None, ...], ...]:
    """The columns of a word table; a statement with one reading needs none."""
    if len(ordered) < 2 or len(ordered) > TABLE_READINGS:
        return ()
    wordings: list[list[Word]] = []
    for s in ordered:
        text = material.by_id[s.article].text
        wordings.append([word for span in s.spans for word in find_words(text, span.start, span.end)])
    return tuple(
        tuple(Cell(text=w.text, start=w.start, end=w.end) if w else None for w in column)
        for column in align_words(wordings)
    )


def readings_of(quote: AlignedQuote) -> tuple[Reading, ...]:
    """A quote's readings as plain readings, one a span."""
    return tuple(Reading(article=r.article, start=s.start, end=s.end) for r in quote.readings for s in r.spans)
