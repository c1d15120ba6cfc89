from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.annotate import annotate
from rashomon.annotate.tagging import Parsed
from rashomon.model import Annotations, Quote
from rashomon.read.plain import build_article

HEAD = "Harbour Minister Ilsa Brandvik came to the quay on Tuesday."


def found(text: str) -> tuple[str, Annotations]:
    """A text, told after a sentence that names the minister, with its annotations."""
    whole = f"{HEAD}\n{text}"
    return whole, next(annotate([build_article(id="a", path="a", text=whole, language="en")]))


def shown(text: str, quote: Quote) -> tuple[list[str], str, str | None]:
    """Content, manner and speaker of a quote."""
    return [text[s.start : s.end] for s in quote.content], quote.manner, quote.speaker_name


CASES = [
    ("“We will rebuild the quay,” Brandvik said.", ["We will rebuild the quay"], "direct", "Ilsa Brandvik"),
    ('"We will rebuild the quay," she told reporters.', ["We will rebuild the quay"], "direct", "Ilsa Brandvik"),
    ("Brandvik said: “We will rebuild the quay.”", ["We will rebuild the quay."], "direct", "Ilsa Brandvik"),
    ("‘We will rebuild the quay,’ said Brandvik.", ["We will rebuild the quay"], "direct", "Ilsa Brandvik"),
    (
        "“We will rebuild the quay,” she said. “It will take years.”",
        ["We will rebuild the quay", "It will take years."],
        "direct",
        "Ilsa Brandvik",
    ),
    ("Brandvik said that the quay would be rebuilt.", ["that the quay would be rebuilt"], "indirect", "Ilsa Brandvik"),
    (
        "According to the coast guard, the quay was closed for a week.",
        ["the quay was closed for a week"],
        "indirect",
        "coast guard",
    ),
    ("The minister called the fall “a disgrace”.", ["the fall “a disgrace”"], "mixed", "Ilsa Brandvik"),
    (
        "Brandvik said the crane was “rusted through” and old.",
        ["the crane was “rusted through” and old"],
        "mixed",
        "Ilsa Brandvik",
    ),
    (
        "She accused the company of hiding the reports.",
        ["the company of hiding the reports"],
        "indirect",
        "Ilsa Brandvik",
    ),
    ("She called for a public inquiry.", ["a public inquiry"], "indirect", "Ilsa Brandvik"),
]


@pytest.mark.parametrize(("text", "content", "manner", "speaker"), CASES)
def test_who_says_what(text: str, content: list[str], manner: str, speaker: str) -> None:
    """Direct, mixed and indirect quotes are found with their speaker's name."""
    whole, annotations = found(text)
    assert (content, manner, speaker) in [shown(whole, q) for q in annotations.quotes]


@pytest.mark.parametrize(
    "text",
    ["They sang “Rule the Waves” on the quay.", "The ship “Petrel” sank.", "The so-called “rust report” was lost."],
)
def test_titles_and_doubted_words_are_no_quotes(text: str) -> None:
    """Quotation marks alone make no quote."""
    assert found(text)[1].quotes == ()


def test_speech_goes_on_over_paragraphs() -> None:
    """A paragraph that is all quotation has the speaker of the one before."""
    _, annotations = found("“We will rebuild the quay,” Brandvik said.\n“Nobody will be forgotten in this harbour.”")
    assert [q.speaker_name for q in annotations.quotes] == ["Ilsa Brandvik"] * 2


def test_a_missing_mark_costs_at_most_its_paragraph() -> None:
    """The quote after an unclosed one is still found."""
    whole, annotations = found("“We will rebuild the quay, she said.\n“It will take many years,” Brandvik said.")
    assert (["It will take many years"], "direct", "Ilsa Brandvik") in [shown(whole, q) for q in annotations.quotes]


def test_who_passed_the_words_on() -> None:
    """The medium a speaker told is kept beside the speaker."""
    assert found("“We will rebuild the quay,” Brandvik told state television.")[1].quotes[0].via == "state television"


def test_a_signed_post_is_a_quote() -> None:
    """A post without quotation marks belongs to who signs it."""
    _, annotations = found("A long day on the quay with the divers.\n— Ilsa Brandvik (@ibrandvik) April 14, 2026")
    assert [(q.manner, q.speaker_name) for q in annotations.quotes] == [("direct", "Ilsa Brandvik")]


def test_paragraphs_do_not_leak(parse: Callable[..., Parsed]) -> None:
    """Each paragraph is parsed alone."""
    parsed = parse("The quay was closed\nThe minister left.")
    assert [p.doc.text for p in parsed.paragraphs] == ["The quay was closed", "The minister left."]
