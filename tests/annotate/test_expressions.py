"""Kinds of time expression, each against a report of a Wednesday and one without a day."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.read.plain import build_article

WEDNESDAY = "2025-02-19"
# Text, the words of the time, its value with its first and last day on a Wednesday, and its value without a day
# (None: that is not asked).
CASES: list[tuple[str, str, str, str | None, str | None, str | None]] = [
    ("It rained in early March 2024.", "early March 2024", "2024-03", "2024-03-01", "2024-03-11", "2024-03"),
    ("His term ended in May last year.", "May last year", "2024-05", "2024-05-01", "2024-05-31", "XXXX-05"),
    ("He spoke in late January.", "late January", "2025-01", "2025-01-21", "2025-01-31", "XXXX-01"),
    (
        "Seen between Saturday and Sunday.",
        "between Saturday and Sunday",
        "2025-02-15/2025-02-16",
        "2025-02-15",
        "2025-02-16",
        "XXXX-WXX-6",
    ),
    ("He spoke this June.", "this June", "2025-06", "2025-06-01", "2025-06-30", "XXXX-06"),
    ("He left in mid-June 2023.", "mid-June 2023", "2023-06", "2023-06-10", "2023-06-21", "2023-06"),
    ("He spoke on Sat. morning.", "Sat. morning", "2025-02-15TMO", "2025-02-15", "2025-02-15", "XXXX-WXX-6TMO"),
    ("He spoke last Friday night.", "last Friday night", "2025-02-14TNI", "2025-02-14", "2025-02-14", "XXXX-WXX-5TNI"),
    ("He will speak next Tuesday.", "next Tuesday", "2025-02-25", "2025-02-25", "2025-02-25", "XXXX-WXX-2"),
    ("He spoke this Monday.", "this Monday", "2025-02-17", "2025-02-17", "2025-02-17", "XXXX-WXX-1"),
    ("He spoke yesterday morning.", "yesterday morning", "2025-02-18TMO", "2025-02-18", "2025-02-18", "XXXX-XX-XX"),
    ("He will speak tomorrow evening.", "tomorrow evening", "2025-02-20TEV", "2025-02-20", "2025-02-20", "XXXX-XX-XX"),
    ("He left tonight.", "tonight", "2025-02-19TNI", "2025-02-19", "2025-02-19", "PRESENT_REF"),
    ("He left this evening.", "this evening", "2025-02-19TEV", "2025-02-19", "2025-02-19", "XXXX-XX-XXTEV"),
    ("He left last night.", "last night", "2025-02-18TNI", "2025-02-18", "2025-02-18", "XXXX-XX-XXTNI"),
    ("They met earlier this week.", "earlier this week", "2025-W08", "2025-02-17", "2025-02-18", "XXXX-WXX"),
    ("They met early last week.", "early last week", "2025-W07", "2025-02-10", "2025-02-12", "XXXX-WXX"),
    ("They will meet late next week.", "late next week", "2025-W09", "2025-02-27", "2025-03-02", "XXXX-WXX"),
    ("They met at the end of last week.", "the end of last week", "2025-W07", "2025-02-13", "2025-02-16", "XXXX-WXX"),
    ("In the past week they met twice.", "the past week", "P1W", "2025-02-12", "2025-02-19", None),
    ("They met last weekend.", "last weekend", "2025-W07-WE", "2025-02-15", "2025-02-16", "XXXX-WXX-WE"),
    ("They met over the weekend.", "the weekend", "2025-W07-WE", "2025-02-15", "2025-02-16", "XXXX-WXX-WE"),
    ("They will meet next weekend.", "next weekend", "2025-W09-WE", "2025-03-01", "2025-03-02", "XXXX-WXX-WE"),
    ("They met this weekend.", "this weekend", "2025-W07-WE", "2025-02-15", "2025-02-16", "XXXX-WXX-WE"),
    ("They met last month.", "last month", "2025-01", "2025-01-01", "2025-01-31", "XXXX-XX"),
    ("They met early this month.", "early this month", "2025-02", "2025-02-01", "2025-02-10", "XXXX-XX"),
    ("They met late last month.", "late last month", "2025-01", "2025-01-21", "2025-01-31", "XXXX-XX"),
    ("They met last quarter.", "last quarter", "2024-Q4", "2024-10-01", "2024-12-31", None),
    ("They met in this decade.", "this decade", "202", "2020-01-01", "2029-12-31", None),
    ("They will meet next decade.", "next decade", "203", "2030-01-01", "2039-12-31", None),
    ("It was built last century.", "last century", "19", None, None, None),
    ("It will close next year.", "next year", "2026", "2026-01-01", "2026-12-31", "XXXX"),
    ("It closed later this year.", "later this year", "2025", "2025-02-19", "2025-12-31", "XXXX"),
    ("In the past three years they met.", "the past three years", "P3Y", "2022-02-19", "2025-02-19", "P3Y"),
    ("In the next two weeks they meet.", "the next two weeks", "P2W", "2025-02-19", "2025-03-05", "P2W"),
    ("In the last five months they met.", "the last five months", "P5M", "2024-09-19", "2025-02-19", "P5M"),
    ("In the first two days they met.", "the first two days", "P2D", None, None, "P2D"),
    ("They met three weeks ago.", "three weeks ago", "2025-W05", "2025-01-26", "2025-02-01", "XXXX-XX-XX"),
    ("They met an hour ago.", "an hour ago", "2025-02-19", "2025-02-19", "2025-02-19", "XXXX-XX-XX"),
    ("They met a fortnight ago.", "a fortnight ago", "2025-W06", "2025-02-02", "2025-02-08", "XXXX-XX-XX"),
    ("They met two decades ago.", "two decades ago", "2005", "2005-01-01", "2005-12-31", "XXXX-XX-XX"),
    ("They met two days earlier.", "two days earlier", "XXXX-XX-XX", None, None, "P2D"),
    ("They met several years ago.", "several years ago", "PAST_REF", None, None, "PAST_REF"),
    ("They meet two days from now.", "two days from now", "2025-02-21", "2025-02-21", "2025-02-21", "XXXX-XX-XX"),
    ("It lasted a couple of weeks.", "a couple of weeks", "P2W", None, None, "P2W"),
    ("It lasted 90 minutes.", "90 minutes", "PT90M", None, None, "PT90M"),
    ("It lasted 30 seconds.", "30 seconds", "PT30S", None, None, "PT30S"),
    ("It lasted two fortnights.", "two fortnights", "P4W", None, None, "P4W"),
    ("It lasted several days.", "several days", "PXD", None, None, "PXD"),
    ("It took 2.5 years.", "2.5 years", "P2Y6M", None, None, "P2Y6M"),
    ("It took 5 1/2 hours.", "5 1/2 hours", "PT5H30M", None, None, "PT5H30M"),
    ("It took dozens of years.", "dozens of years", "PXY", None, None, "PXY"),
    ("They waited for hours.", "hours", "PTXH", None, None, "PTXH"),
    ("They waited in the days before the vote.", "days", "PXD", None, None, "PXD"),
    ("They waited two days before they left.", "two days", "P2D", None, None, "P2D"),
    ("They met in the summer of 2023.", "the summer of 2023", "2023-SU", "2023-06-01", "2023-08-31", "2023-SU"),
    ("They meet this spring.", "this spring", "2025-SP", "2025-03-01", "2025-05-31", "XXXX-SP"),
    ("They met in the 1990s.", "the 1990s", "199", "1990-01-01", "1999-12-31", "199"),
    ("They met in the late 1980s.", "the late 1980s", "198", "1980-01-01", "1989-12-31", "198"),
    ("They met in the '60s.", "the '60s", "196", "1960-01-01", "1969-12-31", "196"),
    ("They met in early 2019.", "early 2019", "2019", "2019-01-01", "2019-05-02", "2019"),
    ("They met in mid-2020.", "mid-2020", "2020", "2020-05-01", "2020-09-01", "2020"),
    ("They met in late 2018.", "late 2018", "2018", "2018-09-01", "2018-12-31", "2018"),
    ("They will meet this June.", "this June", "2025-06", "2025-06-01", "2025-06-30", "XXXX-06"),
    ("They met in October.", "October", "2024-10", "2024-10-01", "2024-10-31", "XXXX-10"),
    ("They met in 2019.", "2019", "2019", "2019-01-01", "2019-12-31", "2019"),
    ("They met at 14:30 GMT.", "14:30 GMT", "2025-02-19T14:30", "2025-02-19", "2025-02-19", "XXXX-XX-XXT14:30"),
    ("They met at 9 p.m.", "9 p.m.", "2025-02-19T21:00", "2025-02-19", "2025-02-19", "XXXX-XX-XXT21:00"),
    (
        "They met at 12 a.m. Monday.",
        "12 a.m. Monday",
        "2025-02-17T00:00",
        "2025-02-17",
        "2025-02-17",
        "XXXX-XX-XXT00:00",
    ),
    (
        "They met at midnight Tuesday.",
        "midnight Tuesday",
        "2025-02-18T24:00",
        "2025-02-18",
        "2025-02-18",
        "XXXX-XX-XXT24:00",
    ),
    ("They meet every two weeks.", "every two weeks", "P2W", None, None, "P2W"),
    ("They meet every morning.", "every morning", "XXXX-XX-XXTMO", None, None, "XXXX-XX-XXTMO"),
    ("They meet each year.", "each year", "P1Y", None, None, "P1Y"),
    ("They meet every Friday.", "every Friday", "XXXX-WXX-5", None, None, "XXXX-WXX-5"),
    ("It is published weekly.", "weekly", "P1W", None, None, "P1W"),
    ("Prices are falling now.", "now", "PRESENT_REF", None, None, "PRESENT_REF"),
    ("They met on Christmas Day.", "Christmas Day", "2024-12-25", "2024-12-25", "2024-12-25", "XXXX-12-25"),
    ("They met on Thanksgiving.", "Thanksgiving", "2024-11-28", "2024-11-28", "2024-11-28", "XXXX-11"),
    ("They met in the second quarter.", "the second quarter", "2024-Q2", "2024-04-01", "2024-06-30", "XXXX-Q2"),
    ("They met in the year-ago quarter.", "the year-ago quarter", "2023-Q4", "2023-10-01", "2023-12-31", "XXXX-QX"),
    ("They met in the 2023 third-quarter.", "the 2023 third-quarter", "2023-Q3", "2023-07-01", "2023-09-30", "2023-Q3"),
    ("It sank in nineteen sixty.", "nineteen sixty", "1960", "1960-01-01", "1960-12-31", "1960"),
    ("They met on the 14th of March.", "14th of March", "2025-03-14", "2025-03-14", "2025-03-14", "XXXX-03-14"),
    ("They met on March 14, 2022.", "March 14, 2022", "2022-03-14", "2022-03-14", "2022-03-14", "2022-03-14"),
    ("They met on 14 March.", "14 March", "2025-03-14", "2025-03-14", "2025-03-14", "XXXX-03-14"),
    ("They met on 2022-03-14.", "2022-03-14", "2022-03-14", "2022-03-14", "2022-03-14", "2022-03-14"),
    ("They met on 14/03/2022.", "14/03/2022", "2022-03-14", "2022-03-14", "2022-03-14", "2022-03-14"),
]
NO_TIMES = [
    "The Sun said so.",
    "They meet Sat in the office.",
    "That night he left.",
    "Earlier that day he left.",
    "He was 20 years old.",
    "They may march through the city.",
    "Jan told the others.",
    "They met at 31:75 GMT.",
    "Wait a minute.",
]


def times(text: str, published: str | None) -> list[tuple[str, str, str | None, str | None]]:
    """The times of a report: words, value, first and last day."""
    article = build_article(id="a", path="a", text=text, language="en", published=published)
    return [(text[t.start : t.end], t.value, t.first, t.last) for t in next(annotate([article])).times]


@pytest.mark.parametrize(("text", "words", "value", "first", "last", "undated"), CASES)
def test_each_kind_of_time(
    text: str, words: str, value: str, first: str | None, last: str | None, undated: str | None
) -> None:
    """The value follows TIMEX3; without a day of the report it says what is not known, and guesses no day."""
    assert times(text, WEDNESDAY) == [(words, value, first, last)]
    if undated is not None:
        assert [(found[0], found[1]) for found in times(text, None)] == [(words, undated)]


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_is_no_time(text: str) -> None:
    """A newspaper, a verb, an age, and a day that leans on none."""
    assert times(text, WEDNESDAY) == []


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("He came on Monday. Later that day he left.", "Later that day", "2025-02-17"),
        ("He came on Monday. The same day he left.", "The same day", "2025-02-17"),
        ("He came on Monday. The following evening he left.", "The following evening", "2025-02-18"),
        ("Five days before the anniversary, on Friday, they met.", "the anniversary", "2025-02-19"),
    ],
)
def test_days_that_lean_on_another(text: str, words: str, day: str) -> None:
    """The day is counted from the one that was named last, where that is known."""
    assert (day, day) in [(first, last) for said, _, first, last in times(text, WEDNESDAY) if said == words]
    assert words not in [said for said, *_ in times(text, None)]


def test_a_year_earlier_is_the_quarter_of_the_year_before() -> None:
    """Where a report compares quarters."""
    found = times("In the third quarter of 2024 sales fell; a year earlier they rose.", WEDNESDAY)
    assert ("a year earlier", "2023-Q3", "2023-07-01", "2023-09-30") in found
