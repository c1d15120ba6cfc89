"""Parts of the stories that teach, each judged by what the others do: by a story's name, so that it stays in its part when others come."""

from __future__ import annotations

from zlib import crc32

FOLDS = 8


def fold_of(story: str, n: int = FOLDS) -> int:
    """Which of so many parts a story is in."""
    return crc32(story.encode()) % n
