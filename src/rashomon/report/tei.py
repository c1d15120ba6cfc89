"""The variants of quotes as a TEI critical apparatus (TEI P5, chapter 12): one witness a report."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from lxml import etree

from rashomon.model import AlignedQuote, Cell, Collation
from rashomon.report.views import wide_quotes

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def tei_apparatus(collation: Collation) -> bytes:
    """A TEI document with an `app` wherever the readings of a quote do not have the same word."""
    root = etree.Element("TEI", nsmap={None: NAMESPACE})
    header = etree.SubElement(root, "teiHeader")
    described = etree.SubElement(header, "fileDesc")
    etree.SubElement(etree.SubElement(described, "titleStmt"), "title").text = _clean(
        f"Wordings of quotations: {collation.story.title or collation.story.id}"
    )
    etree.SubElement(etree.SubElement(described, "publicationStmt"), "p").text = "Made by Rashomon."
    witnesses = etree.SubElement(etree.SubElement(described, "sourceDesc"), "listWit")
    marks = {card.id: f"w{n}" for n, card in enumerate(collation.articles, start=1)}
    for card in collation.articles:
        witness = etree.SubElement(witnesses, "witness", {_ID: marks[card.id]})
        witness.text = _clean(f"{card.source or card.id}: {card.title or 'untitled'}")
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for quote in wide_quotes(collation.quotes):
        if quote.table:
            _paragraph(body, quote, marks)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _paragraph(body: etree._Element, quote: AlignedQuote, marks: dict[str, str]) -> None:
    paragraph = etree.SubElement(body, "p", {_ID: quote.id})
    if quote.speaker:
        paragraph.set("resp", _clean(quote.speaker))
    wits = [f"#{marks[r.article]}" for r in quote.readings]
    last: etree._Element | None = None
    for agree, columns in groupby(quote.table, key=_agrees):
        run = list(columns)
        if agree:
            words = " ".join(next(c.text for c in column if c) for column in run) + " "
            if last is None:
                paragraph.text = _clean((paragraph.text or "") + words)
            else:
                last.tail = _clean((last.tail or "") + words)
            continue
        last = etree.SubElement(paragraph, "app")
        readings: dict[str, list[str]] = {}
        for n, wit in enumerate(wits):
            words = " ".join(cell.text for column in run if (cell := column[n]) is not None)
            readings.setdefault(words, []).append(wit)
        for words, held in readings.items():
            etree.SubElement(last, "rdg", wit=" ".join(dict.fromkeys(held))).text = _clean(words) or None
        last.tail = " "


def _agrees(column: Sequence[Cell | None]) -> bool:
    return all(column) and len({cell.text for cell in column if cell}) == 1


def _clean(words: str) -> str:
    """Words without characters that XML cannot hold."""
    return "".join(c for c in words if c >= " " or c in "\t\n")
