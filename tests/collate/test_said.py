from __future__ import annotations

import pytest

from rashomon.annotate import annotate
from rashomon.collate import collate
from rashomon.read.plain import build_article


def has_line(remark: str, *texts: str) -> bool:
    """Whether the briefing of some reports has a line with a remark."""
    articles = [build_article(id=f"r{n}", path=f"{n}", text=t, language="en") for n, t in enumerate(texts)]
    return any(remark in line.text for line in collate(articles, list(annotate(articles))).briefing)


@pytest.mark.parametrize(
    ("remark", "is_line"),
    [
        ("The cranes of the old port will be taken down", True),
        ("That is why the cranes will be taken down", False),
        ("And that was never said of the old port", False),
        ("However, they will be taken down before the winter", False),
        ("It is a good day for the dockers of the old port", True),
        ("It’s a good day for the dockers of the old port", True),
        ("Its cranes will be taken down before the winter", False),
        ("It also means no other docker is getting the old port", False),
        ("An old docker of the northern port with his hands in the air", False),
    ],
)
def test_a_remark_that_opens_on_what_was_said_before_it_or_has_no_verb_is_no_line(
    remark: str, *, is_line: bool
) -> None:
    """Both reports quote it; whether it is understood beside nothing else decides."""
    first = f"“{remark},” Mayor Ada Weir said on Monday."
    assert has_line(remark, first, f"The port is closed. Mayor Ada Weir said: “{remark}.”") == is_line


@pytest.mark.parametrize(
    ("speaker", "is_line"), [("Mayor Ada Weir", True), ("The US Navy", True), ("One of them", False)]
)
def test_a_remark_is_a_line_where_a_reader_knows_who_speaks(speaker: str, *, is_line: bool) -> None:
    """Whoever is "one of them" leans on what was told before; the US are not "us"."""
    remark = "The cranes of the old port will be taken down"
    first = f"Dockers met. “{remark},” {speaker} said on Monday."
    assert has_line(remark, first, f"Dockers met in Lorne. {speaker} said: “{remark}.”") == is_line


def test_a_wording_that_only_copies_of_one_text_have_is_no_line() -> None:
    """Two papers that print one text bear out nothing in each other."""
    remark = "The cranes of the old port will be taken down"
    text = f"Dockers met in the town hall of Tessmar on Friday. “{remark},” Mayor Ada Weir said."
    other = "The port is closed. Mayor Ada Weir said the cranes of the old port would go."
    assert not has_line(remark, text, text.replace("met", "meet"), other)
