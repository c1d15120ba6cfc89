"""The news itself: the line that a briefing opens with."""

from __future__ import annotations

from rashomon.annotate import annotate
from rashomon.collate import collate
from rashomon.read.plain import build_article

REPORTS = (
    (
        "Crane falls onto quay in Tessmar\n\nA crane fell onto the quay in the port of Tessmar on Tuesday.\n\n"
        "The port has been closed since the 1990s to ships of more than 200 metres. The mayor came by boat."
    ),
    (
        "Tessmar crane falls, dockers killed\n\nA harbour crane fell onto the quay in Tessmar.\n\n"
        "The port has been closed since the 1990s to ships of more than 200 metres. The union was angry."
    ),
    (
        "Anger in Tessmar after crane fall\n\nThe dockers of Tessmar are angry. A crane fell onto their quay on Tuesday.\n\n"
        "Schools stay open this week."
    ),
)


def briefing_of(*texts: str) -> list[tuple[str, list[str]]]:
    """The lines of the briefing of some reports, each with whose they are."""
    articles = [
        build_article(id=f"r{n}", path=f"{n}", text=t, title=t.split("\n")[0], published="2025-10-14", language="en")
        for n, t in enumerate(texts)
    ]
    lines = collate(articles, list(annotate(articles))).briefing
    return [(line.text, sorted({r.article for part in line.parts for r in part.cites})) for line in lines]


def test_a_briefing_opens_with_the_news() -> None:
    """What all begin with comes before what two tell word for word."""
    (first, whose), *_ = briefing_of(*REPORTS)
    assert "crane fell onto the quay" in first
    assert len(whose) > 1


def test_one_report_has_no_news_of_all() -> None:
    """What it alone begins with is no more than one of its points."""
    assert all(whose == ["r0"] for _, whose in briefing_of(REPORTS[0]))


SINKINGS = (
    (
        "Ferry sinks off Lorne\n\nFive passengers drowned off the coast of Lorne when a ferry sank in a storm on Tuesday.\n\n"
        "The coast guard sent two boats. Mayor Ada Weir spoke of a black day."
    ),
    (
        "Passengers drown off Lorne\n\nAn old ferry went down in heavy seas on Tuesday and five passengers drowned off the coast of Lorne.\n\n"
        "Nobody knows yet why it left the port. The union of seamen was angry."
    ),
    (
        "Lorne mourns\n\nSeven passengers drowned off the coast of Lorne on Tuesday, in the worst sinking for thirty years.\n\n"
        "Flags flew at half mast. Schools will stay closed this week."
    ),
)


def test_a_number_in_which_reports_differ_is_left_out_of_the_news() -> None:
    """Nobody is said to agree on how many there were."""
    first, *_ = briefing_of(*SINKINGS)
    assert first == ("Passengers drowned off the coast of Lorne.", ["r0", "r1", "r2"])
