"""Notes that readers write on passages of reports."""

from __future__ import annotations

from rashomon.errors import UsageError
from rashomon.model import Excerpt, Note
from rashomon.store import Store, put_note

# Who writes where there are no accounts.
LOCAL = "local"
LONGEST_NOTE, MOST_NOTES = 2000, 200


def write_note(store: Store, passage: Excerpt, text: str, who: str = LOCAL) -> Note:
    """Keep a note on a passage. Raises `UsageError` for one that is empty, too long, or one too many."""
    kept = text.replace("\0", "").encode("utf-8", "replace").decode()
    told = "\n".join(line.rstrip() for line in kept.splitlines()).strip()
    if not 1 <= len(told) <= LONGEST_NOTE:
        raise UsageError(f"the note has {len(told):,} characters; write 1 to {LONGEST_NOTE:,}")
    found = put_note(store, passage.article, passage.start, passage.end, told, who, MOST_NOTES)
    if found is None:
        raise UsageError(f"this report has {MOST_NOTES} notes; delete one first")
    return found
