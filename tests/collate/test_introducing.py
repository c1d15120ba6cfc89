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
    "The inquiry was led by Ivo Brandt, said Weir. Dictator Kasimir Stoll wrote to Weir. Stoll is old. Her husband Olaf Weir was there. "
    "Suspect Max Hart shot at the bridge. Former mayor Ida Strand stayed. The conservative Jon Lund stayed too."
)


def told(*lines: str, place: str = "a", parts: tuple[BriefingPart, ...] = ()) -> list[BriefingSentence]:
    """Some lines that rest on the first report, or the other, or one made of parts, with the persons introduced."""
    texts = {"a": REPORT, "b": "Ada Weir was there. Edda Falk was not."}
    articles = [build_article(id=name, path=name, text=text, language="en") for name, text in texts.items()]
    material = Material(articles, list(annotate(articles)))
    cites = (Reading(article=place, start=0, end=12),)
    sentences = [
        BriefingSentence(text=line, cites=cites, group="agree", parts=(BriefingPart(text=line, cites=cites),))
        for line in lines
    ]
    if parts:
        sentences.append(BriefingSentence(text="", cites=cites, group="differ", parts=parts))
    return list(introduced(material, Names(material), sentences))


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
        ("Edda Falk and Ada Weir met.", "Edda Falk and Harbour Minister Ada Weir met."),
        ("The Ada Weir Bridge was closed.", "The Ada Weir Bridge was closed."),
        ("The Edda Falk-led board met.", "The Edda Falk-led board met."),
        ("The board (led by Edda Falk) met.", "The board (led by Edda Falk) met."),
        ("The board met its chair, Edda Falk.", "The board met its chair, Edda Falk."),
        ("When Ada Weir closed the bridge", "When Harbour Minister Ada Weir closed the bridge"),
        ("Max Hart shot at the bridge.", "Max Hart shot at the bridge."),
        ("Jon Lund stayed.", "Jon Lund stayed."),
        ("Weir closed the bridge.", "Harbour Minister Ada Weir closed the bridge."),
        ("Stoll wrote to the minister.", "Kasimir Stoll wrote to the minister."),
        ("The dictator met Stoll.", "The dictator met Kasimir Stoll."),
        ("Ada Weir stays harbour minister.", "Ada Weir stays harbour minister."),
        ("Kasimir K. Stoll wrote.", "Kasimir K. Stoll wrote."),
        ("The Stoll plan was read.", "The Stoll plan was read."),
        ("Old Stoll wrote.", "Old Stoll wrote."),
        ("The embassy in Stoll was closed.", "The embassy in Stoll was closed."),
        (
            "The bridge was closed, according to Ida Strand.",
            "The bridge was closed, according to former mayor Ida Strand.",
        ),
    ],
)
def test_who_somebody_is(line: str, expected: str) -> None:
    """A title before the name, a role behind it; nothing where one stands there, would break the line, judges, or is whose they are."""
    assert told(line)[0].text == expected


def test_once_and_by_a_report_behind_the_line() -> None:
    """The place of the title is one more that the line rests on; who was introduced is not again, nor by what is not cited."""
    first, second = told("Ada Weir closed the bridge.", "Ada Weir left.")
    at = REPORT.index("Harbour Minister")
    assert Reading(article="a", start=at, end=at + len("Harbour Minister")) in first.cites
    assert set(first.parts[0].cites) < set(first.cites)
    assert second.text == "Ada Weir left."
    assert told("Ada Weir was there.", place="b")[0].text == "Ada Weir was there."


def test_a_role_that_would_be_taken_for_another_side_is_left_out() -> None:
    """Behind a name a comma follows, or "or", a role would read as one more who says it."""
    cites = (Reading(article="a", start=0, end=12),)
    [line] = told("Who says so: Edda Falk")
    assert line.text == "Who says so: Edda Falk, the head of the port"
    parts = (
        BriefingPart(text="Who says so: Edda Falk", cites=cites),
        BriefingPart(text=", Ada Weir, or Ivo Brandt.", cites=cites),
    )
    [line] = told(parts=parts)
    assert line.text == "Who says so: Edda Falk, Ada Weir, or Ivo Brandt."
