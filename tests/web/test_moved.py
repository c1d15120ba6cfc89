"""A story that goes by another id since it was put with an earlier one is found by the id it went by."""

from __future__ import annotations

import re
from typing import Any

import pytest

from rashomon.model import story_id
from rashomon.run.library import Library

Client = Any
DATABASES = ("sqlite", "postgresql")


@pytest.fixture
def moved(library: Library) -> tuple[str, str]:
    """The id that a story went by until it was put with an earlier one, and the id of both."""
    firsts = [story.articles()[0].id for row in library.stories() if (story := library.story(row.id))]
    before = {row.id for row in library.stories()}
    library.correct("merge", *firsts)
    [now] = [row.id for row in library.stories()]
    [former] = before - {now}
    return former, now


@pytest.mark.parametrize("library", DATABASES, indirect=True)
@pytest.mark.parametrize(
    "address",
    [
        "/stories/{}",
        "/stories/{}.json",
        "/stories/{}/state.json",
        "/stories/{}/tables/quotes.csv",
        "/corrections?story={}",
        "/corrections.json?story={}",
        "/api/v1/stories/{}",
        "/api/v1/collations/{}?wait=1",
    ],
)
def test_former_addresses_lead_on(client: Client, moved: tuple[str, str], address: str) -> None:
    """Pages, their twins, tables and REST send whoever has an old address to the same of the story as it is."""
    former, now = moved
    answer = client.get(address.format(former), follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == address.format(now)
    assert client.get(address.format(former)).status_code in (200, 202)


def test_an_address_is_written_in_another_way(client: Client, moved: tuple[str, str]) -> None:
    """A letter of the id as a browser may write it leads on, and not in a circle."""
    former, now = moved
    answer = client.get(f"/corrections?story=%{ord(former[0]):x}{former[1:]}", follow_redirects=False)
    assert answer.headers["location"] == f"/corrections?story={now}"


def test_every_report_could_have_named_its_story(library: Library, moved: tuple[str, str]) -> None:
    """Whatever report came first when a link was made, it leads to the story that the report is in."""
    _, now = moved
    for article in library.story(now).articles():
        assert library.story(story_id(article.id)).id == now


def test_a_story_taken_apart_again_has_its_address(client: Client, library: Library, moved: tuple[str, str]) -> None:
    """The address that led on is the story's own once more."""
    former, _ = moved
    library.undo(1)
    assert client.get(f"/api/v1/stories/{former}", follow_redirects=False).json()["story"]["id"] == former


def test_a_form_for_a_former_story_is_told_of_the_change(client: Client, moved: tuple[str, str]) -> None:
    """What was chosen before the story was put with another is not carried out, and the story as it is is shown."""
    former, now = moved
    page = client.get(f"/corrections?story={now}").text
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page)
    assert token is not None
    fields = {"_csrf_token": token[1], "kind": "split", "story": former, "seen": "0", "last": "1", "article": "a"}
    answer = client.post("/corrections", data=fields, headers={"origin": "http://127.0.0.1:8077"})
    assert answer.status_code == 409
    assert "has changed since you looked" in answer.text
    assert f'value="{now}"' in answer.text
