"""SQLite and PostgreSQL give the same pages, lists and answers, byte for byte."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest

Client = Any
# What is made anew for each browser.
TOKEN = re.compile(rb'(?<=name="_csrf_token" value=")[0-9a-f]+')
PAGES = [
    "/stories",
    "/stories?order=disagreement",
    "/stories?day=2026-04-16&several=on",
    "/stories?source=Courier",
    "/stories/STORY",
    "/reports/ARTICLE",
    "/reports/ARTICLE?start=100&end=140",
    "/search",
    "/search?q=crane",
    "/search?q=MÜLLER+OR+%22the+harbour%22",
    "/search?q=speaker:weir+since:2026-04-15",
    "/people?name=Brandvik",
    "/sources",
    "/sources?name=courier",
    "/versions?address=nope",
    "/add",
    "/corrections",
    "/corrections?story=STORY",
    "/failures",
    "/keys",
    "/stories/nope",
]
LISTS = [
    "stories?limit=1",
    "stories?source=courier",
    "stories/STORY",
    "collations/STORY",
    "articles?limit=200",
    "articles?until=2026-04-16&limit=3",
    "articles/ARTICLE",
    "articles/ARTICLE/annotations",
    "quotes?limit=200",
    "quotes?speaker=weir",
    "figures?story=STORY&limit=200",
    "search?q=crane",
    "search?q=%22crane+fell%22+OR+strait",
    "search?q=source:courier+until:2026-04-20",
    "search?q=colour:red",
    "corrections",
    "corrections/audit",
]
TABLES = ["/stories/STORY/tables/quotes.csv", "/stories/STORY/tables/figures.json"]


def have_collated(client: Client) -> None:
    """Have every story collated, so that no page is shown while something is still being made."""
    for story in client.get("/api/v1/stories").json()["items"]:
        for _ in range(120):
            if client.get(f"/api/v1/collations/{story['id']}?wait=5").status_code == 200:
                break
            time.sleep(0.5)


@pytest.fixture(scope="module")
def both(shown: Callable[[str], Client]) -> tuple[Client, Client]:
    """The app over each database, with every story collated by itself."""
    clients = shown("sqlite"), shown("postgresql")
    for client in clients:
        have_collated(client)
    return clients


def twin(page: str) -> str:
    """The address of a page's data."""
    path, _, asked = page.partition("?")
    return f"{path}.json?{asked}"


@pytest.mark.parametrize("address", [*PAGES, *map(twin, PAGES), *(f"/api/v1/{name}" for name in LISTS), *TABLES])
def test_both_databases_answer_alike(both: tuple[Client, Client], address: str) -> None:
    """Pages, their twins, the lists of the API and tables."""
    story = both[0].get("/api/v1/stories").json()["items"][0]["id"]
    article = both[0].get("/api/v1/articles", params={"story": story}).json()["items"][0]["id"]
    asked = address.replace("STORY", story).replace("ARTICLE", article)
    answers = [client.get(asked, headers={"Accept": "text/html"}) for client in both]
    assert answers[0].status_code == answers[1].status_code != 202
    assert TOKEN.sub(b"", answers[0].content) == TOKEN.sub(b"", answers[1].content)
    assert answers[0].headers["content-type"] == answers[1].headers["content-type"]


def test_settings_differ_in_the_place_alone(both: tuple[Client, Client]) -> None:
    """What is set and how much there is are the same."""
    told = [client.get("/settings.json").json() for client in both]
    places = [page.pop("place") for page in told]
    assert told[0] == told[1]
    assert places[0].endswith("library.sqlite")
    assert places[1].startswith("postgresql://")
