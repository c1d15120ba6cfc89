"""On which day a quotation was said: "tomorrow" inside it is the day after that one, not after the day of the report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rashomon.annotate.phrases import token_at
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.model import Quote, Span, Time

# How many heads lie between a day and the verb of saying that it dates: "said in an interview on Monday".
REACH = 3


class Said(NamedTuple):
    """A stretch of quoted words and the first day on which they were said."""

    span: Span
    day: date


def days_said(parsed: Parsed, quotes: Sequence[Quote], times: Sequence[Time]) -> list[Said]:
    """The quoted stretches whose verb of saying has a day of its own; the same speaker's next words are of that day too."""
    found: list[Said] = []
    speaker, day = None, None
    for quote in quotes:
        own = _day_of(parsed, quote, times)
        if own is None and quote.speaker_name == speaker and speaker is not None:
            own = day
        speaker, day = quote.speaker_name, own
        if own is not None and quote.manner != "indirect":
            found += [Said(span, own) for span in quote.content]
    return found


def day_at(said: Sequence[Said], place: int) -> date | None:
    """The day that the words at a place were said on, where that is known."""
    return next((s.day for s in said if s.span.start <= place < s.span.end), None)


def _day_of(parsed: Parsed, quote: Quote, times: Sequence[Time]) -> date | None:
    if quote.cue is None:
        return None
    paragraph = next((p for p in parsed.paragraphs if p.span.start <= quote.cue.start < p.span.end), None)
    if paragraph is None:
        return None
    for time in times:
        inside = paragraph.span.start <= time.start and time.end <= paragraph.span.end
        quoted = any(c.start <= time.start < c.end for c in quote.content)
        if (
            inside
            and not quoted
            and time.first
            and time.type in ("DATE", "TIME")
            and _dates(paragraph, time, quote.cue)
        ):
            return date.fromisoformat(time.first)
    return None


def _dates(paragraph: Paragraph, time: Time, cue: Span) -> bool:
    """Whether a time hangs on a verb of saying."""
    token = paragraph.doc[token_at(paragraph.doc, time.start - paragraph.offset)]
    for _ in range(REACH):
        token = token.head
        if cue.start <= paragraph.offset + token.idx < cue.end:
            return True
        if token.pos_ in ("VERB", "AUX"):
            return False
    return False
