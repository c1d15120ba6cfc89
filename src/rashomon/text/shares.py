"""How much of one text stands in another, from the passages they share, and which texts count as one account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.model import Lineage, Passage, Reading, Span

Floats = NDArray[np.float64]


def number_accounts(lineage: Lineage) -> dict[str, int]:
    """The number of each article's account."""
    return {article: n for n, account in enumerate(lineage.accounts) for article in account.articles}


def reported_size(n_chars: int, furniture: Sequence[Span]) -> int:
    """How many characters of an article are reporting: all but its furniture."""
    return n_chars - sum(f.end - f.start for f in furniture)


def share_text(passages: Sequence[Passage], sizes: Mapping[str, int]) -> dict[tuple[str, str], float]:
    """(article, other): the share of the article's `sizes` characters that stand in the other, 0 to 1; speech left out.

    An article is looked at once for all others, so that many copies cost no comparison of each two of them.
    """
    told = [p for p in passages if not p.speech]
    articles = sorted({r.article for p in told for r in p.readings})
    number = {article: n for n, article in enumerate(articles)}
    readings: dict[str, list[tuple[Reading, int]]] = defaultdict(list)
    holders = np.zeros((len(told), len(articles)))
    for n, passage in enumerate(told):
        for reading in passage.readings:
            holders[n, number[reading.article]] = 1 - passage.quoted
            readings[reading.article].append((reading, n))
    shares = {}
    for article in articles:
        lengths = _lengths(readings[article], holders) / max(1, sizes[article])
        lengths[number[article]] = 0.0
        others = np.flatnonzero(lengths)
        for other, share in zip(others.tolist(), np.minimum(1.0, lengths[others]).tolist(), strict=True):
            shares[article, articles[other]] = share
    return shares


def _lengths(readings: Sequence[tuple[Reading, int]], holders: Floats) -> Floats:
    """How many characters of an article's readings stand in each article, each by the share of it that counts; shape (n_articles,)."""
    ends = np.unique([end for reading, _ in readings for end in (reading.start, reading.end)])
    pieces = np.zeros((max(0, len(ends) - 1), holders.shape[1]))
    for reading, n in readings:
        inside = slice(*np.searchsorted(ends, (reading.start, reading.end)).tolist())
        pieces[inside] = np.maximum(pieces[inside], holders[n])
    lengths: Floats = np.diff(ends).astype(np.float64) @ pieces
    return lengths
