"""Names over articles: which forms name one person, place or body.

People are joined by surname, spelling variants allowed (Brandvik / Brandvick), when nothing in their given names speaks
against it. Bodies and places are joined by equal words, known other names, and initials (European Union / EU).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from rashomon.collate.corrections import regroup_forms
from rashomon.collate.material import Material
from rashomon.lexicon import load_lexicon
from rashomon.model import Description, Form, MentionKind, Name, Reading
from rashomon.text.naming import country_of, find_offices, split_names, strip_honorific
from rashomon.text.words import find_words, fold

# What stands before a body's name and belongs to how it is written there.
_ARTICLE = re.compile(r"\b[Tt]he\s{1,20}(?:(?:new|current|former|previous|incoming|outgoing)\s{1,20})?$")
# Whoever holds one of these offices lends a government their name.
_LEADERS = frozenset({"head_of_state"})
# Two spellings of a surname are one when nearly all letters agree; short names must agree in all.
SPELLING = 0.90
MIN_FUZZY_LETTERS = 5
MAX_EDITS = 2


class Names:
    """The names of a story, and what a form or a described speaker resolves to."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._occurrences: dict[tuple[str, MentionKind], list[Reading]] = defaultdict(list)
        self._described: dict[str, list[Reading]] = defaultdict(list)
        self._with_article: dict[str, dict[str, list[Reading]]] = defaultdict(lambda: defaultdict(list))
        for article in material.articles:
            for mention in material.found[article.id].mentions:
                form = material.text(article.id, mention.span)
                reading = Reading(article=article.id, start=mention.start, end=mention.end)
                self._occurrences[form, mention.kind].append(reading)
                if (
                    mention.kind == "organisation"
                    and not form.isupper()
                    and (m := _ARTICLE.search(article.text, max(0, mention.start - 24), mention.start))
                ):
                    whole = Reading(article=article.id, start=m.start(), end=mention.end)
                    self._with_article[form][material.text(article.id, whole)].append(whole)
                if mention.description:
                    place = Reading(article=article.id, start=mention.description.start, end=mention.description.end)
                    self._described[form].append(place)
        self._groups = self._group()

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Every name, most mentioned first."""
        built = [self._name(kind, forms) for kind, forms in self._groups]
        ordered = sorted(built, key=lambda n: (-sum(self._count(f.text) for f in n.forms), n.name, n.kind))
        return tuple(
            Name(id=f"n{i}", name=n.name, kind=n.kind, forms=n.forms, descriptions=n.descriptions)
            for i, n in enumerate(ordered, start=1)
        )

    @cached_property
    def _by_form(self) -> dict[str, Name]:
        table: dict[str, Name] = {}
        for name in reversed(self.names):
            for form in name.forms:
                table[fold_name(form.text)] = name
                table[fold_name(strip_honorific(form.text))] = name
        return table

    @cached_property
    def _roles(self) -> list[tuple[Name, frozenset[str], frozenset[str]]]:
        rows = []
        for name in self.names:
            words = [fold(w.text) for d in name.descriptions for w in find_words(d.text)]
            if name.kind == "person" and words:
                countries = frozenset(country_of()[w] for w in words if w in country_of())
                rows.append((name, find_offices(words), countries))
        return rows

    def find(self, form: str | None) -> Name | None:
        """The name a form stands for, or None."""
        return self._by_form.get(fold_name(form)) if form else None

    def canonical(self, speaker: str | None) -> str | None:
        """A speaker as the story names them: a name, a role that only one person fits, else the words as they stand."""
        if speaker is None:
            return None
        name = self.find(speaker)
        if name is not None:
            return name.name
        if " and " in speaker:
            both = [self.find(part) for part in speaker.split(" and ")]
            if all(both):
                return " and ".join(n.name for n in both if n)
        return self._by_role(speaker) or speaker

    def actor(self, speaker: str | None) -> str | None:
        """Like `canonical`; a country or capital that acts is its government: "Norland's government (Skarn)"."""
        name = self.canonical(speaker)
        if name is None:
            return None
        country = country_of().get(name.lower())
        if country is None:
            return name
        return f"{country} (government)" if country == name else f"{country} (government, “{name}”)"

    def _by_role(self, speaker: str) -> str | None:
        words = [fold(w.text) for w in find_words(speaker)]
        if not 1 < len(words) <= 5 or any(w in ("for", "of", "to") for w in words):
            return None
        offices = find_offices(words)
        country = next((country_of()[w] for w in words if w in country_of()), None)
        if not offices or country is None:
            return None
        fitting = [name for name, own, countries in self._roles if own & offices and country in countries]
        return fitting[0].name if len(fitting) == 1 else None

    def _group(self) -> list[tuple[MentionKind, list[str]]]:
        by_kind: dict[MentionKind, list[str]] = defaultdict(list)
        for form, kind in sorted(self._settled_kinds().items()):
            by_kind[kind].append(form)
        groups: list[tuple[MentionKind, list[str]]] = [
            ("person", g) for g in self._group_people(by_kind.pop("person", []))
        ]
        kinds = {form: kind for kind, forms in by_kind.items() for form in forms}
        for forms in _group_bodies(sorted(kinds), self._leaders([g for _, g in groups])):
            weight: Counter[MentionKind] = Counter()
            for form in forms:
                weight[kinds[form]] += self._count(form)
            groups.append((max(weight, key=lambda kind: (weight[kind], kind)), forms))
        kind_of = {form: kind for kind, forms in groups for form in forms}
        corrected = regroup_forms([forms for _, forms in groups], self._material.corrections)
        return [(kind_of[forms[0]], forms) for forms in corrected]

    def _leaders(self, people: list[list[str]]) -> dict[str, str]:
        """The country each surname leads by what the reports call its bearer: "Norland's president Ada Weir"."""
        leaders = {}
        for forms in people:
            for description in self._descriptions(forms):
                words = [fold(w.text) for w in find_words(description.text)]
                countries = {country_of()[w] for w in words if w in country_of()}
                if _LEADERS & find_offices(words) and len(countries) == 1 and not {"former", "ex"} & set(words):
                    leaders[fold_name(forms[0]).split()[-1]] = fold_name(countries.pop())
        return leaders

    def _settled_kinds(self) -> dict[str, MentionKind]:
        """One kind a form, by the most mentions over the story."""
        votes: dict[str, Counter[MentionKind]] = defaultdict(Counter)
        for (form, kind), readings in self._occurrences.items():
            votes[form][kind] += len(readings)
        return {form: max(count, key=lambda kind: (count[kind], kind)) for form, count in votes.items()}

    @cached_property
    def _mentions(self) -> dict[str, list[Reading]]:
        """The mentions of every form, of whatever kind, by article and place."""
        table: dict[str, list[Reading]] = defaultdict(list)
        for (form, _), readings in self._occurrences.items():
            table[form] += readings
        return {form: sorted(own, key=lambda r: (r.article, r.start)) for form, own in table.items()}

    def _count(self, form: str) -> int:
        return len(self._mentions.get(form, ()))

    def _group_people(self, forms: list[str]) -> list[list[str]]:
        bare = {form: strip_honorific(form) for form in forms}
        full = [f for f in forms if len(bare[f].split()) > 1]
        groups: list[list[str]] = []
        for form in sorted(full, key=lambda f: (-self._count(f), f)):
            home = next((g for g in groups if is_same_person(bare[form], bare[g[0]])), None)
            groups.append([form]) if home is None else home.append(form)
        weight = {g[0]: sum(self._count(f) for f in g) for g in groups}
        short = [f for f in forms if f not in full]
        for form in sorted(short, key=lambda f: (f.startswith("@"), -self._count(f), f)):
            homes = [g for g in groups if _bears(bare[form], bare[g[0]])]
            if homes:
                best = max(homes, key=lambda g: (weight.get(g[0], 0), g[0]))
                best.append(form)
            else:
                groups.append([form])
                weight[form] = self._count(form)
        return groups

    def _name(self, kind: MentionKind, forms: list[str]) -> Name:
        built = []
        for form in sorted(forms):
            readings = self._mentions[form]
            first = {r.article: r for r in reversed(readings)}
            built.append(
                Form(
                    text=form,
                    counts=dict(sorted(Counter(r.article for r in readings).items())),
                    readings=tuple(first[a] for a in sorted(first)),
                )
            )
        built.sort(key=lambda f: (-sum(f.counts.values()), f.text))
        built += self._article_forms(forms)
        return Name(
            id="", name=_best_form(kind, built), kind=kind, forms=tuple(built), descriptions=self._descriptions(forms)
        )

    def _article_forms(self, forms: Sequence[str]) -> list[Form]:
        """The forms as they stand after their article: "the coast guard", "the new Weir administration"."""
        found: dict[str, list[Reading]] = defaultdict(list)
        for form in forms:
            for text, readings in self._with_article.get(form, {}).items():
                found[text] += readings
        return [
            Form(
                text=text,
                counts=dict(sorted(Counter(r.article for r in readings).items())),
                readings=tuple({r.article: r for r in sorted(readings, key=lambda r: (r.article, -r.start))}.values()),
            )
            for text, readings in sorted(found.items())
        ]

    def _descriptions(self, forms: Iterable[str]) -> tuple[Description, ...]:
        places: dict[str, list[Reading]] = defaultdict(list)
        for form in forms:
            for reading in self._described.get(form, []):
                places[self._material.text(reading.article, reading.span)].append(reading)
        return tuple(
            Description(text=text, readings=tuple(sorted(rs, key=lambda r: (r.article, r.start))))
            for text, rs in sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))
        )


@lru_cache(maxsize=100_000)
def fold_name(form: str) -> str:
    """A form without case, accents, article and possessive ending."""
    words = [fold(w.text) for w in find_words(form.replace("-", " "))]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def is_same_person(a: str, b: str) -> bool:
    """Whether two full names can be one person: surnames agree in spelling, given names do not contradict."""
    x, y = fold_name(a).split(), fold_name(b).split()
    if not x or not y or not is_same_spelling(x[-1], y[-1]):
        return False
    left, right = x[:-1], y[:-1]
    if not left or not right:
        return True
    return is_same_spelling(left[0], right[0]) or (1 in (len(left[0]), len(right[0])) and left[0][0] == right[0][0])


@lru_cache(maxsize=100_000)
def is_same_spelling(a: str, b: str) -> bool:
    """Whether two folded words are spellings of one name."""
    if a == b:
        return True
    if min(len(a), len(b)) < MIN_FUZZY_LETTERS or a[0] != b[0]:
        return False
    return Levenshtein.distance(a, b) <= MAX_EDITS and JaroWinkler.similarity(a, b) >= SPELLING


def _bears(form: str, full: str) -> bool:
    """Whether a surname, a given name or a handle alone belongs to the person with a full name."""
    own, words = fold_name(full).split(), fold_name(form).split()
    if not own or not words:
        return False
    if form.startswith("@"):
        return len(own[-1]) >= MIN_FUZZY_LETTERS and own[-1] in words[0]
    return is_same_spelling(words[-1], own[-1]) or (len(own) > 1 and words == own[:1])


def _group_bodies(forms: list[str], leaders: Mapping[str, str]) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda f: (-len(f), f)):
        key = _body_key(form)
        owner, _, head = key.partition(" ")
        if head == "administration" and owner in leaders:
            key = f"{leaders[owner]} {head}"
        if form.startswith("The ") and " " not in key:
            longer = [known for known in groups if known.endswith(f" {key}")]
            key = longer[0] if len(longer) == 1 else key
        if key not in groups and re.fullmatch(r"[A-Z][A-Z.]{2,}", form):
            initials = form.replace(".", "").lower()
            key = next((k for k in groups if _initials(groups[k][0]) == initials), key)
        if key not in groups:
            key = next((k for k in groups if _is_owned_variant(k, key)), key)
        groups.setdefault(key, []).append(form)
    return list(groups.values())


@lru_cache(maxsize=1)
def _other_names() -> dict[str, str]:
    lexicon = load_lexicon("places")
    table = {fold_name(o): fold_name(n) for n, others in lexicon["same"].items() for o in others}
    for name, row in {**lexicon["countries"], **lexicon["regions"]}.items():
        table |= {fold_name(other): fold_name(name) for other in split_names(row.split("|")[0])}
    return table


@lru_cache(maxsize=50_000)
def _body_key(form: str) -> str:
    """A body's words, with adjectives of a country as the country: Ukrainian air force = Ukraine's air force."""
    folded = fold_name(form)
    if folded in _other_names():
        return _other_names()[folded]
    words = folded.split()
    if len(words) > 1:
        words = [fold_name(country_of()[w]) if w in country_of() else w for w in words]
    if len(words) == 2 and words[1] in load_lexicon("organisations")["personal_heads"]:
        words[1] = "administration"
    return " ".join(words).replace("defense", "defence").replace("labor", "labour")


def _is_owned_variant(known: str, key: str) -> bool:
    """Whether a body without its country is the one known with it: "air force" and "norland air force"."""
    return (
        len(key.split()) > 1
        and known.endswith(" " + key)
        and known.removesuffix(" " + key).title() in country_of().values()
    )


def _initials(form: str) -> str:
    words = [w.text for w in find_words(form)]
    return "".join(w[0] for w in words if w[0].isupper()).lower() if len(words) > 1 else ""


def _best_form(kind: MentionKind, forms: list[Form]) -> str:
    """The form to show: the full name that most reports use, without honorific."""

    def rank(form: Form) -> tuple[bool, int, int, int, str]:
        bare = strip_honorific(form.text)
        words = len(bare.split())
        full = words > 1 if kind == "person" else not form.text.isupper() or len(forms) == 1
        size = -words if kind == "person" else words
        return (full and not form.text.startswith("@"), len(form.counts), sum(form.counts.values()), size, form.text)

    best = max(forms, key=rank).text
    return strip_honorific(best) if kind == "person" else best.removeprefix("the ")
