"""What a number is measured in or counts: the unit written at it, a rate, or the noun that the parse says it counts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rashomon.annotate.phrases import token_at
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import alternation, load_lexicon
from rashomon.text.numbers import Number, currencies

if TYPE_CHECKING:
    from spacy.tokens import Token

_OLD = re.compile(r"[\s-]{0,20}old\b")
_PER = re.compile(
    r"\s{0,20}(?:/|(?:per|an?|each|every)[\s-]{1,20})\s{0,20}(?P<per>sq(?:uare)?\s\w+|[a-z]+\d?)\b(?!\s(?:earlier|ago|later|before|after))",
    re.IGNORECASE,
)
# A price said again in another currency: "C$6 (US$4.46) per share".
_SAID_AGAIN = re.compile(r"\s{0,20}\([^()]{1,24}\)(?=\s{1,20}(?:per|an?)\b)")
# "half an hour", "a quarter of a century"
_OF_A = re.compile(r"\s{1,20}(?:of\s{1,20})?an?\s(?=\w)", re.IGNORECASE)
# How many words may narrow what is counted.
LONGEST_UNIT = 3


@lru_cache(maxsize=1)
def unit_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of a unit right after a number, and the units by their forms, in small letters but for those that keep their case."""
    table = {form: name for name, forms in load_lexicon("units")["units"].items() for form in forms}
    words = alternation([form for form in table if form[0].isalnum()])
    signs = alternation([form for form in table if not form[0].isalnum()])
    between = r"(?:more\s{1,20}|other\s{1,20}|full\s{1,20}|long\s{1,20}|straight\s{1,20}|consecutive\s{1,20}|of\s{1,20}|U\.?S\.?\s{1,20})?"
    pattern = (
        rf"(?P<sign>\s?(?:{signs}))(?!\w)|[\s-]{{1,20}}+{between}(?P<word>{words})(?![\w])|(?P<tight>{words})(?!\w)"
    )
    return re.compile(pattern, re.IGNORECASE), table


def _unit_named(form: str) -> str | None:
    table = unit_pattern()[1]
    form = re.sub(r"\s{1,20}", " ", form.strip())
    if form in table:
        return table[form]
    return table.get(form.lower()) if form.lower() not in load_lexicon("units")["cased"] else None


def unit_after(text: str, number: Number) -> tuple[str | None, int]:
    """The unit of measure at a number and where it ends; rates are joined ("dollar per barrel")."""
    unit, end = (currencies()[number.currency.lower()], number.end) if number.currency else (None, number.end)
    article = _OF_A.match(text, number.end) if number.kind == "fraction" else None
    m = unit_pattern()[0].match(text, article.end() - 1 if article else number.end)
    if m and unit is None:
        unit = _unit_named(m["sign"] or m["word"] or m["tight"])
        end = m.end() if unit else end
        if unit in load_lexicon("units")["ages"] and (old := _OLD.match(text, end)):
            return f"{unit} of age", old.end()
    if unit is not None:
        again = _SAID_AGAIN.match(text, end)
        if rate := rate_after(text, again.end() if again else end):
            return f"{unit} per {rate[0]}", end if again else rate[1]
    return unit, end


def rate_after(text: str, end: int) -> tuple[str, int] | None:
    """What a quantity is taken by, and where that ends: "per share", "a barrel", "/km"."""
    per = _PER.match(text, end)
    if per is None:
        return None
    written = text[end : per.start("per")].strip().lower()
    known = _unit_named(per["per"])
    if known is None and written == "per":
        known = per["per"].lower().removesuffix("s")
    return (known, per.end()) if known else None


def counted_noun(paragraph: Paragraph, token: Token, number: Number) -> Token | None:
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


def name_counted(paragraph: Paragraph, noun: Token, number: Number) -> str:
    """What is counted, in the singular, with the words that narrow it: "commercial fisherman", "first-team player".

    A singular noun right after a number above one measures what follows: "a 12 page document" has pages.
    """
    doc = paragraph.doc
    first = token_at(doc, number.end - paragraph.offset)
    owner = max((t.i + 1 for t in doc[first : noun.i] if t.tag_ == "POS"), default=first)
    between = [t for t in doc[owner : noun.i] if t.pos_ in ("ADJ", "NOUN", "PROPN") and t.is_alpha]
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
    if noun.lemma_.lower() in ("people", "person") or any(t.text in (",", ";") for t in doc[owner : noun.i]):
        return _singular(noun)
    narrowing = _written_together(between)
    return " ".join([*narrowing, _singular(noun)]) if len(narrowing) <= LONGEST_UNIT else _singular(noun)


def _written_together(tokens: list[Token]) -> list[str]:
    """The words with the hyphens that tie them ("gas-only", "powertrain"), without those tied to a number ("one-time")."""
    words: list[str] = []
    for n, token in enumerate(tokens):
        before = token.doc[token.i - 1] if token.i else None
        tied = before is not None and before.text == "-" and not before.whitespace_
        if tied and words and tokens[n - 1].i == token.i - 2:
            words[-1] += f"-{token.lower_}"
        elif not tied:
            words.append(token.lower_)
    return words


def _singular(noun: Token) -> str:
    lemma = noun.lemma_.lower() if noun.pos_ == "NOUN" else noun.text
    return "people" if lemma in ("people", "person") else lemma
