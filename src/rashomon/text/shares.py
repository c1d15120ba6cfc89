"""How much of one text stands in another, from the passages they share, and which texts count as one account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

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


@dataclass(frozen=True)
class Shares:
    """How much of each of some articles, in order, stands in each other: `matrix[n, k]` is the share of the n-th that the k-th has."""

    articles: tuple[str, ...]
    matrix: Floats

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each article."""
        return {article: n for n, article in enumerate(self.articles)}

    def of(self, article: str, other: str) -> float:
        """The share of an article that stands in another."""
        both = article in self.number and other in self.number
        return float(self.matrix[self.number[article], self.number[other]]) if both else 0.0

    def sources(self, article: str) -> list[str]:
        """The articles that have something of one, those that have the most first; of two that have as much the later."""
        row = self.matrix[self.number[article]] if article in self.number else np.zeros(0)
        order = np.argsort(row, kind="stable")[::-1]
        return [self.articles[n] for n in order[row[order] > 0].tolist()]

    def ties(self) -> Iterator[tuple[str, str, float]]:
        """Each two articles that share text, in order, with the larger of their two shares; the strongest tie first."""
        larger = np.triu(np.maximum(self.matrix, self.matrix.T), 1)
        left, right = np.nonzero(larger)
        order = np.argsort(-larger[left, right], kind="stable")
        for n, k, share in zip(
            left[order].tolist(), right[order].tolist(), larger[left, right][order].tolist(), strict=True
        ):
            yield self.articles[n], self.articles[k], share


def share_text(passages: Sequence[Passage], sizes: Mapping[str, int]) -> dict[tuple[str, str], float]:
    """(article, other): the share of the article's `sizes` characters that stand in the other, above 0; speech left out."""
    return _table(find_shares(passages, sizes))


def share_quotations(passages: Sequence[Passage], sizes: Mapping[str, int]) -> dict[tuple[str, str], float]:
    """(article, other): the share of the article's `sizes` quoted characters that the other quotes too, above 0."""
    return _table(_shares(passages, sizes, lambda passage: passage.quoted))


def find_shares(passages: Sequence[Passage], sizes: Mapping[str, int]) -> Shares:
    """How much of each article's `sizes` characters stands in each other, 0 to 1; speech left out."""
    return _shares([p for p in passages if not p.speech], sizes, lambda passage: 1 - passage.quoted)


def _table(shares: Shares) -> dict[tuple[str, str], float]:
    return {
        (shares.articles[n], shares.articles[k]): float(shares.matrix[n, k])
        for n, k in np.argwhere(shares.matrix).tolist()
    }


def _shares(told: Sequence[Passage], sizes: Mapping[str, int], part: Callable[[Passage], float]) -> Shares:
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
    matrix = np.zeros((len(articles), len(articles)))
    for n, article in enumerate(articles):
        matrix[n] = np.minimum(1.0, _lengths(readings[article], holders) / max(1, sizes[article]))
    np.fill_diagonal(matrix, 0.0)
    return Shares(tuple(articles), matrix)


def _lengths(readings: Sequence[tuple[Reading, int]], holders: Floats) -> Floats:
    """How many characters of an article's readings stand in each article, each by the share of it that counts; shape (n_articles,)."""
    ends = np.unique([end for reading, _ in readings for end in (reading.start, reading.end)])
    pieces = np.zeros((max(0, len(ends) - 1), holders.shape[1]))
    for reading, n in readings:
        inside = slice(*np.searchsorted(ends, (reading.start, reading.end)).tolist())
        pieces[inside] = np.maximum(pieces[inside], holders[n])
    lengths: Floats = np.diff(ends).astype(np.float64) @ pieces
    return lengths
