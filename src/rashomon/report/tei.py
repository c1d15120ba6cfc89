"""The variants of quotes as a TEI critical apparatus (TEI P5, chapter 12): one witness a report."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from lxml import etree

from rashomon.model import AlignedQuote, Cell, Collation
from rashomon.report.view.words import Words

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def tei_apparatus(collation: Collation, words: Words) -> bytes:
    """A TEI document with an `app` wherever the readings of a quote do not have the same word."""
    root = etree.Element("TEI", nsmap={None: NAMESPACE})
    header = etree.SubElement(root, "teiHeader")
    described = etree.SubElement(header, "fileDesc")
    etree.SubElement(etree.SubElement(described, "titleStmt"), "title").text = _clean(
        f"Wordings of quotations: {words.cut(collation.story.title or collation.story.id)}"
    )
    etree.SubElement(etree.SubElement(described, "publicationStmt"), "p").text = "Made by Rashomon."
    witnesses = etree.SubElement(etree.SubElement(described, "sourceDesc"), "listWit")
    marks = {card.id: f"w{n}" for n, card in enumerate(collation.articles, start=1)}
    for card in collation.articles:
        witness = etree.SubElement(witnesses, "witness", {_ID: marks[card.id]})
        witness.text = _clean(f"{card.source or card.id}: {words.cut(card.title or 'untitled')}")
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for quote in collation.quotes:
        if quote.table and len({r.article for r in quote.readings}) > 1:
            _paragraph(body, quote, marks, words)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _paragraph(body: etree._Element, quote: AlignedQuote, marks: dict[str, str], words: Words) -> None:
    paragraph = etree.SubElement(body, "p", {_ID: quote.id})
    if quote.speaker:
        paragraph.set("resp", _clean(words.cut(quote.speaker)))
    wits = [f"#{marks[r.article]}" for r in quote.readings]
    last: etree._Element | None = None
    table = _kept(quote, words)
    for agree, columns in groupby(table, key=_agrees):
        run = list(columns)
        if agree:
            said = " ".join(next(c.text for c in column if c) for column in run) + " "
            if last is None:
                paragraph.text = _clean((paragraph.text or "") + said)
            else:
                last.tail = _clean((last.tail or "") + said)
            continue
        last = etree.SubElement(paragraph, "app")
        readings: dict[str, list[str]] = {}
        for n, wit in enumerate(wits):
            said = " ".join(cell.text for column in run if (cell := column[n]) is not None)
            readings.setdefault(said, []).append(wit)
        for said, held in readings.items():
            etree.SubElement(last, "rdg", wit=" ".join(dict.fromkeys(held))).text = _clean(said) or None
        last.tail = " "
    if len(table) < len(quote.table):
        etree.SubElement(paragraph, "gap", reason="sampling")


def _kept(quote: AlignedQuote, words: Words) -> Sequence[Sequence[Cell | None]]:
    """The columns in which no witness has had more words than may stand together."""
    if words.longest is None:
        return quote.table
    had = [0] * len(quote.readings)
    for at, column in enumerate(quote.table):
        had = [n + (cell is not None) for n, cell in zip(had, column, strict=True)]
        if max(had) > words.longest:
            for n in range(len(had)):
                words.cut(" ".join(cell.text for row in quote.table if (cell := row[n]) is not None))
            return quote.table[:at]
    return quote.table


def _agrees(column: Sequence[Cell | None]) -> bool:
    return all(column) and len({cell.text for cell in column if cell}) == 1


def _clean(words: str) -> str:
    """Words without characters that XML cannot hold."""
    return "".join(c for c in words if c >= " " or c in "\t\n")
