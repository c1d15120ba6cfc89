"""The question that the numbers of a figure answer, from a clause of a report: "How many homes have been evacuated".

A noun alone ("How many people") does not tell whom the numbers are of; what is done by them, or to them, does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rashomon.collate.clause_labels import labels_around
from rashomon.collate.differences.draft import in_sentence
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.printable import Label, chances_of
from rashomon.lexicon import words_of
from rashomon.model import AlignedFigure, Clause, FigureReading
from rashomon.text.numbers import find_numbers
from rashomon.text.words import content_stems, find_words, fold, stem

# A clause that can less likely be printed than this asks nothing either.
LEAST_CHANCE = 0.3
# So many words after a number the noun it counts is looked for, and so many characters a question has at most.
REACH, LONGEST = 4, 100
# Where what is asked ends: what follows is another thing.
_END = re.compile(r"[,;:()–—]|\s(?:and|but|while|which|who|whom|whose|as|with|after|before|when|including)\b")


def question_of(material: Material, names: Names, figure: AlignedFigure) -> str | None:
    """What the numbers of a figure answer, from the clause that can best be printed; None where no clause asks it."""
    asked = [one for reading in figure.readings for one in _asked_by(material, names, reading)]
    chances = chances_of(material, [label for label, _ in asked])
    ranked = sorted(zip(chances, asked, strict=True), key=lambda pair: (-pair[0], len(pair[1][1]), pair[1][1]))
    return ranked[0][1][1] if ranked and ranked[0][0] >= LEAST_CHANCE else None


def _asked_by(material: Material, names: Names, reading: FigureReading) -> Iterator[tuple[Label, str]]:
    """The clauses around a number that can be labels, each with the question they make of it."""
    for clause, words in labels_around(material, reading):
        question = _question(material, names, reading, clause, words)
        if question is not None and len(question) <= LONGEST:
            yield Label(reading.article, clause, words), question


def _question(material: Material, names: Names, reading: FigureReading, clause: Clause, label: str) -> str | None:
    """A label with the number at its head as what is asked: "The crash destroyed two houses" is "how many houses the crash destroyed"."""
    written = re.escape(material.text(reading.article, reading))
    found = re.search(rf"(?<![\w-]){written}(?![\w%-])", label, re.IGNORECASE)
    if found is None or 1 in (reading.low, reading.high):
        return None
    before, after = label[: found.start()].strip(), label[found.end() :]
    unit = next((f.unit for f in material.found[reading.article].figures if f.start == reading.start), None)
    noun_end = _end_of_noun(after, unit)
    if noun_end is None or any(find_numbers(before)):
        return None
    noun, rest = after[:noun_end].strip(), after[noun_end:]
    if not before:
        return f"How many {noun}{rest.rstrip('.')}"
    is_said_of = clause.core is not None and reading.start >= clause.core.start
    if not is_said_of or fold(before.split()[-1]) in words_of("figures", "part_of"):
        return None
    end = _END.search(rest)
    rest = (rest[: end.start()] if end else rest).rstrip(" .")
    return f"How many {noun} {in_sentence(names, before)}{rest}"


def _end_of_noun(after: str, unit: str | None) -> int | None:
    """Where the noun counted ends, behind a number."""
    head = content_stems(unit or "")[-1:]
    words = find_words(after)[:REACH]
    return next((w.end for w in words if head and (stem(w.text) == head[0] or fold(w.text) == unit)), None)
