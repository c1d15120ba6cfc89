"""Which words each cue attributes to whom: a cue classifier, then a conditional random field over each cue's paragraph.

Logistic regression picks the heads of cues; for each, a linear-chain CRF (Lafferty, McCallum and Pereira 2001) labels the
tokens around it as speaker, cue, content or other. The weights are trained by training/attribution.py on PolNeAR
(Newell, Margolin and Ruths 2018); docs/attribution.md has the accuracy. Inference runs over all cues of an article at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rashomon.annotate.quotes.context import Context
from rashomon.annotate.quotes.features import FEATURES, TokenCuePairs, cue_features, token_cue_features, token_features
from rashomon.annotate.quotes.hashing import N_BUCKETS, code
from rashomon.weights import check_features

if TYPE_CHECKING:
    from rashomon.annotate.quotes.grid import Grid, Ints
    from rashomon.annotate.quotes.hashing import Buckets

    Floats = NDArray[np.float32]

MODEL = Path(__file__).parent / "attribution.npz"
OTHER, SPEAKER, CUE, CONTENT = range(4)
N_LABELS = 4
# How many tokens to each side of a cue are labelled.
REACH = 150
# How many cues are labelled together.
_ALL_AT_ONCE = 256
_IMPOSSIBLE = -1e4


@dataclass(frozen=True)
class AttributionModel:
    """Weights a bucket, of the classifier (N_BUCKETS), of tokens and of pairs (N_BUCKETS × labels).

    With them transitions a kind of boundary (kinds × labels × labels), and the probability a cue must reach, and one whose
    content is a clause of a labelled speaker.
    """

    cue: Floats
    token: Floats
    pair: Floats
    transitions: Floats
    threshold: float
    clause_threshold: float


@dataclass(frozen=True)
class Attribution:
    """What one cue attributes, in token indices of the grid, ascending."""

    score: float
    head: int
    content: Ints
    speaker: Ints
    cue: Ints


@lru_cache(maxsize=1)
def load_attribution_model() -> AttributionModel:
    """The model of the package; raises `WrongModelError` where it was trained with other features."""
    with np.load(MODEL) as stored:
        check_features(stored, FEATURES, MODEL.name)
        columns = {}
        for name in ("cue", "token", "pair"):
            values = stored[f"{name}_weights"].astype(np.float32)
            columns[name] = np.zeros((N_BUCKETS, *values.shape[1:]), np.float32)
            columns[name][np.cumsum(stored[f"{name}_gaps"].astype(np.int64))] = values
        return AttributionModel(
            cue=columns["cue"],
            token=columns["token"],
            pair=columns["pair"],
            transitions=stored["transitions"],
            threshold=float(stored["threshold"]),
            clause_threshold=float(stored["clause_threshold"]),
        )


def find_attributions(grid: Grid, model: AttributionModel) -> list[Attribution]:
    """The attributions of a grid by descending score; no two share most of their content."""
    if len(grid) == 0:
        return []
    context = Context(grid)
    likely = probability(sum_weights(model.cue, cue_features(context)))
    cues = np.flatnonzero(likely >= min(model.threshold, model.clause_threshold))
    emitted = sum_weights(model.token, token_features(context))
    kinds = boundary_kinds(context)
    found = []
    for first in range(0, len(cues), _ALL_AT_ONCE):
        pairs = TokenCuePairs(grid, cues[first : first + _ALL_AT_ONCE], REACH)
        scores = emitted[pairs.token] + sum_weights(model.pair, token_cue_features(context, pairs, likely))
        labels = label_pairs(_held_to_cue(scores, pairs), kinds[pairs.token], model.transitions, pairs)
        found += _read(pairs, labels, likely)
    return _without_overlap([a for a in found if a.score >= model.threshold or _is_clause_of_speaker(a, context)])


def sum_weights(weights: Floats, buckets: Buckets) -> Floats:
    """The sum of the weights of each row's buckets: rows, or rows × labels."""
    total = np.zeros((len(buckets), *weights.shape[1:]), np.float32)
    for column in buckets.T:
        total += weights[column]
    return total


def probability(log_odds: Floats) -> Floats:
    """The logistic function."""
    return np.float32(1) / (np.float32(1) + np.exp(-np.clip(log_odds, -60, 60)))


def boundary_kinds(context: Context) -> Ints:
    """What stands before each token, for the transitions: 0 nothing, 1 a sentence's start, 2 a mark, 3 punctuation, 4 a clause's start."""
    mark = context.opens | (context.shift(context.closes.astype(np.int64), -1, 0) == 1)
    punctuation = context.is_punctuation | context.shift(context.is_punctuation, -1, 0).astype(bool)
    return np.select([context.opens_sentence, mark, punctuation, context.opened_above >= 0], [1, 2, 3, 4], 0)


def padded(starts: Ints, lengths: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Row numbers of some sequences of rows, sequence × step, and which of them are real."""
    steps = np.arange(lengths.max(initial=0))
    real = steps[None] < lengths[:, None]
    return np.where(real, starts[:, None] + steps[None], 0), real


def label_pairs(scores: Floats, kinds: Ints, transitions: Floats, pairs: TokenCuePairs) -> NDArray[np.int8]:
    """The best labels of every pair (Viterbi 1967), all cues step by step together."""
    rows, real = padded(pairs.starts[:-1], pairs.lengths)
    n_cues, n_steps = rows.shape
    best = scores[rows[:, 0]]
    back = np.zeros((n_steps, n_cues, N_LABELS), np.int8)
    stay = np.arange(N_LABELS, dtype=np.int8)
    for step in range(1, n_steps):
        at, going = rows[:, step], real[:, step, None]
        reached = best[:, :, None] + transitions[kinds[at]]
        back[step] = np.where(going, reached.argmax(1), stay)
        best = np.where(going, reached.max(1) + scores[at], best)
    label = best.argmax(1)
    labels = np.zeros((n_cues, n_steps), np.int8)
    for step in range(n_steps - 1, -1, -1):
        labels[:, step] = label
        label = back[step][np.arange(n_cues), label]
    return labels[real]


def _held_to_cue(scores: Floats, pairs: TokenCuePairs) -> Floats:
    """The scores with every cue's head bound to be labelled a cue."""
    own = np.flatnonzero(pairs.token == pairs.cue)
    held = scores.copy()
    held[own[:, None], np.array([OTHER, SPEAKER, CONTENT])] = _IMPOSSIBLE
    return held


def _read(pairs: TokenCuePairs, labels: NDArray[np.int8], likely: Floats) -> list[Attribution]:
    found = []
    for number, head in enumerate(pairs.cues):
        own = slice(pairs.starts[number], pairs.starts[number + 1])
        tokens, given = pairs.token[own], labels[own]
        content = tokens[given == CONTENT]
        if len(content):
            found.append(
                Attribution(float(likely[head]), int(head), content, tokens[given == SPEAKER], tokens[given == CUE])
            )
    return found


def _is_clause_of_speaker(attribution: Attribution, context: Context) -> bool:
    """Whether a speaker is labelled and the cue governs a clause, or "that" opens the content."""
    opens = context.grid.lower[attribution.content[0]] == code("that")
    governs = context.child_flags["ccomp"][attribution.head]
    return len(attribution.speaker) > 0 and bool(opens or governs)


def _without_overlap(found: list[Attribution]) -> list[Attribution]:
    """Those whose content no likelier attribution has taken; a cue inside another's content reports nothing of its own."""
    kept: list[Attribution] = []
    taken: set[int] = set()
    for attribution in sorted(found, key=lambda a: (-a.score, a.head)):
        content = attribution.content.tolist()
        if attribution.head not in taken and 2 * sum(token in taken for token in content) <= len(content):
            kept.append(attribution)
            taken.update(content)
    return kept
