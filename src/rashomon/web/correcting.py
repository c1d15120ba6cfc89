"""Setting right and noting in somebody's name."""

from __future__ import annotations

from rashomon.errors import ChangedError, UsageError
from rashomon.model import Correction, Note, NumberedCorrection, StoryCorrection
from rashomon.run.library import Library
from rashomon.store import get_note
from rashomon.web.safety.viewers import Viewer


class NotTheirsError(UsageError):
    """A note is somebody else's."""


def set_right(
    library: Library, who: str, given: StoryCorrection | Correction, seen: int | None = None
) -> NumberedCorrection:
    """Set something right. Raises `CorrectionError`; `ChangedError` where the same was set right after what was seen."""
    number = library.correct(given, seen=seen, who=who)
    done = next((c for c in library.corrections() if c.number == number), None)
    if done is None:
        raise ChangedError(f"correction {number} was taken back at once")
    return done


def delete_note(library: Library, viewer: Viewer, number: int) -> Note:
    """Delete a note, which its author and admins may. Raises `UsageError` where there is none, `NotTheirsError`."""
    note = get_note(library.store, number)
    if note is None:
        raise UsageError(f"there is no note {number}")
    if not may_delete(viewer, note):
        raise NotTheirsError(f"note {number} is {note.who}'s; they and admins may delete it")
    library.unnote(number, viewer.name)
    return note


def may_delete(viewer: Viewer, note: Note) -> bool:
    """Whether somebody may delete a note."""
    return viewer.can("correct") and (viewer.is_admin or viewer.name == note.who)
