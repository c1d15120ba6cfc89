"""The log of who set right and noted what in a library, whichever way they did it."""

from __future__ import annotations

from rashomon.errors import UsageError
from rashomon.model import Note, NumberedCorrection
from rashomon.run.correcting import say_number
from rashomon.store import Store, numbered_corrections
from rashomon.store.accounts import note_action

# The characters of a name in the log.
LONGEST = 64


def check_who(who: str) -> None:
    """Refuse what the log has no room for, before anything is done. Raises `UsageError`."""
    if not who.strip() or len(who) > LONGEST or not who.isprintable():
        raise UsageError(f"{who!r:.80} is nobody's name; write 1 to {LONGEST} characters")


def log_correction(store: Store, who: str, number: int) -> None:
    """Write down that somebody set something right. Of what was taken back at once the log has the taking back alone."""
    done = next((say_number(kept) for kept in numbered_corrections(store) if kept.number == number), None)
    if done is not None:
        note_action(store, who, f"{done.kind} {done.what or ''}".strip(), f"{number}: {_about(done)}")


def log_undo(store: Store, who: str, number: int) -> None:
    """Write down that somebody took a correction back."""
    note_action(store, who, "undo", str(number))


def log_note(store: Store, who: str, action: str, note: Note) -> None:
    """Write down that somebody did something with a note."""
    note_action(store, who, action, f"{note.number}: {note.article} {note.start} {note.end}")


def _about(done: NumberedCorrection) -> str:
    value = f" → {done.value}" if done.value else ""
    return f"{', '.join(done.forms) or ' '.join(done.articles)}{value}"
