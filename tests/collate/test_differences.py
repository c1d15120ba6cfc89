"""Differences found in clauses and rows: who, what, whose word; sides, silence and weight."""

from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.annotate import annotate
from rashomon.collate.differences.chances import is_on_both_sides, is_plain, is_tellable
from rashomon.collate.differences.draft import Draft, cut_in_marks, headed, in_sentence
from rashomon.collate.differences.wordings import spelled_out
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.model import Collation, Reading, Side, SideReading
from rashomon.read.plain import build_article
from rashomon.run import collate_paths

HEAD = "Harbour shut after accident\n\n"


def collated(folder: Path, *texts: str) -> Collation:
    """The collation of some texts, in files a.txt, b.txt and so on."""
    for n, text in enumerate(texts):
        (folder / f"{chr(97 + n)}.txt").write_text(HEAD + text)
    return collate_paths([folder])[0]


def test_a_number_has_its_sides_and_who_is_silent(tmp_path: Path) -> None:
    """Each number stands once with all its reports; a report that gives none is silent. One account on both sides weighs less."""
    told = "A crane fell onto the quay in Tessmar on Tuesday and killed {} dockers, the coast guard said."
    collation = collated(
        tmp_path, told.format(12), told.format(12), told.format(14), "The mayor of Tessmar called for a public inquiry."
    )
    [difference] = [d for d in collation.differences if d.kind == "number"]
    assert [(side.says, [r.article for r in side.readings]) for side in difference.sides] == [
        ("12", ["a", "b"]),
        ("14", ["c"]),
    ]
    assert difference.silent == ("d",)
    assert difference.weight == 2
    assert not difference.fits
    assert difference.text.endswith(": 12, or 14")


def test_what_can_all_be_true_fits(tmp_path: Path) -> None:
    """What is more than ten can be twelve: it is told, and fits."""
    told = "A crane fell onto the quay in Tessmar on Tuesday and killed {} dockers, the coast guard said."
    collation = collated(tmp_path, told.format(12), told.format("more than 10"))
    assert all(d.fits for d in collation.differences if d.kind == "number")


def test_counts_that_are_all_open_are_not_at_odds(tmp_path: Path) -> None:
    """Hundreds are scores, and may be more: nothing is compared."""
    told = "{} of residents left their houses in Tessmar on Tuesday, the coast guard said."
    collation = collated(tmp_path, told.format("Scores"), told.format("Hundreds"))
    assert not [d for d in collation.differences if d.kind == "number"]


@pytest.mark.parametrize(("other", "differs"), [("three more dockers", False), ("three dockers", True)])
def test_what_is_beside_others_is_no_other_number(tmp_path: Path, other: str, *, differs: bool) -> None:
    """Three more may be four in all."""
    told = "A crane fell onto the quay in Tessmar on Tuesday and killed {}, the coast guard said."
    collation = collated(tmp_path, told.format("four dockers"), told.format(other))
    assert any(d.kind == "number" for d in collation.differences) == differs


@pytest.mark.parametrize(
    ("told", "topic", "said"),
    [
        (
            "The coast guard offered a reward of {} for information about the crane.",
            "The coast guard offered a reward of",
            [("$4,000", "$4,000"), ("$6,000", "$6,000")],
        ),
        (
            "The inquiry published its {}-page report on Tuesday.",
            "How many pages the report has",
            [("48", "48"), ("47", "47")],
        ),
    ],
)
def test_a_number_is_asked_for_as_it_is_told(
    tmp_path: Path, told: str, topic: str, said: list[tuple[str, str]]
) -> None:
    """How many of what is counted; a measure by the clause that has it, in its unit; a whole by its parts."""
    collation = collated(tmp_path, *(told.format(given) for given, _ in said))
    [difference] = [d for d in collation.differences if d.kind == "number"]
    assert difference.topic.startswith(topic)
    assert [side.says for side in difference.sides] == [says for _, says in said]


def test_a_report_on_both_sides_counts_two_things() -> None:
    """Its two numbers exclude each other, so that it speaks of two things, and the others may."""
    places = [Reading(article=name, start=0, end=9) for name in "abc"]
    a, b, c = (SideReading(article=r.article, start=r.start, end=r.end, words="", who=None) for r in places)
    apart = Draft(
        kind="number", text="", topic="", sides=(Side(says="3", readings=(a,)), Side(says="4", readings=(b, c)))
    )
    both = Draft(
        kind="number", text="", topic="", sides=(Side(says="3", readings=(a,)), Side(says="4", readings=(a, b)))
    )
    assert not is_on_both_sides(apart)
    assert is_on_both_sides(both)
    assert is_plain(apart)
    assert not is_plain(both)


def test_a_spokesman_and_his_body_are_one_voice(tmp_path: Path) -> None:
    """Who speaks for the coast guard is no other source than the coast guard; nobody named is none either."""
    told = "Twelve dockers were killed when the crane fell, {}."
    collation = collated(
        tmp_path,
        told.format("coast guard spokesman Pavel Strand said"),
        told.format("the coast guard said"),
        "Twelve dockers were killed when the crane fell.",
    )
    assert [d for d in collation.differences if d.kind == "attribution"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('I will "never" go,', "“I will ‘never’ go”"),
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen",
            "“one two three four five six seven eight nine ten eleven twelve…”",
        ),
        (
            "depending on how full the port is on Monday those people may have to wait",
            "“depending on how full the port is on Monday those people…”",
        ),
    ],
)
def test_words_of_a_report_stand_in_marks(words: str, said: str) -> None:
    """Marks within are single, and no more than twelve words are shown; none that only leads to the next is last."""
    assert cut_in_marks(words) == said


@pytest.mark.parametrize(
    ("slot", "said", "tellable"),
    [
        ("day", ["12 June", "14 June"], True),
        ("clause", ["12 June", "14 June"], False),
        ("loose", ["12 June", "14 June"], False),
        ("day", ["12 June"], False),
        ("day", ["“a day that the harbour board has not…”", "14 June"], False),
    ],
)
def test_a_line_tells_sides_of_one_thing_whole(slot: str, said: list[str], *, tellable: bool) -> None:
    """Clauses set side by side, what may be of other things, one side, and words cut short are places to look at."""
    sides = tuple(Side(says=says, readings=()) for says in said)
    draft = Draft(kind="date", text="When talks begin", topic="When talks begin", sides=sides, slot=slot)
    assert is_tellable(draft) is tellable


def test_a_heading_names_three_sides_at_most() -> None:
    """More sides, or long ones, are told below it."""
    sides = [Side(says=str(n), readings=()) for n in (1, 2, 3, 4)]
    assert headed("How many cranes", sides[:2]) == "How many cranes: 1, or 2"
    assert headed("How many cranes", sides[:3]) == "How many cranes: 1, 2, or 3"
    assert headed("How many cranes", sides) == "How many cranes"
    assert headed("How many cranes", [*sides[:1], Side(says="x" * 200, readings=())]) == "How many cranes"


def test_what_a_report_leaves_out_of_a_quotation_is_no_other_wording(tmp_path: Path) -> None:
    """Words in square brackets are the report's own; the word that is another is told."""
    told = "“{} they have to stop this {} strike at once and come back to the quay,” Mayor Ada Weir said on Tuesday."
    collation = collated(tmp_path, told.format("I say", "[expletive]"), told.format("I think", "[deleted]"))
    [difference] = [d for d in collation.differences if d.kind == "wording"]
    assert difference.text.endswith("“think”, or “say”")


def test_a_contraction_is_no_other_wording() -> None:
    """A contraction is read as its two words."""
    assert spelled_out("im") == ("i", "am")
    assert spelled_out("crane") == ("crane",)
    assert spelled_out("crane-driver") == ("crane", "driver")


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("The crane fell", "the crane fell"),
        ("Dockers walked off", "dockers walked off"),
        ("Norwegian officials came", "Norwegian officials came"),
        ("Weir came", "Weir came"),
        ("NPA reported it", "NPA reported it"),
        ("Tuesday is for talks", "Tuesday is for talks"),
    ],
)
def test_a_label_in_mid_sentence_keeps_the_capital_of_a_name(label: str, told: str) -> None:
    """A name, a word of a country and capitals stay; any other first word is small."""
    article = build_article(id="a", path="a", text="Mayor Ada Weir said on Tuesday that Weir came.", language="en")
    names = Names(Material([article], list(annotate([article]))))
    assert in_sentence(names, label) == told
