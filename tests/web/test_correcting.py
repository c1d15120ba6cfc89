"""Names, speakers and days are set right, and passages noted, over pages and REST; by whoever may, one after the other."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rashomon.model import Article
from rashomon.run.library import Library, open_library
from rashomon.web.safety.accounts import make_account, make_token

Client = Any
Send = Callable[..., Any]
HOME = "http://127.0.0.1:8077"
PASSWORD = "a long harbour wall 7"  # noqa: S105 - of accounts that live as long as a test
SPEAKER, WHO = "Hanna Voss", "Per Aldous"
REPORTS = {
    "Post": "The depot of Lorwick burned down on Monday, and forty buses were lost.\n\n“Nobody was inside,” said Hanna Voss, the director "
    "of Lorwick Transit.\n\nFire chief Per Aldous was there too. “The roof fell within minutes,” Aldous said.",
    "Echo": "Forty buses were lost when the depot of Lorwick burned down on Monday.\n\n“Nobody was inside,” said Hanna Voss. "
    "Lorwick Transit Company runs the depot.",
}


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one small story."""
    place = tmp_path_factory.mktemp("depot") / "library.sqlite"
    told = {"title": "Depot of Lorwick burns down", "published": "2026-02-03"}
    with open_library(place) as library:
        library.add(*(Article.from_text(text, source=source, **told) for source, text in REPORTS.items()), workers=1)
    return place


@pytest.fixture
def library(depot: Path, tmp_path: Path) -> Iterator[Library]:
    """A copy of it of one's own."""
    place = tmp_path / "library.sqlite"
    shutil.copy(depot, place)
    with open_library(place) as opened:
        yield opened


@pytest.fixture
def client(started: Callable[..., Client]) -> Client:
    """A browser of one user on this machine, which does not follow where it is sent."""
    browser = started()
    browser.follow_redirects = False
    browser.headers["accept"] = "text/html"
    return browser


@pytest.fixture
def send(client: Client) -> Send:
    """Sends the form of a page: the page is fetched, and its token goes along."""

    def send_form(page: str, to: str, /, **fields: Any) -> Any:
        token = re.search(r'name="_csrf_token" value="([^"]+)"', client.get(page).text)
        assert token is not None
        return client.post(to, data={"_csrf_token": token[1], **fields}, headers={"origin": HOME})

    return send_form


@pytest.fixture
def quote(library: Library) -> dict[str, Any]:
    """A quote of the story: its report, where it stands, and its words."""
    article = next(a for a in library.story("depot").articles() if a.source == "Post")
    words = "Nobody was inside"
    start = article.text.index(words)
    return {"article": article.id, "start": start, "end": start + len(words), "words": words}


def made(client: Client, address: str) -> Any:
    """An answer once what it tells is made."""
    for _ in range(600):
        answer = client.get(address)
        if answer.status_code != 202:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{address} is still being made")


def said_by(client: Client, library: Library) -> set[tuple[str | None, str]]:
    """Speakers of the collation of the story, each with the report."""
    told = made(client, f"/api/v1/collations/{library.story('depot').id}").json()
    return {(q["speaker"], r["article"]) for q in told["quotes"] for r in q["readings"]}


def passage(quote: dict[str, Any]) -> str:
    """The page of the quote."""
    return f"/reports/{quote['article']}?start={quote['start']}&end={quote['end']}"


def test_a_speaker_is_set_right_over_the_page(
    client: Client, library: Library, send: Send, quote: dict[str, Any]
) -> None:
    """The passage offers who may say it; the collation is another one from then on, and the first again after the undoing."""
    before = said_by(client, library)
    shown = client.get(
        f"/reports/{quote['article']}.json", params={"start": quote["start"], "end": quote["end"]}
    ).json()
    [at] = [p["at"] for p in shown["paragraphs"] if p["at"]]
    [speaking] = at["speaking"]
    assert speaking["speaker"] == SPEAKER
    assert {SPEAKER, "Aldous"} <= set(at["names"])
    fields = {"kind": "speaker", "at": speaking["at"], "seen": at["seen"], "start": at["start"], "end": at["end"]}
    answer = send(passage(quote), f"/reports/{quote['article']}/corrections", value=WHO, **fields)
    assert answer.status_code == 303
    assert "The speaker is set right" in client.get(answer.headers["location"]).text
    assert (WHO, quote["article"]) in said_by(client, library)
    page = client.get("/corrections.json").json()
    assert page["lines"][0]["told"].startswith(f"{WHO} says ")
    assert (page["log"][0]["who"], page["log"][0]["told"]) == ("local", f"speaker 1: {WHO}")
    late = send(passage(quote), f"/reports/{quote['article']}/corrections", value="Ruth Abel", **fields)
    assert late.status_code == 409
    assert f"correction 1: {WHO}" in late.text
    assert 'value="Ruth Abel"' in late.text
    assert send("/corrections", "/corrections/1/undo").status_code == 303
    assert said_by(client, library) == before


def test_a_day_is_set_right_over_the_page(client: Client, library: Library, send: Send, quote: dict[str, Any]) -> None:
    """The report says that a reader did; what is no day comes back with the form."""
    to = f"/reports/{quote['article']}/corrections"
    assert send(passage(quote), to, kind="date", value="someday", seen=0).status_code == 422
    assert send(passage(quote), to, kind="date", value="2026-02-06", seen=0).status_code == 303
    page = client.get(f"/reports/{quote['article']}").text
    assert "6 February 2026, set right by a reader" in page
    assert library.article(quote["article"]).published == "2026-02-06"


def test_names_are_joined_over_the_page(client: Client, library: Library, send: Send) -> None:
    """The spellings stand below the reports once the story is compared; one alone cannot be joined."""
    story = library.story("depot").id
    page = f"/corrections?story={story}"
    assert client.get(f"/corrections.json?story={story}").json()["story"]["names"] is None
    made(client, f"/api/v1/collations/{story}")
    asked = client.get(f"/corrections.json?story={story}").json()["story"]
    forms = [asked["names"][n]["forms"][0][0] for n in (-1, -2)]
    fields = {"story": story, "last": asked["last"], "kind": "join"}
    assert send(page, "/corrections", form=forms[:1], **fields).status_code == 409
    assert send(page, "/corrections", form=forms, **fields).status_code == 303
    told = made(client, f"/api/v1/collations/{story}").json()
    assert any({f["text"] for f in name["forms"]} >= set(forms) for name in told["names"])
    for shown in forms:
        asked = client.get(f"/corrections.json?story={story}").json()["story"]
        fields = {"story": story, "last": asked["last"], "kind": "show"}
        assert send(page, "/corrections", form=forms, **fields).status_code == 409
        assert send(page, "/corrections", form=shown, **fields).status_code == 303
        told = made(client, f"/api/v1/collations/{story}").json()
        assert [n["name"] for n in told["names"] if set(forms) <= {f["text"] for f in n["forms"]}] == [shown]
    assert client.get("/corrections.json").json()["lines"][0]["told"] == f"Shown as {forms[1]}"


def test_a_note_is_read_by_all_and_written_as_it_is(client: Client, send: Send, quote: dict[str, Any]) -> None:
    """On the page, in its twin and over REST, whatever is in it; its words are named with it."""
    text = "<script>alert(1)</script> \u202eAsk her {{ 7*7 }}"
    fields = {"start": quote["start"], "end": quote["end"], "text": text}
    assert send(passage(quote), f"/reports/{quote['article']}/notes", **fields).status_code == 303
    page = client.get(f"/reports/{quote['article']}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    [note] = [n for p in client.get(f"/reports/{quote['article']}.json").json()["paragraphs"] for n in p["written"]]
    assert (note["text"], note["who"], note["can_delete"]) == (text, "local", True)
    assert note["words"] == quote["words"]
    [told] = client.get("/api/v1/notes", params={"article": quote["article"]}).json()["items"]
    assert (told["text"], told["start"]) == (text, quote["start"])
    assert send(passage(quote), f"/reports/{quote['article']}/notes", **(fields | {"text": " "})).status_code == 422
    between = {"article": quote["article"], "start": quote["start"] - 2, "end": quote["start"], "text": "Between."}
    assert client.post("/api/v1/notes", json=between).status_code == 201
    assert "Between." in client.get(f"/reports/{quote['article']}").text
    client.delete("/api/v1/notes/2")
    deleted = send(passage(quote), f"/reports/{quote['article']}/notes/{note['number']}/delete")
    assert deleted.status_code == 303
    assert client.get("/api/v1/notes", params={"article": quote["article"]}).json()["items"] == []
    log = client.get("/api/v1/corrections/audit").json()["items"]
    assert [row["action"] for row in log] == ["unnote", "unnote", "note", "note"]


def test_forms_of_reports_need_the_pages_token(client: Client, quote: dict[str, Any]) -> None:
    """Another site cannot have a browser send them."""
    for path in ("corrections", "notes", "notes/1/delete"):
        assert client.post(f"/reports/{quote['article']}/{path}", data={"text": "x"}).status_code == 403


def test_rows_are_set_right_over_rest(client: Client, quote: dict[str, Any]) -> None:
    """With what was seen last the second of two is told 409, and nothing of the first is lost."""
    seen = client.get("/api/v1/corrections").json()["seen"]
    body = {"kind": "speaker", "places": [{"article": quote["article"], "at": quote["start"]}], "seen": seen}
    first = client.post("/api/v1/corrections", json={**body, "value": WHO})
    assert first.status_code == 201
    assert first.json()["places"][0]["words"] == quote["words"]
    second = client.post("/api/v1/corrections", json={**body, "value": "Ruth Abel"})
    assert second.status_code == 409
    assert second.headers["content-type"] == "application/problem+json"
    assert [c["value"] for c in client.get("/api/v1/corrections").json()["items"]] == [WHO]
    [row] = [
        q
        for q in client.get("/api/v1/quotes", params={"article": quote["article"]}).json()["items"]
        if q["start"] == quote["start"]
    ]
    assert row["speaker"] == WHO


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "pin", "what": "names", "forms": ["Lorwick"]},
        {"kind": "date", "articles": ["a1"]},
        {"kind": "speaker", "articles": ["a1"], "places": [{"article": "a1"}], "value": "x"},
        {"kind": "merge", "what": "names", "forms": ["Lorwick"], "places": [{"article": "a1"}]},
        {"kind": "date", "places": [{"article": "a1"}], "value": "someday"},
        {"kind": "split"},
    ],
)
def test_a_correction_that_says_too_little_is_a_problem(client: Client, library: Library, body: dict[str, Any]) -> None:
    """And nothing is kept of it."""
    assert client.post("/api/v1/corrections", json=body).status_code == 422
    assert library.corrections() == ()


def test_a_note_is_deleted_by_its_author_or_an_admin(
    library: Library, started: Callable[..., Client], quote: dict[str, Any]
) -> None:
    """Readers write none, editors delete their own, admins any."""
    own = {}
    for name, role in (("ada", "admin"), ("ed", "editor"), ("eva", "editor"), ("rita", "reader")):
        make_account(library.store, name, PASSWORD, role)
        own[name] = {"Authorization": f"Bearer {make_token(library.store, name, 'test', ['read', 'correct'])[1]}"}
    client = started()
    body = {"article": quote["article"], "start": quote["start"], "end": quote["end"], "text": "Call her."}
    assert client.post("/api/v1/notes", json=body, headers=own["rita"]).status_code == 403
    numbers = [client.post("/api/v1/notes", json=body, headers=own["ed"]).json()["number"] for _ in range(2)]
    assert client.delete(f"/api/v1/notes/{numbers[0]}", headers=own["eva"]).status_code == 403
    assert client.delete(f"/api/v1/notes/{numbers[0]}", headers=own["ed"]).status_code == 204
    assert client.delete(f"/api/v1/notes/{numbers[1]}", headers=own["ada"]).status_code == 204
    assert client.delete(f"/api/v1/notes/{numbers[1]}", headers=own["ada"]).status_code == 404
    assert [row["who"] for row in client.get("/api/v1/corrections/audit", headers=own["rita"]).json()["items"]] == [
        "ada",
        "ed",
        "ed",
        "ed",
    ]
    page = client.get(
        f"/reports/{quote['article']}?start=10&end=40", headers={**own["rita"], "accept": "text/html"}
    ).text
    assert "Set the speaker right" not in page
    assert "Keep the note" not in page
