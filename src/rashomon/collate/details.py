"""What a label names and says, and whether a report has it at all: one that has not does not stand behind the label.

Names and days must stand somewhere in the report. A telling word may be there in other words: where the report tells of the
same, a word piece is as near as `ANSWERS` (late interaction, Khattab and Zaharia 2020). Of 165 reports behind 129 lines that
strict editors read, 49 did not tell all of the line: 47 in 100 of those lack a name or day or more than `FEW` of its words, of
the others 14; a name or day or more than `MOST` 29 and 3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rashomon.collate.lining.encoder import Pieces
from rashomon.collate.lining.interaction import unit_length
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.model import Reading, Span
from rashomon.text.naming import split_person
from rashomon.text.words import Word, content_stem, content_stems, find_words, fold

Days = tuple[str, str]
# Whom a label names in square brackets.
_BRACKETED = re.compile(r"\[([^\]]{2,60})\]")
# How near, by its cosine, a word of a report must be to be another word for one of a label.
ANSWERS = 0.58
# The share of a label's words that may have none in a report which is said to tell it: few, or, where nobody else does, a third.
FEW, MOST = 0.2, 0.34


class _Report(NamedTuple):
    """What a report has anywhere: words, their stems, and the days and periods it tells of."""

    words: frozenset[str]
    stems: frozenset[str]
    days: tuple[Days, ...]


class _Asked(NamedTuple):
    """What is asked of a label: names as written, days, telling words, those that are no part of a name, and its clause's pieces of length 1."""

    names: tuple[str, ...]
    days: tuple[Days, ...]
    n_words: int
    plain: tuple[Word, ...]
    pieces: Pieces


class Details:
    """Asks whether reports have what a label names; what belongs to a label or a report is read once."""

    def __init__(self, material: Material, names: Names) -> None:
        self._material = material
        self._names = names
        self._reports: dict[str, _Report] = {}
        self._labels: dict[tuple[Reading, str], _Asked] = {}
        self._missing: dict[tuple[Reading, str, tuple[Reading, ...]], float] = {}

    def lacks(self, place: Reading, label: str, readings: Sequence[Reading], most: float) -> bool:
        """Whether a report lacks a name, a day or too many words of a label that was made of the clause at a place of another.

        `readings` are the report's, of what the clause is about; `most` is the share of the words that may have none.
        """
        key = (place, label, tuple(readings))
        if key not in self._missing:
            self._missing[key] = self._share_missing(place, label, readings)
        return self._missing[key] > most

    def _share_missing(self, place: Reading, label: str, readings: Sequence[Reading]) -> float:
        """The share of a label's telling words that stand nowhere in a report, nor any like them in what it tells of the same.

        All of it where a name or day is nowhere; words of names, which are asked for by themselves, are told.
        """
        article = readings[0].article
        report, asked = self._report(article), self._label(place, label)
        is_undated = any(all(e[1] < d[0] or d[1] < e[0] for e in report.days) for d in asked.days)
        if is_undated or not all(self._is_known(name, article, report) for name in asked.names):
            return 1.0
        missing = [w for w in asked.plain if content_stem(w.text) not in report.stems]
        if not missing:
            return 0.0
        theirs = self._material.meanings.pieces(article, self._sentences(readings)).vectors
        nearest = (asked.pieces.vectors @ unit_length(theirs).T).max(axis=1, initial=-1.0)
        places, unlike = asked.pieces.places, 0
        for word in missing:
            inside = (places[:, 0] >= word.start) & (places[:, 1] <= word.end)
            unlike += not inside.any() or round(float(nearest[inside].mean()), 3) < ANSWERS
        return unlike / asked.n_words

    def _report(self, article: str) -> _Report:
        if article not in self._reports:
            text = self._material.texts[article]
            self._reports[article] = _Report(
                frozenset(fold(w.text) for w in find_words(text)),
                frozenset(content_stems(text)),
                tuple((t.first, t.last) for t in self._material.found[article].times if t.first and t.last),
            )
        return self._reports[article]

    def _label(self, place: Reading, label: str) -> _Asked:
        if (place, label) not in self._labels:
            text, found = self._material.texts[place.article], self._material.found[place.article]
            told = {w.text for w in find_words(label)}
            named = [m for m in found.mentions if _is_in(m.span, place) and text[m.start : m.end] in label]
            times = [t for t in found.times if _is_in(t.span, place) and text[t.start : t.end] in label]
            words = [w for w in find_words(text, place.start, place.end) if w.text in told and content_stem(w.text)]
            own = self._material.meanings.pieces(place.article, (place.span,))
            self._labels[place, label] = _Asked(
                (*_BRACKETED.findall(label), *(text[m.start : m.end] for m in named)),
                tuple((t.first, t.last) for t in times if t.first and t.last),
                len(words),
                tuple(w for w in words if not any(m.start <= w.start < m.end for m in named)),
                Pieces(unit_length(own.vectors), own.places),
            )
        return self._labels[place, label]

    def _is_known(self, written: str, article: str, report: _Report) -> bool:
        """Whether a report has a name in some form: a person's surname, each word of another name, or what it is joined with."""
        name = self._names.find(written)
        is_person = name is not None and name.kind == "person"
        told = split_person(written).surname if is_person else [fold(w.text) for w in find_words(written)]
        return report.words.issuperset(told) or (
            name is not None and any(article in form.counts for form in name.forms)
        )

    def _sentences(self, readings: Sequence[Reading]) -> tuple[Span, ...]:
        """The sentences in which some readings begin."""
        numbers = sorted({n for r in readings if (n := self._material.sentence_at(r.article, r.start)) is not None})
        return tuple(self._material.sentences[n].span for n in numbers)


def _is_in(span: Span, place: Reading) -> bool:
    return place.start <= span.start and span.end <= place.end
