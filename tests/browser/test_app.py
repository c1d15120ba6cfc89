"""The app in a browser: from an empty library to a passage and a table, by mouse, by keyboard, on a phone; and axe-core."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

pytest.importorskip("litestar")

import uvicorn
from msgspec.structs import replace

from rashomon.model import Article
from rashomon.run.library import open_library
from rashomon.web.app import make_app
from rashomon.web.options import Options
from rashomon.web.serve import listening

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXAMPLE = Path(__file__).parents[2] / "examples" / "harbour"
REPORTS = sorted(EXAMPLE.iterdir())
PAGES = (
    "/stories", "/stories/{story}", "/reports/{article}", "/search?q=crane", "/people?name=Brandvik", "/sources",
    "/sources?name=courier", "/add", "/corrections", "/corrections?story={story}", "/failures", "/settings", "/keys",
    "/versions?address=https://kolm.example/bridge", "/stories/nope", "/nope",
)  # fmt: skip
Visit = Callable[..., Any]


def served(place: Path) -> Iterator[str]:
    """The address of the app over a library, until it is over."""
    with open_library(place) as library, listening(Options(port=0)) as own:
        options = replace(Options(), port=own.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(make_app(library, options), log_level="error"))
        thread = Thread(target=server.run, kwargs={"sockets": [own]})
        thread.start()
        yield options.address.rstrip("/")
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over the example story and a page that has changed."""
    place = tmp_path_factory.mktemp("desk") / "news.sqlite"
    with open_library(place) as library:
        library.add(EXAMPLE, workers=1)
        for said in ("Ten cars were damaged at Kolm.", "Twelve cars were damaged at Kolm."):
            library.add(Article.from_text(said, title="Bridge", url="https://kolm.example/bridge"), workers=1)
    yield from served(place)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    """The app over a library without reports."""
    yield from served(tmp_path / "none.sqlite")


@pytest.fixture
def visit(browser: Any) -> Iterator[Visit]:
    """A visit of the app; its scripts may raise nothing, and no request may leave it."""
    tabs: list[Any] = []
    faults: list[str] = []

    def open_tab(address: str, width: int = 1280, **options: Any) -> Any:
        home = re.match(r"http://[^/]+", address)
        assert home is not None
        tab = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
        tab.set_default_timeout(120_000)
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.on("request", lambda r: None if r.url.startswith(home[0]) else faults.append(r.url))
        tab.on("console", lambda m: faults.append(m.text) if "Content Security Policy" in m.text else None)
        tab.goto(address)
        tabs.append(tab)
        return tab

    yield open_tab
    for tab in tabs:
        tab.context.close()
    assert faults == []


def settled(tab: Any, home: str) -> str:
    """The address of the example story once it is compared."""
    story = next(s for s in tab.request.get(f"{home}/stories.json").json()["lines"] if s["extent"].startswith("5 "))
    for _ in range(600):
        if tab.request.get(f"{home}{story['href']}.json").status == 200:
            return str(story["href"])
        time.sleep(0.2)
    raise AssertionError("the story is still being compared")


def test_from_an_empty_library_to_a_table(visit: Visit, empty: str) -> None:
    """Five reports are added, their story forms, a difference leads to its passage, and a table can be taken along."""
    tab = visit(f"{empty}/")
    tab.click("text=Add reports")
    tab.fill("#text", REPORTS[0].read_text(encoding="utf-8"))
    tab.set_input_files("#files", [str(file) for file in REPORTS[1:]])
    tab.click("main button.do")
    tab.wait_for_selector("text=5 new reports", timeout=90_000)
    tab.click("text=Look at the stories")
    tab.click(".tales h2 a")
    tab.wait_for_selector("#differences", timeout=90_000)
    tab.click("#differences .diff a[data-at]")
    assert tab.locator("mark.hit").first.inner_text().strip()
    tab.click("#along summary")
    with tab.expect_download() as taken:
        tab.click("#along a[href$='quotes.csv']")
    assert taken.value.suggested_filename.endswith("quotes.csv")


def test_by_keyboard_alone(visit: Visit, desk: str) -> None:
    """From the list to a story and to the search, without a mouse; keys can be turned off."""
    tab = visit(f"{desk}/stories")
    settled(tab, desk)
    tab.keyboard.press("j")
    title = tab.evaluate("document.activeElement.textContent")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"/stories/\w+$"))
    assert title
    tab.keyboard.press("/")
    tab.keyboard.type("crane")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"/search\?q=crane"))
    tab.keyboard.press("?")
    tab.wait_for_url(re.compile(r"/keys$"))
    tab.uncheck("#keys-on")
    tab.locator("h1").click()
    tab.keyboard.press("g")
    tab.keyboard.press("s")
    assert tab.url.endswith("/keys")


def test_layers_and_passages_need_no_script(visit: Visit, desk: str) -> None:
    """A report is read, its figures marked and a note followed with script turned off."""
    tab = visit(f"{desk}/stories", java_script_enabled=False)
    story = settled(tab, desk)
    article = tab.request.get(f"{desk}{story}.json").json()["reports"][0]["href"]
    tab.goto(f"{desk}{article}")
    tab.check("#show-f")
    assert tab.locator(".text .f").first.evaluate("e => getComputedStyle(e).fontWeight") == "700"
    tab.click(".note .l >> nth=0")
    assert tab.locator("mark#at").first.is_visible()


def test_a_story_says_what_has_come(visit: Visit, desk: str) -> None:
    """A reader who looked before is told which reports are new."""
    tab = visit(f"{desk}/stories")
    story = settled(tab, desk)
    tab.goto(f"{desk}{story}")
    assert tab.locator("#news").is_hidden()
    key = f"looked {story}/state.json"
    tab.evaluate(
        "key => localStorage.setItem(key, JSON.stringify(JSON.parse(localStorage.getItem(key)).slice(1)))", key
    )
    tab.reload()
    assert "1 report has come since you looked" in tab.inner_text("#news")


@pytest.mark.parametrize("width", [320, 390, 1280, 1920])
def test_no_page_is_wider_than_the_screen(visit: Visit, desk: str, width: int) -> None:
    """At no width."""
    tab = visit(f"{desk}/stories", width)
    story = settled(tab, desk)
    article = tab.request.get(f"{desk}{story}.json").json()["reports"][0]["article"]
    wide = []
    for page in PAGES:
        tab.goto(desk + page.format(story=story.removeprefix("/stories/"), article=article))
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(page)
    assert wide == []


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (npm ci --prefix tests/browser)")
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing_on_any_page(visit: Visit, desk: str, width: int, scheme: str) -> None:
    """WCAG 2.0 to 2.2, A and AA, and best practice."""
    tab = visit(f"{desk}/stories", width, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    story = settled(tab, desk)
    article = tab.request.get(f"{desk}{story}.json").json()["reports"][0]["article"]
    found = []
    for page in PAGES:
        tab.goto(desk + page.format(story=story.removeprefix("/stories/"), article=article))
        tab.evaluate("document.querySelectorAll('details, #along').forEach(fold => { fold.open = true; })")
        tab.evaluate(AXE.read_text(encoding="utf-8"))
        report = tab.evaluate(
            "rules => axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] })",
            RULES,
        )
        found += [f"{page} {v['id']}: {n['html'][:160]}" for v in report["violations"] for n in v["nodes"]]
    assert found == []
