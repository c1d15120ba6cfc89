"""The tools of assistants as a server over standard input and output. They only read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, ParamSpec

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from rashomon.errors import RashomonError
from rashomon.mcp import answers
from rashomon.run.library import Library
from rashomon.version import VERSION

P = ParamSpec("P")
TOLD = (
    "Rashomon sets news reports of one event side by side: what all share, where they differ, who said what. It never says who "
    "is right. Every row carries readings: article, start and end (code points of the article's text) and the words there. Cite "
    "the words and their source; do not state more than they say."
)


Story = Annotated[str, Field(description="A story's id, the beginning of its id, or words of its title.")]
Sections = Annotated[
    list[str] | None, Field(description=f"Which of {', '.join(answers.SECTIONS)}; by default the first three.")
]
Most = Annotated[int, Field(ge=1, le=200, description="At most so many rows.")]
Offset = Annotated[int, Field(ge=0, description="In code points of the article's text.")]


def make_server(library: Library) -> MCPServer[Any]:
    """A server whose tools answer from a library."""
    server: MCPServer[Any] = MCPServer("rashomon", instructions=TOLD, version=VERSION, log_level="ERROR")

    def search(
        words: Annotated[
            str, Field(description='Words, "a phrase", OR, speaker:Name name:Name source:words since:day until:day')
        ],
        most: Most = 10,
    ) -> dict[str, Any]:
        """Find reports in the library, the newest first, each with its story and the sentences that fit."""
        return answers.search(library, words, most)

    def story(story: Story) -> dict[str, Any]:
        """Tell what a story of the library holds: its reports, how each begins, and why they are held to be of one event."""
        return answers.story(library, story)

    def collate(
        story: Annotated[Story | None, Field(description="A story of the library; or give reports.")] = None,
        reports: Annotated[
            list[answers.GivenReport] | None, Field(description="Reports of one event that are in no library.")
        ] = None,
        sections: Sections = None,
        most: Most = 20,
    ) -> dict[str, Any]:
        """Set all reports of a story, or reports given as text, side by side: differences, quotes, figures and so on."""
        return answers.collate(library, story, reports, sections, most)

    def passage(
        article: Annotated[str, Field(description="The id of an article of the library.")],
        start: Offset,
        end: Offset,
        around: Annotated[int, Field(ge=0, le=2000, description="So many characters before and after it too.")] = 300,
    ) -> dict[str, Any]:
        """Read the words of a report at a place, with what stands around them."""
        return answers.passage(library, article, start, end, around)

    for tool in (search, story, collate, passage):
        server.add_tool(_told(tool), annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False))
    return server


def _told(tool: Callable[P, dict[str, Any]]) -> Callable[P, dict[str, Any]]:
    """The tool, whose errors tell an assistant what to do instead; what nobody foresaw stays here."""

    @wraps(tool)
    def answer(*given: P.args, **named: P.kwargs) -> dict[str, Any]:
        try:
            return tool(*given, **named)
        except RashomonError as error:
            raise ToolError(str(error)) from error

    return answer
