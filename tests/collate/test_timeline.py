"""The timeline: what is dated by a time, and what a time near it does not date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rashomon.run import collate_paths

TITLE = "Quay shut after crane falls"


def timeline(folder: Path, *texts: str) -> list[tuple[str, str]]:
    """First day and words of each event of some reports of Wednesday, 15 April 2026."""
    lines = [
        json.dumps({"id": f"a{n}", "published": "2026-04-15", "text": f"{TITLE}\n\n{text}"})
        for n, text in enumerate(texts)
    ]
    (folder / "reports.jsonl").write_text("\n".join(lines))
    return [(event.first, event.text) for event in collate_paths([folder / "reports.jsonl"])[0].timeline]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "The crane fell onto the quay on Monday, and divers found two men in the basin on Tuesday.",
            [
                ("2026-04-13", "The crane fell onto the quay on Monday"),
                ("2026-04-14", "Divers found two men in the basin on Tuesday"),
            ],
        ),
        (
            "The owners, who shut the quay on Monday, promised to pay every docker.",
            [("2026-04-13", "The owners, who shut the quay on Monday")],
        ),
        ("Inspectors return after the April 2025 accident to look at every crane.", []),
        ("— Jon Ode (@jonode) April 13, 2026", []),
    ],
)
def test_a_time_dates_the_clause_of_its_verb(tmp_path: Path, text: str, events: list[tuple[str, str]]) -> None:
    """Two times in a sentence date two clauses; a time that belongs to a noun, or to no verb, dates nothing."""
    assert timeline(tmp_path, text) == events


def test_a_day_of_reporting_dates_the_saying(tmp_path: Path) -> None:
    """What was said has its own day; where it has none, the saying is what is dated, with what was said."""
    said = "Harbour master Jon Ode said on Tuesday that the crane fell onto the quay on Monday."
    assert [day for day, _ in timeline(tmp_path, said)] == ["2026-04-13"]
    alone = "Harbour master Jon Ode said on Tuesday that the crane was older than the quay."
    assert timeline(tmp_path, alone) == [("2026-04-14", alone)]


def test_what_is_only_quoted_is_not_dated(tmp_path: Path) -> None:
    """A speaker's "today" would make a line that nobody tells."""
    assert timeline(tmp_path, "“Today our hearts are with the divers,” said Jon Ode.") == []


def test_one_event_of_several_reports_stands_once(tmp_path: Path) -> None:
    """Two reports that date one thing alike make one line."""
    told = "The crane fell onto the quay on Monday morning."
    assert len(timeline(tmp_path, told, f"{told} Lorries waited.")) == 1


def test_an_event_is_told_with_the_words_that_date_it(tmp_path: Path) -> None:
    """The days of an event come with the expression that gave them, and its readings."""
    text = "The crane, two years old, fell onto the quay on Monday, April 13, and was shut down."
    lines = json.dumps({"id": "a", "published": "2026-04-15", "text": f"{TITLE}\n\n{text}"})
    (tmp_path / "reports.jsonl").write_text(lines)
    (event,) = collate_paths([tmp_path / "reports.jsonl"])[0].timeline
    (interval,) = event.intervals
    assert (interval.first, interval.last, interval.words) == ("2026-04-13", "2026-04-13", "Monday, April 13")
    assert interval.readings == event.readings


def test_wider_days_join_the_event_that_lies_in_them(tmp_path: Path) -> None:
    """Clauses of one point that say "this week" and "Tuesday" are one event, on the days that both allow, a bar for each wording."""
    texts = ("The heavy crane fell onto the quay on Tuesday.", "The heavy crane fell onto the quay this week.")
    lines = [
        json.dumps({"id": f"a{n}", "published": "2026-04-15", "text": f"{TITLE}\n\n{text}"})
        for n, text in enumerate(texts)
    ]
    (tmp_path / "reports.jsonl").write_text("\n".join(lines))
    (event,) = collate_paths([tmp_path / "reports.jsonl"])[0].timeline
    assert (event.first, event.last) == ("2026-04-14", "2026-04-14")
    assert {r.article for r in event.readings} == {"a0", "a1"}
    assert [(i.first, i.last, i.words) for i in event.intervals] == [
        ("2026-04-14", "2026-04-14", "Tuesday"),
        ("2026-04-13", "2026-04-19", "this week"),
    ]


def test_a_label_stands_for_one_event(tmp_path: Path) -> None:
    """Where reports date one point to days that cannot be one, the days of most keep its label, the others their own words."""
    texts = (*["The heavy crane fell onto the quay on Tuesday."] * 2, "The heavy crane fell onto the quay on Friday.")
    lines = [
        json.dumps({"id": f"a{n}", "published": "2026-04-15", "text": f"{TITLE}\n\n{text} Report {n} ends here."})
        for n, text in enumerate(texts)
    ]
    (tmp_path / "reports.jsonl").write_text("\n".join(lines))
    events = collate_paths([tmp_path / "reports.jsonl"])[0].timeline
    assert [(e.first, bool(e.label)) for e in events] == [("2026-04-10", False), ("2026-04-14", True)]
