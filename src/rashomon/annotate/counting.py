"""Whether a number counts anything: not when it is a year, a clock time, a label, part of a name, a rank or a score.

The words that tell are in lexicon/en/figures.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rashomon.annotate.phrases import token_at
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import alternation, load_lexicon, words_of
from rashomon.model import Time
from rashomon.text.dates import find_written_dates
from rashomon.text.numbers import Number

if TYPE_CHECKING:
    from spacy.tokens import Token

_URL = re.compile(r"https?://\S+|www\.\S+|\S{1,64}@\S+|@\w+|#\w+")
_CLOCK = re.compile(
    r"\d{1,2}(?::\d\d|\.\d\d(?=\s{0,20}[ap]\.?m))|\d{1,2}(?=\s{0,20}(?:[ap]\.?\s?m\b|o'clock|o’clock))|\d{4}(?=\s(?:GMT|UTC|BST)\b)",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?<![\w.,$€£-])(\d{1,3})(?:\s[-–]\s|[-–])(\d{1,3})(?:[-–]\d{1,3})?(?![\w%]|[.,]\d|\s?%)")
_YEARS = re.compile(
    r"\b(?:1[5-9]|20)\d\d\s?(?:-|–|—|to|and|through|until)\s?(?:(?:1[5-9]|20)\d\d|(?<=[-–—])\d\d)\b(?!\s?%|[.,]\d)"
)
_AGED = re.compile(r"\b(?:aged|ages)\s{1,20}(?:between\s{1,20})?$", re.IGNORECASE)
_AVERAGE = re.compile(r"\b(?:average|total|sum|record|high|low) of $")
# "doubled down", "double doors", "twice as loud": nothing is counted.
_NO_MULTIPLE = re.compile(r"[\s-]{0,20}(?:down|standards?|agents?|doors?)\b|(?<=e)\s{1,20}as\b")
_ONE_OF = re.compile(r"\s{1,20}of\s{1,20}(?:the|its|his|her|their|my|our|several|many|[A-Z]\w+['’]s)\s")
# "One day he left": no length of time.
_ONE_DAY = re.compile(r"\s{1,20}day\b(?!\s{1,20}(?:after|before|later|earlier|ago|of|per|long))", re.IGNORECASE)
# "The two met", "our three": known already, not counted here.
_ANAPHORIC = re.compile(r"\b(?:the|these|those|our|their|his|her|its)\s{1,20}$", re.IGNORECASE)
ANAPHORIC_MOST = 4
# Without a count before it, "third" is a rank and "quarter" a part of a year.
YEARS = range(1500, 2100)
# How far before a number the words that decide may stand, in characters.
BEFORE, BEFORE_A_SCORE = 24, 36


class _Words(NamedTuple):
    """The patterns of lexicon/en/figures.toml, each for the text right before or right after a number."""

    labels: re.Pattern[str]
    names: re.Pattern[str]
    indices: re.Pattern[str]
    ranks: re.Pattern[str]
    score_before: re.Pattern[str]
    score_after: re.Pattern[str]
    after_one: re.Pattern[str]
    before_one: re.Pattern[str]
    before_year: re.Pattern[str]
    after_name: re.Pattern[str]
    before_part: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    words = load_lexicon("figures")

    def before(name: str, flags: re.RegexFlag = re.IGNORECASE, between: str = r"\s{1,20}") -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{alternation(words[name])}){between}$", flags)

    return _Words(
        labels=before("labels", between=r"\s{0,20}#?"),
        names=re.compile(rf"(?:[A-Za-z]-|\b(?:{alternation(words['names'])})\s{{0,20}}-?)$"),
        indices=before("indices", between=r"\s{0,20}"),
        ranks=before("ranks"),
        score_before=re.compile(rf"\b(?:{alternation(words['score_before'])})\b[^.;]{{0,200}}$", re.IGNORECASE),
        score_after=re.compile(rf"\s{{1,20}}(?:{alternation(words['score_after'])})\b", re.IGNORECASE),
        after_one=re.compile(rf"\s{{1,20}}(?:(?:{alternation(words['after_one'])})\b|[,.;?!])"),
        before_one=before("before_one"),
        before_year=re.compile(
            rf"(?:\b(?:{alternation(words['before_year'])})|\()\s{{0,20}}[-–]?\s{{0,20}}$", re.IGNORECASE
        ),
        after_name=re.compile(
            rf"\s{{0,20}}(?:st|nd|rd|th|s|ers)\b|\s{{1,20}}block\s{{1,20}}of\b|-[A-Z]|[A-Z]|/\d|\s{{0,20}}(?:{alternation(words['streets'])})(?!\w)"
        ),
        before_part=before("before_part", between=r"[\s-]{1,20}"),
    )


def stretches_apart(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a text has numbers that measure nothing whatever stands around them: addresses, clocks, dates, years, scores."""
    taken = [(m.start(), m.end()) for pattern in (_URL, _CLOCK) for m in pattern.finditer(text, start, end)]
    taken += [(d.start, d.end) for d in find_written_dates(text, start, end)]
    taken += [(m.start(), m.end()) for m in _YEARS.finditer(text, start, end)]
    return taken + [(m.start(), m.end()) for m in _DASHED.finditer(text, start, end) if _is_score(text, m)]


def _is_score(text: str, m: re.Match[str]) -> bool:
    """Whether two numbers with a dash are a score: the first is no lower bound of the second, or words of play say so."""
    if int(m[1]) >= int(m[2]):
        return True
    words = _words()
    return bool(
        words.score_after.match(text, m.end())
        or words.score_before.search(text[max(0, m.start() - BEFORE_A_SCORE) : m.start()])
    )


def is_label(text: str, number: Number, is_measured: bool) -> bool:
    """Whether the characters around the number say that it names something, ranks it, or is no number at all."""
    words = _words()
    before = text[max(0, number.core_start - BEFORE) : number.core_start]
    outside = text[max(0, number.start - BEFORE) : number.start]
    after = text[number.end : number.end + BEFORE]
    if words.names.search(outside) or (words.after_name.match(after) and not is_measured):
        return True
    if words.indices.search(outside) and not is_measured and number.currency is None:
        return True
    if _AGED.search(before):
        return True
    written = text[number.core_start : number.end].lower()
    if number.kind == "fraction" and (
        words.before_part.search(before) or written in words_of("figures", "fraction_or_rank")
    ):
        return True
    if number.kind == "multiple" and _NO_MULTIPLE.match(text, number.end):
        return True
    if written == "one" and _ONE_OF.match(after):
        return False
    if written == "one" and is_measured and not _ONE_DAY.match(after):
        return False
    if written == "one" and (words.after_one.match(after) or words.before_one.search(before)):
        return number.bound == "="
    return False


def is_name_part(text: str, paragraph: Paragraph, number: Number, token: Token, noun: Token | None) -> bool:
    """Whether a number without a unit of measure belongs to a name: "the S&P 500", "Section 427", "787 Dreamliner"."""
    words = _words()
    doc = paragraph.doc
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    counts = following is not None and following.tag_ in ("NNS", "NNPS")
    outside = text[max(0, number.start - BEFORE) : number.start]
    if not counts and (words.labels.search(outside) or (noun is None and words.ranks.search(outside))):
        return True
    before = doc[token_at(doc, number.start - paragraph.offset) - 1] if number.start > paragraph.offset else None
    named = before is not None and before.pos_ == "PROPN" and not before.is_sent_start
    if named and noun is None:
        return True
    if named and number.is_digits and number.bound == "=" and following is not None and following.tag_ in ("NN", "NNP"):
        return (
            before is not None and before.text[:1].isupper() and before.ent_type_ not in ("DATE", "TIME", "GPE", "LOC")
        )
    if _is_capitalised(text, paragraph, number, token):
        return True
    return (
        noun is not None
        and noun.tag_ == "NNP"
        and noun.text[:1].isupper()
        and noun.ent_type_ != "NORP"
        and not noun.text.isupper()
    )


def _is_capitalised(text: str, paragraph: Paragraph, number: Number, token: Token) -> bool:
    """Whether the number is written as names are, in the middle of a sentence after a name: "the Kick Six"."""
    if number.is_digits or not text[number.core_start].isupper() or paragraph.is_heading or token.is_sent_start:
        return False
    before = paragraph.doc[token.i - 1] if token.i else None
    named = before is not None and before.pos_ == "PROPN" and not before.is_sent_start
    return before is not None and named and before.text[:1].isupper() and before.text[-1:] != "."


def is_counted_already(token: Token, noun: Token) -> bool:
    """Whether another number counts the noun, so that this one belongs to a name: the 737 of "two new 737 Max jets"."""
    return token.head == noun and any(c.dep_ == "nummod" and c.i < token.i and is_number(c) for c in noun.children)


def is_number(token: Token) -> bool:
    """Whether a token is a number or the sign of one."""
    return bool(token.like_num) or token.text in ("%", "$", "€", "£")


def is_year(text: str, number: Number, unit: str | None, counted: Token | None) -> bool:
    """Whether the number is a year, to judge by what stands before it and what it would count.

    "1500 boats" are boats, for it is a round number with a plural right after it; "2019 elections" are of that year.
    """
    written = text[number.core_start : number.end]
    if not re.fullmatch(r"\d{4}", written) or int(written) not in YEARS or number.currency is not None:
        return False
    before = text[max(0, number.core_start - 12) : number.core_start]
    if _AVERAGE.search(before):
        return False
    if unit is None or _words().before_year.search(before):
        return True
    round_count = int(written) % 100 == 0 and (counted is None or counted.tag_ in ("NNS", "NNPS"))
    return number.bound == "=" and not round_count


def points_back(text: str, number: Number) -> bool:
    """Whether a small number in words speaks of what is known: "the two met"."""
    if number.value >= ANAPHORIC_MOST or number.is_digits:
        return False
    return bool(_ANAPHORIC.search(text, max(0, number.core_start - 12), number.core_start))


def is_part_of_time(number: Number, dates: Sequence[Time]) -> bool:
    """Whether a time expression holds the number."""
    return any(t.start <= number.core_start and number.end <= t.end for t in dates)
