from __future__ import annotations

from pathlib import Path

import pytest

from rashomon import codec
from rashomon.model import Collation
from rashomon.run import collate_paths

HEAD = "Harbour shut after accident\n\n"


def collation_of(folder: Path, *texts: str) -> Collation:
    """The collation of some texts, written to files named a.txt, b.txt and so on."""
    for n, text in enumerate(texts):
        (folder / f"{chr(97 + n)}.txt").write_text(text)
    return collate_paths([folder])[0]


def relation(folder: Path, left: str, right: str) -> str:
    """The relation of the one figure two texts have in common."""
    collation = collation_of(folder, HEAD + left, HEAD + right)
    return next(f.relation for f in collation.figures if len({r.article for r in f.readings}) == 2)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("The storm killed 12 people on the coast.", "The storm killed 12 people on the coast.", "agree"),
        (
            "The storm killed 12 people on the coast.",
            "The storm killed more than 10 people on the coast.",
            "compatible",
        ),
        ("The storm killed 12 people on the coast.", "The storm killed 14 people on the coast.", "conflict"),
        ("The storm left one man dead.", "The storm killed at least one person on the coast.", "compatible"),
    ],
)
def test_the_relation_of_two_figures(tmp_path: Path, left: str, right: str, expected: str) -> None:
    """Equal numbers agree, intervals that meet are compatible, others conflict."""
    assert relation(tmp_path, left, right) == expected


def test_different_tolls_are_two_figures(tmp_path: Path) -> None:
    """The killed and the injured are not one figure, however alike the sentences."""
    collation = collation_of(tmp_path, HEAD + "The storm killed 12 people.", HEAD + "The storm injured 31 people.")
    assert all(f.relation == "single" for f in collation.figures)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The storm killed 12 people.", "The storm killed two children."),
        ("The storm killed 12 people on April 14, 2026.", "The storm killed 80 people in August 1982."),
    ],
)
def test_a_part_or_an_earlier_toll_is_no_conflict(tmp_path: Path, left: str, right: str) -> None:
    """The children are among the people, and what an earlier storm did is another figure."""
    assert all(f.relation == "single" for f in collation_of(tmp_path, HEAD + left, HEAD + right).figures)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Of the 48 people on the quay, 12 were killed, 31 were injured and the remaining 5 escaped.", True),
        ("Of the 48 people on the quay, 14 were killed, 27 were injured and the remaining 6 escaped.", False),
    ],
)
def test_sums_are_checked(tmp_path: Path, text: str, holds: bool) -> None:
    """A report's parts either add up to its total or do not."""
    sums = collation_of(tmp_path, HEAD + text).sums
    assert [(s.total_value, s.holds) for s in sums] == [(48, holds)]


def test_spellings_of_a_name_are_one(tmp_path: Path) -> None:
    """Brandvik and Brandvick, Tomás and Tomas are one person each."""
    names = collation_of(
        tmp_path,
        HEAD + "Ilsa Brandvik met Tomas Orrel on Tuesday. Brandvik spoke first.",
        HEAD + "Ilsa Brandvick met Tomás Orrel on Tuesday. Brandvick spoke first.",
    ).names
    assert {frozenset(f.text for f in n.forms) for n in names if n.kind == "person"} == {
        frozenset({"Ilsa Brandvik", "Brandvik", "Ilsa Brandvick", "Brandvick"}),
        frozenset({"Tomas Orrel", "Tomás Orrel"}),
    }


SPEECH = "“We will rebuild the whole quay before the winter storms come again,” Ilsa Brandvik said on Tuesday."


def test_one_speech_makes_no_family(tmp_path: Path) -> None:
    """Two reports that quote the same words share words, not text."""
    collation = collation_of(
        tmp_path,
        HEAD
        + SPEECH
        + "\n\nDivers found two men in the basin at dawn, and the mayor wept when she told their families.",
        "Port closed for days\n\n"
        + SPEECH
        + "\n\nShares of the operator lost a fifth, while lawyers prepared a claim against the state.",
    )
    assert collation.lineage.families == ()
    assert collation.lineage.independent == 2
    assert any(p.speech for p in collation.lineage.passages)


def test_an_equal_report_shares_all_of_its_text(tmp_path: Path) -> None:
    """A copy is of one family with its original, and one account with it."""
    text = (
        HEAD
        + "Divers found two men in the basin at dawn, and the mayor wept when she told their families.\n\nThe quay stays closed."
    )
    collation = collation_of(tmp_path, text, text)
    assert [f.articles for f in collation.lineage.families] == [("a", "b")]
    assert collation.lineage.independent == 1


def test_silence_is_not_omission(tmp_path: Path) -> None:
    """A report read to its end is silent; one that breaks off is unread."""
    text = HEAD + "Divers found two men in the basin at dawn. The mayor of Tessmar opened a shelter for the families."
    other = "Port closed\n\nShares of the operator lost a fifth in a day of heavy trading."
    collation = collation_of(tmp_path, text, other, other + " Lawyers said that…")
    point = next(p for p in collation.points if "Divers" in p.text)
    assert point.coverage == {"a": "reports", "b": "silent", "c": "unread"}


def test_the_order_of_inputs_does_not_matter(tmp_path: Path) -> None:
    """The same files in another order give the same bytes."""
    for name, text in (("a", SPEECH), ("b", "The storm killed 12 people."), ("c", "The storm killed 14 people.")):
        (tmp_path / f"{name}.txt").write_text(HEAD + text)
    files = sorted(tmp_path.iterdir())
    forward, backward = (codec.encode(collate_paths(order)[0]) for order in (files, files[::-1]))
    assert forward == backward


BAD = {
    "only marks": "“”‘’\"\"''«»" * 30,
    "one line": "word " * 400_000,
    "one word": "word",
    "russian": "Порт закрыт после аварии\n\nПорт был закрыт во вторник, сообщила береговая охрана. Он откроется в пятницу утром.",
    "no dates": HEAD + "Nobody was hurt when it fell.",
    "unbalanced": HEAD + "“He said “she said ‘it fell” and left.\n\n”Then” it “was over",
    "emoji": HEAD + "“We 🦀 will rebuild 🦀 the quay,” Ilsa Brandvik said 🦀 on Tuesday. 12 🦀 people came.",
    "controls": HEAD + "It fell\x0b on\x1b the quay.\x0c It broke.",
}


@pytest.mark.parametrize("name", BAD)
def test_odd_input_gives_a_smaller_collation(tmp_path: Path, name: str) -> None:
    """Whatever the text, there is a collation and all its readings lie within their article."""
    collation = collation_of(tmp_path, BAD[name], HEAD + SPEECH)
    sizes = {a.id: a.n_chars for a in collation.articles}
    for point in collation.points:
        for r in point.readings:
            assert 0 <= r.start < r.end <= sizes[r.article]


def test_another_language_is_shown_and_listed(tmp_path: Path) -> None:
    """A report in Russian is set aside with its reason and counts as unread."""
    collation = collation_of(tmp_path, BAD["russian"], HEAD + SPEECH)
    assert "'ru'" in collation.skipped[0].reason
    assert {p.coverage["a"] for p in collation.points} == {"unread"}


@pytest.mark.parametrize(
    ("left", "right", "n_wordings"),
    [
        (
            '"The harbour will open again on Monday," Mayor Ada Weir said.',
            '"The harbour will be opened again on Monday," Mayor Ada Weir said.',
            2,
        ),
        (
            '"There is a lot of good will among the crews of the old harbour," Mayor Ada Weir said.',
            "Mayor Ada Weir said there was “a lot of goodwill among the crews of the old harbour” now.",
            2,
        ),
        (
            '"There is a lot of good will among the crews of the old harbour," Mayor Ada Weir said.',
            "Mayor Ada Weir said there was “good will among the crews of the old harbour” now.",
            0,
        ),
        (
            '"The harbour will open again on Monday," Mayor Ada Weir said.',
            "Mayor Ada Weir said the harbour would open again on Monday.",
            0,
        ),
    ],
)
def test_wordings_differ_between_the_marks_only(tmp_path: Path, left: str, right: str, n_wordings: int) -> None:
    """A fragment is a wording too, a mere cut is none, and a report's own words are not the speaker's."""
    collation = collation_of(tmp_path, HEAD + left, HEAD + right)
    told = [len(d.sides) for d in collation.differences if d.kind == "wording"]
    assert told == ([n_wordings] if n_wordings else [])


@pytest.mark.parametrize(
    ("left", "right", "kinds"),
    [
        ("at noon", "at 12:30 p.m.", set()),
        ("overnight", "this afternoon", {"fact"}),
        ("at 9 a.m.", "at 4 p.m.", {"fact"}),
        ("in the evening", "at 8 p.m.", set()),
    ],
)
def test_hours_of_one_day_that_cannot_be_the_same(tmp_path: Path, left: str, right: str, kinds: set[str]) -> None:
    """Parts of a day and clock times are compared; hours that can be one make no difference."""
    text = "HARBOUR, April 14, 2026 — The crane of the Kestrel terminal fell onto the quay {}."
    collation = collation_of(tmp_path, HEAD + text.format(left), HEAD + text.format(right))
    assert {d.kind for d in collation.differences} == kinds
