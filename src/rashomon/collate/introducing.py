"""Persons introduced: whom a line of the briefing is the first to name has the title or role that a report behind it gives.

A title stands before the name ("Harbour Minister Ada Weir"), a role that is told in more words behind it ("Edda Falk, the head
of the port,"). Where it stands is one of the places that the line rests on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

import msgspec

from rashomon.collate.differences.draft import in_sentence
from rashomon.collate.material import Material
from rashomon.collate.names import Names, surname_of
from rashomon.lexicon import words_of
from rashomon.model import BriefingPart, BriefingSentence, Description, Name, Reading
from rashomon.text.naming import known_places
from rashomon.text.words import STOP, fold, split_words

# A longer role is a story of its own.
LONGEST = 45
_ARTICLE = re.compile(r"(?:a|an|the)\s", re.IGNORECASE)
_OWNED = re.compile(r"['’]s?(?:\s|$)")
_WORD_BEFORE = re.compile(r"([\w.’'-]{1,40})(,?)\s\[?$")
# What a role behind a name can stand before without a comma, and the word before which a comma closes it.
_ENDS, _GOES_ON = re.compile(r"[.:?!]|$"), re.compile(r"\s(?!or\b|and\b)[a-z]")


class _Place(NamedTuple):
    """Where a line names a person."""

    start: int
    end: int


def introduced(material: Material, names: Names, lines: Iterable[BriefingSentence]) -> Iterator[BriefingSentence]:
    """The lines, in which each person has a title or role where they are named in full for the first time, if a report behind it gives one."""
    unknown = _Unknown(material, names)
    for line in lines:
        parts: list[BriefingPart] = []
        places: list[Reading] = []
        for part, following in zip_longest(line.parts, line.parts[1:]):
            told, own = unknown.meet(part, following.text if following else "", opens=not parts)
            parts.append(told)
            places += own
        cites = tuple(dict.fromkeys((*line.cites, *places)))
        yield msgspec.structs.replace(line, text="".join(p.text for p in parts), parts=tuple(parts), cites=cites)


class _Unknown:
    """The persons whom no line has introduced so far."""

    def __init__(self, material: Material, names: Names) -> None:
        self._material = material
        self._names = names
        self._waiting = {name.id: name for name in names.names if name.kind == "person" and " " in name.name}
        self._surnames = _surnames(names.names)

    def meet(self, part: BriefingPart, followed: str, *, opens: bool) -> tuple[BriefingPart, list[Reading]]:
        """A part of a line with whom it introduces, and where their titles and roles stand; `followed` is what stands behind it."""
        text = part.text
        places: list[Reading] = []
        articles = frozenset(place.article for place in part.cites)
        for name in list(self._waiting.values()):
            text = self._in_full(name, text, articles)
            place = _place_of(name.name, text)
            role = _role(name, articles) if place is not None else None
            if place is not None and (_is_introduced(text, place) or (role is not None and _has(text, role))):
                del self._waiting[name.id]
            elif place is not None and role is not None:
                if _is_title(self._material, name, role):
                    told = _with_title(text, place, self._in_line(role.text), opens=opens)
                else:  # "Ada Weir, governor," would lack what it is of
                    told = _with_role(text, place, role.text, followed) if " " in role.text else text
                if told != text:
                    text = told
                    places += [r for r in role.readings if r.article in articles][:1]
                    del self._waiting[name.id]
        return msgspec.structs.replace(part, text=text), places

    def _in_full(self, name: Name, text: str, articles: frozenset[str]) -> str:
        """A text that is the first to name a person, by the surname alone, with the whole name in its place."""
        surname = self._surnames.get(name.id, "")
        place = _place_of(surname, text) if surname and name.name not in text else None
        if name.name in text or place is not None:
            self._surnames.pop(name.id, None)
        if place is None or _is_part_of_name(text, place):
            return text
        if not any(form.text == surname and not articles.isdisjoint(form.counts) for form in name.forms):
            return text
        return f"{text[: place.start]}{name.name}{text[place.end :]}"

    def _in_line(self, title: str) -> str:
        """A title in mid-line: "Former mayor" has its capital of the start of a sentence."""
        words = title.split()
        return in_sentence(self._names, title) if len(words) > 1 and words[1].islower() else title


def _surnames(names: Sequence[Name]) -> dict[str, str]:
    """The surname by which reports call each person who has more names, by their ids; none that two have, or a body or place too."""
    others = {word for name in names if name.kind != "person" for form in name.forms for word in form.text.split()}
    people = (name for name in names if name.kind == "person" and " " in name.name)
    called = {name.id: surname for name in people if (surname := surname_of(name)) is not None}
    counts = Counter(called.values())
    apart = others | known_places().keys()
    return {name: surname for name, surname in called.items() if counts[surname] == 1 and surname not in apart}


def _place_of(name: str, text: str) -> _Place | None:
    """Where a person is named first outside of quotation marks, and not within a longer name."""
    if name not in text:
        return None  # without a pattern for each of many persons
    for found in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-]|\s[A-Z])", text):
        if text.count("“", 0, found.start()) == text.count("”", 0, found.start()):
            return _Place(*found.span())
    return None


def _role(name: Name, articles: Collection[str]) -> Description | None:
    """The title or role that the reports give somebody most; one that only tells whose they are, or judges them, introduces nobody."""
    barred = words_of("people", "unintroducing") | words_of("framing", "words") | words_of("acts", "labels")
    fitting = [
        role
        for role in name.descriptions
        if any(place.article in articles for place in role.readings)
        and len(role.text) <= LONGEST
        and words_of("people", "political").isdisjoint(fold(w) for w in split_words(role.text)[-1:])
        and barred.isdisjoint(fold(w) for w in split_words(role.text.replace("-", " ")))
    ]
    return min(fitting, key=lambda role: (bool(_ARTICLE.match(role.text)), -len(role.readings)), default=None)


def _has(text: str, role: Description) -> bool:
    """Whether a text has every word of a role already: "Ada Weir keeps the title of harbour minister"."""
    return {fold(w) for w in split_words(text)}.issuperset(fold(w) for w in split_words(role.text))


def _is_title(material: Material, name: Name, role: Description) -> bool:
    """Whether a report writes it right before the name, and it does not tell whose it is."""
    forms = tuple(f" {form.text}" for form in name.forms)
    stands_before = any(material.texts[r.article].startswith(forms, r.end) for r in role.readings)
    return stands_before and not _ARTICLE.match(role.text) and not _OWNED.search(role.text)


def _is_introduced(text: str, place: _Place) -> bool:
    """Whether a title stands before the name, or something is told of it right beside."""
    before = _WORD_BEFORE.search(text, 0, place.start)
    is_titled = before is not None and (
        bool(before[2])
        or (before[1][:1].isupper() and fold(before[1]) not in STOP)
        or fold(before[1]) in words_of("people", "roles")
    )
    return is_titled or bool(re.match(r",\s[a-z]", text[place.end : place.end + 3]))


def _is_part_of_name(text: str, place: _Place) -> bool:
    """Whether a surname stands behind another part of a name or a title, says whose a thing is ("the Weir plan") or is a place's ("in Weir")."""
    before = _WORD_BEFORE.search(text, 0, place.start)
    if before is None or before[2]:
        return False
    opens = fold(before[1]) in words_of("people", "places_stand_behind") or bool(_ARTICLE.match(f"{before[1]} "))
    is_initial = before[1].endswith(".")
    return opens or is_initial or (before[1][:1].isupper() and fold(before[1]) not in STOP)


def _with_title(text: str, place: _Place, title: str, *, opens: bool) -> str:
    """A text with a title before a name."""
    before = text[: place.start]
    first = title[:1].upper() if opens and before in ("", "[") else title[:1]
    return f"{before}{first}{title[1:]} {text[place.start :]}"


def _with_role(text: str, place: _Place, role: str, followed: str) -> str:
    """A text with a role behind a name; as it was where that would break the line."""
    after = text[place.end :]
    if _GOES_ON.match(after or followed):
        return f"{text[: place.end]}, {role},{after}"
    return f"{text[: place.end]}, {role}{after}" if _ENDS.match(after or followed) else text
