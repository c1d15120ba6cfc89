"""The terminal form: the sections of the page, some of them, and every row."""

from __future__ import annotations

import pytest

from rashomon.errors import UsageError
from rashomon.model import Article, Collation, Intake
from rashomon.read.plain import build_article
from rashomon.report.terminal import render_terminal
from rashomon.report.view import NAMES, SECTIONS, view_collation
from rashomon.run import collate_articles

Example = tuple[Collation, tuple[Article, ...]]


def headings(text: str) -> list[str]:
    """The headings of a terminal form."""
    return [line.split(" ──")[0] for line in text.splitlines() if line.endswith("───")]


def test_the_terminal_has_the_sections_of_the_page(example: Example) -> None:
    """In the same order, under the same headings."""
    assert headings(render_terminal(*example)) == [heading for _, _, heading in view_collation(*example).sections]


@pytest.mark.parametrize(("name", "heading"), [(name, heading) for name, _, heading in SECTIONS])
def test_a_section_alone(example: Example, name: str, heading: str) -> None:
    """With its name only that section is printed; where it has nothing, that is said."""
    text = render_terminal(*example, names=[name])
    assert headings(text) == [heading]
    if not view_collation(*example).has(name):
        assert "Nothing of this was found." in text


def test_a_name_that_is_no_section(example: Example) -> None:
    """It is an error that names the sections."""
    with pytest.raises(UsageError, match="choose from brief, differences"):
        render_terminal(*example, names=["plot"])


def test_all_rows_where_all_are_asked_for(example: Example) -> None:
    """What is left out is counted and told how to get; with everything nothing is left out."""
    some, everything = render_terminal(*example), render_terminal(*example, everything=True)
    assert "more: --section figures --all" in some
    assert "--all" not in everything
    assert len(everything.splitlines()) > len(some.splitlines())


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(example: Example, width: int) -> None:
    """At any width that a terminal has."""
    assert max(map(len, render_terminal(*example, width, everything=True).splitlines())) <= width


def test_color_only_where_it_is_asked_for(example: Example) -> None:
    """Plain text has no control characters, and the coloured one says the same."""
    plain = render_terminal(*example)
    assert "\x1b" not in plain
    assert "\x1b[" in render_terminal(*example, color=True)


def test_names_are_those_of_the_page() -> None:
    """Every section has one name, in both."""
    assert len(set(NAMES)) == len(NAMES)


def test_where_no_line_tells_a_difference_the_sections_that_may_are_named() -> None:
    """Numbers that part, and changed wordings, stand with the figures and the remarks."""
    articles = [
        build_article(id=f"r{n}", path=f"r{n}", text=f"The harbour of Tessmar was shut {n}.", language="en")
        for n in ("early", "late")
    ]
    text = render_terminal(*collate_articles(Intake(articles=tuple(articles))), names=["differences"])
    assert "--section figures, --section quotes" in " ".join(text.split())
