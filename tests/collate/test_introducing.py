"""Persons introduced: the title or role of whom a line of the briefing is the first to name."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.introducing import introduced
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.model import BriefingPart, BriefingSentence, Reading
from rashomon.read.plain import build_article

REPORT = (
    "Harbour Minister Ada Weir closed the bridge of Tessmar on Friday. Edda Falk, the head of the port, called for an inquiry. "
    "The inquiry was led by Ivo Brandt, said Weir. Dictator Kasimir Stoll wrote to Weir. Her husband Olaf Weir was there."
)


def told(*lines: str, place: str = "a") -> list[BriefingSentence]:
    """Some lines that rest on the first report, or the other, with the persons introduced."""
    texts = {"a": REPORT, "b": "Ada Weir was there. Edda Falk was not."}
    articles = [build_article(id=name, path=name, text=text, language="en") for name, text in texts.items()]
    material = Material(articles, list(annotate(articles)))
    cites = (Reading(article=place, start=0, end=12),)
    sentences = [
        BriefingSentence(text=line, cites=cites, group="agree", parts=(BriefingPart(text=line, cites=cites),))
        for line in lines
    ]
    return list(introduced(Names(material), sentences))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ada Weir closed the bridge.", "Harbour Minister Ada Weir closed the bridge."),
        ("[Ada Weir] closed the bridge.", "[Harbour Minister Ada Weir] closed the bridge."),
        (
            "The bridge was closed, according to Ada Weir.",
            "The bridge was closed, according to Harbour Minister Ada Weir.",
        ),
        ("Ada Weir's bridge was closed.", "Harbour Minister Ada Weir's bridge was closed."),
        ("Edda Falk called for an inquiry.", "Edda Falk, the head of the port, called for an inquiry."),
        ("Edda Falk: “An inquiry!”", "Edda Falk, the head of the port: “An inquiry!”"),
        ("Edda Falk's inquiry has begun.", "Edda Falk's inquiry has begun."),
        ("Minister Ada Weir closed the bridge.", "Minister Ada Weir closed the bridge."),
        ("The board told “Ada Weir” so.", "The board told “Ada Weir” so."),
        ("Ivo Brandt led the inquiry.", "Ivo Brandt led the inquiry."),
        ("Kasimir Stoll wrote to the minister.", "Kasimir Stoll wrote to the minister."),
        ("Olaf Weir was there.", "Olaf Weir was there."),
    ],
)
def test_who_somebody_is(line: str, expected: str) -> None:
    """A title before the name, a role behind it; nothing where one stands there, would break the line, judges, or is whose they are."""
    assert told(line)[0].text == expected


def test_once_and_by_a_report_behind_the_line() -> None:
    """The place of the title is one more that the line rests on; who was introduced is not again, nor by what is not cited."""
    first, second = told("Ada Weir closed the bridge.", "Ada Weir left.")
    at = REPORT.index("Harbour Minister")
    assert Reading(article="a", start=at, end=at + len("Harbour Minister")) in first.parts[0].cites
    assert set(first.parts[0].cites) <= set(first.cites)
    assert second.text == "Ada Weir left."
    assert told("Ada Weir was there.", place="b")[0].text == "Ada Weir was there."
