"""Occasions: where, when and to whom quoted words were said."""

from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.occasions import with_occasions
from rashomon.collate.quotes import align_quotes
from rashomon.read.plain import build_article


def occasions(*texts: str) -> list[str | None]:
    """The occasions of the remarks that some reports, all of 14 October 2025, quote."""
    articles = [
        build_article(id=f"r{n}", path=f"r{n}", text=text, published="2025-10-14", language="en")
        for n, text in enumerate(texts)
    ]
    material = Material(articles, list(annotate(articles)))
    return [quote.occasion for quote in with_occasions(material, align_quotes(material, Names(material)))]


SAID = "“We have never seen the water rise this fast,” Mayor Ada Weir {}."


@pytest.mark.parametrize(
    ("words", "occasion"),
    [
        ("told reporters", "to reporters"),
        ("said at a news conference on Monday", "at a news conference, on 13 October 2025"),
        ("said in a Twitter message", "in a Twitter message"),
        ("said", None),
        ("said during his visit", None),
    ],
)
def test_hearers_medium_and_day_are_told(words: str, occasion: str | None) -> None:
    """What stands beside the verb of saying, outside of what is said, is the occasion."""
    assert occasions(SAID.format(words)) == [occasion]


def test_what_the_reports_part_on_is_not_told() -> None:
    """Two reports that name different media leave the medium open."""
    assert occasions(SAID.format("said in an interview"), SAID.format("said at a rally")) == [None]
