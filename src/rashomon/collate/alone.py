"""How likely another report tells what a clause of one report tells, though the two were not lined up.

A line that says that one report alone has something is wrong when another has it in other words. The scorer is a logistic
regression over how like the clause, and its sentence, are to the sentences of other reports that come nearest
(training/alone.py makes the file, from stories whose points were read by hand).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.lining.cells import UNLIKELY
from rashomon.collate.lining.features import pair_features
from rashomon.collate.lining.interaction import answered
from rashomon.collate.lining.scorer import Scorer, read_scorer
from rashomon.collate.material import Material
from rashomon.model import Reading

FEATURES = ("likeliest", "second", "cosine", "answered", "reports")
# So many of the sentences of other reports, the nearest in meaning, are looked at.
NEAREST = 8

Floats = NDArray[np.float64]


@lru_cache(maxsize=1)
def load_alone() -> Scorer:
    """The scorer that ships; what reaches its bar is told elsewhere too likely to be called one report's own."""
    return read_scorer(__package__, "alone.json")


def told_elsewhere(material: Material, places: Sequence[Reading]) -> list[float]:
    """How likely another report tells what the clause at each place tells."""
    likely: list[float] = load_alone().probability(elsewhere_features(material, places)).tolist() if places else []
    return likely


def elsewhere_features(material: Material, places: Sequence[Reading]) -> dict[str, Floats]:
    """What is looked at of some clauses, each an array with a value for every clause.

    Where no other report has a sentence nothing is like the clause, and nothing likely.
    """
    found = {name: np.zeros(len(places)) for name in FEATURES}
    found["likeliest"][:] = np.log(UNLIKELY / (1 - UNLIKELY))
    found["reports"][:] = np.log(len(material.ids))
    sentences = material.whole_sentences
    vectors = material.meanings.of([(place.article, (place.span,)) for place in places])
    homes = [material.sentence_at(place.article, place.start) for place in places]
    others_of = {n: others for n, home in enumerate(homes) if home is not None and (others := _nearest(material, home))}
    left = np.array([homes[n] for n, others in others_of.items() for _ in others], np.int64)
    right = np.array([other for others in others_of.values() for other in others], np.int64)
    probability = material.scorers.points.probability(pair_features(sentences, sentences, left, right))
    start = 0
    for n, others in others_of.items():
        best = np.sort(probability[start : start + len(others)])[::-1]
        place, start = places[n], start + len(others)
        compared = [material.weighed(place.article, place.span), *(sentences.pieces[other] for other in others)]
        told, _ = answered(compared, np.zeros(len(others), np.int64), np.arange(1, len(compared)))
        likeliest = np.clip(best[0], UNLIKELY, 1 - UNLIKELY)
        found["likeliest"][n] = np.log(likeliest / (1 - likeliest))
        found["second"][n] = best[1] if len(best) > 1 else 0.0
        found["cosine"][n] = (sentences.vectors[others] @ vectors[n]).max()
        found["answered"][n] = told.max()
    return found


def _nearest(material: Material, home: int) -> list[int]:
    """The sentences of other reports whose meaning is nearest to that of a sentence, by number."""
    sentences = material.whole_sentences
    cosines = sentences.vectors @ sentences.vectors[home]
    cosines[sentences.article == sentences.article[home]] = -1.0
    nearest: list[int] = np.argsort(-cosines, kind="stable")[:NEAREST].tolist()
    return [n for n in nearest if sentences.article[n] != sentences.article[home]]
