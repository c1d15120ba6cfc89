"""Which names of bodies and places name one: other names, acronyms, "Department of X", a name without its country.

What two names say by themselves is `is_same_body`; what only a story can say (a short form, an acronym in brackets, the
bare word "Times") goes to the body that the same report names in full, or to the only one that fits.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rashomon.lexicon import load_lexicon
from rashomon.model import MentionKind, Reading
from rashomon.text.acronyms import ACRONYM, SMALL, is_acronym_of
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
_DOUBLED = re.compile(r"(.)\1")


@dataclass(frozen=True)
class BodyNaming:
    """A place where something other than a person is named."""

    form: str
    kind: MentionKind
    reading: Reading


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
    return _is_shorter(x, y) or _is_shorter(y, x) or _is_variant(x, y)


@lru_cache(maxsize=1)
def _other_names() -> dict[str, str]:
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
        folded = _other_names().get(folded, folded)
    spelt = load_lexicon("organisations")["spelt"]
    words = [spelt.get(w, w) for w in folded.split()]
    words = [_LONG.get(w, w) if n < len(words) - 1 else w for n, w in enumerate(words)]
    if (
        len(words) > 1
        and words[0].endswith("ern")
        and (plain := " ".join([words[0][:-3], *words[1:]])) not in country_of()
    ):
        words = plain.split()  # western Norland, West Norland; but southern Africa is not South Africa
    owner, words = _owned(words) if folded not in _other_names().values() else ("", words)
    if len(words) > 2 and words[0] in ("department", "ministry") and words[1] == "of":
        rest = [w for w in words[2:] if w != "affairs"]
        words = [*rest, words[0]]
    if len(words) > 1 and words[-2] == "sheriff" and words[-1] in ("office", "department"):
        words[-1] = "office"
    if (owner or len(words) == 2) and words[-1:] and words[-1] in ("government", "regime"):
        words[-1] = "administration"
    return BodyKey(owner, tuple(words))


_LONG = {"st": "saint", "ft": "fort", "mt": "mount", "saint": "saint"}


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


def _is_shorter(short: BodyKey, long: BodyKey) -> bool:
    """Whether a name is another without its country, its legal form, or a word that says only what it is."""
    if short.owner not in ("", long.owner) or not short.words:
        return False
    x, y = short.words, long.words
    if x == y:
        return len(x) > 1
    if len(y) <= len(x):
        return False
    rest = y[len(x) :] if y[: len(x)] == x else ()
    if rest and all(w in words_of_dropped("legal") for w in rest):
        return True
    if len(x) > 1 and rest and all(w in words_of_dropped("behind") for w in rest):
        return True
    if len(x) > 1 and len(y) == len(x) + 1 and y[1:] == x and y[0] in words_of_dropped("before"):
        return " ".join(x) not in _national()
    return _is_hollowed(x, y)


def _is_hollowed(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """Whether a name lacks inner words of another: "Lakeside Hospital", "Lakeside Regional Hospital"."""
    if x == ("agreement",) == y[1:] and len(y) == 2:
        return True  # the Norland deal, the Norland grain deal
    if len(x) != 2 or x[0] != y[0] or x[-1] != y[-1] or x[-1] not in heads():
        return False
    return not any(w in words_of_dropped("kept") for w in y[1:-1])


def _is_variant(x: BodyKey, y: BodyKey) -> bool:
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
def words_of_dropped(table: str) -> frozenset[str]:
    """The words that a name may be without, by where they stand."""
    return frozenset(load_lexicon("organisations")["dropped"][table].split())


@lru_cache(maxsize=1)
def _national() -> frozenset[str]:
    return frozenset(load_lexicon("organisations")["dropped"]["national"])


@lru_cache(maxsize=1)
def heads() -> frozenset[str]:
    """Words that say what a name names: hospital, commission, bridge."""
    spelt = load_lexicon("organisations")["spelt"]
    named = load_lexicon("organisations")["named_by"]
    words = {w for table in ("organisation", "place") for w in named[table].split()}
    return frozenset(words | {spelt.get(w, w) for w in words})


def group_bodies(
    namings: Sequence[BodyNaming], leaders: Mapping[str, str], bracketed: Mapping[str, str]
) -> list[list[BodyNaming]]:
    """The namings of each body or place.

    `leaders` gives the country a surname governs ("the Weir administration"), `bracketed` the name in front of each
    form that a report puts in brackets behind it ("Harbour Workers' Union (HWU)").
    """
    nodes: dict[tuple[str, bool], _Node] = {}
    for naming in namings:
        key = _led(body_key(naming.form), leaders)
        # the people of a country are not the country; one of them and all of them are one group
        is_people = naming.kind == "group"
        name = str(key).removesuffix("s") if is_people else str(key)
        node = nodes.setdefault((name, is_people), _Node(key, set(), set(), []))
        node.forms.add(naming.form)
        node.articles.add(naming.reading.article)
        node.namings.append(naming)
    return _Joining(sorted(nodes.values(), key=lambda n: (-len(n.key.words), str(n.key), n.is_people))).joined(
        bracketed
    )


def _led(key: BodyKey, leaders: Mapping[str, str]) -> BodyKey:
    if len(key.words) == 2 and key.words[1] == "administration" and key.words[0] in leaders:
        return BodyKey(leaders[key.words[0]], ("administration",))
    return key


@dataclass
class _Node:
    """The forms with one key."""

    key: BodyKey
    forms: set[str]
    articles: set[str]
    namings: list[BodyNaming]

    @property
    def is_people(self) -> bool:
        return all(n.kind == "group" for n in self.namings)

    @property
    def is_place(self) -> bool:
        return Counter(n.kind for n in self.namings).most_common(1)[0][0] == "place"


class _Joining:
    """The nodes of a story, joined step by step: what is said in brackets, what names say, what fits only one."""

    def __init__(self, nodes: list[_Node]) -> None:
        self._nodes = nodes
        self._home = list(range(len(nodes)))
        self._moved: dict[int, dict[str, int]] = {}

    def joined(self, bracketed: Mapping[str, str]) -> list[list[BodyNaming]]:
        """The namings of each group."""
        self._join_bracketed(bracketed)
        self._join_variants()
        self._join_directions()
        for n in range(len(self._nodes)):
            self._join_shorter(n)
        for n in range(len(self._nodes)):
            self._join_acronym(n)
        groups: dict[int, list[BodyNaming]] = defaultdict(list)
        for n, node in enumerate(self._nodes):
            for naming in node.namings:
                groups[self._root(self._moved.get(n, {}).get(naming.reading.article, n))].append(naming)
        return list(groups.values())

    def _root(self, n: int) -> int:
        while self._home[n] != n:
            n = self._home[n]
        return n

    def _unite(self, a: int, b: int) -> None:
        left, right = sorted((self._root(a), self._root(b)))
        self._home[right] = left

    def _join_bracketed(self, bracketed: Mapping[str, str]) -> None:
        by_form = {form: n for n, node in enumerate(self._nodes) for form in node.forms}
        for short, long in sorted(bracketed.items()):
            if short in by_form and long in by_form:
                self._unite(by_form[short], by_form[long])

    def _join_variants(self) -> None:
        for a, b in self._alike():
            x, y = self._nodes[a], self._nodes[b]
            if x.is_people != y.is_people:
                continue
            if _is_variant(x.key, y.key) or (_is_one_slip(x, y) and not x.articles & y.articles):
                self._unite(a, b)

    def _alike(self) -> Iterable[tuple[int, int]]:
        """Pairs of nodes that share a word, and single words that begin alike."""
        index: dict[str, list[int]] = defaultdict(list)
        for n, node in enumerate(self._nodes):
            words = node.key.words
            for word in {*words, *(w[:4] for w in words if len(words) == 1)} - SMALL:
                index[word].append(n)
        return sorted({(a, b) for own in index.values() for i, a in enumerate(own) for b in own[i + 1 :]})

    def _join_directions(self) -> None:
        """Join "the North" to a country in two, only where the story names both halves."""
        whole = {" ".join(node.key.words): n for n, node in enumerate(self._nodes) if not node.key.owner}
        for one, other in (("north", "south"), ("south", "north")):
            halves = [
                name.split()[1]
                for name in whole
                if len(name.split()) == 2 and name.split()[0] == one and f"{other} {name.split()[1]}" in whole
            ]
            if len(halves) == 1 and one in whole and country_of().get(f"{one} {halves[0]}"):
                self._unite(whole[one], whole[f"{one} {halves[0]}"])

    def _join_shorter(self, n: int) -> None:
        """A short form to the one body it shortens, in the story or in each report."""
        node = self._nodes[n]
        if node.is_people or all(ACRONYM.fullmatch(f) for f in node.forms):
            return
        sure = [m for m, other in enumerate(self._nodes) if m != n and _is_shorter(node.key, other.key)]
        loose = [m for m, other in enumerate(self._nodes) if m != n and not sure and _is_tail(node, other)]
        self._to_one(n, [m for m in sure or loose if not self._nodes[m].is_people], is_sure=bool(sure))

    def _join_acronym(self, n: int) -> None:
        node = self._nodes[n]
        if node.is_people or (self._root(n) != n and len(node.key.words) > 1):
            return
        shorts = [f for f in node.forms if ACRONYM.fullmatch(f)]
        if not shorts or all(fold_name(f) in _other_names() or f in known_bodies() for f in shorts):
            return
        fitting = [
            m
            for m, other in enumerate(self._nodes)
            if m != n
            and not other.is_people
            and any(
                is_acronym_of(s, f) and (len(re.sub(r"\W", "", s)) > 2 or not other.is_place)
                for s in shorts
                for f in other.forms
            )
        ]
        self._to_one(n, fitting, is_sure=True)

    def _to_one(self, n: int, others: list[int], *, is_sure: bool) -> None:
        roots = {self._root(m) for m in others} - {self._root(n)}
        if not roots:
            return
        node = self._nodes[n]
        by_article = {
            a: {self._root(m) for m in range(len(self._nodes)) if a in self._nodes[m].articles} & roots
            for a in node.articles
        }
        if len(roots) == 1 and (is_sure or any(by_article.values()) or " ".join(node.key.words) not in _national()):
            self._unite(n, next(iter(roots)))
            return
        moved = {a: next(iter(own)) for a, own in by_article.items() if len(own) == 1}
        if len(set(moved.values())) == 1 and len(moved) == len(node.articles):
            self._unite(n, next(iter(moved.values())))
        elif moved:
            self._moved[n] = moved


def _is_tail(short: _Node, long: _Node) -> bool:
    """Whether a name is the end of another, the front of which says whose or which: "State Police", "the Times"."""
    x, y = short.key.words, (*long.key.owner.split(), *long.key.words)
    if short.key.owner or len(y) <= len(x) or " ".join(x) in _national():
        return False
    if y[-len(x) :] != x:
        is_front = y[: len(x)] == x and len(y) > len(x) + 1 and y[len(x)] == "of" and x[-1] in heads() | {"house"}
        return is_front and (len(x) > 1 or bool(short.articles & long.articles))
    if y[-len(x) - 1] in SMALL:
        return False
    if len(x) == 1 and x[0] in heads() and x == long.key.words:
        # "the Army" in a story that has the U.S. Army, "the Embassy" in a report that has Norland's
        return x[0] in words_of_dropped("one_each") or bool(short.articles & long.articles)
    if len(x) == 1:
        papers = load_lexicon("organisations")["papers"]["words"].split()
        return x[0] in papers and bool(short.articles & long.articles) and not long.is_place
    return x[-1] in heads() and not any(w in _DIRECTIONS for w in y[: -len(x)])


_DIRECTIONS = frozenset(["north", "south", "east", "west", "northern", "southern", "eastern", "western"])


def _is_one_slip(x: _Node, y: _Node) -> bool:
    a, b = x.key.words, y.key.words
    if len(a) != 1 or len(b) != 1 or x.key.owner or y.key.owner:
        return False
    known = [w for w in (a[0], b[0]) if w in country_of() or w in _other_names()]
    return not known and min(len(a[0]), len(b[0])) >= LONG_WORD and is_same_spelling(a[0], b[0])
