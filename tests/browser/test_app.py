"""The app in a browser: from an empty library to a speaker set right and a table, by keyboard, on a phone, by two; and axe-core."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

pytest.importorskip("litestar")

import uvicorn
from msgspec.structs import replace

from rashomon.model import Article, Correction
from rashomon.model import Place as At
from rashomon.run.library import open_library
from rashomon.web.app import make_app
from rashomon.web.options import Options
from rashomon.web.safety.accounts import make_account
from rashomon.web.serve import listening

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXAMPLE = Path(__file__).parents[2] / "examples" / "harbour"
REPORTS = sorted(EXAMPLE.iterdir())
PAGES = (
    "/stories", "/stories/{story}", "/reports/{article}", "/reports/{article}?start=600&end=900", "/search?q=crane", "/people?name=Brandvik", "/sources",
    "/sources?name=courier", "/add", "/corrections", "/corrections?story={story}", "/failures", "/settings", "/keys",
    "/versions?address=https://kolm.example/bridge", "/stories/nope", "/nope",
)  # fmt: skip
EDITORS, PASSWORD = ("ada", "eva"), "a long harbour wall 7"
WHO = "Who says"
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
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the example story, with a speaker set right, a note, and a page that has changed."""
    place = tmp_path_factory.mktemp("desk") / "news.sqlite"
    with open_library(place) as library:
        library.add(EXAMPLE, workers=1)
        for said in ("Ten cars were damaged at Kolm.", "Twelve cars were damaged at Kolm."):
            library.add(Article.from_text(said, title="Bridge", url="https://kolm.example/bridge"), workers=1)
        first, second = library.story("crane").articles()[:2]
        at = next(q.content[0].start for q in library.annotations(second.id).quotes)
        library.correct(Correction(kind="speaker", places=(At(article=second.id, at=at),), value="Ilsa Brandvik"))
        library.note(first.id, 600, 700, "Ask the coast guard how this was counted.")
    return place


@pytest.fixture(scope="module")
def desk(place: Path) -> Iterator[str]:
    """The app over the library for one user."""
    yield from served(place)


@pytest.fixture(scope="module")
def newsroom(place: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over a copy of the library, for two editors."""
    other = tmp_path_factory.mktemp("newsroom") / "news.sqlite"
    with closing(sqlite3.connect(place)) as own, closing(sqlite3.connect(other)) as copy:
        own.backup(copy)
    with open_library(other) as library:
        for name in EDITORS:
            make_account(library.store, name, PASSWORD, "editor")
    yield from served(other)


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


def paste(tab: Any, home: str, text: str) -> None:
    """Add a report by its text."""
    tab.goto(f"{home}/add")
    tab.fill("#text", text)
    tab.click("main button.do")
    tab.wait_for_selector("text=1 new report", timeout=90_000)


def ask_passage(tab: Any, home: str, story: str) -> str:
    """Open a report where somebody speaks, go to the paragraph and its passage; the paragraph's number."""
    reports = tab.request.get(f"{home}{story}.json").json()["reports"]
    tab.goto(f"{home}{reports[0]['href']}")
    number = tab.locator(".par:has(p .q) .par-no").first.get_attribute("href")
    tab.click(f"{number} .may a")
    tab.wait_for_selector("#set")
    return str(number)


def set_speaker(tab: Any, name: str) -> None:
    """Say who speaks at the passage."""
    tab.get_by_label(WHO).first.fill(name)
    tab.click("text=Set the speaker right >> nth=0")
    tab.wait_for_selector("[role=status] >> text=The speaker is set right")


def take_back(tab: Any, home: str) -> None:
    """Take the last correction back."""
    last = tab.request.get(f"{home}/api/v1/corrections").json()["items"][-1]["number"]
    assert tab.request.delete(f"{home}/api/v1/corrections/{last}").status == 204


def test_from_an_empty_library_to_a_table(visit: Visit, empty: str) -> None:
    """Five reports make a story, a difference leads to its passage, a speaker set right stays so, and a table has it.

    It stays so when another report has come and all is compared anew.
    """
    tab = visit(f"{empty}/")
    tab.click("text=Add reports")
    for file in REPORTS:
        paste(tab, empty, file.read_text(encoding="utf-8"))
    tab.click("text=Look at the stories")
    tab.click(".tales h2 a")
    tab.wait_for_selector("#differences", timeout=90_000)
    story = re.sub(r"^.*(/stories/\w+).*$", r"\1", tab.url)
    tab.click("#differences .diff a[data-at]")
    assert tab.locator("mark.hit").first.inner_text().strip()
    ask_passage(tab, empty, story)
    set_speaker(tab, "Nadia Verhoeven")
    paste(tab, empty, REPORTS[0].read_text(encoding="utf-8").replace("Wednesday, April 15", "Thursday, April 16"))
    tab.goto(f"{empty}{story}")
    tab.wait_for_selector("#quotes >> text=Nadia Verhoeven", state="attached", timeout=90_000)
    tab.click("#along summary")
    with tab.expect_download() as taken:
        tab.click("#along a[href$='quotes.csv']")
    assert "Nadia Verhoeven" in Path(taken.value.path()).read_text(encoding="utf-8")


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


def tab_to(tab: Any, fits: str) -> None:
    """Press the tab key until what has the focus fits."""
    for _ in range(400):
        tab.keyboard.press("Tab")
        if tab.evaluate(f"document.activeElement.matches({fits!r})"):
            return
    raise AssertionError(f"no key leads to {fits}")


def test_a_speaker_is_set_right_by_keyboard_alone(visit: Visit, desk: str) -> None:
    """From a paragraph of a report to its passage, and to the field that asks who speaks."""
    tab = visit(f"{desk}/stories")
    reports = tab.request.get(f"{desk}{settled(tab, desk)}.json").json()["reports"]
    tab.goto(f"{desk}{reports[0]['href']}")
    tab_to(tab, ".par:has(p .q) .may a")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#set")
    tab_to(tab, "#set input[name=value]")
    tab.keyboard.press("Control+a")
    tab.keyboard.type("Ruth Abel")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("[role=status] >> text=The speaker is set right")
    take_back(tab, desk)


def test_a_passage_is_noted_on_a_phone(visit: Visit, desk: str) -> None:
    """From the list to a difference, its passage, a report and a note, all of it within the screen; and the note deleted."""
    tab = visit(f"{desk}/stories", 390, has_touch=True, is_mobile=True)
    story = settled(tab, desk)
    tab.tap(f".tales h2 a[href='{story}']")
    tab.wait_for_selector("#differences")
    tab.tap("#differences .diff a[data-at]")
    words = tab.locator("mark.hit").first.inner_text()
    tab.tap("text=Open the report")
    assert tab.locator("mark#at").inner_text() == words
    tab.fill("#note-text", "Call them back.")
    tab.tap("text=Keep the note")
    tab.wait_for_selector("[role=status] >> text=The note is kept")
    assert not tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    tab.tap(".reader:has-text('Call them back.') button")
    tab.wait_for_selector("[role=status] >> text=The note is deleted")
    assert tab.locator("text=Call them back.").count() == 0


def test_words_that_are_selected_lead_to_their_passage(visit: Visit, desk: str) -> None:
    """The offsets of a selection are those of the text, over marks and beyond the basic plane."""
    tab = visit(f"{desk}/stories")
    reports = tab.request.get(f"{desk}{settled(tab, desk)}.json").json()["reports"]
    tab.goto(f"{desk}{reports[1]['href']}")
    chosen = tab.evaluate(
        """() => { const p = [...document.querySelectorAll(".par > p")].find((p) => p.querySelector(".q"));
        const range = document.createRange(); range.setStart(p.firstChild, 0); range.setEnd(p, p.childNodes.length);
        document.getSelection().removeAllRanges(); document.getSelection().addRange(range); return p.textContent; }"""
    )
    tab.click(".float")
    tab.wait_for_selector("#set")
    assert "".join(tab.locator("mark.hit").all_text_contents()) == chosen


def test_of_two_editors_the_second_is_told(visit: Visit, newsroom: str) -> None:
    """Both look at one quote; the first sets it right, the second is told what was done, and what they typed is kept."""
    tabs = [visit(f"{newsroom}/login") for _ in EDITORS]
    for tab, name in zip(tabs, EDITORS, strict=True):
        tab.fill("input[name=name]", name)
        tab.fill("input[name=password]", PASSWORD)
        tab.click("main button")
        tab.wait_for_url(re.compile(r"/stories$"))
    story = settled(tabs[0], newsroom)
    for tab in tabs:
        ask_passage(tab, newsroom, story)
    set_speaker(tabs[0], "Ruth Abel")
    tabs[1].get_by_label(WHO).first.fill("Greta Haldane")
    tabs[1].click("text=Set the speaker right >> nth=0")
    assert "Ruth Abel" in tabs[1].inner_text("[role=alert]")
    assert tabs[1].get_by_label(WHO).first.input_value() == "Greta Haldane"
    set_speaker(tabs[1], "Greta Haldane")
    log = tabs[1].request.get(f"{newsroom}/api/v1/corrections/audit").json()["items"]
    assert [row["who"] for row in log[:2]] == ["eva", "ada"]


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


def violations(tab: Any, rules: list[str]) -> list[str]:
    """What axe-core objects to, each with the element."""
    found = tab.evaluate(
        "rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })",
        {"type": "tag" if len(rules) > 1 else "rule", "values": rules},
    )
    return [f"{tab.url} {v['id']}: {n['html'][:160]}" for v in found["violations"] for n in v["nodes"]]


@pytest.mark.parametrize("width", [320, 390, 1280, 1920])
def test_every_page_fits_the_screen_and_axe_finds_nothing(visit: Visit, desk: str, width: int) -> None:
    """No page is wider than the screen; WCAG 2.0 to 2.2, A and AA, and best practice.

    In the dark nothing but colours is another, so that those alone are looked at again.
    """
    tab = visit(f"{desk}/stories", width, color_scheme="light", reduced_motion="reduce", bypass_csp=True)
    story = settled(tab, desk)
    article = tab.request.get(f"{desk}{story}.json").json()["reports"][0]["article"]
    wide, found = [], []
    for page in PAGES:
        tab.goto(desk + page.format(story=story.removeprefix("/stories/"), article=article))
        # a story that another test has corrected is shown as it was, and asks for itself again, until it is made
        tab.wait_for_function("document.querySelector('meta[http-equiv=refresh]') === null")
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(page)
        if not AXE.is_file():  # npm ci --prefix tests/browser, which make does where npm is
            continue
        tab.evaluate("document.querySelectorAll('details, #along').forEach(fold => { fold.open = true; })")
        tab.evaluate(AXE.read_text(encoding="utf-8"))
        found += violations(tab, RULES)
        tab.emulate_media(color_scheme="dark")
        found += violations(tab, ["color-contrast"])
        tab.emulate_media(color_scheme="light")
    assert (wide, found) == ([], [])
