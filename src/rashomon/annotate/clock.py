"""Times of the clock, alone or with their day: "9 a.m. EST Friday", "at noon on Monday", "4 in the morning", "half past six"."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from rashomon.annotate import calendar
from rashomon.annotate.calendar import Resolved
from rashomon.annotate.moment import UNKNOWN_DAY, Moment, Resolution, Rule, after_any, part_code, patterns
from rashomon.lexicon import alternation, load_lexicon, words_of

# How far before "at" the word may stand that says that a number is an amount: "stood at", "put the dead at".
BEFORE_AT = 24


def rules_with_day() -> list[Rule]:
    """The patterns of a clock time with the day that stands at it."""
    w = patterns()
    clock = r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s{0,20}(?P<half>[ap]\.?m\b\.?)"
    zone = rf"(?:\s{{0,20}}\(?(?:\d{{3,4}}\s)?(?:{w.zones})\)?)*"
    return [
        (
            rf"(?:{clock}|\b(?:noon|midnight)){zone},?\s{{1,20}}(?:on\s{{1,20}}|early\s{{1,20}}|late\s{{1,20}})?(?:(?P<day>{w.days})|(?P<named>yesterday|today|tomorrow))(?!\w)",
            _clock_of_day,
        ),
        (
            rf"\b(?P<hour>\d{{1,2}}):(?P<minute>\d\d),?\s{{1,20}}(?:on\s{{1,20}})?(?:(?P<day>{w.days})\s{{1,20}}|(?P<named>yesterday|this|tomorrow)\s{{1,20}}|(?P<eve>last)\s{{1,20}})(?P<part>{w.parts})(?!\w)",
            _clock_of_day,
        ),
    ]


def rules() -> list[Rule]:
    """The patterns of a clock time alone."""
    w = patterns()
    before = after_any(load_lexicon("times")["before_a_clock"])
    return [
        (
            rf"\b(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?\s{{0,20}}(?P<half>[ap]\.?m\b\.?)|\b(?P<hour2>\d{{1,2}}):(?P<minute2>\d\d)\b(?:\s{{0,20}}(?:{w.zones}|hours))",
            _clock,
        ),
        (rf"{before}(?P<hour>\d{{1,2}}):(?P<minute>\d\d)\b(?![:.]\d)", _clock),
        (
            rf"\b(?P<hour>\d{{1,2}}|{_hours()})(?:\s{{1,20}}o['’]clock)?\s{{1,20}}in\s{{1,20}}the\s{{1,20}}(?P<part>{w.parts})\b",
            _clock,
        ),
        (rf"{before}(?P<named>noon|midnight)\b", _clock),
        *_worded_rules(),
    ]


def _worded_rules() -> list[Rule]:
    """The patterns of a clock time in words: "a quarter past nine", "at ten", "at 4.52 on Tuesday"."""
    hour = rf"(?P<hour>\d{{1,2}}|{_hours()})"
    words = load_lexicon("times")
    minutes = rf"(?P<minutes>{alternation(words['parts_of_an_hour'])})"
    # what stands behind an hour and no noun: "at ten,", "at ten on Monday"
    ends = rf"(?=[,;:)](?!\d)|\.(?:\s|$)|$|\s(?:{alternation(words['after_an_hour'])})\b)"
    return [
        (
            rf"\b(?:an?\s{{1,20}})?{minutes}\s{{1,20}}(?P<side>past|after|to)\s{{1,20}}{hour}\b(?!\s{{0,20}}%)",
            _around_an_hour,
        ),
        (rf"(?<=\bat\s)(?:(?:{alternation(words['about'])})\s{{1,20}})?{hour}(?:[.:](?P<minute>\d\d))?{ends}", _hour),
    ]


@lru_cache(maxsize=1)
def _hour_words() -> dict[str, int]:
    """The numbers of a clock's face in words."""
    return {word: value for word, value in load_lexicon("numbers")["units"].items() if 1 <= value <= 12}


def _hours() -> str:
    return alternation(_hour_words())


def _around_an_hour(m: Moment) -> Resolution:
    """So many minutes past an hour or to it; two bare numbers may be votes or ages: "five to eight"."""
    words: dict[str, int] = load_lexicon("times")["parts_of_an_hour"]
    minutes = words[re.sub(r"\s{1,20}", " ", m["minutes"])]
    behind = m.match.string[: m.match.start()].split()[-1:]
    is_bare = m["side"] != "past" and m["minutes"] in _hour_words()
    if is_bare and not {w.lower() for w in behind} <= frozenset(load_lexicon("times")["before_a_clock"]):
        return None
    hour = int(_hour_words().get(m["hour"]) or m["hour"])
    at = (60 * hour + (minutes if m["side"] != "to" else -minutes)) % (24 * 60)
    return _told(m, _at(str(at // 60), str(at % 60), ""))


def _hour(m: Moment) -> Resolution:
    """An hour behind "at", unless something stands at so much."""
    text, start = m.match.string, m.match.start()
    before = {w.lower() for w in text[max(0, start - BEFORE_AT) : start].split()}
    if not before.isdisjoint(words_of("times", "measuring")):
        return None
    return _told(m, _at(m["hour"], m["minute"], ""))


def _at(hour: str, minute: str, half: str) -> str | None:
    """A clock time as TIMEX3 has it, None when no clock shows it."""
    hours, minutes = int(_hour_words().get(hour, 0) or hour), int(minute or 0)
    if half:
        hours = hours % 12 + 12 * half.startswith("p")
    return f"T{hours:02}:{minutes:02}" if hours <= 24 and minutes <= 59 else None


def _clock(m: Moment) -> Resolution:
    if m["named"]:
        at: str | None = {"noon": "T12:00", "midnight": "T24:00"}[m["named"]]
    else:
        half = m["half"] or {"MO": "a", "": ""}.get(part_code(m["part"]), "p")
        at = _at(m["hour"] or m["hour2"], m["minute"] or m["minute2"], half)
    return _told(m, at)


def _told(m: Moment, at: str | None) -> Resolution:
    """A clock time on the day of its report."""
    if at is None:
        return None
    return "TIME", calendar.day(m.published, at) if m.published else Resolved(UNKNOWN_DAY + at)


def _clock_of_day(m: Moment) -> Resolution:
    word = m.match[0].lower().split()[0]
    half = m["half"] or ({"MO": "a", "": ""}.get(part_code(m["part"]), "p") if m["part"] else "")
    at = {"noon": "T12:00", "midnight": "T24:00"}.get(word) or _at(m["hour"], m["minute"], half)
    if at is None:
        return None
    if m.published is None:
        return "TIME", Resolved(UNKNOWN_DAY + at)
    if m["day"]:
        when = calendar.weekday(m.published, load_lexicon("calendar")["weekdays"][m["day"]], m.tense())
    else:
        named = -1 if m["eve"] else load_lexicon("times")["days"].get(m["named"], 0)
        when = m.published + timedelta(named)
    return "TIME", calendar.day(when, at)
