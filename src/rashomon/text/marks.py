"""Quotation marks: which stretch of a paragraph stands between marks. A missing mark costs at most its paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

from rashomon.model import Span

# opening mark → the marks that close it; „ is closed by “ in German and by ” in Polish and Dutch
PAIRS = {"“": '”"', "”": "”", "«": "»", "»": "«", "„": "“”"}
# Whatever can begin a quotation.
_MARK = re.compile(r"[“”\"«»„‘'`]")
_BEFORE_OPENING = frozenset(' \t\n\r\xa0([{—–-/:"“‘,')
_AFTER_CLOSING = frozenset(' \t\n\r\xa0)]}—–-/:;,.?!"”’…')


class Quoted(NamedTuple):
    """A quoted stretch: `inner` without its marks, `outer` with them; `closed` is false where the end is missing."""

    inner: Span
    outer: Span
    closed: bool


def find_quoted(text: str, paragraph: Span) -> list[Quoted]:
    """The quoted stretches of a paragraph, outermost only, in order."""
    found: list[Quoted] = []
    at, end = paragraph.start, paragraph.end
    while (mark := _MARK.search(text, at, end)) is not None:
        at = mark.start()
        opening = _opening(text, at, paragraph)
        if opening is None:
            at += 1
            continue
        width, closers = opening
        close = _closing(text, at + width, end, closers)
        if close is None and closers in ("’", "'"):
            at += 1  # an apostrophe, not a mark
            continue
        inner_end, outer_end = (close, close + width) if close is not None else (end, end)
        if inner_end > at + width:
            found.append(Quoted(Span(at + width, inner_end), Span(at, outer_end), close is not None))
        at = max(outer_end, at + width)
    return found


def _opening(text: str, at: int, paragraph: Span) -> tuple[int, str] | None:
    """Width of the opening mark at a place and the marks that can close it, or None."""
    mark = text[at]
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if text.startswith("``", at):
        return 2, "''"
    if mark in "“«„" or (
        mark in "»”" and before in _BEFORE_OPENING and not after.isspace() and after not in _AFTER_CLOSING
    ):
        return 1, PAIRS[mark]
    if mark == '"' and not after.isspace() and (before in _BEFORE_OPENING or not before.isalnum()):
        return 1, '"”'
    if text[at + 1 : at + 3].lower() in ("n'", "n’"):
        return None  # rock 'n' roll
    if mark in "‘'" and before in _BEFORE_OPENING and (after.isalnum() or after in "[(…"):
        return 1, "’" if mark == "‘" else "'"
    return None


def _closing(text: str, start: int, end: int, closers: str) -> int | None:
    if closers == "''":
        at = text.find("''", start, end)
        return at if at >= 0 else None
    if closers in ("’", "'"):
        return _closing_single(text, start, end, closers)
    for at in range(start, end):
        if text[at] in closers and (text[at] == closers[0] or _may_close(text, at, end)):
            return at
    return None


def _may_close(text: str, at: int, end: int) -> bool:
    """Whether a straight mark after a curly opening one can be its end: nothing but punctuation or a blank follows."""
    return at + 1 >= end or text[at + 1] in _AFTER_CLOSING


def _closing_single(text: str, start: int, end: int, mark: str) -> int | None:
    """The mark that closes a single quotation; one that follows a plural s may be a possessive (the players’ coach)."""
    doubtful: int | None = None
    for at in range(start, end):
        if text[at] != mark:
            continue
        after = text[at + 1] if at + 1 < end else " "
        if after not in _AFTER_CLOSING or text[at - 1].isspace():
            continue
        if text[at - 1] in ".,!?…;" or after in ".,;:!?)" or text[at - 1] not in "sS" or at + 1 >= end:
            return at
        doubtful = doubtful if doubtful is not None else at
    return doubtful
