"""What every output for a terminal is made of: sections, items, and text that a terminal does not obey."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.segment import Segment, Segments
from rich.text import Text

# Embeddings, overrides and isolates of writing from the right (Unicode Bidirectional Algorithm, UAX 9).
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printed(parts: Iterable[RenderableType], width: int, *, color: bool) -> str:
    """The text of some parts, at most `width` columns wide; with `color`, styled by ANSI codes."""
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        emoji=False,
    )
    for part in parts:
        console.print(Segments([_plain(segment) for segment in console.render(part)]))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).rstrip("\n") + "\n"


def harmless(words: str) -> str:
    """Words of a report without control characters, which a terminal would obey, and without those that turn its writing round."""
    return "".join(" " if unicodedata.category(c) == "Cc" or c in _TURNING else c for c in words)


def _plain(segment: Segment) -> Segment:
    """A segment whose words a terminal does not obey, whoever forgot to clean them; its style stays."""
    words = "\n".join(map(harmless, segment.text.split("\n")))
    return segment if segment.control else Segment(words, segment.style)


def section(title: str, body: list[RenderableType]) -> Iterator[RenderableType]:
    """A title with a rule and what stands under it; nothing where nothing does."""
    if body:
        yield Text()
        yield Rule(Text(title, style="bold"), align="left", characters="─")
        yield Group(*body)


def item(mark: str, words: str) -> RenderableType:
    """A line with what marks it in front."""
    return Text.assemble((mark, "bold cyan"), "  ", harmless(words))
