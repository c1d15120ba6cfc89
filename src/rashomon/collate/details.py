"""What a label names and says, and whether a report has it at all: one that has not does not stand behind the label.

Names and days must stand somewhere in the report. A telling word may be there in other words: where the report tells of the
same, a word piece is as near as `ANSWERS` (late interaction, Khattab and Zaharia 2020). Of 165 reports behind 129 lines that
strict editors read, 49 did not tell all of the line: 47 in 100 of those lack a name or day or more than `FEW` of its words, of
the others 14; a name or day or more than `MOST` 29 and 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.model import Mention, Reading, Span
from rashomon.text.words import content_stem, content_stems, find_words, fold

Days = tuple[str, str]
# How near, by its cosine, a word of a report must be to be another word for one of a label.
ANSWERS = 0.5
# The share of a label's words that may have none in a report which is said to tell it: few, or, where nobody else does, a third.
FEW, MOST = 0.2, 0.34


class _Report(NamedTuple):
    """What a report has anywhere: words, their stems, and the days and periods it tells of."""

    words: frozenset[str]
    stems: frozenset[str]
    days: tuple[Days, ...]


class Details:
    """Asks whether reports have what a label names."""

    def __init__(self, material: Material, names: Names) -> None:
        self._material = material
        self._names = names
        self._reports: dict[str, _Report] = {}

    def lacks(self, place: Reading, label: str, readings: Sequence[Reading], most: float = MOST) -> bool:
        """Whether a report lacks a name, a day or too many words of a label that was made of the clause at a place of another.

        `readings` are the report's, of what the clause is about; `most` is the share of the words that may have none.
        """
        article = readings[0].article
        report = self._report(article)
        return (
            any(not self._is_known(name, article, report) for name in self._names_of(place, label))
            or any(all(e[1] < d[0] or d[1] < e[0] for e in report.days) for d in self._days_of(place, label))
            or self._share_missing(place, label, report, readings) > most
        )

    def _share_missing(self, place: Reading, label: str, report: _Report, readings: Sequence[Reading]) -> float:
        """The share of a label's telling words that stand nowhere in a report, nor any like them in what it tells of the same.

        Words of names, which are asked for by themselves, are told.
        """
        text, named = self._material.texts[place.article], self._mentions(place)
        told = [w for w in find_words(text, place.start, place.end) if w.text in label and content_stem(w.text)]
        plain = [w for w in told if not any(m.start <= w.start < m.end for m in named)]
        missing = [w for w in plain if content_stem(w.text) not in report.stems]
        if not missing:
            return 0.0
        theirs = _unit(self._material.meanings.pieces(readings[0].article, self._sentences(readings)).vectors)
        own = self._material.meanings.pieces(place.article, (place.span,))
        nearest = (_unit(own.vectors) @ theirs.T).max(axis=1, initial=-1.0)
        unlike = 0
        for word in missing:
            inside = (own.places[:, 0] >= word.start) & (own.places[:, 1] <= word.end)
            unlike += not inside.any() or round(float(nearest[inside].mean()), 3) < ANSWERS
        return unlike / len(told)

    def _sentences(self, readings: Sequence[Reading]) -> tuple[Span, ...]:
        """The sentences in which some readings begin."""
        numbers = sorted({n for r in readings if (n := self._material.sentence_at(r.article, r.start)) is not None})
        return tuple(self._material.sentences[n].span for n in numbers)

    def _report(self, article: str) -> _Report:
        if article not in self._reports:
            text = self._material.texts[article]
            self._reports[article] = _Report(
                frozenset(fold(w.text) for w in find_words(text)),
                frozenset(content_stems(text)),
                tuple((t.first, t.last) for t in self._material.found[article].times if t.first and t.last),
            )
        return self._reports[article]

    def _names_of(self, place: Reading, label: str) -> Iterator[str]:
        """The names of a label as its report writes them."""
        text = self._material.texts[place.article]
        yield from (name for m in self._mentions(place) if (name := text[m.start : m.end]) in label)

    def _mentions(self, place: Reading) -> list[Mention]:
        return [m for m in self._material.found[place.article].mentions if _is_in(m.span, place)]

    def _is_known(self, written: str, article: str, report: _Report) -> bool:
        """Whether a report has a name in some form: a person's surname, each word of another name, or what it is joined with."""
        words = [fold(w.text) for w in find_words(written)]
        name = self._names.find(written)
        told = words[-1:] if name is not None and name.kind == "person" else words
        return report.words.issuperset(told) or (
            name is not None and any(article in form.counts for form in name.forms)
        )

    def _days_of(self, place: Reading, label: str) -> Iterator[Days]:
        text = self._material.texts[place.article]
        for time in self._material.found[place.article].times:
            if time.first and time.last and _is_in(time.span, place) and text[time.start : time.end] in label:
                yield time.first, time.last


def _is_in(span: Span, place: Reading) -> bool:
    return place.start <= span.start and span.end <= place.end


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors of length 1."""
    unit: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit
