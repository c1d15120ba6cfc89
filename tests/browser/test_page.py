from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rashomon.model import Article, Collation, Intake
from rashomon.read.plain import build_article
from rashomon.report import report
from rashomon.run import collate_articles

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt-get install chromium)")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Debian's Chromium, without a network."""
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: object, example: tuple[Collation, tuple[Article, ...]], tmp_path: Path) -> Iterator[object]:
    """The example's page, opened from disk."""
    file = tmp_path / "page.html"
    file.write_text(report(*example, "html"), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1280, "height": 900})  # type: ignore[attr-defined]
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(file.as_uri())
    yield tab
    assert [url for url in requests if not url.startswith("file:")] == []
    tab.close()


def test_a_cell_opens_its_report_at_the_words(page: object, example: tuple[Collation, tuple[Article, ...]]) -> None:
    """A click on a figure's cell marks exactly the characters the figure rests on."""
    cell = page.locator("#figures .cite").first  # type: ignore[attr-defined]
    letter, start, end = (cell.get_attribute(f"data-{name}") for name in ("report", "start", "end"))
    cell.click()
    marked = "".join(page.locator(f"#report-{letter} mark.hit").all_inner_texts())  # type: ignore[attr-defined]
    article = example[1]["ABCDE".index(letter)]
    assert marked == article.text[int(start) : int(end)]
    assert page.locator("mark.hit").first.is_visible()  # type: ignore[attr-defined]


def test_the_keyboard_reaches_a_cell_and_comes_back(page: object) -> None:
    """Enter opens, Escape returns to the cell."""
    page.locator("#shared .cite").first.focus()  # type: ignore[attr-defined]
    page.keyboard.press("Enter")  # type: ignore[attr-defined]
    assert page.locator("mark.hit").count() > 0  # type: ignore[attr-defined]
    page.keyboard.press("Escape")  # type: ignore[attr-defined]
    assert page.evaluate("document.activeElement.className") == "cite"  # type: ignore[attr-defined]


def test_nothing_overflows_a_phone(page: object) -> None:
    """At 390 pixels the page does not scroll sideways."""
    page.set_viewport_size({"width": 390, "height": 800})  # type: ignore[attr-defined]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390  # type: ignore[attr-defined]


def test_the_shared_page_holds_snippets_only(
    browser: object, example: tuple[Collation, tuple[Article, ...]], tmp_path: Path
) -> None:
    """With --share no report stands in the page as a whole, and cells still lead to their snippet."""
    file = tmp_path / "share.html"
    shared = report(*example, "html", share=True)
    file.write_text(shared, encoding="utf-8")
    for article in example[1]:
        words = article.text.split()
        stretches = {" ".join(words[n : n + 40]) for n in range(0, len(words) - 40, 5)}
        assert not any(stretch in shared for stretch in stretches)
    tab = browser.new_page()  # type: ignore[attr-defined]
    tab.goto(file.as_uri())
    tab.locator("#figures .cite").first.click()
    assert tab.locator("li.hit").count() == 1
    tab.close()


def test_control_characters_shift_no_highlight(browser: object, tmp_path: Path) -> None:
    """A text with any control character has as many characters on the page as it has, and a cell marks its own."""
    odd = "".join(map(chr, range(32))) + "\x7f\x85\u2028\ufeff\ufffe\U0001f6a2\r\n\r"
    text = f"{odd}Harbour{odd} shut\n\nThe\0 port {odd} closed. It lost 267 boats on Tuesday, the coast guard said."
    articles = tuple(build_article(id=name, path=name, text=text, language="en") for name in "ab")
    collation, articles = collate_articles(Intake(articles=articles, rejects=()))
    file = tmp_path / "odd.html"
    file.write_bytes(report(collation, articles, "html").encode())
    tab = browser.new_page()  # type: ignore[attr-defined]
    tab.goto(file.as_uri())
    shown = tab.evaluate("document.querySelector('article.report .text').textContent")
    assert shown == text.replace("\0", "\ufffd")
    figure = next(f for f in collation.figures if f.readings[0].low == 267)
    tab.locator(f"#figures [data-start='{figure.readings[0].start}']").first.click()
    assert "267" in "".join(tab.locator("mark.hit").all_inner_texts())
    tab.close()
