"""How likely a label can be printed as it stands: true to its report, understood beside nothing else, and complete.

The scorer is a logistic regression over what a label is made of and where it stood (training/labels.py makes the file, from
labels that were read by hand), so that every probability falls apart into what each feature gave.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.holders import holder_of, saying
from rashomon.collate.lining.scorer import Scorer, read_scorer
from rashomon.collate.material import Material
from rashomon.lexicon import words_of
from rashomon.model import Clause, Reading, Span
from rashomon.text.numbers import find_numbers
from rashomon.text.words import content_stems, fold, split_words, stem, stem_of_saying

FEATURES = (
    *("in_brackets", "named", "definite", "bare_subject", "telling"),
    *("names", "numbers", "passive", "due", "bare", "adverbs", "ends_indefinite"),
    *("goes_on", "before", "after_saying", "after_that", "quoted", "conditional", "held", "judged"),
    *("lead", "seldom_named", "past", "comma", "light", "runs_on", "sentence", "length"),
)
# A subject of so few words, "the" among them, that has no name says of nobody who it is.
FEW = 3
# So many words at the end of a label in which an article is looked for: "a first attempt".
LAST = 3
# So much of a feature that counts is counted.
MOST = 3
# Who is named less often than this, report by report, is not whom the story is about.
OFTEN = 2
# What a verb that tells little, "hold" or "issue", says of a subject in so few words is hardly news.
LITTLE = 5
_MARKS = frozenset('“”"„«»‘')
_NEXT = re.compile(r"\s{0,3}(\w{1,20}|\S)")
# "the", at most two words before its noun, the noun, and the word behind it.
_DEFINITE = re.compile(r"\bthe (?:[a-z-]{2,20} ){0,2}?([a-z-]{2,20})\b(?=\s([a-z]{1,20})\b|[^\w]|$)", re.IGNORECASE)

Floats = NDArray[np.float64]


class Label(NamedTuple):
    """A label, and the clause of an article that it was made of."""

    article: str
    clause: Clause
    words: str

    @property
    def place(self) -> Reading:
        """Where the clause stands."""
        return Reading(article=self.article, start=self.clause.start, end=self.clause.end)


def chances_of(material: Material, labels: Sequence[Label]) -> list[float]:
    """How likely each label can be printed."""
    chances: list[float] = load_printable().probability(label_features(material, labels)).tolist() if labels else []
    return chances


@lru_cache(maxsize=1)
def load_printable() -> Scorer:
    """The scorer that ships."""
    return read_scorer(__package__, "printable.json")


def label_features(material: Material, labels: Sequence[Label]) -> dict[str, Floats]:
    """What is looked at of some labels, each an array with a value for every label."""
    known = _known(tuple(article.title or "" for article in material.articles))
    rows = [
        _of_subject(material, label, known)
        | _of_core(material, label, known)
        | _of_sentence(material, label)
        | {"lead": _share_of_lead(material, label), "length": float(np.log(len(label.words)))}
        for label in labels
    ]
    return {name: np.array([row[name] for row in rows], np.float64) for name in FEATURES}


@lru_cache(maxsize=8)
def _known(titles: tuple[str, ...]) -> frozenset[str]:
    """The stems in the titles of two reports, or of the only one: what a story is known by."""
    counts = Counter(s for title in titles for s in set(content_stems(title)))
    return frozenset(s for s, n in counts.items() if n >= min(2, len(titles)))


def _share_of_lead(material: Material, label: Label) -> float:
    """The share of a label's telling words that one report's lead has."""
    own = frozenset(content_stems(label.words))
    return max((len(own & lead) for lead in material.leads), default=0) / max(1, len(own))


def _of_subject(material: Material, label: Label, known: frozenset[str]) -> dict[str, float]:
    """Whom a label is about, and of how many telling words it is made."""
    core = material.text(label.article, _core(label))
    words = split_words(label.words)
    own = words[: max(1, len(words) - len(split_words(core)))]
    at = label.clause.subject.start if label.clause.subject is not None else None
    is_named = any(w[:1].isupper() for w in own[1:]) or any(
        m.start == at for m in material.found[label.article].mentions
    )
    is_definite = fold(own[0]) == "the" and stem(own[-1]) not in known
    return {
        "in_brackets": float(label.words.startswith("[")),
        "named": float(is_named),
        "definite": float(is_definite),
        "bare_subject": float(is_definite and not is_named and len(own) <= FEW),
        "telling": float(np.log1p(len(content_stems(label.words)))),
        "seldom_named": float(_is_seldom_named(material, label)),
    }


def _is_seldom_named(material: Material, label: Label) -> bool:
    """Whether a label's subject ends in a name, or another word with a capital, that the story hardly has."""
    last = "".join(split_words(label.clause.doer or "")[-1:])
    return last[:1].isupper() and material.times_written(last) < OFTEN * len(material.ids)


def _of_core(material: Material, label: Label, known: frozenset[str]) -> dict[str, float]:
    """What a label says of its subject."""
    clause, core, text = label.clause, _core(label), material.texts[label.article]
    folded = [fold(w) for w in split_words(text, core.start, core.end)]
    mentions = material.found[label.article].mentions
    return {
        "names": float(min(MOST, sum(core.start <= m.start and m.end <= core.end for m in mentions))),
        "numbers": float(bool(find_numbers(text, core.start, core.end))),
        "passive": float(clause.passive),
        "due": float(clause.modal in {"will", "shall"}),
        "bare": float(min(MOST, _count_bare(text[core.start : core.end], known))),
        "adverbs": float(min(MOST, sum(w.endswith("ly") for w in folded))),
        "ends_indefinite": float(not {"a", "an"}.isdisjoint(folded[-LAST:-1])),
        "past": float(not {"was", "were", "had"}.isdisjoint(folded)),
        "comma": float("," in label.words),
        "light": float(clause.predicate in words_of("briefing", "light") and len(folded) <= LITTLE),
    }


def _of_sentence(material: Material, label: Label) -> dict[str, float]:
    """Where in its sentence a label stood, what stands around it, and whose word it is."""
    clause, core, text = label.clause, _core(label), material.texts[label.article]
    home = material.home(label.article, clause.span)
    following = _NEXT.match(text, core.end, home.end)
    next_word = fold(following[1]) if following is not None else ""
    goes_on = next_word in words_of("briefing", "goes_on")
    start = min(core.start, clause.subject.start if clause.subject is not None else core.start)
    before = split_words(text, home.start, start)
    is_held = holder_of(material, label.place) is not None
    own = {fold(w) for w in split_words(label.words)}
    return {
        "goes_on": float(goes_on or (following is not None and following[1] in _MARKS | {":"})),
        "runs_on": float(next_word.isalpha() and not goes_on and next_word not in words_of("briefing", "resuming")),
        "sentence": float(np.log1p(len(split_words(text, home.start, home.end)))),
        "before": float(np.log1p(len(before))),
        "after_saying": float(any(stem_of_saying(w) in saying() for w in before)),
        "after_that": float([fold(w) for w in before[-1:]] == ["that"]),
        "quoted": float(not _MARKS.isdisjoint(text[home.start : home.end])),
        "conditional": float(any(fold(w) in {"if", "unless", "should"} for w in before)),
        "held": float(is_held),
        "judged": float(not is_held and not words_of("briefing", "judging").isdisjoint(own)),
    }


def _core(label: Label) -> Span:
    return label.clause.core or label.clause.span


def _count_bare(words: str, known: frozenset[str]) -> int:
    """How many nouns with "the" nothing narrows: "the decision", but not "the decision of the court" or what the titles name."""
    narrowing = words_of("briefing", "narrowing")
    return sum((m[2] or "").lower() not in narrowing and stem(m[1]) not in known for m in _DEFINITE.finditer(words))
