"""What a reader has corrected: names, quotes and points merged or split, speakers and dates set right.

A correction names what it changes by the words or the place it stands at, never by an id that the next run may give to
something else. One that no longer applies is an error, so that nothing is corrected by accident.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

import msgspec

from rashomon.collate.material import Material
from rashomon.errors import CorrectionError
from rashomon.model import Annotations, Article, Correction, CorrectionTarget, Place, Reading
from rashomon.text.dates import read_day
from rashomon.text.naming import strip_honorific


def correct_articles(articles: Sequence[Article], corrections: Sequence[Correction]) -> tuple[Article, ...]:
    """The articles with their dates set right. Raises `CorrectionError` where one does not apply."""
    dated: dict[str, str] = {}
    for n, correction in enumerate(corrections, start=1):
        check_form(n, correction)
        if correction.kind == "date":
            for place in correction.places:
                if place.article not in {a.id for a in articles}:
                    raise _error(n, correction, f"no report has the id {place.article!r}")
                dated[place.article] = correction.value or ""
    return tuple(a.dated(dated[a.id]) if a.id in dated else a for a in articles)


def correct_speakers(
    articles: Sequence[Article], annotations: Sequence[Annotations], corrections: Sequence[Correction]
) -> list[Annotations]:
    """The annotations with their speakers set right. Raises `CorrectionError` where no quote stands at a place."""
    found = {a.article_id: a for a in annotations}
    texts = {a.id: a.text for a in articles}
    for n, correction in enumerate(corrections, start=1):
        if correction.kind != "speaker":
            continue
        for place in correction.places:
            check_place(n, correction, place, texts)
            own = found[place.article]
            hits = [q for q in own.quotes if any(c.start <= place.at < c.end for c in q.content)]
            if not hits:
                raise _error(n, correction, f"no quote stands at {place.article}:{place.at}")
            quotes = tuple(
                msgspec.structs.replace(q, speaker_name=correction.value, speaker=None) if q in hits else q
                for q in own.quotes
            )
            found[place.article] = msgspec.structs.replace(own, quotes=quotes)
    return [found[a.article_id] for a in annotations]


def is_corrected(material: Material, what: CorrectionTarget) -> bool:
    """Whether a reader has set rows of a section right: then nothing joins a row by itself."""
    return any(c.what == what for c in material.corrections)


def regroup(
    groups: Sequence[Sequence[int]],
    what: CorrectionTarget,
    material: Material,
    find: Callable[[Place], int | None],
) -> list[list[int]]:
    """Groups of numbered readings with the merges and splits of `what`; `find` gives the number at a place."""
    changed = [list(group) for group in groups]
    for n, correction in enumerate(material.corrections, start=1):
        if correction.what != what or correction.kind not in ("merge", "split"):
            continue
        numbers = []
        for place in correction.places:
            check_place(n, correction, place, material.texts)
            number = find(place)
            if number is None:
                raise _error(n, correction, f"no {what.removesuffix('s')} stands at {place.article}:{place.at}")
            numbers.append(number)
        changed = _merged(changed, numbers) if correction.kind == "merge" else _split(changed, numbers)
    return sorted(sorted(group) for group in changed if group)


def regroup_forms(
    groups: Sequence[Mapping[str, list[Reading]]], corrections: Sequence[Correction]
) -> list[dict[str, list[Reading]]]:
    """The forms of names, with where they stand, after the merges and splits.

    A form that two names share goes with the one that has most of it. Raises `CorrectionError` for a form nobody writes.
    """
    items = [(n, form) for n, group in enumerate(groups) for form in group]
    index: dict[str, int] = {}
    for k, (_, form) in sorted(enumerate(items), key=lambda item: len(groups[item[1][0]][item[1][1]])):
        index[form] = k
    changed = [[k for k, (n, _) in enumerate(items) if n == number] for number in range(len(groups))]
    for n, correction in enumerate(corrections, start=1):
        if correction.what != "names" or correction.kind not in ("merge", "split"):
            continue
        forms = [_written(form, index) for form in correction.forms]
        unknown = [form for form in forms if form not in index]
        if unknown:
            raise _error(n, correction, f"no report writes the name {unknown[0]!r}")
        numbers = [index[form] for form in forms]
        changed = _merged(changed, numbers) if correction.kind == "merge" else _split(changed, numbers)
    return [_forms_of(items, groups, own) for own in changed if own]


def shown_form(forms: Container[str], known: Container[str], corrections: Sequence[Correction]) -> str | None:
    """The spelling of a name that a reader chose to have shown, the last one that did; None where none did.

    `forms` are those of the name, `known` those of all names.
    """
    chosen = [_written(c.value, known) for c in corrections if c.what == "names" and c.kind == "merge" and c.value]
    return next((form for form in reversed(chosen) if form in forms), None)


def _written(form: str, forms: Container[str]) -> str:
    """A form as it is kept: without its title, unless it is kept with it."""
    return form if form in forms else strip_honorific(form)


def _forms_of(
    items: Sequence[tuple[int, str]], groups: Sequence[Mapping[str, list[Reading]]], own: Sequence[int]
) -> dict[str, list[Reading]]:
    forms: dict[str, list[Reading]] = {}
    for n, form in (items[k] for k in own):
        forms.setdefault(form, []).extend(groups[n][form])
    return {form: sorted(readings, key=lambda r: (r.article, r.start)) for form, readings in forms.items()}


def _merged(groups: list[list[int]], numbers: Sequence[int]) -> list[list[int]]:
    touched = [g for g in groups if set(g) & set(numbers)]
    return [g for g in groups if g not in touched] + [[n for g in touched for n in g]]


def _split(groups: list[list[int]], numbers: Sequence[int]) -> list[list[int]]:
    left = [[n for n in g if n not in numbers] for g in groups]
    return [g for g in left if g] + [[n] for n in numbers]


def check_form(n: int, correction: Correction) -> None:
    """Whether a correction, the n-th, says all that its kind needs. Raises `CorrectionError`."""
    wants_value = correction.kind in ("speaker", "date")
    if wants_value and not correction.value:
        raise _error(n, correction, 'it needs value = "…"')
    if correction.kind == "date" and read_day(correction.value) is None:
        raise _error(n, correction, f"{correction.value!r} is no date; write it like 2026-04-15")
    if wants_value and not correction.places:
        raise _error(n, correction, 'it needs places = [{ article = "…", at = 0 }]')
    if not wants_value and correction.what is None:
        raise _error(n, correction, 'it needs what = "names", "quotes" or "points"')
    is_shown = correction.what == "names" and correction.kind == "merge" and correction.value is not None
    if is_shown and correction.value not in correction.forms:
        raise _error(n, correction, f"{correction.value!r}, which is to be shown, is none of its forms")
    named = correction.forms if correction.what == "names" else correction.places
    if not wants_value and len(named) < (2 if correction.kind == "merge" and not is_shown else 1):
        needs = "forms" if correction.what == "names" else "places"
        raise _error(
            n, correction, f"it needs {needs}, {'two or more' if correction.kind == 'merge' else 'one or more'}"
        )


def check_place(n: int, correction: Correction, place: Place, texts: Mapping[str, str]) -> None:
    """Whether a place of a correction, the n-th, stands in a text, with its words. Raises `CorrectionError`."""
    text = texts.get(place.article)
    if text is None:
        raise _error(n, correction, f"no report has the id {place.article!r}")
    if not 0 <= place.at < len(text):
        raise _error(n, correction, f"{place.article} has {len(text)} characters, and the place is {place.at}")
    if place.words is not None and not text.startswith(place.words, place.at):
        there = text[place.at : place.at + len(place.words)]
        raise _error(n, correction, f"at {place.article}:{place.at} stands {there!r}, not {place.words!r}")


def _error(n: int, correction: Correction, why: str) -> CorrectionError:
    what = f"{correction.kind} {correction.what}" if correction.what else correction.kind
    return CorrectionError(f"correction {n} ({what}) does not apply: {why}; mend it or take it out", n, why)
