"""Train the attribution model in src/rashomon/annotate/quotes/attribution.npz on PolNeAR's training articles.

Two steps: logistic regression over the heads of cues, then a linear-chain CRF (Lafferty, McCallum and Pereira 2001) over
the paragraph of every cue, both with L2 and L-BFGS. The CRF sees how likely each token is a cue, so those probabilities
come from folds that did not hold the article. What is stored: weights by hashed feature, no word and no text.

    python training/attribution.py [--shared FOLDER] [--articles N]

Takes about 20 minutes on one core and 6 GB; the same input gives the same bytes on the same machine.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# one thread: sums in a fixed order give the same bytes
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from rashomon.annotate.quotes import read_paragraphs
from rashomon.annotate.quotes.context import Context
from rashomon.annotate.quotes.crf import (
    CONTENT,
    CUE,
    MODEL,
    N_LABELS,
    REACH,
    SPEAKER,
    boundary_kinds,
    padded,
    probability,
    sum_weights,
)
from rashomon.annotate.quotes.features import FEATURES, TokenCuePairs, cue_features, token_cue_features, token_features
from rashomon.annotate.quotes.grid import Grid, build_grid, tokens_within
from rashomon.annotate.quotes.hashing import N_BUCKETS, pos_code
from rashomon.annotate.tagging import Parsed, parse_articles
from rashomon.model import Span
from rashomon.provenance import provenance_of
from rashomon.read.plain import build_article
from rashomon.settings import DEFAULT
from rashomon.weights import stamp

FOLDS = 3
N_BOUNDARIES = 5
# Strength of L2, iterations, and how often a feature must occur: chosen on the development articles.
CUE_L2, CUE_STEPS, CUE_LEAST = 20.0, 70, 2
CRF_L2, CRF_STEPS, CRF_LEAST = 2.0, 170, 3
THRESHOLD, CLAUSE_THRESHOLD = 0.32, 0.26
SEQUENCES_AT_ONCE = 3000
# Weights below this change nothing and are not stored.
SMALLEST = 1e-3


@dataclass(frozen=True)
class Example:
    """One article: its features, and for each gold cue's head the attribution."""

    context: Context
    cue_rows: np.ndarray
    is_cue: np.ndarray
    gold: dict[int, dict[str, Any]]


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="where the corpora are")
    parser.add_argument("--articles", type=int, default=None, help="train on so many articles only")
    parser.add_argument("--out", type=Path, default=MODEL, help="where to write the model")
    arguments = parser.parse_args()
    source = arguments.shared / "data" / "attribution" / "train.jsonl"
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()][: arguments.articles]
    parsed = parse(rows)
    say(f"{len(rows)} articles parsed")
    examples = [build_example(p, row["attributions"]) for p, row in zip(parsed, rows, strict=True)]
    cue_weights, likely = train_cues(examples)
    token_weights, pair_weights, transitions = train_crf(examples, likely)
    write(arguments.out, {"cue": cue_weights, "token": token_weights, "pair": pair_weights}, transitions)
    say(f"{arguments.out} written, {arguments.out.stat().st_size:,} bytes")


def parse(rows: Sequence[dict[str, Any]]) -> list[Parsed]:
    """The articles, parsed."""
    articles = [build_article(id=row["id"], path=row["id"], text=row["text"], language="en") for row in rows]
    return list(parse_articles(articles, DEFAULT.annotate))


def build_example(parsed: Parsed, attributions: Sequence[dict[str, Any]]) -> Example:
    """An article's features and gold."""
    grid = build_grid(read_paragraphs(parsed))
    context = Context(grid)
    gold: dict[int, dict[str, Any]] = {}
    for attribution in attributions:
        head = head_of(grid, spans_of(attribution["cue"]))
        if head is not None:
            gold.setdefault(head, attribution)
    is_cue = np.zeros(len(grid), np.float32)
    is_cue[list(gold)] = 1
    return Example(context, cue_features(context), is_cue, gold)


def spans_of(pairs: Sequence[Sequence[int]]) -> list[Span]:
    """Gold offsets as spans."""
    return [Span(start, end) for start, end in pairs]


def head_of(grid: Grid, spans: list[Span]) -> int | None:
    """The head of a cue: the token whose own head lies outside, verbs before nouns before the rest."""
    tokens = tokens_within(grid.start, grid.end, spans)
    inside = set(tokens.tolist())
    tops = [int(t) for t in tokens if int(grid.head[t]) not in inside or grid.head[t] == t]
    ranks = {int(pos_code(pos)): rank for rank, pos in enumerate(("VERB", "AUX", "NOUN"))}
    return min(tops, key=lambda t: (ranks.get(int(grid.pos[t]), len(ranks)), grid.depth[t], t), default=None)


def train_cues(examples: list[Example]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Weights of the classifier, and for each article the probabilities of a classifier that has not seen it."""
    rows = np.concatenate([e.cue_rows for e in examples])
    wanted = np.concatenate([e.is_cue for e in examples])
    article = np.repeat(np.arange(len(examples)), [len(e.is_cue) for e in examples])
    likely = np.zeros(len(rows), np.float32)
    for fold in range(FOLDS):
        held = article % FOLDS == fold
        likely[held] = probability(sum_weights(fit_logistic(rows[~held], wanted[~held]), rows[held]))
        say(f"cues, fold {fold + 1} of {FOLDS}")
    ends = np.cumsum([len(e.is_cue) for e in examples])
    return fit_logistic(rows, wanted), np.split(likely, ends[:-1])


def fit_logistic(rows: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Weights a bucket, by L2-regularised maximum likelihood."""
    kept = frequent(rows, CUE_LEAST)
    matrix = indicator(rows, kept)
    transposed = matrix.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        odds = matrix @ flat.astype(np.float32)
        value = np.sum(np.logaddexp(0, odds) - wanted * odds, dtype=np.float64) + 0.5 * CUE_L2 * flat @ flat
        return value, (transposed @ (probability(odds) - wanted)).astype(np.float64) + CUE_L2 * flat

    found = minimize(
        loss, np.zeros(len(kept) + 1), jac=True, method="L-BFGS-B", options={"maxiter": CUE_STEPS, "maxcor": 8}
    )
    return spread(found.x[:-1], kept)


def train_crf(examples: list[Example], likely: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights of tokens and pairs a bucket × labels, and transitions, from the paragraphs of all gold cues."""
    token_rows, pair_rows, labels, kinds, lengths, place = [], [], [], [], [], []
    first = 0
    for example, own in zip(examples, likely, strict=True):
        grid = example.context.grid
        pairs = TokenCuePairs(grid, np.array(sorted(example.gold), np.int64), REACH)
        token_rows.append(token_features(example.context))
        pair_rows.append(token_cue_features(example.context, pairs, own))
        labels.append(gold_labels(grid, pairs, example.gold))
        kinds.append(boundary_kinds(example.context)[pairs.token])
        lengths.append(pairs.lengths)
        place.append(pairs.token + first)
        first += len(grid)
    chain = Chain(np.concatenate(labels), np.concatenate(kinds), np.concatenate(lengths))
    return fit_crf(np.concatenate(token_rows), np.concatenate(pair_rows), np.concatenate(place), chain)


def gold_labels(grid: Grid, pairs: TokenCuePairs, gold: dict[int, dict[str, Any]]) -> np.ndarray:
    """The label of every token beside every gold cue."""
    labels = np.zeros(len(pairs), np.int64)
    for number, head in enumerate(pairs.cues.tolist()):
        own = slice(pairs.starts[number], pairs.starts[number + 1])
        for label, key in ((CONTENT, "content"), (SPEAKER, "source"), (CUE, "cue")):
            tokens = tokens_within(grid.start, grid.end, spans_of(gold[head][key]))
            labels[own][np.isin(pairs.token[own], tokens)] = label
    return labels


class Chain:
    """The gold labels of all sequences, one after another, with the kind of boundary before each token."""

    def __init__(self, labels: np.ndarray, kinds: np.ndarray, lengths: np.ndarray) -> None:
        self.labels, self.kinds, self.lengths = labels, kinds, lengths
        self.starts = np.concatenate([[0], np.cumsum(lengths)])
        follows = np.ones(len(labels), bool)
        follows[self.starts[:-1]] = False
        at = np.flatnonzero(follows)
        self.transitions = np.zeros((N_BOUNDARIES, N_LABELS, N_LABELS))
        np.add.at(self.transitions, (kinds[at], labels[at - 1], labels[at]), 1)
        self.one_hot = np.zeros((len(labels), N_LABELS), np.float32)
        self.one_hot[np.arange(len(labels)), labels] = 1
        self.batches = list(self._batches())

    def _batches(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Sequences of like length together: row numbers, sequence × step, and which are real."""
        order = np.argsort(self.lengths, kind="stable")
        for first in range(0, len(order), SEQUENCES_AT_ONCE):
            own = order[first : first + SEQUENCES_AT_ONCE]
            yield padded(self.starts[own], self.lengths[own])

    def expectations(self, scores: np.ndarray, transitions: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        """Log partition summed over sequences, expected labels and expected transitions (forward-backward)."""
        log_partition = 0.0
        expected = np.zeros_like(scores)
        moves = np.zeros_like(transitions)
        factors = np.exp(transitions).astype(np.float32)
        for rows, real in self.batches:
            n, steps = rows.shape
            highest = scores[rows].max(2, keepdims=True)
            local = np.exp(scores[rows] - highest)
            kinds = self.kinds[rows]
            forward = np.zeros((steps, n, N_LABELS), np.float32)
            total = local[:, 0].sum(1)
            forward[0] = local[:, 0] / total[:, None]
            log_partition += float(
                np.log(total).sum(dtype=np.float64) + (highest[:, :, 0] * real).sum(dtype=np.float64)
            )
            for t in range(1, steps):
                reached = np.matmul(forward[t - 1][:, None, :], factors[kinds[:, t]])[:, 0] * local[:, t]
                total = reached.sum(1)
                going = real[:, t]
                forward[t] = np.where(going[:, None], reached / total[:, None], forward[t - 1])
                log_partition += float(np.log(total[going]).sum(dtype=np.float64))
            backward = np.full((n, N_LABELS), 1 / N_LABELS, np.float32)
            marginal = np.zeros((n, steps, N_LABELS), np.float32)
            marginal[:, steps - 1] = forward[steps - 1]
            for t in range(steps - 1, 0, -1):
                going = real[:, t]
                ahead = local[:, t] * backward
                pair = forward[t - 1][:, :, None] * factors[kinds[:, t]] * ahead[:, None, :]
                pair *= (going / pair.sum((1, 2)))[:, None, None]
                for kind in range(N_BOUNDARIES):
                    moves[kind] += pair[kinds[:, t] == kind].sum(0)
                behind = np.matmul(factors[kinds[:, t]], ahead[:, :, None])[:, :, 0]
                behind /= behind.sum(1, keepdims=True)
                backward = np.where(going[:, None], behind, backward)
                here = forward[t - 1] * backward
                marginal[:, t - 1] = here / here.sum(1, keepdims=True)
            expected[rows[real]] = marginal[real]
        return log_partition, expected, moves


def fit_crf(
    token_rows: np.ndarray, pair_rows: np.ndarray, place: np.ndarray, chain: Chain
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """L2-regularised maximum likelihood; `place` says which row of the tokens each pair belongs to."""
    kept = [frequent(rows, CRF_LEAST) for rows in (token_rows, pair_rows)]
    of_token, of_pair = (indicator(rows, k) for rows, k in zip((token_rows, pair_rows), kept, strict=True))
    token_back, pair_back = of_token.T.tocsr(), of_pair.T.tocsr()
    gather = csr_matrix(
        (np.ones(len(place), np.float32), (place, np.arange(len(place)))), (len(token_rows), len(place))
    )
    sizes = [(len(k) + 1) * N_LABELS for k in kept]
    say(f"crf: {len(chain.lengths):,} sequences, {len(place):,} tokens, {sum(map(len, kept)):,} features")
    steps = 0

    def unpack(flat: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        tokens, pairs, moves = np.split(flat, np.cumsum(sizes))
        shape = (N_BOUNDARIES, N_LABELS, N_LABELS)
        return tokens.reshape(-1, N_LABELS), pairs.reshape(-1, N_LABELS), moves.reshape(shape)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        nonlocal steps
        tokens, pairs, moves = unpack(flat)
        scores = (of_token @ tokens.astype(np.float32))[place] + of_pair @ pairs.astype(np.float32)
        log_partition, expected, expected_moves = chain.expectations(scores, moves)
        gold = (scores * chain.one_hot).sum(dtype=np.float64) + (chain.transitions * moves).sum()
        error = expected - chain.one_hot
        gradient = np.concatenate(
            [
                (token_back @ (gather @ error)).ravel(),
                (pair_back @ error).ravel(),
                (expected_moves - chain.transitions).ravel(),
            ]
        )
        steps += 1
        if steps % 10 == 0:
            say(f"crf, step {steps}: loss {log_partition - gold:,.0f}")
        return log_partition - gold + 0.5 * CRF_L2 * flat @ flat, gradient.astype(np.float64) + CRF_L2 * flat

    start = np.zeros(sum(sizes) + N_BOUNDARIES * N_LABELS**2)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": CRF_STEPS, "maxcor": 6})
    tokens, pairs, moves = unpack(found.x)
    return spread(tokens[:-1], kept[0]), spread(pairs[:-1], kept[1]), moves


def frequent(rows: np.ndarray, least: int) -> np.ndarray:
    """The buckets that occur at least so often."""
    return np.flatnonzero(np.bincount(rows.ravel(), minlength=N_BUCKETS) >= least)


def indicator(rows: np.ndarray, kept: np.ndarray) -> csr_matrix:
    """Rows × kept buckets, and a last column for all others."""
    column = np.full(N_BUCKETS, len(kept), np.int32)
    column[kept] = np.arange(len(kept))
    n, width = rows.shape
    ends = np.arange(0, n * width + 1, width, dtype=np.int64)
    return csr_matrix((np.ones(n * width, np.float32), column[rows].ravel(), ends), (n, len(kept) + 1))


def spread(weights: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """The weights at their buckets, zero elsewhere."""
    out = np.zeros((N_BUCKETS, *weights.shape[1:]), np.float32)
    out[kept] = weights
    return out


def write(path: Path, weights: dict[str, np.ndarray], transitions: np.ndarray) -> None:
    """Store what is not nearly zero: gaps between buckets and half-precision weights."""
    stored: dict[str, np.ndarray] = {
        "transitions": transitions.astype(np.float32),
        "threshold": np.array(THRESHOLD, np.float32),
        "clause_threshold": np.array(CLAUSE_THRESHOLD, np.float32),
        "header": stamp(FEATURES, provenance_of((), ("annotate",))),
    }
    for name, table in weights.items():
        kept = np.flatnonzero(np.abs(table).reshape(N_BUCKETS, -1).max(1) > SMALLEST)
        stored[f"{name}_gaps"] = np.diff(kept, prepend=0).astype(np.uint32)
        stored[f"{name}_weights"] = table[kept].astype(np.float16)
    np.savez_compressed(path, **stored)


def say(message: str) -> None:
    """Progress, with the minutes gone."""
    print(f"{(time.monotonic() - STARTED) / 60:5.1f} min  {message}", flush=True)


STARTED = time.monotonic()

if __name__ == "__main__":
    main()
