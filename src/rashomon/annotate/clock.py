"""Times of the clock, alone or with their day: "9 a.m. EST Friday", "at noon on Monday", "4 in the morning"."""

from __future__ import annotations

from datetime import timedelta

from rashomon.annotate import calendar
from rashomon.annotate.calendar import Resolved
from rashomon.annotate.moment import UNKNOWN_DAY, Moment, Resolution, Rule, after_any, part_code, patterns
from rashomon.lexicon import load_lexicon


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
            rf"\b(?P<hour>\d{{1,2}})(?:\s{{1,20}}o['’]clock)?\s{{1,20}}in\s{{1,20}}the\s{{1,20}}(?P<part>{w.parts})\b",
            _clock,
        ),
        (rf"{before}(?P<named>noon|midnight)\b", _clock),
    ]


def _at(hour: str, minute: str, half: str) -> str | None:
    """A clock time as TIMEX3 has it, None when no clock shows it."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        hours = hours % 12 + 12 * half.startswith("p")
    return f"T{hours:02}:{minutes:02}" if hours <= 24 and minutes <= 59 else None


def _clock(m: Moment) -> Resolution:
    if m["named"]:
        at: str | None = {"noon": "T12:00", "midnight": "T24:00"}[m["named"]]
    else:
        half = m["half"] or {"MO": "a", "": ""}.get(part_code(m["part"]), "p")
        at = _at(m["hour"] or m["hour2"], m["minute"] or m["minute2"], half)
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
