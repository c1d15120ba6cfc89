"""Whether a report says itself that what a clause tells is so, and does not doubt it, wish it, ask it or leave it to somebody unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from rashomon.collate.holders import holder_of, is_of_somebody_unknown, saying
from rashomon.collate.material import Material
from rashomon.collate.printable import Label
from rashomon.lexicon import words_of
from rashomon.model import Clause, Span
from rashomon.text.marks import find_quoted
from rashomon.text.words import STOP, fold, split_words, stem, stem_of_saying

# So many words before a subject may say that it is not told as so: "doubt that", "asked whether".
GOVERNING = 4
# So many words before "that" hold the word it hangs on: "his claim in November that", "said in a statement on Friday that".
SAYING = 8
# What ends a quotation before "the mayor told them", and what ends before an explanation.
_CLOSED = re.compile(r"[,.?!—–]\s?[”\"“»]\s{1,3}$")
_EXPLAINING = re.compile(r"\w:\s")


def is_told_as_so(material: Material, article: str, clause: Clause) -> bool:
    """Whether a report says itself that a clause is so: no speech, no condition, no question, nothing doubted or wished."""
    text = material.texts[article]
    home = material.home(article, clause.span)
    core = clause.core or clause.span
    paragraph = Span(text.rfind("\n", 0, clause.start) + 1, max(text.find("\n", clause.end), home.end))
    spoken = any(q.inner.start < core.end and core.start < q.inner.end for q in find_quoted(text, paragraph))
    opening = split_words(text, clause.start, clause.end)[:1]
    binding = words_of("briefing", "subordinate") - words_of("briefing", "factive")
    is_bound = any(fold(w) in binding for w in opening)
    is_framed = _is_framed(_words_before(material, article, clause))
    is_asked = text[clause.end : home.end].strip(' "”’')[:1] == "?"
    return not (
        spoken
        or is_bound
        or is_asked
        or is_framed
        or _is_led_in(text, home, clause)
        or material.is_spoken(article, core)
    )


def is_nobodys_word(material: Material, label: Label) -> bool:
    """Whether a label was said by somebody who is neither known nor the one it is about.

    A word of saying stands there, or "that" hangs on one.
    """
    if is_of_somebody_unknown(material, label.place):
        return True
    before = _words_before(material, label.article, label.clause)
    near = before[-SAYING:]
    leading = near if before[-1:] == ["that"] else before[-1:]
    is_said = any(stem_of_saying(w) in saying() or stem(w) in _claims() for w in leading)
    speaks_of_itself = any(w in near for w in map(fold, split_words(label.clause.doer or "")) if w not in STOP)
    return is_said and not speaks_of_itself and holder_of(material, label.place) is None


def _is_led_in(text: str, home: Span, clause: Clause) -> bool:
    """Whether a quotation ends right before a clause, which tells who said it, or a colon, which it is the sense of."""
    before = text[home.start : _told_from(clause)]
    return _CLOSED.search(before) is not None or _EXPLAINING.search(before) is not None


def _told_from(clause: Clause) -> int:
    """Where the words about what a clause is about begin."""
    return (clause.subject or clause.core or clause.span).start


def _words_before(material: Material, article: str, clause: Clause) -> list[str]:
    """The words of a sentence before what a clause is about: what only says is joined to what is said, "analysts doubt that …"."""
    text, home = material.texts[article], material.home(article, clause.span)
    return [fold(w) for w in split_words(text, home.start, _told_from(clause))]


def _is_framed(before: Sequence[str]) -> bool:
    """Whether the words of a sentence before a subject say that what follows is not so for sure, or was so before something new came out."""
    near = before[-GOVERNING:]
    seeming = words_of("briefing", "seeming")
    return (
        any(stem_of_saying(w) in _unsure() for w in near)
        or any(a == "it" and b.removesuffix("s").removesuffix("ed") in seeming for a, b in pairwise(near))
        or not (words_of("briefing", "asking") | words_of("briefing", "perceiving")).isdisjoint(before[-1:])
        or (before[-1:] == ["that"] and not words_of("briefing", "expected").isdisjoint(before))
        or not words_of("briefing", "inverted").isdisjoint(before[:1])
        or any(a in words_of("briefing", "outdated") and stem(b) in _accounts() for a, b in pairwise(near))
    )


@lru_cache(maxsize=1)
def _unsure() -> frozenset[str]:
    """The stems of words before a clause by which it is not told as so."""
    return frozenset(stem(w) for w in words_of("briefing", "unsure"))


@lru_cache(maxsize=1)
def _claims() -> frozenset[str]:
    """The stems of words for what is only said: "his statement that …"."""
    return frozenset(stem(w) for w in words_of("briefing", "claims"))


@lru_cache(maxsize=1)
def _accounts() -> frozenset[str]:
    """The stems of what tells of something: a report that was the first may have been overtaken."""
    return frozenset(stem(w) for w in words_of("briefing", "accounts"))
