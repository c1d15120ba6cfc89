"""Where they differ: each difference as its sides, the weighty ones open."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from msgspec import Struct

from rashomon.model import Difference, DifferenceKind, Side, SideReading
from rashomon.report.view.cites import NOTHING, SEVERAL, Cites, ViewContext, cite, n_articles, paragraph_of
from rashomon.report.view.words import begun, end_of, listed, say_n, start_of, unquoted
from rashomon.text.abbreviations import ends_in_abbreviation
from rashomon.text.words import fold_text

# Open stand so many of some weight, and of any weight at least so many.
MOST_OPEN, LEAST_OPEN, WEIGHTY = 8, 3, 2
# Smaller ones in the fold, and sides of one difference.
MOST_SMALLER, MOST_SIDES = 60, 12
# Quotations under one side; more letters than these are told by number.
MOST_EVIDENCE, MOST_SILENT = 6, 8
FEWER_EVIDENCE = 3
# Evidence of fewer words than these is shown with so many around it, looked for within so many characters.
FEW_WORDS, AROUND, REACH = 8, 7, 120
_SENTENCE_END = re.compile(r"(?<=[.!?][\s”\"])\s{0,3}(?=[\"“A-Z]|$)")
KINDS: dict[DifferenceKind, str] = {
    "number": "Number",
    "date": "Date",
    "attribution": "Source",
    "wording": "Wording",
    "framing": "Framing",
    "fact": "Fact",
}


class Evidence(Struct, frozen=True):
    """Words of some reports that say a side, and who is named as their source."""

    cites: Cites
    words: str
    who: str


class SideColumn(Struct, frozen=True):
    """One of the things said, with its evidence; `likewise` are the letters without words of their own."""

    says: str
    extent: str
    evidence: tuple[Evidence, ...]
    likewise: Cites
    cites: Cites


class DifferenceRow(Struct, frozen=True):
    """A difference with its number, which is what links name it by."""

    id: str
    number: int
    kind: str
    heading: str
    sides: tuple[SideColumn, ...]
    silent: str
    note: str


class Differences(Struct, frozen=True):
    """The open differences, the smaller ones, and those whose sides can all be true."""

    open: tuple[DifferenceRow, ...]
    smaller: tuple[DifferenceRow, ...]
    fitting: tuple[DifferenceRow, ...]

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.open or self.smaller or self.fitting)


def ranked(context: ViewContext) -> list[Difference]:
    """The differences as they are numbered: open ones by weight, then the smaller, then what fits together."""
    shown = [d for d in context.collation.differences if d.sides and d.sure and not _in_remarks(d)]
    parting = sorted((d for d in shown if not d.fits), key=lambda d: -d.weight)
    fitting = [d for d in shown if d.fits]
    return [*parting[: MOST_OPEN + MOST_SMALLER], *fitting[:MOST_SMALLER]]


def _in_remarks(difference: Difference) -> bool:
    """Whether it is a difference of words inside quotation marks, which the remarks show word by word."""
    return difference.kind == "wording" and any(row.startswith("q") for row in difference.rows)


def view_differences(context: ViewContext) -> Differences:
    """All differences, in the order of their numbers."""
    found = ranked(context)
    rows = [_row(context, number, difference) for number, difference in enumerate(found, start=1)]
    parting = [row for row, difference in zip(rows, found, strict=True) if not difference.fits]
    n_weighty = sum(not d.fits and d.weight >= WEIGHTY for d in found)
    n_open = max(min(MOST_OPEN, n_weighty), min(LEAST_OPEN, len(parting)))
    return Differences(
        tuple(parting[:n_open]),
        tuple(parting[n_open : n_open + MOST_SMALLER]),
        tuple(rows[len(parting) :][:MOST_SMALLER]),
    )


def _row(context: ViewContext, number: int, difference: Difference) -> DifferenceRow:
    silent = sorted((a for a in difference.silent if a in context.order), key=context.order.__getitem__)
    letters = ", ".join(context.letters[a] for a in silent)
    n_left = len(difference.sides) - MOST_SIDES
    return DifferenceRow(
        id=difference.id,
        number=number,
        kind=KINDS[difference.kind],
        heading=begun(context.words.cut(difference.text)),
        sides=tuple(_side(context, side) for side in difference.sides[:MOST_SIDES]),
        silent=letters if len(silent) <= MOST_SILENT else say_n(len(silent), "report"),
        note=" · ".join(
            filter(
                None,
                (
                    difference.note,
                    *_one_text(context, difference),
                    f"{say_n(n_left, 'more side')} in the JSON" if n_left > 0 else "",
                ),
            )
        ),
    )


def _one_text(context: ViewContext, difference: Difference) -> list[str]:
    """A note on each side that several reports say, all of them in one text; of many reports accounts are counted instead."""
    if context.n_reports > SEVERAL:
        return []
    sides = [
        sorted({r.article for r in side.readings}, key=context.order.__getitem__)
        for side in difference.sides[:MOST_SIDES]
    ]
    alike = [ids for ids in sides if len(ids) > 1 and len({context.texts[a] for a in ids}) == 1]
    return list(dict.fromkeys(f"{listed([context.letters[a] for a in ids])} are one text." for ids in alike))


def _side(context: ViewContext, side: Side) -> SideColumn:
    """Each letter once in its first words; letters with the same words together."""
    first: dict[str, SideReading] = {}
    for reading in side.readings:
        first.setdefault(reading.article, reading)
    by_words: dict[tuple[str, str], list[str]] = defaultdict(list)
    for article, reading in first.items():
        named = context.words.cut_part(reading.who or "", 2)
        who = "" if named.lower() in side.says.lower() else named
        words = _evidence(context, reading)
        by_words["" if _is_said(words, side.says) else words, who].append(article)
    most = MOST_EVIDENCE if context.n_reports <= SEVERAL else FEWER_EVIDENCE
    pairs = sorted(by_words.items(), key=lambda pair: (not pair[0][0], min(context.order[a] for a in pair[1])))
    told = [(words, who, articles) for (words, who), articles in pairs if words][:most]
    shown = {article for _, _, articles in told for article in articles}
    rest = [r for r in side.readings if r.article not in shown]
    evidence = tuple(
        Evidence(cite(context, [r for r in side.readings if r.article in articles]), words, who)
        for words, who, articles in told
    )
    return SideColumn(
        says=begun(context.words.cut(side.says)),
        extent=_extent(context, side) if context.n_reports > SEVERAL else "",
        evidence=evidence,
        likewise=cite(context, rest) if rest else NOTHING,
        cites=cite(context, side.readings),
    )


def _is_said(words: str, says: str) -> bool:
    """Whether a side that is headed by a quotation has these words in its head already."""
    head, told = fold_text(says), fold_text(words)
    is_begun = told.startswith(head) and len(head.split()) >= FEW_WORDS
    return says.startswith("“") and bool(told) and (head.startswith(told) or is_begun)


def _evidence(context: ViewContext, reading: SideReading) -> str:
    """The words of a reading; where they are few, with what stands around them in their sentence."""
    text = context.articles[reading.article].text
    at = text.find(reading.words, reading.start, reading.end)
    if len(reading.words.split()) >= FEW_WORDS or at < 0:
        return context.words.evidence(reading.words)
    end = at + len(reading.words)
    within = context.paragraphs[reading.article][paragraph_of(context, reading.article, at) - 1]
    before = _sentences(text[max(within.start, at - REACH) : at])[-1]
    after = "" if text[end - 1] in ".!?" else _sentences(text[end : min(within.end, end + REACH)])[0]
    n_before, n_after = len(before.split()), len(after.split())
    around = f"{end_of(before, AROUND)}{reading.words}{start_of(after, AROUND)}"
    told = f"{'… ' * (n_before > AROUND)}{unquoted(' '.join(around.split()))}{' …' * (n_after > AROUND)}"
    return context.words.cut_part(told, 2)


def _sentences(text: str) -> list[str]:
    """The text cut at the ends of its sentences; the full stop of an abbreviation is none."""
    ends = [m for m in _SENTENCE_END.finditer(text) if not ends_in_abbreviation(text, 0, m.start() - 1)]
    bounds = [(0, 0), *((m.start(), m.end()) for m in ends), (len(text), len(text))]
    return [text[start:end] for (_, start), (end, _) in pairwise(bounds)]


def _extent(context: ViewContext, side: Side) -> str:
    accounts = {context.accounts[r.article] for r in side.readings}
    return f"{say_n(n_articles(side.readings), 'report')}, {say_n(len(accounts), 'account')}"
