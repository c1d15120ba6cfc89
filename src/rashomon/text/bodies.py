"""What the name of a body or place says by itself: whose it is, its words, and which other names are the same.

Other names, acronyms, "Department of X" for "X Department", a name without its country or its legal form, spellings.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rashomon.lexicon import load_lexicon
from rashomon.text.acronyms import SMALL, is_acronym_of
from rashomon.text.naming import (
    MAX_OWNER_WORDS,
    country_of,
    fold_name,
    is_given_name,
    is_same_given,
    is_same_spelling,
    known_bodies,
    owner_of,
    split_names,
)

# A single word of a place or body may be misspelt when it has so many letters.
LONG_WORD = 7
# Abbreviations at the beginning of a name.
_LONG = {"st": "saint", "ft": "fort", "mt": "mount"}
_DOUBLED = re.compile(r"(.)\1")


class BodyKey(NamedTuple):
    """What a name says: the country or body it belongs to (folded, or nothing), and its own words."""

    owner: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join((*([self.owner] if self.owner else []), *self.words))


def is_same_body(a: str, b: str) -> bool:
    """Whether two names say by themselves that they are one body's or place's."""
    x, y = body_key(a), body_key(b)
    if x == y or is_acronym_of(a, b) or is_acronym_of(b, a):
        return True
    return is_shorter(x, y) or is_shorter(y, x) or is_variant(x, y)


@lru_cache(maxsize=1)
def other_names() -> dict[str, str]:
    """The other names of countries, regions, states and places, folded, each to the name in full."""
    lexicon = load_lexicon("places")
    table = {fold_name(o): fold_name(n) for n, others in lexicon["same"].items() for o in others}
    for name, row in {**lexicon["countries"], **lexicon["regions"]}.items():
        table |= {fold_name(other): fold_name(name) for other in split_names(row.split("|")[0])}
    for name, row in lexicon["states"].items():
        table |= {fold_name(other): fold_name(name) for other in split_names(row)}
    return table


@lru_cache(maxsize=50_000)
def body_key(form: str) -> BodyKey:
    """A name's words, spellings made one, "Department of X" as "X Department", whose it is apart."""
    bare = form.removeprefix("the ").removeprefix("The ")
    folded = fold_name(known_bodies().get(bare, form).replace("&", " and "))
    for _ in range(2):  # D.C. is the District of Columbia, which is Washington
        folded = other_names().get(folded, folded)
    spelt = load_lexicon("organisations")["spelt"]
    words = [spelt.get(w, w) for w in folded.split()]
    words = [_LONG.get(w, w) if n < len(words) - 1 else w for n, w in enumerate(words)]
    if (
        len(words) > 1
        and words[0].endswith("ern")
        and (plain := " ".join([words[0][:-3], *words[1:]])) not in country_of()
    ):
        words = plain.split()  # western Norland, West Norland; but southern Africa is not South Africa
    owner, words = _owned(words) if folded not in other_names().values() else ("", words)
    if len(words) > 2 and words[0] in ("department", "ministry") and words[1] == "of":
        rest = [w for w in words[2:] if w != "affairs"]
        words = [*rest, words[0]]
    if len(words) > 1 and words[-2] == "sheriff" and words[-1] in ("office", "department"):
        words[-1] = "office"
    if (owner or len(words) == 2) and words[-1:] and words[-1] in ("government", "regime"):
        words[-1] = "administration"
    return BodyKey(owner, tuple(words))


def _owned(words: list[str]) -> tuple[str, list[str]]:
    """The owner before or behind a name, and the rest: "U.S. Army", "Bank of Norland", "Army of the United States"."""
    for n in range(min(MAX_OWNER_WORDS, len(words) - 1), 0, -1):
        owner = owner_of(" ".join(words[:n]))
        if owner and words[n] not in SMALL:
            return fold_name(owner), words[n:]
    for n in range(1, min(MAX_OWNER_WORDS, len(words) - 2) + 1):
        behind = [w for w in words[-n:] if w != "the"]
        owner = owner_of(" ".join(behind)) if words[-n - 1] == "of" else None
        if owner and words[: -n - 1] not in (["department"], ["ministry"], ["university"], ["bank"], ["house"]):
            return fold_name(owner), words[: -n - 1]
    return "", words


def is_shorter(short: BodyKey, long: BodyKey) -> bool:
    """Whether a name is another without its country, its legal form, or a word that says only what it is."""
    if short.owner not in ("", long.owner) or not short.words:
        return False
    x, y = short.words, long.words
    if x == y:
        return len(x) > 1
    if len(y) <= len(x):
        return False
    rest = y[len(x) :] if y[: len(x)] == x else ()
    if rest and all(w in dropped_words("legal") for w in rest):
        return True
    if len(x) > 1 and rest and all(w in dropped_words("behind") for w in rest):
        return True
    if len(x) > 1 and len(y) == len(x) + 1 and y[1:] == x and y[0] in dropped_words("before"):
        return " ".join(x) not in national_bodies()
    return _is_hollowed(x, y)


def _is_hollowed(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """Whether a name lacks inner words of another: "Lakeside Hospital", "Lakeside Regional Hospital"."""
    if x == ("agreement",) == y[1:] and len(y) == 2:
        return True  # the Norland deal, the Norland grain deal
    if len(x) != 2 or x[0] != y[0] or x[-1] != y[-1] or x[-1] not in heads():
        return False
    return not any(w in dropped_words("kept") for w in y[1:-1])


def is_variant(x: BodyKey, y: BodyKey) -> bool:
    """Whether two names are spellings of one."""
    if x.owner != y.owner or len(x.words) != len(y.words) or len(x.words) < 2:
        return False
    if x.words[0] == y.words[0] == "saint" and len(x.words) == 2:
        return all(is_given_name(w[1]) for w in (x.words, y.words)) and is_same_given(x.words[1], y.words[1])
    pairs = [(a, b) for a, b in zip(x.words, y.words, strict=True) if a != b]
    return len(pairs) == 1 and any(w in heads() or len(w) > 3 for w in x.words) and _is_slip(*pairs[0])


def _is_slip(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if (long == short + "s" or _single(a) == _single(b)) and len(short) > 3:
        return True
    return len(short) >= LONG_WORD and is_same_spelling(a, b)


def _single(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=8)
def dropped_words(table: str) -> frozenset[str]:
    """The words that a name may be without, by where they stand."""
    return frozenset(load_lexicon("organisations")["dropped"][table].split())


@lru_cache(maxsize=1)
def national_bodies() -> frozenset[str]:
    """Bodies of a whole country when nobody says whose, which no state's or town's is short for."""
    return frozenset(load_lexicon("organisations")["dropped"]["national"])


@lru_cache(maxsize=1)
def heads() -> frozenset[str]:
    """Words that say what a name names: hospital, commission, bridge."""
    spelt = load_lexicon("organisations")["spelt"]
    named = load_lexicon("organisations")["named_by"]
    words = {w for table in ("organisation", "place") for w in named[table].split()}
    return frozenset(words | {spelt.get(w, w) for w in words})
