"""Lists of the library's stories, and how much their reports differ."""

from __future__ import annotations

from typing import Literal

import msgspec

from rashomon.model import StoryRow
from rashomon.run.library import collate_story
from rashomon.settings import DEFAULT, Settings
from rashomon.store import Store, list_stories, members_of, note_differences

# The orders of `rashomon stories --by`, and what is counted for each.
ORDERS: dict[str, Literal["n_sources", "n_differences"] | None] = {
    "newest": None,
    "sources": "n_sources",
    "disagreement": "n_differences",
}


def list_by(store: Store, by: str, least: int, most: int, settings: Settings = DEFAULT) -> list[StoryRow]:
    """The stories in an order; for disagreement, stories that were not collated since they changed are collated now.

    What is counted is kept for the next time, unless somebody is writing to the library: a list waits for nobody.
    """
    first = ORDERS[by]
    if first != "n_differences":
        return list_stories(store, first=first, least=least, most=most)
    rows = [_counted(store, row, settings) for row in list_stories(store, least=least)]
    return sorted(rows, key=lambda row: -(row.n_differences or 0))[:most]


def _counted(store: Store, row: StoryRow, settings: Settings) -> StoryRow:
    if row.n_differences is not None or row.n_articles < 2:
        return row
    members = members_of(store, row.id)
    collation, _ = collate_story(store, row.id, settings)
    note_differences(store, row.id, members, len(collation.differences))
    return msgspec.structs.replace(row, n_differences=len(collation.differences))
