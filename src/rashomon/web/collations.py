"""Collations at hand: each is made once for what its story holds and for what makes it, by a worker, never by a request."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from threading import Lock, RLock
from typing import Any, NamedTuple, TypeVar, cast

import anyio
from litestar.concurrency import sync_to_thread

from rashomon import codec
from rashomon.errors import UsageError
from rashomon.model import Article, Collation, StoryRow
from rashomon.provenance import key_of, of_collation
from rashomon.read.published import date_from_story
from rashomon.run.library import KeptStory, Library
from rashomon.run.progress import Progress
from rashomon.run.stories import keep_count
from rashomon.settings import Settings
from rashomon.store import current_story, members_of, rows_corrected
from rashomon.store.collations import keep_collation, kept_collation
from rashomon.web.jobs import BusyError, Job, Jobs
from rashomon.web.options import Options

KIND = "collate"
# Of the stories of a list so many are collated for the next look when they have not been yet.
MADE_AHEAD = 6
# How often a job that is waited for is looked at, in seconds.
LOOK = 0.05
T = TypeVar("T")
# A function of a module that makes something of a collation and of nothing else.
Derive = Callable[[Collation], Any]


class State(NamedTuple):
    """What a story's collation depends on: its articles, named by what they say, what was set right, and what makes it."""

    members: frozenset[str]
    corrected: tuple[int, ...]
    maker: str

    def key(self, story: str) -> str:
        """What the collation is kept under."""
        return codec.content_hash(codec.encode([story, sorted(self.members), self.corrected, self.maker]))[:32]


class Made:
    """A collation that has been made, with what is worked out from it and from nothing else, whoever looks."""

    def __init__(self, state: State, collation: Collation, derived: Mapping[Derive, Any] | None = None) -> None:
        self.state = state
        self.story = collation.story.id
        self.key = state.key(self.story)
        self.collation = collation
        self.n_chars = sum(len(article.text) for article in collation.full_articles)
        self._derived = dict(derived or {})
        self._lock = RLock()

    def derive(self, work: Callable[[Collation], T]) -> T:
        """What a `Derive` makes of the collation: worked out when it is first asked for, then kept with it."""
        with self._lock:  # who asks meanwhile waits for it: two would take twice as long
            if work not in self._derived:
                self._derived[work] = work(self.collation)
            return cast("T", self._derived[work])


class Collations:
    """The collations of a library's stories: of each the last, for the stories that were looked at last.

    What `ahead` names is derived where a collation is made, so that the first who looks does not wait for it.
    """

    def __init__(self, library: Library, jobs: Jobs, options: Options, ahead: Sequence[Derive] = ()) -> None:
        self._library = library
        self._jobs = jobs
        self._most = options.at_hand
        self._ahead = tuple(ahead)
        self._kept: OrderedDict[str, Made] = OrderedDict()
        self._n_chars = 0
        self._lock = Lock()
        self.n_made = 0

    def ready(self, story: str) -> Made | None:
        """The collation of a story as it is now, where it has been made."""
        return self._found(story, state_of(self._library, story))

    def latest_or_begun(self, rows: Sequence[StoryRow]) -> dict[str, Made | None]:
        """The collations of some stories, or the last ones where nothing but more reports came since.

        A few of those that are not made are begun, for the next look.
        """
        now = {row.id: state_of(self._library, row.id) for row in rows}
        found = {story: self._found(story, state) or self._outgrown(story, state) for story, state in now.items()}
        for story in [row.id for row in rows if row.n_articles > 1 and not _is_of(found[row.id], now[row.id])][
            :MADE_AHEAD
        ]:
            self._begin(story)
        return found

    def have_made(self, story: str) -> Job:
        """The job that makes the collation of a story, or has made it just now. Raises `UsageError` where there is no such story."""
        now = state_of(self._library, story)
        if not now.members:
            raise UsageError(f"{story}: no such story in this library")

        def work(progress: Progress) -> dict[str, str]:
            if self.ready(story) is None:
                state, articles, body, derived = self._jobs.hands.call(progress, make_collation, story, self._ahead)
                self.n_made += 1
                collation = codec.decode(body, Collation).with_articles(articles)
                self._keep(Made(state, collation, dict(zip(self._ahead, derived, strict=True))))
            return {"story": story}

        return self._jobs.submit(KIND, now.key(story), work)

    def within(self, story: str, seconds: float) -> Made | Job:
        """The collation of a story, made now if need be; after so many seconds the job that is still at it.

        Where more reports came while it was made, it is as the story was when that began: else a story to which reports come
        all the time would never be seen. Raises `UsageError` where there is no such story.
        """
        found = self.ready(story)
        if found is not None:
            return found
        begun = self.have_made(story)
        job = self._jobs.wait(begun.id, seconds) or begun
        return (self._last(story) if job.state == "done" else self.ready(story)) or job

    def at_once(self, story: str, seconds: float) -> Made | Job:
        """The collation of a story for people: the last one where nothing but more reports came since, while the next is made.

        Where there is none, as `within`. Raises `UsageError` where there is no such story.
        """
        now = state_of(self._library, story)
        found = self._found(story, now)
        if found is None and (found := self._outgrown(story, now)) is not None:
            self._begin(story)
        return found or self.within(story, seconds)

    async def soon(self, ask: Callable[[str, float], Made | Job], story: str, seconds: float) -> Made | Job:
        """What `within` or `at_once` gives, waited for without a thread: else a few who wait would keep all others waiting."""
        found = await sync_to_thread(ask, story, 0.0)
        until = time.monotonic() + seconds
        while isinstance(found, Job) and not found.is_over and time.monotonic() < until:
            await anyio.sleep(LOOK)
            found = self._jobs.get(found.id) or found
        return (isinstance(found, Job) and found.state == "done" and self._last(story)) or found

    def n_since(self, made: Made, story: str) -> int:
        """How many reports came to a story since a collation of it, or of a part of it, was made."""
        return len(state_of(self._library, story).members - made.state.members)

    def _begin(self, story: str) -> None:
        with suppress(BusyError, UsageError):  # the next who looks has it begun
            self.have_made(story)

    def _found(self, story: str, state: State) -> Made | None:
        key = state.key(story)
        last = self._last(story)
        if last is not None and last.key == key:
            return last
        kept = kept_collation(self._library.store, story, key)
        if kept is None:
            return None
        articles = date_from_story(KeptStory(story, self._library.store, self._library.settings).articles())
        if {a.id for a in articles} != {card.id for card in kept.articles}:  # another state was read meanwhile
            return None
        made = Made(state, kept.with_articles(articles))
        self._keep(made)
        return made

    def _outgrown(self, story: str, now: State) -> Made | None:
        """The last collation of a story, where reports came since, and none of them because somebody put it there.

        Of a story that goes by another id since an earlier report or story joined it, that of its largest part.
        """
        last = self._last(story) or self._last_of_part(story, now)
        if last is None or last.state._replace(members=now.members) != now or not last.state.members < now.members:
            return None
        corrected = {article for c in self._library.corrections() for article in c.articles}
        return None if corrected & (now.members - last.state.members) else last

    def _last_of_part(self, story: str, whole: State) -> Made | None:
        with self._lock:
            parts = [made for made in self._kept.values() if made.state.members < whole.members]
        moved = (made for made in parts if current_story(self._library.store, made.story) == story != made.story)
        return max(moved, key=lambda made: (len(made.state.members), made.story), default=None)

    def _last(self, story: str) -> Made | None:
        with self._lock:
            if story in self._kept:
                self._kept.move_to_end(story)
            return self._kept.get(story)

    def _keep(self, made: Made) -> None:
        with self._lock:
            self._n_chars += made.n_chars - (self._kept[made.story].n_chars if made.story in self._kept else 0)
            self._kept[made.story] = made
            self._kept.move_to_end(made.story)
            while self._n_chars > self._most and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._n_chars -= oldest.n_chars


def state_of(library: Library, story: str) -> State:
    """What a story's collation depends on now."""
    store = library.store
    return State(members_of(store, story), rows_corrected(store, story), _maker(library.settings))


@lru_cache(maxsize=8)
def _maker(settings: Settings) -> str:
    return key_of(of_collation(settings))


def _is_of(made: Made | None, state: State) -> bool:
    return made is not None and made.state == state


def make_collation(
    library: Library, progress: Progress, story: str, ahead: tuple[Derive, ...]
) -> tuple[State, tuple[Article, ...], bytes, list[Any]]:
    """The collation of a story as it is, with the state that it is of, its articles, and what is derived from it.

    It is kept in the library.
    """
    store = library.store
    with store.one_state():
        state = state_of(library, story)
        made = KeptStory(story, store, library.settings).collation(progress)
    keep_collation(store, story, state.key(story), made)
    keep_count(store, story, state.members, made)
    return state, made.full_articles, codec.encode(made), [derive(made) for derive in ahead]
