"""Periods of the calendar: weeks, months, quarters, seasons, years, decades, centuries."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from rashomon.annotate import calendar
from rashomon.annotate.calendar import Resolved
from rashomon.annotate.moment import OFFSETS, Moment, Resolution, Rule, month_number, patterns
from rashomon.lexicon import alternation, load_lexicon
from rashomon.text.numbers import find_numbers

# "a March meeting" is held in a month, "the March on Tessmar" is none.
_A = re.compile(r"\b(?:a|an|the|its|his|her|their)\s{1,20}$", re.IGNORECASE)
_MEETING = re.compile(r"\s{1,20}(?!on\b|for\b|of\b|in\b|to\b|and\b|by\b|is\b|was\b|will\b|that\b)[a-z]+\b")


def month_rules() -> list[Rule]:
    """The patterns of a month with its year, read before any day."""
    w = patterns()
    part = r"(?P<part>early|mid|late|(?:the\s{1,20})?(?:beginning|start|middle|end)\s{1,20}of)"
    return [
        (
            (
                rf"\b(?P<month>{w.months})\s{{1,20}}or\s{{1,20}}(?:(?P<part>early|mid|late)[\s-]{{1,20}})?(?P<month2>{w.months})(?!\s{{1,20}}\d)"
                rf"|\bbetween\s{{1,20}}(?P<from>{w.months})\s{{1,20}}and\s{{1,20}}(?P<to>{w.months})(?:\s{{1,20}}(?:of\s{{1,20}})?(?P<year>\d{{4}})\b|(?!\s{{1,20}}\d))"
            ),
            _months_between,
        ),
        (
            rf"\b(?P<month>{w.months}),?\s{{1,20}}(?:of\s{{1,20}})?(?P<which>last|next|this)\s{{1,20}}year\b",
            _month_of_year,
        ),
        (
            rf"\b{part}[\s-]{{1,20}}(?P<month>{w.months})(?:,?\s{{1,20}}(?:of\s{{1,20}})?(?P<year>\d{{4}})\b)?",
            _part_of_month,
        ),
        (
            rf"\b(?P<month>{w.months}),?\s{{1,20}}(?:of\s{{1,20}})?(?:(?P<year>\d{{4}})\b|(?P<said>nineteen[\s-]{w.spelled}\b))",
            _month_year,
        ),
    ]


def rules() -> list[Rule]:
    """The patterns of periods with what they resolve to, from the most to the least specific."""
    w = patterns()
    which = r"(?P<which>this\s{1,20}past|last|next|this|past|coming|previous|following|same)"
    part = r"(?:(?P<part>earlier|early|late|later|(?:the\s{1,20})?(?:end|beginning|start|middle)\s{1,20}of)\s{1,20})?"
    nth = r"(?P<nth>first|second|third|fourth|final|last)"
    return [
        (rf"\b{part}(?:the\s{{1,20}})?{which}\s{{1,20}}(?P<unit>week)\b(?!-long)", _week),
        (r"\b(?P<which>this\s{1,20}past|this|last|next|past|coming|the)\s{1,20}weekend\b", _weekend),
        (
            rf"\b{part}(?P<which>this|last|next|that|(?:the\s{{1,20}})?current)\s{{1,20}}(?:fiscal\s{{1,20}})?(?P<unit>month|year|quarter|decade|century)\b",
            _this_unit,
        ),
        (
            r"\b(?:the\s{1,20})?(?P<part>end)\s{1,20}of\s{1,20}(?:the\s{1,20})?(?P<unit>month|year|decade|century)\b(?!\s{1,20}\d)",
            _end_of,
        ),
        (r"\b(?P<unit>year|month)[\s-](?P<part>end)\b|\b(?P<unit2>year)['’]s\s{1,20}end\b", _end_of),
        (
            (
                rf"\b(?:the\s{{1,20}})?(?:(?P<part>early|mid|late)[\s-]{{1,20}})?(?P<season>{w.seasons})\s{{1,20}}(?:of\s{{1,20}})?(?:(?P<year>\d{{4}})\b|nineteen[\s-](?P<said>{w.spelled})\b)"
                rf"|\b(?P<which>this\s{{1,20}}past|this|last|next|past|coming)\s{{1,20}}(?P<season2>{w.seasons})\b"
            ),
            _season,
        ),
        (rf"(?<=\b(?:in|of)\s)(?:the\s{{1,20}})?(?P<season>{w.seasons})\b(?!-)", _season),
        (rf"(?<=\bover\s)(?:the\s{{1,20}})(?P<season>{w.seasons})\b(?!-)", _season),
        (
            r"\b(?:the\s{1,20})?(?P<half>first|second|last)\s{1,20}half\s{1,20}of\s{1,20}(?:(?P<year>(?:19|20)\d\d)\b|(?P<which>this|last|next|the)\s{1,20}year\b)",
            _half_year,
        ),
        (rf"\b(?:the\s{{1,20}})(?P<year>(?:19|20)\d\d)\s{{1,20}}(?:fiscal\s{{1,20}})?{nth}[\s-]quarter\b", _quarter),
        (r"\bthe\s{1,20}(?P<year>(?:19|20)\d\d)\s{1,20}(?:fiscal\s{1,20})?(?:period|quarter|year)\b", _bare_year),
        (
            rf"\b(?:the\s{{1,20}}(?!\w+-q))?(?:(?P<back>year-earlier|year-ago)\s{{1,20}}|(?:latest|current|comparable|fiscal)\s{{1,20}})*{nth}[\s-]quarter(?:\s{{1,20}}(?:of\s{{1,20}})?(?P<year>\d{{4}}))?\b",
            _quarter,
        ),
        (
            r"\b(?:the\s{1,20})?(?P<back>year-earlier|year-ago)(?:\s{1,20}(?:quarter|period))?\b|\bthe\s{1,20}(?:latest\s{1,20})?quarter\b|\bthe\s{1,20}latest\s{1,20}period\b",
            _last_quarter,
        ),
        (
            (
                r"\b(?:the\s{1,20})?(?:(?P<part>early|mid|late)[\s-]{1,20})?(?P<decade>(?:1[5-9]|20)\d0)s\b|\b(?:the\s{1,20})['’](?P<short>\d0)s\b"
                rf"|\bthe\s{{1,20}}(?:(?:early|mid|late)[\s-]{{1,20}})?(?P<named>{alternation(load_lexicon('times')['decades'])})\b"
            ),
            _decade,
        ),
        (r"(?<![\d-])\b(?P<year>(?:1[6-9]|20)\d\d)[-–](?P<to>(?:1[6-9]|20)\d\d|\d\d)\b(?![\d-])", _years),
        (r"\b(?P<part>early|mid|late)[\s-]{1,20}(?P<year>(?:19|20)\d\d)\b(?!-\w)", _part_of_year),
        (
            rf"\b(?P<which>this\s{{1,20}}past|last|this|next)\s{{1,20}}(?P<month>{w.months})(?!\s{{1,20}}\d)",
            _which_month,
        ),
        (rf"\b(?P<month>{w.months})(?!\s{{1,20}}(?:\d|(?-i:[A-Z])))", _bare_month),
        (rf"(?<=\b(?:in|of|by)\s)(?P<month>{w.months})(?!\s{{1,20}}\d)", _bare_month),
        (
            r"(?:\bfiscal\s{1,20}(?:year\s{1,20})?)?(?<![\d,.$€£#/-])\b(?P<year>1[6-9]\d\d|20\d\d)\b(?![\d,]*\d|\.\d|%|\s{0,20}(?:percent|people|dollars|miles|feet|troops)|-\w)",
            _bare_year,
        ),
        (
            rf"\b(?:the\s{{1,20}}year\s{{1,20}})?(?P<hundreds>nineteen|twenty)[\s-](?P<rest>{w.spelled})\b|\bthe\s{{1,20}}year\s{{1,20}}(?P<thousand>two\s{{1,20}}thousand(?:\s{{1,20}}(?:and\s{{1,20}})?(?:{w.spelled}))?)\b",
            _spelled_year,
        ),
        (
            r"\bthe\s{1,20}(?:full\s{1,20}|fiscal\s{1,20}|whole\s{1,20})?(?P<unit>year|week)(?![\w’'-]|\s{1,20}(?:ago|of|before|after|later|earlier|to|in\s{1,20}which|two\s{1,20}thousand|\d))",
            _the_unit,
        ),
        (r"\b(?P<nth>\d{1,2})(?:st|nd|rd|th)[\s-]century\b", _century),
    ]


def _month_of_year(m: Moment) -> Resolution:
    if m.published is None:
        return "DATE", Resolved(f"XXXX-{month_number(m):02}")
    year = m.published.year + {"last": -1, "next": 1, "this": 0}[m["which"]]
    return "DATE", calendar.month(year, month_number(m))


def _part_of_month(m: Moment) -> Resolution:
    year = _year_near(m, month_number(m))
    if year is None:
        return "DATE", Resolved(f"XXXX-{month_number(m):02}")
    part = m["part"].removeprefix("the").strip()
    named = {"beg": "early", "sta": "early", "mid": "mid", "end": "late"}.get(part[:3], part)
    return "DATE", calendar.part_of_month(calendar.month(year, month_number(m)), named)


def _months_between(m: Moment) -> Resolution:
    """One of two months, or from one to the other: "May or early June", "between February and May"."""
    names = load_lexicon("calendar")["months"]
    first, last = (names[m[a] or m[b]] for a, b in (("month", "from"), ("month2", "to")))
    if m.is_small("month" if m["month"] else "from") or m.published is None:
        return None
    year = int(m["year"]) if m["year"] else calendar.nearest_year(m.published, last, None, m.tense())
    start = calendar.month(year - (last < first), first)
    end = calendar.month(year, last)
    end = calendar.part_of_month(end, m["part"]) if m["part"] else end
    return "DATE", Resolved(f"{start.value}/{end.value}", start.first, end.last)


def _year_near(m: Moment, month: int) -> int | None:
    if m["year"]:
        return int(m["year"])
    if m.published is None:
        return None
    return calendar.nearest_year(m.published, month, None, m.tense())


def _month_year(m: Moment) -> Resolution:
    year = int(m["year"]) if m["year"] else 1900 + int(find_numbers(m["said"].replace("nineteen", "", 1))[0].value)
    return "DATE", calendar.month(year, month_number(m))


def _week(m: Moment) -> Resolution:
    if m.match[0] == "This Week" and m.cased:
        return None  # a programme
    if m.published is None:
        return "DATE", Resolved("XXXX-WXX")
    which = re.sub(r"\s{1,20}", " ", m["which"])
    if re.match(r"the\s{1,20}last", m.match[0], re.IGNORECASE) or which in ("past", "this past"):
        return "DURATION", Resolved("P1W", m.published - timedelta(7), m.published)
    whole = calendar.week(m.published, OFFSETS[which], m.tense())
    if not m["part"]:
        return "DATE", whole
    part = next((p for p in ("earlier", "end", "late") if p in m["part"]), "early")
    return "DATE", calendar.part_of_week(whole, part, m.published)


def _weekend(m: Moment) -> Resolution:
    if m.published is None:
        return "DATE", Resolved("XXXX-WXX-WE")
    tense = m.tense()
    offset = OFFSETS.get(m["which"], 0)
    past = m["which"].startswith("this") and "past" in m["which"]
    gone = tense != "future" if m["which"] == "the" else tense == "past" and m["which"] == "this"
    if gone and m.published.isoweekday() < 6:
        offset = -1
    if past:
        offset = 0 if m.published.isoweekday() == calendar.SUNDAY else -1
    return "DATE", calendar.weekend(m.published, offset, tense)


def _this_unit(m: Moment) -> Resolution:
    if m["which"] == "that":
        return None
    if m.published is None:
        return "DATE", Resolved("XXXX" if m["unit"] == "year" else "XXXX-XX")
    offset = OFFSETS.get(m["which"], 0)
    whole = _unit_at(m, offset)
    part = m["part"].removeprefix("the").strip()
    if offset == 0 and part in ("earlier", "later"):
        return "DATE", calendar.beside(whole, part, m.published)
    if m["unit"] in ("month", "year") and part:
        return "DATE", calendar.part_of_month(
            whole, "late" if part in ("late", "later") or part.startswith("end") else "early"
        )
    return "DATE", whole


def _unit_at(m: Moment, offset: int) -> Resolved:
    """The month, quarter, year, decade or century so many away from that of the report."""
    assert m.published is not None
    if m["unit"] == "month":
        return calendar.shifted(m.published, offset, "M")
    if m["unit"] == "year":
        return calendar.year(m.published.year + offset)
    if m["unit"] == "quarter":
        index = m.published.year * 4 + (m.published.month - 1) // 3 + offset
        return calendar.quarter(index // 4, index % 4 + 1)
    if m["unit"] == "decade":
        return calendar.decade((m.published.year // 10 + offset) * 10)
    return Resolved(str(m.published.year // 100 + offset))


def _end_of(m: Moment) -> Resolution:
    """The end of the report's own month, year or decade: "by year's end"."""
    if m.published is None:
        return None
    unit = m["unit"] or m["unit2"]
    if unit == "month":
        return "DATE", calendar.part_of_month(calendar.month(m.published.year, m.published.month), "late")
    if unit == "year":
        return "DATE", calendar.part_of_month(calendar.year(m.published.year), "late")
    return "DATE", calendar.decade(m.published.year // 10 * 10) if unit == "decade" else Resolved(
        str(m.published.year // 100)
    )


def _half_year(m: Moment) -> Resolution:
    half = 1 if m["half"] == "first" else 2
    if m["year"]:
        return "DATE", calendar.half(int(m["year"]), half)
    if m.published is None:
        return None
    return "DATE", calendar.half(m.published.year + OFFSETS.get(m["which"], 0), half)


def _years(m: Moment) -> Resolution:
    """From one year to another, written as one: "1950-53"."""
    first, last = int(m["year"]), int(m["to"])
    last += first // 100 * 100 if last < 100 else 0
    if last <= first:
        return None
    whole = calendar.year(first), calendar.year(last)
    return "DATE", Resolved(f"{first}/{last}", whole[0].first, whole[1].last)


def _the_unit(m: Moment) -> Resolution:
    """The year or the week of a report is that it was written in."""
    if m.published is None:
        return None
    own = calendar.year(m.published.year) if m["unit"] == "year" else calendar.week(m.published, 0, m.tense())
    return "DATE", own


def _century(m: Moment) -> Resolution:
    return "DATE", calendar.century(int(m["nth"]))


def _spelled_year(m: Moment) -> Resolution:
    """A year as it is said in broadcasts: "nineteen ninety-six", "the year two thousand"."""
    words = m["thousand"] or m["rest"]
    value = find_numbers(words)[0].value
    hundreds = {"": 0, "nineteen": 1900, "twenty": 2000}[m["hundreds"]]
    return "DATE", calendar.year(hundreds + int(value))


def _part_of_year(m: Moment) -> Resolution:
    return "DATE", calendar.part_of_month(calendar.year(int(m["year"])), m["part"])


def _season(m: Moment) -> Resolution:
    code = load_lexicon("times")["seasons"][m["season"] or m["season2"]]
    if m["year"]:
        return "DATE", calendar.season(int(m["year"]), code)
    if m["said"]:
        return "DATE", calendar.season(1900 + int(find_numbers(m["said"])[0].value), code)
    if m.published is None:
        return "DATE", Resolved(f"XXXX-{code}")
    which = re.sub(r"\s{1,20}", " ", m["which"])
    return "DATE", calendar.season_near(m.published, code, which, m.tense())


def _quarter(m: Moment) -> Resolution:
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}[m["nth"]]
    if m["year"]:
        return "DATE", calendar.quarter(int(m["year"]), number)
    if m.published is None:
        return "DATE", Resolved(f"XXXX-Q{number}")
    own = (m.published.month - 1) // 3 + 1
    year = m.published.year - (number > own) - bool("back" in m.match.groupdict() and m["back"])
    return "DATE", calendar.quarter(year, number)


def _last_quarter(m: Moment) -> Resolution:
    """Business news speaks of the quarter that has ended."""
    if m.published is None:
        return "DATE", Resolved("XXXX-QX")
    index = m.published.year * 4 + (m.published.month - 1) // 3 - 1 - 4 * bool(m["back"])
    return "DATE", calendar.quarter(index // 4, index % 4 + 1)


def _decade(m: Moment) -> Resolution:
    if m["named"]:
        return "DATE", calendar.decade(load_lexicon("times")["decades"][m["named"]])
    if m["short"]:
        return "DATE", calendar.decade(1900 + int(m["short"]))
    return "DATE", calendar.decade(int(m["decade"]))


def _which_month(m: Moment) -> Resolution:
    number = month_number(m)
    if m.is_small("month"):
        return None
    if m.published is None:
        return "DATE", Resolved(f"XXXX-{number:02}")
    own = m.published.month
    past = m["which"] == "last" or m["which"].endswith("past")
    year = m.published.year + (-(number >= own) if past else int(number <= own) if m["which"] == "next" else 0)
    return "DATE", calendar.month(year, number)


def _bare_month(m: Moment) -> Resolution:
    word = m.match["month"]
    number = month_number(m)
    if m.is_small("month") or (len(word) == 3 and not word.endswith(".") and word.lower() != "may"):
        return None
    if word.lower() in ("may", "march") and not _is_named_alone(m):
        return None
    if m.published is None:
        return "DATE", Resolved(f"XXXX-{number:02}")
    return "DATE", calendar.month(calendar.nearest_year(m.published, number, None, m.tense()), number)


def _is_named_alone(m: Moment) -> bool:
    """Whether "May" or "March" is the month, to judge by the word before it, or by both its neighbours ("a March meeting")."""
    text, start, end = m.match.string, m.match.start("month"), m.match.end("month")
    before = text[max(0, start - 12) : start]
    return bool(_before_a_month().search(before) or (_A.search(before) and _MEETING.match(text, end)))


@lru_cache(maxsize=1)
def _before_a_month() -> re.Pattern[str]:
    """What stands before "May" and "March" when they are months."""
    return re.compile(rf"\b(?:{alternation(load_lexicon('times')['before_a_month'])})\s{{1,20}}$", re.IGNORECASE)


def _bare_year(m: Moment) -> Resolution:
    return "DATE", calendar.year(int(m["year"]))
