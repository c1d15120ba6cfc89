"""Features of tokens as cues, of tokens as such, and of tokens beside a cue, a column a template.

No feature is a string and no loop runs over tokens, so an article costs a few hundred array operations. The order of the
templates numbers them: after a change here `FEATURES` gets a new number and the model is trained again (make
train-attribution); it refuses other features.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from rashomon.annotate.quotes.context import CHILDREN, CLIMB, Context
from rashomon.annotate.quotes.hashing import BITS, BORDER, Templates, bucketed, code, codes, mix, together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rashomon.annotate.quotes.grid import Codes, Flags, Grid, Ints
    from rashomon.annotate.quotes.hashing import Buckets

# What a model file must have been trained with.
FEATURES = ("templates 1", f"{BITS} bits")


def cue_features(context: Context) -> Buckets:
    """Of every token as the head of a cue."""
    grid = context.grid
    t = Templates(context.n, 1)
    lemma, lower, tag, dep = grid.lemma, grid.lower, grid.tag, grid.dep
    head = grid.head
    head_lemma, head_tag, head_dep = lemma[head], tag[head], dep[head]
    t.add(np.zeros(context.n))
    for column in (lemma, lower, tag, dep, grid.shape, grid.entity):
        t.add(column)
    t.add(lemma, tag)
    t.add(lemma, dep)
    t.add(tag, dep)
    t.add(lemma, tag, dep)
    t.add(head_lemma, dep)
    t.add(head_lemma, lemma)
    t.add(head_tag, dep, tag)
    t.add(head_dep, dep, tag)
    grand = head[head]
    t.add(dep, head_dep, lemma[grand])
    t.add(lemma, dep, head_dep)
    lowers = {by: context.shift(lower, by) for by in (-3, -2, -1, 1, 2, 3)}
    tags = {by: context.shift(tag, by) for by in (-2, -1, 1, 2)}
    for by, column in lowers.items():
        t.add(column, _fill(context.n, by))
    for by, column in tags.items():
        t.add(column, tag, _fill(context.n, by))
    t.add(lowers[-1], lower)
    t.add(lower, lowers[1])
    t.add(lemma, lowers[1], lowers[2])
    t.add(lowers[-2], lowers[-1], lower)
    t.add(tags[-1], tag, tags[1])
    t.add(lemma, tags[1], tags[2])
    t.add(lemma, tags[-1])
    signature = context.signature
    t.add(signature)
    t.add(lemma, signature)
    t.add(dep, signature)
    for name in CHILDREN:
        flag = context.child_flags[name]
        t.add(flag, tag)
        t.add(flag, lemma)
    for name in ("ccomp", "xcomp", "dobj", "prep", "pobj", "advcl", "acl", "prt", "oprd", "mark", "acomp", "attr"):
        child = context.child_at[name]
        t.add(context.of(lemma, child), lemma)
        t.add(context.of(lemma, child), tag)
        t.add(context.of(tag, child), lemma)
    subject = context.subject
    inherited = np.where(subject >= 0, subject, subject[head] if context.n else subject)
    for at in (subject, inherited):
        t.add(context.of(lower, at))
        t.add(context.of(grid.entity, at), context.of(tag, at))
        t.add(context.of(grid.entity, at), context.of(tag, at), lemma)
        t.add(context.of(lemma, at), lemma)
    ccomp = context.child_at["ccomp"]
    t.add(context.of(lemma, context.of(context.child_at["mark"], ccomp, -1)), lemma)
    t.add(np.sign(ccomp - context.here) * (ccomp >= 0), lemma)
    t.add(context.quote_state, lemma)
    t.add(context.quote_state, tag)
    before, after = context.before_quotation, context.after_quotation
    for side, distance in (("before", before), ("after", after)):
        t.add(distance, _fill(context.n, len(side)), tag)
        t.add(distance, _fill(context.n, len(side)), lemma)
    t.add(before, after, dep)
    t.add(before, after, context.quoted)
    has_quotations = np.bincount(grid.paragraph, grid.quotation >= 0, minlength=len(grid.bounds) - 1) > 0
    t.add(has_quotations[grid.paragraph], tag, context.quoted)
    t.add(grid.heading, tag)
    t.add(grid.heading, lemma)
    t.add(context.opens_sentence, lemma)
    chain_lemma, chain_dep = context.clause_lemma, context.clause_dep
    t.add(chain_lemma, chain_dep)
    t.add(chain_lemma, chain_dep, lemma)
    t.add(chain_lemma, tag)
    t.add(context.hinted, tag)
    t.add(context.hinted, lemma)
    t.add(context.hinted, context.inside_hint, dep)
    negated = context.child_flags["neg"]
    t.add(negated, lemma, context.child_flags["ccomp"])
    aux = context.child_at["aux"]
    t.add(context.of(lower, aux), lemma)
    t.add(context.of(lower, aux), tag)
    return t.buckets()


def token_features(context: Context) -> Buckets:
    """Of every token, whatever the cue."""
    grid = context.grid
    t = Templates(context.n, 1001)
    lower, tag, dep, lemma = grid.lower, grid.tag, grid.dep, grid.lemma
    head = grid.head
    t.add(np.zeros(context.n))
    for column in (lower, tag, dep, grid.entity, grid.shape):
        t.add(column)
    t.add(dep, lemma[head])
    t.add(dep, tag[head])
    t.add(tag, dep)
    lowers = {by: context.shift(lower, by) for by in (-2, -1, 1, 2)}
    tags = {by: context.shift(tag, by) for by in (-2, -1, 1, 2)}
    deps = {by: context.shift(dep, by) for by in (-1, 1)}
    for by, column in lowers.items():
        t.add(column, _fill(context.n, by))
    for by, column in tags.items():
        t.add(column, _fill(context.n, by))
    for by, column in deps.items():
        t.add(column, dep, _fill(context.n, by))
    t.add(tags[-1], tag)
    t.add(tag, tags[1])
    t.add(tags[-1], tag, tags[1])
    t.add(lowers[-1], lower)
    t.add(lower, lowers[1])
    t.add(context.quote_state, tag)
    for by in (-2, -1, 1, 2):
        t.add(context.shift(context.quote_state, by, 9), _fill(context.n, by))
    t.add(context.shift(context.quote_state, -1, 9), context.quote_state, context.shift(context.quote_state, 1, 9))
    opened, closed = context.opened_above, context.closed_above
    for edge in (opened, closed):
        t.add(context.of(dep, edge), _fill(context.n, 1 if edge is opened else 2))
        t.add(context.of(dep, edge), lower, _fill(context.n, 1 if edge is opened else 2))
        t.add(context.of(dep, edge), context.of(tag, edge), context.of(lemma, context.of(head, edge, -1)))
    next_opened = context.shift(opened, 1, -1)
    before_closed = context.shift(closed, -1, -1)
    t.add(context.of(dep, next_opened), tag)
    t.add(context.of(dep, before_closed), tag)
    first = context.here - grid.bounds[grid.paragraph]
    last = grid.bounds[grid.paragraph + 1] - 1 - context.here
    t.add(np.minimum(first, 4), np.minimum(last, 4))
    t.add(grid.heading, tag)
    return t.buckets()


class TokenCuePairs:
    """Every token of a cue's paragraph beside that cue, as two columns of indices."""

    def __init__(self, grid: Grid, cues: Ints, reach: int) -> None:
        self.cues = cues
        low = np.maximum(grid.bounds[grid.paragraph[cues]], cues - reach)
        high = np.minimum(grid.bounds[grid.paragraph[cues] + 1], cues + reach + 1)
        self.lengths = high - low
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)]).astype(np.int64)
        which = np.repeat(np.arange(len(cues)), self.lengths)
        self.which = which
        self.cue = cues[which] if len(cues) else np.zeros(0, np.int64)
        self.token = np.arange(len(which)) - self.starts[which] + low[which] if len(cues) else np.zeros(0, np.int64)

    def __len__(self) -> int:
        return len(self.token)


def token_cue_features(context: Context, pairs: TokenCuePairs, likely: NDArray[np.float32]) -> Buckets:
    """Of every token beside every cue. `likely` is each token's probability of being a cue."""
    grid = context.grid
    size = len(pairs)
    t = Templates(size, 2001)
    token, cue = pairs.token, pairs.cue
    lower, tag, dep, lemma = grid.lower, grid.tag, grid.dep, grid.lemma
    cue_lemma, cue_tag, cue_dep = lemma[cue], tag[cue], dep[cue]
    token_tag, token_dep = tag[token], dep[token]
    distance = bucketed(token - cue)
    side = np.sign(token - cue)
    same = grid.sentence[token] == grid.sentence[cue]
    sentences = np.clip(grid.sentence[token] - grid.sentence[cue], -2, 2)
    t.add(distance)
    t.add(distance, token_tag)
    t.add(distance, cue_tag)
    t.add(sentences, context.quoted[token])
    t.add(side, cue_lemma)
    t.add(side, cue_lemma, same)
    t.add(side, token_tag, cue_tag)
    t.add(side, token_dep, cue_tag)
    t.add(side, lower[token])
    up, down, arm, base = _paths(context, pairs)
    near = np.where(same, up * 16 + down, 255)
    t.add(near)
    t.add(near, side, token_dep)
    t.add(near, side, token_tag)
    arm_dep = np.where(arm >= 0, context.of(dep, arm), BORDER)
    base_dep = np.where(base >= 0, context.of(dep, base), BORDER)
    route = together(arm_dep, base_dep, np.where(same, np.minimum(down, 5), 15), side)
    t.add(route)
    t.add(route, cue_lemma)
    t.add(route, cue_tag, cue_dep)
    t.add(route, np.minimum(up, 4), token_dep)
    arm_tag = context.of(tag, arm)
    arm_first = np.where(arm >= 0, context.left[np.maximum(arm, 0)], -1)
    t.add(route, arm_tag)
    t.add(route, context.of(lower, arm_first))
    t.add(route, context.of(lemma, arm), token_dep)
    at_left = arm_first == token
    at_right = (arm >= 0) & (context.right[np.maximum(arm, 0)] == token)
    edge = at_left * 1 + at_right * 2
    t.add(edge, route)
    t.add(edge, route, token_tag)
    t.add(edge, route, cue_lemma)
    path = _path_code(context, pairs, up)
    t.add(path, np.where(same, down, 15), side)
    t.add(path, np.where(same, down, 15), side, cue_lemma)
    t.add(path, np.where(same, down, 15), side, cue_tag)
    for by in (-1, 1):
        other = _neighbour(pairs, route, by)
        t.add(route, other, _fill(size, by))
        t.add(route == other, token_tag, side, _fill(size, by))
    between = _between(pairs)
    quotes_between, commas_between = between(context.opens | context.closes), between(grid.lower == code(","))
    t.add(side, quotes_between, context.quoted[token], context.quoted[cue])
    t.add(side, quotes_between, context.quoted[token], cue_lemma)
    t.add(side, commas_between, same)
    t.add(side, commas_between, token_tag, same)
    t.add(route, np.minimum(commas_between, 2))
    breaks = between(np.isin(grid.lower, codes([";", "—", "–", "--", "(", ")", ":"])))
    t.add(side, breaks, same)
    t.add(side, between(grid.lower == code(":")), same)
    rivals = between(likely > 0.5)
    t.add(side, rivals, same)
    t.add(side, rivals, context.quoted[token])
    t.add(side, rivals, route)
    rival_here = (likely[token] > 0.5) & (token != cue)
    t.add(rival_here, token_tag, side)
    covers = _covered_by_rival(context, pairs, likely)
    t.add(covers, same, side)
    t.add(covers, route)
    that = between(grid.lower == code("that"))
    t.add(side, that, same, cue_tag)
    before, after = context.before_quotation, context.after_quotation
    t.add(side, context.quoted[token], before[cue], after[cue])
    t.add(side, context.quoted[token], before[cue], after[cue], same, quotes_between)
    t.add(context.quote_state[token], side, quotes_between)
    has_subject = context.subject[cue] >= 0
    t.add(has_subject, route)
    t.add(has_subject, context.child_flags["ccomp"][cue], route)
    label, start, stop = _hint_labels(context, pairs)
    t.add(label, side)
    t.add(label, start, stop)
    t.add(label, start, stop, cue_lemma)
    t.add(label, route)
    t.add(label, token_tag, start, stop)
    t.add(label, context.inside_hint[token], rival_here)
    t.add(label, context.hinted[cue], side, context.quoted[token])
    t.add(context.inside_hint[token], side, same)
    t.add(context.signature[cue], route)
    t.add(context.signature[cue], side, same)
    clause = context.clause[token]
    under = grid.covers(cue, np.maximum(clause, 0))
    clause_of = np.where(clause == cue, 1, np.where(clause < 0, 0, np.where(under, 2, 3)))
    t.add(clause_of, side, token_dep)
    t.add(clause_of, token_tag, edge)
    t.add(edge, lower[token], side)
    t.add(side, same, context.shift(lower, -1)[token], token_tag)
    t.add(side, same, context.shift(lower, 1)[token], token_tag)
    t.add(token == cue, cue_tag)
    t.add(cue_dep, side, same)
    return t.buckets()


def _fill(size: int, value: int) -> Ints:
    return np.full(size, value & 0xFFFF)


def _neighbour(pairs: TokenCuePairs, column: Codes, by: int) -> Codes:
    """The column of the pair before (-1) or after (1), within the same cue."""
    out = np.full(len(pairs), BORDER)
    if by > 0:
        out[:-1] = np.where(pairs.which[1:] == pairs.which[:-1], column[1:], BORDER)
    else:
        out[1:] = np.where(pairs.which[1:] == pairs.which[:-1], column[:-1], BORDER)
    return out


def _paths(context: Context, pairs: TokenCuePairs) -> tuple[Ints, Ints, Ints, Ints]:
    """Arcs up from the token and down to the cue, and the two branches below their lowest common ancestor (-1: none)."""
    grid = context.grid

    def climb(start: Ints, goal: Ints) -> tuple[Ints, Ints]:
        at = start.copy()
        branch = np.full(len(at), -1)
        arcs = np.zeros(len(at), np.int64)
        for _ in range(CLIMB):
            away = ~grid.covers(at, goal) & (grid.head[at] != at)
            if not away.any():
                break
            branch = np.where(away, at, branch)
            at = np.where(away, grid.head[at], at)
            arcs += away
        return arcs, branch

    up, arm = climb(pairs.token, pairs.cue)
    down, base = climb(pairs.cue, pairs.token)
    return up, down, arm, base


def _path_code(context: Context, pairs: TokenCuePairs, up: Ints) -> Codes:
    """The dependencies from the token up to the common ancestor, at most four, as one code."""
    grid = context.grid
    at = pairs.token
    mixed = np.zeros(len(pairs), np.uint64)
    for step in range(4):
        going = up > step
        mixed = np.where(going, mix(mixed, (grid.dep[at],)), mixed)
        at = np.where(going, grid.head[at], at)
    return np.where(up > 4, mixed + np.uint64(1), mixed)


def _between(pairs: TokenCuePairs) -> Callable[[Flags], Ints]:
    """Counts how many flagged tokens stand strictly between token and cue, at most 3."""
    low = np.minimum(pairs.token, pairs.cue)
    high = np.maximum(pairs.token, pairs.cue)

    def count(flags: Flags) -> Ints:
        running = np.concatenate([[0], np.cumsum(flags)])
        counted: Ints = np.clip(running[high] - running[np.minimum(low + 1, high)], 0, 3)
        return counted

    return count


def _covered_by_rival(context: Context, pairs: TokenCuePairs, likely: NDArray[np.float32]) -> Ints:
    """0: no likely cue above the token; 1: the nearest is this cue; 2: another, below this cue; 3: another, elsewhere."""
    grid = context.grid
    is_rival = likely > 0.5
    at = context.here.copy()
    for _ in range(CLIMB):
        stay = (is_rival[at] & (at != context.here)) | (grid.head[at] == at)
        at = np.where(stay, at, grid.head[at])
    nearest = np.where(is_rival[at] & (at != context.here), at, -1)[pairs.token]
    below = grid.covers(pairs.cue, np.maximum(nearest, 0))
    return np.where(nearest < 0, 0, np.where(nearest == pairs.cue, 1, np.where(below, 2, 3)))


def _hint_labels(context: Context, pairs: TokenCuePairs) -> tuple[Ints, Ints, Ints]:
    """What the rule for the pair's cue says of the token, and whether that starts or stops there.

    0: there is no rule, 1 speaker, 2 other, 3 content.
    """
    label = np.zeros(len(pairs) + 2, np.int64)
    by_head = {hint.head: hint for hint in context.grid.hints}
    for number, cue in enumerate(pairs.cues.tolist()):
        hint = by_head.get(cue)
        if hint is None:
            continue
        first, last = int(pairs.starts[number]), int(pairs.starts[number + 1])
        label[first + 1 : last + 1] = 2
        low = int(pairs.token[first])
        for value, tokens in ((3, hint.content), (1, hint.speaker)):
            at = tokens - low + first
            label[at[(at >= first) & (at < last)] + 1] = value
    return label[1:-1], label[1:-1] != label[:-2], label[1:-1] != label[2:]
