"""The library as an object: what the command line, notebooks, assistants and pages ask for, each a method.

Every method may be called from several threads at once: each call has connections of its own, reads one state of the library,
waits for no writer where it only reads, and gives frozen data. What takes long tells its progress to a callback
`(stage, done, total)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self

from rashomon.errors import UsageError
from rashomon.model import (
    Added,
    Annotations,
    Article,
    Checked,
    Collation,
    Correction,
    Excerpt,
    Exported,
    Hit,
    Note,
    NumberedCorrection,
    Reject,
    Round,
    Story,
    StoryCorrection,
    StoryCorrectionKind,
    StoryRow,
    VersionChange,
)
from rashomon.run.annotating import corrected_annotations
from rashomon.run.arrivals import failed_places, take_in
from rashomon.run.audit import check_who, log_correction, log_note, log_undo
from rashomon.run.check import check_store
from rashomon.run.correcting import correct_rows, correct_stories, say_number, undo
from rashomon.run.excerpts import excerpt, find_excerpts
from rashomon.run.export import export_store
from rashomon.run.fetch import Fetcher
from rashomon.run.grouping import catch_up
from rashomon.run.noting import LOCAL, write_note
from rashomon.run.progress import Progress, silent
from rashomon.run.stories import collate_story, explain_story, find_story, list_by, story_articles
from rashomon.run.versions import changes_of
from rashomon.run.watch import watch_feeds
from rashomon.settings import DEFAULT, Settings, check_settings
from rashomon.store import (
    Store,
    back_up,
    count_articles,
    drop_note,
    failures,
    get_articles,
    get_note,
    last_change,
    notes_on,
    numbered_corrections,
    open_store,
    parse,
    search,
    story_of,
    versions_of,
)


def open_library(place: str | Path | None = None, settings: Settings = DEFAULT) -> Library:
    """The library at a file or PostgreSQL URL, made where there is none; without a place the one that commands use.

    Raises `StoreError` where none can be kept there, `SettingsError` for settings out of range.
    """
    check_settings(settings)
    return Library(open_store(place), settings)


class Library:
    """Reports that are kept, and the stories they make. A context manager: it lets go of its file or server at the end."""

    def __init__(self, store: Store, settings: Settings = DEFAULT) -> None:
        self.store = store
        self.settings = settings

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Library at {self.place}>"

    @property
    def place(self) -> str:
        """Where it is: a file, or an address without its password."""
        return self.store.place

    def close(self) -> None:
        """Let go of the file or the server."""
        self.store.close()

    # ── what comes in ───────────────────────────────────────────────────────────────────────────

    def add(
        self,
        *given: str | Path | Article,
        resume: bool = False,
        fetcher: Fetcher | None = None,
        workers: int | None = None,
        progress: Progress = silent,
    ) -> Added:
        """Add articles, and what is read at files and folders or fetched from addresses; annotate and group what is new.

        With `resume` what failed before is tried again. What fails is told and kept, and does not stop the rest. Raises
        `UsageError` for a location that does not exist.
        """
        odd = [thing for thing in given if not isinstance(thing, str | Path | Article)]
        if odd:
            raise UsageError(
                f"{odd[0]!r:.80}: is no article and no location; add takes them one after another: add(*them)"
            )
        locations = [str(place) for place in given if not isinstance(place, Article)]
        wanted = dict.fromkeys([*locations, *(failed_places(self.store) if resume else ())])
        articles = [article for article in given if isinstance(article, Article)]
        arrived = take_in(self.store, [*wanted], fetcher or Fetcher(), self.settings, progress, articles)
        annotated, grouped = catch_up(self.store, self.settings, progress, workers)
        return Added(**arrived._asdict(), n_annotated=annotated, n_grouped=grouped)

    def watch(
        self,
        *feeds: str,
        every: float = 900.0,
        rounds: int | None = None,
        stop: Event | None = None,
        fetcher: Fetcher | None = None,
        workers: int | None = None,
    ) -> Iterator[Round]:
        """Take in what feeds have, a round every so many seconds, until `stop` is set or so many rounds are done."""
        return watch_feeds(
            self.store, feeds, fetcher or Fetcher(), self.settings, every, rounds, workers, stop or Event()
        )

    def failures(self) -> tuple[Reject, ...]:
        """What could not be read or fetched, with the reason."""
        return tuple(failures(self.store))

    # ── what is there ───────────────────────────────────────────────────────────────────────────

    def __len__(self) -> int:
        return count_articles(self.store)

    def stories(self, by: str = "newest", *, least: int = 1, most: int | None = None) -> tuple[StoryRow, ...]:
        """The stories of at least so many reports: by "newest", by "sources" or by "disagreement"."""
        with self.store.one_state():
            return tuple(list_by(self.store, by, least, most, self.settings))

    def story(self, asked: str) -> KeptStory:
        """The story that somebody means by its id, now or once, the beginning of its id, or words of its title.

        Raises `UsageError` where none fits, and with the stories that fit where several do.
        """
        return KeptStory(find_story(self.store, asked), self.store, self.settings)

    def article(self, article: str) -> Article:
        """An article by its id. Raises `UsageError` where there is none."""
        found = get_articles(self.store, [article])
        if not found:
            raise UsageError(f"{article}: no article of this library; search and stories give their ids")
        return found[0]

    def annotations(self, article: str) -> Annotations:
        """What is found in an article, with the speakers that were set right."""
        with self.store.one_state():
            return corrected_annotations(self.store, [self.article(article)], self.settings)[article]

    def story_of(self, article: str) -> KeptStory | None:
        """The story that an article is in; None until it has been grouped."""
        found = story_of(self.store, article)
        return KeptStory(found, self.store, self.settings) if found else None

    def passage(self, article: str, start: int, end: int) -> Excerpt:
        """The words of an article from `start` to before `end`, in code points. Raises `UsageError` outside of its text."""
        own = self.article(article)
        if not 0 <= start < end <= len(own.text):
            raise UsageError(f"{start} to {end} is no stretch of {article}, which has {len(own.text)} characters")
        return excerpt(own, start, end)

    def search(self, asked: str, most: int = 50) -> tuple[Hit, ...]:
        """The articles that fit, the newest first; docs/library.md tells how to ask. Raises `UsageError` for what is no search."""
        return tuple(search(self.store, asked, most))

    def excerpts(self, asked: str, article: str, most: int = 3) -> tuple[Excerpt, ...]:
        """The first places of an article where something that a search asks for stands."""
        with self.store.one_state():
            own = self.article(article)
            found = corrected_annotations(self.store, [own], self.settings)[own.id]
            return find_excerpts(own, found, parse(asked), most)

    def versions(self, address: str) -> tuple[Article, ...]:
        """All versions of an address, the first one first; none where it is not known."""
        return tuple(versions_of(self.store, address))

    def diff(self, address: str) -> tuple[VersionChange, ...]:
        """What changed from each version of an address to the next. Raises `UsageError` for an address that is not there."""
        with self.store.one_state():
            return changes_of(self.store, address, self.settings)

    def check(self, progress: Progress = silent) -> Checked:
        """Read all of it again: texts against their hashes, spans against their texts, stories against their articles."""
        with self.store.one_state():
            n_articles, off = check_store(self.store, progress, self.settings)
        return Checked(n_articles=n_articles, off=tuple(off))

    def backup(self, place: str | Path) -> None:
        """Copy all of it, as it is now, to a file that is not there yet or to an empty PostgreSQL database. Nobody waits meanwhile.

        The copy is a library. Raises `UsageError` where something is there already, `StoreError` where it cannot be written.
        """
        back_up(self.store, str(place))

    def export(
        self,
        folder: str | Path,
        form: str = "csv",
        story: str | None = None,
        *,
        with_text: bool = False,
        progress: Progress = silent,
    ) -> Exported:
        """Write one story or all of them to a folder, as "csv", "jsonl", "parquet", "webannotation", "jsonld", "markdown" or "tei".

        Without `with_text` no more than a snippet of an article stands together. Raises `UsageError` for another form, a
        story that is not there, or a folder that cannot be written.
        """
        with self.store.one_state():
            one = None if story is None else find_story(self.store, story)
            return export_store(
                self.store, Path(folder), form, one, with_text=with_text, settings=self.settings, progress=progress
            )

    # ── what is set right ───────────────────────────────────────────────────────────────────────

    def correct(
        self,
        what: StoryCorrectionKind | StoryCorrection | Correction,
        *articles: str,
        seen: int | None = None,
        who: str = LOCAL,
    ) -> int:
        """Set something right, now and when more reports come; the correction's number. Raises `CorrectionError`.

        Of stories, "merge" makes one of those that the articles are in, "split" takes the articles out into a story of their own,
        "pin" moves the articles after the first into the first one's story. A `Correction` joins or splits names, gives a quote
        another speaker or a report another day. With `seen`, the number of the last change that whoever corrects knows
        (`last_change`), raises `ChangedError` where the same was set right since. The log says that it was `who` did it.
        """
        check_who(who)
        if isinstance(what, Correction):
            number = correct_rows(self.store, what, self.settings, seen)
        else:
            given = what if isinstance(what, StoryCorrection) else StoryCorrection(kind=what, articles=articles)
            number = correct_stories(self.store, given, self.settings, seen)
        log_correction(self.store, who, number)
        return number

    def undo(self, number: int, who: str = LOCAL) -> None:
        """Take a correction back. Raises `CorrectionError` where there is none of this number."""
        check_who(who)
        undo(self.store, number, self.settings)
        log_undo(self.store, who, number)

    def corrections(self) -> tuple[NumberedCorrection, ...]:
        """What was set right, in the order in which it is applied."""
        return tuple(map(say_number, numbered_corrections(self.store)))

    @property
    def last_change(self) -> int:
        """The number of the last correction or taking back; 0 before the first."""
        with self.store.reading() as connection:
            return last_change(connection)

    # ── what readers wrote ──────────────────────────────────────────────────────────────────────

    def notes(self, article: str) -> tuple[Note, ...]:
        """The notes on an article and on the other versions of its page. Raises `UsageError` where there is none of this id."""
        return tuple(notes_on(self.store, [self.article(article).id]))

    def note(self, article: str, start: int, end: int, text: str, who: str = LOCAL) -> Note:
        """Write a note on a passage. Raises `UsageError` outside of the article's text, or for an empty or overlong note."""
        check_who(who)
        note = write_note(self.store, self.passage(article, start, end), text, who)
        log_note(self.store, who, "note", note)
        return note

    def unnote(self, number: int, who: str = LOCAL) -> None:
        """Forget a note. Raises `UsageError` where there is none of this number."""
        check_who(who)
        note = get_note(self.store, number)
        if note is None or not drop_note(self.store, number):
            raise UsageError(f"there is no note {number}")
        log_note(self.store, who, "unnote", note)


@dataclass(frozen=True)
class KeptStory:
    """A story of a library, by its id; what it holds is read when it is asked for."""

    id: str
    store: Store = field(repr=False)
    settings: Settings = field(repr=False)

    def articles(self) -> tuple[Article, ...]:
        """Its articles in order of id, of each address the latest version. Raises `UsageError` once the story is gone."""
        return tuple(story_articles(self.store, self.id))

    def collation(self, progress: Progress = silent) -> Collation:
        """All that its articles say, side by side."""
        return collate_story(self.store, self.id, self.settings, progress)

    def explain(self) -> tuple[Story, tuple[Article, ...]]:
        """Why its articles are held to report one event, each link with its reasons; and the articles, the earliest first."""
        with self.store.one_state():
            return explain_story(self.store, self.id)
