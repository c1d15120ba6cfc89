"""Collations at hand: what is shown while a story grows, and how much is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any, TypeVar, TypeVarTuple

import anyio
import pytest
from litestar.concurrency import sync_to_thread

from rashomon.model import Annotations, Article, Collation, Story, story_id
from rashomon.run.annotating import finder_version, keep
from rashomon.run.apart import Here
from rashomon.run.corrected import set_right
from rashomon.run.library import Library, open_library
from rashomon.run.progress import Progress
from rashomon.settings import DEFAULT
from rashomon.store import get_articles, put_annotations, replace_stories
from rashomon.web.collations import Collations, Made
from rashomon.web.jobs import Job, Jobs
from rashomon.web.options import Options

T = TypeVar("T")
Given = TypeVarTuple("Given")
LONG = 60.0
TEXTS = [
    "A crane fell in Tessmar harbour on Monday, killing two dockers.",
    "Two dockers died when a crane fell in Tessmar harbour.",
    "The fallen crane was forty years old, the port said.",
    "The port of Tessmar closed for a day.",
]


class Held(Here):
    """Does work when it is let, and lets something happen before it gives what it made."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.let = Event()
        self.let.set()
        self.meanwhile: Callable[[], object] = bool

    def call(self, progress: Progress, work: Callable[[Library, Progress, *Given], T], *given: *Given) -> T:
        """What the work gives."""
        self.let.wait(LONG)
        made = super().call(progress, work, *given)
        self.meanwhile()
        return made


class Desk:
    """A library whose stories are written by hand, and the collations of it."""

    def __init__(self, library: Library, **options: Any) -> None:
        self.library = library
        self.hands = Held(library)
        self.jobs = Jobs({"collate": 1}, self.hands)
        self.collations = Collations(library, self.jobs, Options(**options))
        given = [Article.from_text(text, published=f"2026-04-1{n}") for n, text in enumerate(TEXTS)]
        self.ids = keep(library.store, given)
        kept = get_articles(library.store, self.ids)  # nothing is found in them, so that no model is loaded
        found = [(a, Annotations(article_id=a.id)) for a in kept]
        put_annotations(library.store, found, finder_version(DEFAULT), set_right)

    def tell(self, **stories: int) -> None:
        """Let each story hold the reports before a number that no story before it holds."""
        own = [Story(id=name, article_ids=tuple(self.ids[n] for n in range(end))) for name, end in stories.items()]
        with self.library.store.writing() as connection:
            replace_stories(connection, own)

    def made(self, story: str) -> Made:
        """The collation of a story, however long it takes."""
        found = self.collations.within(story, LONG)
        assert isinstance(found, Made)
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over a library of its own."""
    with open_library(tmp_path / "library.sqlite") as library:
        own = Desk(library)
        yield own
        own.hands.let.set()
        own.jobs.close()


def reports(found: Made | Job | None) -> int:
    """How many reports a collation sets side by side."""
    assert isinstance(found, Made)
    return len(found.collation.articles)


def test_a_story_that_grows_is_shown_as_it_was_until_the_next_is_made(desk: Desk) -> None:
    """Nobody waits for it: the page has the last collation, and how many reports came since."""
    desk.tell(s=2)
    first = desk.made("s")
    desk.hands.let.clear()
    desk.tell(s=3)
    assert desk.collations.at_once("s", LONG) is first
    assert desk.collations.n_since(first, "s") == 1
    assert desk.collations.ready("s") is None
    assert isinstance(desk.collations.within("s", 0), Job)
    desk.hands.let.set()
    assert reports(desk.made("s")) == 3
    assert reports(desk.collations.at_once("s", 0)) == 3


def test_a_story_that_an_earlier_one_joined_is_shown_as_its_largest_part_was(desk: Desk) -> None:
    """It goes by another id, under which nothing was made."""
    parts = {story_id(own[0]): own for own in (desk.ids[:2], desk.ids[2:3])}
    with desk.library.store.writing() as connection:
        replace_stories(connection, [Story(id=name, article_ids=tuple(own)) for name, own in parts.items()])
    first, _ = (desk.made(name) for name in parts)
    desk.hands.let.clear()
    desk.tell(u=4)
    assert desk.collations.at_once("u", LONG) is first
    assert desk.collations.n_since(first, "u") == 2
    desk.hands.let.set()
    assert reports(desk.made("u")) == 4


def test_a_story_that_lost_a_report_is_not_shown_as_it_was(desk: Desk) -> None:
    """Somebody took it out, and would not see that it is gone."""
    desk.tell(s=3)
    desk.made("s")
    desk.hands.let.clear()
    with desk.library.store.writing() as connection:
        replace_stories(
            connection,
            [Story(id="s", article_ids=tuple(desk.ids[:2])), Story(id="t", article_ids=(desk.ids[2],))],
        )
    assert isinstance(desk.collations.at_once("s", 0), Job)


def test_a_story_that_was_put_together_is_not_shown_as_it_was(desk: Desk) -> None:
    """Whoever merged two stories sees one."""
    desk.tell(s=2)
    desk.made("s")
    desk.library.correct("merge", desk.ids[0], desk.ids[1], desk.ids[2])
    desk.hands.let.clear()
    desk.tell(s=3)
    assert isinstance(desk.collations.at_once("s", 0), Job)


def test_waiting_ends_while_reports_come(desk: Desk) -> None:
    """A story that changes whenever it is collated is given as it was when that began."""
    desk.tell(s=2)
    desk.hands.meanwhile = lambda: desk.tell(s=3)
    assert reports(desk.collations.within("s", LONG)) == 2
    desk.hands.meanwhile = bool
    assert reports(desk.collations.within("s", LONG)) == 3


def test_whoever_waits_takes_no_thread_from_others(desk: Desk, run_async: Callable[[Any], None]) -> None:
    """More wait than there are threads, and what they wait for is let go on by a thread."""
    found: list[Made | Job] = []

    async def wait() -> None:
        found.append(await desk.collations.soon(desk.collations.within, "s", LONG))

    async def wait_all() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(60):
                group.start_soon(wait)
            await anyio.wait_all_tasks_blocked()
            await sync_to_thread(desk.hands.let.set)

    desk.tell(s=1)
    desk.hands.let.clear()
    run_async(wait_all)
    assert [reports(one) for one in found] == [1] * 60


def test_what_is_derived_is_worked_out_once(desk: Desk) -> None:
    """Whoever asks for it gets the same; it goes with the collation that it was made of."""
    asked: list[Collation] = []

    def note(collation: Collation) -> int:
        asked.append(collation)
        return len(asked)

    desk.tell(s=1)
    made = desk.made("s")
    assert (made.derive(note), made.derive(note), desk.made("s").derive(note)) == (1, 1, 1)
    desk.tell(s=2)
    assert desk.made("s").derive(note) == 2


def test_so_much_is_kept_at_hand(tmp_path: Path) -> None:
    """Of what is too much, that which nobody looked at for longest is let go, and is found in the library again."""
    with open_library(tmp_path / "library.sqlite") as library:
        desk = Desk(library, at_hand=len(TEXTS[0]))
        with library.store.writing() as connection:
            replace_stories(
                connection, [Story(id=name, article_ids=(a,)) for name, a in zip("st", desk.ids, strict=False)]
            )
        first = desk.made("s")
        desk.made("t")
        assert list(desk.collations._kept) == ["t"]
        again = desk.made("s")
        assert again is not first
        assert again.collation == first.collation
        assert desk.collations.n_made == 2
        desk.jobs.close()
