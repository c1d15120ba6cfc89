"""axe-core (WCAG 2.0 to 2.2, A and AA, and best practice) finds nothing, at four widths, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = pytest.mark.skipif(
    not AXE.is_file(), reason="axe-core is not installed (npm ci --prefix tests/browser, which make does where npm is)"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 390, 1280, 1920)


def violations(tab: Any) -> list[str]:
    """What axe-core objects to, each with the element."""
    tab.evaluate("scrollTo(0, 0)")
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate(
        "rules => axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] })", RULES
    )
    return [f"{v['id']}: {node['html'][:200]}" for v in found["violations"] for node in v["nodes"]]


def unfold(tab: Any) -> None:
    """Every fold opened, the points filtered."""
    tab.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    tab.locator("#coverage .sq[data-by=lacks]").first.click()


def open_passage(tab: Any) -> None:
    """A passage shown, with every layer."""
    tab.locator("#differences a[data-at]").first.click()
    tab.click("#layers summary")
    for layer in tab.locator("[data-layer]").all():
        layer.click()


def open_places(tab: Any) -> None:
    """All places of a statement shown."""
    tab.locator("#differences a[data-at]").first.click()
    tab.click("#all")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_the_page(
    open_html: Callable[..., Any], example_page: str, width: int, scheme: str
) -> None:
    """With all folds open, at no width, in neither scheme."""
    tab = open_html(example_page, width, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    unfold(tab)
    assert violations(tab) == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
@pytest.mark.parametrize("state", [open_passage, open_places])
def test_axe_finds_nothing_in_the_pane(
    open_html: Callable[..., Any], example_page: str, width: int, scheme: str, state: Callable[[Any], None]
) -> None:
    """With a passage and its layers, or all places of a statement, in the sheet and beside the page."""
    tab = open_html(example_page, width, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    state(tab)
    assert violations(tab) == []
