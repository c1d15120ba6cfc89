"""Pairs of names that are and are not one person's or body's, and what only a story can tell."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.persons import is_same_person
from rashomon.read.plain import build_article
from rashomon.text.bodies import is_same_body

SAME_PERSONS = """
Robert Harlan | Bob Harlan
Robert Harlan | Rob Harlan
Robert Harlan | Bobby Harlan
Richard Weir | Rick Weir
Richard Weir | Dick Weir
Rudolph Orrel | Rudy Orrel
William Penrose | Bill Penrose
William Penrose | Will Penrose
Elizabeth Marsh | Liz Marsh
Elizabeth Marsh | Betsy Marsh
Margaret Dunne | Peggy Dunne
Katherine Dunne | Kate Dunne
Katherine Dunne | Catherine Dunne
James Holt | Jim Holt
Joseph Talbot | Joe Talbot
Ronald Kerr | Ron Kerr
Edward Lund | Ted Lund
Theodore Lund | Ted Lund
Michael Sorensen | Mike Sorensen
Charles Vance | Chuck Vance
John Aldous | Jack Aldous
Thomas Brandvik | Tom Brandvik
Anthony Rossi | Tony Rossi
Patricia Quill | Patty Quill
Deborah Stone | Debbie Stone
Christopher Lane | Chris Lane
Daniel Frost | Dan Frost
Alexander Novak | Sasha Novak
Alexandra Novak | Sasha Novak
Stephen Hale | Steven Hale
Geoffrey Hale | Jeffrey Hale
Mohammed Saleh | Muhammad Saleh
Sergei Volkov | Sergey Volkov
Dmitry Volkov | Dmytro Volkov
J. Harlan | Robert J. Harlan | no
Robert J. Harlan | Robert Harlan
R. J. Harlan | Robert Harlan
R. Harlan | Robert Harlan
Robert James Harlan | Robert J. Harlan
J. Edmund Farrow | Edmund Farrow
J. Christopher Farrow | Chris Farrow
Ada Weir | Ada Weir
Ada Weir | ADA WEIR
Mayor Ada Weir | Ada Weir
Dr. Ada Weir | Ada Weir
Gen. Ada Weir | Ada Weir
Ilsa Brandvik | Ilsa Brandvick
Tomás Orrel | Tomas Orrel
Tomas Orrel | Tomas Orrell
Pedro Sánchez | Pedro Sanchez
Ana García | Ana García López
Andrés López Obrador | Andrés López
Jean-Marie Dubois | Jean Marie Dubois
Jean-Marie Dubois | Jean Dubois
Ursula von Hagen | Ursula von Hagen
Ludwig van Rijn | Ludwig Van Rijn
Viktor Kovacs | Kovacs Viktor
Park Min-ho | Park Min Ho
Han Min-won | Han Minwon | no
Rhys Haldane | Rhys Hadlane
Volodymyr Karpenko | Vladimir Karpenko
Emma Thompson | Emma Thomson
Henry Ash, Jr. | Henry P. Ash Jr.
Henry Ash III | Henry Ash III
"""

OTHER_PERSONS = """
Robert Harlan | Richard Harlan
Robert Harlan | Robert Marlan
William Penrose | Wilma Penrose
Daniel Frost | Danielle Frost
Martin Keller | Marvin Keller
Erica Lund | Erik Lund
Julian Ross | Julia Ross
Paul Haldane | Paula Haldane
Henry Ash Jr. | Henry Ash
Henry Ash Jr. | Henry Ash Sr.
Henry Ash II | Henry Ash III
George H. W. Arden | George W. Arden
Mary L. Stone | Mary K. Stone
John A. Smith | John B. Smith
Jean-Marie Dubois | Jean-Luc Dubois
Ada Weir | Ada Orrel
Ada Weir | Tom Weir
Bill Clayborne | Hillary Clayborne
Park Min-ho | Park Min-seo
Park Min-ho | Park Ji-ho
Han Dong Il | Han Dong Su
Li Wei | Li Qiang
Anna Roberts | Anna Robertson
Peter Williams | Peter Williamson
Carlos Hernandez | Carlos Fernandez
Ron Baker | Don Baker
Jim Holt | Tim Holt
Kate Dunne | Nate Dunne
Karin Berg | Karen Berg
Marina Costa | Mariana Costa
Maria Costa | Mario Costa
Ali Hassan | Ali Hussein
Robert Lee | Robert Reed
Sam Cole | Sam Cope
Alexander Novak | Alexandra Novak
Christina Lane | Christian Lane
Frank Miller | Frances Miller
J. Harlan | Robert Harlan
A. Weir | B. Weir
Simon Hall | Simon Hill
"""

SAME_BODIES = """
European Union | EU
European Union | E.U.
United Nations | UN
United States | U.S.
United States | USA
United Kingdom | Britain
Associated Press | AP
The Associated Press | Associated Press
Harbour Workers' Union | HWU
International Harbour Workers' Union | IHWU
North Tessmar Trade Agreement | NTTA
Central Intelligence Agency | C.I.A.
Federal Bureau of Investigation | FBI
North American Free Trade Agreement | NAFTA
U.S. Customs and Border Protection | Customs and Border Protection
U.S. Customs and Border Protection | CBP
Norwegian Coastal Survey Agency | NCSA
Norwegian Coastal Survey Agency | CSA
Department of Justice | Justice Department
U.S. Department of Justice | Justice Department
U.S. Department of Justice | DOJ
Department of Homeland Security | Homeland Security Department
Homeland Security | Homeland Security Department
Ministry of Defence | Defense Ministry
Ministry of Foreign Affairs | Foreign Ministry
Norwegian Ministry of Fisheries | Norway's Fisheries Ministry
Tessmar Police | Tessmar Police Department
Tessmar Police Department | Tessmar police department
Tessmar Police | TPD
Skarn Public Safety | SDPS
St. Aldhelm | Saint Aldhelm
St. Aldhelm Hospital | Saint Aldhelm Hospital
Ft. Carrow | Fort Carrow
Mt. Skarn | Mount Skarn
St. Nicholas | St. Nick
Montana | Mont.
Washington | Washington, D.C.
Washington | D.C.
western Norland | West Norland
Lakeside Hospital | Lakeside Regional Hospital
Memorial Park | International Memorial Park
Tessmar Harbor Authority | Tessmar Harbour Authority
Center for Port Studies | Centre for Port Studies
Center for Port & Sea Studies | Center for Port and Sea Studies
Carrow Motors Inc. | Carrow Motors
Carrow Ltd | Carrow
Manos Abiertas | Mano Abiertas
Worker's Front of Skarn | Workers' Front of Skarn
Ukrainian air force | Ukraine's air force
French government | government of France
British Parliament | UK Parliament
UN Security Council | United Nations Security Council
U.S. Supreme Court | Supreme Court
Norland grain deal | Norland grain agreement
Skarn Accord | Skarn Agreement
Wells County Sheriff's Office | Wells County Sheriff's Department
Burma | Myanmar
"""

OTHER_BODIES = """
Norland | Norway
Iran | Iraq
Austria | Australia
Niger | Nigeria
South Africa | southern Africa
Central America | Central Americans
New York | New York City
New York Police | New York State Police
Tessmar City Council | Tessmar County Council
North Tessmar High School | South Tessmar High School
Ministry of Defence | Ministry of Justice
French Defence Ministry | German Defence Ministry
Homeland Security | House Committee on Homeland Security
Ohio Supreme Court | Supreme Court
Ohio National Guard | National Guard
Wisconsin Republican Party | Republican Party
Weir administration | Weir campaign
Weir administration | Orrel administration
Social Security | Social Security Administration
Bank of Skarn | Bank of Tessmar
University of Skarn | University of Tessmar
Skarn | University of Skarn
Skarn County | Skarn
Skarn County | Skarn County Courthouse
Associated Press | Free Press
Washington | Washington Post
Fort Carrow | Carrow
Marin County | Marion County
Carrow Motors | Carrow Airlines
European Commission | European Council
EU | European Commission
East Skarn | West Skarn
HWU | Harbour Masters' League
Coast Guard | National Guard
Red Cross | Blue Cross
FBI | CIA
Saint Mark | Saint Luke
Norland grain deal | Norland fishing treaty
Kyiv | Ukraine
"""


def rows(table: str, same: bool) -> list[tuple[str, str, bool]]:
    """A table's pairs; a third cell "no" says that they are not one in a table of those that are."""
    cells = [[c.strip() for c in line.split("|")] for line in table.strip().splitlines()]
    return [(row[0], row[1], same if len(row) == 2 else not same) for row in cells]


PERSONS = rows(SAME_PERSONS, same=True) + rows(OTHER_PERSONS, same=False)
BODIES = rows(SAME_BODIES, same=True) + rows(OTHER_BODIES, same=False)


@pytest.mark.parametrize(("a", "b", "same"), PERSONS)
def test_two_names_of_persons(a: str, b: str, same: bool) -> None:
    """Initials, short forms and slips are one person's; other names, "Jr." and other initials are not."""
    assert is_same_person(a, b) is same
    assert is_same_person(b, a) is same


@pytest.mark.parametrize(("a", "b", "same"), BODIES)
def test_two_names_of_bodies(a: str, b: str, same: bool) -> None:
    """Acronyms, owners, order of words and spellings are one body's; a part, a sibling or a body of another place is not."""
    assert is_same_body(a, b) is same
    assert is_same_body(b, a) is same


def test_the_table_has_two_hundred_pairs() -> None:
    """The table is as long as the documentation says."""
    assert len(PERSONS) + len(BODIES) == 200


def names_of(*texts: str) -> list[set[str]]:
    """The forms of each name of a story."""
    articles = [build_article(id=f"a{n}", path=f"a{n}", text=t, language="en") for n, t in enumerate(texts)]
    return [{f.text for f in name.forms} for name in Names(Material(articles, list(annotate(articles)))).names]


def test_a_place_is_shown_by_its_whole_name() -> None:
    """An abbreviation is a form of a place, not its name, however often it is written."""
    texts = ("TESSMAR, Mich. — Rain fell in Michigan on Monday.", "ORM, Mich. — Snow fell in Mich. on Monday.")
    articles = [build_article(id=f"a{n}", path=f"a{n}", text=t, language="en") for n, t in enumerate(texts)]
    names = Names(Material(articles, list(annotate(articles)))).names
    assert [n.name for n in names if any(f.text == "Mich." for f in n.forms)] == ["Michigan"]


def together(names: list[set[str]], a: str, b: str) -> bool:
    """Whether some name has both forms."""
    assert any(a in forms for forms in names), a
    assert any(b in forms for forms in names), b
    return any({a, b} <= forms for forms in names)


def test_a_surname_goes_to_its_bearer_in_the_report() -> None:
    """Two bearers of a surname stay two; each report's "Harlan" is the one it names in full."""
    names = names_of(
        "The mayor, Ada Harlan, opened the quay on Tuesday. Harlan said that the work had taken two years.",
        "The shipowner Tom Harlan paid for the quay. Harlan said on Wednesday that he was glad to help.",
    )
    both = [forms for forms in names if "Harlan" in forms]
    assert sorted(sorted(forms - {"Harlan"}) for forms in both) == [["Ada Harlan"], ["Tom Harlan"]]


def test_a_form_is_found_for_whom_its_report_means() -> None:
    """Of two bearers of a surname the one that the report has; elsewhere, the one who is named most by it."""
    texts = (
        "The mayor, Ada Harlan, opened the quay on Tuesday. Harlan said that the work had taken two years.",
        "The shipowner Tom Harlan paid for the quay. Harlan said on Wednesday that he was glad to help. Harlan left.",
    )
    articles = [build_article(id=f"a{n}", path=f"a{n}", text=t, language="en") for n, t in enumerate(texts)]
    names = Names(Material(articles, list(annotate(articles))))
    told = [names.canonical("Harlan", article) for article in ("a0", "a1", "a2", None)]
    assert told == ["Ada Harlan", "Tom Harlan", "Tom Harlan", "Tom Harlan"]


def test_a_title_says_which_bearer_is_meant() -> None:
    """A man called "Mr. Harlan" is not his wife Ada, whom alone the report names in full."""
    names = names_of(
        "President Tom Harlan spoke in Skarn on Monday. Tom Harlan praised the harbour. Harlan left on Tuesday.",
        "Mr. Harlan arrived in Skarn with his wife, Ada Harlan. Mr. Harlan said that the harbour was fine.",
    )
    assert together(names, "Tom Harlan", "Harlan")
    assert not together(names, "Ada Harlan", "Harlan")


def test_junior_is_joined_only_where_no_report_tells_two_apart() -> None:
    """A report that names father and son keeps them apart; a "Jr." that only one report writes does not."""
    one = "Deputy Henry Ash Jr. was hurt on Monday. Ash is in hospital."
    other = "Deputy Henry Ash was hurt on Monday in Skarn. Ash is in hospital."
    both = "The shipowner Henry Ash met his son, Henry Ash Jr., in Skarn on Monday."
    assert together(names_of(one, other), "Henry Ash", "Henry Ash Jr.")
    assert not together(names_of(both, other), "Henry Ash", "Henry Ash Jr.")


def test_forms_stand_with_and_without_titles() -> None:
    """A "Ms. Weir" is also a "Weir", whose place begins at the surname."""
    text = "The mayor, Ada Weir, spoke on Monday. Ms. Weir said that Mayor Weir would do as a form of address."
    article = build_article(id="a", path="a", text=text, language="en")
    names = Names(Material([article], list(annotate([article]))))
    name = names.find("Ms. Weir")
    assert name is not None
    forms = {f.text: f for f in name.forms}
    assert set(forms) == {"Ada Weir", "Weir", "Ms. Weir", "Mayor Weir"}
    assert name.name == "Ada Weir"
    assert sum(forms["Weir"].counts.values()) == 2
    assert text[forms["Weir"].readings[0].start : forms["Weir"].readings[0].end] == "Weir"


@pytest.mark.parametrize(
    ("texts", "a", "b"),
    [
        (
            ["The Skarn Harbour Trust (SHT) said on Monday that it would pay. SHT owns the quay."],
            "Skarn Harbour Trust",
            "SHT",
        ),
        (
            ["Officers of the Tessmar State Police came at noon. The State Police closed the road on Monday."],
            "Tessmar State Police",
            "State Police",
        ),
        (
            ["The Tessmar Times reported the strike on Monday. A lawyer told the Times that the strike was over."],
            "Tessmar Times",
            "Times",
        ),
        (
            ["Mayor Ada Weir (@adaweir) wrote on Monday. The account @adaweir has many readers."],
            "Ada Weir",
            "@adaweir",
        ),
        (
            ["South Korea and North Korea met on Monday. The North said that it would wait."],
            "North Korea",
            "the North",
        ),
    ],
)
def test_what_a_story_joins(texts: list[str], a: str, b: str) -> None:
    """Acronyms in brackets, short forms, papers, accounts and halves of a country go to what the report names in full."""
    names = [{f.replace("The ", "the ") if f.startswith("The ") else f for f in forms} for forms in names_of(*texts)]
    assert together(names, a, b)


def test_a_short_form_of_two_bodies_is_nobodys() -> None:
    """A "State Police" of a report without a bearer stays apart when two states' police fit."""
    names = names_of(
        "The Ohio State Police came to Skarn on Monday.",
        "The Utah State Police came to Skarn on Monday.",
        "Officers of the State Police came to Skarn on Monday, witnesses said.",
    )
    assert not any(
        {"State Police", other} <= forms for forms in names for other in ("Ohio State Police", "Utah State Police")
    )
