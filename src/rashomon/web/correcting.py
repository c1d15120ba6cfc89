"""Setting right and noting in somebody's name: done in the library, and written down in the log of who did what."""

from __future__ import annotations

from rashomon.errors import ChangedError, UsageError
from rashomon.model import Correction, Note, NumberedCorrection, StoryCorrection
from rashomon.run.library import Library
from rashomon.store import get_note
from rashomon.store.accounts import note_action
from rashomon.web.safety.viewers import Viewer


class NotTheirsError(UsageError):
    """A note is somebody else's."""


def set_right(
    library: Library, who: str, given: StoryCorrection | Correction, seen: int | None = None
) -> NumberedCorrection:
    """Set something right. Raises `CorrectionError`; `ChangedError` where the same was set right after what was seen."""
    number = library.correct(given, seen=seen)
    done = next((c for c in library.corrections() if c.number == number), None)
    if done is None:
        raise ChangedError(f"correction {number} was taken back at once")
    note_action(library.store, who, f"{done.kind} {done.what or ''}".strip(), f"{number}: {_about(done)}")
    return done


def take_back(library: Library, who: str, number: int) -> None:
    """Take a correction back. Raises `CorrectionError` where there is none of this number."""
    library.undo(number)
    note_action(library.store, who, "undo", str(number))


def write_note(library: Library, who: str, article: str, start: int, end: int, text: str) -> Note:
    """Write a note on a passage. Raises `UsageError`."""
    note = library.note(article, start, end, text, who)
    note_action(library.store, who, "note", f"{note.number}: {article} {start} {end}")
    return note


def delete_note(library: Library, viewer: Viewer, number: int) -> Note:
    """Delete a note, which its author and admins may. Raises `UsageError` where there is none, `NotTheirsError`."""
    note = get_note(library.store, number)
    if note is None:
        raise UsageError(f"there is no note {number}")
    if not may_delete(viewer, note):
        raise NotTheirsError(f"note {number} is {note.who}'s; they and admins may delete it")
    library.unnote(number)
    note_action(library.store, viewer.name, "unnote", f"{number}: {note.article} {note.start} {note.end}")
    return note


def may_delete(viewer: Viewer, note: Note) -> bool:
    """Whether somebody may delete a note."""
    return viewer.can("correct") and (viewer.is_admin or viewer.name == note.who)


def _about(done: NumberedCorrection) -> str:
    value = f" → {done.value}" if done.value else ""
    return f"{', '.join(done.forms) or ' '.join(done.articles)}{value}"
