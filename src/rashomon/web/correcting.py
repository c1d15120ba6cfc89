"""Setting stories right in somebody's name: what is done is done in the library, and noted in the log of who did what."""

from __future__ import annotations

from rashomon.model import StoryCorrectionKind
from rashomon.run.library import Library
from rashomon.store.accounts import note_action


def set_right(library: Library, who: str, kind: StoryCorrectionKind, *articles: str) -> int:
    """Correct stories; the correction's number. Raises `CorrectionError`."""
    number = library.correct(kind, *articles)
    note_action(library.store, who, kind, f"{number}: {' '.join(articles)}")
    return number


def take_back(library: Library, who: str, number: int) -> None:
    """Take a correction back. Raises `CorrectionError` where there is none of this number."""
    library.undo(number)
    note_action(library.store, who, "undo", str(number))
