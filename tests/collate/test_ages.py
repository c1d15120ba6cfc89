"""Whose age a number tells, and that the ages of one person are lined up."""

from __future__ import annotations

import msgspec
import pytest

from rashomon.annotate import annotate
from rashomon.collate.ages import OF, UNIT, owners_of_ages
from rashomon.collate.differences.numbers import find_other_numbers
from rashomon.collate.lining.counts import Counted
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.model import AlignedFigure, Collation, FigureReading, Intake, Reading
from rashomon.read.plain import build_article
from rashomon.run import collate_articles


def owners(text: str) -> list[str | None]:
    """Whose each age of a text is, in their order."""
    article = build_article(id="a", path="a.txt", text=text, language="en")
    material = Material([article], list(annotate([article])))
    figures = [f for f in material.found["a"].figures if f.unit == "year of age"]
    return owners_of_ages(material, Names(material), [Counted("a", f) for f in figures])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Keller, 41, was pulled from the water by a fisherman.", ["Anna Keller"]),
        ("Police said a cyclist, Petra Amsel, 35, was hurt on Main Street in the morning.", ["Petra Amsel"]),
        ("Anna Keller, who is 41 years old, was pulled from the water.", ["Anna Keller"]),
        ("Police named the driver as 41-year-old Anna Keller on Monday.", ["Anna Keller"]),
        ("The 41-year-old captain, Anna Keller, was pulled from the water.", ["Anna Keller"]),
        ("Anna Keller, a 41-year-old teacher from Linz, was pulled from the water.", ["Anna Keller"]),
        ("Anna Keller, 41, and Peter Huber, 63, were pulled from the water.", ["Anna Keller", "Peter Huber"]),
        ("Her 3-year-old daughter and her mother, Anna Keller, were unhurt.", [None]),
        ("The 41-year-old died at the scene, Anna Keller said.", [None]),
        ("The 41-year-old was pulled from the water by a fisherman.", [None]),
    ],
)
def test_whose_age_it_is(text: str, expected: list[str | None]) -> None:
    """Of the person who is named beside it, and of nobody else."""
    assert owners(text) == expected


def reports(*texts: str, days: tuple[str, ...] = ("2026-04-14",) * 2) -> Collation:
    """Some texts, collated."""
    articles = tuple(
        build_article(id=f"r{n}", path=f"r{n}.txt", text=text, published=day, language="en")
        for n, (text, day) in enumerate(zip(texts, days, strict=True))
    )
    return collate_articles(Intake(articles=articles, rejects=()))[0]


def test_ages_of_one_person_are_one_row_and_may_differ() -> None:
    """However the reports call them; the difference asks how old they are."""
    found = reports(
        "The ferry sank off Linz on Monday.\n\nIts captain, Anna Keller, 41, was pulled from the water.",
        "A ferry went down near Linz on Monday.\n\nThe 43-year-old skipper, Anna Keller, survived the night.",
    )
    [row] = [f for f in found.figures if f.unit == "year of age"]
    assert (row.title, row.relation) == ("age of Anna Keller", "conflict")
    [difference] = [d for d in found.differences if row.id in d.rows and d.kind == "number"]
    assert (difference.topic, [s.says for s in difference.sides]) == ("How old Anna Keller is", ["41", "43"])


def test_a_surname_of_two_people_is_whose_the_report_means() -> None:
    """Another report's Keller of 41 is the man it tells of, not the woman that the first gives 35 years."""
    found = reports(
        "The singer Anna Keller, 35, won the prize in Linz on Monday. Her fans sang all night in the streets of Linz.",
        "The trader Jonas Keller was arrested in Linz on Monday. Keller, 41, denied it, his lawyer told the court.",
    )
    ages = {f.title: [r.low for r in f.readings] for f in found.figures if f.unit == UNIT}
    assert ages == {OF + "Anna Keller": [35], OF + "Jonas Keller": [41]}


def test_a_report_that_gives_two_ages_tells_of_two_times() -> None:
    """They are not lined up because they are one person's."""
    found = reports(
        "The ferry sank off Linz on Monday.\n\nAnna Keller, 41, was the captain. Anna Keller, 19, had won a race once.",
        "A ferry went down near Linz on Monday.\n\nAnna Keller, 41, survived the night.",
    )
    ages = [f for f in found.figures if f.unit == "year of age"]
    assert {r.low for f in ages for r in f.readings} == {19, 41}
    assert all(len({r.low for r in f.readings}) == 1 for f in ages)


def test_ages_of_nobody_by_name_are_no_difference() -> None:
    """Two girls may be four and six; neither the number nor who gives it parts the reports."""
    places = [Reading(article=name, start=0, end=1) for name in "ab"]
    readings = [
        FigureReading(article=r.article, start=0, end=1, low=age, high=age, change="=", attributed_to=None)
        for r, age in zip(places, (4.0, 6.0), strict=True)
    ]
    girls = AlignedFigure(
        id="f1", about="girls", title="girls", unit=UNIT, relation="conflict", readings=tuple(readings)
    )
    anna = msgspec.structs.replace(girls, title=f"{OF}Anna Keller")
    articles = [build_article(id=r.article, path=r.article, text="4", language="en") for r in places]
    material = Material(articles, list(annotate(articles)))
    assert not list(find_other_numbers(material, Names(material), [girls]))
    assert len(list(find_other_numbers(material, Names(material), [anna]))) == 1


@pytest.mark.parametrize(
    ("days", "fits"),
    [
        (("2026-04-14", "2026-04-16"), False),
        (("2026-04-14", "2027-05-01"), True),
        (("2026-04-14", "2026-06-20"), True),
        (("2027-05-01", "2026-04-14"), False),
        (("2016-04-14", "2026-04-14"), False),
    ],
)
def test_a_person_ages_from_one_report_to_another(days: tuple[str, ...], fits: bool) -> None:
    """The later report may give the higher age, where so much time lies between."""
    told = "The ferry sank off Linz in 2026.\n\nIts captain, Anna Keller, {}, was pulled from the water."
    found = reports(told.format(41), told.format(42), days=days)
    [difference] = [d for d in found.differences if d.topic == "How old Anna Keller is"]
    assert difference.fits is fits
