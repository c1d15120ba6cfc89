"""What a reader corrected, and what was set aside."""

from __future__ import annotations

from msgspec import Struct

from rashomon.model import Correction
from rashomon.report.view.cites import ViewContext


class Aside(Struct, frozen=True):
    """Corrections, each in a line; and inputs that were set aside, with path and reason."""

    corrections: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]


def view_aside(context: ViewContext) -> Aside:
    """The corrections and rejects of a collation."""
    collation = context.collation
    return Aside(
        tuple(context.words.cut(say_correction(c)) for c in collation.corrections),
        tuple((reject.path, reject.reason) for reject in collation.skipped),
    )


def say_correction(correction: Correction) -> str:
    """A correction in a line: what was done to what, and the note beside it."""
    things = [*correction.forms, *(f"{p.article}:{p.at}" for p in correction.places)]
    done = {
        "merge": f"{correction.what} merged: ",
        "split": f"{correction.what} split off: ",
        "speaker": "speaker set: ",
        "date": "date set: ",
    }[correction.kind]
    value = f" to {correction.value}" if correction.value else ""
    note = f" ({correction.note})" if correction.note else ""
    return f"{done}{', '.join(things)}{value}{note}"
