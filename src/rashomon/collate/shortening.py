"""A clause with less of where and when it was, what went with it and what it was for, so that more reports tell all of it: "police stormed a shop" of one "in the east on Thursday"."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from rashomon.lexicon import alternation, words_of
from rashomon.model import Annotations, Clause, Span

# A core is cut before so many phrases at most, and keeps so many words at least.
MOST_CUTS, LEAST_WORDS = 3, 2
_PLACING = re.compile(rf"\s(?:{alternation(words_of('briefing', 'placing'))})\b", re.IGNORECASE)
_ATTENDING = re.compile(
    rf"\s(?:(?:{alternation(words_of('briefing', 'attending'))})\b|in\san?\s(?:{alternation(words_of('briefing', 'striving'))})\sto\b)",
    re.IGNORECASE,
)


def shortened(text: str, found: Annotations, clause: Clause) -> Iterator[Clause]:
    """The clause cut before each of the phrases at its end that name a place, a time, what went with it or its purpose, the least cut first.

    What is denied may hang on what went with it, and is not cut before that. Such a clause ends where its core does: it is a stretch of the report like any other.
    """
    core = clause.core
    if core is None or clause.subject is None or clause.subject.start >= core.start:
        return
    placed = [m.start for m in found.mentions if m.kind == "place" and core.start < m.start < core.end]
    placed += [t.start for t in found.times if core.start < t.start < core.end]
    cuts = [m.start() for m in _PLACING.finditer(text, core.start, core.end) if any(at > m.start() for at in placed)]
    cuts += [m.start() for m in _ATTENDING.finditer(text, core.start, core.end) if not clause.negated]
    for end in sorted(set(cuts), reverse=True)[:MOST_CUTS]:
        kept = text[core.start : end].rstrip(" ,;")
        if len(kept.split()) >= LEAST_WORDS:
            last = core.start + len(kept)
            yield msgspec.structs.replace(clause, end=last, core=Span(core.start, last))
