"""How much of one text stands in another, from the passages they share, and which texts count as one account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.model import Lineage, Passage, Reading, Span

Floats = NDArray[np.float64]


def number_accounts(lineage: Lineage) -> dict[str, int]:
    """The number of each article's account."""
    return {article: n for n, account in enumerate(lineage.accounts) for article in account.articles}


def number_texts(lineage: Lineage) -> dict[str, int]:
    """The number of each article's text: those of a family have the same."""
    numbers = {article: n for n, article in enumerate(a for account in lineage.accounts for a in account.articles)}
    for family in lineage.families:
        numbers.update(dict.fromkeys(family.articles, min(numbers[a] for a in family.articles)))
    return numbers


def reported_size(n_chars: int, furniture: Sequence[Span]) -> int:
    """How many characters of an article are reporting: all but its furniture."""
    return n_chars - sum(f.end - f.start for f in furniture)


def share_text(passages: Sequence[Passage], sizes: Mapping[str, int]) -> dict[tuple[str, str], float]:
    """(article, other): the share of the article's `sizes` characters that stand in the other, 0 to 1; speech left out."""
    return _share([p for p in passages if not p.speech], sizes, lambda passage: 1 - passage.quoted)


def share_quotations(passages: Sequence[Passage], sizes: Mapping[str, int]) -> dict[tuple[str, str], float]:
    """(article, other): the share of the article's `sizes` quoted characters that the other quotes too, 0 to 1."""
    return _share(passages, sizes, lambda passage: passage.quoted)


def _share(
    told: Sequence[Passage], sizes: Mapping[str, int], part: Callable[[Passage], float]
) -> dict[tuple[str, str], float]:
    """The shares, of each passage the part that counts.

    An article is looked at once for all others, so that many copies cost no comparison of each two of them.
    """
    articles = sorted({r.article for p in told for r in p.readings})
    number = {article: n for n, article in enumerate(articles)}
    readings: dict[str, list[tuple[Reading, int]]] = defaultdict(list)
    holders = np.zeros((len(told), len(articles)))
    for n, passage in enumerate(told):
        for reading in passage.readings:
            holders[n, number[reading.article]] = part(passage)
            readings[reading.article].append((reading, n))
    shares = {}
    for article in articles:
        lengths = _lengths(readings[article], holders) / max(1, sizes[article])
        lengths[number[article]] = 0.0
        for other in np.flatnonzero(lengths).tolist():
            shares[article, articles[other]] = min(1.0, float(lengths[other]))
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
