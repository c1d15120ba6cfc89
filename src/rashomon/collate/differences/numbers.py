"""Differences of number: readings of one figure that are not equal."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile

from rashomon.collate.ages import have_aged, is_nobodys_age, whose_age
from rashomon.collate.clause_labels import labels_around
from rashomon.collate.differences.asking import question_of
from rashomon.collate.differences.draft import Draft, headed, reading_of, sides_of
from rashomon.collate.figures import are_far_apart, rounded_of
from rashomon.collate.lining.counts import counts_others
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.tolls import find_toll
from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import AlignedFigure, FigureReading
from rashomon.text.intervals import in_prose, say_amount
from rashomon.text.measures import is_measure
from rashomon.text.numbers import find_numbers
from rashomon.text.words import STOP, content_stems, fold

# A number in more words than this is said in our own.
MOST_AMOUNT = 5
# A title, or a clause up to a number, in fewer words than this does not tell what a measure is of.
LEAST_TITLE = 3
AGED = "A month or more lies between the reports: the age may have changed."

Value = tuple[float | None, float | None]


def find_other_numbers(material: Material, names: Names, figures: Sequence[AlignedFigure]) -> Iterator[Draft]:
    """Figures of one unit whose readings are not equal; what can all be true together fits."""
    for figure in figures:
        if not _is_compared(figure):
            continue
        bare = is_bare(figure)
        told = _without_others(material, _without_short_forms(figure.readings))
        if len({(r.low, r.high) for r in told}) < 2:
            continue
        written = _as_written(material, told) if bare else {}
        sides = sides_of(
            (written.get((r.low, r.high)) or amount_of(material, r), reading_of(material, r, who=r.attributed_to))
            for r in told
        )
        clause = _told_up_to(material, told) if bare else None
        topic = clause or _topic(material, names, figure)
        aged = figure.relation == "conflict" and whose_age(figure) is not None and have_aged(material, figure)
        fits = figure.relation == "compatible" or aged
        yield Draft(
            kind="number",
            text=headed(topic, sides),
            topic=topic,
            sides=sides,
            rows=(figure.id,),
            fits=fits,
            note=AGED if aged else _note(material, figure, fits=fits),
            slot=_slot(figure, is_told=not bare or clause is not None, is_trivial=fits and _is_trivial(material, told)),
        )


def _is_compared(figure: AlignedFigure) -> bool:
    """Whether the readings of a figure are not equal, of one thing, and not all open: "scores" and "several hundred"."""
    exact = [r.low for r in figure.readings if r.low is not None and r.low == r.high]
    parts = figure.relation in ("conflict", "compatible") and not all(r.high is None for r in figure.readings)
    return parts and figure.unit is not None and not are_far_apart(exact) and not is_nobodys_age(figure)


def _note(material: Material, figure: AlignedFigure, *, fits: bool) -> str | None:
    """Why numbers that are not equal can all be true, or may have been."""
    if fits:
        return _why_it_fits(figure.readings)
    return None if is_measure(figure.unit) else _on_other_days(material, figure.readings)


def _slot(figure: AlignedFigure, *, is_told: bool, is_trivial: bool) -> str:
    """What kind of number it is: an age, or "bare" where nothing says of what it is, or hardly two differ."""
    if whose_age(figure) is not None:
        return "age"
    return "bare" if is_trivial or not is_told else ""


def _topic(material: Material, names: Names, figure: AlignedFigure) -> str:
    owner = whose_age(figure)
    if owner is not None:
        return f"How old {owner} is"
    whole = _has_so_many(material, figure)
    if whole is not None or is_measure(figure.unit):
        return f"How many {whole or counted_in(figure)}"
    return _of_toll(figure.title) or question_of(material, names, figure) or f"How many {counted_in(figure)}"


def _of_toll(title: str) -> str | None:
    """The question that a toll answers: "people killed" are how many people were killed; a death is somebody's."""
    *things, last = title.split(" ")
    if last not in load_lexicon("tolls")["tolls"] or not things:
        return None
    whom = "people" if find_toll(" ".join(things)) is not None else " ".join(things)
    return f"How many {whom} {'are' if last in words_of('tolls', 'lasting') else 'were'} {last}"


def _has_so_many(material: Material, figure: AlignedFigure) -> str | None:
    """What has so many of its parts where a number is part of a word: "a 48-page indictment" has pages."""
    unit, *rest = figure.title.split(" ")
    is_part = unit == figure.unit and any(material.texts[r.article][r.end : r.end + 1] == "-" for r in figure.readings)
    whole = list(takewhile(lambda w: w.islower() and fold(w) not in STOP and not w.endswith("ed"), rest))
    return f"{_plural(unit)} the {' '.join(whole)} has" if is_part and whole else None


def counted_in(figure: AlignedFigure) -> str:
    """What a figure counts, as a noun phrase: its title, or its unit where the title leaves a gap."""
    if "…" in figure.title and figure.unit is not None:
        return _plural(figure.unit)
    first, *rest = figure.title.split(" ")
    plurals: dict[str, str] = load_lexicon("briefing")["plurals"]
    many = _plural(first) if figure.title == figure.unit and rest[:1] == ["per"] else plurals.get(first, first)
    return " ".join((many, *rest)).replace(" … ", " ")


def _plural(noun: str) -> str:
    """More than one of a thing, by rule where the word list has no other form; a noun that ends in "s" and no word stay as they are."""
    plurals: dict[str, str] = load_lexicon("briefing")["plurals"]
    if noun in plurals or noun.endswith("s") or not noun.isalpha():
        return plurals.get(noun, noun)
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("x", "z", "ch", "sh")) else f"{noun}s"


def amount_of(material: Material, reading: FigureReading) -> str:
    """A number as a report gives it where it is open; else the number."""
    if reading.low is not None and reading.high is not None and reading.change not in ("<", ">"):
        return say_amount(reading.low, reading.high, "~" if reading.change == "~" else "=")
    words = material.text(reading.article, reading)
    words = words.lower() if words.isupper() else words[:1].lower() + words[1:]
    return f"“{words}”" if len(words.split()) <= MOST_AMOUNT else say_amount(reading.low, reading.high, reading.change)


def _as_written(material: Material, readings: Sequence[FigureReading]) -> dict[Value, str]:
    """How each number of a measure is written, its unit with it: in words of their own before "five-year"."""
    written: dict[Value, str] = {}
    for reading in sorted(readings, key=lambda r: "-" in material.text(r.article, r)):
        written.setdefault((reading.low, reading.high), material.text(reading.article, reading).replace("-", " "))
    return written


def _without_short_forms(readings: Sequence[FigureReading]) -> list[FigureReading]:
    """The readings but those by which a report gives shortly ("three", in its title) what it gives as "at least three"."""
    open_ones = {(r.article, r.low) for r in readings if r.high is None} | {
        (r.article, r.low) for r in readings if r.change == "~"
    }
    return [r for r in readings if not (r.low == r.high and r.change == "=" and (r.article, r.low) in open_ones)]


def _without_others(material: Material, readings: Sequence[FigureReading]) -> list[FigureReading]:
    """The readings but those that count what is beside others, where some count all: "four other children" of "six children"."""
    # of "three killed and five others hurt" five are all that were hurt
    texts = [material.texts[r.article] for r in readings]
    others = [
        counts_others(t, r.span) and not t.startswith(" others", r.end) for t, r in zip(texts, readings, strict=True)
    ]
    return list(readings) if all(others) else [r for r, beside in zip(readings, others, strict=True) if not beside]


def _is_trivial(material: Material, readings: Sequence[FigureReading]) -> bool:
    """Whether numbers that fit together are hardly two: "one" and "at least one", or words that give no number ("most of which")."""
    vague = any(not find_numbers(material.text(r.article, r)) for r in readings)
    return vague or len({r.low for r in readings}) == 1


def _told_up_to(material: Material, readings: Sequence[FigureReading]) -> str | None:
    """A clause that has one of the numbers, up to it, where each sentence with another names whoever it is of: "The bank bought"."""
    told = [_stems_around(material, reading) for reading in readings]
    for reading in readings:
        number = re.compile(rf"\s{re.escape(material.text(reading.article, reading))}(?![\w%]|[.,]\d|\sof\b)")
        for clause, label in labels_around(material, reading):
            found = number.search(label)
            doer = frozenset(content_stems(clause.doer or "")[-1:])
            is_ones = all(doer <= around for around in told)
            if found is not None and is_ones and len(label[: found.start()].split()) >= LEAST_TITLE:
                return label[: found.start()]
    return None


def _stems_around(material: Material, reading: FigureReading) -> frozenset[str]:
    """The stems of the sentence of a number."""
    at = material.sentence_at(reading.article, reading.start)
    return frozenset(material.sentences[at].stems) if at is not None else frozenset()


def is_bare(figure: AlignedFigure) -> bool:
    """Whether a measure has no title that tells what it is of, and in what: by itself, one word for it, or "information about the crane"."""
    has_unit = not frozenset(content_stems(figure.title)).isdisjoint(content_stems(figure.unit or ""))
    return is_measure(figure.unit) and (len(counted_in(figure).split()) < LEAST_TITLE or not has_unit)


def _why_it_fits(readings: Sequence[FigureReading]) -> str:
    """Why numbers that are not equal can all be true."""
    if any(r.change == "~" for r in readings) or rounded_of(readings):
        return "Rounded."
    exact = {r.low for r in readings if r.low == r.high and r.low is not None}
    floor = next((r.low for r in readings if r.high is None and r.low is not None), None)
    if len(exact) == 1 and floor is not None:
        return f"{in_prose(min(exact)).capitalize()} is more than {in_prose(floor)}."
    return "The narrower lies within the wider."


def _on_other_days(material: Material, readings: Sequence[FigureReading]) -> str | None:
    """That a count may have grown from one report to the next, where each number is of other days."""
    days: dict[Value, set[str | None]] = defaultdict(set)
    for r in readings:
        published = material.by_id[r.article].published
        days[r.low, r.high].add(published[:10] if published else None)
    told = [day for own in days.values() for day in own]
    is_apart = None not in told and len(told) == len(set(told))
    return "The reports are of different days: the count may have changed." if is_apart else None
