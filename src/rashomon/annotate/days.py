"""Days of the calendar: weekdays, yesterday and tomorrow, parts of a day, holidays, a day of a month."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rashomon.annotate import calendar
from rashomon.annotate.calendar import Resolved
from rashomon.annotate.moment import UNKNOWN_DAY, Moment, Resolution, Rule, part_code, patterns
from rashomon.lexicon import alternation, load_lexicon
from rashomon.model import TimeType

_OVER = re.compile(r"\bover\s$", re.IGNORECASE)


def rules() -> list[Rule]:
    """The patterns of days with what they resolve to, from the most to the least specific."""
    w, lex = patterns(), load_lexicon("times")
    which = r"(?P<which>this\s{1,20}past|last|next|this|past|coming|previous|following|same)"
    edge = r"(?:mid|late|later|early|earlier)"
    return [
        (rf"\bbetween\s{{1,20}}(?P<from>{w.days})\s{{1,20}}and\s{{1,20}}(?P<to>{w.days})", _between_days),
        (
            rf"\b(?:{edge}(?:\s{{1,20}}on)?\s{{1,20}})?(?:{which}\s{{1,20}})?(?P<day>{w.days})(?:\s{{1,20}}(?P<part>{w.parts})s?\b)?(?P<there>,?\s{{1,20}}local\s{{1,20}}time\b)?",
            _weekday,
        ),
        (
            rf"\b(?:{edge}[\s-]{{1,20}})?(?P<day>yesterday|today|tomorrow)(?:\s{{1,20}}(?P<part>{w.parts}))?\b",
            _named_day,
        ),
        (r"\b(?:(?:early|late|later)\s{1,20})?(?P<day>tonight)\b", _named_day),
        (r"\b(?P<part>overnight)\b", _overnight),
        (
            rf"\b(?:{edge}[\s-]{{1,20}})?(?P<which>this|last|that)\s{{1,20}}(?P<part>morning|afternoon|evening|night)\b",
            _this_part,
        ),
        (
            rf"\b(?P<holiday>{alternation([*lex['holidays'], *lex['floating_holidays'], *lex['easter']])})(?P<weekend>\s{{1,20}}weekend)?\b",
            _holiday,
        ),
        (r"(?<=\bon\s)the\s{1,20}(?P<nth>\d{1,2})(?:st|nd|rd|th)\b(?!\s{1,20}\w+(?<!and)(?<!or)\b)", _day_of_month),
    ]


def _between_days(m: Moment) -> Resolution:
    days = load_lexicon("calendar")["weekdays"]
    if m.published is None:
        return "DATE", Resolved(f"XXXX-WXX-{days[m['from']]}")
    tense = m.tense()
    last = calendar.weekday(m.published, days[m["to"]], tense)
    first = last - timedelta((days[m["to"]] - days[m["from"]]) % 7)
    return "DATE", Resolved(f"{first.isoformat()}/{last.isoformat()}", first, last)


def _weekday(m: Moment) -> Resolution:
    word = m.match["day"]
    if m.is_small("day") or word in ("Sun", "Sat", "Wed", "Mon"):
        return None  # a newspaper, a verb; the days are abbreviated with a full stop
    iso_day = load_lexicon("calendar")["weekdays"][m["day"]]
    part = part_code(m["part"])
    kind: TimeType = "TIME" if part else "DATE"
    if m.published is None:
        return kind, Resolved(f"XXXX-WXX-{iso_day}" + (f"T{part}" if part else ""))
    said = "past" if m["which"].endswith("past") else m["which"]
    which = {"past": "last", "coming": "next", "previous": "last", "following": "next"}.get(said, said)
    if m["there"] and (m.published + timedelta(1)).isoweekday() == iso_day:
        return kind, calendar.day(m.published + timedelta(1), part)  # where it happened the next day has begun
    return kind, calendar.day(calendar.weekday(m.published, iso_day, m.tense(), which), part)


def _named_day(m: Moment) -> Resolution:
    word = m["day"]
    offset = load_lexicon("times")["days"][word]
    part = "NI" if word == "tonight" else part_code(m["part"])
    kind: TimeType = "TIME" if part else "DATE"
    if m.published is None:
        return kind, Resolved("PRESENT_REF" if offset == 0 else UNKNOWN_DAY)
    return kind, calendar.day(m.published + timedelta(offset), part)


def _overnight(m: Moment) -> Resolution:
    if m.published is None:
        return "TIME", Resolved(UNKNOWN_DAY + "TNI")
    eve = m.published - timedelta(1)
    return "TIME", Resolved(f"{eve.isoformat()}TNI", eve, m.published)


def _this_part(m: Moment) -> Resolution:
    part = part_code(m["part"])
    if m["which"] == "that":
        return None
    if m.published is None:
        return "TIME", Resolved(f"{UNKNOWN_DAY}T{part}")
    return "TIME", calendar.day(m.published - timedelta(m["which"] == "last"), part)


def _holiday(m: Moment) -> Resolution:
    """A holiday of the nearest year on the side the verb looks to; its weekend is the Saturday and Sunday at it."""
    lex = load_lexicon("times")
    name = re.sub(r"\s{1,20}", " ", m["holiday"]).replace("’", "'")
    if m.published is None:
        if name in lex["holidays"]:
            month, day = lex["holidays"][name]
            return "DATE", Resolved(f"XXXX-{month:02}-{day:02}")
        month = lex["floating_holidays"].get(name, [0])[0]
        return "DATE", Resolved(f"XXXX-{month:02}" if month else "XXXX")
    years = (m.published.year - 1, m.published.year, m.published.year + 1)
    when = calendar.nearest(m.published, [_holiday_in(name, year) for year in years], m.tense(), calendar.A_ROUND_AGO)
    over = name == "easter" and _OVER.search(m.match.string, max(0, m.match.start() - 6), m.match.start())
    return "DATE", calendar.weekend_at(when) if m["weekend"] or over else calendar.day(when)


def _holiday_in(name: str, year: int) -> date:
    lex = load_lexicon("times")
    if name in lex["easter"]:
        return calendar.easter(year) + timedelta(lex["easter"][name])
    if name in lex["floating_holidays"]:
        return calendar.floating(year, *lex["floating_holidays"][name])
    month, day = lex["holidays"][name]
    return date(year, month, day)


def _day_of_month(m: Moment) -> Resolution:
    """A day without its month is the nearest one on the side the verb looks to: "on the 12th"."""
    if m.published is None or not 1 <= int(m["nth"]) <= 31:
        return None
    ahead = m.tense() == "future"
    step = timedelta(1 if ahead else -1)
    when = m.published
    for _ in range(62):
        if when.day == int(m["nth"]):
            return "DATE", calendar.day(when)
        when += step
    return None
