"""Lists of the library's stories, one of them by what somebody calls it, its collation, and why it is one story."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from rashomon.collate import collate
from rashomon.errors import UsageError
from rashomon.group import explain_stories
from rashomon.model import Article, Collation, Story, StoryRow
from rashomon.read.published import date_from_story
from rashomon.run.annotating import annotations_of
from rashomon.run.corrected import applied, corrections_for
from rashomon.run.progress import Progress, silent
from rashomon.settings import DEFAULT, Settings
from rashomon.store import Store, articles_of, current_story, links_of, list_stories, members_of, note_differences
from rashomon.text.words import fold_text

# The orders of `rashomon stories --by`, and what is counted for each.
ORDERS: dict[str, Literal["n_sources", "n_differences"] | None] = {
    "newest": None,
    "sources": "n_sources",
    "disagreement": "n_differences",
}

# What an id of a story looks like: nothing else is looked up as one.
_ID = re.compile(r"[a-z0-9]{1,16}")
# Of stories that one name fits, so many are told.
MOST_TOLD = 20


def list_by(store: Store, by: str, least: int, most: int | None, settings: Settings = DEFAULT) -> list[StoryRow]:
    """The stories in an order; for disagreement, stories that were not collated since they changed are collated now.

    What is counted is kept for the next time, unless somebody is writing to the library: a list waits for nobody.
    """
    if by not in ORDERS:
        raise UsageError(f"{by!r} is no order; choose one of {', '.join(ORDERS)}")
    first = ORDERS[by]
    if first != "n_differences":
        return list_stories(store, first=first, least=least, most=most)
    rows = [_counted(store, row, settings) for row in list_stories(store, least=least)]
    return sorted(rows, key=lambda row: -(row.n_differences or 0))[:most]


def _counted(store: Store, row: StoryRow, settings: Settings) -> StoryRow:
    if row.n_differences is not None or row.n_articles < 2:
        return row
    members = members_of(store, row.id)
    n_sure = keep_count(store, row.id, members, collate_story(store, row.id, settings))
    return msgspec.structs.replace(row, n_differences=n_sure)


def keep_count(store: Store, story: str, members: frozenset[str], collation: Collation) -> int:
    """Keep how many differences of a story are shown, while it has these members; how many there are."""
    n_sure = sum(d.sure for d in collation.differences)
    note_differences(store, story, members, n_sure)
    return n_sure


def find_story(store: Store, asked: str) -> str:
    """The id of the story that somebody means by its id, now or once, the beginning of its id, or words of its title.

    Raises `UsageError` where none fits, and with the stories that fit where several do.
    """
    if _ID.fullmatch(asked) and (held := current_story(store, asked)):
        return held
    rows = list_stories(store)
    for fits in (_by_title, _by_beginning):
        if found := fits(rows, asked):
            break
    else:
        raise UsageError(
            f"{asked}: no such story in {store.place}, by id or by words of its title; `rashomon stories` lists them"
        )
    if len(found) == 1:
        return found[0].id
    told = "".join(f"\n  {row.id}  {(row.last or '?')[:10]}  {row.title or 'untitled'}" for row in found[:MOST_TOLD])
    more = f"\n  and {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else ""
    raise UsageError(f"{asked}: {len(found)} stories fit; name one by its id{told}{more}")


def _by_title(rows: list[StoryRow], asked: str) -> list[StoryRow]:
    words = _words(asked)
    return [row for row in rows if words and _words(row.title) == words]


def _by_beginning(rows: list[StoryRow], asked: str) -> list[StoryRow]:
    """Stories whose id begins so, and those in whose title each word stands, or one that it begins."""
    words = _words(asked)
    return [row for row in rows if words and (row.id.startswith(asked) or _has_words(_words(row.title), words))]


def _has_words(title: list[str], words: list[str]) -> bool:
    return all(any(own.startswith(word) for own in title) for word in words)


def _words(text: str | None) -> list[str]:
    return fold_text(text or "").split()


def collate_story(store: Store, story: str, settings: Settings = DEFAULT, progress: Progress = silent) -> Collation:
    """The collation of a story of the library, from what was found in its articles before.

    It is worked out after the library has been read, so that nobody waits for it. What users set right is carried out; what does
    not apply any more is among what was set aside.
    """
    with store.one_state():
        articles = date_from_story(story_articles(store, story))
        found = annotations_of(store, articles, settings)
        with store.reading() as connection:
            known = corrections_for(connection, articles)
    progress("collating", 0, 1)
    collation, aside = applied(
        known, lambda corrections: collate(articles, [found[a.id] for a in articles], (), settings, corrections)
    )
    progress("collating", 1, 1)
    own = msgspec.structs.replace(
        collation,
        story=msgspec.structs.replace(collation.story, id=story),
        skipped=(*collation.skipped, *aside),
    )
    return own.with_articles(articles)


def explain_story(store: Store, story: str) -> tuple[Story, tuple[Article, ...]]:
    """Why the articles of a story are held to report one event; and the articles, the earliest first."""
    articles = sorted(story_articles(store, story), key=lambda a: (a.published or "9999", a.id))
    known = {a.id for a in articles}
    links = [k for k in links_of(store, story) if {k.left, k.right} <= known]
    links.sort(key=lambda k: (-k.score, k.left, k.right))
    [told] = explain_stories([Story(id=story, article_ids=tuple(a.id for a in articles), links=tuple(links))], articles)
    return told, tuple(articles)


def story_articles(store: Store, story: str) -> list[Article]:
    """The articles of a story, in order of id. Raises `UsageError` where there is no such story."""
    articles = articles_of(store, story)
    if not articles:
        raise UsageError(f"{story}: no such story in {store.place}; `rashomon stories` lists them")
    return sorted(articles, key=lambda a: a.id)
