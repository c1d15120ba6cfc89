"""What many features of a token share: its neighbours, its children, the edges of clauses, the quotations around it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.annotate.quotes.grid import Flags, Grid, Ints
from rashomon.annotate.quotes.hashing import BORDER, bucketed, codes, pos_code

# The dependencies looked for among a token's children; the first few make up its signature.
CHILDREN = [
    "nsubj",
    "nsubjpass",
    "ccomp",
    "xcomp",
    "dobj",
    "prep",
    "mark",
    "neg",
    "aux",
    "auxpass",
    "advcl",
    "parataxis",
    "oprd",
    "attr",
    "acomp",
    "agent",
    "acl",
    "relcl",
    "pobj",
    "pcomp",
    "prt",
    "dative",
    "poss",
    "det",
    "amod",
    "conj",
]
_N_SIGNATURE = 14
# Trees are climbed no further than this.
CLIMB = 8
_PUNCTUATION = (",", ";", ":", "—", "–", "--", "-", "(", ")")


class Context:
    """What several templates share: neighbours, children, clause edges, quotation marks."""

    def __init__(self, grid: Grid) -> None:
        n = len(grid)
        self.grid = grid
        self.n = n
        self.here = np.arange(n)
        self.is_root = grid.head == self.here
        self.child_flags: dict[str, Flags] = {}
        self.child_at: dict[str, Ints] = {}
        dep_codes = codes(CHILDREN)
        for name, dep_code in zip(CHILDREN, dep_codes, strict=True):
            at = np.flatnonzero(grid.dep == dep_code)
            where = np.full(n + 1, -1)
            where[grid.head[at][::-1]] = at[::-1]  # the first such child
            self.child_at[name] = where[:n]
            self.child_flags[name] = where[:n] >= 0
        self.subject = np.maximum(self.child_at["nsubj"], self.child_at["nsubjpass"])
        self.opens_sentence = self.shift(grid.sentence, -1, -1) != grid.sentence
        self.signature = np.zeros(n, np.int64)
        for bit, name in enumerate(CHILDREN[:_N_SIGNATURE]):
            self.signature |= self.child_flags[name].astype(np.int64) << bit
        self.left, self.right = grid.edges
        quoted = grid.quotation >= 0
        self.quoted = quoted
        before = self.shift(grid.quotation, -1, -1)
        after = self.shift(grid.quotation, 1, -1)
        self.opens = quoted & (before != grid.quotation)
        self.closes = quoted & (after != grid.quotation)
        self.quote_state = quoted * 1 + self.opens * 2 + self.closes * 4
        self.hinted = np.zeros(n, np.int64)  # how the rules read the token as a cue
        self.inside_hint = np.zeros(n, np.int64)
        for hint in grid.hints:
            self.hinted[hint.head] = hint.manner
            self.inside_hint[hint.content] |= 1
            self.inside_hint[hint.speaker] |= 2
        self.is_punctuation = np.isin(grid.lower, codes(_PUNCTUATION))
        self.clause, via = self._clauses()
        self.clause_lemma = self.of(grid.lemma, self.clause)
        self.clause_dep = np.where(self.clause >= 0, grid.dep[via] if n else grid.dep, BORDER)
        self.before_quotation, self.after_quotation = self._nearest_quotations()
        self.opened_above = self._top_edge(self.left)
        self.closed_above = self._top_edge(self.right)

    def _clauses(self) -> tuple[Ints, Ints]:
        """The nearest verb above each token (-1: none), and the token through which its branch hangs on it."""
        grid = self.grid
        verbs = np.isin(grid.pos, np.array([pos_code("VERB"), pos_code("AUX")], np.uint64))
        at, via = grid.head.copy(), self.here.copy()
        for _ in range(CLIMB):
            stay = verbs[at] | (grid.head[at] == at)
            via = np.where(stay, via, at)
            at = np.where(stay, at, grid.head[at])
        return np.where(verbs[at] & ~self.is_root, at, -1), via

    def _nearest_quotations(self) -> tuple[Ints, Ints]:
        """Bucketed distance in tokens to the quotation that ends before, and to the one that begins after; 0 for none."""
        grid = self.grid
        last = np.where(self.closes, self.here, -1)
        last = np.maximum.accumulate(self.shift(last, -1, -1)) if self.n else last
        first_of_paragraph = grid.bounds[grid.paragraph]
        before = np.where(last >= first_of_paragraph, bucketed(np.minimum(self.here - last, 64)), 0)
        following = np.where(self.opens, self.here, self.n + 1)
        shifted = self.shift(following, 1, self.n + 1)
        following = np.minimum.accumulate(shifted[::-1])[::-1] if self.n else following
        last_of_paragraph = grid.bounds[grid.paragraph + 1]
        after = np.where(following < last_of_paragraph, bucketed(np.minimum(following - self.here, 64)), 0)
        return before, after

    def shift(self, column: NDArray[Any], by: int, border: int | np.uint64 = BORDER) -> NDArray[Any]:
        """The column of the token `by` further on, `border` beyond the paragraph."""
        out = np.full(self.n, border, column.dtype)
        if by > 0:
            out[:-by] = np.where(self.grid.paragraph[by:] == self.grid.paragraph[:-by], column[by:], border)
        elif by < 0:
            out[-by:] = np.where(self.grid.paragraph[-by:] == self.grid.paragraph[:by], column[:by], border)
        return out

    def of(self, column: NDArray[Any], at: Ints, missing: int | np.uint64 = BORDER) -> NDArray[Any]:
        """The column at other tokens, `missing` where the place is -1."""
        return np.where(at >= 0, column[np.maximum(at, 0)], column.dtype.type(missing)) if self.n else column

    def _top_edge(self, edge: Ints) -> Ints:
        """The highest token whose subtree has its edge at this token."""
        top = np.full(self.n, -1)
        order = np.argsort(-self.grid.depth, kind="stable")
        top[edge[order]] = order
        return top
