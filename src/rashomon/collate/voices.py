"""Whose word a line is, as the line has it: ", according to the coast guard"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rashomon.collate.clause_labels import label_in_own_words
from rashomon.collate.differences.draft import in_sentence, with_article
from rashomon.collate.holders import holder_of, offices
from rashomon.collate.material import Material
from rashomon.collate.names import Names, surname_of
from rashomon.lexicon import words_of
from rashomon.model import Reading
from rashomon.text.words import content_stems, fold, split_words

# Signs of a menu or a script, in which nobody is named.
_SCRAP = re.compile(r"[<>|{}\[\]/\\]")


class Voice(NamedTuple):
    """Whose word something is, as it stands within a line, and where."""

    words: str
    places: list[Reading]


def whose_word(material: Material, names: Names, label: str, place: Reading, others: Sequence[Reading]) -> Voice | None:
    """Whose word a label is: where the clause it was made of is somebody's, or each clause that tells it in another report theirs who have no name.

    What one report tells itself and another as somebody's by name may be known otherwise too. A person's word of himself is told as
    such only where the clause is; what a body tells of itself is not.
    """
    name, places = _held(material, names, [place]) or _held(material, names, others) or ("", [])
    found = names.find(name)
    if places != [place] and found is not None:
        return None
    if name and _is_others_word(name, label):
        return Voice(_in_mid_line(material, names, name, places[0].article), places)
    if found is None or found.kind != "person":
        return None
    short = surname_of(found) or name
    is_named = name in label or label.removeprefix("[").startswith(f"{short} ")  # not another of the name: "Olaf Weir"
    return Voice(short if is_named else with_article(names, name), places)


def said_of_oneself(material: Material, names: Names, label: str, place: Reading) -> tuple[str, str] | None:
    """A label that a person tells of themselves, or of what is theirs: who says so, and what, with no name twice.

    "Ada Weir said" and "her members had left".
    """
    clause = material.clause_at(place)
    name = _holder(material, names, place)
    found = names.find(name) if name is not None else None
    if clause is None or found is None or found.kind != "person":
        return None
    owner = (clause.doer or "").partition("’s ")[0]
    told = label_in_own_words(material, place.article, clause, label)
    if told is None or names.canonical(owner, place.article) != name:
        return None
    return f"{found.name} said", told


def is_known_voice(material: Material, names: Names, label: str, place: Reading) -> bool:
    """Whether a line could say whose word a label is that was made of the clause at a place, if it is somebody's."""
    name = _holder(material, names, place)
    return name is None or _is_told_of(names, name) or not _is_others_word(name, label)


def _held(material: Material, names: Names, readings: Sequence[Reading]) -> tuple[str, list[Reading]] | None:
    """Whose word all of some readings are, and where."""
    held = {_holder(material, names, reading) for reading in readings}
    name = held.pop() if len(held) == 1 else None
    return (name, list(readings)) if name is not None and _is_told_of(names, name) else None


def _holder(material: Material, names: Names, place: Reading) -> str | None:
    """Whose word a clause is, as the story names them: "the operator of the port, Kestrel" is Kestrel."""
    name = names.canonical(holder_of(material, place), place.article)
    _, comma, last = (name or "").rpartition(", ")
    found = names.find(last) if comma else None
    return found.name if found is not None and found.kind in {"person", "organisation"} else name


def _in_mid_line(material: Material, names: Names, name: str, article: str) -> str:
    """Whose word it is, as it stands within a line: a name as it is, the police without a capital, who is described as described."""
    if names.find(name) is not None:
        return with_article(names, name)
    told = in_sentence(names, name)
    is_definite = re.search(rf"\b[Tt]he\s{{1,3}}{re.escape(name)}", material.texts[article]) is not None
    return f"the {told}" if is_definite and not told.lower().startswith("the ") else told


def _is_others_word(name: str, label: str) -> bool:
    """Whether whoever says a label is not named in it."""
    return frozenset(content_stems(label)).isdisjoint(content_stems(name)[-1:])


def _is_told_of(names: Names, name: str) -> bool:
    """Whether a reader knows who somebody is: by name, several of them, or a voice of office such as the police; no scrap of a menu."""
    is_several = name.endswith("s") and not name.endswith("ss")
    is_known = (is_several or _is_office(name)) and fold(name) not in words_of("briefing", "anybody")
    return names.find(name) is not None or (is_known and _SCRAP.search(name) is None)


def _is_office(name: str) -> bool:
    return not (words_of("framing", "voices") | offices()).isdisjoint(fold(w) for w in split_words(name)[-1:])
