"""Which names of bodies and places name one: other names, acronyms, "Department of X", a name without its country.

What two names say by themselves is in `text.bodies`; what only a story can say (a short form, an acronym in brackets, the
bare word "Times") goes to the body that the same report names in full, or to the only one that fits.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import MentionKind, Reading
from rashomon.text.acronyms import ACRONYM, SMALL, is_acronym_of
from rashomon.text.bodies import (
    LONG_WORD,
    BodyKey,
    body_key,
    dropped_words,
    heads,
    is_shorter,
    is_variant,
    national_bodies,
    other_names,
)
from rashomon.text.naming import country_of, fold_name, is_same_spelling, known_bodies


@dataclass(frozen=True)
class BodyNaming:
    """A place where something other than a person is named."""

    form: str
    kind: MentionKind
    reading: Reading


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


def _is_first_word(short: _Node, long: _Node) -> bool:
    """Whether a report calls a body by the first word of its name: "Carrow" for Carrow Port Services."""
    x, y = short.key.words, long.key.words
    is_body = not short.is_place and not long.is_place and not any(f in known_bodies() for f in short.forms)
    return (
        is_body and y[0] == x[0] and y[-1] in heads() and x[0] not in heads() and bool(short.articles & long.articles)
    )


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
        self._with_word: dict[str, list[int]] = defaultdict(list)
        for n, node in enumerate(nodes):
            for word in {*node.key.words}:
                self._with_word[word].append(n)

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
            if is_variant(x.key, y.key) or (_is_one_slip(x, y) and not x.articles & y.articles):
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
        near = sorted({m for w in {*node.key.words[:1], *node.key.words[-1:]} for m in self._with_word[w]} - {n})
        sure = [m for m in near if is_shorter(node.key, self._nodes[m].key)]
        loose = [m for m in near if not sure and _is_tail(node, self._nodes[m])]
        self._to_one(n, [m for m in sure or loose if not self._nodes[m].is_people], is_sure=bool(sure))

    def _join_acronym(self, n: int) -> None:
        node = self._nodes[n]
        if node.is_people or (self._root(n) != n and len(node.key.words) > 1):
            return
        shorts = [f for f in node.forms if ACRONYM.fullmatch(f)]
        if not shorts or all(fold_name(f) in other_names() or f in known_bodies() for f in shorts):
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
        if len(roots) == 1 and (
            is_sure or any(by_article.values()) or " ".join(node.key.words) not in national_bodies()
        ):
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
    if short.key.owner or len(y) <= len(x) or " ".join(x) in national_bodies():
        return False
    if len(x) == 1 and _is_first_word(short, long):
        return True
    if y[-len(x) :] != x:
        is_front = y[: len(x)] == x and len(y) > len(x) + 1 and y[len(x)] == "of" and x[-1] in heads() | {"house"}
        return is_front and (len(x) > 1 or bool(short.articles & long.articles))
    if y[-len(x) - 1] in SMALL:
        return False
    if len(x) == 1 and x[0] in heads() and x == long.key.words:
        # "the Army" in a story that has the U.S. Army, "the Embassy" in a report that has Norland's
        return x[0] in dropped_words("one_each") or bool(short.articles & long.articles)
    if len(x) == 1:
        papers = load_lexicon("organisations")["papers"]["words"].split()
        return x[0] in papers and bool(short.articles & long.articles) and not long.is_place
    return x[-1] in heads() and not any(w in words_of("places", "directions") for w in y[: -len(x)])


def _is_one_slip(x: _Node, y: _Node) -> bool:
    a, b = x.key.words, y.key.words
    if len(a) != 1 or len(b) != 1 or x.key.owner or y.key.owner:
        return False
    known = [w for w in (a[0], b[0]) if w in country_of() or w in other_names()]
    return not known and min(len(a[0]), len(b[0])) >= LONG_WORD and is_same_spelling(a[0], b[0])
