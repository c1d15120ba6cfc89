"""Figures of one article: numbers that count or measure something, with unit, bounds and what they are about.

text/numbers.py reads the number; here it is decided whether it measures at all (a year, a date, a clock time, a model
name and a score do not), and the parse says what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from rashomon.annotate.adjacent import join_moves, like_the_last, like_the_next
from rashomon.annotate.parts import find_majorities
from rashomon.annotate.phrases import noun_phrase, token_at
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.lexicon import alternation, load_lexicon
from rashomon.model import Change, Figure, Quote, Time
from rashomon.text.dates import find_written_dates
from rashomon.text.numbers import Number, find_numbers

if TYPE_CHECKING:
    from spacy.tokens import Token

_URL = re.compile(r"https?://\S+|www\.\S+|\S{1,64}@\S+|@\w+|#\w+")
_CLOCK = re.compile(
    r"\d{1,2}(?::\d\d|\.\d\d(?=\s{0,20}[ap]\.?m))|\d{1,2}(?=\s{0,20}(?:[ap]\.?\s?m\b|o'clock|o’clock))|\d{4}(?=\s(?:GMT|UTC|BST)\b)",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"(?:[A-Za-z]-|\b(?:No\.?|[Nn]umber|[Aa]rticle|[Ss]ection|[Cc]hapter|[Rr]oute|[Hh]ighway|[Ff]light|[Rr]oom|[Pp]age|[Tt]itle|[Vv]ersion|[Pp]hase|[Ll]evel|[Dd]istrict|[Ww]ard|[Cc]hannel|[Bb]oeing|[Aa]irbus|[Ff]ormula|[Gg]roup of|iPhone|Windows|COVID|Covid|[Ss]ource:|€|Street|Avenue)\s{0,20}#?)$"
)
_AVERAGE = re.compile(r"\b(?:average|total|sum|record|high|low) of $")
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|of|by|until|from|to|for|the|during|late|early|mid|year|and|between|before|after|through|season|\()\s{0,20}[-–]?\s{0,20}$",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"(?:\s{0,20}(?:st|nd|rd|th|s|ers)\b|\s{1,20}block\s{1,20}of\b|-[A-Z]|[A-Z]|/\d|\s{0,20}(?:Street|Avenue|Road|St\.|Ave)\b)"
)
_SCORE = re.compile(
    r"\d{1,3}\s{0,20}[-–]\s{0,20}\d{1,3}(?:\s{0,20}[-–]\s{0,20}\d+)?\b(?!\s{0,20}(?:%|percent|years?|days?|hours?|minutes?|people|months?|weeks?|\w))"
)
_AGO = re.compile(r"[\s-]{0,20}(?:old|ago)\b")
_PER = re.compile(
    r"\s{0,20}(?:/|(?:per|an?|each|every)[\s-]{1,20})\s{0,20}(?P<per>sq(?:uare)?\s\w+|[a-z]+\d?)\b(?!\s(?:earlier|ago|later|before|after))",
    re.IGNORECASE,
)
# "women aged 25 to 54" are a group, not a measure.
_AGED = re.compile(r"\b(?:aged|ages)\s{1,20}(?:between\s{1,20})?$", re.IGNORECASE)
# A half of a match, a quarter of a year.
_PART = re.compile(r"\b(?:first|second|third|fourth|last|latter|other|better|this|each|per)[\s-]{1,20}$", re.IGNORECASE)
# Without a count before it, "third" is a rank and "quarter" a part of a year.
_RANKS = frozenset({"third", "fourth", "quarter", "fifth", "eighth", "tenth"})
_ONE_OF = re.compile(r"\s{1,20}of\s{1,20}(?:the|its|his|her|their|my|our|several|many|[A-Z]\w+['’]s)\s")
_PRONOUN_ONE = re.compile(
    r"\s{1,20}(?:of\b|another\b|day\b|who\b|that\b|can\b|could\b|would\b|may\b|might\b|must\b|should\b|has\b|is\b|was\b|will\b|[,.;?!])"
)
_CLITICS = frozenset({"'s", "’s", "'", "’", "n't", "n’t"})
# "The two met", "our three": known already, not counted here.
_ANAPHORIC = re.compile(r"\b(?:the|these|those|our|their|his|her|its)\s{1,20}$", re.IGNORECASE)
ANAPHORIC_MOST = 4
_AGE = re.compile(r"\s{0,20},")
_WHO = re.compile(r"\s{1,20}who\b")
# How far a trend word may stand before the number it moves, in tokens.
TREND_REACH = 6
TREND_CLIMB = 4
# How many words the name of what is counted may have.
LONGEST_UNIT = 3
YEARS = range(1500, 2100)


def find_figures(parsed: Parsed, times: Sequence[Time], quotes: Sequence[Quote]) -> tuple[Figure, ...]:
    """The figures of an article in order of place."""
    dates = [t for t in times if t.type in ("DATE", "TIME")]
    return tuple(
        figure
        for paragraph in parsed.paragraphs
        for figure in _figures_of(parsed.article.text, paragraph, dates, quotes)
    )


def _figures_of(text: str, paragraph: Paragraph, dates: Sequence[Time], quotes: Sequence[Quote]) -> list[Figure]:
    start, end = paragraph.span.start, paragraph.span.end
    taken = [(m.start(), m.end()) for p in (_URL, _CLOCK, _SCORE) for m in p.finditer(text, start, end)]
    taken += [(d.start, d.end) for d in find_written_dates(text, start, end)]
    found: list[Figure] = []
    for number in find_numbers(text, start, end):
        if any(a < number.end and number.core_start < b for a, b in taken) or not _measures(text, number):
            continue
        figure = _figure(text, paragraph, number, dates, quotes)
        if figure is not None:
            found.append(like_the_last(text, figure, found[-1] if found else None))
    return _with_majorities(text, paragraph, join_moves(text, like_the_next(text, found)), quotes)


def _with_majorities(text: str, paragraph: Paragraph, figures: list[Figure], quotes: Sequence[Quote]) -> list[Figure]:
    for number, whole in find_majorities(text, paragraph, figures):
        token = paragraph.doc[token_at(paragraph.doc, number.start - paragraph.offset)]
        figures.append(
            Figure(
                start=number.start,
                end=number.end,
                value=number.value,
                low=number.low,
                high=number.high,
                unit=whole.unit,
                change="=",
                about=_about(paragraph, token, None, number),
                attributed_to=_attributed(number, quotes),
            )
        )
    return sorted(figures, key=lambda f: f.start)


def _measures(text: str, number: Number) -> bool:
    """Whether the number can measure something, to judge by the characters around it."""
    before, after = text[max(0, number.core_start - 24) : number.core_start], text[number.end : number.end + 24]
    outside = text[max(0, number.start - 24) : number.start]
    measured = _unit_pattern()[0].match(text, number.end)
    if _LEVEL.search(outside) or (
        _AFTER_NAME.match(after) and not (measured and (measured["tight"] or measured["word"]))
    ):
        return False
    if _AGED.search(before):
        return False
    if number.kind == "fraction" and (_PART.search(before) or text[number.core_start : number.end].lower() in _RANKS):
        return False
    if number.kind == "multiple" and re.match(r"[\s-]*down\b", after):
        return False  # "doubled down"
    words = text[number.core_start : number.end].lower()
    if words == "one" and _ONE_OF.match(after):
        return True
    if words == "one" and (
        _PRONOUN_ONE.match(after)
        or re.search(r"\b(?:no|any|every|some|the|this|that|each|which|another|only|not)\s+$", before, re.IGNORECASE)
    ):
        return number.bound != "="
    return True


def _points_back(text: str, number: Number) -> bool:
    return bool(_ANAPHORIC.search(text, max(0, number.core_start - 12), number.core_start))


def _is_year(text: str, number: Number) -> bool:
    written = text[number.core_start : number.end]
    return bool(re.fullmatch(r"\d{4}", written)) and int(written) in YEARS and number.currency is None


def _figure(
    text: str, paragraph: Paragraph, number: Number, dates: Sequence[Time], quotes: Sequence[Quote]
) -> Figure | None:
    unit, end = _unit_after(text, number)
    token = _token(paragraph, number)
    if token is None:
        return None
    if unit is None and _is_age(text, number, token):
        unit = "year of age"
    noun = None
    if unit is None:
        noun = _counted_noun(paragraph, token, number)
        written = {"multiple": "times", "ordinal": "years"}.get(number.kind)
        unit = written or (_counted(paragraph, noun, number) if noun is not None else None)
        if unit is None and _WHO.match(text, number.end):
            unit = "people"
        if (
            unit is not None
            and noun is not None
            and (rate := _rate(text, paragraph.span_of(noun.doc[noun.i : noun.i + 1]).end))
        ):
            unit, end = f"{unit} per {rate[0]}", rate[1]
    if (
        _is_year(text, number)
        and not _AVERAGE.search(text[max(0, number.core_start - 12) : number.core_start])
        and (
            unit is None
            or number.bound == "="
            or _YEAR_BEFORE.search(text[max(0, number.core_start - 12) : number.core_start])
        )
    ):
        return None
    if unit is None and text[number.start - 1 : number.start] == "(" and text[number.end : number.end + 1] == ")":
        return None  # a player's number, a list's
    if unit is None or noun is not None:
        if _is_in_a_name(token, noun) or (noun is not None and _is_counted_already(token, noun)):
            return None
        if unit is None and number.bound == "=" and text[number.start : number.end].lower() == "one":
            return None
    if number.kind == "fraction" and unit is None:
        return None
    if unit is None and number.value < ANAPHORIC_MOST and not number.is_digits and _points_back(text, number):
        return None
    if unit is None and _is_dated(number, dates):
        return None
    low, high, value = number.low, number.high, number.value
    if number.kind == "fraction":
        unit = "percentage"
        low, high, value = (None if x is None else round(100 * x, 4) for x in (low, high, value))  # type: ignore[assignment]
    change = _change(paragraph, token, number)
    return Figure(
        start=number.start,
        end=max(end, number.end),
        value=value,
        low=low,
        high=high,
        unit=unit,
        change=change,
        about=_about(paragraph, token, noun, number),
        attributed_to=_attributed(number, quotes),
    )


def _is_age(text: str, number: Number, token: Token) -> bool:
    """Whether a bare number between commas after a person is an age: "Ada Weir, 47,"."""
    before = token.nbor(-1) if token.i > 1 else None
    named = before is not None and before.text == "," and token.nbor(-2).ent_type_ == "PERSON"
    return named and number.is_digits and number.value < 120 and bool(_AGE.match(text, number.end))


def _is_in_a_name(token: Token, noun: Token | None) -> bool:
    """Whether the number belongs to a name: "the S&P 500", "Apple Watch 5", "787 Dreamliner"."""
    before = token.nbor(-1) if token.i > 0 else None
    named = before is not None and before.pos_ == "PROPN" and not before.is_sent_start
    return (noun is None and named) or (
        noun is not None
        and noun.pos_ == "PROPN"
        and noun.text[:1].isupper()
        and noun.ent_type_ != "NORP"
        and not noun.text.isupper()
    )


def _is_counted_already(token: Token, noun: Token) -> bool:
    """Whether another number counts the noun, so that this one belongs to a name: the 737 of "two new 737 Max jets"."""
    return token.head == noun and any(c.dep_ == "nummod" and c.i < token.i and _is_number(c) for c in noun.children)


def _is_dated(number: Number, dates: Sequence[Time]) -> bool:
    return any(t.start <= number.core_start and number.end <= t.end for t in dates)


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
def _unit_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {form: name for name, forms in load_lexicon("units")["units"].items() for form in forms}
    words = alternation([form for form in table if form[0].isalnum()])
    signs = alternation([form for form in table if not form[0].isalnum()])
    pattern = rf"(?P<sign>\s?(?:{signs}))(?!\w)|[\s-]{{1,20}}+(?:more\s{{1,20}}|other\s{{1,20}}|full\s{{1,20}}|long\s{{1,20}}|straight\s{{1,20}}|consecutive\s{{1,20}}|of\s{{1,20}}|U\.?S\.?\s{{1,20}})?(?P<word>{words})(?![\w])|(?P<tight>{words})(?!\w)"
    return re.compile(pattern, re.IGNORECASE), table


def _unit_after(text: str, number: Number) -> tuple[str | None, int]:
    """The unit of measure at a number and where it ends; rates are joined ("dollar per barrel")."""
    pattern, table = _unit_pattern()
    symbols = load_lexicon("units")["currency_symbols"]
    unit, end = (symbols.get(number.currency), number.end) if number.currency else (None, number.end)
    m = pattern.match(text, number.end)
    if m and unit is None:
        form = re.sub(r"\s+", " ", (m["sign"] or m["word"] or m["tight"]).strip().lower())
        unit, end = table[form], m.end()
        after = text[end : end + 8]
        if unit == "year" and _AGO.match(after) and "old" in after[:5]:
            unit, end = "year of age", end + _AGO.match(after).end()  # type: ignore[union-attr]
    if unit is not None and unit != "year of age" and (rate := _rate(text, end)):
        return f"{unit} per {rate[0]}", rate[1]
    return unit, end


def _rate(text: str, end: int) -> tuple[str, int] | None:
    """What a quantity is taken by, and where that ends: "per share", "a barrel", "/km"."""
    per = _PER.match(text, end)
    if per is None:
        return None
    written = text[end : per.start("per")].strip().lower()
    word = per["per"].lower()
    known = _unit_pattern()[1].get(re.sub(r"\s+", " ", word))
    if known is None and written == "per":
        known = word.removesuffix("s")
    return (known, per.end()) if known else None


def _counted_noun(paragraph: Paragraph, token: Token, number: Number) -> Token | None:
    """The noun a number counts: "48 boats", "hundreds of people"; none for "12 were sunk"."""
    head = token.head
    if token.dep_ in ("nummod", "amod", "compound", "quantmod") and head.i > token.i and head.pos_ in ("NOUN", "PROPN"):
        return head
    if token.dep_ == "quantmod" and head.dep_ == "nummod":
        return head.head
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i > token.i:
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None and noun.pos_ in ("NOUN", "PROPN"):
                return noun
    # a parse that hangs the number elsewhere: the next noun, over adjectives only
    i = token_at(paragraph.doc, number.end - paragraph.offset)
    for follower in paragraph.doc[i : i + 4]:
        if follower.pos_ in ("NOUN", "PROPN"):
            return follower if follower.dep_ != "compound" or follower.head.i - follower.i > 2 else follower.head
        if follower.pos_ not in ("ADJ", "NUM", "ADP") and follower.text != "-":
            return None
        if follower.pos_ == "ADP" and follower.lower_ != "of":
            return None
    return None


def _singular(noun: Token) -> str:
    lemma = noun.lemma_.lower() if noun.pos_ == "NOUN" else noun.text
    return "people" if lemma in ("people", "person") else lemma


def _counted(paragraph: Paragraph, noun: Token, number: Number) -> str:
    """What is counted, in the singular, with the words that narrow it: "commercial fisherman", "shipping container".

    A singular noun right after a number above one measures what follows: "a 12 page document" has pages.
    """
    doc = paragraph.doc
    first = token_at(doc, number.end - paragraph.offset)
    between = [t for t in doc[first : noun.i] if t.pos_ in ("ADJ", "NOUN", "PROPN", "NUM") and t.lower_ != "of"]
    if between and between[0].lower_ == "times":
        return "times"
    if (
        between
        and between[0].tag_ == "NN"
        and noun.tag_ in ("NN", "NNP")
        and number.value > 1
        and between[0].dep_ in ("compound", "nmod")
    ):
        return _singular(between[0])
    if noun.i - first > LONGEST_UNIT or noun.lemma_.lower() in ("people", "person"):
        return _singular(noun)
    return " ".join([*(t.lower_ for t in between), _singular(noun)])


@lru_cache(maxsize=1)
def _trends() -> dict[str, Change]:
    table: dict[str, Change] = {}
    for change in ("up", "down"):
        table |= dict.fromkeys(load_lexicon("numbers")["trends"][change].split(), change)
    return table


def _change(paragraph: Paragraph, token: Token, number: Number) -> Change:
    """The bound a modifier set, else the way a verb says the quantity moved."""
    if number.bound != "=":
        return number.bound
    if number.start < number.core_start:
        return "="  # "just 3%": a modifier that sets no bound
    trends = _trends()
    if token.head.lower_ in trends and token.head.i < token.i:
        return trends[token.head.lower_]
    ancestor = token
    for _ in range(TREND_CLIMB):
        ancestor = ancestor.head
        if ancestor.lower_ in trends and 0 < token.i - ancestor.i <= TREND_REACH:
            between = paragraph.doc[ancestor.i + 1 : token.i]
            stops = ("to", "from", "of") if ancestor.pos_ == "NOUN" else ("to", "from")
            if not any(t.lower_ in stops for t in between):
                return trends[ancestor.lower_]
    return "="


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
        if t.i != token.i and t.idx not in own and not t.is_punct and t.pos_ != "DET" and not _is_number(t)
    ]
    return "".join(
        t.text + (" " if t.i + 1 >= len(paragraph.doc) or paragraph.doc[t.i + 1].lower_ not in _CLITICS else "")
        for t in words
    ).strip()


def _phrase_indices(noun: Token) -> range:
    phrase = noun_phrase(noun)
    return range(phrase.start, phrase.end)


def _is_number(token: Token) -> bool:
    return token.like_num or token.text in ("%", "$", "€", "£")


def _attributed(number: Number, quotes: Sequence[Quote]) -> str | None:
    """Who is said to have counted: the speaker of the quote around the figure."""
    for quote in quotes:
        if quote.speaker_name and any(c.start <= number.core_start and number.end <= c.end for c in quote.content):
            return quote.speaker_name
    return None
