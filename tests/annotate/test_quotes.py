from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.annotate import annotate
from rashomon.annotate.quotes import read_paragraphs
from rashomon.annotate.quotes.crf import find_attributions, load_attribution_model
from rashomon.annotate.quotes.grid import build_grid
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


def test_a_clause_with_its_speaker_is_believed_sooner(parse: Callable[..., Parsed]) -> None:
    """What the model holds for a cue at less than its threshold is a quote where it governs a clause and names who speaks."""
    text = "The harbour board proved the crane fell into the harbour at night."
    grid = build_grid(read_paragraphs(parse(text)))
    (attribution,) = find_attributions(grid, load_attribution_model())
    assert attribution.score < load_attribution_model().threshold
    assert text[grid.start[attribution.content[0]] :].startswith("the crane fell")


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


def test_who_is_only_quoted_speaks() -> None:
    """Whoever says it quoting somebody passes it on."""
    _, annotations = found("“The quay will be rebuilt,” the Skarn News Agency said, quoting Brandvik.")
    [quote] = [q for q in annotations.quotes if q.manner == "direct"]
    assert (quote.speaker_name, quote.via) == ("Ilsa Brandvik", "the Skarn News Agency")


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        # a comma before what a verb names too
        ("Brandvik called the crane old and ugly, “the wreck of a wreck.”", "the wreck", "Ilsa Brandvik"),
        # whoever made a statement is who says what it says
        (
            "In a statement, Brandvik promised a crane. “The quay will be rebuilt in two years,” the statement said.",
            "The quay will",
            "Ilsa Brandvik",
        ),
        # a row of verbs has one subject
        (
            (
                "Brandvik has previously denounced Mr. Dahl as a “wrecker,” nicknamed him “Little Crane Man,” derided him "
                "as “short and fat” and threatened to rain down “fire and fury” if he came back."
            ),
            "short",
            "Ilsa Brandvik",
        ),
    ],
)
def test_whose_the_marked_words_are(text: str, words: str, speaker: str) -> None:
    """The speaker of what is quoted where several verbs or names stand around it."""
    whole, annotations = found(text)
    at = whole.index(words)
    held = [q for q in annotations.quotes if any(c.start <= at < c.end for c in q.content)]
    assert [q.speaker_name for q in held] == [speaker]


def test_a_signed_post_is_a_quote() -> None:
    """A post without quotation marks belongs to who signs it."""
    _, annotations = found("A long day on the quay with the divers.\n— Ilsa Brandvik (@ibrandvik) April 14, 2026")
    assert [(q.manner, q.speaker_name) for q in annotations.quotes] == [("direct", "Ilsa Brandvik")]


def test_paragraphs_do_not_leak(parse: Callable[..., Parsed]) -> None:
    """Each paragraph is parsed alone."""
    parsed = parse("The quay was closed\nThe minister left.")
    assert [p.doc.text for p in parsed.paragraphs] == ["The quay was closed", "The minister left."]


# A text of its own, and the quotes a reader would list: content, speaker.
FORMS = [
    # turns of an interview
    (
        "HOLM: Is the quay safe today?\n\nBRANDVIK: It is safe, and it will stay open all week.",
        [("Is the quay safe today?", "HOLM"), ("It is safe, and it will stay open all week.", "BRANDVIK")],
    ),
    # a quotation signed with a name
    ("“The quay was never safe for us.” — Marta Lind", [("The quay was never safe for us.", "Marta Lind")]),
    # an announcement in the paragraph before
    (
        "Marta Lind of the dockers came to the gate at noon. She said:\n\n“We warned them for years about that crane.”",
        [("We warned them for years about that crane.", "Marta Lind")],
    ),
    # marks that reopen at each paragraph
    (
        "“We warned them for years,” said Marta Lind. “Nobody came.\n\n“Now the crane lies in the water.”",
        [("We warned them for years", "Marta Lind"), ("Now the crane lies in the water.", "Marta Lind")],
    ),
    # a curly mark that closes a straight one
    ('"We warned them for years about it,” said Marta Lind.', [("We warned them for years about it", "Marta Lind")]),
    # a headline
    ("Lind: “We warned them for years”\n\nMarta Lind spoke at the gate.", [("We warned them for years", "Marta Lind")]),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_forms_that_name_the_speaker(text: str, expected: list[tuple[str, str]]) -> None:
    """Interviews, signed quotations, announcements and headlines have their speakers."""
    annotations = next(annotate([build_article(id="a", path="a", text=text, language="en")]))
    shown_pairs = {
        (text[q.content[0].start : q.content[0].end].strip('“”"'), q.speaker_name) for q in annotations.quotes
    }
    for content, speaker in expected:
        assert any(c.rstrip(".,") == content.rstrip(".,") and s == speaker for c, s in shown_pairs), shown_pairs


NO_SPEECH = [
    "The ship “Northern Star” lay at the quay.",
    "Peter “Red” Dahl walked along the quay.",
    "The band played “The Long Way Home” at the gate.",
    "The so-called “safe” crane stood at the quay.",
]


@pytest.mark.parametrize("text", NO_SPEECH)
def test_titles_nicknames_and_scare_quotes_are_not_speech(text: str) -> None:
    """Marks alone make no quote."""
    annotations = next(annotate([build_article(id="a", path="a", text=f"{HEAD}\n\n{text}", language="en")]))
    assert [q for q in annotations.quotes if q.content[0].start > len(HEAD)] == []
