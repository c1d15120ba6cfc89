"""Word-level alignment of several wordings: which words stand in one column.

The wording with the most words in common with the others goes first; each further one is aligned to the columns so far
by the cheapest edits (Needleman and Wunsch 1970), equal words at no cost, words of one stem at little.
"""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.text.words import Word, fold, stem

GAP = 1.0
SAME_STEM = 0.3
OTHER_WORD = 1.4

Column = list[Word | None]


def align_words(wordings: Sequence[Sequence[Word]]) -> list[tuple[Word | None, ...]]:
    """Columns of words, one cell for each wording in the order given; None where a wording has nothing there."""
    if not wordings:
        return []
    sets = [{fold(w.text) for w in words} for words in wordings]
    central = [sum(len(own & other) for other in sets) for own in sets]
    order = sorted(range(len(wordings)), key=lambda n: (-central[n], n))
    columns: list[Column] = []
    for step, n in enumerate(order):
        columns = (
            _add(columns, wordings[n], n, len(wordings))
            if step
            else [_column(w, n, len(wordings)) for w in wordings[n]]
        )
    return [tuple(column) for column in columns]


def _column(word: Word, n: int, width: int) -> Column:
    column: Column = [None] * width
    column[n] = word
    return column


def _cost(column: Column, word: Word) -> float:
    best = OTHER_WORD
    for other in column:
        if other is None:
            continue
        if fold(other.text) == fold(word.text):
            return 0.0
        if stem(other.text) == stem(word.text):
            best = min(best, SAME_STEM)
    return best


def _add(columns: list[Column], words: Sequence[Word], n: int, width: int) -> list[Column]:
    rows, cols = len(columns) + 1, len(words) + 1
    costs = [[0.0] * cols for _ in range(rows)]
    for i in range(1, rows):
        costs[i][0] = i * GAP
    for j in range(1, cols):
        costs[0][j] = j * GAP
    matches = [[_cost(column, word) for word in words] for column in columns]
    for i in range(1, rows):
        above, here = costs[i - 1], costs[i]
        for j in range(1, cols):
            here[j] = min(above[j - 1] + matches[i - 1][j - 1], above[j] + GAP, here[j - 1] + GAP)
    merged: list[Column] = []
    i, j = rows - 1, cols - 1
    while i or j:
        if i and j and costs[i][j] == costs[i - 1][j - 1] + matches[i - 1][j - 1]:
            i, j = i - 1, j - 1
            columns[i][n] = words[j]
            merged.append(columns[i])
        elif i and costs[i][j] == costs[i - 1][j] + GAP:
            i -= 1
            merged.append(columns[i])
        else:
            j -= 1
            merged.append(_column(words[j], n, width))
    merged.reverse()
    return merged
