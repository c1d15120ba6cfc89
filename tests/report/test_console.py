from __future__ import annotations

import pytest
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rashomon.report.console import item, printed, section


def table() -> Table:
    """A table with a cell that nobody cleaned."""
    grid = Table.grid()
    grid.add_row("A", Text("The quay\x00 is safe\x1b[2J"))
    return grid


@pytest.mark.parametrize(
    "part", [Text("The quay\x00 is safe\x1b[2J"), table(), item("d1", "The quay\x00 is safe\x1b[2J")]
)
@pytest.mark.parametrize("color", [False, True])
def test_a_terminal_obeys_no_report(part: RenderableType, *, color: bool) -> None:
    """Control characters in a report's words are spaces, in every part; the styles that are ours stay."""
    shown = printed([part], 60, color=color)
    assert "\x00" not in shown
    assert "\x1b[2J" not in shown
    assert "The quay" in shown
    assert "is safe" in shown


def test_what_is_printed_keeps_its_styles() -> None:
    """A section's title is bold where there are colours."""
    body: list[RenderableType] = [Text("one line")]
    assert printed(section("Quotes", body), 20, color=True).count("\x1b[1m") == 1
    assert printed(section("Quotes", body), 20, color=False).splitlines()[-1] == "one line"
