"""What tells that two figures count one thing: what is counted, how much, who says so, and where it stands.

Times, measures and counts of things are told apart, for "three years" tells less than "214 lorries": each number feature
holds for its own kind and is 0 for the others.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.lining.features import Floats, Ints, Stretches, cosines, speakers_fit
from rashomon.collate.lining.nearest import near_pairs
from rashomon.lexicon import alternation, words_of
from rashomon.model import Figure, Span
from rashomon.text.intervals import is_compatible
from rashomon.text.measures import is_measure, shares_and_money, time_units
from rashomon.text.vectors import embed
from rashomon.text.words import content_stems, find_words, fold, stem

if TYPE_CHECKING:
    from rashomon.collate.material import Material

# How many words after a number are read with it, and how many characters around it may say that it counts others.
PHRASE_WORDS = 4
BESIDE = 14
# The weight of a stem that stands in no sentence, beside inverse document frequencies of about 0.5 to 5.
UNSEEN = 3.0
# A number this small is often another's by chance; differences of more than this many powers of ten are one.
SMALL, FARTHEST, MOST_DIGITS = 2, 2.0, 3
# Numbers are as close as e to the minus this times the logarithm of their ratio: a tenth more is 0.75. Beyond this factor they are apart.
CLOSENESS, APART = 3.0, 3.0
_VAGUE = re.compile(alternation(words_of("figures", "vague")), re.IGNORECASE)


@dataclass(frozen=True)
class Counted:
    """A figure with its article, who gives it by name, and the toll it counts, if any."""

    article: str
    figure: Figure
    speaker: str | None = None
    toll: str | None = None


def kind_of(unit: str | None) -> str:
    """What sort of thing a unit is: things counted are one sort, times by their length, every measure its own."""
    if unit is None:
        return "count"
    if unit in time_units():
        return unit.rstrip("s")
    return unit if unit in shares_and_money() or is_measure(unit) else "count"


class CountedFigures:
    """Some figures of a story with all that their features are made from."""

    def __init__(self, material: Material, items: Sequence[Counted]) -> None:
        self._material = material
        self.items = items
        figures = [c.figure for c in items]
        self.kinds = [kind_of(f.unit) for f in figures]
        self.is_count = np.array([k == "count" for k in self.kinds], bool)
        self.is_time = np.array([f.unit in time_units() for f in figures], bool)
        self.value = np.array([f.value for f in figures], np.float64)
        self.low = np.array([-np.inf if f.low is None else f.low for f in figures])
        self.high = np.array([np.inf if f.high is None else f.high for f in figures])
        self.article = np.array([material.ids.index(c.article) for c in items], np.int64)

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def home(self) -> Ints:
        """The number of the sentence each stands in."""
        found = (self._material.sentence_at(c.article, c.figure.start) for c in self.items)
        return np.array([n if n is not None else 0 for n in found], np.int64)

    @cached_property
    def clauses(self) -> NDArray[np.float32]:
        """What each one's clause means; shape (n, 384)."""
        return self._material.meanings.of([(c.article, (self._clause(c),)) for c in self.items])

    @cached_property
    def phrases(self) -> NDArray[np.float32]:
        """What each number means with the words after it; shape (n, 384)."""
        return self._material.meanings.of([(c.article, (self._phrase(c),)) for c in self.items])

    @cached_property
    def abouts(self) -> NDArray[np.float32]:
        """Static vectors of what each is about."""
        return embed([c.figure.about for c in self.items])

    @cached_property
    def nouns(self) -> NDArray[np.float32]:
        """Static vectors of the nouns counted."""
        return embed([(c.figure.unit or "").split(" ")[-1] for c in self.items])

    @cached_property
    def heads(self) -> list[str]:
        """The stem of each noun counted, or nothing."""
        return [next(iter(content_stems(c.figure.unit or "")[-1:]), "") for c in self.items]

    @cached_property
    def stems(self) -> list[frozenset[str]]:
        """The stems of what each counts and is about; a time is about something else than its unit."""
        found = []
        for c in self.items:
            unit, about = frozenset(content_stems(c.figure.unit or "")), frozenset(content_stems(c.figure.about))
            found.append(about - unit if c.figure.unit in time_units() else about | unit)
        return found

    @cached_property
    def weights(self) -> Floats:
        """The weight of each one's stems."""
        return np.array([self.weight(own) for own in self.stems])

    def weight(self, stems: frozenset[str]) -> float:
        """How telling some stems are in the story."""
        return sum(self._material.weights.get(stem, UNSEEN) for stem in sorted(stems))

    @cached_property
    def is_exact(self) -> NDArray[np.bool_]:
        """Whether each is a number, not "hundreds" or "most"."""
        texts = self._material.texts
        return np.array([not _VAGUE.search(texts[c.article], c.figure.start, c.figure.end) for c in self.items], bool)

    @cached_property
    def is_other(self) -> NDArray[np.bool_]:
        """Whether each counts things beside others: "another 150", "five more"."""
        texts = self._material.texts
        return np.array([counts_others(texts[c.article], c.figure.span) for c in self.items], bool)

    @cached_property
    def rarity(self) -> Floats:
        """How seldom each value is given in the story."""
        counts = Counter(self.value.tolist())
        return np.array([math.log((len(self) + 1) / (counts[v] + 0.5)) for v in self.value.tolist()])

    @cached_property
    def digits(self) -> Floats:
        """How many digits each value has after the first, without the zeros that end it."""
        return np.array([min(MOST_DIGITS, len(f"{abs(v):.0f}".rstrip("0")) - 1) for v in self.value.tolist()])

    def _clause(self, counted: Counted) -> Span:
        """The shortest clause around a figure, else its sentence."""
        at = counted.figure.start
        around = [c.span for c in self._material.found[counted.article].clauses if c.start <= at < c.end]
        return min(around, key=lambda s: (s.end - s.start, s.start), default=self._sentence(counted))

    def _sentence(self, counted: Counted) -> Span:
        return self._material.home(counted.article, counted.figure.span)

    def _phrase(self, counted: Counted) -> Span:
        text, figure = self._material.texts[counted.article], counted.figure
        after = find_words(text, figure.end, self._sentence(counted).end)[:PHRASE_WORDS]
        return Span(figure.start, after[-1].end if after else figure.end)


def counts_others(text: str, figure: Span) -> bool:
    """Whether a figure at a place counts what is beside others, or left out: "another 150", "five more", "all but five"."""
    before = [fold(w.text) for w in find_words(text, max(0, figure.start - BESIDE), figure.start)[-2:]]
    own = find_words(text, figure.start, figure.end)
    after = find_words(text, figure.end, min(len(text), figure.end + 2 * BESIDE))[:1]
    words = [*before[-1:], *(fold(w.text) for w in (*own, *after))]
    if "than" in words:  # "more than 150" counts no others
        words = [w for w in words if w != "more"]
    return before == ["all", "but"] or not words_of("tolls", "others").isdisjoint(words)


def are_part_and_whole(one: Counted, other: Counted) -> bool:
    """Whether two numbers of one toll exclude each other, and one counts everybody where the other does not: two children of 12 people."""
    a, b = one.figure, other.figure
    return (
        one.toll is not None
        and counts_anybody(a) != counts_anybody(b)
        and not is_compatible(a.low, a.high, b.low, b.high)
    )


def counts_anybody(figure: Figure) -> bool:
    """Whether a toll counts people as such: "12 people", one man; of "two children" others may have died."""
    return figure.value == 1 or stem(fold(figure.unit or "people")) in _anybody()


@lru_cache(maxsize=1)
def _anybody() -> frozenset[str]:
    return frozenset(stem(word) for word in words_of("tolls", "anybody"))


def count_pairs(counts: CountedFigures, floor: float, most: int | None = None) -> tuple[Ints, Ints]:
    """Pairs of one kind, not of one sentence, whose clauses' cosine is at least `floor`, each with its nearest; in order."""
    lefts, rights = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for kind in sorted(set(counts.kinds)):
        own = np.array([n for n, k in enumerate(counts.kinds) if k == kind], np.int64)
        left, right = near_pairs(counts.clauses[own], counts.home[own], floor, most)
        lefts.append(own[left])
        rights.append(own[right])
    left, right = np.concatenate(lefts), np.concatenate(rights)
    order = np.lexsort((right, left))
    return left[order], right[order]


def count_features(counts: CountedFigures, sentences: Stretches, left: Ints, right: Ints) -> dict[str, Floats]:
    """Every feature of the pairs, by name; `sentences` are the story's. Shapes: (n_pairs,)."""
    features = {**_words(counts, sentences, left, right), **_numbers(counts, left, right)}
    return {**features, **_scope(counts, features, left, right), **_nearest(counts, features, left, right)}


def _words(counts: CountedFigures, sentences: Stretches, left: Ints, right: Ints) -> dict[str, Floats]:
    """How alike what is counted is, in words and in meaning."""
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    things = (counts.is_count[left] & counts.is_count[right]).astype(np.float64)
    times = counts.is_time[left].astype(np.float64)
    common = np.array([counts.weight(counts.stems[a] & counts.stems[b]) for a, b in pairs])
    dice = 2 * common / (counts.weights[left] + counts.weights[right] + 1e-6)
    clause = cosines(counts.clauses, left, right)
    home, away = counts.home[left], counts.home[right]
    sentence = cosines(sentences.vectors, home, away)
    local = 2 * sentence - sentences.usual(home) - sentences.usual(away)
    heads, stems = counts.heads, counts.stems
    return {
        "dice": dice,
        "about": cosines(counts.abouts, left, right),
        "noun": cosines(counts.nouns, left, right) * things,
        "phrase": cosines(counts.phrases, left, right) * (1 - times),
        "clause": clause,
        "sentence": sentence,
        "local": local,
        "clause_of_time": clause * times,
        "dice_of_time": dice * times,
        "local_of_time": local * times,
        "head": np.array([float(bool(heads[a]) and heads[a] == heads[b]) for a, b in pairs]) * things,
        "head_in": np.array([float(heads[a] in stems[b] or heads[b] in stems[a]) for a, b in pairs]) * things,
        "no_unit": np.array(
            [float(not (counts.items[a].figure.unit and counts.items[b].figure.unit)) for a, b in pairs]
        ),
        "things": things,
        "times": times,
    }


def _numbers(counts: CountedFigures, left: Ints, right: Ints) -> dict[str, Floats]:
    """How the two numbers stand to one another, and how much it tells when they are equal."""
    things = (counts.is_count[left] & counts.is_count[right]).astype(np.float64)
    times = counts.is_time[left].astype(np.float64)
    same_ends = (counts.low[left] == counts.low[right]) & (counts.high[left] == counts.high[right])
    meet = (counts.low[left] <= counts.high[right]) & (counts.low[right] <= counts.high[left])
    exact = (counts.is_exact[left] & counts.is_exact[right]).astype(np.float64)
    a, b = np.abs(counts.value[left]), np.abs(counts.value[right])
    one = (counts.value[left] == counts.value[right]).astype(np.float64)
    equal = one * exact
    return {
        "equal": equal * things,
        "equal_time": equal * times,
        "equal_measure": equal * (1 - things) * (1 - times),
        "equal_vague": same_ends * (1 - exact) * (1 - times),
        "bound": equal * ~same_ends,
        "fits": (meet & ~same_ends) * (1 - one),
        "far": np.minimum(np.abs(np.log10((a + 1e-9) / (b + 1e-9))), FARTHEST),
        "digits": equal * counts.digits[left],
        "rare": equal * counts.rarity[left],
        "small": (np.minimum(a, b) <= SMALL) * things,
        "close": np.exp(-CLOSENESS * np.abs(np.log((a + 1e-9) / (b + 1e-9)))) * (1 - one),
        "apart": (np.maximum(a, b) > APART * np.minimum(a, b)).astype(np.float64),
        "vague": 1 - exact,
        "vague_apart": (1 - exact) * ~meet,
    }


def _scope(counts: CountedFigures, found: dict[str, Floats], left: Ints, right: Ints) -> dict[str, Floats]:
    """Tolls, others, one report's own figures, and who gives them."""
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    items = counts.items
    equal = found["equal"] + found["equal_time"] + found["equal_measure"]
    toll = np.array([float(items[a].toll is not None and items[a].toll == items[b].toll) for a, b in pairs])
    other = (counts.is_other[left] != counts.is_other[right]) * found["things"]
    one_report = (counts.article[left] == counts.article[right]).astype(np.float64)
    fit = np.array([speakers_fit(items[a].speaker, items[b].speaker) for a, b in pairs], np.float64)
    return {
        "toll": toll,
        "toll_equal": toll * equal,
        "one_toll": np.array([float((items[a].toll is None) != (items[b].toll is None)) for a, b in pairs]),
        "other": other,
        "one_report": one_report,
        "one_report_equal": one_report * equal,
        "one_report_other": one_report * other,
        "one_speaker": np.maximum(fit, 0),
        "two_speakers": np.maximum(-fit, 0),
        "equal_phrase": equal * found["phrase"],
    }


def _nearest(counts: CountedFigures, found: dict[str, Floats], left: Ints, right: Ints) -> dict[str, Floats]:
    """Whether each is what the other's report has nearest to it, and by how much nearer than the next it is.

    Of two numbers that are not equal that tells more than how alike they are: whoever counts the dead counts them once.
    """
    likeness = (found["phrase"] + found["dice"] + found["clause"] + found["sentence"]).round(6)
    forth = _leads(left, counts.article[right], likeness)
    back = _leads(right, counts.article[left], likeness)
    return {
        "firsts": (forth >= 0).astype(np.float64) + (back >= 0),
        "least_lead": np.minimum(forth, back),
        "most_lead": np.maximum(forth, back),
    }


def _leads(own: Ints, report: Ints, likeness: Floats) -> Floats:
    """How much more alike each pair is than the best of the others of one figure with one report; than nothing where there is no other."""
    if not len(own):
        return np.zeros(0)
    _, group = np.unique(np.stack([own, report]), axis=1, return_inverse=True)
    order = np.lexsort((-likeness, group))
    is_first = np.diff(group[order], prepend=-1) != 0
    at_first = np.flatnonzero(is_first)
    best = likeness[order][at_first]
    is_alone = np.append(is_first[1:], True)[at_first]
    second = np.where(is_alone, 0.0, np.append(likeness[order], 0.0)[at_first + 1])
    leads = likeness - best[group]
    leads[order[at_first]] = best - second
    return leads
