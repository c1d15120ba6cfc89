"""The entities that the pipeline's recogniser finds, for all texts of a batch at once.

spaCy's recogniser (a greedy transition system, Lample et al. 2016) goes token by token and asks its 74 moves at each whether they
are allowed; in the releases that compile against Cython 3 every such question takes the interpreter's lock. What it decides outside of an
entity depends on the token alone, and inside on the token and how the entity began. So all tokens are scored as if no entity
were open, all entities that might begin are followed side by side to their ends, and those that begin inside another are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.pipeline import EntityRecognizer
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan

Floats = NDArray[np.float32]
Numbers = NDArray[np.intp]
# What the recogniser looks at: a token, and, where an entity is open, its first token and the last before this one.
SEEN = 3


class Found(NamedTuple):
    """An entity: the tokens from `start` to `end` of a batch, and the number of its label."""

    start: int
    end: int
    label: int


@dataclass(frozen=True)
class Moves:
    """The recogniser's moves by what they do: the number of a label's move, by label, and of the one that passes on."""

    labels: tuple[str, ...]
    begin: Numbers
    within: Numbers
    last: Numbers
    unit: Numbers
    out: int

    @cached_property
    def label_of(self) -> dict[int, int]:
        """The label of a move that begins an entity, or is one."""
        return {int(move): n for moves in (self.begin, self.unit) for n, move in enumerate(moves)}


class Scores:
    """What each move is worth at the tokens of a batch. `cached` are the tokens' parts of the hidden layer, a place each."""

    def __init__(self, recogniser: EntityRecognizer, docs: Sequence[Doc]) -> None:
        vectors, lower, upper = recogniser.model.layers
        self._ops = recogniser.model.ops
        self._cached = lower.predict(vectors.predict(docs))
        self._bias = lower.get_param("b")
        self._weights, self._upper_bias = upper.get_param("W"), upper.get_param("b")

    def outside(self) -> Floats:
        """The scores at each token when no entity is open. Shape (tokens, moves)."""
        return self._scored(self._cached[1:, 0], self._cached[0, 1], self._cached[0, 2])

    def inside(self, tokens: Numbers, starts: Numbers) -> Floats:
        """The scores at some tokens, each in an entity that began at an earlier one. Shape (tokens, moves)."""
        return self._scored(self._cached[tokens + 1, 0], self._cached[starts + 1, 1], self._cached[tokens, 2])

    def _scored(self, token: Floats, first: Floats, before: Floats) -> Floats:
        # summed in spaCy's order, so that the last bit is its own
        hidden = token + first
        hidden += before
        hidden += self._bias
        scores: Floats = self._ops.gemm(hidden.max(axis=-1), self._weights, trans2=True)
        scores += self._upper_bias
        return scores


def find_entities(recogniser: EntityRecognizer, docs: Sequence[Doc]) -> None:
    """Set the entities of some parsed docs that have none yet, as the recogniser does; one that is built otherwise does it itself."""
    if not is_known(recogniser):
        for doc in docs:
            recogniser(doc)
        return
    told = [doc for doc in docs if len(doc)]
    if told:
        moves = moves_of([recogniser.moves.get_class_name(n) for n in range(recogniser.moves.n_moves)])
        begins = np.cumsum([0, *(len(doc) for doc in told)])
        _set(told, begins, _walk(_candidates(recogniser, moves, told, begins)), moves.labels)


def is_known(recogniser: Any) -> bool:
    """Whether a recogniser is of the make that is read here: a hidden layer over three tokens, no class unseen."""
    model = recogniser.model
    return bool(
        model.name == "parser_model"
        and model.attrs["has_upper"]
        and not model.attrs["unseen_classes"]
        and model.layers[1].get_dim("nF") == SEEN
        and model.layers[1].get_dim("nP") > 1
        and recogniser.cfg.get("beam_width", 1) == 1
    )


def moves_of(names: Sequence[str]) -> Moves:
    """The moves by their names: "B-ORG", "I-ORG", "L-ORG", "U-ORG", "O"."""
    numbers = {name: n for n, name in enumerate(names)}
    labels = tuple(name[2:] for name in names if name.startswith("B-") and len(name) > 2)
    begin, within, last, unit = (np.array([numbers[f"{m}-{label}"] for label in labels], np.intp) for m in "BILU")
    return Moves(labels, begin, within, last, unit, numbers["O"])


def _candidates(recogniser: EntityRecognizer, moves: Moves, docs: Sequence[Doc], begins: Numbers) -> list[Found]:
    """The entity that begins at each token where none is open, if one does."""
    told = np.concatenate([doc.to_array(["SENT_START", "IS_SPACE"]) for doc in docs])
    must_end = np.append(told[1:, 0] == 1, True)
    must_end[begins[1:] - 1] = True
    is_space = told[:, 1] == 1
    scores = Scores(recogniser, docs)
    outside = scores.outside()
    allowed = np.full_like(outside, -np.inf)
    allowed[:, moves.out] = outside[:, moves.out]
    for kind, never in ((moves.unit, is_space), (moves.begin, is_space | must_end)):
        allowed[:, kind] = np.where(never[:, None], -np.inf, outside[:, kind])
    best = allowed.argmax(axis=1)
    units = np.flatnonzero(np.isin(best, moves.unit))
    found = [Found(int(n), int(n) + 1, moves.label_of[int(best[n])]) for n in units]
    starts = np.flatnonzero(np.isin(best, moves.begin))
    labels = np.array([moves.label_of[int(move)] for move in best[starts]], np.intp)
    return [*found, *_followed(scores, moves, starts, labels, must_end)]


def _followed(
    scores: Scores, moves: Moves, starts: Numbers, labels: Numbers, must_end: NDArray[np.bool_]
) -> Iterable[Found]:
    """The entities that begin at some tokens, each followed to its last."""
    tokens = starts + 1
    while len(starts):
        inside = scores.inside(tokens, starts)
        rows = np.arange(len(tokens))
        within, last = moves.within[labels], moves.last[labels]
        on, end = inside[rows, within], inside[rows, last]
        goes_on = ~must_end[tokens] & ((on > end) | ((on == end) & (within < last)))
        for start, token, label in zip(starts[~goes_on], tokens[~goes_on], labels[~goes_on], strict=True):
            yield Found(int(start), int(token) + 1, int(label))
        starts, labels, tokens = starts[goes_on], labels[goes_on], tokens[goes_on] + 1


def _walk(candidates: Iterable[Found]) -> list[Found]:
    """What is met from left to right: an entity that begins inside another is none."""
    kept: list[Found] = []
    for found in sorted(candidates):
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return kept


def _set(docs: Sequence[Doc], begins: Numbers, found: Sequence[Found], labels: Sequence[str]) -> None:
    """Set the entities of a batch in its docs."""
    from spacy.tokens import Span as SpacySpan

    own: list[list[SpacySpan]] = [[] for _ in docs]
    places = np.searchsorted(begins, [f.start for f in found], side="right") - 1
    for n, entity in zip(places, found, strict=True):
        first = int(begins[n])
        own[n].append(SpacySpan(docs[n], entity.start - first, entity.end - first, label=labels[entity.label]))
    for doc, spans in zip(docs, own, strict=True):
        doc.set_ents(spans)
