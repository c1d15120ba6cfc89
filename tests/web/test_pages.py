"""The pages of the app: their view data, what a browser gets without script, and what is changed over forms."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.testing import TestClient

from rashomon.errors import UsageError
from rashomon.model import Article, Span
from rashomon.report.view.reports import Layer
from rashomon.run.library import Library, open_library
from rashomon.settings import DEFAULT, Settings
from rashomon.web.app import make_app
from rashomon.web.options import Options
from rashomon.web.pages.add import read_form
from rashomon.web.pages.report import cut_pieces
from rashomon.web.pages.search import Asking as Search
from rashomon.web.pages.settings import view_knobs
from rashomon.web.pages.stories import view_arrivals
from rashomon.web.pages.versions import diff_pieces

Send = Callable[..., Any]
Client = Any
DATABASES = ("sqlite", "postgresql")
HOME = "http://127.0.0.1:8077"
# What a report may hold that a page must not do.
TRICKS = '<script>alert(1)</script> "><img src=x onerror=alert(2)> <svg onload=alert(3)> \u202egnp.\u202c {{ 7*7 }}'
PLAIN = ["/stories", "/search", "/search?q=crane", "/people?name=Brandvik", "/sources", "/sources?name=courier", "/add", "/corrections", "/failures", "/settings", "/keys"]  # fmt: skip
INLINE = re.compile(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)


@pytest.fixture
def client(started: Callable[..., Client]) -> Client:
    """A browser of one user on this machine, which does not follow where it is sent."""
    browser = started()
    browser.follow_redirects = False
    browser.headers["accept"] = "text/html"
    return browser


@pytest.fixture
def story(library: Library) -> str:
    """The id of the example story."""
    return library.story("crane").id


@pytest.fixture
def tricky(library: Library) -> Article:
    """A report full of tricks, in the library."""
    said = f"{TRICKS}\n\nThe mayor of Ostmark said on Monday: “{TRICKS}” and left."
    article = Article.from_text(said, title=f"Mayor {TRICKS}", source=f"Evil {TRICKS}", published="2026-01-02")
    library.add(article, workers=1)
    return article


@pytest.fixture
def send(client: Client) -> Send:
    """Sends the form of a page: the page is fetched, and its token goes along."""

    def send_form(page: str, to: str, /, **fields: Any) -> Any:
        token = re.search(r'name="_csrf_token" value="([^"]+)"', client.get(page).text)
        assert token is not None
        return client.post(to, data={"_csrf_token": token[1], **fields}, headers={"origin": HOME})

    return send_form


def made(client: Client, address: str) -> Any:
    """A page once what it shows is made."""
    for _ in range(600):
        answer = client.get(address)
        if answer.status_code != 202:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{address} is still being made")


def test_arrivals_have_a_bar_a_day() -> None:
    """Days without a report have an empty one, and the sentence says the numbers."""
    days = ["2026-02-01", "2026-02-01T10:00", "2026-02-03", None]
    articles = [Article.from_text(f"Report {n}.", published=day) for n, day in enumerate(days)]
    arrivals = view_arrivals(articles)
    assert arrivals.heights == (100, 0, 50)
    assert arrivals.told == "Reports by day. 1 February: 2; 3 February: 1"


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.sampled_from("qfdns"), st.integers(0, 45), st.integers(0, 45)), max_size=6),
    st.none() | st.tuples(st.integers(-5, 45), st.integers(-5, 45)),
)
def test_pieces_put_together_are_the_text(
    text: str, layers: list[tuple[str, int, int]], asked: tuple[int, int] | None
) -> None:
    """However layers overlap, no character is lost, doubled or moved."""
    placed = [Layer(kind, min(a, b, len(text)), min(max(a, b), len(text))) for kind, a, b in layers]
    pieces = cut_pieces(text, placed, Span(*sorted(asked)) if asked else None)
    assert "".join(piece.text for piece in pieces) == text


def test_overlapping_layers_are_both_told() -> None:
    """A piece knows every layer it is in, and whether it was asked for."""
    pieces = cut_pieces("one two three", [Layer("q", 0, 7), Layer("f", 4, 13)], Span(4, 7))
    assert [(p.text, p.kinds, p.is_asked) for p in pieces] == [
        ("one ", "q", False), ("two", "f q", True), (" three", "f", False),
    ]  # fmt: skip


@given(st.lists(st.sampled_from("abcde"), max_size=12), st.lists(st.sampled_from("abcde"), max_size=12))
def test_a_diff_without_what_went_is_the_new_text(before: list[str], after: list[str]) -> None:
    """A word diff shows the whole of the new version."""
    new = " ".join(after)
    pieces = list(diff_pieces(" ".join(before), new))
    assert "".join(piece.same + (piece.come or "") for piece in pieces) == new


def test_a_diff_shows_what_went_where_it_stood() -> None:
    """Words that were replaced stand beside those in their place."""
    pieces = [p for p in diff_pieces("Ten people died here.", "Twelve people died.") if not p.same]
    assert [(p.gone, p.come) for p in pieces] == [("Ten", "Twelve"), ("here", None)]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"addresses": "file:///etc/passwd"}, "begins with http"),
        ({"addresses": "https://"}, "cannot be taken"),
        ({"text": "x", "title": "t" * 2000}, "cannot be taken"),
    ],
)
def test_a_form_that_is_wrong_says_so(form: dict[str, str], said: str) -> None:
    """In words that stand above the form."""
    with pytest.raises(UsageError, match=said):
        read_form(form)


def test_a_search_is_put_together_from_its_fields() -> None:
    """What is typed in a field cannot become another field."""
    asking = Search(q="crane", source='Le "Phare" since:2020-01-01', speaker="Öst", since="2026-01-01")
    assert asking.line == 'crane source:"le phare since 2020 01 01" speaker:"ost" since:2026-01-01'


def test_every_setting_is_told_with_its_help() -> None:
    """No knob is missing on the page, and none is without words."""
    sections = dict(view_knobs(DEFAULT))
    assert list(sections) == [field.name for field in msgspec.structs.fields(Settings)]
    assert all(knob.told and knob.is_default for knobs in sections.values() for knob in knobs)


@pytest.mark.parametrize("address", PLAIN)
def test_a_page_and_its_twin_answer(client: Client, address: str) -> None:
    """Both are there, the page without a script or style of its own, the twin as JSON."""
    page = client.get(address)
    assert page.status_code == 200
    assert INLINE.findall(page.text) == []
    path, _, asked = address.partition("?")
    assert isinstance(client.get(f"{path}.json?{asked}").json(), dict)
    assert f'href="{path}.json' in page.text


def test_the_front_leads_to_the_stories(client: Client) -> None:
    """The app begins there."""
    assert client.get("/").headers["location"] == "/stories"


def test_a_story_is_its_collation(client: Client, story: str) -> None:
    """The page has the sections of the static page, and the twin the same numbers."""
    page = made(client, f"/stories/{story}")
    assert page.status_code == 200
    assert INLINE.findall(page.text) == []
    twin = client.get(f"/stories/{story}.json").json()
    for section in ("brief", "differences", "coverage", "reports"):
        assert f'<section id="{section}"' in page.text
    for difference in twin["view"]["differences"]["open"]:
        assert f'id="{difference["id"]}"' in page.text
    assert len(twin["reports"]) == 5


def test_the_list_says_what_a_story_parts_on(client: Client, story: str) -> None:
    """Once it is compared: how many accounts there are at most, and the weightiest difference."""
    made(client, f"/stories/{story}")
    [line] = [line for line in client.get("/stories.json").json()["lines"] if line["id"] == story]
    assert re.fullmatch(r"5 reports · 5 sources · at most \d independent accounts?", line["extent"])
    assert line["parts"]


def test_a_report_has_the_others_in_its_margin(client: Client, library: Library, story: str) -> None:
    """A difference that stands in a paragraph has beside it what other reports have there, with where they have it."""
    made(client, f"/stories/{story}")
    article = client.get(f"/stories/{story}/state.json").json()["articles"][0]
    twin = made(client, f"/reports/{article}.json").json()
    notes = [note for paragraph in twin["paragraphs"] for note in paragraph["notes"]]
    places = [place for note in notes for line in note["lines"] for place in line["places"]]
    assert {"differs", "quoted", "told"} <= {note["kind"] for note in notes}
    assert twin["letter"] not in {place["letter"] for place in places}
    for place in places:
        found = re.fullmatch(r"/reports/(\w+)\?start=(\d+)&end=(\d+)#at", place["href"])
        assert found is not None
        library.passage(found[1], int(found[2]), int(found[3]))


def test_a_passage_is_marked(client: Client, story: str) -> None:
    """A link to a passage marks it without a script."""
    article = client.get(f"/stories/{story}/state.json").json()["articles"][0]
    page = client.get(f"/reports/{article}?start=100&end=140").text
    assert page.count('id="at"') == 1
    assert 'id="at"' not in client.get(f"/reports/{article}?start=9&end=2").text


@pytest.mark.parametrize("address", ["/stories/nope", "/reports/nope", "/versions?address=nope", "/add/nope", "/nope"])
def test_what_is_not_there_is_a_page(client: Client, address: str) -> None:
    """With a way on."""
    page = client.get(address)
    assert page.status_code == 404
    assert "<h1>" in page.text
    assert 'href="/stories"' in page.text


@pytest.mark.parametrize("address", ["/stories", "/search?q=Ostmark", "/sources", "/people?name=mayor", "/settings"])
def test_tricks_of_a_report_are_shown_and_not_done(client: Client, tricky: Article, address: str) -> None:
    """Script, SVG, event handlers and template marks of a report stand on the page as the words they are."""
    page = client.get(address).text
    assert tricky.title not in page
    assert "<script>alert" not in page
    assert "<svg onload" not in page
    assert "<img src=x" not in page
    assert "Mayor 49" not in page


def test_tricks_are_told_whole(client: Client, library: Library, tricky: Article) -> None:
    """Nothing of a report is taken out: its page shows it letter for letter."""
    [hit] = library.search("Ostmark")
    page = client.get(f"/reports/{hit.article}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page
    assert tricky.text not in page


@pytest.mark.parametrize("form", ["csv", "parquet", "json"])
def test_a_table_can_be_taken_along(client: Client, story: str, form: str) -> None:
    """Every form has all its rows."""
    answer = made(client, f"/stories/{story}/tables/quotes.{form}")
    assert answer.status_code == 200
    assert f"{story}-quotes.{form}" in answer.headers["content-disposition"]
    if form == "csv":
        assert answer.text.startswith("story,quote,speaker")
    elif form == "json":
        assert len(answer.json()) > 5
    else:
        parquet = pytest.importorskip("pyarrow.parquet")
        assert parquet.read_table(io.BytesIO(answer.content)).num_rows > 5


@pytest.mark.parametrize("name", ["texts.csv", "quotes.exe", "..%2f..%2fetc.csv", "nope.csv"])
def test_a_table_that_is_none_is_not_there(client: Client, story: str, name: str) -> None:
    """Texts are not passed on whole, and nothing else can be named."""
    assert made(client, f"/stories/{story}/tables/{name}").status_code == 404


def test_pasted_reports_are_added_without_a_script(client: Client, send: Send) -> None:
    """The form leads to a page that says how far it is, and in the end what came of it."""
    text = "The bridge at Kolm was closed on Monday, the town said. Two cars were damaged."
    sent = send("/add", "/add", text=text, title="Kolm bridge closed", source="Kolm Post", published="2026-03-02")
    assert sent.status_code == 303
    page = sent.headers["location"]
    for _ in range(600):
        job = client.get(f"{page}.json").json()
        if job["over"]:
            break
        time.sleep(0.1)
    assert (job["state"], job["added"]) == ("done", ["1 new report of 1 that was read."])
    assert "Kolm bridge closed" in client.get("/stories").text


def test_a_form_that_gave_nothing_comes_back(send: Send) -> None:
    """With what was wrong above it, and what was typed kept."""
    answer = send("/add", "/add", title="My title")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="My title"' in answer.text


@pytest.mark.parametrize("library", DATABASES, indirect=True)
def test_a_report_is_taken_out_and_put_back(client: Client, send: Send, story: str, library: Library) -> None:
    """A correction over the form holds, is told with who did it, and can be taken back."""
    form = f"/corrections?story={story}"
    asked = client.get(f"/corrections.json?story={story}").json()["story"]
    out = asked["reports"][1]["id"]
    answer = send(form, "/corrections", story=story, seen=asked["seen"], last=asked["last"], kind="split", article=out)
    assert answer.status_code == 303
    assert answer.headers["location"] != f"/stories/{story}"
    page = client.get("/corrections.json").json()
    assert [report["id"] for report in page["lines"][0]["reports"]] == [out]
    assert page["log"][0]["who"] == "local"
    assert send("/corrections", "/corrections/1/undo").status_code == 303
    assert library.corrections() == ()
    assert len(library.story(story).articles()) == 5


def test_of_two_who_correct_one_story_the_second_is_told(client: Client, send: Send, story: str) -> None:
    """A form that was made before the story changed is not carried out."""
    form = f"/corrections?story={story}"
    asked = client.get(f"/corrections.json?story={story}").json()["story"]
    first, second = (report["id"] for report in asked["reports"][1:3])
    send(form, "/corrections", story=story, seen=asked["seen"], last=asked["last"], kind="split", article=first)
    answer = send(
        form, "/corrections", story=story, seen=asked["seen"], last=asked["last"], kind="split", article=second
    )
    assert answer.status_code == 409
    assert "has changed since you looked" in answer.text


def test_two_stories_are_put_together(client: Client, send: Send, story: str, library: Library) -> None:
    """A merge over the form makes one story of two."""
    asked = client.get(f"/corrections.json?story={story}").json()["story"]
    [other] = asked["others"]
    answer = send(
        f"/corrections?story={story}",
        "/corrections",
        story=story,
        seen=asked["seen"],
        last=asked["last"],
        kind="merge",
        to=other["id"],
    )
    assert answer.status_code == 303
    assert [one.n_articles for one in library.stories()] == [10]


@pytest.mark.parametrize("library", DATABASES, indirect=True)
def test_versions_are_told_word_by_word(client: Client, library: Library) -> None:
    """What went and what came stand in the text of the new version."""
    address = "https://kolm.example/bridge"
    for said in ("Ten cars were damaged at Kolm.", "Twelve cars were damaged at Kolm."):
        library.add(Article.from_text(said, title="Bridge", url=address, published="2026-03-02"), workers=1)
    page = client.get("/versions", params={"address": address}).text
    assert re.search(r"<del>.*?Ten</del><ins>.*?Twelve</ins>", page)
    assert "2 versions" in client.get(f"/reports/{library.versions(address)[-1].id}").text


def test_a_library_without_reports_says_what_to_do(tmp_path: Path) -> None:
    """An empty list leads to the form."""
    with (
        open_library(tmp_path / "none.sqlite") as kept,
        TestClient(make_app(kept, Options()), base_url=HOME) as browser,
    ):
        page = browser.get("/stories").text
    assert "Nothing is here yet" in page
    assert 'href="/add"' in page
