"""What is told of "yesterday" or "last night", for a reader of another day: without it, since a line does not say from when it counts."""

from __future__ import annotations

from itertools import pairwise

from rashomon.collate.material import Material
from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import Clause, Span, Time
from rashomon.text.words import fold, split_words


def without_relative_days(material: Material, article: str, clause: Clause) -> str | None:
    """What a clause says of its subject but for days that count from the report's own; None where they cannot go.

    That is "until yesterday", "today's", what was not so "yesterday", and a subject that has one.
    """
    text, core = material.texts[article], clause.core or clause.span
    relative = [t for t in material.found[article].times if _counts_from_now(material.text(article, t.span))]
    inside = [t for t in relative if core.start <= t.start and t.end <= core.end]
    is_of_subject = clause.subject is not None and any(_is_in(t, clause.subject) for t in relative)
    if is_of_subject or (clause.negated and inside) or any(_is_bound(text, core, t) for t in inside):
        return None
    edges = [core.start, *(edge for t in inside for edge in (t.start, t.end)), core.end]
    return "".join(text[a:b].rstrip() if b < core.end else text[a:b] for a, b in list(pairwise(edges))[::2])


def _counts_from_now(words: str) -> bool:
    """Whether a time is told from the day of its report: "late yesterday", "this morning"."""
    told = {fold(w) for w in split_words(words)}
    is_part = not told.isdisjoint(load_lexicon("times")["parts_of_day"]) and not told.isdisjoint({"this", "last"})
    return is_part or not told.isdisjoint(words_of("briefing", "from_now"))


def _is_bound(text: str, core: Span, time: Time) -> bool:
    """Whether a time hangs on the word before it, or another on the time: "until yesterday", "today's"."""
    before = [fold(w) for w in split_words(text, core.start, time.start)[-1:]]
    return text[time.end : time.end + 1] in tuple("'’-") or not words_of("briefing", "timing").isdisjoint(before)


def _is_in(time: Time, span: Span) -> bool:
    return span.start <= time.start < span.end
