"""Figures of one article: numbers that count or measure something, with unit, bounds and what they are about.

text/numbers.py reads the number; here it is decided whether it measures at all (a year, a date, a clock time, a model
name and a score do not), and the parse says what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rashomon.annotate.adjacent import join_moves, like_the_last, like_the_next
from rashomon.annotate.counting import (
    is_counted_already,
    is_label,
    is_name_part,
    is_number,
    is_part_of_time,
    is_year,
    points_back,
    stretches_apart,
)
from rashomon.annotate.parts import find_worded
from rashomon.annotate.phrases import noun_phrase, token_at
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.annotate.units import counted_noun, name_counted, rate_after, unit_after
from rashomon.lexicon import alternation, load_lexicon, words_of
from rashomon.model import Change, Figure, Mention, Quote, Time
from rashomon.text.measures import is_measure, time_units
from rashomon.text.numbers import Number, find_numbers

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLITICS = frozenset({"'s", "’s", "'", "’", "n't", "n’t"})
_COMMA = ", "
_SET_OFF = re.compile(r"\s{0,20},")
# Who is behind a comma: "the driver, 57,".
_LAST_WORD = re.compile(r"([a-z]{2,20}),\s$")
# How far before a number the words may stand that make it an age, and the oldest anybody is, in years.
BEFORE_AGE, OLDEST = 32, 120
_WHO = re.compile(r"\s{1,20}who\b")
# "half of it", "half the ships"
_OF = re.compile(r"\s{1,20}(?:of|the|its|their|his|her|our|my|these|those|all)\b")
# How far a trend word may stand before the number it moves, in tokens.
TREND_REACH = 6
TREND_CLIMB = 4
# Units that are longer than those in which readers count years.
_IN_YEARS = {"decade": 10, "century": 100}


def find_figures(
    parsed: Parsed, mentions: Sequence[Mention], times: Sequence[Time], quotes: Sequence[Quote]
) -> tuple[Figure, ...]:
    """The figures of an article in order of place."""
    text = parsed.article.text
    dates = [t for t in times if t.type in ("DATE", "TIME")]
    behind = frozenset(m.end + len(_COMMA) for m in mentions if m.kind == "person" and text.startswith(_COMMA, m.end))
    return tuple(
        figure for paragraph in parsed.paragraphs for figure in _figures_of(text, paragraph, behind, dates, quotes)
    )


def _figures_of(
    text: str, paragraph: Paragraph, behind: Container[int], dates: Sequence[Time], quotes: Sequence[Quote]
) -> list[Figure]:
    start, end = paragraph.span.start, paragraph.span.end
    taken = stretches_apart(text, start, end)
    found: list[Figure] = []
    for number in find_numbers(text, start, end):
        if any(a < number.end and number.core_start < b for a, b in taken):
            continue
        figure = _figure(text, paragraph, number, behind, dates, quotes)
        if figure is not None:
            found.append(like_the_last(text, figure, found[-1] if found else None))
    return _with_said(text, paragraph, join_moves(text, like_the_next(text, found)), quotes)


def _with_said(text: str, paragraph: Paragraph, figures: list[Figure], quotes: Sequence[Quote]) -> list[Figure]:
    """The figures with those that are said without a number, in order of place."""
    for number, unit, end in find_worded(text, paragraph, figures):
        token = paragraph.doc[token_at(paragraph.doc, number.core_start - paragraph.offset)]
        figures.append(
            Figure(
                start=number.start,
                end=end,
                value=number.value,
                low=number.low,
                high=number.high,
                unit=unit,
                change=number.bound,
                about=_about(paragraph, token, None, number),
                attributed_to=_attributed(number, quotes),
            )
        )
    return sorted(figures, key=lambda f: f.start)


def _figure(
    text: str,
    paragraph: Paragraph,
    number: Number,
    behind: Container[int],
    dates: Sequence[Time],
    quotes: Sequence[Quote],
) -> Figure | None:
    """A number as a figure; `behind` are the places right behind a person and a comma."""
    unit, end = unit_after(text, number)
    token = _token(paragraph, number)
    if token is None or is_label(text, number, unit is not None):
        return None
    if unit is None and _is_age(text, number, behind):
        unit = "year of age"
    noun = None
    if unit is None:
        noun = counted_noun(paragraph, token, number)
        unit, end = _counted_in(text, paragraph, noun, number)
    if is_year(text, number, unit, noun) or (
        (unit is None or noun is not None) and _is_named(text, paragraph, number, token, noun)
    ):
        return None
    if unit is None and not _stands_alone(text, number, dates):
        return None
    if number.kind in ("fraction", "share") and (noun is not None or not is_measure(unit)):
        number, unit = _times(number, 100), "percentage"
    elif unit in _IN_YEARS:
        number, unit = _times(number, _IN_YEARS[unit]), "year"
    if unit in time_units() and number.low is None and number.high == number.value and number.bound == "~":
        number = replace(number, low=number.value)  # "nearly three years" is a length of about three years, no count
    return Figure(
        start=number.start,
        end=max(end, number.end),
        value=number.value,
        low=number.low,
        high=number.high,
        unit=unit,
        change=_change(paragraph, token, number, unit),
        about=_about(paragraph, token, noun, number),
        attributed_to=_attributed(number, quotes),
    )


def _counted_in(text: str, paragraph: Paragraph, noun: Token | None, number: Number) -> tuple[str | None, int]:
    """The unit of a number that is in no measure, and where it ends: what is counted, with a rate ("test per day")."""
    written = {"multiple": "times", "ordinal": "years"}.get(number.kind)
    unit = written or (name_counted(paragraph, noun, number) if noun is not None else None)
    if unit is None and _WHO.match(text, number.end):
        return "people", number.end
    if unit is not None and noun is not None:
        rate = rate_after(text, paragraph.span_of(noun.doc[noun.i : noun.i + 1]).end)
        return (f"{unit} per {rate[0]}", rate[1]) if rate else (unit, number.end)
    rate = rate_after(text, number.end) if unit is None else None
    return (f"per {rate[0]}", rate[1]) if rate else (unit, number.end)


def _is_named(text: str, paragraph: Paragraph, number: Number, token: Token, noun: Token | None) -> bool:
    if number.currency is not None or number.kind in ("fraction", "share"):
        return False
    if is_name_part(text, paragraph, number, token, noun):
        return True
    return noun is not None and is_counted_already(token, noun)


def _stands_alone(text: str, number: Number, dates: Sequence[Time]) -> bool:
    """Whether a number that counts nothing named is a figure all the same."""
    if text[number.start - 1 : number.start] == "(" and text[number.end : number.end + 1] == ")":
        return False  # a player's number, a list's
    if number.bound == "=" and text[number.start : number.end].lower() == "one":
        return False
    if number.kind == "fraction" and not _OF.match(text, number.end):
        return False
    return not points_back(text, number) and not is_part_of_time(number, dates)


def _times(number: Number, factor: float) -> Number:
    low, high = (None if x is None else round(factor * x, 4) for x in (number.low, number.high))
    return replace(number, value=round(factor * number.value, 4), low=low, high=high)


def _is_age(text: str, number: Number, behind: Container[int]) -> bool:
    """Whether a bare number is somebody's age: "Ada Weir, 47,", "the driver, 57,", "who is 58", "a girl of nine"."""
    if number.value >= OLDEST or number.bound != "=" or number.kind != "count":
        return False
    before = text[max(0, number.core_start - BEFORE_AGE) : number.core_start]
    last = _LAST_WORD.search(before)
    is_behind = number.start in behind or (
        last is not None and last[1] in words_of("people", "roles") | words_of("people", "unintroducing")
    )
    is_set_off = number.is_digits and is_behind and _SET_OFF.match(text, number.end) is not None
    return is_set_off or _before_age().search(before) is not None


@lru_cache(maxsize=1)
def _before_age() -> re.Pattern[str]:
    """What stands right before an age: "a girl of", "as young as", "who is"."""
    words = load_lexicon("figures")
    return re.compile(
        rf"\b(?:(?:{alternation(words['of_an_age'])})\s{{1,20}}of|{alternation(words['before_an_age'])})\s{{1,20}}$",
        re.IGNORECASE,
    )


def _token(paragraph: Paragraph, number: Number) -> Token | None:
    i = token_at(paragraph.doc, number.core_start - paragraph.offset)
    last = token_at(paragraph.doc, max(0, number.end - 1 - paragraph.offset))
    doc = paragraph.doc
    if i >= len(doc):
        return None
    # the number's own head word: the last numeral of "2.5 million"
    for j in range(min(last, len(doc) - 1), i - 1, -1):
        if doc[j].pos_ == "NUM" or doc[j].like_num:
            return doc[j]
    return doc[min(last, len(doc) - 1)]


@lru_cache(maxsize=1)
def _trends() -> dict[str, Change]:
    table: dict[str, Change] = {}
    for change in ("up", "down"):
        table |= dict.fromkeys(load_lexicon("numbers")["trends"][change].split(), change)
    return table


def _change(paragraph: Paragraph, token: Token, number: Number, unit: str | None) -> Change:
    """The bound a modifier set, else the way a sign or a verb says the quantity moved."""
    if number.bound != "=":
        return number.bound
    if number.start < number.core_start:
        return "="  # "just 3%": a modifier that sets no bound
    if number.sign and unit not in load_lexicon("units")["temperatures"]:
        return "up" if number.sign == "+" else "down"
    if token.head.i < token.i and (trend := _trend_of(token.head)):
        return trend
    first = token_at(paragraph.doc, number.start - paragraph.offset)
    ancestor = token
    for _ in range(TREND_CLIMB):
        ancestor = ancestor.head
        if 0 < first - ancestor.i <= TREND_REACH and (trend := _trend_of(ancestor)):
            between = paragraph.doc[ancestor.i + 1 : first]
            stops = ("to", "from", "of") if ancestor.pos_ == "NOUN" else ("from",)
            if not any(t.lower_ in stops or t.like_num for t in between):
                return trend
    return "="


def _trend_of(token: Token) -> Change | None:
    trends = _trends()
    return trends.get(token.lower_) or (trends.get(token.lemma_.lower()) if token.tag_ == "VBG" else None)


def _about(paragraph: Paragraph, token: Token, noun: Token | None, number: Number) -> str:
    """What is counted, in the report's words and order: the noun counted, who does what with it, without the number."""
    anchor = noun if noun is not None else token
    while (
        noun is None and anchor.dep_ in ("nummod", "compound", "quantmod", "npadvmod", "amod") and anchor.head != anchor
    ):
        anchor = anchor.head
    kept = set(_phrase_indices(anchor)) | set(range(token.i + 1, anchor.i + 1))
    for clause in (c for c in anchor.children if c.dep_ in ("relcl", "acl") and c.pos_ == "VERB" and c.i > anchor.i):
        kept |= {clause.i} | {c.i for c in clause.children if c.dep_ in ("prt", "advmod", "acomp", "attr", "oprd")}
    verb = anchor
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    if verb.pos_ in ("VERB", "AUX"):
        kept.add(verb.i)
        for child in verb.children:
            holds_anchor = child.left_edge.i <= anchor.i <= child.right_edge.i
            if child.dep_ in ("nsubj", "nsubjpass", "dobj") and not holds_anchor:
                kept |= set(_phrase_indices(child))
            elif child.dep_ in ("prt", "acomp", "attr", "oprd", "auxpass") and not holds_anchor:
                kept.add(child.i)
    own = range(number.start - paragraph.offset, number.end - paragraph.offset)
    words = [
        t
        for t in (paragraph.doc[i] for i in sorted(kept))
        if t.i != token.i and t.idx not in own and not t.is_punct and t.pos_ != "DET" and not is_number(t)
    ]
    return "".join(
        t.text + (" " if t.i + 1 >= len(paragraph.doc) or paragraph.doc[t.i + 1].lower_ not in _CLITICS else "")
        for t in words
    ).strip()


def _phrase_indices(noun: Token) -> range:
    phrase = noun_phrase(noun)
    return range(phrase.start, phrase.end)


def _attributed(number: Number, quotes: Sequence[Quote]) -> str | None:
    """Who is said to have counted: the speaker of the quote around the figure."""
    for quote in quotes:
        if quote.speaker_name and any(c.start <= number.core_start and number.end <= c.end for c in quote.content):
            return quote.speaker_name
    return None
