"""Names over articles: which forms name one person, place or body.

Persons are joined in `persons`, bodies and places in `bodies`; here the mentions become namings, each form stands
without its title, and the joined namings become names with their forms, counts and descriptions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rashomon.collate.bodies import BodyNaming, group_bodies
from rashomon.collate.corrections import regroup_forms, shown_form
from rashomon.collate.material import Material
from rashomon.collate.persons import Naming, group_persons, handle_behind
from rashomon.lexicon import words_of
from rashomon.model import Article, Description, Form, Mention, MentionKind, Name, Reading
from rashomon.text.naming import (
    country_of,
    find_offices,
    fold_name,
    is_given_name,
    is_same_spelling,
    known_bodies,
    known_places,
    known_states,
    split_person,
    strip_honorific,
)
from rashomon.text.words import find_words, fold

__all__ = ["Names", "is_same_spelling"]

# What stands before a body's name and belongs to how it is written there.
_ARTICLE = re.compile(r"\b[Tt]he\s{1,20}(?:(?:new|current|former|previous|incoming|outgoing)\s{1,20})?$")
# A form in brackets behind a name: its acronym, or its name in another language.
_BRACKET = re.compile(r"\s{0,20}\(\s{0,20}(?:or\s{1,20}|known\s{1,20}as\s{1,20}|the\s{1,20})?[\"“‘']?$")
_CLOSING = re.compile(r"[\"”’']?\s{0,20}\)")
# Another name that the report itself gives: "the Skarn deal, formally known as the Harbour Accord".
_ALIAS = re.compile(
    r",?\s{1,20}(?:(?:which|that)\s{1,20}is\s{1,20})?(?:(?:also|formally|officially|commonly|better|widely|sometimes)\s{1,20})?"
    r"(?:known\s{1,20}as|called|named|translated(?:\s{1,20}from\s{1,20}\w+)?\s{1,20}as)\s{1,20}(?:the\s{1,20})?[\"“‘']?"
)
# How far behind a name its bracket or other name may begin.
_NEAR = 48
# A courtesy title is no longer than this.
_COURTESY = 14
# "The North" of a country in two is always written so.
# Whoever holds one of these offices lends a government their name.
_LEADERS = frozenset({"head_of_state"})


@dataclass
class _Named:
    """The namings of one name: each form with where it stands."""

    kind: MentionKind
    forms: dict[str, list[Reading]]

    @property
    def n_readings(self) -> int:
        return sum(len(readings) for readings in self.forms.values())


class Names:
    """The names of a story, and what a form or a described speaker resolves to."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._occurrences: dict[tuple[str, MentionKind], list[Reading]] = defaultdict(list)
        self._titles: dict[Reading, tuple[str, ...]] = {}
        self._described: dict[Reading, Reading] = {}
        self._longer: dict[Reading, Reading] = {}
        for article in material.articles:
            for mention in material.found[article.id].mentions:
                self._note(article, mention)
        self._named = self._group()

    def _note(self, article: Article, mention: Mention) -> None:
        """Keep a mention by its form, titles left out, with what stands beside it."""
        written = self._material.text(article.id, mention.span)
        form = strip_honorific(written) if mention.kind == "person" else written
        bare = mention.end - len(article.text[mention.start : mention.end].split(None, _n_words(written, form))[-1])
        reading = Reading(article=article.id, start=bare, end=mention.end)
        self._occurrences[form, mention.kind].append(reading)
        described = article.text[mention.description.start : mention.description.end] if mention.description else ""
        title = article.text[mention.start : bare]
        before = article.text[max(0, mention.start - _COURTESY) : mention.start].split()
        self._titles[reading] = tuple(fold(w.text) for w in find_words(" ".join([*before[-1:], described, title])))
        if bare > mention.start:
            self._longer[reading] = Reading(article=article.id, start=mention.start, end=mention.end)
        if mention.description:
            place = mention.description
            self._described[reading] = Reading(article=article.id, start=place.start, end=place.end)
        if (
            mention.kind in ("organisation", "place")
            and not form.isupper()
            and (m := _ARTICLE.search(article.text, max(0, mention.start - 24), mention.start))
        ):
            self._longer[reading] = Reading(article=article.id, start=m.start(), end=mention.end)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Every name, most mentioned first."""
        built = [self._name(named) for named in self._named]
        weight = {id(name): named.n_readings for name, named in zip(built, self._named, strict=True)}
        ordered = sorted(built, key=lambda n: (-weight[id(n)], n.name, n.kind))
        return tuple(
            Name(id=f"n{i}", name=n.name, kind=n.kind, forms=n.forms, descriptions=n.descriptions)
            for i, n in enumerate(ordered, start=1)
        )

    @cached_property
    def _by_form(self) -> dict[tuple[str, str | None], Name]:
        """Whom each form stands for in each report that has it, and in the story at large: the one most mentioned by it."""
        written: dict[tuple[str, str | None], Counter[int]] = defaultdict(Counter)
        for n, name in enumerate(self.names):
            for form in name.forms:
                folded = fold_name(form.text)
                written[folded, None].setdefault(n, 0)
                for article, count in form.counts.items():
                    written[folded, article][n] += count
        return {key: self.names[max(counts, key=lambda n: (counts[n], -n))] for key, counts in written.items()}

    @cached_property
    def _roles(self) -> list[tuple[Name, frozenset[str], frozenset[str]]]:
        rows = []
        for name in self.names:
            words = [fold(w.text) for d in name.descriptions for w in find_words(d.text)]
            if name.kind == "person" and words:
                countries = frozenset(country_of()[w] for w in words if w in country_of())
                rows.append((name, find_offices(words), countries))
        return rows

    def find(self, form: str | None, article: str | None = None) -> Name | None:
        """The name a form stands for in a report that has it, else in the story; or None."""
        if not form:
            return None
        forms = dict.fromkeys((fold_name(form), fold_name(strip_honorific(form))))
        keys = [(written, where) for where in (article, None) for written in forms]
        return next((self._by_form[key] for key in keys if key in self._by_form), None)

    def canonical(self, speaker: str | None, article: str | None = None) -> str | None:
        """A speaker as the story names them: a name, a role that only one person fits, else the words as they stand.

        A surname that several bear is that of whom the report means by it.
        """
        if speaker is None:
            return None
        name = self.find(speaker, article)
        if name is not None:
            return name.name
        if " and " in speaker:
            both = [self.find(part, article) for part in speaker.split(" and ")]
            if all(both):
                return " and ".join(n.name for n in both if n)
        return self._by_role(speaker) or speaker

    def actor(self, speaker: str | None, article: str | None = None) -> str | None:
        """Like `canonical`; a country or capital that acts is its government: "Norland's government (Skarn)"."""
        name = self.canonical(speaker, article)
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

    def _group(self) -> list[_Named]:
        kinds = self._settled_kinds()
        people = [
            Naming(form, reading, self._titles[reading], self._is_headline(reading))
            for form, readings in self._mentions.items()
            for reading in readings
            if kinds[form] == "person"
        ]
        offices = {
            form: {o for r in readings for o in find_offices(list(self._titles[r]))}
            for form, readings in self._mentions.items()
        }
        persons = group_persons(people, self._handles(kinds), offices)
        named = [_gather("person", group) for group in persons]
        bodies = [
            BodyNaming(form, kinds[form], reading)
            for form, readings in self._mentions.items()
            for reading in readings
            if kinds[form] != "person"
        ]
        for group in group_bodies(bodies, self._leaders(named), self._bracketed(kinds)):
            weight = Counter(naming.kind for naming in group)
            named.append(_gather(max(weight, key=lambda kind: (weight[kind], kind)), group))
        return self._corrected(named)

    def _corrected(self, named: list[_Named]) -> list[_Named]:
        kinds = {form: n.kind for n in sorted(named, key=lambda n: n.n_readings) for form in n.forms}
        groups = regroup_forms([n.forms for n in named], self._material.corrections)
        return [_Named(kinds[next(iter(forms))], forms) for forms in groups]

    def _is_headline(self, reading: Reading) -> bool:
        title = self._material.by_id[reading.article].title_span
        return title is not None and title.start <= reading.start < title.end

    def _leaders(self, people: list[_Named]) -> dict[str, str]:
        """The country each surname leads by what the reports call its bearer: "Norland's president Ada Weir"."""
        leaders = {}
        for person in people:
            for description in self._descriptions(person.forms.values()):
                words = [fold(w.text) for w in find_words(description.text)]
                countries = {country_of()[w] for w in words if w in country_of()}
                if _LEADERS & find_offices(words) and len(countries) == 1 and not {"former", "ex"} & set(words):
                    leaders[_surname(person)] = fold_name(countries.pop())
        return leaders

    def _handles(self, kinds: dict[str, MentionKind]) -> dict[str, str]:
        """The person in front of each account that a report puts in brackets."""
        found: dict[str, str] = {}
        for form, readings in self._mentions.items():
            for reading in readings if kinds[form] == "person" and split_person(form).given else ():
                text = self._material.by_id[reading.article].text
                if m := handle_behind().match(text, reading.end):
                    found.setdefault(m[1], form)
        return found

    def _bracketed(self, kinds: dict[str, MentionKind]) -> dict[str, str]:
        """The name in front of each form that a report puts in brackets: "Harbour Workers' Union (HWU)"."""
        places = sorted(
            (r.article, r.start, r.end, form)
            for form, readings in self._mentions.items()
            if kinds[form] == "organisation"
            for r in readings
        )
        found: dict[str, str] = {}
        for (article, start, end, form), (other, next_start, next_end, behind) in pairwise(places):
            text = self._material.by_id[article].text
            near = article == other and start < next_start <= end + _NEAR
            is_bracketed = near and _BRACKET.fullmatch(text, end, next_start) and _CLOSING.match(text, next_end)
            if is_bracketed or (near and _ALIAS.fullmatch(text, end, next_start)):
                found.setdefault(behind, form)
        return found

    def _settled_kinds(self) -> dict[str, MentionKind]:
        """One kind a form, by the most mentions over the story."""
        votes: dict[str, Counter[MentionKind]] = defaultdict(Counter)
        for (form, kind), readings in self._occurrences.items():
            votes[form][kind] += len(readings)
        kinds = {form: max(count, key=lambda kind: (count[kind], kind)) for form, count in votes.items()}
        surnames = {split_person(form).surname for form, kind in kinds.items() if kind == "person" and " " in form}
        full = [split_person(form) for form, kind in kinds.items() if kind == "person" and " " in form]
        given = {(name.given[0],) for name in full if name.given and is_given_name(name.given[0])}
        for form, kind in kinds.items():
            spelt = form.title() if form.isupper() else form
            is_known = spelt in known_places() or form in known_bodies() or spelt in known_states()
            words = tuple(fold_name(form).split())
            if kind != "person" and not is_known and (words in surnames or words in given):
                kinds[form] = "person"  # a surname or given name alone that the tagger took for a town
        return kinds

    @cached_property
    def _mentions(self) -> dict[str, list[Reading]]:
        """The mentions of every form, of whatever kind, by article and place."""
        table: dict[str, list[Reading]] = defaultdict(list)
        for (form, _), readings in sorted(self._occurrences.items()):
            table[form] += readings
        return {form: sorted(own, key=lambda r: (r.article, r.start)) for form, own in table.items()}

    def _name(self, named: _Named) -> Name:
        built = [_form(text, readings) for text, readings in sorted(named.forms.items())]
        built.sort(key=lambda f: (-sum(f.counts.values()), f.text))
        built += self._longer_forms(named)
        return Name(
            id="",
            name=shown_form(named.forms, self._mentions, self._material.corrections) or _best_form(named.kind, built),
            kind=named.kind,
            forms=tuple(built),
            descriptions=self._descriptions(named.forms.values()),
        )

    def _longer_forms(self, named: _Named) -> list[Form]:
        """The forms as they stand with title or article: "Ms Weir", "the coast guard", "the new Weir administration"."""
        found: dict[str, list[Reading]] = defaultdict(list)
        for form, readings in named.forms.items():
            whole = [self._longer[r] for r in readings if r in self._longer]
            if (
                named.kind == "place"
                and form.lower() not in words_of("places", "directions")
                and 2 * len(whole) <= max(len(readings), 2)
            ):
                continue  # "the Tessmar quay" is no way to write Tessmar
            for reading in whole:
                found[self._material.text(reading.article, reading)].append(reading)
        return [_form(text, readings) for text, readings in sorted(found.items()) if text not in named.forms]

    def _descriptions(self, groups: Iterable[Sequence[Reading]]) -> tuple[Description, ...]:
        places: dict[str, list[Reading]] = defaultdict(list)
        for readings in groups:
            for reading in (self._described[r] for r in readings if r in self._described):
                places[self._material.text(reading.article, reading)].append(reading)
        return tuple(
            Description(text=text, readings=tuple(sorted(rs, key=lambda r: (r.article, r.start))))
            for text, rs in sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))
        )


def _n_words(written: str, form: str) -> int:
    """How many words a form is shorter than what is written."""
    return len(written.split()) - len(form.split())


def surname_of(name: Name) -> str | None:
    """The surname by which the reports call a person, as they write it; None where none does."""
    surname = " ".join(split_person(name.name).surname)
    return next((form.text for form in name.forms if fold_name(form.text) == surname), None)


def _surname(person: _Named) -> str:
    return split_person(max(person.forms, key=lambda f: (len(f.split()), f))).surname[-1]


def _gather(kind: MentionKind, namings: Iterable[Naming | BodyNaming]) -> _Named:
    forms: dict[str, list[Reading]] = defaultdict(list)
    for naming in namings:
        forms[naming.form].append(naming.reading)
    return _Named(kind, {form: sorted(own, key=lambda r: (r.article, r.start)) for form, own in sorted(forms.items())})


def _form(text: str, readings: Sequence[Reading]) -> Form:
    ordered = sorted(readings, key=lambda r: (r.article, r.start))
    first = {r.article: r for r in reversed(ordered)}
    return Form(
        text=text,
        counts=dict(sorted(Counter(r.article for r in ordered).items())),
        readings=tuple(first[a] for a in sorted(first)),
    )


def _best_form(kind: MentionKind, forms: list[Form]) -> str:
    """The form to show: the full name that most reports use, without title or article."""

    def rank(form: Form) -> tuple[bool, bool, int, int, int, str]:
        words = len(form.text.split())
        full = words > 1 if kind != "place" else not (form.text.isupper() or form.text.endswith(".")) or len(forms) == 1
        size = -words if kind == "person" else words
        is_country = country_of().get(form.text.lower()) == form.text
        n_all = sum(form.counts.values())
        return (is_country, full and not form.text.startswith("@"), len(form.counts), n_all, size, form.text)

    bare = [form for form in forms if strip_honorific(form.text) == form.text and not form.text.startswith("the ")]
    return max(bare or forms, key=rank).text
