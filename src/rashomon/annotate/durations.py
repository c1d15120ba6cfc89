"""Durations, distances from the day of the report, and sets: "three weeks", "two years ago", "every Monday"."""

from __future__ import annotations

import re

from rashomon.annotate import calendar
from rashomon.annotate.calendar import Resolved
from rashomon.annotate.moment import UNKNOWN_DAY, Moment, Resolution, Rule, after_any, part_code, patterns
from rashomon.lexicon import alternation, load_lexicon
from rashomon.text.numbers import find_numbers


def set_rules() -> list[Rule]:
    """The patterns of what comes again, read before the days and units in them."""
    w = patterns()
    return [
        (
            rf"\b(?P<every>every|each)\s{{1,20}}(?:other\s{{1,20}})?(?:{w.number}\s{{1,20}})?(?:(?P<day>{w.days})|(?:{w.unit}|(?P<part>{w.parts}))\b)",
            _every,
        ),
        (rf"\b(?P<set>{alternation(load_lexicon('times')['sets'])})\b", _set),
    ]


def reach_rules() -> list[Rule]:
    """The patterns of stretches that end or begin on the day of the report, and of distances from it."""
    w = patterns()
    more = rf"(?:(?:{alternation(load_lexicon('times')['counted_as'])})\s{{1,20}})?"
    return [
        (rf"\b(?:the\s{{1,20}})?(?P<which>past)(?P<number>)\s{{1,20}}{w.unit}\b(?<!s)", _span_of_units),
        (
            r"\bthe\s{1,20}(?P<which>last|coming)(?P<number>)\s{1,20}(?P<unit>month|year|decade|century)\b(?!\s{1,20}of\b|['’])",
            _span_of_units,
        ),
        (
            rf"\b(?:the\s{{1,20}})?(?P<which>last|past|next|coming|previous|first|final)\s{{1,20}}(?:{w.about}{w.number})\s{{1,20}}{more}{w.unit}\b",
            _span_of_units,
        ),
        (rf"\b(?:the\s{{1,20}})?(?P<which>past|coming|recent)\s{{1,20}}(?P<number>){w.unit}(?<=s)\b", _open_span),
        (
            rf"\b{w.about}{w.number}[\s-]{{1,20}}{more}{w.unit}(?:\s{{1,20}}or\s{{1,20}}so)?\s{{1,20}}(?P<dir>ago|earlier|previously|from\s{{1,20}}now)\b",
            _ago,
        ),
        (rf"\b(?P<number>){w.unit}(?<=s)\s{{1,20}}(?P<dir>ago)\b", _ago),
    ]


def rules() -> list[Rule]:
    """The patterns of plain durations."""
    w = patterns()
    lex = load_lexicon("times")
    more = rf"(?:(?:{alternation(lex['counted_as'])})\s{{1,20}})?"
    led = after_any(lex["before_units"])
    return [
        (
            rf"\b{w.about}{w.number}\s{{1,20}}(?P<unit>{alternation(lex['units'])})s?\s{{1,20}}and\s{{1,20}}a\s{{1,20}}(?P<half>half)\b",
            _duration,
        ),
        (
            rf"\b(?:(?:the\s{{1,20}}(?=[\w.]+\s))?{w.about}{w.number}[\s-]{{1,20}}{more}{w.unit}(?:-long)?)\b(?![\s-]{{1,20}}old|-(?!long)\w)",
            _duration,
        ),
        (rf"\b{w.unit}(?P<number>)-long\b|\b(?P<tied>day|week|month|year|decade)long\b", _duration),
        (r"\b(?P<which>half|quarter)[\s-]century\b", _duration),
        (rf"{led}(?P<number>){w.unit}(?<=s)\b(?![\s-]{{1,20}}old)", _vague_duration),
        (
            rf"(?<=\bthe\s)(?P<number>){w.unit}(?<=s)(?=\s{{1,20}}(?:before|after|ahead|since|leading|following|to\s{{1,20}}come|that\s{{1,20}}follow))",
            _vague_duration,
        ),
        (rf"\b(?P<number>){w.unit}(?<=s)(?=\s{{1,20}}(?:before|after)\b)", _vague_duration),
    ]


_UNIT_LETTERS = {
    "S": ("PT", "S"),
    "M1": ("PT", "M"),
    "H": ("PT", "H"),
    "D": ("P", "D"),
    "W": ("P", "W"),
    "F": ("P", "W"),
    "M": ("P", "M"),
    "Q": ("P", "Q"),
    "Y": ("P", "Y"),
    "DE": ("P", "DE"),
    "CE": ("P", "CE"),
    "WE": ("P", "WE"),
}


# Half of a unit in the next smaller one, as TIMEX3 writes "5 1/2 hours": PT5H30M.
_HALVES = {"H": "30M", "Y": "6M", "M": "30S"}


def _unit(m: Moment) -> str:
    word = m["unit"] or m["tied"] or "century"
    return "M1" if word == "minute" else str(load_lexicon("times")["units"][word])


def _count(m: Moment) -> float | None:
    """The number of units; None for "several", "a few" and "many"."""
    word = re.sub(r"\s{1,20}", " ", m["number"])
    if word in ("", "a", "an"):
        return 1
    if word.startswith("half"):
        return 0.5
    if word.endswith(("1/2", "½")):
        return int(word.removesuffix("1/2").removesuffix("½")) + 0.5
    vague = load_lexicon("times")["vague_numbers"]
    if word in vague:
        return float(vague[word]) or None
    numbers = find_numbers(word)
    return numbers[0].value + 0.5 * bool(m["half"]) if numbers else None


def _period(m: Moment) -> str:
    prefix, letter = _UNIT_LETTERS[_unit(m)]
    count = _count(m)
    if count is None:
        return f"{prefix}X{letter}"
    if m["number"] in ("a", "an") and m["half"]:
        count += 0.5
    if count % 1 == 0.5 and letter in _HALVES:
        whole = f"{int(count)}{letter}" if count > 1 else ""
        return f"{prefix}{whole}{_HALVES[letter]}"
    n = count * (2 if _unit(m) == "F" else 1)
    return f"{prefix}{n:g}{letter}"


def _span_of_units(m: Moment) -> Resolution:
    count = _count(m)
    value = _period(m)
    if m.published is None or count is None or m["which"] in ("first", "final"):
        return "DURATION", Resolved(value)
    ahead = m["which"] in ("next", "coming")
    edge = calendar.moved(m.published, count if ahead else -count, _unit(m))
    if edge is None:
        return "DURATION", Resolved(value)
    return "DURATION", Resolved(value, *((m.published, edge) if ahead else (edge, m.published)))


def _ago(m: Moment) -> Resolution:
    """So long before or after the day of the report; "three days earlier" leans on a day that is not known here."""
    count, where = (_count(m) if m["number"] else None), re.sub(r"\s{1,20}", " ", m["dir"])
    back = where != "from now"
    if where not in ("ago", "from now") and m.published is None:
        return "DURATION", Resolved(_period(m))
    if count is None:
        return "DATE", Resolved("PAST_REF" if back else "FUTURE_REF")
    if m.published is None or (where not in ("ago", "from now") and not (where == "earlier" and count == 1)):
        return "DATE", Resolved(UNKNOWN_DAY)
    return "DATE", calendar.shifted(m.published, -count if back else count, _unit(m))


def _open_span(m: Moment) -> Resolution:
    """A stretch of units that nobody counts: "in coming weeks", "the past months"."""
    prefix, letter = _UNIT_LETTERS[_unit(m)]
    return "DURATION", Resolved(f"{prefix}X{letter}")


def _every(m: Moment) -> Resolution:
    if m["day"]:
        return "SET", Resolved(f"XXXX-WXX-{load_lexicon('calendar')['weekdays'][m['day']]}")
    if m["part"]:
        return "SET", Resolved(f"{UNKNOWN_DAY}T{part_code(m['part'])}")
    return "SET", Resolved(_period(m))


def _vague_duration(m: Moment) -> Resolution:
    prefix, letter = _UNIT_LETTERS[_unit(m)]
    return "DURATION", Resolved(f"{prefix}X{letter}")


def _duration(m: Moment) -> Resolution:
    if (
        m["number"] in ("a", "an", "few", "many")
        and m["unit"] in ("second", "minute", "quarter", "fall")
        and not m["half"]
    ):
        return None
    if m["number"] in ("a", "an") and m.match[0].count("-"):
        return None
    if m["unit"] == "quarter" and (m["number"].startswith("three") or m["number"] == "half"):
        return None  # three quarters of something
    if m["which"]:
        return "DURATION", Resolved({"half": "P50Y", "quarter": "P25Y"}[m["which"]])
    if m["tied"] or not m["number"]:
        prefix, letter = _UNIT_LETTERS[_unit(m)]
        many = not m["tied"] and m.match[0].lower().split("-")[0].endswith("s")
        return "DURATION", Resolved(f"{prefix}{'X' if many else 1}{letter}")
    return "DURATION", Resolved(_period(m))


def _set(m: Moment) -> Resolution:
    return "SET", Resolved(load_lexicon("times")["sets"][m["set"]])
