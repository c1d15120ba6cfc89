"""Whether the words of a clause were cut before what they need: the last member of a list, what somebody is asked to do."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from rashomon.collate.material import Material
from rashomon.lexicon import alternation, load_lexicon, words_of
from rashomon.model import Clause, Span
from rashomon.text.numbers import find_numbers
from rashomon.text.words import fold, split_words

# So many characters behind a label may hold whom it is for, and to do what.
FORWARD = 70
_NEXT_WORD = re.compile(r"\s{1,3}([a-z]{1,20})\b")
# What somebody is to do, a clause that ends in the second member of a list, and what goes on with one.
_FOR_TO = re.compile(r"\bfor\s[^,.;]{1,60}?\sto\s")
_LISTED = re.compile(r",\s(?:[a-z]{1,12}\s){0,2}[^\W\d][\w’'-]{0,30}$")
_GOES_ON = re.compile(r",?\s(?:and|or)\s|,\s")
# A list of names, or of counts, that goes on behind the first: "Ada Weir, 18, Edda Falk and a child".
_MORE_NAMES = re.compile(r",\s(?:\d{1,3},\s)?[A-Z][^.;:]{1,80}?,?\sand\s")
_MORE = re.compile(r",\s(\w{1,20})\s[^.;:]{1,80}?\sand\s")
# "is in doubt after a video" before "came out".
_TIMED = re.compile(r"\b(?:after|before|since|until|as)\s[^,]{1,40}$")
# What leads to a quotation or an explanation.
_LEADS_ON = re.compile(r"[,:]?\s{0,2}[“\"„«]|:\s")


def breaks_off(material: Material, article: str, clause: Clause, core: Span) -> bool:
    """Whether the words were cut before what they need: "comes months" before "after the talks", "met in an effort".

    "Called for the mayor" before "to resign", "vowed to remain", "not only" without "but" and a list cut behind a member say
    another thing too.
    """
    text = material.texts[article]
    end = min(material.home(article, core).end, core.end + FORWARD)
    words = [fold(w) for w in split_words(text, core.start, core.end)]
    following = _NEXT_WORD.match(text, core.end)
    is_open = not words_of("briefing", "open_ends").isdisjoint(words[-1:]) or words[-2:] == ["in", "order"]
    is_led = _LEADS_ON.match(text, core.end) is not None
    is_inner = following is not None and not words_of("pronouns", "relative").isdisjoint(words)
    is_cut = following is not None and _is_cut_before(text, clause, core, end, following[1])
    is_aimless = words[-2:-1] == ["to"] and words[-1] in words_of("briefing", "incomplete")
    is_half = any(a == "not" and b == "only" for a, b in pairwise(words)) and "but" not in words
    is_anothers = _predicated().match(text, core.end) is not None
    is_short = is_open or is_led or is_inner or is_cut or is_aimless or is_half
    return is_short or is_anothers or _is_cut_list(text, core, end)


@lru_cache(maxsize=1)
def _predicated() -> re.Pattern[str]:
    """What says something of the last words before it, which then are no part of a core: "and one, a girl of seven, was"."""
    return re.compile(rf",?\s{{1,3}}(?:{alternation(words_of('briefing', 'auxiliary'))})\b")


@lru_cache(maxsize=1)
def _measured() -> frozenset[str]:
    """Words for how long before or after something: "months after the talks", "shortly after"."""
    times = load_lexicon("times")
    units = {*times["units"], *times["parts_of_day"]}
    return frozenset({*units, *(f"{unit}s" for unit in units)}) | words_of("briefing", "measuring")


def _is_cut_list(text: str, core: Span, end: int) -> bool:
    """Whether a list goes on behind a core: a second member, a name or a count of it is the last that is told."""
    told, more = text[core.start : core.end], _MORE.match(text, core.end, end)
    is_list = _LISTED.search(told) is not None and _GOES_ON.match(text, core.end) is not None
    is_name = told.split()[-1][:1].isupper() and _MORE_NAMES.match(text, core.end, end) is not None
    return is_list or is_name or (more is not None and bool(find_numbers(more[1])))


def _is_cut_before(text: str, clause: Clause, core: Span, end: int, following: str) -> bool:
    """Whether a core lacks the word that follows it right away, and what goes with it."""
    told = text[core.start : core.end]
    is_bid = clause.predicate in words_of("briefing", "bidding") and _FOR_TO.search(told) is None
    is_for = is_bid and (following == "to" or _FOR_TO.search(text, core.start, end) is not None)
    is_timed = following not in words_of("briefing", "resuming") and _TIMED.search(told) is not None
    last = fold(told.split()[-1]) if told.split() else ""
    is_apart = following in words_of("briefing", "adjoining") and last not in _measured() and not clause.negated
    is_needed = (following in words_of("briefing", "needed") and not is_apart) or clause.predicate in words_of(
        "briefing", "resulting"
    )
    is_aim = following == "to" and last in words_of("briefing", "aiming")
    return is_for or is_timed or is_needed or is_aim
