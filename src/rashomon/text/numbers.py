"""Numbers as written in running text: digits, words, fractions, vague plurals, ranges, with the words that bound them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from rashomon.lexicon import alternation, few_blanks, load_lexicon

Bound = Literal["=", "~", "<", ">"]

_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,8}(?:\.\d{1,12})?|\d{1,18}(?:\.\d{1,12})?|\.\d{1,12})(?![\d]|,\d)"
_RANGE = re.compile(r"\s{0,20}(?:-|–|—|to|and|or)\s{0,20}", re.IGNORECASE)
# Nothing that is reported of is counted above this; "a million million …" goes on to what no float holds.
LARGEST = 1e30
# What may be said twice in a range: "5% to 7%", "five per cent to 20 per cent".
_SAME_UNIT = re.compile(r"\s?%|\s{1,20}per\s?cent\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from|anywhere from)\s{1,20}(?:[\w-]{1,40}\s{1,20}){0,1}$", re.IGNORECASE)
_OR_SO = re.compile(
    r"\s{1,20}or\s{1,20}(?:so|more|fewer|less)\b|\s{0,20}\+(?!\d)|-plus\b|\s{1,20}plus\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Number:
    """A number and where it stands. `low` and `high` bound it (null is open); `currency` is the sign before it.

    `kind` says how it is written: "count", "fraction" (a share of something), "multiple" (twice), "ordinal".
    """

    start: int
    end: int
    value: float
    low: float | None
    high: float | None
    bound: Bound = "="
    currency: str | None = None
    kind: Literal["count", "fraction", "multiple", "ordinal"] = "count"
    core_start: int = 0
    is_digits: bool = False


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return load_lexicon("numbers")


@lru_cache(maxsize=1)
def _atom() -> re.Pattern[str]:
    t = _tables()
    small, magnitudes = alternation(t["units"]), alternation(t["magnitudes"])
    ties = rf"(?:{small})(?:[-‑\s](?:{small}))?"
    large = rf"(?:a|an|{ties})(?:(?:\s+|-)(?:{magnitudes})){{1,4}}"
    # each part is taken as a whole: "one one one …" can be told apart in more ways than there are numbers
    words = rf"{large}(?:(?:\s+and)?\s+(?>(?:{large}|{ties})\b)){{0,9}}|{ties}"
    currency = alternation(load_lexicon("units")["currency_symbols"])
    vague = alternation(t["vague"])
    pattern = few_blanks(
        rf"""
        (?P<minus>(?<![\w)\]])(?:minus[\s-]|[-−](?=[$€£\d])))?(?P<currency>(?-i:(?<![A-Za-z])(?:{currency})))?\s?
            (?(currency)(?P<inner>[-−])?|(?<![\w.,]))(?P<digits>{_DIGITS})
            (?:\s?[×x]\s?10\^?(?P<power>[-−]?\d{{1,2}})(?!\d)|(?P<over>/\d{{1,2}}(?![\d/]))|\s?(?P<mixed>[1-9]/[2-8](?![\d/])))?
            (?:(?:[\s\xa0]|-)?(?P<mag>{magnitudes})s?(?![\w])|(?P<suffix>(?-i:bn|mn|mln|bln|tn|trn|[kKmMbB]))(?![\w]))?
        | \b(?P<vague>(?:{vague})(?:\s+of\s+(?:{vague}))?)\b
        | \b(?P<numerator>(?:a|one|two|three|four|five|six|seven|eight|nine|ten)[\s-])?(?P<fraction>half|thirds?|fourths?|quarters?|fifths?|eighths?|tenths?)\b(?=\s+(?:of|the|a|an)\b|\s*$|[,.;]|\s+\w+ed\b)
        | \b(?P<words>{words})\b
        | \b(?P<multiple>{alternation(t["multiples"])})\b
        | \b(?P<ordinal>{alternation(t["ordinals"])}|\d+(?:st|nd|rd|th))(?=\s+(?:anniversary|birthday)\b)
        | \b(?P<multi>multi)-(?P<multimag>{magnitudes})\b
        """
    )
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE | re.ASCII)


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
    atoms = [
        number
        for m in _atom().finditer(text, start, stop)
        if (number := _parse(m)) is not None and abs(number.value) <= LARGEST
    ]
    return [_modified(text, start, number) for number in _ranges(text, start, atoms)]


def _parse(m: re.Match[str]) -> Number | None:
    t = _tables()
    g = m.groupdict()
    start, end = m.start(), m.end()
    while start < end and m.string[start].isspace():
        start += 1
    if g["digits"]:
        value = float(g["digits"].replace(",", ""))
        if g["over"]:
            if g["currency"] or float(g["over"][1:]) <= value:
                return None
            value /= float(g["over"][1:])
        if g["mixed"]:
            value += int(g["mixed"][0]) / int(g["mixed"][2])
        if g["power"]:
            value *= 10.0 ** int(g["power"].replace("−", "-"))
        if g["minus"] or g["inner"]:
            value = -value
        if g["mag"]:
            value *= t["magnitudes"][g["mag"].lower()]
        elif g["suffix"]:
            value *= t["suffixes"][g["suffix"].lower()]
        return Number(start, end, value, value, value, currency=g["currency"], core_start=start, is_digits=True)
    if g["vague"]:
        parts = re.split(r"\s+of\s+", g["vague"].lower())
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
    symbols = load_lexicon("units")["currency_symbols"]
    if right.currency is not None and symbols[right.currency] != symbols.get(left.currency):
        return False
    if _SAME_UNIT.search(between) and not _SAME_UNIT.match(text, right.end):
        return False
    word = link[0].strip().lower()
    bounded = bool(_BETWEEN.search(text[max(start, left.start - 30) : left.start]))
    if word == "and":
        return bounded and left.value < right.value
    if word == "or":
        return right.value == left.value + 1
    if word in ("-", "–", "—") and (left.value >= right.value or not (left.is_digits and right.is_digits)):
        return False
    return left.value < right.value or (right.value >= 1000 and left.value < 1000)


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
        bound = table[re.sub(r"\s+", " ", (m[1] or m[2]).lower())]
        begin = number.start - (len(before) - m.start())
        number = replace(number, start=begin, bound=bound)
    after = _OR_SO.match(text, number.end)
    if after and number.bound == "=" and number.kind == "count":
        word = after[0].lower()
        bound_after: Bound = "~" if "so" in word else "<" if "less" in word or "fewer" in word else ">"
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
