"""Collations at hand: each is made once for what its story holds and for what makes it, by a worker, never by a request."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from rashomon import codec
from rashomon.errors import UsageError
from rashomon.model import Collation, StoryRow
from rashomon.provenance import key_of, of_collation
from rashomon.read.published import date_from_story
from rashomon.run.library import KeptStory, Library
from rashomon.run.progress import Progress
from rashomon.run.stories import keep_count
from rashomon.store import members_of, rows_corrected
from rashomon.store.collations import keep_collation, kept_collation
from rashomon.web.jobs import Job, Jobs
from rashomon.web.options import Options

KIND = "collate"
# Of the stories of a list so many are collated for the next look when they have not been yet.
MADE_AHEAD = 6


class Collations:
    """The collations of a library's stories."""

    def __init__(self, library: Library, jobs: Jobs, options: Options) -> None:
        self._library = library
        self._store = library.store
        self._jobs = jobs
        self._most = options.at_hand
        self._kept: OrderedDict[str, Collation] = OrderedDict()
        self._lock = Lock()
        self._version = key_of(of_collation(library.settings))
        self.n_made = 0

    def key(self, story: str) -> str:
        """What a story's collation is kept under: its articles, named by what they say, what was set right, what makes it."""
        return self._key_of(story, self._members(story))

    def ready(self, story: str) -> Collation | None:
        """The collation of a story as it is now, where it has been made."""
        return self._found(story, self.key(story))

    def ready_or_begun(self, rows: Sequence[StoryRow]) -> dict[str, Collation | None]:
        """The collations of some stories that have been made; a few of those that have not are begun, for the next look."""
        found = {row.id: self.ready(row.id) for row in rows}
        missing = [row.id for row in rows if found[row.id] is None and row.n_articles > 1]
        for story in missing[:MADE_AHEAD]:
            self.have_made(story)
        return found

    def have_made(self, story: str) -> Job:
        """The job that makes the collation of a story, or has made it just now. Raises `UsageError` where there is no such story."""
        members = self._members(story)
        if not members:
            raise UsageError(f"{story}: no such story in this library")
        key = self._key_of(story, members)

        def work(progress: Progress) -> dict[str, str]:
            if self._found(story, key) is None:
                made = KeptStory(story, self._store, self._library.settings).collation(progress)
                self.n_made += 1
                if self.key(story) == key:  # else something came in while it was made, and it may be of either state
                    self._keep(key, made)
                    keep_collation(self._store, story, key, made)
                keep_count(self._store, story, members, made)
            return {"story": story}

        return self._jobs.submit(KIND, key, work)

    def within(self, story: str, seconds: float) -> Collation | Job:
        """The collation of a story, made now if need be; after so many seconds the job that is still at it.

        Raises `UsageError` where there is no such story.
        """
        found = self.ready(story)
        if found is not None:
            return found
        job = self.have_made(story)
        job = self._jobs.wait(job.id, seconds) or job
        return self.ready(story) or job

    def _members(self, story: str) -> frozenset[str]:
        return members_of(self._store, story)

    def _key_of(self, story: str, members: frozenset[str]) -> str:
        corrected = rows_corrected(self._store, story)
        return codec.content_hash(codec.encode([story, sorted(members), corrected, self._version]))[:32]

    def _found(self, story: str, key: str) -> Collation | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        kept = kept_collation(self._store, story, key)
        if kept is None:
            return None
        articles = date_from_story(KeptStory(story, self._store, self._library.settings).articles())
        if {a.id for a in articles} != {card.id for card in kept.articles}:  # another state was read meanwhile
            return None
        self._keep(key, kept.with_articles(articles))
        return self._kept.get(key)

    def _keep(self, key: str, made: Collation) -> None:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
