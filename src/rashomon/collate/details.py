"""The names and days of a label, and whether a report has them at all: one without them does not stand behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.model import Mention, Reading, Span
from rashomon.text.words import find_words, fold

Days = tuple[str, str]


class _Report(NamedTuple):
    """What a report has anywhere: words, and the days and periods it tells of."""

    words: frozenset[str]
    days: tuple[Days, ...]


class Details:
    """Asks whether reports have what a label names."""

    def __init__(self, material: Material, names: Names) -> None:
        self._material = material
        self._names = names
        self._reports: dict[str, _Report] = {}

    def lacks(self, article: str, place: Reading, label: str) -> bool:
        """Whether a report has nowhere a name or day of a label that was made of the clause at a place of another."""
        report = self._report(article)
        return any(not self._is_known(name, article, report) for name in self._names_of(place, label)) or any(
            all(e[1] < d[0] or d[1] < e[0] for e in report.days) for d in self._days_of(place, label)
        )

    def _report(self, article: str) -> _Report:
        if article not in self._reports:
            text = self._material.texts[article]
            self._reports[article] = _Report(
                frozenset(fold(w.text) for w in find_words(text)),
                tuple((t.first, t.last) for t in self._material.found[article].times if t.first and t.last),
            )
        return self._reports[article]

    def _names_of(self, place: Reading, label: str) -> Iterator[str]:
        """The names of a label as its report writes them."""
        text = self._material.texts[place.article]
        mentions: list[Mention] = [m for m in self._material.found[place.article].mentions if _is_in(m.span, place)]
        yield from (name for m in mentions if (name := text[m.start : m.end]) in label)

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
