"""What a reader corrected, and what was set aside."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from rashomon.model import Correction, Place
from rashomon.report.view.cites import ViewContext
from rashomon.report.view.words import in_marks, shorten

# Characters that are shown of the words at a place.
LONGEST_WORDS = 120


class Aside(Struct, frozen=True):
    """Corrections, each in a line; and inputs that were set aside, with path and reason."""

    corrections: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]


def view_aside(context: ViewContext) -> Aside:
    """The corrections and rejects of a collation."""
    collation = context.collation
    return Aside(
        tuple(context.words.cut(say_correction(c, context.letters)) for c in collation.corrections),
        tuple((reject.path, reject.reason) for reject in collation.skipped),
    )


def say_correction(correction: Correction, letters: Mapping[str, str]) -> str:
    """A correction in a line: what was done to what, and the note beside it. Names are told by their forms alone."""
    things = correction.forms or [_say_place(correction, place, letters) for place in correction.places]
    done = {
        "merge": f"{correction.what} merged: ",
        "split": f"{correction.what} split off: ",
        "speaker": "speaker set: ",
        "date": "date set: ",
    }[correction.kind]
    before = ", shown as" if correction.kind == "merge" else " to"
    value = f"{before} {correction.value}" if correction.value else ""
    note = f" ({correction.note})" if correction.note else ""
    return f"{done}{', '.join(things)}{value}{note}"


def _say_place(correction: Correction, place: Place, letters: Mapping[str, str]) -> str:
    """A place by its words and the letter of its report; where no words are given, by its character."""
    letter = letters.get(place.article, place.article)
    if place.words:
        return f"{in_marks(shorten(place.words, LONGEST_WORDS))} in {letter}"
    return letter if correction.kind == "date" else f"{letter}:{place.at}"
