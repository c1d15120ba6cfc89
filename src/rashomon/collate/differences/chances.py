"""How likely it is that an editor would list a difference: from named features, by a learned scorer.

The scorer is a logistic regression (training/differences.py makes the file) over how like the places are, who stands where,
how many tell of it and what kind it is. What is worded differently inside quotation marks, and words of judgement, are shown
in any case: there nothing is compared that may be another thing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import combinations

import msgspec
import numpy as np
from numpy.typing import NDArray

from rashomon.collate.differences.draft import Draft
from rashomon.collate.lining.scorer import Scorer
from rashomon.collate.material import Material
from rashomon.model import Lineage, SideReading
from rashomon.text.numbers import find_numbers
from rashomon.text.shares import number_texts
from rashomon.text.words import content_stems, find_words

KINDS = ("number", "date", "fact", "attribution", "wording", "framing")
SURE = frozenset({"wording", "framing"})
SLOTS = ("object", "who", "core", "clause", "source")
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
    *("said_words", "named", "titles", "fits"),
)


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


@lru_cache(maxsize=1)
def load_chances() -> Scorer:
    """The scorer that ships."""
    return msgspec.json.decode(files(__package__).joinpath("chances.json").read_bytes(), type=Scorer)


def draft_features(material: Material, lineage: Lineage, drafts: Sequence[Draft]) -> dict[str, NDArray[np.float64]]:
    """The features of some differences, each an array with a value for every difference."""
    account = number_texts(lineage)
    rows = [_features(material, account, draft) for draft in drafts]
    return {name: np.array([row[name] for row in rows], np.float64) for name in FEATURES}


def _features(material: Material, account: Mapping[str, int], draft: Draft) -> dict[str, float]:
    readings = [(n, r) for n, side in enumerate(draft.sides) for r in side.readings]
    pairs = [(a, b) for (n, a), (k, b) in combinations(readings, 2) if n != k and a.article != b.article]
    vectors = material.meanings.of([(r.article, (r.span,)) for _, r in readings])
    at = {id(r): n for n, (_, r) in enumerate(readings)}
    cosines = [float(vectors[at[id(a)]] @ vectors[at[id(b)]]) for a, b in pairs] or [0.0]
    reports = {r.article for _, r in readings}
    n = max(1, len(readings))
    said = [frozenset(content_stems(side.says)) for side in draft.sides]
    found = {
        "share": len(reports) / max(1, len(material.ids)),
        "accounts": len({account[a] for a in reports}) / max(1, len(set(account.values()))),
        "sides": min(4.0, float(len(draft.sides))),
        "cosine": float(np.mean(cosines)),
        "least_cosine": float(min(cosines)),
        "dice": float(np.mean([_dice(_stems(material, a), _stems(material, b)) for a, b in pairs] or [0.0])),
        "said_dice": float(np.mean([_dice(a, b) for a, b in combinations(said, 2)] or [0.0])),
        "speech": sum(material.is_spoken(r.article, r.span) for _, r in readings) / n,
        "numbers": sum(bool(find_numbers(r.words)) for _, r in readings) / n,
        "words": float(np.log1p(np.mean([r.end - r.start for _, r in readings]))),
        "said_words": float(np.mean([len(find_words(side.says)) for side in draft.sides])),
        "named": sum(r.who is not None for _, r in readings) / n,
        "titles": sum(_is_title(material, r) for _, r in readings) / n,
        "fits": float(draft.fits),
    }
    found |= {f"is_{kind}": float(draft.kind == kind) for kind in KINDS}
    return found | {f"by_{slot}": float(draft.slot == slot) for slot in SLOTS}


def _stems(material: Material, reading: SideReading) -> frozenset[str]:
    return frozenset(content_stems(material.texts[reading.article], reading.start, reading.end))


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def _is_title(material: Material, reading: SideReading) -> bool:
    title = material.by_id[reading.article].title_span
    return title is not None and title.start <= reading.start < title.end
