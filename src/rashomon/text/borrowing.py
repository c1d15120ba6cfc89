"""Whether two texts share so much that one was copied, and what; reports of one event are alike without that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rashomon.text.runs import NumberedWords, find_seeds, hash_runs, spoken_words
from rashomon.text.stretches import SharedStretch, draft_stretches, keep_stretches

# When shared words say that text was copied (chosen on pairs of reports of one event, see docs/lineage.md): so many
# equal ones outside quotations in one stretch; so many in step, over the root of the shorter text's length ...
BORROWED, IN_STEP = 24, 3.8
# ... of stretches of so many words, the largest so many of them ...
LEAST_STEP, MOST_STEPS = 4, 500
# ... or so many in all, and so many more for each share of words in common above what unrelated reports have.
LEAST_ALIKE, ALIKE_SLOPE, UNRELATED = 16, 100, 0.2


def find_borrowed(left: NumberedWords, right: NumberedWords) -> list[SharedStretch]:
    """What two texts share when that says that text was copied; nothing when it may be what two reporters write alike.

    Reports of one event share names, places, charges and what was said there. That one text drew on the other, or both on
    a third, is said by one stretch of `BORROWED` words outside quotations; by many smaller ones in one order, which grow
    with the text as chance resemblances do not; or by stretches longer than texts with so little else in common have.
    """
    drafts = draft_stretches(left, right, *find_seeds(hash_runs(left.ids), hash_runs(right.ids)))
    if not drafts:
        return []
    told = {d: _told(left, right, d) for d in drafts if d.equal >= LEAST_STEP}
    shorter = min(len(left.ids), len(right.ids))
    many = _in_step(told) >= IN_STEP * shorter**0.5
    if not many and max(told.values(), default=0) < BORROWED:
        stretches = keep_stretches(left, right, drafts, has_long=False)
        if sum(told[s] for s in stretches) < _least_between(left, right, stretches):
            return []
    return keep_stretches(left, right, drafts, has_long=many)


def _in_step(told: Mapping[SharedStretch, int]) -> int:
    """The most words outside quotations in stretches that follow one another in both texts."""
    largest = sorted(told, key=lambda d: (-told[d], d))[:MOST_STEPS]
    best: list[tuple[SharedStretch, int]] = []
    for stretch in sorted(largest, key=lambda d: (d.right, d.left)):
        before = (n for s, n in best if s.left[1] <= stretch.left[0] and s.right[1] <= stretch.right[0])
        best.append((stretch, told[stretch] + max(before, default=0)))
    return max((n for _, n in best), default=0)


def _least_between(left: NumberedWords, right: NumberedWords, stretches: Sequence[SharedStretch]) -> float:
    """How many equal words it takes between two texts: the more, the more else they have in common."""
    own = set(left.ids) - {w for s in stretches for w in left.ids[slice(*s.left)]}
    other = set(right.ids) - {w for s in stretches for w in right.ids[slice(*s.right)]}
    alike = len(own & other) / max(1, min(len(own), len(other)))
    return LEAST_ALIKE + ALIKE_SLOPE * max(0.0, alike - UNRELATED)


def _told(left: NumberedWords, right: NumberedWords, stretch: SharedStretch) -> int:
    """How many words are equal in a stretch and stand outside quotations in one of the texts at least."""
    in_left, in_right = spoken_words(left, *stretch.left), spoken_words(right, *stretch.right)
    return sum(
        left.ids[i + k] == right.ids[j + k] and not (i + k in in_left and j + k in in_right)
        for i, j, n in stretch.pieces
        for k in range(n)
    )
