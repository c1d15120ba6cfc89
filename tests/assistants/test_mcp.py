"""An assistant talks to `rashomon mcp` over standard input and output, as its own client does."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from rashomon import Article, open_library
from rashomon.errors import UsageError
from rashomon.mcp import answers

mcp = pytest.importorskip("mcp", reason="the extra rashomon[mcp] is not installed")

TEXTS = {
    "Herald": "A crane fell onto the quay of Tessmar at noon. Twelve people died, said Ann Weir, the mayor of Tessmar. "
    "Schools in the north of the country will open again in May.",
    "Courier": "The crane on the quay of Tessmar fell at noon. Fourteen people died, said Ann Weir, the mayor of Tessmar. "
    "In May the schools in the north of the country open again.",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two reports of one event."""
    made = tmp_path_factory.mktemp("made") / "library.sqlite"
    with open_library(made) as library:
        library.add(*(Article.from_text(t, source=s, published="2026-04-14") for s, t in TEXTS.items()), workers=1)
    return made


async def talk(place: Path, say: Callable[[Any], Awaitable[None]]) -> None:
    """Start the server as an assistant would, and talk to it."""
    words = ["-m", "rashomon", "mcp", "--store", str(place)]
    async with mcp.Client(
        mcp.StdioServerParameters(command=sys.executable, args=words, env=dict(os.environ))
    ) as client:
        await say(client)


def evidence(answer: Any) -> list[dict[str, Any]]:
    """All readings of an answer, wherever they stand."""
    if isinstance(answer, list):
        return [r for one in answer for r in evidence(one)]
    if not isinstance(answer, dict):
        return []
    return [
        *answer.get("readings", []),
        *(r for key, one in answer.items() if key != "readings" for r in evidence(one)),
    ]


def test_an_assistant_asks(place: Path, run_async: Callable[[Any], None]) -> None:
    """Four tools that only read; each answer has readings, whose words stand in the article at their place."""

    async def say(client: Any) -> None:
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == {"search", "story", "collate", "passage"}
        assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
        hits = await client.call_tool("search", {"words": "fourteen"})
        [hit] = hits.structured_content["hits"]
        assert hit["source"] == "Courier"
        story = await client.call_tool("story", {"story": hit["story"]})
        assert len(story.structured_content["articles"]) == 2
        collation = await client.call_tool("collate", {"story": hit["story"]})
        sections = collation.structured_content["sections"]
        assert {row["kind"] for row in sections["differences"]["rows"]} == {"number"}
        [reading] = [r for r in hit["readings"] if "Fourteen" in r["words"]]
        at = {"article": hit["article"], "start": reading["start"], "end": reading["end"]}
        passage = await client.call_tool("passage", at)
        assert passage.structured_content["around"]["words"] == TEXTS["Courier"]
        texts = {a["article"]: TEXTS[a["source"]] for a in story.structured_content["articles"]}
        for answer in (hits, story, collation, passage):
            found = evidence(answer.structured_content)
            assert found
            assert all(texts[r["article"]][r["start"] : r["end"]] == r["words"] for r in found)
        wrong = await client.call_tool("passage", {"article": "a0", "start": 0, "end": 1})
        assert wrong.is_error
        assert "no article of this library" in wrong.content[0].text

    run_async(lambda: talk(place, say))


def test_reports_that_are_in_no_library(place: Path) -> None:
    """Texts are collated as they are given; of each section at most so many rows, and how many there are."""
    with open_library(place) as library:
        given = [answers.GivenReport(text=text, source=source) for source, text in TEXTS.items()]
        made = answers.collate(library, None, given, list(answers.SECTIONS), 1)
        assert made["at_most_independent"] >= 1
        assert all(len(section["rows"]) <= 1 for section in made["sections"].values())
        assert made["sections"]["points"]["n_rows"] > 1
        assert len(library) == 2


@pytest.mark.parametrize(
    ("story", "given", "sections", "message"),
    [
        (None, None, None, "not both"),
        ("s0", [{"text": "x"}], None, "not both"),
        ("s0", None, None, "no such story"),
        (None, [], None, "give 1 to 50"),
        (None, [{"title": "x"}], None, "is empty"),
        (None, [{"text": "x"}], ["opinions"], "is no section"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    place: Path, story: str | None, given: list[answers.GivenReport] | None, sections: list[str] | None, message: str
) -> None:
    """An assistant learns what to ask instead."""
    with open_library(place) as library, pytest.raises(UsageError, match=message):
        answers.collate(library, story, given, sections, 5)
