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
