from __future__ import annotations

import pytest

from rashomon.annotate import annotate
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
