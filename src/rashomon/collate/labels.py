"""What an aligned figure counts, as a noun phrase of a few whole words that its readings share.

The words after the number, as far as all that counts the same says them too: "lorries seized", not "lorries spotted".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rashomon.collate.lining.counts import Counted
from rashomon.collate.material import Material
from rashomon.collate.tolls import PHRASE_END
from rashomon.lexicon import words_of
from rashomon.model import Span
from rashomon.text.measures import time_units
from rashomon.text.words import STOP, Word, content_stems, find_words, fold, stem

# The most words of a label, and the share of the readings that must have a word of it.
MOST_WORDS = 8
SHARED = 0.6
_PARTICIPLE = re.compile(r"[a-z]{2,30}ed")


def label_of(material: Material, members: Sequence[Counted]) -> str:
    """What the figures count, in the words of the reading that says the most of what they share."""
    shared = _shared(material, members)
    phrases = _by_count(_phrase(material, c, shared) for c in members)
    best = max(phrases, key=lambda p: sum(_tells(w) for w in find_words(p)), default="")
    nouns = _by_count(_noun(material, c) for c in members)
    tolls = [c.toll for c in members if c.toll is not None]
    if len(set(tolls)) == 1 and 2 * len(tolls) >= len(members):
        return _of_toll(tolls[0], nouns)
    if len(best.split()) == 1:
        best = _with_participle(material, members, shared, best)
    return best or next(iter(nouns), None) or _whole(members)


def _shared(material: Material, members: Sequence[Counted]) -> frozenset[str]:
    """The stems that enough of the reports' sentences have; all of a single reading's."""
    counts = Counter(s for c in members for s in frozenset(_stems(material, c)))
    return frozenset(s for s, n in counts.items() if n >= SHARED * len(members))


def _stems(material: Material, counted: Counted) -> list[str]:
    span = _sentence(material, counted)
    words = find_words(material.texts[counted.article], span.start, span.end)
    return [*(stem(w.text) for w in words if _tells(w)), *content_stems(counted.figure.unit or "")]


def _sentence(material: Material, counted: Counted) -> Span:
    return material.home(counted.article, counted.figure.span)


def _words_after(material: Material, counted: Counted) -> list[Word]:
    """The words from the noun counted to the next break; the noun may stand within the figure ("three days")."""
    text, figure = material.texts[counted.article], counted.figure
    unit = frozenset(content_stems(figure.unit or ""))
    named = (w.start for w in find_words(text, figure.start, figure.end) if stem(w.text) in unit)
    end = _sentence(material, counted).end
    stop = PHRASE_END.search(text, figure.end, end)
    return find_words(text, next(named, figure.end), stop.start() if stop else end)[:MOST_WORDS]


def _phrase(material: Material, counted: Counted, shared: frozenset[str]) -> str:
    """The words after a number as long as they are shared, function words at either end left out."""
    words = _words_after(material, counted)
    first = next((n for n, w in enumerate(words) if _tells(w)), 0)
    owning = words_of("pronouns", "owning")  # "Americans from his home": whose?
    kept = next(
        (
            n
            for n, w in enumerate(words)
            if (n > first and fold(w.text) in owning) or (_tells(w) and stem(w.text) not in shared)
        ),
        len(words),
    )
    telling = [n for n, w in enumerate(words[:kept]) if _tells(w)]
    head = _head(counted, words)
    if not telling or (head is not None and head >= kept):  # no noun is cut: "asylum" of "asylum seekers"
        return ""
    return _joined(material.texts[counted.article], words[telling[0] : telling[-1] + 1])


def _tells(word: Word) -> bool:
    folded = fold(word.text)
    is_function = folded in STOP or folded in words_of("figures", "binding")
    return word.text[0].isalpha() and ("." in word.text or not is_function)


def _head(counted: Counted, words: Sequence[Word]) -> int | None:
    """Where the noun counted stands among the words after the number."""
    unit = content_stems(counted.figure.unit or "")
    return next((n for n, w in enumerate(words) if unit and stem(w.text) == unit[-1]), None)


def _noun(material: Material, counted: Counted) -> str:
    """The noun counted as the report writes it, with the words that narrow it; empty for a bare number."""
    words = _words_after(material, counted)
    last = _head(counted, words)
    if last is None:
        return ""
    first = next((n for n, w in enumerate(words[:last]) if _tells(w)), last)  # the noun itself may be "7DOCKS"
    return _joined(material.texts[counted.article], words[first : last + 1])


def _of_toll(toll: str, nouns: Sequence[str]) -> str:
    """Who was killed, injured, …: "bailiffs killed"; people, unless things are."""
    if nouns:
        return f"{nouns[0]} {toll}"
    return toll if toll in words_of("tolls", "of_things") else f"people {toll}"


def _by_count(words: Iterable[str]) -> list[str]:
    """Words, the commonest first."""
    counts = Counter(w for w in words if w)
    return sorted(counts, key=lambda w: (-counts[w], len(w), w))


def _with_participle(material: Material, members: Sequence[Counted], shared: frozenset[str], noun: str) -> str:
    """A noun alone with what is done to it, where the readings share that: "lorries" and "seized", not half of "turned back"."""
    done = _by_count(
        fold(w.text)
        for c in members
        for w in find_words(c.figure.about)
        if _PARTICIPLE.fullmatch(fold(w.text)) and stem(w.text) in shared
    )
    is_time = any(c.figure.unit in time_units() for c in members)
    if not done or len(members) == 1 or is_time or any(_goes_on(material, c, done[0]) for c in members):
        return noun
    return f"{noun} {done[0]}"


def _goes_on(material: Material, counted: Counted, verb: str) -> bool:
    """Whether a verb has a particle in the sentence of a figure: "turned back", "pulled out"."""
    span = _sentence(material, counted)
    words = [fold(w.text) for w in find_words(material.texts[counted.article], span.start, span.end)]
    return any(w == verb and after in words_of("figures", "particles") for w, after in pairwise(words))


def _whole(members: Sequence[Counted]) -> str:
    """What the figures are about, where no word follows a number that they share."""
    units = _by_count(c.figure.unit or "" for c in members)
    abouts = sorted({c.figure.about for c in members}, key=lambda w: (not w, len(w), w))
    told = units[0] if units else abouts[0]
    return _joined(told, [w for w in find_words(told) if _tells(w)][:MOST_WORDS])


def _joined(text: str, words: Sequence[Word]) -> str:
    """The words as they stand, without the auxiliaries: "lorries were seized" are lorries seized."""
    helping = words_of("figures", "auxiliaries")
    told = text[words[0].start : words[-1].end] if words else ""
    return " ".join(w for w in told.split() if fold(w) not in helping)
