"""What the words of a name say: titles, offices, countries and the people of a country."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import MentionKind
from rashomon.text.words import fold

Gender = Literal["male", "female"]


@lru_cache(maxsize=1)
def known_places() -> dict[str, MentionKind]:
    """Countries, capitals, regions and demonyms of the lexicon with their kinds."""
    kinds: dict[str, MentionKind] = {}
    lexicon = load_lexicon("places")
    for table in ("countries", "regions"):
        for name, row in lexicon[table].items():
            others, demonyms, capitals = (split_names(cell) for cell in row.split("|"))
            kinds |= dict.fromkeys([name, *others, *capitals], "place")
            kinds |= dict.fromkeys([d for d in demonyms if d.endswith(("s", "men"))], "group")
    return kinds


@lru_cache(maxsize=1)
def country_of() -> dict[str, str]:
    """Each adjective, demonym, capital and other name (folded) to its country: `norwegian` to `Norway`."""
    table: dict[str, str] = {}
    lexicon = load_lexicon("places")
    for name, row in {**lexicon["regions"], **lexicon["countries"]}.items():
        for cell in row.split("|"):
            table |= {word.lower(): name for word in split_names(cell)}
        table[name.lower()] = name
    return table


def split_names(cell: str) -> list[str]:
    """The names in one cell of the places table."""
    return [name.strip() for name in cell.split(",") if name.strip()]


@lru_cache(maxsize=1)
def given_names() -> dict[str, Gender]:
    """Common given names, folded, with the sex of most who bear them."""
    given = load_lexicon("genders")["given"]
    genders: tuple[Gender, Gender] = ("male", "female")
    return {fold(name): gender for gender in genders for name in given[gender].split()}


def is_given_name(word: str) -> bool:
    """Whether the lexicon knows a word as a given name."""
    return fold(word) in given_names()


def strip_honorific(name: str) -> str:
    """The name without the title before it."""
    words = name.split()
    while len(words) > 1 and words[0].lower() in words_of("people", "honorifics"):
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=1)
def _office_of() -> dict[str, str]:
    return {word: office for office, words in load_lexicon("people")["offices"].items() for word in words}


def find_offices(words: list[str]) -> frozenset[str]:
    """The roles among some words, each as the office it names."""
    table = _office_of()
    return frozenset(table.get(w, w) for w in words if w in words_of("people", "roles") or w in table)
