"""Whose age a number tells: the ages of one person are one row, whatever else each report says of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import combinations, starmap

from rashomon.collate.lining.counts import Counted
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.model import AlignedFigure, Span
from rashomon.text.words import STOP

UNIT = "year of age"
# What a row of ages counts, before the name.
OF = "age of "
# The days of a year, and those between two reports from which on a birthday may well lie between them.
DAYS, MONTH = 365.25, 30
# "61-year-old Ada Weir", "Ada Weir, 61", "Ada Weir, a 61-year-old", "The 61-year-old mayor, Ada Weir, …".
_BEFORE = re.compile(r",?\s(?:(?:aged?|an?|who\s(?:is|was)|is|was)\s)?")
_BEHIND = re.compile(r"(?:[-\s]years?[-\s]olds?)?((?:\s[a-z][\w'’-]{0,30}){0,3})(,?)\s")
_SET_OFF = re.compile(r"[,.;:)\n]|\s(?:and|who|of|from)\b|$")


def whose_age(figure: AlignedFigure) -> str | None:
    """The person whose age a row of figures is; None for any other row."""
    return figure.title.removeprefix(OF) if figure.unit == UNIT and figure.title.startswith(OF) else None


def is_nobodys_age(figure: AlignedFigure) -> bool:
    """Whether a row of ages is of nobody by name: two ages may be two people's."""
    return figure.unit == UNIT and whose_age(figure) is None


def have_aged(material: Material, figure: AlignedFigure) -> bool:
    """Whether the ages that reports give one person are those of one who aged between them: the later report gives the higher.

    Two ages may lie less than a year apart from the time between, for birthdays; reports of less than a month give one.
    """
    given = [(material.by_id[r.article].published, r.low) for r in figure.readings]
    dated = sorted((date.fromisoformat(day[:10]), age) for day, age in given if day is not None and age is not None)
    return bool(dated) and len(dated) == len(given) and all(starmap(_is_one_life, combinations(dated, 2)))


def _is_one_life(first: tuple[date, float], last: tuple[date, float]) -> bool:
    """Whether somebody can have one age on a day, and another on a later one."""
    days, aged = (last[0] - first[0]).days, last[1] - first[1]
    return abs(aged - days / DAYS) < 1 and (aged == 0 or days >= MONTH)


def owners_of_ages(material: Material, names: Names, items: Sequence[Counted]) -> list[str | None]:
    """The name of the person whose age each figure is; None for what is no age, or nobody's by name."""
    people = {
        article: [
            (m.span, names.canonical(material.text(article, m.span), article))
            for m in material.found[article].mentions
            if m.kind == "person"
        ]
        for article in {c.article for c in items if c.figure.unit == UNIT}
    }
    return [
        _owner(material.texts[c.article], c.figure.span, people[c.article]) if c.figure.unit == UNIT else None
        for c in items
    ]


def _owner(text: str, age: Span, people: Sequence[tuple[Span, str | None]]) -> str | None:
    """The person who is named right behind an age, right before it, or behind what they are called."""
    behind = [(span, name) for span, name in people if span.start >= age.end]
    before = [(span, name) for span, name in people if span.end <= age.start]
    found = [
        *(name for span, name in behind if _is_called(text, age, span, at_once=True)),
        *(name for span, name in before if _BEFORE.fullmatch(text, span.end, age.start)),
        *(name for span, name in behind if _is_called(text, age, span, at_once=False)),
    ]
    return next(filter(None, found), None)


def _is_called(text: str, age: Span, name: Span, *, at_once: bool) -> bool:
    """Whether a name behind an age is that of whom it describes: at once, or set off behind nouns, for a verb tells another thing."""
    between = _BEHIND.fullmatch(text, age.end, name.start)
    if between is None or "old" not in text[age.start : between.start(1)].lower():
        return False
    nouns = between[1].split()
    if at_once:
        return not nouns and not between[2]
    return bool(between[2]) and STOP.isdisjoint(nouns) and _SET_OFF.match(text, name.end) is not None
