"""Paragraphs of a plain text: blocks that a line break ends, unless the break only wraps a line or cuts a sentence.

Articles come with one line a paragraph, with blank lines between paragraphs, and hard-wrapped at some column. A break
inside a sentence (the next line goes on in lower case, or all lines are cut near one column) does not end a paragraph.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from statistics import quantiles

from rashomon.model import Span

_LINE = re.compile(r"[^\r\n]+")
_TERMINAL = re.compile(r"[.!?:;…][\"'”’»)\]]*\s{0,20}$")
_GOES_ON = re.compile(r"\s{0,20}[a-z]")
WRAP_COLUMNS = range(45, 100)


def find_paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text, trimmed of white space, in order."""
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text) if m[0].strip()]
    wrapped = is_wrapped(text, lines)
    paragraphs: list[Span] = []
    for line in lines:
        if paragraphs and _joins(text, paragraphs[-1], line, wrapped=wrapped):
            paragraphs[-1] = Span(paragraphs[-1].start, line.end)
        else:
            paragraphs.append(line)
    return [trim(text, span) for span in paragraphs]


def is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether the lines are cut near one column: long, of nearly one length, and blank lines between paragraphs."""
    inner = [
        len(text[a.start : a.end].rstrip())
        for a, b in itertools.pairwise(lines)
        if text.count("\n", a.end, b.start) == 1
    ]
    if len(inner) < 4 or len(inner) < 0.4 * len(lines):
        return False
    low, _, high = quantiles(inner, n=4)
    return int(high) in WRAP_COLUMNS and high - low <= 12


def trim(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _joins(text: str, left: Span, right: Span, *, wrapped: bool) -> bool:
    before = text[max(left.start, left.end - 40) : left.end]
    if wrapped and text.count("\n", left.end, right.start) == 1:
        return True
    # a sentence cut by a stray break: words before, no full stop, and the next line goes on in lower case
    return (
        left.end - left.start > 30
        and not _TERMINAL.search(before)
        and bool(_GOES_ON.match(text, right.start, right.end))
        and not text.startswith(("http", "www."), right.start)
    )


def number_at(paragraphs: Sequence[Span], at: int) -> int:
    """The number, from 1, of the paragraph that a place stands in; that of the one before it between paragraphs."""
    return max(1, bisect_right(paragraphs, at, key=lambda span: span.start))
