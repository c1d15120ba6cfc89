"""What a label names and says, and how much of it a report has at all: one that has not does not stand behind the label.

Names and days must stand somewhere in the report. A telling word may be there in other words: then the report's sentences
of the same have a word piece near it in meaning (late interaction, Khattab and Zaharia 2020).
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

FEATURES = ("unnamed", "undated", "uncounted", "counted_elsewhere", "absent", "elsewhere", "unlike", "least_like")

Days = tuple[str, str]
# Whom a label names in square brackets.
_BRACKETED = re.compile(r"\[([^\]]{2,60})\]")


class _Report(NamedTuple):
    """What a report has anywhere: words, their stems, the days and periods it tells of, and its numbers."""

    words: frozenset[str]
    stems: frozenset[str]
    days: tuple[Days, ...]
    numbers: frozenset[float]


class _Asked(NamedTuple):
    """What is asked of a label: names as written, days, numbers, telling words that are no part of a name, and its clause's pieces of length 1."""

    names: tuple[str, ...]
    days: tuple[Days, ...]
    numbers: frozenset[float]
    plain: tuple[Word, ...]
    pieces: Pieces


class Details:
    """Asks how much of labels reports have; what belongs to a label or a report is read once."""

    def __init__(self, material: Material, names: Names) -> None:
        self._material = material
        self._names = names
        self._reports: dict[str, _Report] = {}
        self._labels: dict[tuple[Reading, str], _Asked] = {}

    def compare(self, place: Reading, label: str, readings: Sequence[Reading]) -> dict[str, float]:
        """What a report has of a label that was made of the clause at a place of another.

        `readings` are the report's, of what the clause is about. The shares of the label's names, of its days, of its numbers and of its
        telling words that are nowhere in the report; of numbers and words the share that stands elsewhere alone; and how unlike the words that the
        readings' sentences have not are to anything in them, on average over all words and at most (one less the cosine).
        """
        article = readings[0].article
        report, asked = self._report(article), self._label(place, label)
        sentences = self._sentences(readings)
        unnamed = sum(not self._is_known(name, article, report) for name in asked.names)
        undated = sum(all(e[1] < d[0] or d[1] < e[0] for e in report.days) for d in asked.days)
        counted = {
            n.value
            for span in sentences
            for n in self._material.numbers_in(Reading(article=article, start=span.start, end=span.end))
        }
        n_numbers = max(1, len(asked.numbers))
        here = {s for span in sentences for s in content_stems(self._material.texts[article], span.start, span.end)}
        missing = [w for w in asked.plain if content_stem(w.text) not in here]
        known = sum(content_stem(w.text) in report.stems for w in missing)
        unlike = self._unlike(asked, missing, article, sentences)
        n_plain = max(1, len(asked.plain))
        return {
            "unnamed": unnamed / max(1, len(asked.names)),
            "undated": undated / max(1, len(asked.days)),
            "uncounted": len(asked.numbers - report.numbers) / n_numbers,
            "counted_elsewhere": len((asked.numbers & report.numbers) - counted) / n_numbers,
            "absent": (len(missing) - known) / n_plain,
            "elsewhere": known / n_plain,
            "unlike": sum(unlike) / n_plain,
            "least_like": max(unlike, default=0.0),
        }

    def _unlike(self, asked: _Asked, words: Sequence[Word], article: str, sentences: Sequence[Span]) -> list[float]:
        """How unlike some words of a label are to whatever in a report's sentences is nearest to them: one less the cosine."""
        if not words:
            return []
        theirs = self._material.weighed(article, *sentences).vectors
        nearest = (asked.pieces.vectors @ theirs.T).max(axis=1, initial=0.0)
        places = asked.pieces.places
        inside = [(places[:, 0] >= w.start) & (places[:, 1] <= w.end) for w in words]
        return [1.0 - round(float(nearest[own].mean()), 3) if own.any() else 1.0 for own in inside]

    def _report(self, article: str) -> _Report:
        if article not in self._reports:
            text = self._material.texts[article]
            self._reports[article] = _Report(
                frozenset(fold(w.text) for w in find_words(text)),
                frozenset(content_stems(text)),
                tuple((t.first, t.last) for t in self._material.found[article].times if t.first and t.last),
                frozenset(n.value for n in self._material.numbers_in(Reading(article=article, start=0, end=len(text)))),
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
                frozenset(
                    n.value
                    for n in self._material.numbers_in(place)
                    if text[n.start : n.end] in label and not any(t.start <= n.start < t.end for t in found.times)
                ),
                tuple(w for w in words if not any(m.start <= w.start < m.end for m in named)),
                Pieces(unit_length(own.vectors), own.places),
            )
        return self._labels[place, label]

    def _is_known(self, written: str, article: str, report: _Report) -> bool:
        """Whether a report has a name in some form: a person's surname, each word of another name, or what it is joined with."""
        name = self._names.find(written, article)
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
