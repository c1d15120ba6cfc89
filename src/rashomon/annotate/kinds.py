"""What kind of thing each form of an article names: person, place, organisation or group.

The tagger's guesses are votes; what the words say decides before them: a known place or body, the last word of a name
("Hospital", "Road"), and what stands around a person ("Mr", ", 34,", "a migrant who").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rashomon.annotate.guesses import Guess
from rashomon.lexicon import alternation, load_lexicon, words_of
from rashomon.model import MentionKind
from rashomon.text.naming import (
    country_of,
    is_given_name,
    known_bodies,
    known_places,
    known_states,
    split_person,
    strip_honorific,
)
from rashomon.text.words import find_words

KINDS: dict[str, MentionKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}
_BODY: MentionKind = "organisation"
# A person's name has no more words than this.
MAX_WORDS = 5
# A name in capitals with so many letters is a line of a headline, not an acronym.
LONG_CAPITALS = 6


def settle_kinds(text: str, guesses: Sequence[Guess]) -> dict[str, MentionKind]:
    """One kind for each form of the article, countries and bodies of the lexicon among them."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    common: Counter[str] = Counter()
    for guess in guesses:
        form = strip_honorific(guess.form)
        votes[form][guess.label] += 1
        common[form] += guess.is_common
    votes = {form: count for form, count in votes.items() if common[form] < count.total()}
    signs = _PersonSigns(text, votes)
    kinds: dict[str, MentionKind] = {}
    surnames: set[str] = set()
    for form, count in sorted(votes.items(), key=lambda item: (-len(item[0].split()), item[0])):
        if form in known_places() or _are_places(form):
            continue
        if " " not in form and form in surnames:
            kinds[form] = "person"
            continue
        kinds[form] = _kind_of(text, form, count, signs)
        if (
            kinds[form] == "person"
            and 2 <= len(form.split()) <= MAX_WORDS
            and "NORP" not in votes.get(_surname(form), ())
        ):
            surnames.add(_surname(form))
    single = surnames | {form for form, kind in kinds.items() if kind == "person" and " " not in form}
    for form in (*_full_names(text, single), *surnames):
        kinds.setdefault(form, "person")
    small = frozenset(w.text for w in find_words(text) if w.text.islower())
    for form, kind in list(kinds.items()):
        owner, mark, own = form.replace("’s ", "'s ").partition("'s ")
        if mark and kind == "organisation" and " " in own and (owner in single or kinds.get(owner) == "person"):
            kinds[own] = kinds.pop(form)  # "Weir's National Harbour Council" is the council
        if "-" in form and all(part in surnames for part in form.split("-")):
            del kinds[form]  # "the Weir-Orrel summit"
    for form in list(kinds):
        if form.lower() in words_of("people", "honorifics") or _is_noise(form, small):
            del kinds[form]
    plain = " ".join(text.split())
    known: dict[str, MentionKind] = {**known_places(), **dict.fromkeys(known_bodies(), _BODY)}
    return {form: kind for form, kind in known.items() if form in plain} | kinds


def _kind_of(text: str, form: str, count: Counter[str], signs: _PersonSigns) -> MentionKind:
    words = form.split()
    label = max(count, key=lambda name: (count[name] + (name == "PERSON") * 0.5, name))
    if form in known_bodies():
        return "organisation"
    if form in known_states() and not is_given_name(form):
        return "place"
    if _follows_place_word(text, form) or _is_address(text, form):
        return "place"
    named = kind_by_head(form)
    may_be_person = label == "PERSON" and form not in signs.locations and _may_be_surname(words)
    if named and not (form in signs.people or may_be_person):
        return named
    if form in signs.people and _looks_personal(form):
        return "person"
    is_acronym = len(words) == 1 and form.isupper() and len(form) > 2 and form not in signs.people
    if form in signs.titled and label == "ORG" and form.istitle() and form.lower() not in _heads():
        return "person"  # "President Weir", and "Weir" from there on; no "Department" of "Justice Department"
    if label == "PERSON" and (form in signs.introduced or is_acronym):
        return "organisation"
    if label == "ORG" and len(words) == 2 and is_given_name(words[0]) and _looks_personal(form):
        return "person"
    if label == "PERSON" and len(words) == 1 and form in signs.locations:
        return "place"
    if label == "PERSON" and (any(w.isdigit() for w in words) or len(words) > MAX_WORDS):
        return "organisation"
    return KINDS[label]


def _is_address(text: str, form: str) -> bool:
    """Whether a name that opens with a compass point stands behind the number of a house: "861 E. Harbour Court"."""
    return re.match(r"[NESW]\.?\s", form) is not None and re.search(rf"\d\s{re.escape(form)}\b", text) is not None


@lru_cache(maxsize=20_000)
def kind_by_head(form: str) -> MentionKind | None:
    """What the last word of a name of two words and more says it names, or the first before "of"."""
    words = [w.lower() for w in form.split()]
    if len(words) < 2:
        return None
    table = _heads()
    front = next((n for n, w in enumerate(words[1:4], start=1) if w in ("of", "for", "on")), None)
    if front is not None:
        return table.get(words[front - 1])
    if words[0] in load_lexicon("organisations")["named_by"]["first"].split():
        return "organisation"
    return table.get(words[-1].rstrip("."))


@lru_cache(maxsize=1)
def _heads() -> dict[str, MentionKind]:
    named = load_lexicon("organisations")["named_by"]
    kinds: tuple[MentionKind, MentionKind] = ("place", "organisation")
    return {word: kind for kind in kinds for word in named[kind].split()}


def _may_be_surname(words: Sequence[str]) -> bool:
    """Whether a name that ends like a place can be a person's: "Simon Hall"."""
    surnames = load_lexicon("organisations")["named_by"]["also_surnames"].split()
    return words[-1].lower() in surnames and is_given_name(words[0])


def _looks_personal(form: str) -> bool:
    words = form.split()
    return (
        2 <= len(words) <= MAX_WORDS
        and not any(w.isdigit() or (w.isupper() and len(w) > 2 and "." not in w) for w in words)
        and all(w[0].isupper() or w in words_of("people", "particles") for w in words)
    )


def _surname(form: str) -> str:
    """The surname as written: the last word that is no "Jr."."""
    words = form.replace(",", "").split()
    return words[-2] if split_person(form).suffix and len(words) > 2 else words[-1]


def _are_places(form: str) -> bool:
    """Whether a form only joins two places: "U.S.-Mexico"."""
    parts = re.split(r"[-–/]", form)
    return len(parts) > 1 and all(p in known_places() or p in known_states() for p in parts)


class _PersonSigns:
    """What an article writes around forms that only persons have, and around single words that places have."""

    def __init__(self, text: str, forms: Iterable[str]) -> None:
        self.people: set[str] = set()
        self.titled: set[str] = set()
        introduced: Counter[str] = Counter()
        inside: Counter[str] = Counter()
        total: Counter[str] = Counter()
        own = [form for form in forms if form not in known_places()]
        if own:
            pattern = re.compile(rf"(?<![\w@-])(?:{alternation(own)})(?!\w)")
            for m in pattern.finditer(text):
                form = " ".join(m[0].split())
                if _titled().search(text, max(0, m.start() - 24), m.start()):
                    self.titled.add(form)
                elif _signs_behind().match(text, m.end()):
                    self.people.add(form)
                introduced[form] += bool(_introduced().search(text, max(0, m.start() - 24), m.start()))
                total[form] += 1
                before = _ON if " " in form else _INSIDE
                inside[form] += bool(before.search(text, max(0, m.start() - 12), m.start()))
        self.people |= self.titled
        courtesy = {m[1] for m in _COURTESY.finditer(text)}
        self.people |= {form for form in own if form.split()[-1] in courtesy and _looks_personal(form)}
        self.introduced = {f for f in total if 2 * introduced[f] >= total[f] and not is_given_name(f.split()[0])}
        self.locations = {f for f in total if f not in self.people and 2 * inside[f] >= total[f]}


_INSIDE = re.compile(rf"\b(?:{alternation(words_of('people', 'places_stand_behind'))})\s{{1,20}}$")
_ON = re.compile(r"\b(?:on|in|at|near|across|along|outside|inside|off)\s{1,20}$")
_COURTESY = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s{1,20}([A-Z][\w’'-]+?)(?:['’]s)?(?![\w-])")


@lru_cache(maxsize=1)
def _signs_behind() -> re.Pattern[str]:
    """An age, a relative clause or a noun for a person behind a name."""
    nouns = alternation(words_of("people", "roles") | words_of("people", "appositive"))
    return re.compile(
        rf"(?:['’]s)?(?:,\s{{1,20}}\d{{1,3}}\s{{0,20}}(?:[,.;]|years?\b)|\s{{1,20}}\(\d{{1,3}}\)|,\s{{1,20}}who\b"
        rf"|,\s{{1,20}}(?:an?|the|his|her|their)\s{{1,20}}(?:[\w’'-]+\s{{1,20}}){{0,3}}?(?:\d{{1,2}}-year-old|(?:{nouns})\b))"
    )


@lru_cache(maxsize=1)
def _titled() -> re.Pattern[str]:
    titles = words_of("people", "honorifics") - words_of("people", "also_bodies")
    return re.compile(rf"(?<![\w-])(?i:{alternation(titles)})\s{{1,20}}$")


@lru_cache(maxsize=1)
def _introduced() -> re.Pattern[str]:
    """A noun for a body right before a name: "the non-profit group | X"."""
    nouns = words_of("organisations", "introducing")
    return re.compile(rf"(?<![\w-])(?i:{alternation(nouns)}),?\s{{1,20}}$")


def _full_names(text: str, surnames: set[str]) -> list[str]:
    """A given name before a surname the article uses, where the tagger saw no name: "Rahm Emanuel"."""
    if not surnames:
        return []
    pattern = re.compile(rf"(?<![\w-])([A-Z]\w+) (?:[A-Z]\. )?(?:{alternation(list(surnames))})(?!\w)")
    return sorted({m[0] for m in pattern.finditer(text) if is_given_name(m[1])})


@lru_cache(maxsize=1)
def _place_word() -> re.Pattern[str]:
    return re.compile(load_lexicon("organisations")["place_of"], re.IGNORECASE)


def _follows_place_word(text: str, form: str) -> bool:
    at = text.find(form)
    return at > 0 and bool(_place_word().search(text[max(0, at - 30) : at]))


def _is_noise(form: str, small: frozenset[str]) -> bool:
    """A word the tagger took for a name though the text writes it small elsewhere, or that is no name at all."""
    if form in known_bodies():
        return False
    if (form.isupper() and len(form) > LONG_CAPITALS and " " in form) or form in load_lexicon("people")["stray"][
        "words"
    ]:
        return True
    return form.istitle() and form.lower() in small and form.lower() not in country_of()
