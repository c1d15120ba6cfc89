"""What is told of "yesterday" or "last night", for a reader of another day: without it, since a line does not say from when it counts."""

from __future__ import annotations

from rashomon.collate.material import Material
from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import Span
from rashomon.text.words import fold, split_words


def without_relative_days(material: Material, article: str, span: Span) -> str | None:
    """The words of a stretch but for days that count from the report's own; None where they cannot go: "until yesterday", "today's"."""
    text = material.texts[article]
    told, start = "", span.start
    for time in material.found[article].times:
        if not (
            span.start <= time.start and time.end <= span.end and _counts_from_now(material.text(article, time.span))
        ):
            continue
        before = split_words(text, span.start, time.start)[-1:]
        if text[time.end : time.end + 1] in tuple("'’-") or any(
            fold(w) in words_of("briefing", "timing") for w in before
        ):
            return None
        told += text[start : time.start].rstrip()
        start = time.end
    return told + text[start : span.end]


def _counts_from_now(words: str) -> bool:
    """Whether a time is told from the day of its report: "late yesterday", "this morning"."""
    told = [fold(w) for w in split_words(words)]
    parts = load_lexicon("times")["parts_of_day"]
    is_part = told[-1:] != [] and told[-1] in parts and not {"this", "last"}.isdisjoint(told)
    return is_part or not words_of("briefing", "from_now").isdisjoint(told)
