from __future__ import annotations

import pytest

from rashomon.model import Basis, Span
from rashomon.read.plain import build_article
from rashomon.read.published import date_from_story

BODY = "\n\nThe harbour was shut on Tuesday, the coast guard said in a long statement.\n\nIt will open on Friday.\n"


def marked(text: str) -> list[str]:
    """The lines marked as furniture."""
    return [text[s.start : s.end] for s in build_article(id="a", path="a", text=text).furniture]


@pytest.mark.parametrize(
    "line",
    [
        "17",
        "0:00",
        "More Coverage",
        "Read related topics: Harbours",
        "Sign up for our newsletter",
        "Originally published as Harbour shut",
        "<https://example.org/harbour>",
        "Advertisement",
        "Ada Weir contributed to this report.",
    ],
)
def test_furniture_is_marked(line: str) -> None:
    """Page furniture becomes a span; the text keeps it."""
    assert marked(f"Harbour shut after accident\n\n{line}{BODY}") == [line]


def test_the_text_is_kept_as_decoded() -> None:
    """Nothing is trimmed, joined or cut."""
    text = "\r\n Title here\r\n\r\nBody of the report, long enough.  \r\n"
    assert build_article(id="a", path="a", text=text).text == text


def test_byline_title_and_credit() -> None:
    """The lines about a report are recorded."""
    article = build_article(
        id="a", path="a", text=f"Harbour shut after accident\n\nBy [AFP](#)\n\nApril 15, 2026{BODY}"
    )
    assert (article.title, article.byline, [c.agency for c in article.credits]) == (
        "Harbour shut after accident",
        "AFP",
        ["AFP"],
    )


@pytest.mark.parametrize(
    "text",
    [
        "By NPA\n\nThe quay was shut on Tuesday.",
        "TESSMAR (NPA) — The quay was shut on Tuesday.",
        "TESSMAR (Agence Nordique) - The quay was shut on Tuesday.",
        "Crane falls\n\nThe quay was shut. (Reuters)",
        "Crane falls\n\nSKARN, Nord. (NEWSCHANNEL 3) - The quay was shut.",
        "Crane falls\n\nSkarn (WNOR9) — The quay was shut.",
        "Crane falls\n\nStaff and agencies\n\nThe quay was shut on Tuesday.",
        "Crane falls\n\nBy our staff, Reuters\n\nThe quay was shut on Tuesday.",
        "Crane falls\n\nThe quay was shut.\n\n(With inputs from PTI)",
        "Crane falls\n\nThe quay was shut.\n\n– with agencies",
        "Crane falls\n\nThe quay was shut.\n\nThe Associated Press contributed to this report.",
        "Crane falls\n\nThe quay was shut.\n\nAgencies contributed to this report.",
        "Crane falls\n\nThe quay was shut.\n\nThis story was originally published by Reuters.",
        "Crane falls\n\nThe quay was shut.\n\nThis article was provided by AFP.",
    ],
)
def test_credits_are_found(text: str) -> None:
    """An agency in the byline, the dateline or at the end is a credit."""
    assert len(build_article(id="a", path="a", text=text).credits) == 1


@pytest.mark.parametrize(
    "text",
    [
        "He told AFP that the quay was shut.",
        "According to TASS, the quay was shut.",
        "AP Photo/ Ada Weir",
        "Crane falls\n\nBy NILS ODLAND\n\nThe quay was shut.",
        "TASS quoted agencies of three countries.",
        "The story was first told to Reuters by a docker.",
        "Two news agencies said the quay was shut.",
        "Harbour staff and agencies of the state met on Tuesday to shut the quay.",
    ],
)
def test_a_source_of_a_statement_is_no_credit(text: str) -> None:
    """Who is quoted, and whose picture it is, says nothing of whose text it is."""
    assert build_article(id="a", path="a", text=text).credits == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Title of a report\nPublished: Wednesday, April 15, 2026" + BODY, "2026-04-15"),
        ("Title of a report\n\nShe spoke on Sunday (23.02.2025) in the harbour of Tessmar, he said.", "2025-02-23"),
        ("Title of a report" + BODY + "\nOriginal url: https://x.example/2026/04/15/harbour/", "2026-04-15"),
        ("Title of a report" + BODY, None),
    ],
)
def test_publication_day_from_the_text(text: str, day: str | None) -> None:
    """A dated line, a weekday with its date, or the report's own address dates it."""
    assert build_article(id="a", path="a", text=text).published == day


def test_the_basis_of_a_date_is_recorded() -> None:
    """Where a date rests on words of the text, they are pointed at."""
    text = "Title of a report\n\nApril 15, 2026" + BODY
    article = build_article(id="a", path="a", text=text)
    assert article.published_basis == Basis(kind="text", span=Span(19, 33))
    undated = build_article(id="b", path="b", text="Title" + BODY)
    dated = date_from_story([article, undated])
    assert (dated[1].published, dated[1].published_basis) == ("2026-04-15", Basis(kind="story"))


@pytest.mark.parametrize(
    ("end", "completeness"),
    [("The minister said that…", "truncated"), ("He left. [+1234 chars]", "truncated"), ("He left.", "full")],
)
def test_truncated_reports_are_told(end: str, completeness: str) -> None:
    """A report that breaks off is not held to be silent on what follows."""
    assert (
        build_article(id="a", path="a", text=f"Title here\n\nThe harbour was shut. {end}").completeness == completeness
    )
