"""Differences of fact: clauses of one point that differ in who, what, where, how, in whether it is so, or in how sure.

For each report the clause is taken that is nearest to the other reports' clauses. Where verbs are the same the argument that
differs is told; else what is said of one subject; else the clauses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rashomon.collate.differences.draft import (
    Draft,
    cut_in_marks,
    headed,
    in_sentence,
    reading_of,
    sides_of,
    with_article,
)
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.timeline import DATED
from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import Clause, DifferenceKind, Point, Reading, Span
from rashomon.text.words import STOP, content_stems, find_words, fold, split_words, stem

# Phrases with this share of the shorter one's telling words in common say one thing.
ALIKE = 0.5
# A clause less like the others than this tells something else.
LEAST_NEAR = 0.5
# Clauses that have neither subject nor verb in common are set side by side only when they are as like as this.
LIKE_CLAUSES = 0.65
# What is said of one doer without a word in common is of one thing only when it is as like as this.
LIKE_CORES = 0.75
# A phrase of so many words may only describe what another report names.
MOST_DESCRIBING = 4
# What is said of one doer altogether may be of several things.
WHOLE = frozenset({"core", "negation", "modality"})
# A shorter word names too little to be what clauses are about.
LONG = 3


class ToldClause(Struct, frozen=True):
    """The clause by which a report tells a point, the reading it stands in, and how near it is to what all tell."""

    reading: Reading
    clause: Clause
    nearness: float = 1.0


TellingClauses = Sequence[tuple[Point, Sequence[ToldClause]]]


@dataclass(frozen=True)
class Slot:
    """What is compared: its name, what is the same, and where each clause has its part."""

    name: str
    topic: str
    parts: tuple[tuple[ToldClause, Span], ...]


def find_facts(material: Material, names: Names, clauses: TellingClauses) -> Iterator[Draft]:
    """The points of several reports whose clauses do not say the same."""
    for point, told in clauses:
        for slot in _slots(material, names, point, told):
            groups = _grouped(material, slot.parts)
            if len(groups) > 1 and len({t.reading.article for group in groups for t, _ in group}) > 1:
                yield _draft(material, point, slot, groups)
                break


def telling_clauses(material: Material, points: Sequence[Point]) -> TellingClauses:
    """The points of several reports, with one clause a report: those nearest to the clause that is nearest to all."""
    wide = [p for p in points if len({r.article for r in p.readings}) > 1]
    clauses = [_clauses_of(material, point) for point in wide]
    vectors = material.meanings.of([(t.reading.article, (t.clause.span,)) for own in clauses for t in own])
    ends = np.cumsum([len(own) for own in clauses], dtype=np.int64)
    parts = np.split(vectors, ends[:-1]) if wide else []
    return [
        (point, _nearest(own, (mine @ mine.T).round(3))) for point, own, mine in zip(wide, clauses, parts, strict=True)
    ]


def _clauses_of(material: Material, point: Point) -> list[ToldClause]:
    """The clauses of a point's readings that tell something; who only says, tells nothing."""
    says = words_of("framing", "only_says")
    return [
        ToldClause(reading, clause)
        for reading in point.readings
        for clause in material.clauses_in(reading)
        if clause.predicate and clause.predicate not in says
    ]


def _nearest(own: Sequence[ToldClause], near: NDArray[np.float32]) -> list[ToldClause]:
    """The clause that is nearest to a clause of every other report, and of each of them the one nearest to it."""
    numbers: dict[str, list[int]] = {}
    for n, told in enumerate(own):
        numbers.setdefault(told.reading.article, []).append(n)
    if len(numbers) < 2:
        return []
    held = list(numbers.values())
    starts = np.cumsum([0, *(len(clauses) for clauses in held[:-1])])
    best = np.maximum.reduceat(near[:, np.concatenate(held)], starts, axis=1)
    article = {n: k for k, clauses in enumerate(held) for n in clauses}
    nearness = [round(float(best[n].sum() - best[n, article[n]]), 3) for n in range(len(own))]
    anchor = max(range(len(own)), key=lambda n: (nearness[n], -n))
    chosen = [
        anchor if k == article[anchor] else max(clauses, key=lambda n: (float(near[anchor, n]), -n))
        for k, clauses in enumerate(held)
    ]
    return [
        msgspec.structs.replace(own[k], nearness=float(near[anchor, k]))
        for k in chosen
        if k == anchor or near[anchor, k] >= LEAST_NEAR
    ]


def _slots(material: Material, names: Names, point: Point, told: Sequence[ToldClause]) -> Iterator[Slot]:
    """What can be compared, the narrowest first."""
    same = _of_one_verb(told)
    if same and len({(t.clause.negated, _firmness(t.clause)) for t in same}) == 1:
        yield from _arguments(material, names, same)
    cored = [t for t in told if t.clause.core is not None and t.clause.doer]
    doers = [names.canonical(t.clause.doer, t.reading.article) or "" for t in cored]
    if cored:
        doer = max(doers, key=lambda d: (doers.count(d), d))
        held = [(t, t.clause.core) for t, d in zip(cored, doers, strict=True) if d == doer and t.clause.core]
        if doer and len(held) > 1 and _are_of_one_thing(material, held):
            yield Slot(
                _name(held[0][0], [t for t, _ in held]), f"What is said of {with_article(names, doer)}", tuple(held)
            )
    shared = _shared_name(material, names, told)
    like = [t for t in told if t.nearness >= LIKE_CLAUSES]
    if shared is not None and len(like) > 1:
        topic = f"What is told of {with_article(names, shared)}{_shared_noun(material, shared, like)}"
        if point.label:
            topic = f"How it is told that {in_sentence(names, point.label)}"
        yield Slot("clause", topic, tuple((t, _opened(material, t)) for t in like))


def _are_of_one_thing(material: Material, held: Sequence[tuple[ToldClause, Span]]) -> bool:
    """Whether what is said of one doer has words in common, or is so like that it is of one thing."""
    words = [_telling_words(material, t, span) for t, span in held]
    near = all(t.nearness >= LIKE_CORES for t, _ in held)
    return near or any(not a.isdisjoint(b) for a, b in combinations(words, 2))


def _shared_name(material: Material, names: Names, told: Sequence[ToldClause]) -> str | None:
    """The name that stands in most of the clauses, in two at least; of equals the one first in a clause."""
    held: list[list[str]] = []
    for t in told:
        mentions = material.found[t.reading.article].mentions
        inside = [m for m in mentions if t.clause.start <= m.start and m.end <= t.clause.end]
        found = (names.find(material.text(t.reading.article, m.span), t.reading.article) for m in inside)
        held.append(list(dict.fromkeys(n.name for n in found if n is not None)))
    counts = Counter(name for own in held for name in own)
    order = [name for own in held for name in own]
    best = min(counts, key=lambda name: (-counts[name], order.index(name)), default=None)
    return best if best is not None and counts[best] > 1 else None


def _opened(material: Material, told: ToldClause) -> Span:
    """A clause without the word that ties it to what stands before: "who", "that"."""
    words = find_words(material.texts[told.reading.article], told.clause.start, told.clause.end)
    ties = words_of("framing", "ties")
    at = next((w.start for w in words if fold(w.text) not in ties), told.clause.start)
    return Span(at, told.clause.end)


def _shared_noun(material: Material, name: str, told: Sequence[ToldClause]) -> str:
    """The word that most of the clauses share beside a name, as a second thing told of: " and lorries"; else nothing."""
    known = set(content_stems(name))
    held: list[dict[str, str]] = []
    for t in told:
        text = material.texts[t.reading.article]
        nouns = [s for s in (t.clause.object, *t.clause.obliques) if s is not None]
        heads = (words[-1] for s in nouns if (words := find_words(text, s.start, s.end)))
        held.append({stem(w.text): w.text for w in heads if w.text.islower() and len(w.text) > LONG})
    counts = Counter(w for own in held for w in own if w not in known and w not in STOP)
    best = min(counts, key=lambda w: (-counts[w], w), default=None)
    if best is None or counts[best] < 2:
        return ""
    return f" and {next(own[best] for own in held if best in own)}"


def _name(first: ToldClause, told: Sequence[ToldClause]) -> str:
    if any(t.clause.negated != first.clause.negated for t in told):
        return "negation"
    return "modality" if any(_firmness(t.clause) != _firmness(first.clause) for t in told) else "core"


def _firmness(clause: Clause) -> str:
    """How firm a clause is by its modal: possible, due, or plain."""
    table: dict[str, str] = load_lexicon("framing")["firmness"]
    return table.get(clause.modal or "", "plain")


def _of_one_verb(told: Sequence[ToldClause]) -> list[ToldClause]:
    """The clauses that have the commonest verb in the commonest voice, if there are two or more."""
    verbs = [(stem(t.clause.predicate or ""), t.clause.passive) for t in told]
    best = max(verbs, key=lambda v: (verbs.count(v), v), default=("", False))
    return [t for t, v in zip(told, verbs, strict=True) if v == best] if verbs.count(best) > 1 else []


def _arguments(material: Material, names: Names, told: Sequence[ToldClause]) -> Iterator[Slot]:
    first = next((t for t in told if t.clause.core is not None and t.clause.doer), None)
    if first is None:
        return
    prepositions = sorted({_opening(material, t, o) for t in told for o in t.clause.obliques} - {""})
    for name in ("object", *prepositions):
        parts = [
            (t, part)
            for t in told
            if (part := _part(material, t, name)) is not None
            and not _points_back(material, t, part)
            and not _is_timed(material, t, part)
        ]
        shown = next((t for t, p in parts if t.clause.doer and t.clause.core and t.clause.core.start < p.start), None)
        if len(parts) > 1 and shown is not None and shown.clause.core is not None:
            stem_end = next(p for t, p in parts if t is shown).start
            verb = material.text(shown.reading.article, Span(shown.clause.core.start, stem_end))
            yield Slot(name if name == "object" else "oblique", f"{shown.clause.doer} {verb}".strip(), tuple(parts))
    subjects = [(t, s) for t in told if (s := t.clause.subject) is not None and t.clause.doer]
    subjects = [(t, s) for t, s in subjects if not _points_back(material, t, s)]
    meant = {names.canonical(t.clause.doer, t.reading.article) for t, _ in subjects}
    core = material.text(first.reading.article, first.clause.core) if first.clause.core is not None else ""
    if len(meant) > 1 and len(content_stems(core)) > 1:
        is_thing = first.clause.predicate == "be" and not any(_is_somebody(material, t, s) for t, s in subjects)
        ask = "What" if is_thing else "Who"
        yield Slot("who", f"{ask} {core}", tuple(subjects))


def _is_timed(material: Material, told: ToldClause, span: Span) -> bool:
    """Whether a phrase names a time: those are compared by their days and hours."""
    times = material.found[told.reading.article].times
    return any(t.type in DATED and span.start <= t.start and t.end <= span.end for t in times)


def _points_back(material: Material, told: ToldClause, span: Span) -> bool:
    """Whether a phrase names only by what was named before: "it", "his counterpart", "that"."""
    return _opening(material, told, span) in words_of("framing", "back")


def _is_somebody(material: Material, told: ToldClause, span: Span) -> bool:
    kinds = {"person", "organisation", "group"}
    mentions = material.found[told.reading.article].mentions
    named = any(span.start <= m.start and m.end <= span.end and m.kind in kinds for m in mentions)
    words = find_words(material.texts[told.reading.article], span.start, span.end)
    return named or any(fold(w.text) in words_of("people", "roles") for w in words)


def _opening(material: Material, told: ToldClause, span: Span) -> str:
    words = split_words(material.texts[told.reading.article], span.start, span.end)
    return fold(words[0]) if words else ""


def _part(material: Material, told: ToldClause, name: str) -> Span | None:
    if name == "object":
        return told.clause.object
    return next((o for o in told.clause.obliques if _opening(material, told, o) == name), None)


def _grouped(material: Material, parts: Sequence[tuple[ToldClause, Span]]) -> list[list[tuple[ToldClause, Span]]]:
    """The parts in sides: those with most telling words in common say one thing, unless only one is denied or in doubt."""
    groups: list[list[tuple[ToldClause, Span]]] = []
    for told, span in parts:
        own = _telling_words(material, told, span)
        home = next((g for g in groups if any(_says_the_same(material, told, span, own, t, s) for t, s in g)), None)
        if home is None:
            groups.append([(told, span)])
        else:
            home.append((told, span))
    return groups


def _telling_words(material: Material, told: ToldClause, span: Span) -> frozenset[str]:
    text = material.texts[told.reading.article]
    return frozenset(content_stems(text, span.start, span.end)) or frozenset(
        fold(w.text) for w in find_words(text, span.start, span.end)
    )


def _says_the_same(
    material: Material, told: ToldClause, mine: Span, own: frozenset[str], other: ToldClause, span: Span
) -> bool:
    """Whether two parts may say one thing: by their words, or because one names what the other may describe."""
    if told.clause.negated != other.clause.negated or _firmness(told.clause) != _firmness(other.clause):
        return False
    if _is_named(material, told, mine) != _is_named(material, other, span):
        return True
    others = _telling_words(material, other, span)
    return len(own & others) >= ALIKE * max(1, min(len(own), len(others)))


def _by_length(words: str) -> tuple[int, str]:
    return len(words), words


def _is_named(material: Material, told: ToldClause, span: Span) -> bool:
    """Whether a short part has a name: "the striker" may be whoever another report names."""
    mentions = material.found[told.reading.article].mentions
    is_short = len(find_words(material.texts[told.reading.article], span.start, span.end)) <= MOST_DESCRIBING
    return not is_short or any(span.start <= m.start and m.end <= span.end for m in mentions)


def _draft(material: Material, point: Point, slot: Slot, groups: Sequence[Sequence[tuple[ToldClause, Span]]]) -> Draft:
    sides = sides_of(
        (
            says,
            reading_of(
                material, told.reading, words=Reading(article=told.reading.article, start=span.start, end=span.end)
            ),
        )
        for group in groups
        for says in (cut_in_marks(min((material.text(t.reading.article, s) for t, s in group), key=_by_length)),)
        for told, span in group
    )
    kind: DifferenceKind = "framing" if slot.name == "modality" else "fact"
    is_copula = any(t.clause.predicate == "be" for group in groups for t, _ in group)
    is_spoken = any(material.is_spoken(t.reading.article, s) for group in groups for t, s in group)
    name = "loose" if is_copula or is_spoken or slot.name in WHOLE else slot.name
    return Draft(kind=kind, text=headed(slot.topic, sides), topic=slot.topic, sides=sides, rows=(point.id,), slot=name)
