"""Why a row was made: its readings, how alike each two of them are by what measures, and the reasons in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import msgspec

from rashomon.collate.decided import Lines, lines_of, say_how_joined, say_what_was_corrected, weigh_readings
from rashomon.collate.figures import relation_of
from rashomon.collate.likeness import find_pairs
from rashomon.collate.material import Material
from rashomon.collate.names import is_same_spelling
from rashomon.collate.passages import say_how_reworded
from rashomon.collate.rows import PREFIXES
from rashomon.errors import UsageError
from rashomon.model import Collation, Explanation, Likeness, Name, Reading
from rashomon.settings import Settings
from rashomon.text.intervals import say_interval
from rashomon.text.naming import strip_honorific
from rashomon.text.vectors import embed
from rashomon.text.words import content_stems, fold

# Sections whose rows were made by the likeness of their readings' words.
COMPARED = frozenset({"quotes", "figures", "points", "positions", "passages", "timeline"})
# No more pairs are compared than this; a row of a hundred copies is told by its first readings.
MOST_PAIRS = 45
SECTIONS = {prefix: section for section, prefix in PREFIXES.items()}


def explain_row(collation: Collation, material: Material, row: str) -> Explanation:
    """The explanation of the row with an id. Raises `UsageError` when there is no such row."""
    prefix = row.rstrip("0123456789")
    section = SECTIONS.get(prefix)
    if section is None:
        ids = ", ".join(f"{key}1 ({name})" for key, name in SECTIONS.items())
        raise UsageError(f"{row!r} is no id of a row; ids look like {ids}")
    rows = collation.lineage.passages if section == "passages" else getattr(collation, section)
    found = next((r for r in rows if r.id == row), None)
    if found is None:
        raise UsageError(f"there is no {row} among the {len(rows)} {section}")
    readings = _readings(section, found)
    lines = lines_of(material, section)
    reasons = [*_reasons(section, found), *_decided_by(material, section, lines, readings)]
    if section == "passages" and found.degree == "reworded":
        settings = msgspec.convert(collation.run.settings, Settings)
        reasons += say_how_reworded(material, settings.collate, readings, _pairs(readings))
    return Explanation(
        id=row,
        section=section,
        reasons=tuple(reasons),
        readings=readings,
        likenesses=_likenesses(material, section, lines, readings) if section in COMPARED else (),
    )


def _readings(section: str, row: object) -> tuple[Reading, ...]:
    if isinstance(row, Name):
        return tuple(r for form in row.forms for r in form.readings)
    readings = row.readings  # type: ignore[attr-defined]
    if section == "quotes":
        return tuple(Reading(article=r.article, start=s.start, end=s.end) for r in readings for s in r.spans)
    return tuple(Reading(article=r.article, start=r.start, end=r.end) for r in readings)


def _pairs(readings: Sequence[Reading]) -> list[tuple[int, int]]:
    """Each two readings, by number."""
    return list(combinations(range(len(readings)), 2))[:MOST_PAIRS]


def _decided_by(material: Material, section: str, lines: Lines | None, readings: Sequence[Reading]) -> Iterator[str]:
    """What joined the readings of a row of several."""
    if len({r.article for r in readings}) > 1:
        yield from say_how_joined(material, section, lines, readings)
    yield from say_what_was_corrected(material, section, readings)


def _likenesses(
    material: Material, section: str, lines: Lines | None, readings: Sequence[Reading]
) -> tuple[Likeness, ...]:
    """For each two readings telling words in common and vectors, and the probability they were lined up by."""
    compared = _pairs(readings)
    weighed = weigh_readings(material, section, lines, readings, compared)
    texts = [material.text(r.article, r) for r in readings]
    stems = [content_stems(text) for text in texts]
    pairs = find_pairs(stems, material.weights, embed(texts))
    measured = {
        (int(a), int(b)): (float(d), float(c), float(v))
        for a, b, d, c, v in zip(pairs.left, pairs.right, pairs.dice, pairs.containment, pairs.cosine, strict=True)
    }
    return tuple(
        Likeness(
            left=a,
            right=b,
            common=tuple(sorted(set(stems[a]) & set(stems[b]))),
            dice=round(measured.get((a, b), (0.0,) * 3)[0], 3),
            containment=round(measured.get((a, b), (0.0,) * 3)[1], 3),
            cosine=round(measured.get((a, b), (0.0,) * 3)[2], 3),
            probability=weighed[a, b][0] if (a, b) in weighed else None,
            parts=weighed[a, b][1] if (a, b) in weighed else {},
        )
        for a, b in compared
    )


def _reasons(section: str, row: object) -> list[str]:
    if isinstance(row, Name):
        return [_why_form(row, form.text) for form in row.forms]
    n = len({r.article for r in row.readings})  # type: ignore[attr-defined]
    if n < 2 and section not in ("differences", "passages"):
        return ["one report has it; nothing was lined up"]
    if section == "quotes":
        speaker = row.speaker or "unknown"  # type: ignore[attr-defined]
        return [f"statements that are likely to say one thing, by the probabilities below; spoken by {speaker}"]
    if section == "points":
        return [f"sentences of {n} reports that are likely to say one thing, by the probabilities below"]
    if section == "figures":
        told = [say_interval(r.low, r.high, r.change) for r in row.readings]  # type: ignore[attr-defined]
        return [
            "figures that are likely to count one thing, by the probabilities below",
            f"{', '.join(told)}: {relation_of(row.readings)}, by their intervals alone",  # type: ignore[attr-defined]
        ]
    if section == "passages":
        kind = "speech: every report only quotes it" if row.speech else "text outside quotations"  # type: ignore[attr-defined]
        return [f"{row.degree} in {n} reports; {kind}"]  # type: ignore[attr-defined]
    if section == "timeline":
        return [f"sentences of one point, dated to {row.first}–{row.last}"]  # type: ignore[attr-defined]
    if section == "positions":
        actor, act = row.actor, row.act  # type: ignore[attr-defined]
        return [f"acts of one actor ({actor}) and kind ({act}) that are likely one, by the probabilities below"]
    return [row.text]  # type: ignore[attr-defined]


def _why_form(name: Name, form: str) -> str:
    """Why a form belongs to a name, against the form that is shown."""
    if form == name.name:
        return f"{form}: the form shown"
    bare, shown = strip_honorific(form), name.name
    if fold(bare) == fold(shown):
        return f"{form}: {shown} with another title, case or accent"
    if form[:4].lower() == "the " and fold(form[4:]) in {fold(f.text) for f in name.forms}:
        return f"{form}: with its article"
    own, whole = bare.split(), shown.split()
    if len(own) == 1 and len(whole) > 1 and is_same_spelling(fold(own[0]), fold(whole[-1])):
        spelled = "" if fold(own[0]) == fold(whole[-1]) else ", spelled otherwise"
        return f"{form}: the surname of {shown} alone{spelled}"
    if len(own) > 1 and len(whole) > 1 and is_same_spelling(fold(own[-1]), fold(whole[-1])):
        return f"{form}: surname as in {shown}, given names that do not contradict"
    if form.replace(".", "").isupper() and len(whole) > 1:
        return f"{form}: initials or short form of {shown}"
    return f"{form}: another name of {shown} by the word lists, or the same words in another form"
