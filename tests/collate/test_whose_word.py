"""Whose word a line of the briefing is: said behind it, whatever the tense of the verb that says so."""

from __future__ import annotations

import msgspec
import pytest

from rashomon.annotate import annotate
from rashomon.collate import collate
from rashomon.collate.holders import holder_of, is_of_somebody_unknown
from rashomon.collate.material import Material
from rashomon.model import Reading
from rashomon.read.plain import build_article

FLOOD = "the storm destroyed 140 houses in the old town of Lorne"


def lines_of(*texts: str) -> list[str]:
    """The lines of the briefing of some reports."""
    articles = [
        build_article(id=f"r{n}", path=f"{n}", text=t, published="2025-10-14", language="en")
        for n, t in enumerate(texts)
    ]
    return [line.text for line in collate(articles, list(annotate(articles))).briefing]


@pytest.mark.parametrize("cue", ["said", "says", "told reporters"])
def test_what_somebody_said_is_told_as_theirs(cue: str) -> None:
    """In the past as in the present."""
    text = f"Mayor Ada Weir {cue} on Monday that {FLOOD}."
    assert lines_of(text, text.replace("on Monday", "this week")) == [
        "The storm destroyed 140 houses in the old town of Lorne, according to Mayor Ada Weir."
    ]


def test_what_one_report_tells_itself_and_the_other_as_somebodys_is_told_as_theirs() -> None:
    """A line that two reports stand behind says no more than the more careful one."""
    told = lines_of(f"On Monday, {FLOOD}.", f"On Monday {FLOOD}, police said.")
    assert told == ["The storm destroyed 140 houses in the old town of Lorne, according to police."]


def test_what_one_of_many_has_as_somebodys_is_told_as_so() -> None:
    """One report that names a voice is no half of the others."""
    text = f"On Monday, {FLOOD}."
    told = lines_of(
        text,
        text.replace("On Monday", "Late on Monday"),
        text.replace("On", "Early on"),
        f"On Monday {FLOOD}, police said.",
    )
    assert told == ["The storm destroyed 140 houses in the old town of Lorne."]


def test_a_number_that_another_report_contradicts_is_not_agreed_on() -> None:
    """Whatever two others say; it stands with what they differ in, or nowhere."""
    text = f"On Monday, {FLOOD}."
    told = lines_of(
        text, text.replace("On Monday", "Late on Monday"), text.replace("140", "120").replace("On", "Early on")
    )
    assert not [line for line in told if line.startswith("The storm destroyed")]


def test_an_office_that_has_no_name_is_a_voice() -> None:
    """As its report calls it; "the agency" alone may be any."""
    text = f"On Monday {FLOOD}, the civil defence agency said."
    told = lines_of(text, text.replace("On Monday", "Late on Monday"))
    assert told == ["The storm destroyed 140 houses in the old town of Lorne, according to the civil defence agency."]


def test_a_town_behind_a_comma_is_no_voice() -> None:
    """The officials are in the town; they may go unnamed, it is not they."""
    text = f"Officials in Portland, Oregon, said on Monday that {FLOOD}."
    assert not any("Oregon" in line for line in lines_of(text, text.replace("on Monday", "this week")))


def test_whoever_speaks_of_himself_is_named_once_in_full() -> None:
    """As her report has it, with a pronoun where it has one."""
    text = "Mayor Ada Weir spoke in Lorne. Weir said that she would close the eastern bridge of Lorne on Friday."
    told = lines_of(text, text.replace("spoke", "was"))
    assert "Mayor Ada Weir said she would close the eastern bridge of Lorne on Friday." in told


def test_who_says_so_has_a_letter_apart_from_who_tells_it() -> None:
    """That she said it rests on the clause that the line was made of alone."""
    text = "Mayor Ada Weir spoke in Lorne. Weir said that she would close the eastern bridge of Lorne on Friday."
    articles = [
        build_article(id=f"r{n}", path=f"{n}", text=t, published="2025-10-14", language="en")
        for n, t in enumerate((text, text.replace("spoke", "was")))
    ]
    [line] = [x for x in collate(articles, list(annotate(articles))).briefing if "she would" in x.text]
    assert [part.text for part in line.parts] == [
        "Mayor Ada Weir said",
        " she would close the eastern bridge of Lorne on Friday.",
    ]
    assert [len({r.article for r in part.cites}) for part in line.parts] == [1, 2]


@pytest.mark.parametrize(
    "start", ["The mayor said on Monday that", "People briefed on the matter said that", "A site that posts jokes said"]
)
def test_what_nobody_known_said_is_no_line(start: str) -> None:
    """Who says so must be told, and cannot be."""
    text = f"{start} {FLOOD}."
    assert not any("140" in line for line in lines_of(text, f"This week, {text}"))
    text = f"This week, {FLOOD}, the group said."
    assert not lines_of(text, text.replace("week", "month"))


def test_what_records_show_is_told_as_theirs() -> None:
    """A charge that stands in papers alone is no fact."""
    text = f"Court records show that on Monday {FLOOD}."
    told = lines_of(text, text.replace("on Monday", "this week"))
    assert told == ["The storm destroyed 140 houses in the old town of Lorne, according to court records."]


def test_what_somebody_reportedly_did_is_not_told_by_him() -> None:
    """Somebody else reports it, of whom nothing is known, even where he is taken to speak."""
    text = "Tomas Orrel reportedly got up and crossed the old street of Lorne to confront the harbour board."
    article = build_article(id="a", path="a", text=text, language="en")
    [found] = annotate([article])
    quotes = tuple(msgspec.structs.replace(quote, speaker_name="Tomas Orrel") for quote in found.quotes)
    material = Material([article], [msgspec.structs.replace(found, quotes=quotes)])
    place = next(
        Reading(article="a", start=c.start, end=c.end) for c in found.clauses if "crossed" in text[c.start : c.end]
    )
    assert quotes
    assert holder_of(material, place) is None
    assert is_of_somebody_unknown(material, place)


def test_whoever_speaks_without_a_name_stands_within_the_line() -> None:
    """A word that has its capital of the start of a sentence alone loses it."""
    text = f"Family members said on Monday that {FLOOD}."
    told = lines_of(text, text.replace("on Monday", "this week"))
    assert told == ["The storm destroyed 140 houses in the old town of Lorne, according to family members."]
