"""The kinds of time expression: one pattern and one reading for each, to a TIMEX3 value with its days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rashomon.annotate import calendar
from rashomon.annotate.calendar import Resolved, Tense
from rashomon.lexicon import alternation, dotted, few_blanks, load_lexicon
from rashomon.model import TimeType
from rashomon.text.numbers import find_numbers

UNKNOWN_DAY = "XXXX-XX-XX"


@dataclass(frozen=True)
class Moment:
    """What a reading of a time needs to know: the match, the day of the report, and the tense around it."""

    match: re.Match[str]
    published: date | None
    tense: Callable[[], Tense]

    def __getitem__(self, group: str) -> str:
        return (self.match[group] or "").lower().rstrip(".")


Read = Callable[[Moment], tuple[TimeType, Resolved] | None]


@lru_cache(maxsize=1)
def readers() -> tuple[tuple[re.Pattern[str], Read], ...]:
    """Every kind of expression as a pattern and its reading, from the most to the least specific."""
    cal, lex = load_lexicon("calendar"), load_lexicon("times")
    months, days = dotted(cal["months"]), dotted(cal["weekdays"])
    parts, seasons = alternation(lex["parts_of_day"]), alternation(lex["seasons"])
    unit = rf"(?P<unit>{alternation(lex['units'])})s?"
    tens, ones = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety", "one|two|three|four|five|six|seven|eight|nine"
    number = rf"(?P<number>\d{{1,18}}(?:\.\d{{1,12}}|\s+1/2|½)?|(?:{tens})[\s-](?:{ones})|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|a\s+couple\s+of|several|a\s+few|few|many|dozens\s+of|hundred(?:s\s+of)?)"
    which = r"(?P<which>last|next|this|past|coming|previous|following|same)"
    about = r"(?:(?:about|around|nearly|almost|over|more\s+than|less\s+than|at\s+least|just|some|up\s+to)\s+)?"
    edge = r"(?:mid|late|later|early|earlier)"
    clock = r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s*(?P<half>[ap]\.?m\b\.?)"
    zones = alternation(lex["zones"])
    years = rf"(?:{tens})(?:[\s-](?:{ones}))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    nth = r"(?P<nth>first|second|third|fourth|final|last)"
    rows: list[tuple[str, Read]] = [
        (rf"\b(?P<month>{months}),?\s+(?P<which>last|next|this)\s+year\b", _month_of_year),
        (
            rf"\b(?P<part>early|mid|late|beginning\s+of|end\s+of)[\s-]+(?P<month>{months})(?:,?\s+(?:of\s+)?(?P<year>\d{{4}})\b)?",
            _part_of_month,
        ),
        (rf"\b(?P<month>{months}),?\s+(?:of\s+)?(?P<year>\d{{4}})\b", _month_year),
        (rf"\b(?P<every>every|each)\s+(?:{number}\s+)?(?:(?P<day>{days})|(?:{unit}|(?P<part>{parts}))\b)", _every),
        (rf"\bbetween\s+(?P<from>{days})\s+and\s+(?P<to>{days})", _between_days),
        (
            rf"(?:{clock}|\b(?:noon|midnight))(?:\s*(?:{zones})\b)?,?\s+(?:on\s+)?(?:(?P<day>{days})|(?P<named>yesterday|today|tomorrow))\b",
            _clock_of_day,
        ),
        (rf"\b(?:(?:early|late)\s+)?(?:{which}\s+)?(?P<day>{days})(?:\s+(?P<part>{parts})\b)?", _weekday),
        (rf"\b(?:{edge}[\s-]+)?(?P<day>yesterday|today|tomorrow)(?:\s+(?P<part>{parts}))?\b", _named_day),
        (r"\b(?P<day>tonight)\b", _named_day),
        (r"\b(?P<part>overnight)\b", _overnight),
        (rf"\b(?:{edge}[\s-]+)?(?P<which>this|last|that)\s+(?P<part>morning|afternoon|evening|night)\b", _this_part),
        (
            rf"\b(?:(?P<part>earlier|early|late|later|the\s+end\s+of|the\s+beginning\s+of|the\s+start\s+of|end\s+of)\s+)?(?:the\s+)?{which}\s+(?P<unit>week)\b",
            _week,
        ),
        (r"\b(?P<which>this|last|next|past|coming|the)\s+weekend\b", _weekend),
        (
            r"\b(?:(?P<part>earlier|early|late|later|the\s+end\s+of|the\s+beginning\s+of)\s+)?(?P<which>this|last|next|that|(?:the\s+)?current)\s+(?:fiscal\s+)?(?P<unit>month|year|quarter|decade|century)\b",
            _this_unit,
        ),
        (rf"\b(?:the\s+)?(?P<which>past)(?P<number>)\s+{unit}\b(?<!s)", _span_of_units),
        (rf"\b(?:the\s+)?(?P<which>last|past|next|coming|previous|first|final)\s+{number}\s+{unit}\b", _span_of_units),
        (rf"\b{about}{number}[\s-]+{unit}\s+(?P<dir>ago|earlier|previously|from\s+now)\b", _ago),
        (
            rf"\b(?P<season>{seasons})\s+(?:of\s+)?(?P<year>\d{{4}})\b|\b(?P<which>this|last|next)\s+(?P<season2>{seasons})\b",
            _season,
        ),
        (rf"\b(?:the\s+)(?P<year>(?:19|20)\d\d)\s+(?:fiscal\s+)?{nth}[\s-]quarter\b", _quarter),
        (r"\bthe\s+(?P<year>(?:19|20)\d\d)\s+(?:fiscal\s+)?(?:period|quarter|year)\b", _bare_year),
        (
            rf"\b(?:the\s+(?!\w+-q))?(?:(?P<back>year-earlier|year-ago)\s+|(?:latest|current|comparable|fiscal)\s+){{0,4}}{nth}[\s-]quarter(?:\s+(?:of\s+)?(?P<year>\d{{4}}))?\b",
            _quarter,
        ),
        (
            r"\b(?:the\s+)?(?P<back>year-earlier|year-ago)(?:\s+(?:quarter|period))?\b|\bthe\s+(?:latest\s+)?quarter\b|\bthe\s+latest\s+period\b",
            _last_quarter,
        ),
        (
            r"\b(?:the\s+)?(?:(?P<part>early|mid|late)[\s-]+)?(?P<decade>(?:1[5-9]|20)\d0)s\b|\b(?:the\s+)['’](?P<short>\d0)s\b",
            _decade,
        ),
        (r"\b(?P<part>early|mid|late)[\s-]+(?P<year>(?:19|20)\d\d)\b(?!-\w)", _part_of_year),
        (rf"\b(?P<which>last|this|next)\s+(?P<month>{months})(?!\s+\d)", _which_month),
        (rf"\b(?P<month>{months})(?!\s+(?:\d|(?-i:[A-Z])))", _bare_month),
        (
            r"(?:\bfiscal\s+(?:year\s+)?)?(?<![\d,.$€£#/-])\b(?P<year>1[6-9]\d\d|20\d\d)\b(?![\d,]*\d|\.\d|%|\s*(?:percent|people|dollars|miles|feet|troops)|-\w)",
            _bare_year,
        ),
        (
            r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s*(?P<half>[ap]\.?m\b\.?)|\b(?P<hour2>\d{1,2}):(?P<minute2>\d\d)\b(?:\s*(?:GMT|UTC|CET|EST|EDT|BST|local time|hours))",
            _clock,
        ),
        (rf"\b(?:(?:the\s+(?=[\w.]+\s))?{about}{number}[\s-]+{unit}(?:-long)?)\b(?![\s-]+old)", _duration),
        (rf"(?<=\b(?:for|ing|ake|ook|hin)\s)(?P<number>){unit}(?<=s)\b", _vague_duration),
        (
            rf"(?<=\bthe\s)(?P<number>){unit}(?<=s)(?=\s+(?:before|after|ahead|since|leading|that\s+follow))",
            _vague_duration,
        ),
        (
            r"\bthe\s+(?:full\s+|fiscal\s+|whole\s+)?(?P<unit>year|week)(?![\w’'-]|\s+(?:ago|of|before|after|later|earlier|to|in\s+which|two\s+thousand|\d))",
            _the_unit,
        ),
        (r"\b(?P<nth>\d{1,2})(?:st|nd|rd|th)[\s-]century\b", _century),
        (
            rf"\b(?:the\s+year\s+)?(?P<hundreds>nineteen|twenty)[\s-](?P<rest>{years})\b|\bthe\s+year\s+(?P<thousand>two\s+thousand(?:\s+(?:and\s+)?(?:{years}))?)\b",
            _spelled_year,
        ),
        (rf"\b(?P<set>{alternation(lex['sets'])})\b", _set),
        (rf"\b(?P<ref>{alternation(lex['references'])})\b", _reference),
        (rf"\b(?P<holiday>{alternation([*lex['holidays'], *lex['floating_holidays']])})\b", _holiday),
    ]
    return tuple((re.compile(few_blanks(pattern), re.IGNORECASE | re.ASCII), read) for pattern, read in rows)


def _months() -> dict[str, int]:
    return load_lexicon("calendar")["months"]  # type: ignore[no-any-return]


def _month_of_year(m: Moment) -> tuple[TimeType, Resolved] | None:
    if m.published is None:
        return "DATE", Resolved(f"XXXX-{_months()[m['month']]:02}")
    year = m.published.year + {"last": -1, "next": 1, "this": 0}[m["which"]]
    return "DATE", calendar.month(year, _months()[m["month"]])


def _part_of_month(m: Moment) -> tuple[TimeType, Resolved] | None:
    number = _months()[m["month"]]
    year = _year_near(m, number)
    if year is None:
        return "DATE", Resolved(f"XXXX-{number:02}")
    part = {"beg": "early", "end": "late"}.get(m["part"][:3], m["part"])
    return "DATE", calendar.part_of_month(calendar.month(year, number), part)


def _year_near(m: Moment, month: int) -> int | None:
    if m["year"]:
        return int(m["year"])
    if m.published is None:
        return None
    return calendar.nearest_year(m.published, month, None, m.tense())


def _month_year(m: Moment) -> tuple[TimeType, Resolved] | None:
    return "DATE", calendar.month(int(m["year"]), _months()[m["month"]])


def _between_days(m: Moment) -> tuple[TimeType, Resolved] | None:
    days = load_lexicon("calendar")["weekdays"]
    if m.published is None:
        return "DATE", Resolved(f"XXXX-WXX-{days[m['from']]}")
    tense = m.tense()
    last = calendar.weekday(m.published, days[m["to"]], tense)
    first = last - timedelta((days[m["to"]] - days[m["from"]]) % 7)
    return "DATE", Resolved(f"{first.isoformat()}/{last.isoformat()}", first, last)


def _weekday(m: Moment) -> tuple[TimeType, Resolved] | None:
    word = m.match["day"]
    if word[0].islower() or word in ("Sun", "Sat", "Wed", "Mon"):
        return None  # a newspaper, a verb; the days are abbreviated with a full stop
    iso_day = load_lexicon("calendar")["weekdays"][m["day"]]
    part = load_lexicon("times")["parts_of_day"].get(m["part"], "")
    kind: TimeType = "TIME" if part else "DATE"
    if m.published is None:
        return kind, Resolved(f"XXXX-WXX-{iso_day}" + (f"T{part}" if part else ""))
    which = {"past": "last", "coming": "next", "previous": "last", "following": "next"}.get(m["which"], m["which"])
    return kind, calendar.day(calendar.weekday(m.published, iso_day, m.tense(), which), part)


def _named_day(m: Moment) -> tuple[TimeType, Resolved] | None:
    word = m["day"]
    offset = load_lexicon("times")["days"][word]
    part = (
        "EV"
        if word == "tonight"
        else load_lexicon("times")["parts_of_day"].get(m["part"] if "part" in m.match.groupdict() else "", "")
    )
    kind: TimeType = "TIME" if part else "DATE"
    if m.published is None:
        return kind, Resolved("PRESENT_REF" if offset == 0 else UNKNOWN_DAY)
    return kind, calendar.day(m.published + timedelta(offset), "NI" if word == "tonight" else part)


def _overnight(m: Moment) -> tuple[TimeType, Resolved] | None:
    if m.published is None:
        return "TIME", Resolved(UNKNOWN_DAY + "TNI")
    eve = m.published - timedelta(1)
    return "TIME", Resolved(f"{eve.isoformat()}TNI", eve, m.published)


def _this_part(m: Moment) -> tuple[TimeType, Resolved] | None:
    part = load_lexicon("times")["parts_of_day"][m["part"]]
    if m["which"] == "that":
        return None
    if m.published is None:
        return "TIME", Resolved(f"{UNKNOWN_DAY}T{part}")
    return "TIME", calendar.day(m.published - timedelta(m["which"] == "last"), part)


_OFFSETS = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1, "following": 1, "same": 0}


def _week(m: Moment) -> tuple[TimeType, Resolved] | None:
    if m.published is None:
        return "DATE", Resolved("XXXX-WXX")
    offset = _OFFSETS[m["which"]]
    if m.match[0].lower().startswith("the last week") or m["which"] == "past":
        return "DURATION", Resolved("P1W", m.published - timedelta(7), m.published)
    whole = calendar.week(m.published, offset, m.tense())
    if not m["part"]:
        return "DATE", whole
    part = next((p for p in ("earlier", "end", "late") if p in m["part"]), "early")
    return "DATE", calendar.part_of_week(whole, part, m.published)


def _weekend(m: Moment) -> tuple[TimeType, Resolved] | None:
    if m.published is None:
        return "DATE", Resolved("XXXX-WXX-WE")
    tense = m.tense()
    offset = _OFFSETS.get(m["which"], 0)
    if m["which"] in ("the", "this") and tense == "past" and m.published.isoweekday() < 6:
        offset = -1
    return "DATE", calendar.weekend(m.published, offset, tense)


def _this_unit(m: Moment) -> tuple[TimeType, Resolved] | None:
    if m.published is None or m["which"] == "that":
        return None if m["which"] == "that" else ("DATE", Resolved("XXXX" if m["unit"] == "year" else "XXXX-XX"))
    offset = _OFFSETS.get(m["which"], 0)
    if m["unit"] == "month":
        whole = calendar.shifted(m.published, offset, "M")
        return "DATE", calendar.part_of_month(whole, m["part"]) if m["part"] in ("early", "late") else whole
    if m["unit"] == "year":
        return "DATE", calendar.year(m.published.year + offset)
    if m["unit"] == "quarter":
        index = m.published.year * 4 + (m.published.month - 1) // 3 + offset
        return "DATE", calendar.quarter(index // 4, index % 4 + 1)
    if m["unit"] == "decade":
        return "DATE", calendar.decade((m.published.year // 10 + offset) * 10)
    return "DATE", Resolved(str(m.published.year // 100 + offset))


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
_HALVES = {"H": "30M", "Y": "6M"}


def _unit(m: Moment) -> str:
    word = m["unit"]
    return "M1" if word == "minute" else str(load_lexicon("times")["units"][word])


def _count(m: Moment) -> float | None:
    """The number of units; None for "several", "a few" and "many"."""
    word = re.sub(r"\s+", " ", m["number"])
    if word in ("", "a", "an"):
        return 1
    if word == "a couple of":
        return 2
    if word.endswith(("1/2", "½")):
        return int(word.removesuffix("1/2").removesuffix("½")) + 0.5
    numbers = find_numbers(word)
    return numbers[0].value if numbers and not word.startswith(("dozens", "hundreds")) else None


def _period(m: Moment) -> str:
    prefix, letter = _UNIT_LETTERS[_unit(m)]
    count = _count(m)
    if count is None:
        return f"{prefix}X{letter}"
    if m["number"].endswith(("1/2", "½")) and letter in _HALVES:
        return f"{prefix}{int(count)}{letter}{_HALVES[letter]}"
    n = count * (2 if _unit(m) == "F" else 1)
    return f"{prefix}{n:g}{letter}"


def _span_of_units(m: Moment) -> tuple[TimeType, Resolved] | None:
    count = _count(m)
    value = _period(m)
    if m.published is None or count is None or m["which"] in ("first", "final"):
        return "DURATION", Resolved(value)
    edge = calendar.shifted(m.published, count * (1 if m["which"] in ("next", "coming") else -1), _unit(m))
    if edge.first is None or edge.last is None:
        return "DURATION", Resolved(value)
    if m["which"] in ("next", "coming"):
        return "DURATION", Resolved(value, m.published, edge.last)
    return "DURATION", Resolved(value, edge.first, m.published)


def _ago(m: Moment) -> tuple[TimeType, Resolved] | None:
    count, where = _count(m), m["dir"]
    back = where in ("ago", "earlier", "before", "previously")
    if where not in ("ago", "from now") and (where in ("before", "after") or m.published is None):
        return "DURATION", Resolved(_period(m))
    if count is None:
        return "DATE", Resolved("PAST_REF" if back else "FUTURE_REF")
    if m.published is None:
        return "DATE", Resolved(UNKNOWN_DAY)
    if where not in {"ago", "from now"} and not (where == "earlier" and count == 1):
        return "DATE", Resolved(UNKNOWN_DAY)
    return "DATE", calendar.shifted(m.published, -count if back else count, _unit(m))


def _the_unit(m: Moment) -> tuple[TimeType, Resolved] | None:
    """The year or the week of a report is that it was written in."""
    if m.published is None:
        return None
    own = calendar.year(m.published.year) if m["unit"] == "year" else calendar.week(m.published, 0, m.tense())
    return "DATE", own


def _century(m: Moment) -> tuple[TimeType, Resolved] | None:
    return "DATE", calendar.century(int(m["nth"]))


def _spelled_year(m: Moment) -> tuple[TimeType, Resolved] | None:
    """A year as it is said in broadcasts: "nineteen ninety-six", "the year two thousand"."""
    words = m["thousand"] or m["rest"]
    value = find_numbers(words)[0].value
    hundreds = {"": 0, "nineteen": 1900, "twenty": 2000}[m["hundreds"]]
    return "DATE", calendar.year(hundreds + int(value))


def _part_of_year(m: Moment) -> tuple[TimeType, Resolved] | None:
    return "DATE", calendar.part_of_month(calendar.year(int(m["year"])), m["part"])


def _every(m: Moment) -> tuple[TimeType, Resolved] | None:
    if m["day"]:
        return "SET", Resolved(f"XXXX-WXX-{load_lexicon('calendar')['weekdays'][m['day']]}")
    if m["part"]:
        return "SET", Resolved(f"{UNKNOWN_DAY}T{load_lexicon('times')['parts_of_day'][m['part']]}")
    return "SET", Resolved(_period(m))


def _season(m: Moment) -> tuple[TimeType, Resolved] | None:
    code = load_lexicon("times")["seasons"][m["season"] or m["season2"]]
    if m["year"]:
        return "DATE", Resolved(f"{m['year']}-{code}")
    if m.published is None:
        return "DATE", Resolved(f"XXXX-{code}")
    return "DATE", Resolved(f"{m.published.year + _OFFSETS[m['which']]}-{code}")


def _quarter(m: Moment) -> tuple[TimeType, Resolved] | None:
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}[m["nth"]]
    if m["year"]:
        return "DATE", calendar.quarter(int(m["year"]), number)
    if m.published is None:
        return "DATE", Resolved(f"XXXX-Q{number}")
    own = (m.published.month - 1) // 3 + 1
    year = m.published.year - (number > own) - bool("back" in m.match.groupdict() and m["back"])
    return "DATE", calendar.quarter(year, number)


def _last_quarter(m: Moment) -> tuple[TimeType, Resolved] | None:
    """Business news speaks of the quarter that has ended."""
    if m.published is None:
        return "DATE", Resolved("XXXX-QX")
    index = m.published.year * 4 + (m.published.month - 1) // 3 - 1 - 4 * bool(m["back"])
    return "DATE", calendar.quarter(index // 4, index % 4 + 1)


def _decade(m: Moment) -> tuple[TimeType, Resolved] | None:
    if m["short"]:
        return "DATE", calendar.decade(1900 + int(m["short"]))
    return "DATE", calendar.decade(int(m["decade"]))


def _which_month(m: Moment) -> tuple[TimeType, Resolved] | None:
    number = _months()[m["month"]]
    if not m.match["month"][0].isupper():
        return None
    if m.published is None:
        return "DATE", Resolved(f"XXXX-{number:02}")
    own = m.published.month
    year = m.published.year + {"last": -(number >= own), "this": 0, "next": int(number <= own)}[m["which"]]
    return "DATE", calendar.month(year, number)


def _bare_month(m: Moment) -> tuple[TimeType, Resolved] | None:
    word = m.match["month"]
    number = _months()[m["month"]]
    if not word[0].isupper() or (len(word) == 3 and not word.endswith(".") and word.lower() != "may"):
        return None
    if word.lower() in ("may", "march"):
        before = m.match.string[max(0, m.match.start() - 12) : m.match.start()].lower()
        if not before.rstrip().endswith(
            (" in", " of", " since", " by", " last", " until", " early", " late", " this", " next", " from")
        ):
            return None
    if m.published is None:
        return "DATE", Resolved(f"XXXX-{number:02}")
    return "DATE", calendar.month(calendar.nearest_year(m.published, number, None, m.tense()), number)


def _bare_year(m: Moment) -> tuple[TimeType, Resolved] | None:
    return "DATE", calendar.year(int(m["year"]))


def _clock(m: Moment) -> tuple[TimeType, Resolved] | None:
    at = _at(m["hour"] or m["hour2"], m["minute"] or m["minute2"], m["half"])
    if at is None:
        return None
    return "TIME", calendar.day(m.published, at) if m.published else Resolved(UNKNOWN_DAY + at)


def _at(hour: str, minute: str, half: str) -> str | None:
    """A clock time as TIMEX3 has it, None when no clock shows it."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        hours = hours % 12 + 12 * half.startswith("p")
    return f"T{hours:02}:{minutes:02}" if hours <= 24 and minutes <= 59 else None


def _clock_of_day(m: Moment) -> tuple[TimeType, Resolved] | None:
    word = m.match[0].lower().split()[0]
    at = {"noon": "T12:00", "midnight": "T24:00"}.get(word) or _at(m["hour"], m["minute"], m["half"])
    if at is None:
        return None
    if m.published is None:
        return "TIME", Resolved(UNKNOWN_DAY + at)
    if m["named"]:
        when = m.published + timedelta(load_lexicon("times")["days"][m["named"]])
    else:
        when = calendar.weekday(m.published, load_lexicon("calendar")["weekdays"][m["day"]], m.tense())
    return "TIME", calendar.day(when, at)


def _vague_duration(m: Moment) -> tuple[TimeType, Resolved] | None:
    prefix, letter = _UNIT_LETTERS[_unit(m)]
    return "DURATION", Resolved(f"{prefix}X{letter}")


def _duration(m: Moment) -> tuple[TimeType, Resolved] | None:
    if m["number"] in ("a", "an", "few", "many") and m["unit"] in ("second", "minute", "quarter", "fall"):
        return None
    if m["number"] in ("a", "an") and m.match[0].count("-"):
        return None
    return "DURATION", Resolved(_period(m))


def _set(m: Moment) -> tuple[TimeType, Resolved] | None:
    return "SET", Resolved(load_lexicon("times")["sets"][m["set"]])


def _reference(m: Moment) -> tuple[TimeType, Resolved] | None:
    value = load_lexicon("times")["references"][re.sub(r"\s+", " ", m["ref"])]
    return "DURATION" if value.startswith("PX") else "DATE", Resolved(value)


def _holiday(m: Moment) -> tuple[TimeType, Resolved] | None:
    name = re.sub(r"\s+", " ", m["holiday"]).replace("’", "'")
    floating = load_lexicon("times")["floating_holidays"].get(name)
    month, day = load_lexicon("times")["holidays"].get(name, (floating[0] if floating else 1, 15))
    if m.published is None:
        return "DATE", Resolved(f"XXXX-{month:02}" + ("" if floating else f"-{day:02}"))
    year = calendar.nearest_year(m.published, month, day, m.tense())
    return "DATE", calendar.day(calendar.floating(year, *floating) if floating else date(year, month, day))
