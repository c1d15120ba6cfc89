"""Accounts: reports of one text, reports that have the same quotations, and reports by themselves; and their letters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rashomon.model import Collation
from rashomon.run import collate_paths

SPOKEN = (
    "“We have looked at every crane on the southern quay, and not one of them will move before the brakes are changed and tried,” "
    "said Ilse Maren, the harbour master."
)
BEFORE = (
    "“My family has loaded ships here for ninety years, and nobody ever told us that the brakes were older than my father,” "
    "said Tove Brandt, a docker."
)
QUAY = f"Lorries stood in line as far as the bridge when the gates of the port stayed shut.\n\n{SPOKEN}\n\nShips wait outside."
STRIKE = (
    f"The port of Skarn lay still on Monday, and bakers ran out of flour.\n\n{SPOKEN}\n\nA meeting is set for noon."
)
VOICES = (
    f"Dockers gathered in the old hall and sang.\n\n{SPOKEN}\n\n{BEFORE}\n\n“Nobody has called us since the accident happened, "
    "and we read of it in the newspaper like everybody else in the town,” said Per Lund, who drives the largest crane.\n\n"
    "“I will not go back up there until somebody shows me a paper with a stamp and a signature on it,” said Arne Holm.\n\n"
    "“Each of us has a wife or a mother who asks at the door every evening whether the thing has been mended,” he added.\n\n"
    "“The company sent a letter with three lines in it, and two of them were about the canteen and its opening hours,” he said."
)


def collated(folder: Path, **texts: str) -> Collation:
    """The collation of some texts by id, dated by day in the order given."""
    lines = [
        json.dumps({"id": key, "text": f"Title {key}\n\n{text}", "published": f"2026-04-{day:02}"})
        for day, (key, text) in enumerate(texts.items(), start=10)
    ]
    (folder / "reports.jsonl").write_text("\n".join(lines))
    return collate_paths([folder / "reports.jsonl"])[0]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # a sentence that makes up what both quote
        ({"a": QUAY, "b": STRIKE}, {("a", "b"): "same quotations"}),
        # of what one of them quotes it is a small part
        ({"a": QUAY, "b": VOICES}, {("a",): None, ("b",): None}),
        # a copy has the quotations of its text
        ({"a": QUAY, "b": STRIKE, "c": QUAY}, {("a", "b", "c"): "same quotations"}),
        ({"a": QUAY, "b": QUAY}, {("a", "b"): "one text"}),
    ],
)
def test_accounts(tmp_path: Path, texts: dict[str, str], expected: dict[tuple[str, ...], str | None]) -> None:
    """Reports are one account when they are one text, or when a fair part of what each quotes is the same."""
    lineage = collated(tmp_path, **texts).lineage
    assert {account.articles: account.grade for account in lineage.accounts} == expected
    assert lineage.independent == len(expected)


def test_a_phrase_that_both_quote_joins_nothing(tmp_path: Path) -> None:
    """Two reports that quote nothing but one short remark are two accounts."""
    short = "“Not one crane moves,” said Ilse Maren."
    lineage = collated(tmp_path, a=QUAY.replace(SPOKEN, short), b=STRIKE.replace(SPOKEN, short)).lineage
    assert lineage.independent == 2


def test_letters_go_text_by_text(tmp_path: Path) -> None:
    """In an account the reports of one text are neighbours, though another report came between them."""
    collation = collated(tmp_path, a=QUAY, b=STRIKE, c=QUAY)
    assert {card.id: card.letter for card in collation.articles} == {"a": "A", "c": "B", "b": "C"}
    [account] = collation.lineage.accounts
    assert all({reason.articles[0], reason.articles[1]} <= {"a", "b", "c"} for reason in account.reasons)
    assert len(account.reasons) == 1
