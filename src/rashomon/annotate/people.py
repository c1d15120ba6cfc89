"""The people of one article: which names are one person's, their roles, and whether "he" or "she" can stand for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rashomon.lexicon import load_lexicon
from rashomon.model import Mention
from rashomon.text.naming import (
    Gender,
    country_of,
    find_offices,
    given_names,
    is_given_name,
    strip_honorific,
    word_genders,
)
from rashomon.text.words import find_words, fold

# A surname named so many times as often as a full name, and before it, may be another person's.
FAR_MORE = 4
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?,?")
# How many characters before a name say what its bearer is to somebody: "his wife, Ada Weir".
_NEAR = 30


@dataclass(frozen=True)
class Person:
    """A person of the article: the longest form and all others (folded), the roles given, how often named."""

    name: str
    forms: frozenset[str]
    surname: str
    is_certain: bool  # a full name, a title or a role says that this is a person
    roles: frozenset[str]
    countries: frozenset[str]
    gender: Gender | None
    n_mentions: int


@dataclass
class _Form:
    """One way of naming somebody, and what the text says around it."""

    count: int
    first: int
    roles: set[str]
    countries: set[str]
    genders: set[Gender]
    is_kin: bool


def find_people(text: str, mentions: Sequence[Mention], body_start: int) -> list[Person]:
    """The people named, surnames alone joined to the full name they shorten. Before `body_start` stands the headline."""
    forms: dict[str, _Form] = {}
    for mention in mentions:
        if mention.kind != "person":
            continue
        written = text[mention.start : mention.end]
        name = strip_honorific(written)
        if name.startswith("@"):
            continue
        form = forms.setdefault(name, _Form(0, len(text), set(), set(), set(), is_kin=False))
        form.count += 1
        if mention.start >= body_start:
            form.first = min(form.first, mention.start)
        described = text[mention.description.start : mention.description.end] if mention.description else ""
        before = text[max(0, mention.start - _NEAR) : mention.start]
        words = [fold(w.text) for w in find_words(described + " " + written.removesuffix(name))]
        form.roles |= find_offices(words)
        form.countries |= {country_of()[w] for w in words if w in country_of()}
        form.genders |= _genders(words) | _honorific_gender(before)
        form.is_kin |= bool(_kin().search(before))
    for name, form in forms.items():
        form.genders = form.genders or _given_gender(name)
    return _merged(forms)


def _merged(forms: dict[str, _Form]) -> list[Person]:
    """Every full name with the surnames that shorten it; a surname no full name takes is a person of its own."""
    full = [name for name in forms if len(name.split()) > 1]
    full = [name for name in full if not any(fold(other).endswith(" " + fold(name)) for other in full)]
    owned: dict[str, list[str]] = defaultdict(list)
    for name in forms:
        owned[name if name in full else _bearer(name, full, forms) or name].append(name)
    return [_person(name, {n: forms[n] for n in own}) for name, own in owned.items()]


def _bearer(surname: str, full: list[str], forms: dict[str, _Form]) -> str | None:
    """The full name a surname alone stands for.

    News names a person in full first. A surname that runs through the text before a full name with it may belong to
    somebody the report takes for known: "Mr. Weir" all along, and late in the text his wife, Ada Weir.
    """
    own = forms[surname]
    last = fold(surname)
    bearers = (
        [f for f in full if last_name(f) == last]
        or [f for f in full if fold(f).endswith(" " + last)]
        or [f for f in full if fold(f.split()[0]) == last]
    )
    agreeing = [
        f for f in bearers if not (own.genders and forms[f].genders and own.genders.isdisjoint(forms[f].genders))
    ]
    best = max(agreeing, key=lambda f: (forms[f].count, -forms[f].first, f), default=None)
    if best is None:
        return None
    is_far = own.first < forms[best].first and own.count >= FAR_MORE * forms[best].count
    return None if is_far and forms[best].is_kin else best


def _person(name: str, own: dict[str, _Form]) -> Person:
    forms = own.values()
    genders = {g for form in forms for g in form.genders}
    roles = frozenset(r for form in forms for r in form.roles)
    return Person(
        name=name,
        forms=frozenset(fold(form) for form in own),
        surname=last_name(name),
        is_certain=bool(genders or roles) or len(name.split()) > 1 or len(forms) > 1 or is_given_name(name),
        roles=roles,
        countries=frozenset(c for form in forms for c in form.countries),
        gender=next(iter(genders)) if len(genders) == 1 else None,
        n_mentions=sum(form.count for form in forms),
    )


def last_name(name: str) -> str:
    """The surname, folded: the last word that is no "Jr." or "III"."""
    words = [word for word in name.split() if not _SUFFIX.fullmatch(word)]
    return fold(words[-1] if words else name)


def _genders(words: list[str]) -> set[Gender]:
    table = word_genders()
    return {table[w] for w in words if w in table}


def _honorific_gender(before: str) -> set[Gender]:
    words = before.split()
    return _genders([words[-1].lower()]) if words else set()


def _given_gender(name: str) -> set[Gender]:
    words = name.split()
    table = given_names()
    return {table[fold(words[0])]} if len(words) > 1 and fold(words[0]) in table else set()


@lru_cache(maxsize=1)
def _kin() -> re.Pattern[str]:
    words = "|".join(load_lexicon("genders")["kin"].split())
    return re.compile(rf"\b(?:{words}),?\s{{1,20}}$", re.IGNORECASE)
