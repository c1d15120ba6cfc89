from __future__ import annotations

from itertools import pairwise

import pytest

from rashomon.annotate import annotate
from rashomon.annotate.guesses import Guess
from rashomon.annotate.kinds import settle_kinds
from rashomon.read.plain import build_article

TEXT = (
    "Minister visits the coast\n"
    "Harbour Minister Ilsa Brandvik met Mayor Orrel in Ukraine on Tuesday. Ms Brandvik praised Ukraine’s air force.\n"
    "The air force thanked the Brandvik administration. Ursula von der Leyen wrote to @ibrandvik from the town of Skarn Bay."
)


def mentions() -> dict[str, str]:
    """Each form with its kind."""
    annotations = next(annotate([build_article(id="a", path="a", text=TEXT, language="en")]))
    return {TEXT[m.start : m.end]: m.kind for m in annotations.mentions}


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("Ilsa Brandvik", "person"),
        ("Ms Brandvik", "person"),
        ("Ursula von der Leyen", "person"),
        ("@ibrandvik", "person"),
        ("Ukraine", "place"),
        ("Ukraine’s air force", "organisation"),
        ("air force", "organisation"),
        ("Brandvik administration", "organisation"),
        ("Skarn Bay", "place"),
    ],
)
def test_names_by_kind(form: str, kind: str) -> None:
    """The article as a whole settles what a name names."""
    assert mentions().get(form) == kind


def test_roles_beside_names_are_kept() -> None:
    """The title before a name is its description."""
    annotations = next(annotate([build_article(id="a", path="a", text=TEXT, language="en")]))
    described = [m.description for m in annotations.mentions if m.description]
    assert TEXT[described[0].start : described[0].end] == "Harbour Minister"


def found(text: str) -> dict[str, str]:
    """Each form of a text with its kind."""
    annotations = next(annotate([build_article(id="a", path="a", text=text, language="en")]))
    return {text[m.start : m.end]: m.kind for m in annotations.mentions}


@pytest.mark.parametrize(
    ("text", "form", "kind"),
    [
        ("A man was taken to Ada Weir Hospital on Monday.", "Ada Weir Hospital", "organisation"),
        ("The crash closed Stanley Road on Monday, police said.", "Stanley Road", "place"),
        ("The game at Norton Club was called off on Monday.", "Norton Club", "organisation"),
        ("It was at the Norton Apartments, 861 E. Norton Court, in Skarn. The court met.", "E. Norton Court", "place"),
        ("They met on Victor Bridge on Monday evening.", "Victor Bridge", "place"),
        ("Ada Weir of Skarn came on Monday, and Weir spoke first.", "Ada Weir", "person"),
        (
            "Heather Cronsk, co-director of Standing Up for Harbours, travelled to Skarn to help.",
            "Heather Cronsk",
            "person",
        ),
        ("“It was dark,” said Rosana Mendiz, a student from Peru.", "Rosana Mendiz", "person"),
        ("The nonprofit group Puertos Abiertos fed them on Monday.", "Puertos Abiertos", "organisation"),
        ("She wrote about it on Twitter on Monday.", "Twitter", "organisation"),
        ("The report came from the Skarn Harbour Trust on Monday.", "Skarn Harbour Trust", "organisation"),
        ("They told the Senate on Monday that it was over.", "Senate", "organisation"),
        ("She studied at the University of Skarn's school of ports.", "University of Skarn", "organisation"),
        ("Justice Henry P. Ash, Jr. spoke in Skarn on Monday.", "Henry P. Ash, Jr.", "person"),
        ("It happened in Skarn, Mont., on Monday, police said.", "Mont.", "place"),
        ("Rain fell over western Norway on Monday, and people stayed at home.", "western Norway", "place"),
        ("They talked about the Cyprus grain deal on Monday.", "Cyprus grain deal", "organisation"),
        ("Attorney General Tom Harlan spoke in Skarn on Monday.", "Tom Harlan", "person"),
        ("They named William “Mo” Falk on Monday. Falk is a lawyer.", "William “Mo” Falk", "person"),
        ("They named William “Mo” Falk on Monday. Falk is a lawyer.", "Falk", "person"),
        ("They met Florence (Italy) Mayor Dario Falk on Monday.", "Dario Falk", "person"),
        ("Robert (Bob) Weir, Jr., was shot in Skarn on Monday.", "Robert (Bob) Weir, Jr.", "person"),
    ],
)
def test_what_the_words_say_settles_the_kind(text: str, form: str, kind: str) -> None:
    """No hospital, road or club is a person, and no person ends in "of"."""
    assert found(text).get(form) == kind


def test_who_has_a_title_is_a_person() -> None:
    """Whatever the tagger takes a surname for, and in all the report; "Justice" before "Department" is no title."""
    text = "President Orlo spoke. Orlo left. The Justice Department denied it."
    guesses = [Guess(form, "ORG", text.index(form), is_common=False) for form in ("Orlo", "Department")]
    kinds = settle_kinds(text, guesses)
    assert kinds["Orlo"] == "person"
    assert kinds.get("Department") != "person"


def test_a_dateline_names_its_town() -> None:
    """The town in capitals where a report was filed is a place."""
    text = "Two hurt at the quay\n\nSAINT ALDHELM, Mont. (NPA) - Two men were hurt at the quay on Monday, police said."
    assert found(text).get("SAINT ALDHELM") == "place"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Attorney General Tom Harlan spoke in Skarn on Monday.", ["Attorney General"]),
        ("The husband of Ada Weir spoke in Skarn on Monday.", []),
        ("The Norland Department of Ports spokesman Tom Harlan spoke in Skarn.", ["spokesman"]),
        ("Tom Harlan, the mayor who closed the quay, spoke in Skarn.", ["the mayor"]),
        ("Minister of Fisheries Tom Harlan spoke in Skarn on Monday.", ["Minister of Fisheries"]),
        ("Skarn's harbour minister Tom Harlan spoke on Monday.", ["harbour minister"]),
        ("Herald Editor-in-Chief Tom Harlan spoke on Monday.", ["Herald Editor-in-Chief"]),
    ],
)
def test_roles_stand_beside_the_name(text: str, roles: list[str]) -> None:
    """A role is a title or an apposition; what somebody else is to a person is none."""
    annotations = next(annotate([build_article(id="a", path="a", text=text, language="en")]))
    said = [text[m.description.start : m.description.end] for m in annotations.mentions if m.description]
    assert len(said) == len(roles)
    assert all(words in role for role, words in zip(said, roles, strict=True))


def test_mentions_do_not_overlap() -> None:
    """A body inside a longer name, or half of one, is no mention of its own."""
    text = "Ada Weir’s campaign met the Weir campaign. The western Norway police and Norway’s State Police came to Ada Weir."
    annotations = next(annotate([build_article(id="a", path="a", text=text, language="en")]))
    spans = sorted((m.start, m.end) for m in annotations.mentions)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
