"""How likely it is that an editor would list a difference: from named features, by a learned scorer.

The scorer is a logistic regression (training/differences.py makes the file) over how like the places are, who stands where,
how many tell of it and what kind it is. What is worded differently inside quotation marks, and words of judgement, are shown
in any case: there nothing is compared that may be another thing.
"""

from __future__ import annotations

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
from rashomon.collate.lining.scorer import Scorer
from rashomon.collate.material import Material
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
# What the chance of being printed is learned from: what is compared; there are few marks, so few features.
PRINTED = ("is_number", "is_attribution", "is_framing", "timed", "compared")


class Chances(Struct, frozen=True, kw_only=True):
    """The scorers behind differences and briefing: who tells a line, and which differences an editor would list."""

    tellers: Scorer
    differences: Scorer
    printed: Scorer


def likely(material: Material, lineage: Lineage, drafts: Sequence[Draft], scorer: Scorer) -> list[Draft]:
    """The differences that are likely enough to be shown."""
    if not drafts:
        return []
    probability = scorer.probability(draft_features(material, lineage, drafts))
    return [
        d
        for d, p in zip(drafts, probability.tolist(), strict=True)
        if p >= scorer.least or d.kind in SURE or is_plain(d)
    ]


def is_plain(draft: Draft) -> bool:
    """Whether numbers of one unit, given exactly, cannot all be true: that needs no likelihood."""
    return draft.kind == "number" and not draft.fits


def are_printed(drafts: Sequence[Draft], scorer: Scorer) -> list[bool]:
    """Which differences an editor would print: those that can be told in a line, and are likely to be right as they are told."""
    if not drafts:
        return []
    probability = scorer.probability(printed_features(drafts)).tolist()
    return [p >= scorer.least and is_tellable(d) for d, p in zip(drafts, probability, strict=True)]


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


def printed_features(drafts: Sequence[Draft]) -> dict[str, NDArray[np.float64]]:
    """What is compared in some differences, each an array with a value for every difference."""
    told = {
        **{f"is_{kind}": [draft.kind == kind for draft in drafts] for kind in KINDS},
        "timed": [draft.slot in {"day", "hour"} for draft in drafts],
        "compared": [draft.kind == "fact" and draft.slot != "hour" for draft in drafts],
    }
    return {name: np.array(told[name], np.float64) for name in PRINTED}


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
