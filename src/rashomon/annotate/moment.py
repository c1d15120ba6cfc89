"""What is known where a time expression is resolved, and the words that several kinds of expression share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rashomon.annotate.calendar import Resolved, Tense
from rashomon.lexicon import alternation, dotted, load_lexicon
from rashomon.model import Time, TimeType

UNKNOWN_DAY = "XXXX-XX-XX"
# How far a word that names a unit lies from the day of the report.
OFFSETS = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1, "following": 1, "same": 0}


@dataclass(frozen=True)
class Moment:
    """What must be known to resolve a time: the match, the day it is told on, and the tense around it.

    `cased` is false where the text has no capitals at all, so that a small letter says nothing.
    """

    match: re.Match[str]
    published: date | None
    tense: Callable[[], Tense]
    cased: bool = True

    def __getitem__(self, group: str) -> str:
        return (self.match.groupdict().get(group) or "").lower().rstrip(".")

    def is_small(self, group: str) -> bool:
        """Whether a word stands in small letters where a name of a day or month would not."""
        return self.cased and self.match[group][0].islower()


Resolution = tuple[TimeType, Resolved] | None
Resolver = Callable[[Moment], Resolution]
Rule = tuple[str, Resolver]


class SharedPatterns(NamedTuple):
    """The insides of regular expressions that several kinds of expression share."""

    months: str
    days: str
    parts: str
    seasons: str
    unit: str
    number: str
    about: str
    zones: str
    spelled: str


@lru_cache(maxsize=1)
def patterns() -> SharedPatterns:
    """The shared insides, made once."""
    cal, lex, numbers = load_lexicon("calendar"), load_lexicon("times"), load_lexicon("numbers")
    small = alternation(numbers["units"])
    number = (
        rf"(?P<number>\d+(?:\.\d+|,\d{{3}}|\s{{1,20}}1/2|½)?|half\s{{1,20}}an?|half(?=-)|(?:{small})(?:[\s-](?:{small}))?(?:\s{{1,20}}(?:hundred|thousand))?"
        rf"|{alternation(lex['vague_numbers'])}|an?)"
    )
    spelled = alternation([word for word, value in numbers["units"].items() if value >= 10])
    ones = alternation([word for word, value in numbers["units"].items() if 0 < value < 10])
    return SharedPatterns(
        months=dotted(cal["months"]),
        days=dotted(cal["weekdays"]),
        parts=alternation(lex["parts_of_day"]),
        seasons=alternation(lex["seasons"]),
        unit=rf"(?P<unit>{alternation(lex['units'])})s?",
        number=number,
        about=rf"(?:(?:{alternation(lex['about'])})\s{{1,20}})?",
        zones=alternation(lex["zones"]),
        spelled=rf"(?:{spelled})(?:[\s-](?:{ones}))?",
    )


def month_number(m: Moment) -> int:
    """The number of the month matched."""
    return int(load_lexicon("calendar")["months"][m["month"]])


def part_code(word: str) -> str:
    """The TIMEX3 code of a part of the day ("MO" for the morning), or nothing."""
    return str(load_lexicon("times")["parts_of_day"].get(word, ""))


def make_time(start: int, end: int, kind: TimeType, resolved: Resolved) -> Time:
    """A time of the model from a resolved value."""
    first = resolved.first.isoformat() if resolved.first else None
    last = resolved.last.isoformat() if resolved.last else None
    return Time(start=start, end=end, type=kind, value=resolved.value, first=first, last=last)


def day_of(time: Time) -> date | None:
    """The day of a time that is one day."""
    return date.fromisoformat(time.first) if time.first and time.first == time.last else None


def after_any(words: Iterable[str]) -> str:
    """A place behind one of some words and a blank, as the inside of a regular expression."""
    # the blank is asked for first: most places have none before them, and no word is looked for there
    behind = "|".join(rf"(?<=\b{word}\s)" for word in words)
    return rf"(?<=\s)(?:{behind})"
