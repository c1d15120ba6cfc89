from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.annotate.calendar import easter
from rashomon.read.plain import build_article

SUNDAY = "2025-02-23"
CASES = [
    ("He spoke on Sunday.", "Sunday", "2025-02-23", "2025-02-23", "2025-02-23"),
    ("He spoke on Friday.", "Friday", "2025-02-21", "2025-02-21", "2025-02-21"),
    ("He will speak on Friday.", "Friday", "2025-02-28", "2025-02-28", "2025-02-28"),
    ("They met last week.", "last week", "2025-W07", "2025-02-16", "2025-02-22"),
    ("They will meet next week.", "next week", "2025-W09", "2025-02-24", "2025-03-02"),
    ("They met this week.", "This week".lower(), "2025-W08", "2025-02-17", "2025-02-23"),
    ("They will travel this week.", "this week", "2025-W08", "2025-02-23", "2025-03-01"),
    ("His term ended in May last year.", "May last year", "2024-05", "2024-05-01", "2024-05-31"),
    ("He spoke in late January.", "late January", "2025-01", "2025-01-21", "2025-01-31"),
    ("He announced a summit for 6 March.", "6 March", "2025-03-06", "2025-03-06", "2025-03-06"),
    ("It happened yesterday.", "yesterday", "2025-02-22", "2025-02-22", "2025-02-22"),
    ("Boats came overnight.", "overnight", "2025-02-22TNI", "2025-02-22", "2025-02-23"),
    ("Boats came this afternoon.", "this afternoon", "2025-02-23TAF", "2025-02-23", "2025-02-23"),
    ("It began in February 2022.", "February 2022", "2022-02", "2022-02-01", "2022-02-28"),
    ("He was elected in 2019.", "2019", "2019", "2019-01-01", "2019-12-31"),
    (
        "Seen between Saturday and Sunday.",
        "between Saturday and Sunday",
        "2025-02-22/2025-02-23",
        "2025-02-22",
        "2025-02-23",
    ),
    ("It closed last December.", "last December", "2024-12", "2024-12-01", "2024-12-31"),
    ("Sales fell in the third quarter of 2024.", "the third quarter of 2024", "2024-Q3", "2024-07-01", "2024-09-30"),
    ("They met at 9 a.m. EST Friday.", "9 a.m. EST Friday", "2025-02-21T09:00", "2025-02-21", "2025-02-21"),
    ("They met at noon Friday.", "noon Friday", "2025-02-21T12:00", "2025-02-21", "2025-02-21"),
    ("They marched on Labor Day.", "Labor Day", "2024-09-02", "2024-09-02", "2024-09-02"),
    ("He was to leave, but had until Friday.", "Friday", "2025-02-28", "2025-02-28", "2025-02-28"),
    ("The offer had been due to end Friday.", "Friday", "2025-02-21", "2025-02-21", "2025-02-21"),
    ("The ministers meet Friday in the harbour.", "Friday", "2025-02-28", "2025-02-28", "2025-02-28"),
    ("They may have sailed on Friday.", "Friday", "2025-02-21", "2025-02-21", "2025-02-21"),
    ("They met Monday, the tenth anniversary of the flood.", "the tenth anniversary of the flood", *["2025-02-17"] * 3),
    ("A vigil on Friday marks the anniversary of the flood.", "the anniversary of the flood", *["2025-02-21"] * 3),
    ("On Friday, the eve of the tenth anniversary, they met.", "the tenth anniversary", *["2025-02-22"] * 3),
    ("He died on Friday. Hours earlier he had sailed.", "Hours earlier", "2025-02-21", "2025-02-21", "2025-02-21"),
    ("He sailed on Friday. They met the next morning.", "the next morning", "2025-02-22TMO", *["2025-02-22"] * 2),
    ("It was the best catch of the year.", "the year", "2025", "2025-01-01", "2025-12-31"),
    ("It sank in nineteen ninety-six.", "nineteen ninety-six", "1996", "1996-01-01", "1996-12-31"),
    ("Boats of the 19th century lay there.", "19th century", "18", "1800-01-01", "1899-12-31"),
    ("It took 2 1/2 years.", "2 1/2 years", "P2Y6M", None, None),
    ("It took three years.", "three years", "P3Y", None, None),
    ("They meet every Monday.", "every Monday", "XXXX-WXX-1", None, None),
    ("It took weeks.", "weeks", "PXW", None, None),
    ("They waited for months.", "months", "PXM", None, None),
    ("It ended within days.", "days", "PXD", None, None),
    ("It rained during hours of rest.", "hours", "PTXH", None, None),
    ("A decades-long war ended.", "decades-long", "PXDE", None, None),
    ("It took a minute and a half.", "a minute and a half", "PT1M30S", None, None),
    ("They slept half an hour.", "half an hour", "PT30M", None, None),
    ("He waited fourteen years.", "fourteen years", "P14Y", None, None),
    ("It rose for five straight days.", "five straight days", "P5D", None, None),
    ("It will rise in coming weeks.", "coming weeks", "PXW", None, None),
    ("They fished over the past year.", "the past year", "P1Y", "2024-02-23", "2025-02-23"),
    ("They fished in the last year.", "the last year", "P1Y", "2024-02-23", "2025-02-23"),
    ("They fished earlier this year.", "earlier this year", "2025", "2025-01-01", "2025-02-23"),
    ("He left in February of last year.", "February of last year", "2024-02", "2024-02-01", "2024-02-29"),
    ("It was built in the summer of 2015.", "the summer of 2015", "2015-SU", "2015-06-01", "2015-08-31"),
    ("He left last winter.", "last winter", "2023-WI", "2023-12-01", "2024-02-29"),
    ("They sold half the fleet in the fall.", "the fall", "2024-FA", "2024-09-01", "2024-11-30"),
    ("It was built in the nineties.", "the nineties", "199", "1990-01-01", "1999-12-31"),
    ("It was the 1950-53 war.", "1950-53", "1950/1953", "1950-01-01", "1953-12-31"),
    ("It fell in the first half of 2024.", "the first half of 2024", "2024-H1", "2024-01-01", "2024-06-30"),
    ("It will be done by year's end.", "year's end", "2025", "2025-09-01", "2025-12-31"),
    ("They will meet in May or early June.", "May or early June", "2025-05/2025-06", "2025-05-01", "2025-06-10"),
    ("He met them at Easter.", "Easter", "2024-03-31", "2024-03-31", "2024-03-31"),
    ("They will meet over Easter weekend.", "Easter weekend", "2025-W16-WE", "2025-04-19", "2025-04-20"),
    ("They raise money ahead of November's vote.", "November", "2025-11", "2025-11-01", "2025-11-30"),
    ("They can win in November.", "November", "2025-11", "2025-11-01", "2025-11-30"),
    ("In August Tessmar left.", "August", "2024-08", "2024-08-01", "2024-08-31"),
    ("He said so in a March meeting.", "March", "2024-03", "2024-03-01", "2024-03-31"),
    ("This past March he left.", "This past March", "2024-03", "2024-03-01", "2024-03-31"),
    ("It sank at 12:30 a.m. EDT on Monday.", "12:30 a.m. EDT on Monday", "2025-02-17T00:30", *["2025-02-17"] * 2),
    (
        "It sank at 12:01 a.m. EDT (0401 GMT) on Friday.",
        "12:01 a.m. EDT (0401 GMT) on Friday",
        "2025-02-21T00:01",
        *["2025-02-21"] * 2,
    ),
    ("It sank at 5 p.m. EST on Feb. 9.", "5 p.m. EST on Feb. 9", "2025-02-09T17:00", *["2025-02-09"] * 2),
    ("It sank at 4:40 Saturday morning.", "4:40 Saturday morning", "2025-02-22T04:40", *["2025-02-22"] * 2),
    ("It sank on Friday and rose at 3 p.m. again.", "3 p.m.", "2025-02-21T15:00", *["2025-02-21"] * 2),
    ("It fell at a quarter past nine.", "a quarter past nine", "2025-02-23T09:15", *["2025-02-23"] * 2),
    ("They left at twenty to four.", "twenty to four", "2025-02-23T03:40", *["2025-02-23"] * 2),
    ("They left shortly before half past six.", "half past six", "2025-02-23T06:30", *["2025-02-23"] * 2),
    ("The siren went at 4.52 on Friday.", "4.52", "2025-02-23T04:52", *["2025-02-23"] * 2),
    ("The knocking stopped at ten, and they dug on.", "ten", "2025-02-23T10:00", *["2025-02-23"] * 2),
    ("They left at six in the evening.", "six in the evening", "2025-02-23T18:00", *["2025-02-23"] * 2),
    ("They left at 4 in the morning.", "4 in the morning", "2025-02-23T04:00", *["2025-02-23"] * 2),
    ("It sank on Friday. In the evening they left.", "In the evening", "2025-02-21TEV", *["2025-02-21"] * 2),
    ("It sank on Feb. 3, 2022. Two years later it was raised.", "Two years later", "2024", "2024-01-01", "2024-12-31"),
    (
        "It sank in 1994, and the following year it was raised.",
        "the following year",
        "1995",
        "1995-01-01",
        "1995-12-31",
    ),
    ("It sank in June 2020. Later that month it rose.", "Later that month", "2020-06", "2020-06-01", "2020-06-30"),
    ("He was seen the day before Feb. 3.", "the day", "2025-02-02", *["2025-02-02"] * 2),
    ("It will end on the 12th.", "the 12th", "2025-03-12", *["2025-03-12"] * 2),
    ("They met on Feb. 3-6 there.", "Feb. 3-6", "2025-02-03/2025-02-06", "2025-02-03", "2025-02-06"),
    ("they all met on friday in the harbour.", "friday", "2025-02-21", "2025-02-21", "2025-02-21"),
    ("It sank over the weekend.", "the weekend", "2025-W08-WE", "2025-02-22", "2025-02-23"),
    (
        "State radio said so Monday morning local time.",
        "Monday morning local time",
        "2025-02-24TMO",
        *["2025-02-24"] * 2,
    ),
]


@pytest.mark.parametrize(("text", "words", "value", "first", "last"), CASES)
def test_times_against_a_sunday(text: str, words: str, value: str, first: str | None, last: str | None) -> None:
    """Relative times follow the conventions of news, the verb's tense deciding between last and next."""
    article = build_article(id="a", path="a", text=text, language="en", published=SUNDAY)
    times = [(text[t.start : t.end], t.value, t.first, t.last) for t in next(annotate([article])).times]
    assert (words, value, first, last) in times


def test_without_a_publication_date() -> None:
    """A relative time keeps its unresolved value."""
    time = next(annotate([build_article(id="a", path="a", text="He spoke on Sunday.", language="en")])).times[0]
    assert (time.value, time.first) == ("XXXX-WXX-7", None)


def test_an_anniversary_without_a_day_is_not_guessed() -> None:
    """Nothing in the report says when it was."""
    article = build_article(
        id="a", path="a", text="The anniversary of the flood is near.", language="en", published=SUNDAY
    )
    assert not next(annotate([article])).times


def test_the_dates_about_a_report_are_among_its_times() -> None:
    """The line that says when it was put online holds a date like any other."""
    text = "Boats sink\n\nPublished February 20, 2025\n\nThree boats sank in the harbour.\n\nNobody was hurt there."
    article = build_article(id="a", path="a", text=text, language="en", published=SUNDAY)
    assert [text[t.start : t.end] for t in next(annotate([article])).times] == ["February 20, 2025"]


@pytest.mark.parametrize(
    "text", ["A 44-year-old man left.", "He is 20 years old.", "She was 18 months old.", "Three quarters of them left."]
)
def test_ages_and_parts_are_no_times(text: str) -> None:
    """How old somebody is says nothing of when, and three quarters of a crowd are not three quarters of a year."""
    article = build_article(id="a", path="a", text=text, language="en", published=SUNDAY)
    assert not next(annotate([article])).times


def test_a_quotation_counts_from_the_day_it_was_said_on() -> None:
    """Inside quotation marks "next month" is the month after that of the day the words were said on."""
    text = 'The mayor made a promise. "We will build it next month," Ada Weir told the council on Jan. 20, 2025.'
    article = build_article(id="a", path="a", text=text, language="en", published=SUNDAY)
    times = {text[t.start : t.end]: t.value for t in next(annotate([article])).times}
    assert times["next month"] == "2025-02"


def test_an_hour_at_the_head_of_a_paragraph_is_of_the_day_of_the_report() -> None:
    """Running reports put the hour before each entry; it is not of the day named in the entry above."""
    text = "The boats sank on Friday in the old harbour.\n\n9:30 p.m. The mayor is speaking to the crews in the hall."
    article = build_article(id="a", path="a", text=text, language="en", published=SUNDAY)
    times = {text[t.start : t.end]: t.first for t in next(annotate([article])).times}
    assert times["9:30 p.m."] == SUNDAY


@pytest.mark.parametrize(
    ("year", "day"), [(2018, "2018-04-01"), (2024, "2024-03-31"), (2025, "2025-04-20"), (2038, "2038-04-25")]
)
def test_easter(year: int, day: str) -> None:
    """Easter moves between 22 March and 25 April."""
    assert easter(year).isoformat() == day
