"""Labels of points: short clauses that stand by themselves, with the clause they were made of."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.clause_labels import clause_label
from rashomon.collate.material import Material
from rashomon.model import Clause, Span
from rashomon.read.plain import build_article


def labels_of(text: str, day: str | None = "2025-10-14") -> list[str | None]:
    """The label of each clause of a report of October 14, 2025, or another day."""
    material = _material(text, day)
    return [clause_label(material, "a", clause) for clause in material.found["a"].clauses]


def _material(text: str, day: str | None = "2025-10-14") -> Material:
    article = build_article(id="a", path="a", text=text, published=day, language="en")
    return Material([article], list(annotate([article])))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "The mayor said that the eastern bridge would not open this year.",
            "The eastern bridge would not open this year",
        ),
        ("Mayor Ada Weir spoke first. She called for a public inquiry.", "[Ada Weir] called for a public inquiry"),
        (
            "The harbour board will close the terminal until the cranes are inspected.",
            "The harbour board will close the terminal until the cranes are inspected",
        ),
        ("The bridge across the Ree remains closed.", "The bridge across the Ree remains closed"),
        ("The harbour board offered a loan on Wednesday.", "The harbour board offered a loan on Wednesday"),
        (
            "The board closed the harbour on Monday, July 11, 2016.",
            "The board closed the harbour on Monday, July 11, 2016",
        ),
        ("Mayor Ada Weir showed her plan to the dockers.", "Ada Weir showed her plan to the dockers"),
        ("The US closed its embassy in Tessmar on Friday.", "The US closed its embassy in Tessmar on Friday"),
        ("The harbour board sent US officials a plan.", "The harbour board sent US officials a plan"),
        ("The dockers have long sought a U.S. licence.", "The dockers have long sought a U.S. licence"),
        (
            "The harbour board voted to close the old port. It is time for the city to act.",
            "The harbour board voted to close the old port",
        ),
        (
            "The board has also closed the eastern port of Tessmar as well.",
            "The board has closed the eastern port of Tessmar",
        ),
        ("The board is still in the eastern port of Tessmar.", "The board is still in the eastern port of Tessmar"),
        ("The dockers often are allowed to enter the port.", "The dockers often are allowed to enter the port"),
    ],
)
def test_a_clause_tells_its_point(text: str, label: str) -> None:
    """Who says so goes, who is only pointed at is named in brackets, what belongs to the subject or hangs on the verb stays."""
    assert label in labels_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody knows how many people boarded the old ferry.",
        "At 3.05 two blasts shook the windows of the old port.",
        "Ada Weir was Ada Weir.",
        "The old port of Tessmar is located in the east.",
        "Ten dockers were taken to hospital and one, a man of 40, was flown to Skarn.",
    ],
)
def test_what_asks_says_nothing_or_goes_on_elsewhere_is_no_label(text: str) -> None:
    """A question, an hour before a count, who is who he is, and the beginning of what another verb says."""
    material = _material(text)
    labels = [
        clause_label(material, "a", short)
        for clause in material.found["a"].clauses
        for short in (clause, *material.shortened("a", clause))
    ]
    assert not any(label and label.startswith(("How many", "3.05", "Ada Weir was")) for label in labels)
    assert not any(label and label.endswith(("is located", "and one, a man of 40")) for label in labels)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The board closed the eastern port yesterday.", "The board closed the eastern port"),
        ("The board closed the port late last night for repairs.", "The board closed the port for repairs"),
        ("The board closed the port on Monday night.", "The board closed the port on Monday night"),
    ],
)
def test_a_day_that_counts_from_the_reports_own_is_left_out(text: str, label: str) -> None:
    """A line does not say from when it counts."""
    assert labels_of(text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "The eastern port was closed until yesterday.",
        "The board did not meet the dockers yesterday.",
        "The mayor cleared today's broken glass from the old port.",
        "The council passed it by 61 votes to 52.",
        "The harbour board puts the number at 187 dockers.",
        "At least two were locked inside.",
        "Four of its dockers were killed in the old port.",
        "The old crane FAILED a test in the harbour. A crane failed before.",
        "The harbour board declined to comment on the closing.",
        "The harbour board vowed on Tuesday to remain.",
        "The mayor of Lorne met on Wednesday.",
        "The mayor is opposed not only to the old port.",
        "Our crew saw dockers leave the old port at noon.",
        "The bank bought shares of the port worth.",
        "A freighter of the old port passed within ten metres of each other.",
    ],
)
def test_what_leans_is_idle_or_cut_is_no_label(text: str) -> None:
    """Days that cannot go, what "it" or "the number" is, shouting, silence, what lacks its end, and what somebody saw others do."""
    assert set(labels_of(text)) == {None}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "The mayor of Lorne resigned from the board after the dockers blocked the port.",
            "The mayor of Lorne resigned from the board",
        ),
        (
            "The court refused to enforce the harbour order on Monday.",
            "The court refused to enforce the harbour order on Monday",
        ),
    ],
)
def test_what_came_before_something_else_is_true_without_it(text: str, label: str) -> None:
    """A clause of its own tells the other thing; an order is no end that is left open."""
    assert label in labels_of(text)


@pytest.mark.parametrize("before", ["months after", "the morning after", "years later when"])
def test_what_was_so_long_after_something_says_of_what(before: str) -> None:
    """Cut there it would say another thing."""
    told = labels_of(f"The mayor resigned from the harbour board {before} the dockers blocked the port.")
    assert not any(label and label.endswith(tuple(before.split())) for label in told)


def test_what_was_not_so_after_something_may_have_been_before() -> None:
    """The denial may be of the time alone."""
    told = labels_of("The mayor of Lorne did not resign from the board after the dockers blocked the port.")
    assert "The mayor of Lorne did not resign from the board" not in told


def test_what_is_only_expected_is_not_told_as_so() -> None:
    """However far before "that" the word stands."""
    told = labels_of("The mayor is expected by some to announce that the old port will close.")
    assert "The old port will close" not in told


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("In 2015, four dockers were killed in the old port.", "Four dockers were killed in the old port in 2015"),
        (
            "The port was sold. That year, four dockers were killed in the old port.",
            "Four dockers were killed in the old port",
        ),
        ("Last week, four dockers were killed in the old port.", "Four dockers were killed in the old port"),
        ("In 2015 four dockers were killed in the old port.", "Four dockers were killed in the old port in 2015"),
    ],
)
def test_what_was_long_ago_says_when(text: str, label: str) -> None:
    """Without its year it would be taken for the news."""
    assert label in labels_of(text)


def test_what_has_its_year_says_so_in_a_report_of_no_known_day() -> None:
    """It may be the news or not."""
    text = "In 1994, 17 dockers were killed in a fire at the old port."
    assert labels_of(text, day=None) == ["17 dockers were killed in a fire at the old port in 1994"]


@pytest.mark.parametrize(
    "text",
    [
        '"The harbour board will close the terminal," the mayor said.',
        "If the harbour board closes the terminal",
        "He told them that they would meet here.",
        "The harbour board has not yet backed that effort.",
        "The harbour board offered on Wednesday.",
        "That plan of the harbour board angered the dockers of Tessmar.",
        "Mayor Ada Weir met the dockers of Tessmar in an effort.",
        "They resume work on condition that the cranes of the port are checked by an engineer.",
        "Its chief engineer declined to publish the report.",
        "Mayor Ada Weir beat her in the northern districts of Tessmar.",
        "What would happen should Ruritania restart its nuclear program?",
        "Leading dockers of Tessmar called on Friday for the mayor to resign.",
        "The mayor named the dead dockers as Ada Weir, Tomas Orrel, Edda Falk, Ivo Brandt, Greta Haldane, Marcus Dunne and Olaf Weir of Tessmar, who lived in a house in the old part of the port.",
        "It appears the harbour board will close the terminal.",
        "They discussed how the port can train the dockers of Tessmar.",
        "Were the harbour board a company, the dispute would carry a fine of three million.",
        "Earlier reports stated the terminal was combined with a fish market.",
        "The other female docker was taken to a hospital in Tessmar.",
        "Both proposals look increasingly dubious to the harbour board.",
        "An easy win would ensure the harbour board is closed for three months.",
        "Police tape surrounds the harbour board of Tessmar on Monday, July 11, 2016.",
        "“The cranes are safe,” Mayor Ada Weir assured the harbour board of Tessmar on Friday.",
        "Mayor Ada Weir begged the harbour board of Tessmar, “Close the terminal.”",
        "The mayor was sure of one thing: The harbour board would close the terminal of Tessmar.",
        "The blast at the harbour left one docker dead and three others hurt.",
        "The dockers of Tessmar struck the other crane of the harbour.",
        "The police named the dead dockers as Ada Weir, 18, Tomas Orrel, 22, and a child from the old port of Tessmar, who had lived in one house there.",
        "The harbour board of Tessmar seemed determined to close the terminal.",
        "The port of Tessmar was charged.",
        "It was Edda Falk, a Tessmar lawyer who writes and sits on the harbour board of Lorne.",
        "The fact that you did not watch the dockers of Tessmar at work is fine by the board.",
        "Ada Weir’s ability to speak with the dockers and sailors of Tessmar was praised by the board.",
        "The harbour board of Tessmar was charged with one count of theft, two counts of fraud, three counts of blackmail, four of bribery and one count of arson.",
        "Police did arrest the two dockers of Tessmar.",
        "Edda Falk closed the terminal that day.",
        "The White House has leaned on Governor Tomas Orrel of Tessmar to leave the harbour board of the city to others in the coming year.",
        "Harbour minister talks tough in Tessmar on Friday.",
        "The harbour board of Tessmar is in doubt after a video surfaced on Friday.",
        "Police are looking into a blast in the old port of Tessmar that sent two dockers and their foreman to the hospital of the city on Friday.",
        "Most of his dockers backed the plan to close the terminal of Tessmar.",
    ],
)
def test_what_leans_or_is_spoken_is_no_label(text: str) -> None:
    """Speech, a condition, what is doubted or asked, what points elsewhere and what is cut short tell no point."""
    assert not any(labels_of(text))


@pytest.mark.parametrize(
    "frame",
    [
        "Analysts doubt that",
        "It seems extremely unlikely that",
        "The mayor is fed up with the notion that",
        "Half of the dockers believe",
    ],
)
def test_what_is_doubted_or_believed_is_not_told_as_so(frame: str) -> None:
    """Who doubts or believes may be told; what is doubted or believed may not."""
    told = labels_of(f"{frame} the harbour board will close the terminal.")
    assert "The harbour board will close the terminal" not in told


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ada Weir spoke. She closed the old terminal of the harbour.", True),
        ("Tomas Orrel fled. He shot at the old harbour board, Chief Ivo Brandt said.", True),
        ("Chief Ivo Brandt came. He shot at the old harbour board, Chief Ivo Brandt said.", False),
        ("Ada Weir said so. The fourth victim is a child. She was taken to the old hospital.", False),
        ("Ada Weir said so. Weir wrote to a child. She was taken to the old hospital.", True),
        ("Ivo Brandt came. Brandt asked the police to stop Tomas Orrel, but he shot at the old harbour board.", False),
    ],
)
def test_who_is_named_is_who_is_meant(text: str, named: bool) -> None:
    """He is not named who says so behind "he", nor where another stands nearer."""
    assert any(label and label.startswith("[") for label in labels_of(text)) is named


def test_a_surname_of_two_is_that_of_whoever_was_named_last() -> None:
    """Where it was taken for the other there is no label."""
    text = "Ada Weir, 5, shot herself. Ada Weir was at home. Olaf Weir, 65, came later. Weir is charged with theft in Lorne."
    assert not any(label and "Ada Weir is charged" in label for label in labels_of(text))


def test_a_clause_without_a_word_is_no_label() -> None:
    """What is said of a subject may be a mark alone, where a report breaks off."""
    text = "The northern harbour board chairman …"
    material = Material([build_article(id="a", path="a", text=text, language="en")], [])
    end = text.index(" …")
    clause = Clause(
        start=0, end=len(text), subject=Span(0, end), doer=text[:end], core=Span(end + 1, len(text)), predicate="…"
    )
    assert clause_label(material, "a", clause) is None


def test_the_deputy_of_an_office_is_not_who_holds_it() -> None:
    """The sheriff is known by name, and who was shot is not."""
    told = labels_of(
        "Sheriff Edda Falk closed the old port of Tessmar. The deputy sheriff was shot at the gate of the port."
    )
    assert "Sheriff Edda Falk closed the old port of Tessmar" in {f"Sheriff {x}" for x in told} | set(told)
    assert not any(x and "shot" in x and "Falk" in x for x in told)


def test_verbs_beside_each_other_are_told_together() -> None:
    """Who was shot and killed was not only shot."""
    assert labels_of("Two dockers of Tessmar were shot and killed on Friday.")[0] == (
        "Two dockers of Tessmar were shot and killed on Friday"
    )
