"""The acts of several reports lined up."""

from __future__ import annotations

import pytest

from rashomon.collate import collate
from rashomon.model import Act, ActKind, Annotations, Collation, Span
from rashomon.read.plain import build_article

TOLD = "The union demands that the port inspect every crane."
AGAIN = "Its union demands an inspection of every crane in the port."


def collated(*acts: tuple[str, str, ActKind, str | None]) -> Collation:
    """The collation of one-sentence reports, each an act: its text, actor, kind and addressee."""
    articles = [build_article(id=str(n), path=str(n), text=a[0], language="en") for n, a in enumerate(acts)]
    found = [
        Annotations(
            article_id=article.id,
            sentences=(Span(0, len(text)),),
            acts=(Act(start=0, end=len(text), actor=actor, act=kind, content=text, toward=toward),),
        )
        for article, (text, actor, kind, toward) in zip(articles, acts, strict=True)
    ]
    return collate(articles, found)


def test_one_act_in_two_reports_is_one_position() -> None:
    """What somebody demands stands once, with its readings."""
    positions = collated((TOLD, "Union", "demand", None), (AGAIN, "Union", "demand", None)).positions
    assert [len(p.readings) for p in positions] == [2]


@pytest.mark.parametrize(
    "other",
    [
        (AGAIN, "Union", "refusal", None),
        (AGAIN, "Government", "demand", None),
        ("A brass band will play in the park on Sunday.", "Union", "demand", None),
    ],
)
def test_other_acts_are_other_positions(other: tuple[str, str, ActKind, str | None]) -> None:
    """Another kind, another actor or another content is another position."""
    assert [len(p.readings) for p in collated((TOLD, "Union", "demand", None), other).positions] == [1, 1]


def test_what_is_asked_of_others_is_another_position() -> None:
    """A demand on the port is none on the council."""
    told = collated((TOLD, "Union", "demand", "Port"), (AGAIN, "Union", "demand", "Council"))
    assert len(told.positions) == 2
