"""Numbers as written in running text: digits, words, fractions, vague plurals, ranges, with the words that bound them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from rashomon.lexicon import alternation, load_lexicon, words_of

Bound = Literal["=", "~", "<", ">"]

_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,8}(?:\.\d{1,12})?|\d{1,18}(?:\.\d{1,12})?|\.\d{1,12})(?![\d]|,\d)"
_RANGE = re.compile(r"\s{0,20}(?:-|–|—|to|and|or)\s{0,20}|-to-", re.IGNORECASE)
# What may be said twice in a range: "5% to 7%", "five per cent to 20 per cent".
_SAME_UNIT = re.compile(r"\s?%|\s{1,20}per\s?cent\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from|anywhere from)\s{1,20}(?:[\w-]+\s{1,20}){0,1}$", re.IGNORECASE)
# A year is no lower bound: "from 2.1 million in 2018 to 3.9 million"; two of them are times.
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_AFTER_YEAR = re.compile(r"\b(?:in|since|of|by|during|until|for)\s{1,20}$", re.IGNORECASE)
# "half a million", "a quarter of a million"
_OF_A = re.compile(r"\s{1,20}(?:of\s{1,20})?a\s", re.IGNORECASE)
_OUT_OF = re.compile(r"\s{1,20}(?:(out\s{1,20}of)|in)\s{1,20}(?:every\s{1,20})?", re.IGNORECASE)
# Nothing that is reported of is counted above this; "a million million …" goes on to what no float holds.
LARGEST = 1e30
# A move of more than this factor is no range: "rose by 2 to 30".
WIDEST_MOVE = 3
_OR_SO = re.compile(
    r"\s{1,20}or\s{1,20}(?:so|more|fewer|less)\b|\s{0,20}\+(?!\d)|-plus\b|\s{1,20}plus\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Number:
    """A number and where it stands. `low` and `high` bound it (null is open); `currency` is the sign before it.

    `kind` says how it is written: "count", "fraction" (half of something), "share" (one in three), "multiple"
    (twice), "ordinal"; `sign` is the
    plus or minus before it.
    """

    start: int
    end: int
    value: float
    low: float | None
    high: float | None
    bound: Bound = "="
    currency: str | None = None
    kind: Literal["count", "fraction", "share", "multiple", "ordinal"] = "count"
    core_start: int = 0
    is_digits: bool = False
    sign: Literal["", "+", "-"] = ""


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return load_lexicon("numbers")


@lru_cache(maxsize=1)
def currencies() -> dict[str, str]:
    """The currency a sign or code stands for, by the sign in small letters."""
    return {sign.lower(): name for sign, name in load_lexicon("units")["currency_symbols"].items()}


@lru_cache(maxsize=1)
def _atom() -> re.Pattern[str]:
    t = _tables()
    small, magnitudes = alternation(t["units"]), alternation(t["magnitudes"])
    ties = rf"(?:{small})(?:[-‑\s](?:{small}))?"
    large = rf"(?:a|an|{ties})(?:(?:\s{{1,20}}|-)(?:{magnitudes})){{1,4}}"
    # each part is taken as a whole: "one one one …" can be told apart in more ways than there are numbers
    words = rf"{large}(?:(?:\s{{1,20}}and)?\s{{1,20}}(?>(?:{large}|{ties})\b)){{0,9}}|{ties}"
    signs = load_lexicon("units")["currency_symbols"]
    codes = alternation([sign.lower() for sign in signs if sign.isalpha() and sign.isupper()])
    currency = rf"(?:{alternation(signs)})|(?:{codes})(?=\s?\d)"
    vague, length = alternation(t["vague"]), alternation(t["behind_metres"].split())
    tight, apart = (
        alternation([s for s in t["suffixes"] if test(s)]) for test in (str, lambda s: len(s) > 1 or s in "BM")
    )
    return re.compile(
        rf"""
        (?P<sign>(?<![\w)\]%])(?:(?<!or\s)minus[\s-]|[-−+](?=[$€£\d])))?(?P<currency>(?-i:(?<![A-Za-z])(?:{currency})))?\s?
            (?(currency)(?P<inner>[-−])?|(?<![\w.,]))(?P<digits>{_DIGITS})
            (?:\s?[×x]\s?10\^?(?P<power>[-−]?\d{{1,2}})(?!\d)|(?P<over>/\d{{1,2}}(?![\d/]))|\s?(?P<mixed>[1-9]/[2-8](?![\d/])))?
            (?:(?:[\s\xa0]|-)?(?P<mag>(?:{magnitudes})(?:\s(?:{magnitudes}))?)s?(?![\w])
               |(?(currency)|(?!(?-i:m)\s{{1,3}}(?:{length})\b))(?P<suffix>(?-i:{tight}))(?![\w])|\s(?P<apart>(?-i:{apart}))(?!\w|\.?\s(?-i:[A-Z])))?
        | \b(?P<vague>(?:{vague})(?:\s{{1,20}}of\s{{1,20}}(?:{vague}))?|(?:several|a\s{{1,20}}few|many)\s{{1,20}}(?P<many>hundred|thousand|million|billion|dozen))\b
        | \b(?P<numerator>(?:a|one|two|three|four|five|six|seven|eight|nine|ten)[\s-])?(?P<fraction>half|thirds?|fourths?|quarters?|fifths?|eighths?|tenths?)\b(?=\s{{1,20}}(?:of|the|a|an)\b|[\s-](?:hours?|miles?|inch|pint|century|decade)\b|\s{{0,20}}$|[,.;]|\s{{1,20}}\w+ed\b)
        | \b(?P<words>{words})\b
        | \b(?P<multiple>{alternation(t["multiples"])})\b
        | \b(?P<ordinal>{alternation(t["ordinals"])}|\d+(?:st|nd|rd|th))(?=\s{{1,20}}(?:anniversary|birthday)\b)
        | \b(?P<multi>multi)-(?P<multimag>{magnitudes})\b
        """,
        re.IGNORECASE | re.VERBOSE | re.ASCII,
    )


@lru_cache(maxsize=1)
def _modifier() -> tuple[re.Pattern[str], dict[str, Bound]]:
    table: dict[str, Bound] = {words: bound for bound, many in _tables()["modifiers"].items() for words in many}
    tied = [form for form in table if not form[0].isalpha() or form.endswith("-")]
    words, signs = alternation([form for form in table if form not in tied]), alternation(tied)
    pattern = rf"(?:(?<!\w)({words})\s{{1,20}}(?:(?:a|an|the)\s{{1,20}})?|({signs})\s?)$"
    return re.compile(pattern, re.IGNORECASE), table


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """The numbers of `text[start:end]` in order, ranges joined and modifiers read."""
    stop = len(text) if end is None else end
    atoms: list[Number] = []
    for m in _atom().finditer(text, start, stop):
        number = _parse(m)
        if number is None or abs(number.value) > LARGEST or (atoms and number.start < atoms[-1].end):
            continue
        if atoms and atoms[-1].kind == "fraction" and _OF_A.fullmatch(text, atoms[-1].end, number.start + 2):
            atoms[-1] = _part_of_many(atoms[-1], number)
        else:
            atoms.append(_and_a_half(text, number))
    return [_modified(text, start, number) for number in _shares(text, _ranges(text, start, atoms))]


def _shares(text: str, atoms: list[Number]) -> list[Number]:
    """So many out of so many become one number: "one out of three", "1 in 5", "six in ten"."""
    joined: list[Number] = []
    for number in atoms:
        last = joined[-1] if joined else None
        if last is not None and _is_share(text, last, number):
            share = last.value / number.value
            joined[-1] = replace(
                last, end=number.end, value=share, low=share, high=share, kind="share", is_digits=False
            )
        else:
            joined.append(number)
    return joined


def _is_share(text: str, part: Number, whole: Number) -> bool:
    link = _OUT_OF.fullmatch(text, part.end, whole.start)
    simple = all(n.kind == "count" and n.low == n.high and n.currency is None for n in (part, whole))
    if link is None or not simple or not 0 < part.value < min(whole.value, 10):
        return False
    if link[1]:
        return whole.value <= 10 or part.value == 1
    rounded = whole.value in (20, 100) or (whole.value % 1000 == 0 and part.value == 1)
    told = 3 <= whole.value <= 10 or rounded
    return told and not _no_share().match(text, whole.end)


@lru_cache(maxsize=1)
def _no_share() -> re.Pattern[str]:
    """What follows the second number where "in" sets it apart: "six in 10 days", "three in 2.5 percent"."""
    return re.compile(
        rf"\s{{0,20}}%|[-–]|\s{{1,20}}(?:{alternation(words_of('numbers', 'after_no_share'))})\b", re.IGNORECASE
    )


def _part_of_many(part: Number, whole: Number) -> Number:
    """Half a million is a count."""
    value = part.value * whole.value
    return replace(part, end=whole.end, value=value, low=value, high=value, kind="count")


def _and_a_half(text: str, number: Number) -> Number:
    """A number with the half said after it: "three and a half decades", "two and a half million"."""
    half = _and_a_half_pattern().match(text, number.end)
    if half is None or number.kind != "count" or number.low != number.value or number.value >= 100:
        return number
    value = (number.value + 0.5) * (_tables()["magnitudes"][half[1].lower()] if half[1] else 1)
    return replace(number, end=half.end(), value=value, low=value, high=value)


@lru_cache(maxsize=1)
def _and_a_half_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\s{{1,20}}and\s{{1,20}}a\s{{1,20}}half\b(?:\s{{1,20}}({alternation(_tables()['magnitudes'])})\b)?",
        re.IGNORECASE,
    )


def _parse(m: re.Match[str]) -> Number | None:
    t = _tables()
    g = m.groupdict()
    start, end = m.start(), m.end()
    while start < end and m.string[start].isspace():
        start += 1
    if g["digits"]:
        return _written_in_digits(m, start)
    if g["many"]:
        low = 2.0 * t["magnitudes"][g["many"].lower()]
        return Number(start, end, low, low, None, bound=">", core_start=start)
    if g["vague"]:
        parts = re.split(r"\s{1,20}of\s{1,20}", g["vague"].lower())
        low = float(t["vague"][parts[0]])
        for part in parts[1:]:
            low *= t["vague"][part] / 2
        return Number(start, end, low, low, None, bound=">", core_start=start)
    if g["multi"]:
        low = 2.0 * t["magnitudes"][g["multimag"].lower()]
        return Number(start, end, low, low, None, bound=">", core_start=start)
    if g["fraction"]:
        first = (g["numerator"] or "one").strip("- ").lower()
        value = (1 if first in ("a", "one") else t["units"][first]) * t["fractions"][g["fraction"].lower()]
        return Number(start, end, value, value, value, kind="fraction", core_start=start)
    if g["multiple"]:
        value = float(t["multiples"][g["multiple"].lower()])
        return Number(start, end, value, value, value, kind="multiple", core_start=start)
    if g["ordinal"]:
        word = g["ordinal"].lower()
        value = float(t["ordinals"].get(word) or re.sub(r"\D", "", word) or 0)
        return Number(start, end, value, value, value, kind="ordinal", core_start=start)
    value = _word_value(g["words"])
    return Number(start, end, value, value, value, core_start=start)


def _written_in_digits(m: re.Match[str], start: int) -> Number | None:
    t, g = _tables(), m.groupdict()
    value = float(g["digits"].replace(",", ""))
    if g["over"]:
        if g["currency"] or float(g["over"][1:]) <= value:
            return None
        value /= float(g["over"][1:])
    if g["mixed"]:
        value += int(g["mixed"][0]) / int(g["mixed"][2])
    if g["power"]:
        value *= 10.0 ** int(g["power"].replace("−", "-"))
    sign = "-" if g["inner"] else (g["sign"] or "")
    sign = "-" if sign[:1] in ("-", "−", "m", "M") else sign
    if sign == "-":
        value = -value
    suffix = g["suffix"] or g["apart"]
    for word in (g["mag"] or "").lower().split():
        value *= t["magnitudes"][word]
    if suffix:
        value *= t["suffixes"][suffix]
    bare = not (g["mag"] or suffix or "," in g["digits"] or "." in g["digits"])
    if g["currency"] in load_lexicon("units")["guarded_symbols"] and bare:
        return None
    return Number(
        start,
        m.end(),
        value,
        value,
        value,
        currency=g["currency"],
        core_start=start,
        is_digits=True,
        sign="+" if sign == "+" else "-" if sign else "",
    )


def _word_value(words: str) -> float:
    """The value of a number in words: "two hundred and fifty thousand" is 250000."""
    t = _tables()
    total = current = 0.0
    for word in re.split(r"[\s‑-]+", words.lower()):
        if word in t["units"]:
            current += t["units"][word]
        elif word in ("a", "an"):
            current += 1
        elif word == "and":
            continue
        else:
            size = t["magnitudes"][word]
            current = max(current, 1) * size
            if size >= 1000:
                total, current = total + current, 0.0
    return total + current


def _ranges(text: str, start: int, atoms: list[Number]) -> list[Number]:
    joined: list[Number] = []
    for number in atoms:
        last = joined[-1] if joined else None
        if last is not None and _is_range(text, start, last, number):
            scale = number.value / max(_leading(text, number), 1e-9)
            low = (
                last.value
                if last.value >= 1000 or scale < 1000 or last.value > _leading(text, number)
                else last.value * scale
            )
            joined[-1] = replace(
                last, end=number.end, value=low, low=low, high=number.value, currency=last.currency or number.currency
            )
        else:
            joined.append(number)
    return joined


def _is_range(text: str, start: int, left: Number, right: Number) -> bool:
    between = text[left.end : right.start]
    link = _RANGE.fullmatch(_SAME_UNIT.sub("", between, count=1))
    if not link or left.kind != "count" or right.kind != "count" or left.high is None or left.low != left.high:
        return False
    known = currencies()
    if right.currency is not None and known[right.currency.lower()] != known.get((left.currency or "").lower()):
        return False
    if _SAME_UNIT.search(between) and not _SAME_UNIT.match(text, right.end):
        return False
    word = link[0].strip().lower()
    before = text[max(start, left.start - 30) : left.start]
    bounded = bool(_BETWEEN.search(before))
    if word == "and":
        return bounded and left.value < right.value
    if word == "or":
        return right.value == left.value + 1
    if word in ("-", "–", "—") and (left.value >= right.value or not (left.is_digits and right.is_digits)):
        return False
    if word == "to" and not bounded and _is_move(before, text, left, right):
        return False
    return left.value < right.value or (right.value >= 1000 and left.value < 1000)


def _is_move(before: str, text: str, left: Number, right: Number) -> bool:
    """Whether "to" says where something came to: "rose by 43 million to 419 million", "in 2018 to 3.9 million"."""
    year = _YEAR.fullmatch(text, left.start, left.end) and not _YEAR.fullmatch(text, right.start, right.end)
    if year and _AFTER_YEAR.search(before):
        return True
    moved = _trend_before().search(before)
    own = left.value if left.value >= 1000 or right.value < 1000 else left.value * right.value / _leading(text, right)
    return bool(moved) and right.value > WIDEST_MOVE * own


@lru_cache(maxsize=1)
def _trend_before() -> re.Pattern[str]:
    words = {word for many in _tables()["trends"].values() for word in many.split()}
    return re.compile(
        rf"\b(?:{alternation(frozenset(words | {'by'}))})\s{{1,20}}(?:by\s{{1,20}}|another\s{{1,20}}|an?\s{{1,20}})?$",
        re.IGNORECASE,
    )


def _leading(text: str, number: Number) -> float:
    """The digits alone of "5.5 million", to share the magnitude with the start of a range; 5 for "five thousand"."""
    words = text[number.core_start : number.end].split()
    if len(words) == 2 and words[0].lower() in _tables()["units"]:
        return float(_tables()["units"][words[0].lower()])
    m = re.match(rf"\D{{0,4}}({_DIGITS})", text[number.core_start : number.end])
    return float(m[1].replace(",", "")) if m else number.value


def _modified(text: str, start: int, number: Number) -> Number:
    pattern, table = _modifier()
    before = text[max(start, number.start - 32) : number.start]
    m = pattern.search(before)
    if m and number.bound == "=":
        word = re.sub(r"\s{1,20}", " ", (m[1] or m[2]).lower())
        begin = number.start - (len(before) - m.start())
        low = None if word in _tables()["short_of"] and number.low == number.high else number.low
        number = replace(number, start=begin, bound=table[word], low=low)
    after = _OR_SO.match(text, number.end)
    if after and number.bound == "=" and number.kind == "count":
        tail = after[0].lower()
        bound_after: Bound = "~" if "so" in tail else "<" if "less" in tail or "fewer" in tail else ">"
        number = replace(number, end=after.end(), bound=bound_after)
    return _bounded(number)


def _bounded(number: Number) -> Number:
    if number.low is None or number.high is None or number.low != number.high:
        return number
    if number.bound == ">":
        return replace(number, high=None)
    if number.bound == "<":
        return replace(number, low=None)
    return number
