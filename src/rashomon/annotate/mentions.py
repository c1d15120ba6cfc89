"""Places where someone or something is named.

The tagger's entities are a first guess (`guesses`); the article as a whole says what they name (`kinds`), bodies and
regions are also found by what they are (`bodies`), and every further occurrence of a known form counts, whether the
tagger saw it or not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rashomon.annotate.bodies import body_patterns, find_acronyms, find_spelt_out, region_pattern
from rashomon.annotate.guesses import find_capitals, find_guesses
from rashomon.annotate.kinds import settle_kinds
from rashomon.annotate.roles import find_roles
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.lexicon import alternation, words_of
from rashomon.model import Mention, MentionKind, Span
from rashomon.text.naming import known_states

_HANDLE = re.compile(r"(?<!\w)@\w{3,}")
# A given name that the report put into somebody's words: "(Ada) Weir".
_INSERTED = re.compile(r"\((?P<given>[A-Z]\w{1,40})\)\s{1,20}$")
_LAST_WORD = re.compile(r"([\w’'-]{1,60})\s{1,20}$")

_TOWN = re.compile(r"[A-Z][A-Z.’'-]{1,40}(?: [A-Z][A-Z.’'-]{1,40}){0,6}(?=\s{0,20}[,(—–_-]|\s{0,20}$)")

Patterns = tuple[re.Pattern[str], ...]


def find_mentions(parsed: Parsed) -> tuple[Mention, ...]:
    """Every mention in order of place, none overlapping another."""
    text = parsed.article.text
    guesses = [guess for paragraph in parsed.paragraphs for guess in find_guesses(text, paragraph)]
    kinds = settle_kinds(text, guesses)
    for spelt, short in find_spelt_out(text):
        for span in (spelt, short):
            if kinds.get(form := " ".join(text[span.start : span.end].split())) != "place":
                kinds[form] = "organisation"
    bodies = body_patterns(text, kinds)
    acronyms = find_acronyms(text, kinds, bodies)
    acronyms |= {form for paragraph in parsed.paragraphs for form in find_capitals(paragraph)}
    for form in acronyms:
        kinds.setdefault(form, "organisation")
    regions = region_pattern(text, kinds)
    found = {
        span: kind
        for paragraph in parsed.paragraphs
        for span, kind in _occurrences(text, paragraph, kinds, bodies, regions)
    }
    found |= {town: "place" for paragraph in parsed.paragraphs for town in _dateline(text, paragraph)}
    descriptions = {
        span: description
        for paragraph in parsed.paragraphs
        for span, description in find_roles(paragraph, [s for s in found if _inside(s, paragraph.span)], found)
    }
    return tuple(
        Mention(start=span.start, end=span.end, kind=kind, description=descriptions.get(span))
        for span, kind in sorted(found.items())
    )


def _dateline(text: str, paragraph: Paragraph) -> list[Span]:
    """The town in capitals in front of a paragraph, where a report was filed, and its state: "TESSMAR, Mich. —"."""
    line = text.rfind("\n", 0, paragraph.span.start) + 1
    town = _TOWN.match(text, line, paragraph.span.start)
    if town is None:
        return []
    states = _states().finditer(text, town.end(), paragraph.span.start)
    return [Span(line, town.end()), *(Span(m.start("state"), m.end("state")) for m in states)]


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _occurrences(
    text: str,
    paragraph: Paragraph,
    kinds: dict[str, MentionKind],
    body_patterns: Patterns,
    regions: re.Pattern[str] | None,
) -> list[tuple[Span, MentionKind]]:
    start, end = paragraph.span.start, paragraph.span.end
    found: list[tuple[Span, MentionKind]] = []
    for m in _forms_pattern(tuple(sorted(kinds))).finditer(text, start, end):
        form = m["form"]
        kind = kinds.get(form) or kinds.get(re.sub(r"\s{1,20}", " ", form))
        if kind is None:
            continue
        begin = _title_start(text, m, start) if kind == "person" else m.start("form")
        if kind == "person" and (inserted := _INSERTED.search(text, start, begin)):
            begin = inserted.start() if f"{inserted['given']} {form}" in kinds else begin
            while found and found[-1][0].end > begin:
                found.pop()  # the given name alone
        found.append((Span(begin, m.end("form")), kind))
    found += [(Span(m.start(), m.end()), "person") for m in _HANDLE.finditer(text, start, end)]
    found = _over(
        found, [(Span(m.start("state"), m.end("state")), "place") for m in _states().finditer(text, start, end)]
    )
    if regions is not None:
        found = _over(found, [(Span(m.start(), m.end()), "place") for m in regions.finditer(text, start, end)])
    return _over(
        found,
        [
            (Span(m.start(), m.end()), "organisation")
            for pattern in body_patterns
            for m in pattern.finditer(text, start, end)
        ],
    )


def _over(
    found: list[tuple[Span, MentionKind]], larger: list[tuple[Span, MentionKind]]
) -> list[tuple[Span, MentionKind]]:
    """What was found, without what lies inside the larger spans, which stand for it; they take in no half of a name."""
    whole = [(a, kind) for a, kind in larger if not any(_inside(a, b) and a != b for b, _ in larger)]
    whole = [(a, k) for a, k in whole if not any(_inside(a, b) and a != b for b, _ in found)]
    kept = [(span, kind) for span, kind in found if not any(_inside(span, a) for a, _ in whole)]
    return kept + [(a, k) for a, k in whole if not any(a.start < b.end and b.start < a.end for b, _ in kept)]


def _title_start(text: str, m: re.Match[str], paragraph_start: int) -> int:
    """Where a person's mention begins: with a title before a bare surname, or with a rank; not inside a longer title."""
    title = (m["title"] or "").strip().lower()
    one_word = " " not in m["form"] and m["form"].lower() not in words_of("people", "particles")
    if not title or not (one_word or title in words_of("people", "ranks")):
        return m.start("form")
    before = _LAST_WORD.search(text, max(paragraph_start, m.start("title") - 24), m.start("title"))
    is_part = before is not None and before[1][0].isupper() and before[1].lower() in words_of("people", "title_fronts")
    return m.start("form") if is_part else m.start("title")


@lru_cache(maxsize=64)
def _forms_pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    titles = alternation(words_of("people", "honorifics"))
    return re.compile(
        rf"(?<![\w@-])(?P<title>(?i:{titles})\s{{1,20}})?(?P<form>{alternation(list(forms))})(?:(?<=\.)|(?!\w)(?!\.\w))"
    )


@lru_cache(maxsize=1)
def _states() -> re.Pattern[str]:
    """A state's abbreviation behind a town or a party: "Tessmar, Mich.", "D-Miss."."""
    short = alternation([form for form in known_states() if form.endswith(".")])
    return re.compile(rf"(?:,\s{{1,20}}|(?<=[A-Z])-)(?P<state>{short})")
