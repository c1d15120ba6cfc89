from __future__ import annotations

import re

import pytest

from rashomon.annotate import annotate
from rashomon.annotate.mentions import find_mentions
from rashomon.annotate.people import find_people
from rashomon.annotate.speakers import Speakers
from rashomon.annotate.tagging import parse_articles
from rashomon.model import Span
from rashomon.read.plain import build_article
from rashomon.settings import DEFAULT

# A text with the phrase in double brackets, and whom it stands for.
CASES = [
    ("Harbour Minister Ilsa Brandvik came on Tuesday. [[She]] said it was safe.", "Ilsa Brandvik"),
    ("Peter Dahl met Ilsa Brandvik on the quay. [[He]] said the crane was old.", "Peter Dahl"),
    ("Peter Dahl met Ilsa Brandvik on the quay. [[She]] said the crane was old.", "Ilsa Brandvik"),
    ("Peter Dahl met Martin Holm on Monday. Martin Holm met Peter Dahl on Tuesday. [[She]] said no.", None),
    # who spoke is more in mind than whom the words are of
    ('Peter Dahl said Martin Holm would mend the crane.\n\n"It will take a week," [[he]] said.', "Peter Dahl"),
    # where two are in mind, whom the sentence before is about
    (
        (
            "Martin Holm said he wanted a crane, and that he would build one.\n\nPeter Dahl seemed doubtful.\n\n"
            '"We will see. It will take a week or two," [[he]] said.'
        ),
        "Peter Dahl",
    ),
    # a name set beside a subject is the subject
    ("Martin Holm saw Tor Lund. The owner, Peter Dahl, said no. [[He]] said it twice.", "Peter Dahl"),
    # a full name is a person's, also where no list has the first of its words
    ('Xiquelo Brandvik said the crane was old.\n\n"It creaks," [[he]] said.', "Xiquelo Brandvik"),
    ("After [[he]] saw the quay, Peter Dahl said the crane was old.", "Peter Dahl"),
    ("Ilsa Brandvik, the harbour minister, came on Tuesday. Later [[the minister]] said no.", "Ilsa Brandvik"),
    ("Peter Dahl came on Tuesday. [[Mr. Dahl]] said the crane was old.", "Peter Dahl"),
    ("Ilsa Brandvik came on Tuesday. [[A spokesman for Brandvik]] said no.", "A spokesman for Brandvik"),
    ("Ilsa Brandvik came on Tuesday. [[two officials]] said no.", "two officials"),
    ("Ilsa Brandvik came on Tuesday, and [[who]] said no?", None),
    ("Ilsa Brandvik came on Tuesday. [[The governor]] said no.", None),
    ("A witness came on Tuesday. [[The witness]] said no.", "witness"),
    ("Peter Dahl came on Tuesday with Ilsa Brandvik. [[Dahl and Brandvik]] said no.", "Peter Dahl and Ilsa Brandvik"),
    # who is spoken of does not speak, and a second is not the first
    (
        "General Orm Lund seized Norland. The dictator Orm Lund met the dictator Ivar Holm. [[The dictator]] called Lund a fool.",
        "Ivar Holm",
    ),
    ("Sheriff Peter Dahl came on Tuesday. [[The deputy sheriff]] said no.", None),
    ("The Harbour Board met on Tuesday. [[The board, which met in the old hall,]] said no.", "Harbour Board"),
]


@pytest.mark.parametrize(("marked", "name"), CASES)
def test_whom_a_phrase_stands_for(marked: str, name: str | None) -> None:
    """Names, roles and pronouns are resolved where one fits, described groups kept, the rest left open."""
    start = marked.index("[[")
    end = marked.index("]]") - 2
    article = build_article(id="a", path="a", text=marked.replace("[[", "").replace("]]", ""), language="en")
    parsed = next(parse_articles([article], DEFAULT.annotate))
    answer = Speakers(parsed, find_mentions(parsed)).name_of(Span(start, end))
    assert (answer.removeprefix("A ") if answer else None) == (name.removeprefix("A ") if name else None)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # not over a paragraph that lies between
        (
            (
                "Those who saw Tor Lund and Martin Holm would have mended the crane, said Peter Dahl, a friend of Tor Lund.\n\n"
                "Martin Holm left. Tor Lund met Martin Holm.\n\n"
                '"It will take a week," he said.'
            ),
            ["Peter Dahl", None],
        ),
        # three men were named; the one who spoke speaks on
        (
            (
                "Peter Dahl said the crane was old. Martin Holm met Tor Lund, and Tor Lund met Martin Holm.\n\n"
                '"It will take a week," he said.'
            ),
            ["Peter Dahl", "Peter Dahl"],
        ),
        # a woman does not speak on as "he", and nobody speaks on where the report tells in its own words
        (
            (
                "Ilsa Brandvik said the crane was old. Martin Holm met Tor Lund, and Tor Lund met Martin Holm.\n\n"
                '"It will take a week," he said.'
            ),
            ["Ilsa Brandvik", None],
        ),
        (
            (
                "Peter Dahl said the crane was old. Martin Holm met Tor Lund, and Tor Lund met Martin Holm.\n\n"
                "He said that it would take a week."
            ),
            ["Peter Dahl", None],
        ),
    ],
)
def test_who_spoke_speaks_on(text: str, names: list[str | None]) -> None:
    """Beside a quotation, a pronoun that fits several people is whoever the paragraph before quoted."""
    article = build_article(id="a", path="a", text=text, language="en")
    assert [q.speaker_name for q in next(annotate([article])).quotes] == names


def test_a_surname_that_runs_through_is_not_the_wifes() -> None:
    """The surname alone all along, and his wife's full name late in the text, are two people."""
    text = "Mr. Weir spoke. Mr. Weir left. Mr. Weir came back. Mr. Weir sat down. His wife, Ada Weir, stayed at home."
    article = build_article(id="a", path="a", text=text, language="en")
    mentions = next(annotate([article])).mentions
    assert {(p.name, p.gender) for p in find_people(text, mentions, 0)} == {("Weir", "male"), ("Ada Weir", "female")}


def test_an_introduction_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not once more for each time the noun stands: that took time in the square of a text. Before it, nobody is introduced."""
    text = "The witness left. A tall witness came on Tuesday. " + "The witness said no. " * 5
    article = build_article(id="a", path="a", text=text, language="en")
    parsed = next(parse_articles([article], DEFAULT.annotate))
    speakers = Speakers(parsed, find_mentions(parsed))
    read: list[str] = []
    search = re.search

    def counted(pattern: str, string: str, flags: int = 0) -> re.Match[str] | None:
        read.extend([pattern] if "another" in pattern else [])
        return search(pattern, string, flags)

    monkeypatch.setattr(re, "search", counted)
    places = [m.start() for m in re.finditer("The witness", text)]
    assert [speakers.name_of(Span(at, at + len("The witness"))) for at in places] == [None, *["witness"] * 5]
    assert len(read) == 1
