"""What the words of a name say: titles, offices, countries and the people of a country."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import MentionKind
from rashomon.text.words import find_words, fold

Gender = Literal["male", "female"]
# Two spellings of a name are one when nearly all letters agree; short names must agree in all.
SPELLING = 0.90
MIN_FUZZY_LETTERS = 5
# From so many letters on, two edits are one slip ("Karpenskyi", "Karpenski"); below, one is.
LONG_LETTERS = 8
# No country or union has a longer name than this.
MAX_OWNER_WORDS = 4


class PersonName(NamedTuple):
    """The folded words of a person's name: given names and initials, the surname with its particles, "jr" or "iii"."""

    given: tuple[str, ...]
    surname: tuple[str, ...]
    suffix: str | None

    @property
    def words(self) -> tuple[str, ...]:
        """All but the suffix."""
        return self.given + self.surname


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
    for name, other_names in lexicon["same"].items():
        kinds |= dict.fromkeys([name, *other_names], "place")
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


@lru_cache(maxsize=1)
def _owners() -> dict[str, str]:
    table: dict[str, str] = {}
    lexicon = load_lexicon("places")
    for name, row in {**lexicon["regions"], **lexicon["countries"]}.items():
        others, adjectives, _ = row.split("|")
        table |= {fold_name(word): name for word in (name, *split_names(others), *split_names(adjectives))}
    for name, others_of in lexicon["same"].items():
        table |= {fold_name(word): name for word in (name, *others_of)}
    for name, row in load_lexicon("bodies")["unions"].items():
        table |= {fold_name(word): name for word in (name, *split_names(row))}
    return table


@lru_cache(maxsize=1)
def known_bodies() -> dict[str, str]:
    """Bodies that all news names, as written, each form to the name in full: `C.I.A.` to `Central Intelligence Agency`."""
    tables = load_lexicon("bodies").values()
    return {form: name for table in tables for name, row in table.items() for form in (name, *split_names(row))}


@lru_cache(maxsize=1)
def known_states() -> dict[str, str]:
    """The states of the United States with their abbreviations, each form to the name: `Mich.` to `Michigan`."""
    states = load_lexicon("places")["states"]
    return {form: name for name, row in states.items() for form in (name, *split_names(row))}


def owner_of(words: str) -> str | None:
    """The country, region or body that words before a name mean: "U.S.", "Norwegian" and "UN", but no capital."""
    return _owners().get(fold_name(words))


def split_names(cell: str) -> list[str]:
    """The names in one cell of the places table."""
    return [name.strip() for name in cell.split(",") if name.strip()]


@lru_cache(maxsize=1)
def given_names() -> dict[str, Gender]:
    """Common given names, folded, with the sex of most who bear them."""
    given = load_lexicon("genders")["given"]
    genders: tuple[Gender, Gender] = ("male", "female")
    return {fold(name): gender for gender in genders for name in given[gender].split()}


@lru_cache(maxsize=1)
def word_genders() -> dict[str, Gender]:
    """Titles and roles that tell a man from a woman: "mr", "spokeswoman"."""
    lexicon = load_lexicon("genders")
    genders: tuple[Gender, Gender] = ("male", "female")
    return {word: g for g in genders for table in ("honorifics", "roles") for word in lexicon[table][g].split()}


def gender_of_words(words: Sequence[str]) -> Gender | None:
    """What a title or description says: "the spokeswoman" is female; None when it says nothing or both."""
    found = {word_genders()[word] for word in words if word in word_genders()}
    return next(iter(found)) if len(found) == 1 else None


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


@lru_cache(maxsize=100_000)
def fold_name(form: str) -> str:
    """A form without case, accents, article and possessive ending."""
    words = [fold(w.text) for w in find_words(form.replace("-", " "))]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@lru_cache(maxsize=100_000)
def split_person(form: str) -> PersonName:
    """A person's name in its parts: "Henry P. Ash, Jr." has the given names henry, p, the surname ash, and jr."""
    words = fold_name(strip_honorific(form)).split()
    suffix = words.pop() if len(words) > 1 and words[-1] in words_of("people", "suffixes") else None
    if _is_family_first(words):
        return PersonName(tuple(words[1:]), (words[0],), suffix)
    particles = words_of("people", "particles")
    first = next((n for n, word in enumerate(words) if 0 < n < len(words) - 1 and word in particles), len(words) - 1)
    if len(words) > 1 and words[0] in particles and not (is_given_name(words[0]) or words[0] in _full_given()):
        first = 0
    return PersonName(tuple(words[:first]), tuple(words[first:]), suffix)


def _is_family_first(words: list[str]) -> bool:
    """Whether a name begins with the family's: three syllables, or two when the first is nobody's given name."""
    if not 1 < len(words) <= 3 or words[0] not in words_of("people", "family_first") or is_given_name(words[1]):
        return False
    return len(words) == 3 or not is_given_name(words[0])


@lru_cache(maxsize=100_000)
def is_same_spelling(a: str, b: str) -> bool:
    """Whether two folded words are spellings of one name."""
    if a == b:
        return True
    short = min(len(a), len(b))
    if short < MIN_FUZZY_LETTERS or a[0] != b[0]:
        return False
    if abs(len(a) - len(b)) > 1 and (a.startswith(b) or b.startswith(a)):
        return False  # Roberts is not Robertson
    edits = 2 if short >= LONG_LETTERS else 1
    return OSA.distance(a, b) <= edits and JaroWinkler.similarity(a, b) >= SPELLING


@lru_cache(maxsize=1)
def _full_given() -> dict[str, frozenset[str]]:
    """Each given name or short form to the names it may stand for, itself among them; spellings of one name are one."""
    lexicon = load_lexicon("nicknames")
    table: dict[str, set[str]] = {}
    for row in lexicon["spellings"]:
        for word in row.split():
            table.setdefault(word, set()).add(row.split()[0])
    first = {word: next(iter(sorted(names))) for word, names in table.items()}
    for name, short in lexicon["short"].items():
        for word in short.split():
            table.setdefault(word, set()).add(first.get(name, name))
    return {word: frozenset(names | {word}) for word, names in table.items()}


@lru_cache(maxsize=100_000)
def is_same_given(a: str, b: str) -> bool:
    """Whether two folded given names can be one person's: equal, an initial, a short form, a spelling."""
    if a == b or (1 in (len(a), len(b)) and a[:1] == b[:1]):
        return True
    table = _full_given()
    if not table.get(a, frozenset([a])).isdisjoint(table.get(b, frozenset([b]))):
        return True
    return not (a in given_names() and b in given_names()) and is_same_spelling(a, b)
