"""The library over REST."""

from __future__ import annotations

import time
from typing import Any

import pytest
import sqlalchemy as sa
from litestar import Litestar
from litestar.testing import TestClient

from rashomon.errors import StoreError
from rashomon.run.library import Library
from rashomon.store.tables import collations

Client = TestClient[Litestar]
DATABASES = ("sqlite", "postgresql")
REPORT = "A crane fell in Tessmar harbour on Monday, killing two dockers, the port operator said."


def done(client: Client, job: str) -> dict[str, Any]:
    """A job once it is over."""
    for _ in range(600):
        told: dict[str, Any] = client.get(f"/api/v1/jobs/{job}").json()
        if told["state"] in ("done", "failed"):
            return told
        time.sleep(0.05)
    raise AssertionError(told)


def first_story(client: Client) -> str:
    """The id of the newest story."""
    story: str = client.get("/api/v1/stories").json()["items"][0]["id"]
    return story


@pytest.mark.parametrize("looked_at", DATABASES, indirect=True)
@pytest.mark.parametrize("path", ["stories", "articles", "quotes", "search?q=the", "figures?story=STORY"])
def test_cursors_lead_through_all_of_it(looked_at: Client, path: str) -> None:
    """Pages of three give each row of the long list once, in its order."""
    at = f"/api/v1/{path.replace('STORY', first_story(looked_at))}{'&' if '?' in path else '?'}limit="
    whole = looked_at.get(f"{at}200").json()
    assert whole["next"] is None
    rows: list[Any] = []
    cursor = None
    while True:
        page = looked_at.get(f"{at}3&cursor={cursor}" if cursor else f"{at}3").json()
        rows += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
        assert len(page["items"]) == 3
    assert rows == whole["items"]
    assert len(rows) > (1 if path == "stories" else 3)


def test_filters(looked_at: Client) -> None:
    """Lists are narrowed by day, source, story and speaker."""
    [crane] = looked_at.get("/api/v1/stories", params={"day": "2026-04-16"}).json()["items"]
    assert "crane" in crane["title"].lower()
    of_story = looked_at.get("/api/v1/articles", params={"story": crane["id"]}).json()["items"]
    assert {row["story"] for row in of_story} == {crane["id"]}
    own = looked_at.get("/api/v1/articles", params={"source": of_story[0]["source"]}).json()["items"]
    assert {row["source"] for row in own} == {of_story[0]["source"]}
    assert looked_at.get("/api/v1/stories", params={"source": "nobody at all"}).json() == {"items": [], "next": None}
    quote = looked_at.get("/api/v1/quotes", params={"story": crane["id"]}).json()["items"][0]
    said = looked_at.get("/api/v1/quotes", params={"speaker": quote["speaker"]}).json()["items"]
    assert quote in said
    early = looked_at.get("/api/v1/articles", params={"until": "2026-04-15"}).json()["items"]
    assert all(row["published"][:10] <= "2026-04-15" for row in early)


def test_every_row_stands_on_its_text(looked_at: Client) -> None:
    """Quotes and figures of the lists are the words that stand at their spans."""
    story = first_story(looked_at)
    for row in looked_at.get("/api/v1/figures", params={"story": story, "limit": 200}).json()["items"]:
        text = looked_at.get(f"/api/v1/articles/{row['article']}").json()["text"]
        assert text[row["figure"]["start"] : row["figure"]["end"]] == row["words"]


@pytest.fixture
def unmade(library: Library) -> None:
    """The library without a collation."""
    with library.store.writing() as connection:
        connection.execute(sa.delete(collations))


@pytest.mark.usefixtures("unmade")
def test_a_collation_is_made_once(client: Client) -> None:
    """The first who asks gets a job, all others the collation; it is not sent again to whoever has it."""
    at = f"/api/v1/collations/{first_story(client)}"
    asked = client.get(at)
    assert asked.status_code == 202
    again = client.get(at)  # the collation itself, where it has been made by now
    assert again.status_code == 200 or again.json()["id"] == asked.json()["id"]
    assert done(client, asked.json()["id"])["state"] == "done"
    told = client.get(at)
    assert told.status_code == 200
    assert told.json()["format"] == 2
    assert client.get(at, headers={"If-None-Match": told.headers["etag"]}).status_code == 304
    assert "rashomon_collations_total 1\n" in client.get("/metrics").text


@pytest.mark.usefixtures("unmade")
def test_a_collation_outlives_the_app(started: Any) -> None:
    """What was made is kept in the library, and shown at once by an app that starts later."""
    first, second = started(), started()
    at = f"/api/v1/collations/{first_story(first)}?wait=10"
    made = first.get(at)
    while made.status_code == 202:
        made = first.get(at)
    assert second.get(at.removesuffix("?wait=10")).content == made.content
    assert "rashomon_collations_total 0\n" in second.get("/metrics").text


@pytest.mark.parametrize("library", DATABASES, indirect=True)
def test_texts_are_added_and_found(client: Client) -> None:
    """A pasted text is a report of the library once its job is done, and following the job tells so."""
    answer = client.post("/api/v1/add", json={"texts": [{"text": REPORT, "title": "Crane", "source": "Pasted Post"}]})
    assert answer.status_code == 202
    with client.stream("GET", f"{answer.headers['location']}/events") as events:
        told = [line for line in events.iter_lines() if line.startswith("data: ")]
    assert '"state":"done"' in told[-1]
    assert done(client, answer.json()["id"])["result"]["n_new"] == 1
    [hit] = client.get("/api/v1/search", params={"q": 'source:"pasted post"'}).json()["items"]
    assert hit["title"] == "Crane"


def test_files_are_added(client: Client) -> None:
    """Each file is read as its name says; what cannot be read is told with its reason."""
    files = [
        ("files", ("harbour news.txt", REPORT.encode())),
        ("files", ("page.html", b"<html><body><article><p>" + REPORT.encode() * 5 + b"</p></article></body></html>")),
        ("files", ("broken.pdf", b"%PDF-1.7 nothing")),
        ("files", ("old.warc.gz", b"x")),
    ]
    result = done(client, client.post("/api/v1/uploads", files=files).json()["id"])["result"]
    assert result["n_new"] == 2
    assert {reject["path"] for reject in result["failed"]} == {"broken.pdf", "old.warc.gz"}


def test_a_form_without_files_is_told_so(looked_at: Client) -> None:
    """An empty form, and one with something else in it, is a problem of whoever sent it."""
    form = {"Content-Type": "multipart/form-data; boundary=x"}
    assert looked_at.post("/api/v1/uploads", content=b"--x--\r\n", headers=form).status_code in (400, 422)
    assert looked_at.post("/api/v1/uploads", files=[("other", ("a.txt", b"x"))]).status_code in (400, 422)
    assert looked_at.post("/api/v1/uploads", data={"files": "words"}, files={"b": b"x"}).status_code in (400, 422)


def test_work_is_done_once(client: Client) -> None:
    """What is asked for again while it waits or runs is the job there is."""
    body = {"texts": [{"text": REPORT}]}
    jobs = {client.post("/api/v1/add", json=body).json()["id"] for _ in range(3)}
    results = [done(client, job)["result"]["n_new"] for job in jobs]
    assert sum(results) == 1


@pytest.mark.parametrize("library", DATABASES, indirect=True)
def test_stories_are_corrected_and_that_is_taken_back(client: Client, library: Library) -> None:
    """A split makes two stories, undoing it one again; both are in the audit log."""
    [crane] = client.get("/api/v1/stories", params={"day": "2026-04-16"}).json()["items"]
    article = client.get("/api/v1/articles", params={"story": crane["id"]}).json()["items"][0]["id"]
    n = len(library.stories())
    made = client.post("/api/v1/corrections", json={"kind": "split", "articles": [article]})
    assert made.status_code == 201
    assert client.get("/api/v1/corrections").json()["items"] == [made.json()]
    assert len(library.stories()) == n + 1
    assert client.delete(f"/api/v1/corrections/{made.json()['number']}").status_code == 204
    assert len(library.stories()) == n
    told = client.get("/api/v1/corrections/audit").json()["items"]
    assert [(row["who"], row["action"]) for row in told] == [("local", "undo"), ("local", "split")]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/stories/s0", 404),
        ("GET", "/api/v1/collations/s0", 404),
        ("GET", "/api/v1/articles/a0/annotations", 404),
        ("GET", "/api/v1/jobs/0", 404),
        ("GET", "/api/v1/jobs/0/events", 404),
        ("DELETE", "/api/v1/corrections/9", 404),
        ("POST", "/api/v1/stories", 405),
        ("GET", "/api/v1/stories?limit=0", 422),
        ("GET", "/api/v1/stories?cursor=nonsense", 422),
        ("GET", "/api/v1/stories?day=tomorrow", 422),
        ("GET", "/api/v1/search?q=colour:red", 422),
        ("GET", "/api/v1/figures", 422),
        ("GET", "/api/v1/articles/a%00b", 400),
        ("POST", "/api/v1/add", 422),
    ],
)
def test_problems(looked_at: Client, method: str, path: str, status: int) -> None:
    """Whatever goes wrong is told as RFC 9457 has it."""
    answer = looked_at.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]


def test_the_library_that_cannot_be_read(client: Client, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """503, and not a word of where the library is."""

    def broken() -> None:
        raise StoreError(f"{library.place}: the file is damaged")

    monkeypatch.setattr(library, "corrections", broken)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert library.place not in answer.text


def test_files_have_names_that_change_with_them(looked_at: Client) -> None:
    """Style is kept for a year under its hash; no other name leads anywhere."""
    from rashomon.web.assets import asset

    answer = looked_at.get(asset("collation.css"))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert looked_at.get("/static/collation.css").status_code == 404


def test_the_app_is_well(client: Client) -> None:
    """Health and numbers for whatever watches it."""
    assert client.get("/health").json()["status"] == "ok"
    told = client.get("/metrics").text
    assert "rashomon_articles 10\n" in told
    assert "rashomon_stories 2\n" in told
    assert 'rashomon_answers_total{method="GET",status="200"}' in told
