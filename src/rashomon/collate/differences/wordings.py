"""Wordings: what one speaker said in so many words, where the words between the quotation marks differ."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, takewhile

import numpy as np

from rashomon.collate.differences.draft import MOST_SAID, Draft, are_like, cut_in_marks, reading_of, sides_of
from rashomon.collate.material import Material
from rashomon.lexicon import load_lexicon
from rashomon.model import AlignedQuote, QuoteReading, Reading, Span
from rashomon.text.align import align_words
from rashomon.text.clusters import connected
from rashomon.text.marks import find_quoted
from rashomon.text.words import Word, content_stems, find_words, fold, stem

# Two readings with this share of the shorter one's words, and of its telling words, are wordings of one statement.
LINED_UP = 0.5
# A fragment and a wording of the same statement have a run of so many words in common, as stems.
RUN = 3
# A fragment with fewer telling words says too little to be another's wording.
LEAST_FRAGMENT = 2
# A change of more words is shown as the two wordings.
MOST_CHANGED = 6
# Whoever has a longer name is described, as headlines do: "mayor indicted in bribery case".
LONGEST_SPEAKER = 5
# So many words before those in which wordings part are shown, where they are long.
BEFORE_CHANGE = 4
# Wordings with this share of their words in common part in single words.
LIKE = 0.6
# What British English writes otherwise, inside a word: "behaviour", "organise".
_BRITISH, _WITH_S = (
    re.compile(r"(?<=[a-z]{2})our(?=s?\b|ed|ing|al|ite|able)"),
    re.compile(r"(?<=[a-z]{3}i)s(?=e|ing|ation)"),
)
# An opening bracket this many characters before a word may still be open.
_BRACKETED = 60


@dataclass(frozen=True)
class _Spoken:
    """Words between quotation marks: a direct quotation whole, or a fragment inside the report's own sentence."""

    article: str
    spans: tuple[Span, ...]
    words: tuple[str, ...]
    stems: frozenset[str]
    runs: frozenset[tuple[str, ...]]
    is_fragment: bool

    @property
    def place(self) -> Reading:
        """Where the words stand, from the first to the last of them."""
        return Reading(article=self.article, start=self.spans[0].start, end=self.spans[-1].end)

    @cached_property
    def distinct(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(self.words)


def find_wordings(material: Material, quotes: Sequence[AlignedQuote]) -> Iterator[Draft]:
    """What one speaker said in so many words, and how the words between the quotation marks differ."""
    for quote in quotes:
        for group in _lined_up(_spoken(material, quote.readings)):
            all_words = {s.words for s in group}
            told = [s for s in group if not _is_cut(s.words, all_words)]
            wordings = {s.words for s in told}
            if len({s.article for s in told}) > 1 and len(wordings) > 1:
                said = _as_said(material, told)
                sides = sides_of((words, reading_of(material, s.place)) for s, words in zip(told, said, strict=True))
                speaker = quote.speaker if quote.speaker and len(quote.speaker.split()) <= LONGEST_SPEAKER else None
                topic = f"The words inside {speaker or 'a speaker'}’s quotation marks"
                changed, tells = _changed(material, told)
                slot = "telling" if tells and speaker else "loose"
                yield Draft(
                    kind="wording", text=f"{topic}: {changed}", topic=topic, sides=sides, rows=(quote.id,), slot=slot
                )


def _as_said(material: Material, told: Sequence[_Spoken]) -> list[str]:
    """What was said, in marks, from a little before the wordings part; what breaks off for whoever says it is one, and a full stop no other wording."""
    whole = [" … ".join(material.text(s.article, span) for span in s.spans).rstrip(" .,;").split() for s in told]
    alike = takewhile(lambda words: len(set(words)) == 1, zip(*([fold(w) for w in own] for own in whole), strict=False))
    start = max(0, sum(1 for _ in alike) - BEFORE_CHANGE)
    is_long = any(len(own) > MOST_SAID for own in whole)
    if not is_long or start < BEFORE_CHANGE:
        return [cut_in_marks(" ".join(own)) for own in whole]
    return [cut_in_marks(f"…{' '.join(own[start:])}") for own in whole]


def _changed(material: Material, told: Sequence[_Spoken]) -> tuple[str, bool]:
    """The words that differ between the commonest wording and the one most unlike it, as a line names them; and whether they tell.

    They do where a word that carries meaning is another, and the wordings are else the same.
    """
    counts = Counter(s.words for s in told)
    first = max(told, key=lambda s: (counts[s.words], len(s.words), s.article))
    other = min((s for s in told if s.words != first.words), key=lambda s: (len(s.stems & first.stems), s.article))
    words = [
        [w for span in s.spans for w in find_words(material.texts[s.article], span.start, span.end)]
        for s in (first, other)
    ]
    runs: list[tuple[list[str], list[str]]] = [([], [])]
    for a, b in align_words(words):
        same = a is not None and b is not None and fold(a.text) == fold(b.text)
        if same or any(
            w is not None and _is_inserted(material.texts[s.article], w) for s, w in ((first, a), (other, b))
        ):
            runs.append(([], []))
        else:
            runs[-1][0].extend([a.text] if a else [])
            runs[-1][1].extend([b.text] if b else [])
    runs = [run for run in runs if any(run) and max(map(len, run)) <= MOST_CHANGED and _differ(*run)]
    if not runs:
        wordings = (cut_in_marks(material.text(s.article, s.spans[0])) for s in (first, other))
        return ", or ".join(wordings), False
    longest = max(runs, key=lambda run: (bool(run[0] and run[1]), len(run[0]) + len(run[1])))
    if longest[0] and longest[1]:
        told_words = [frozenset(content_stems(" ".join(side))) for side in longest]
        tells = are_like(first.distinct, other.distinct, LIKE) and all(told_words) and told_words[0] != told_words[1]
        return f"“{' '.join(longest[0])}”, or “{' '.join(longest[1])}”", tells
    return f"with “{' '.join(longest[0] or longest[1])}”, or without", False


def _is_inserted(text: str, word: Word) -> bool:
    """Whether a word stands in square brackets: the report's own, for what it leaves out or explains ("[expletive]")."""
    return text.rfind("[", max(0, word.start - _BRACKETED), word.start) > text.rfind("]", 0, word.start)


def _differ(a: Sequence[str], b: Sequence[str]) -> bool:
    x, y = ([w for word in words for w in spelled_out(fold(word))] for words in (a, b))
    return "".join(x) != "".join(y)


def _spoken(material: Material, readings: Sequence[QuoteReading]) -> list[_Spoken]:
    spoken = []
    for reading in readings:
        text = material.by_id[reading.article].text
        is_fragment = reading.manner != "direct"
        pieces = [reading.spans]
        if is_fragment:
            pieces = [(quoted.inner,) for span in reading.spans for quoted in find_quoted(text, span)]
        for spans in pieces:
            stems = frozenset(s for span in spans for s in content_stems(text, span.start, span.end))
            if not is_fragment or len(stems) >= LEAST_FRAGMENT:
                words = tuple(w for word in material.folded(reading.article, *spans) for w in spelled_out(word))
                spoken.append(_Spoken(reading.article, spans, words, stems, _runs(words), is_fragment))
    return spoken


def spelled_out(word: str) -> tuple[str, ...]:
    """A folded word, a contraction in its two words, a compound in its parts: "im" is "i am", "tax-filing" is "tax filing".

    In one spelling of those that part American from British English.
    """
    table: dict[str, str] = load_lexicon("framing")["contractions"]
    return tuple(_BRITISH.sub("or", _WITH_S.sub("z", table.get(word, word))).replace("-", " ").split())


def _runs(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    stems = [stem(word) for word in words]
    return frozenset(zip(*(stems[k:] for k in range(RUN)), strict=False))


def _lined_up(spoken: Sequence[_Spoken]) -> list[list[_Spoken]]:
    """Groups of wordings, each like another article's in the group; what is like no other article's is left out."""
    copies: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for k, s in enumerate(spoken):
        copies[s.words, s.is_fragment].append(k)
    same_words = list(copies.values())
    articles = [frozenset(spoken[k].article for k in members) for members in same_words]
    pairs = [
        (i, j)
        for i, j in combinations(range(len(same_words)), 2)
        if len(articles[i] | articles[j]) > 1 and _are_alike(spoken[same_words[i][0]], spoken[same_words[j][0]])
    ]
    tied = {i for i, own in enumerate(articles) if len(own) > 1} | {n for pair in pairs for n in pair}
    left, right = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    groups: dict[int, list[int]] = defaultdict(list)
    for i, label in enumerate(connected(len(same_words), left, right).tolist()):
        if i in tied:
            groups[label] += same_words[i]
    return [[spoken[k] for k in group] for group in sorted(map(sorted, groups.values())) if len(group) > 1]


def _are_alike(a: _Spoken, b: _Spoken) -> bool:
    """Whether they share half of the shorter one's words and of its telling words; a fragment, a run of words too."""
    x, y = a.distinct, b.distinct
    return (
        len(x & y) >= LINED_UP * min(len(x), len(y))
        and len(a.stems & b.stems) >= LINED_UP * min(len(a.stems), len(b.stems))
        and (not (a.is_fragment or b.is_fragment) or not a.runs.isdisjoint(b.runs))
    )


def _is_cut(words: tuple[str, ...], others: Iterable[tuple[str, ...]]) -> bool:
    """Whether words are a run of some longer wording's."""
    n = len(words)
    return any(other[k : k + n] == words for other in others for k in range(len(other) - n + 1) if n < len(other))
