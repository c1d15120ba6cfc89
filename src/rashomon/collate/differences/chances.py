"""How likely it is that an editor would list a difference: from named features, by a learned scorer.

The scorer is a logistic regression (training/differences.py makes the file) over how like the places are, who stands where,
how many tell of it and what kind it is. What is worded differently inside quotation marks, and words of judgement, are shown
in any case: there nothing is compared that may be another thing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import combinations

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rashomon.collate.differences.draft import Draft
from rashomon.collate.likeness import weighted_stems
from rashomon.collate.lining.counts import Counted, CountedFigures
from rashomon.collate.lining.scorer import Scorer
from rashomon.collate.material import Material
from rashomon.collate.tolls import find_toll
from rashomon.model import Lineage, Side, SideReading
from rashomon.text.numbers import find_numbers
from rashomon.text.shares import number_texts
from rashomon.text.vectors import embed
from rashomon.text.words import content_stems, find_words

KINDS = ("number", "date", "fact", "attribution", "wording", "framing")
# A line tells no more sides of a difference than these.
MOST_SIDES = 4
SURE = frozenset({"wording", "framing"})
SLOTS = ("object", "oblique", "who", "clause", "hour", "day", "source", "loose", "condition")
FEATURES = (
    *(f"is_{kind}" for kind in KINDS),
    *(f"by_{slot}" for slot in SLOTS),
    *(
        "share",
        "accounts",
        "sides",
        "cosine",
        "least_cosine",
        "dice",
        "said_dice",
        "speech",
        "numbers",
        "words",
    ),
    *("said_words", "said_cosine", "said_names", "named", "titles", "fits"),
)
# What the chance of being printed is learned from.
PRINTED = (
    *("is_number", "is_attribution", "is_framing", "is_wording", "timed", "compared"),
    *("age", "toll", "fitting_number", "both", "spread", "general", "phrase"),
)
# What so large a share of the reports tell is what nearly all tell.
BROAD = 0.8
# Numbers that differ by more than this factor, about 20, are not farther apart for that: its logarithm.
WIDEST = 3.0


class Chances(Struct, frozen=True, kw_only=True):
    """The scorers behind differences and briefing: who tells a line, and which differences an editor would list."""

    tellers: Scorer
    differences: Scorer
    printed: Scorer


def likely(material: Material, lineage: Lineage, drafts: Sequence[Draft], chances: Chances) -> list[tuple[Draft, bool]]:
    """The differences that are likely enough to be listed, each with whether an editor would print it.

    Those are printed that can be told in a line, and are likely to be right as they are told.
    """
    if not drafts:
        return []
    features = draft_features(material, lineage, drafts)
    listed = chances.differences.probability(features)
    printed = chances.printed.probability(features | printed_features(material, drafts))
    return [
        (draft, (printable >= chances.printed.least or is_unmarked(draft, len(material.ids))) and is_tellable(draft))
        for draft, p, printable in zip(drafts, listed.tolist(), printed.tolist(), strict=True)
        if p >= chances.differences.least or is_listed(draft, len(material.ids))
    ]


def is_listed(draft: Draft, n_reports: int) -> bool:
    """Whether a difference is listed however likely an editor would list it."""
    return draft.kind in SURE or is_plain(draft) or is_unmarked(draft, n_reports)


def is_unmarked(draft: Draft, n_reports: int) -> bool:
    """Whether a difference is of a kind so rare that no marks tell how often it can be printed, and is told all the same.

    Words that two people are given, by names and words that stand there; and the conditions of an act that four in five reports
    tell, which is the news itself, where those of another act are mostly of two acts.
    """
    return draft.slot == "quoted" or (draft.slot == "condition" and len(draft.articles) >= BROAD * n_reports)


def is_plain(draft: Draft) -> bool:
    """Whether numbers of one unit, given exactly, cannot all be true: that needs no likelihood.

    A report that gives two of them counts two things, and so the others may.
    """
    return draft.kind == "number" and not draft.fits and not is_on_both_sides(draft)


def is_on_both_sides(draft: Draft) -> bool:
    """Whether one report says what two sides say."""
    told = [article for side in draft.sides for article in {r.article for r in side.readings}]
    return len(told) > len(set(told))


def is_tellable(draft: Draft) -> bool:
    """Whether a line can tell a difference: two to four sides, each heard by itself, of one thing, in few words."""
    whole = draft.slot in {"clause", "source", "loose", "bare"} or '"' in draft.topic
    fragment = any(side.says.endswith("…”") and draft.kind != "wording" for side in draft.sides)
    return not whole and not fragment and 1 < len(draft.sides) <= MOST_SIDES


@lru_cache(maxsize=1)
def load_chances() -> Chances:
    """The scorers that ship."""
    return msgspec.json.decode(files(__package__).joinpath("chances.json").read_bytes(), type=Chances)


def draft_features(material: Material, lineage: Lineage, drafts: Sequence[Draft]) -> dict[str, NDArray[np.float64]]:
    """The features of some differences, each an array with a value for every difference."""
    account = number_texts(lineage)
    rows = [_features(material, account, draft) for draft in drafts]
    return {name: np.array([row[name] for row in rows], np.float64) for name in FEATURES}


def printed_features(material: Material, drafts: Sequence[Draft]) -> dict[str, NDArray[np.float64]]:
    """What else is looked at to tell whether a difference can be printed."""
    told = {
        "timed": [draft.slot in {"day", "hour"} for draft in drafts],
        "compared": [draft.kind == "fact" and draft.slot != "hour" for draft in drafts],
        "age": [draft.slot == "age" for draft in drafts],
        "fitting_number": [draft.kind == "number" and draft.fits for draft in drafts],
        "toll": [draft.kind == "number" and find_toll(draft.topic) is not None for draft in drafts],
        "both": [is_on_both_sides(draft) for draft in drafts],
        "spread": [_spread(draft) for draft in drafts],
        "phrase": [_phrases(material, draft) if draft.kind == "number" else 0.0 for draft in drafts],
        "general": [draft.kind == "number" and _is_general(draft.topic) for draft in drafts],
    }
    return {name: np.array(own, np.float64) for name, own in told.items()}


def _phrases(material: Material, draft: Draft) -> float:
    """How alike the words behind the numbers of two sides are, of two reports, on average; a cosine."""
    at = {(a, figure.start): figure for a in draft.articles for figure in material.found[a].figures}
    placed = [
        (n, Counted(r.article, figure))
        for n, side in enumerate(draft.sides)
        for r in side.readings
        if (figure := at.get((r.article, r.start))) is not None
    ]
    if not placed:
        return 0.0
    side = np.array([n for n, _ in placed])
    article = np.array([material.ids.index(counted.article) for _, counted in placed])
    told = CountedFigures(material, [counted for _, counted in placed]).phrases
    apart = (side[:, None] != side[None]) & (article[:, None] != article[None])
    return round(float((told @ told.T)[apart].mean()), 3) if apart.any() else 0.0


def _is_general(topic: str) -> bool:
    """Whether what is asked is how many there are of something, and no more: "How many people"."""
    return len(content_stems(topic.removeprefix("How many "))) == 1


def _spread(draft: Draft) -> float:
    """How far the numbers of a difference's sides lie apart: the logarithm of the largest to the smallest; 0 for another kind."""
    given = [abs(numbers[0].value) for side in draft.sides if (numbers := find_numbers(side.says))]
    if draft.kind != "number" or not given or min(given) == max(given):
        return 0.0
    return min(WIDEST, math.log(max(given) / min(given))) if min(given) else WIDEST


def _features(material: Material, account: Mapping[str, int], draft: Draft) -> dict[str, float]:
    readings = [r for side in draft.sides for r in side.readings]
    reports = {r.article for r in readings}
    n = max(1, len(readings))
    said = [frozenset(content_stems(side.says)) for side in draft.sides]
    found = {
        "share": len(reports) / max(1, len(material.ids)),
        "accounts": len({account[a] for a in reports}) / max(1, len(set(account.values()))),
        "sides": min(4.0, float(len(draft.sides))),
        **_likeness(material, draft.sides),
        "said_dice": float(np.mean([_dice(a, b) for a, b in combinations(said, 2)] or [0.0])),
        "speech": sum(material.is_spoken(r.article, r.span) for r in readings) / n,
        "numbers": sum(k * bool(find_numbers(words)) for words, k in Counter(r.words for r in readings).items()) / n,
        "words": float(np.log1p(np.mean([r.end - r.start for r in readings]))),
        "said_words": float(np.mean([len(find_words(side.says)) for side in draft.sides])),
        "said_cosine": _said_cosine([side.says for side in draft.sides]),
        "said_names": sum(_has_name(material, side.readings[0]) for side in draft.sides) / max(1, len(draft.sides)),
        "named": sum(r.who is not None for r in readings) / n,
        "titles": sum(material.is_in_title(r.article, r.start) for r in readings) / n,
        "fits": float(draft.fits),
    }
    found |= {f"is_{kind}": float(draft.kind == kind) for kind in KINDS}
    return found | {f"by_{slot}": float(draft.slot == slot) for slot in SLOTS}


def _likeness(material: Material, sides: Sequence[Side]) -> dict[str, float]:
    """How like the readings of two sides are, of two articles: in meaning, on average and at least, and in telling words."""
    readings = [r for side in sides for r in side.readings]
    side = np.repeat(np.arange(len(sides)), [len(s.readings) for s in sides])
    article = np.array([material.ids.index(r.article) for r in readings])
    apart = np.triu((side[:, None] != side[None]) & (article[:, None] != article[None]), 1)
    if not apart.any():
        return {"cosine": 0.0, "least_cosine": 0.0, "dice": 0.0}
    vectors = material.meanings.of([(r.article, (r.span,)) for r in readings])
    cosines = (vectors @ vectors.T)[apart].astype(np.float64)
    texts = material.texts
    has = weighted_stems([content_stems(texts[r.article], r.start, r.end) for r in readings], {})
    sizes = np.diff(has.indptr)
    common, both = (has @ has.T).toarray()[apart], (sizes[:, None] + sizes[None])[apart]
    dice = np.divide(2 * common, both, out=np.zeros(len(common)), where=both > 0)
    return {"cosine": float(cosines.mean()), "least_cosine": float(cosines.min()), "dice": float(dice.mean())}


def _said_cosine(said: Sequence[str]) -> float:
    """How alike by their words' vectors the things said are, on average."""
    vectors = embed(said)
    return float(
        np.mean([round(float(vectors[a] @ vectors[b]), 3) for a, b in combinations(range(len(said)), 2)] or [0.0])
    )


def _has_name(material: Material, reading: SideReading) -> bool:
    """Whether somebody or something is named in what a side's first reading says."""
    text = material.texts[reading.article]
    words = reading.words.removesuffix(" …")
    return any(
        text[m.start : m.end] in words
        for m in material.found[reading.article].mentions
        if reading.start <= m.start and m.end <= reading.end
    )


def _stems(material: Material, reading: SideReading) -> frozenset[str]:
    return frozenset(content_stems(material.texts[reading.article], reading.start, reading.end))


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0
