from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.model import Annotations
from rashomon.read.plain import build_article


def found(text: str) -> Annotations:
    """A text's annotations."""
    return next(annotate([build_article(id="a", path="a", text=text, language="en", published="2026-04-15")]))


CASES = [
    ("The harbour has 12 boats.", "12", 12, 12, "boat", "="),
    ("More than 200 people fled.", "More than 200", 200, None, "people", ">"),
    ("The fine was $2.4 million.", "$2.4 million", 2.4e6, 2.4e6, "dollar", "="),
    ("Shares fell 18 percent on Monday.", "18 percent", 18, 18, "percentage", "down"),
    ("Two-thirds of the voters stayed at home.", "Two-thirds", 66.6666, 66.6666, "percentage", "="),
    ("The ship made 20 miles per hour.", "20 miles per hour", 20, 20, "mile per hour", "="),
    ("The army must double its size.", "double", 2, 2, "times", "="),
    ("The fine was HK$3 million.", "HK$3 million", 3e6, 3e6, "hong kong dollar", "="),
    ("It cost 4 dollars per share.", "4 dollars per share", 4, 4, "dollar per share", "="),
    ("Some 60 commercial fishermen left.", "Some 60", 60, 60, "commercial fisherman", "~"),
    ("He wrote a 12 page report.", "12", 12, 12, "page", "="),
    ("Sales grew by 35 percent.", "35 percent", 35, 35, "percentage", "up"),
    ("It rose from 20 miles in 2008 to 29 miles.", "20 miles in 2008 to 29 miles", 20, 29, "mile", "="),
    ("A MULTI-BILLION-DOLLAR deal was signed.", "MULTI-BILLION-DOLLAR", 2e9, None, "dollar", ">"),
    ("There is a sub-500 sq m office.", "sub-500 sq m", None, 500, "square metre", "<"),
    ("They slept 5 1/2 hours.", "5 1/2 hours", 5.5, 5.5, "hour", "="),
    ("There were 30 who had been out of work.", "30", 30, 30, "people", "="),
    ("Oil cost 80 dollars a barrel.", "80 dollars a barrel", 80, 80, "dollar per barrel", "="),
    ("Nearly 30 boats sank.", "Nearly 30", None, 30, "boat", "~"),
    ("One out of three sailors swims.", "One out of three", 33.3333, 33.3333, "percentage", "="),
    ("About 7 in 10 sailors swim.", "About 7 in 10", 70, 70, "percentage", "~"),
    ("The Tessmar index: +0.2%.", "+0.2%", 0.2, 0.2, "percentage", "up"),
    ("The Tessmar index: -1.3%.", "-1.3%", -1.3, -1.3, "percentage", "down"),
    ("Shares kept plummeting 12 percent.", "12 percent", 12, 12, "percentage", "down"),
    ("Catches dropped by 1 to 1.5 tonnes.", "1 to 1.5 tonnes", 1, 1.5, "tonne", "down"),
    ("The line makes 40 Mbps.", "40 Mbps", 40, 40, "megabit per second", "="),
    ("It costs RM79 a month.", "RM79 a month", 79, 79, "malaysian ringgit per month", "="),
    ("They paid INR1 trillion.", "INR1 trillion", 1e12, 1e12, "indian rupee", "="),
    ("in small letters they paid usd 4 million.", "usd 4 million", 4e6, 4e6, "dollar", "="),
    ("A $240 million bridge was built.", "$240 million", 2.4e8, 2.4e8, "dollar", "="),
    ("They fined it PS2.7m.", "PS2.7m", 2.7e6, 2.7e6, "pound sterling", "="),
    ("The 18 month-old boy was found.", "18 month-old", 18, 18, "month of age", "="),
    ("It has 4 hundred million users.", "4 hundred million", 4e8, 4e8, "user", "="),
    ("It made $4.3M with fish.", "$4.3M", 4.3e6, 4.3e6, "dollar", "="),
    ("They sold 8 B litres.", "8 B litres", 8e9, 8e9, "litre", "="),
    ("The mayor, 57, was hurt.", "57", 57, 57, "year of age", "="),
    ("The docker, who is 58, was hurt.", "58", 58, 58, "year of age", "="),
    ("A girl of nine was hurt.", "nine", 9, 9, "year of age", "="),
    ("Children as young as five were hurt.", "five", 5, 5, "year of age", "="),
    ("1500 boats sank.", "1500", 1500, 1500, "boat", "="),
    ("There is a first-team squad of 20 first-team players.", "20", 20, 20, "first-team player", "="),
    ("Half the boats sank.", "Half", 50, 50, "percentage", "="),
    ("Half a million people fled.", "Half a million", 500_000, 500_000, "people", "="),
    ("He sailed for a quarter of a century.", "a quarter of a century", 25, 25, "year", "="),
    ("The war lasted three and a half decades.", "three and a half decades", 35, 35, "year", "="),
    ("It will last at least a decade.", "at least a decade", 10, None, "year", ">"),
    ("They lost most of their fleet.", "most", 50, 100, "percentage", "="),
    ("They sailed there twice.", "twice", 2, 2, "times", "="),
    ("Several hundred people fled.", "Several hundred", 200, None, "people", ">"),
    ("A majority of voters left.", "A majority", 50, 100, "percentage", "="),
    ("It took a half hour.", "a half hour", 0.5, 0.5, "hour", "="),
    ("One day after the flood they left.", "One day", 1, 1, "day", "="),
    ("It is a 7 nm chip.", "7 nm", 7, 7, "nanometre", "="),
    ("It has 450 Nm.", "450 Nm", 450, 450, "newton metre", "="),
    ("Children under the age of 5 years died.", "under the age of 5 years", None, 5, "year", "<"),
    ("On average 20 per week sank.", "20 per week", 20, 20, "per week", "="),
]


@pytest.mark.parametrize(("text", "words", "low", "high", "unit", "change"), CASES)
def test_figures_with_unit_and_change(
    text: str, words: str, low: float | None, high: float | None, unit: str, change: str
) -> None:
    """A figure is an interval with a unit and a change."""
    figure = found(text).figures[0]
    assert (text[figure.start : figure.end], figure.low, figure.high, figure.unit, figure.change) == (
        words,
        low,
        high,
        unit,
        change,
    )


def test_units_said_once_are_shared() -> None:
    """A number takes the unit its neighbour has, and a bound said before it."""
    assert [f.unit for f in found("It has a 7- or 8-inch screen.").figures] == ["inch", "inch"]
    again = found("They fly more than 100 kilometers (60 miles).").figures[1]
    assert (again.low, again.high, again.change) == (60, None, ">")


@pytest.mark.parametrize(
    "text",
    [
        "It began in 2021.",
        "She came on April 14, 2026.",
        "The S&P 500 closed.",
        "He is one of the best.",
        "They met at 2 p.m. in the town hall.",
        "See https://example.org/12/34 for more.",
        "COVID-19 came back.",
        "They looked at Planet 9 all night.",
        "The FTSE 100 utilities closed.",
        "They built a 5G net.",
        "Under Section 427 the ship was held.",
        "He bought a PS5 in the harbour.",
        "Tessmar beat Haldane 2-1 thanks to a late kick.",
        "Haldane lost 10-12 in the end.",
        "They slipped towards the bottom three.",
        "Between 1600 and 1900 world temperatures fell.",
        "He was mayor from 1999 to 2002.",
        "They watched the Haldane Seven there.",
        "It is twice as loud.",
    ],
)
def test_what_measures_nothing_is_no_figure(text: str) -> None:
    """Years, dates, clocks, names and addresses are left out."""
    assert found(text).figures == ()


def test_who_counted() -> None:
    """The speaker of the quote around a figure is who counted."""
    figure = found("The coast guard said that 31 people were hurt.").figures[0]
    assert (figure.attributed_to, figure.about) == ("coast guard", "people were hurt")


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("They launched 48 boats, most of which sank.", "most of which", 25, 48),
        ("Police held 9 men, the majority of them sailors.", "the majority of them", 5, 9),
        ("Most of the 48 boats sank.", "Most", 25, 48),
    ],
)
def test_a_majority_is_more_than_half_of_its_whole(text: str, words: str, low: float, high: float) -> None:
    """The words "most of which" are a figure when the whole is a number."""
    figures = [(text[f.start : f.end], f.low, f.high) for f in found(text).figures]
    assert (words, low, high) in figures


def test_a_majority_of_nothing_counted_is_no_figure() -> None:
    """Without a number to be the whole, "most of them" counts nothing."""
    assert not found("Most of them left.").figures
    assert [f.low for f in found("Sales fell 30 percent, most of which came in May.").figures] == [30]


def test_a_number_in_the_name_of_what_is_counted_is_not_counted() -> None:
    """Two new 737 jets are two."""
    assert [f.value for f in found("It grounded two new 737 Max jets.").figures] == [2]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Debt increased by 43.6 billion to 419.2 billion.", [(43.6e9, 43.6e9), (419.2e9, 419.2e9)]),
        ("The number went up in 2018 to 3.9 million.", [(3.9e6, 3.9e6)]),
        ("He would beat him 46 to 40 percent.", [(46, 46), (40, 40)]),
        ("The index closed at 16,644, 16 percent above its low.", [(16_644, 16_644), (16, 16)]),
    ],
)
def test_a_move_is_no_range(text: str, values: list[tuple[float, float]]) -> None:
    """What a quantity moved by, or a year before "to", is no lower end of what it came to."""
    assert [(f.low, f.high) for f in found(text).figures] == values


def test_a_comma_alone_shares_no_unit() -> None:
    """An index before a comma is not in percent because the number after it is."""
    assert [f.unit for f in found("It closed at 16,644, 16 percent above its low.").figures] == [None, "percentage"]


def test_a_move_said_again_in_brackets_moves_too() -> None:
    """The other measure of one move goes the same way."""
    figures = found("The sea warmed and ice shrank by 2 miles (3.2 km) there.").figures
    assert [f.change for f in figures] == ["down", "down"]


def test_words_tied_to_a_number_narrow_nothing() -> None:
    """What hangs on a second number by two hyphens is left out of what is counted."""
    assert [f.unit for f in found("The guards held two 12-round-capacity pistols.").figures][:1] == ["pistol"]
