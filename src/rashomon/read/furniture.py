"""Page furniture and the lines about the report: byline, dates, title. Nothing is cut; spans are marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rashomon.lexicon import few_blanks, load_lexicon
from rashomon.model import Completeness, Span
from rashomon.text.dates import find_written_dates
from rashomon.text.paragraphs import trim

_LINE = re.compile(r"[^\r\n]+")
_NAME_LINE = re.compile(r"(?:[A-Z][\w.'’-]{1,40}\s{1,20}){1,3}[A-Z][\w.'’-]{1,40}")
_MARKDOWN_LINK = re.compile(r"\[([^\]]{0,200})\]\([^)]{0,500}\)")
# How far into the text the head reaches, in lines that are not empty.
HEAD_LINES = 10
TITLE_WORDS = 24
# Room beside a date on its line: a weekday, an hour, a zone.
DATE_LINE_EXTRA = 22
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z.'’ -]{3,40}|[A-Z][\w.'’-]{1,40}(?: [A-Z][\w.'’-]{1,40})?)"
    r"(?:,\s{0,20}[A-Z][\w. ]{1,40})?\s{0,20}(?:\([^)]{2,40}\)\s{0,20})?[—–]\s"
)


@dataclass(frozen=True)
class Layout:
    """What the lines of a plain text are, as spans into it."""

    title: Span | None
    byline: str | None
    published: Span | None
    modified: Span | None
    furniture: tuple[Span, ...]


@lru_cache(maxsize=16)
def _whole_line(table: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{few_blanks(part)})" for part in load_lexicon("furniture")[table]), re.IGNORECASE)


def find_layout(text: str) -> Layout:
    """Title, byline, dates and furniture of a plain text."""
    lines = [trim(text, Span(m.start(), m.end())) for m in _LINE.finditer(text) if m[0].strip()]
    title = find_title(text, lines)
    byline: str | None = None
    published: Span | None = None
    modified: Span | None = None
    furniture: list[Span] = []
    for n, line in enumerate(lines):
        if title and line.end == title.end:
            continue
        words = text[line.start : line.end]
        head = n < HEAD_LINES
        if (m := _whole_line("published").fullmatch(words)) and _dates_or_nothing(m["date"]):
            published = published or _group_span(line, m)
        elif (m := _whole_line("modified").fullmatch(words)) and _dates_or_nothing(m["date"]):
            modified = modified or _group_span(line, m)
            if byline is None and n and head and _NAME_LINE.fullmatch(_of(text, lines[n - 1])):
                byline = _of(text, lines[n - 1])
                furniture.append(lines[n - 1])
        elif head and (m := _whole_line("byline").fullmatch(words)) and not words.endswith((".", "?", "!")):
            byline = byline or _MARKDOWN_LINK.sub(r"\1", m["name"]).strip(" []")
        elif head and _is_only_a_date(words):
            published = published or line
        elif not _whole_line("line").fullmatch(words):
            continue
        furniture.append(line)
    furniture += _author_note(text, lines)
    if len(furniture) == len(lines) == 1:
        furniture = []  # a text of one line has nothing to be the furniture of
    return Layout(title, byline, published, modified, tuple(_merge(furniture)))


def find_title(text: str, lines: list[Span]) -> Span | None:
    """The first line that is no furniture, when it is short, no dateline, and other text follows."""
    first = next((n for n, line in enumerate(lines) if not _whole_line("line").fullmatch(_of(text, line))), len(lines))
    if first + 1 >= len(lines):
        return None
    words = _of(text, lines[first])
    hashes = len(words) - len(words.lstrip("# "))
    span = Span(lines[first].start + hashes, lines[first].end)
    is_title = (
        0 < len(words.split()) <= TITLE_WORDS
        and not _DATELINE.match(words)
        and not words.startswith(("http", "“", '"'))
    )
    return span if is_title else None


def find_completeness(text: str, furniture: tuple[Span, ...]) -> Completeness:
    """`truncated` when the last reporting breaks off with dots or a counter, else `full`."""
    end = trim(text, Span(0, len(text))).end
    for span in reversed(furniture):
        if span.end >= end:
            end = trim(text, Span(0, span.start)).end
    tail = text[max(0, end - 120) : end]
    return "truncated" if _whole_line("truncated").search(tail) else "full"


def _author_note(text: str, lines: list[Span]) -> list[Span]:
    for line in lines[len(lines) * 3 // 4 :]:
        if _whole_line("author_note").fullmatch(_of(text, line)):
            return [Span(line.start, lines[-1].end)]
    return []


def _dates_or_nothing(words: str) -> bool:
    """Whether what follows "Updated" is a date or missing; "Revised figures put the toll at 14" is reporting."""
    return not words.strip() or _is_only_a_date(words)


def _is_only_a_date(words: str) -> bool:
    dates = find_written_dates(words)
    return bool(dates) and dates[0].year is not None and len(words) <= dates[0].end - dates[0].start + DATE_LINE_EXTRA


def _group_span(line: Span, m: re.Match[str]) -> Span:
    return Span(line.start + m.start("date"), line.start + m.end("date"))


def _of(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _merge(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
