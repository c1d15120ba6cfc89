"""Which names of persons name one: initials, short forms, "Jr.", spellings; a bare surname by its report.

Two names of one story are one person's when nothing in them speaks against it and no report tells two people apart. A
surname alone goes to whoever bears it in that report, so that two bearers of a surname stay two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rashomon.model import Reading
from rashomon.text.naming import (
    MIN_FUZZY_LETTERS,
    Gender,
    PersonName,
    find_offices,
    gender_of_words,
    given_names,
    is_given_name,
    is_same_given,
    is_same_spelling,
    split_person,
)
from rashomon.text.words import fold

# A surname that no report of its own gives a bearer goes to the one named so many times as often as the next.
FAR_MORE = 3
# A surname that a report has so many times as often as a full name with it may be another's.
FAR_OFTENER = 4
# A given name in the middle must have more letters to stand for the first: the syllables of "Han Min Il" do not.
MIN_MIDDLE = 3
# How surely a bare form is somebody's: by the surname as spelt, by a spelling of it, by the given name.
SURNAME, SPELT, GIVEN = 3, 2, 1


@dataclass(frozen=True)
class Naming:
    """A place where a person is named: the form without its title, the title's words, whether it stands in a headline."""

    form: str
    reading: Reading
    titles: tuple[str, ...] = ()
    is_headline: bool = False


@dataclass
class Bearer:
    """One person as far as known: the full forms and every place they stand."""

    forms: list[str]
    namings: list[Naming] = field(default_factory=list)
    offices: set[str] = field(default_factory=set)

    @property
    def names(self) -> list[PersonName]:
        """The forms in their parts."""
        return [split_person(form) for form in self.forms]

    @property
    def gender(self) -> Gender | None:
        """What the given name says."""
        known = {given_names()[n.given[0]] for n in self.names if n.given and n.given[0] in given_names()}
        return known.pop() if len(known) == 1 else None


def is_same_person(a: str, b: str) -> bool:
    """Whether two full names can be one person's.

    Surnames and given names agree in spelling, initials and short forms stand for the name, a middle name may be left
    out; "Jr." and "III" are persons of their own.
    """
    x, y = split_person(a), split_person(b)
    return x.suffix == y.suffix and _agree(x, y)


def _agree(x: PersonName, y: PersonName) -> bool:
    if x.words == y.words or (len(x.words) == 2 and x.words == y.words[::-1]):
        return True
    short, long = sorted((x.words, y.words), key=len)
    if len(short) > 1 and len(short[0]) > 1 and long[: len(short)] == short:
        return True  # a second surname, or the last part of the name, left out
    left, right = " ".join(x.surname), " ".join(y.surname)
    if not is_same_spelling(left, right):
        return False
    if not x.given or not y.given:
        return x.given == y.given or bool(x.given or y.given)
    return _given_agree(x.given, y.given, is_exact=left == right)


def _given_agree(x: tuple[str, ...], y: tuple[str, ...], *, is_exact: bool) -> bool:
    if not is_same_given(x[0], y[0]):
        # known by the middle name: "J. Edgar Hoover", "Edgar Hoover"
        return is_exact and (_is_middle(x[0], y) or _is_middle(y[0], x))
    if not is_exact and x[0] != y[0] and is_same_spelling(x[0], y[0]):
        return False  # two slips in one name are one too many
    return all(is_same_given(a, b) for a, b in zip(x[1:], y[1:], strict=False))


def _is_middle(word: str, given: tuple[str, ...]) -> bool:
    return len(word) > MIN_MIDDLE and any(len(w) > 1 and is_same_given(word, w) for w in given[1:])


def bears(form: str, full: str) -> int:
    """How surely a surname, a given name or a handle alone belongs to the person with a full name; 0 when it cannot."""
    if form.startswith("@"):
        return _bears_handle(form, full)
    name, (given, last, suffix) = split_person(full), split_person(form)
    own, words = name.words, given + last
    if not own or not words or suffix not in (None, name.suffix) or words[-1] == own[-1] + "s":
        return 0
    if words in (own[-len(words) :], name.surname, name.surname[-1:]):
        return SURNAME
    if is_same_spelling(" ".join(words), " ".join(name.surname)):
        return SPELT
    return GIVEN if len(own) > 1 and words == own[:1] else 0


def _bears_handle(handle: str, full: str) -> int:
    name, letters = split_person(full), fold(handle.lstrip("@")).replace("_", "")
    surname = "".join(name.surname)
    if len(surname) < MIN_FUZZY_LETTERS or surname not in letters or not name.given:
        return 0
    before = letters[: letters.index(surname)]
    if before.endswith(name.given[0]):
        return SURNAME
    is_another = any(is_given_name(before[-n:]) and len(name.given[0]) > 1 for n in range(3, len(before) + 1))
    return 0 if is_another else GIVEN


def group_persons(
    namings: Sequence[Naming], handles: Mapping[str, str], offices: Mapping[str, Collection[str]]
) -> list[list[Naming]]:
    """The namings of each person.

    `handles` are accounts that a report puts in brackets behind a name, `offices` the roles that reports give each form.
    """
    by_form: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        by_form[naming.form].append(naming)
    full = [form for form in by_form if split_person(form).given and not form.startswith("@")]
    bearers = _join_full(full, by_form)
    for bearer in bearers:
        bearer.offices = {o for form in bearer.forms for o in offices.get(form, ())}
    own: dict[int, list[Naming]] = {n: list(b.namings) for n, b in enumerate(bearers)}
    rest: dict[str, list[Naming]] = defaultdict(list)
    report = _Report(bearers, namings)
    for form in sorted(set(by_form) - set(full)):
        known = handles.get(form)
        for naming in by_form[form]:
            home = next((n for n, b in enumerate(bearers) if known in b.forms), None)
            home = report.bearer_of(naming) if home is None else home
            if home is None:
                rest[form].append(naming)
            else:
                own[home].append(naming)
    return [*own.values(), *_join_bare(rest)]


def _join_bare(rest: Mapping[str, list[Naming]]) -> list[list[Naming]]:
    """Surnames and handles nobody bears, by their spelling."""
    groups: list[list[Naming]] = []
    for form in sorted(rest, key=lambda f: (f.startswith("@"), -len(rest[f]), f)):
        words = " ".join(split_person(form).words)
        home = next(
            (g for g in groups if is_same_spelling(words, " ".join(split_person(g[0].form).words))),
            None,
        )
        groups.append(list(rest[form])) if home is None else home.extend(rest[form])
    return groups


def _join_full(forms: Iterable[str], by_form: Mapping[str, list[Naming]]) -> list[Bearer]:
    """The full names of each person, the fullest first; a name that two persons may have stays alone."""
    surnames = _first_bare(by_form)
    bearers: list[Bearer] = []
    for form in sorted(forms, key=lambda f: (_initials(f), -len(split_person(f).words), -len(by_form[f]), f)):
        homes = [b for b in bearers if _fits(form, b, by_form, surnames)]
        articles = {n.reading.article for n in by_form[form]}
        if len(homes) > 1:
            homes = [b for b in homes if articles & {n.reading.article for n in b.namings}] or homes
        if len(homes) == 1:
            homes[0].forms.append(form)
            homes[0].namings += by_form[form]
        else:
            bearers.append(Bearer([form], list(by_form[form])))
    return bearers


def _initials(form: str) -> int:
    return sum(len(word) == 1 for word in split_person(form).given[:1])


def _fits(
    form: str, bearer: Bearer, by_form: Mapping[str, list[Naming]], surnames: Mapping[tuple[str, str], int]
) -> bool:
    """Whether a full name may be the bearer's: it agrees with every form, and no report tells the two apart."""
    name = split_person(form)
    if not all(_agree(name, own) for own in bearer.names if not _is_cut(own, bearer.names[0])):
        return False
    first = {n.reading.article: n.reading.start for n in reversed(by_form[form])}
    for other in bearer.forms:
        own = split_person(other)
        articles = {n.reading.article: n.reading.start for n in reversed(by_form[other])}
        both = first.keys() & articles.keys()
        if own.suffix != name.suffix:
            if both or (own.suffix and name.suffix):
                return False
            junior = articles if own.suffix else first
            if any(surnames.get((a, name.surname[-1]), at) < at for a, at in junior.items()):
                return False  # the report takes another bearer of the surname for known
        if both and _is_slip(name, own):
            return False
    return True


def _is_cut(name: PersonName, fullest: PersonName) -> bool:
    """Whether a form is the beginning of the fullest one, which says nothing about the surname."""
    return name.words == fullest.words[: len(name.words)] and len(name.words) < len(fullest.words)


def _is_slip(x: PersonName, y: PersonName) -> bool:
    """Whether only a slip of the pen makes two names one."""
    return x.surname != y.surname and len(x.words) == len(y.words) and fold("".join(x.words)) != fold("".join(y.words))


def _first_bare(by_form: Mapping[str, list[Naming]]) -> dict[tuple[str, str], int]:
    """Where each report first has a surname alone, headlines aside, by article and surname."""
    first: dict[tuple[str, str], int] = {}
    for form, namings in by_form.items():
        words = split_person(form).words
        if len(words) != 1 or form.startswith("@"):
            continue
        for naming in namings:
            if not naming.is_headline:
                key = naming.reading.article, words[0]
                first[key] = min(first.get(key, naming.reading.start), naming.reading.start)
    return first


class _Report:
    """Who is meant by a surname alone."""

    def __init__(self, bearers: Sequence[Bearer], namings: Sequence[Naming]) -> None:
        self._bearers = bearers
        self._full = [Counter(n.reading.article for n in b.namings) for b in bearers]
        self._first_full = [
            {n.reading.article: n.reading.start for n in sorted(b.namings, key=lambda n: -n.reading.start)}
            for b in bearers
        ]
        self._first_bare = _first_bare(_by_form(namings))
        self._n_bare = Counter((n.reading.article, n.form) for n in namings)
        self._sure: dict[str, dict[int, int]] = {}
        self._called: dict[tuple[str, str], Gender] = {}
        for naming in namings:
            if gender := gender_of_words(naming.titles):
                self._called.setdefault((naming.reading.article, naming.form), gender)

    def bearer_of(self, naming: Naming) -> int | None:
        """The number of the person a bare form stands for here, or None."""
        article = naming.reading.article
        if naming.form not in self._sure:
            own = ((n, max(bears(naming.form, f) for f in b.forms)) for n, b in enumerate(self._bearers))
            self._sure[naming.form] = {n: s for n, s in own if s}
        sure = {n: s for n, s in self._sure[naming.form].items() if s == GIVEN or self._may_be_titled(n, naming)}
        here = _surest({n: s for n, s in sure.items() if self._full[n][article]})
        there = _surest(
            {n: s for n, s in sure.items() if n not in here and (s != GIVEN or self._has_surname(n, naming))}
        )
        known = [n for n in here if not self._is_another(n, naming, there)]
        if known:
            return self._pick(known, naming)
        return self._pick(there or here, naming, is_elsewhere=bool(there))

    def _may_be_titled(self, number: int, naming: Naming) -> bool:
        """Whether the titles that the report gives the bare form fit a person: no woman is "Mr. Weir"."""
        gender = gender_of_words(naming.titles) or self._called.get((naming.reading.article, naming.form))
        return gender is None or self._bearers[number].gender in (None, gender)

    def _has_surname(self, number: int, naming: Naming) -> bool:
        """Whether the report has the surname of somebody it calls by the given name."""
        surnames = {name.surname[-1] for name in self._bearers[number].names}
        is_given = is_given_name(split_person(naming.form).words[0])
        return not is_given or any((naming.reading.article, surname) in self._first_bare for surname in surnames)

    def _is_another(self, number: int, naming: Naming, there: Sequence[int]) -> bool:
        """Whether the report takes another bearer for known: it has the surname before this one, or far more often."""
        article, word = naming.reading.article, split_person(naming.form).words[-1]
        weight = {n: sum(self._full[n].values()) for n in (number, *there)}
        if not there or max(weight[n] for n in there) < weight[number]:
            return False
        bare = self._first_bare.get((article, word))
        is_late = bare is not None and bare < self._first_full[number][article]
        return is_late or self._n_bare[article, naming.form] >= FAR_OFTENER * self._full[number][article]

    def _pick(self, numbers: list[int], naming: Naming, *, is_elsewhere: bool = False) -> int | None:
        titled = find_offices(list(naming.titles))
        own = [n for n in numbers if titled & self._bearers[n].offices] or numbers
        if len(own) < 2:
            return own[0] if own else None
        article = naming.reading.article
        weight = {n: sum(self._full[n].values()) if is_elsewhere else self._full[n][article] for n in own}
        ranked = sorted(own, key=lambda n: (-weight[n], self._first_full[n].get(article, 0), n))
        if is_elsewhere and weight[ranked[0]] < FAR_MORE * weight[ranked[1]]:
            return None
        return ranked[0]


def _surest(numbers: Mapping[int, int]) -> list[int]:
    best = max(numbers.values(), default=0)
    return [n for n, s in numbers.items() if s == best]


def _by_form(namings: Iterable[Naming]) -> dict[str, list[Naming]]:
    table: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        table[naming.form].append(naming)
    return table


@lru_cache(maxsize=1)
def handle_behind() -> re.Pattern[str]:
    """An account in brackets behind a name: "Ada Weir (@aweir)"."""
    return re.compile(r"\s{0,20}\(\s{0,20}(@\w{2,})\s{0,20}\)")
