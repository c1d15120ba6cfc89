"""Lists of the library's stories, and how much their reports differ."""

from __future__ import annotations

from typing import Literal

from rashomon.model import StoryRow
from rashomon.run.library import collate_story
from rashomon.settings import DEFAULT, Settings
from rashomon.store import Store, list_stories, note_differences

# The orders of `rashomon stories --by`, and what is counted for each.
ORDERS: dict[str, Literal["n_sources", "n_differences"] | None] = {
    "newest": None,
    "sources": "n_sources",
    "disagreement": "n_differences",
}


def list_by(store: Store, by: str, least: int, most: int, settings: Settings = DEFAULT) -> list[StoryRow]:
    """The stories in an order; for disagreement, stories that were not collated since they changed are collated now."""
    first = ORDERS[by]
    if first == "n_differences":
        for row in list_stories(store, least=max(2, least)):
            if row.n_differences is None:
                collation, _ = collate_story(store, row.id, settings)
                note_differences(store, row.id, len(collation.differences))
    return list_stories(store, first=first, least=least, most=most)
