"""Differences of framing: one act under two conditions, and words of judgement that one report has and another has not."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from rashomon.annotate import annotate
from rashomon.collate import collate
from rashomon.collate.differences.framings import find_framings
from rashomon.collate.material import Material
from rashomon.model import Difference
from rashomon.read.plain import build_article
from rashomon.run import collate_paths

HEAD = "Harbour shut after accident\n\n"
OFFER = "The dockers' union offered to return to work on Monday if {}."
FALL = "The crane of the northern terminal fell onto the quay on Tuesday morning and killed twelve dockers{}."


def framings(folder: Path, *texts: str) -> list[Difference]:
    """The differences of framing between some texts, in files a.txt, b.txt and so on."""
    for n, text in enumerate(texts):
        (folder / f"{chr(97 + n)}.txt").write_text(HEAD + text)
    collation = collate_paths([folder])[0]
    found = [d for d in collation.differences if d.kind == "framing"]
    for difference in found:
        for reading in difference.readings:
            assert 0 <= reading.start < reading.end <= len(HEAD + texts[ord(reading.article) - 97])
    return found


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        ("the cranes are inspected by an engineer", "the widows are paid a pension by the owner", True),
        ("the cranes are inspected by an engineer", "an engineer inspects the cranes", False),
    ],
)
def test_one_offer_under_two_conditions(tmp_path: Path, left: str, right: str, *, differ: bool) -> None:
    """Conditions that have hardly a telling word in common are told, each where it stands; the same one in other words is not."""
    found = framings(tmp_path, OFFER.format(left), OFFER.format(right))
    assert [d.topic for d in found] == ["What the offer of dockers' union depends on"] * differ
    if differ:
        said = {r.article: r.words for side in found[0].sides for r in side.readings}
        assert left in said["a"]
        assert right in said["b"]


def test_one_offer_in_two_rows_under_two_conditions() -> None:
    """Rows of one offer are one for what it hangs on; another offer of the same actor is left out of that."""
    other = " The dockers' union offered to train foremen once the quarry at Ostvik is flooded."
    texts = (
        HEAD + OFFER.format("the widows are paid a pension by the owner") + other,
        HEAD + OFFER.format("the cranes are inspected by an engineer"),
    )
    articles = [build_article(id=name, path=name, text=t, language="en") for name, t in zip("ab", texts, strict=True)]
    annotations = list(annotate(articles))
    rows = [
        replace(row, id=f"{row.id}-{n}", readings=(reading,))
        for row in collate(articles, annotations).positions
        for n, reading in enumerate(row.readings)
    ]
    assert len(rows) == 3
    [found] = find_framings(Material(articles, annotations), (), rows)
    assert len(found.rows) == 2
    assert [said.says for said in found.sides] == [
        "“if the widows are paid a pension by the owner”",
        "“if the cranes are inspected by an engineer”",
    ]


def test_an_offer_without_a_condition_is_no_difference(tmp_path: Path) -> None:
    """Who leaves the condition out does not state another."""
    plain = OFFER.removesuffix(" if {}.") + "."
    assert framings(tmp_path, OFFER.format("the cranes are inspected by an engineer"), plain) == []


@pytest.mark.parametrize(
    ("left", "right", "says"),
    [
        (
            " in a disastrous failure of its brakes",
            " in a failure of its brakes",
            ["With “disastrous”", "Without “disastrous”"],
        ),
        (
            " in a disastrous failure of its brakes",
            " in a catastrophic failure of its brakes",
            ["With “disastrous”", "With “catastrophic”"],
        ),
        (" in a disastrous failure of its brakes", " in a disastrous failure of the brakes", []),
        ("", " after its brakes failed", []),
        (", the owner recklessly", ", the owner said", ["With “recklessly”", "Without “recklessly”"]),
    ],
)
def test_words_of_judgement(tmp_path: Path, left: str, right: str, says: list[str]) -> None:
    """One report judges and the other does not, or in another word; where both use the word nothing is framed."""
    found = framings(tmp_path, FALL.format(left), FALL.format(right))
    assert [r.says for d in found for r in d.readings] == says
    assert all(d.text.startswith(("“", "Whether “")) for d in found)


def test_what_a_speaker_judges_is_not_the_reports_word(tmp_path: Path) -> None:
    """A word of judgement inside a quotation frames nothing."""
    spoken = (
        "“The crane of the northern terminal fell onto the quay in a {}failure of its brakes,” Mayor Ada Weir said."
    )
    assert framings(tmp_path, spoken.format("disastrous "), spoken.format("")) == []


def test_the_words_after_a_judgement_are_shown_with_it(tmp_path: Path) -> None:
    """So many characters, to the end of a word, and not over the sentence."""
    more = " in a disastrous failure of its brakes, which nobody had looked at for a year or longer, and of its steel cable"
    [found] = framings(tmp_path, FALL.format(more), FALL.format(more.replace("disastrous ", "")))
    reading = found.readings[0]
    text = HEAD + FALL.format(more)
    assert text[reading.start : reading.end].startswith("disastrous failure of its brakes")
    assert 60 <= reading.end - reading.start <= 90
    assert text[reading.end] == " "
