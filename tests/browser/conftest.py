from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rashomon.model import Article, Collation
from rashomon.report import report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
Tab = Any
Open = Callable[..., Tab]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, without a network."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_html(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """A page opened from disk at a width; no request may leave it, and its script may raise nothing."""
    opened: list[Tab] = []
    requests: list[str] = []
    errors: list[str] = []

    def open_page(page: str, width: int = 1280, height: int = 900, **options: Any) -> Tab:
        file = tmp_path / f"page{len(opened)}.html"
        file.write_bytes(page.encode())
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        tab = context.new_page()
        tab.on("request", lambda request: requests.append(request.url))
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        tab.goto(file.as_uri())
        opened.append(tab)
        return tab

    yield open_page
    for tab in opened:
        tab.context.close()
    assert [url for url in requests if not url.startswith("file:")] == []
    assert errors == []


@pytest.fixture(scope="session")
def example_page(example: tuple[Collation, tuple[Article, ...]]) -> str:
    """The page of the example story."""
    return report(*example, "html")


@pytest.fixture
def page(open_html: Open, example_page: str) -> Tab:
    """The example's page on a desk."""
    return open_html(example_page)
