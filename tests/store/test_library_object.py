"""The library as an object: its methods are what the command line, notebooks and pages call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import msgspec
import pytest
import sqlalchemy as sa

import rashomon
from rashomon import Article, Library, Settings, open_library
from rashomon.settings import GroupSettings
from rashomon.store import engine

REPORTS = (
    (
        "Herald",
        "A crane fell onto the quay of Tessmar at noon. Twelve people died, said Ann Weir, the mayor of Tessmar.",
    ),
    (
        "Courier",
        "The crane on the quay of Tessmar fell at noon. Fourteen people died, said Ann Weir, the mayor of Tessmar.",
    ),
)


def reports() -> list[Article]:
    """Two invented reports of one event."""
    return [Article.from_text(text, source=source, published="2026-04-14") for source, text in REPORTS]


@pytest.fixture
def library(place: str) -> Iterator[Library]:
    """A library with the two reports, in each database."""
    with open_library(place) as opened:
        assert opened.add(*reports(), workers=1).n_new == 2
        yield opened


def test_reports_become_stories(library: Library) -> None:
    """Articles and files go in; stories, hits and collations come out, and point at the articles' words."""
    [row] = library.stories(least=2)
    assert len(library) == 2
    story = library.story(row.id)
    collation = story.collation()
    assert collation.story.id == row.id
    assert {a.id for a in collation.full_articles} == {a.id for a in story.articles()}
    assert any(difference.kind == "number" for difference in collation.differences)
    told, articles = story.explain()
    assert told.article_ids == tuple(a.id for a in articles)
    assert library.story_of(articles[0].id) == story


def test_what_is_found_has_its_words(library: Library) -> None:
    """A hit leads to the sentences that were asked for, a speaker to the quote."""
    hits = library.search("fourteen")
    assert [hit.source for hit in hits] == ["Courier"]
    [found] = library.excerpts("fourteen", hits[0].article)
    assert found.words == "Fourteen people died, said Ann Weir, the mayor of Tessmar."
    assert library.passage(found.article, found.start, found.end) == found
    [said] = library.excerpts("speaker:Weir", hits[0].article)
    assert said.words.startswith("Fourteen people died")
    [phrase] = library.excerpts('"at noon"', hits[0].article)
    assert phrase.words == "The crane on the quay of Tessmar fell at noon."
    assert library.excerpts("source:courier", hits[0].article) == ()
    quotes = library.annotations(found.article).quotes
    assert [quote.speaker_name for quote in quotes] == ["Ann Weir"]


def test_a_story_is_set_right_and_back(library: Library) -> None:
    """A correction has a number by which it is undone."""
    [first, _] = library.story(library.stories()[0].id).articles()
    number = library.correct("split", first.id)
    assert len(library.stories()) == 2
    assert [(c.number, c.kind, c.articles) for c in library.corrections()] == [(number, "split", (first.id,))]
    library.undo(number)
    assert len(library.stories()) == 1
    assert library.corrections() == ()


def test_it_is_checked_and_exported(library: Library, tmp_path: Path) -> None:
    """What is written and what is off is told as data."""
    assert library.check() == rashomon.Checked(n_articles=2, off=())
    done = library.export(tmp_path / "out", "jsonl")
    assert {Path(file.path).name: file.n_rows for file in done.files}["articles.jsonl"] == 2
    with pytest.raises(rashomon.UsageError, match="no form of export"):
        library.export(tmp_path / "out", "docx")


def test_a_page_has_versions(library: Library) -> None:
    """A text that is new at a known address is a new version; what changed is told."""
    url = "https://herald.example/crane"
    library.add(*(Article.from_text(text, url=url) for _, text in REPORTS), workers=1)
    assert [a.url for a in library.versions(url)] == [url, url]
    [change] = library.diff(url)
    assert ("Twelve", "Fourteen") in {(w.before, w.after) for w in change.words}


def test_progress_is_told(library: Library) -> None:
    """What takes long tells how far it is."""
    told: list[tuple[str, int, int]] = []
    library.add(
        Article.from_text("The quay was closed.", source="Gazette"), workers=1, progress=lambda *at: told.append(at)
    )
    assert {stage for stage, _, _ in told} >= {"reading", "annotating", "grouping"}


def test_watching_can_be_stopped(library: Library) -> None:
    """One who has set the event is not asked for anything."""
    stop = Event()
    stop.set()
    assert list(library.watch("https://nowhere.example/feed.xml", stop=stop)) == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda kept: kept.article("a0"), "no article of this library"),
        (lambda kept: kept.passage(kept.search("fourteen")[0].article, 5, 5000), "no stretch"),
        (lambda kept: kept.story("nowhere"), "no such story"),
        (lambda kept: kept.stories("loudest"), "no order"),
        (lambda kept: kept.add(["a.txt"]), "one after another"),
        (lambda kept: kept.search("colour:red"), "no field"),
        (lambda kept: kept.diff("https://nowhere.example/"), "no page of this address"),
    ],
)
def test_what_is_asked_wrongly_is_told(library: Library, call: Callable[[Library], object], message: str) -> None:
    """What was found and what to do, in our errors."""
    with pytest.raises(rashomon.UsageError, match=message):
        call(library)


def test_settings_are_looked_at_when_it_is_opened(tmp_path: Path) -> None:
    """A setting out of range makes no library."""
    with pytest.raises(rashomon.SettingsError, match="<= 1"):
        open_library(tmp_path / "library.sqlite", Settings(group=GroupSettings(story_similarity=2.0)))
    assert not (tmp_path / "library.sqlite").exists()


def test_many_threads_read_while_one_writes(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each thread has connections of its own and one state; a writer in the middle of its work keeps nobody waiting."""
    monkeypatch.setattr(engine, "PATIENCE", 0.2)
    n_threads = 20
    together = Barrier(n_threads)
    [row] = library.stories()
    held = library.store  # who writes meanwhile is no method: the moment is the test's

    def look(n: int) -> object:
        together.wait(30)
        with held.one_state():
            before = len(library)
            ids = [library.stories()[0].id, library.search("crane")[0].story, library.story(row.id).id]
            assert len(library) == before == 2
        return ids, n

    with held.writing() as connection:
        connection.execute(sa.text("DELETE FROM members"))
        with ThreadPoolExecutor(n_threads) as threads:
            found = list(threads.map(look, range(n_threads)))
    assert found == [([row.id] * 3, n) for n in range(n_threads)]


def test_one_state_is_a_threads_own(library: Library) -> None:
    """What another thread reads meanwhile is the library as it is."""
    with library.store.one_state(), ThreadPoolExecutor(1) as other:
        assert len(library) == 2
        added = other.submit(library.add, Article.from_text("The quay was closed."), workers=1)
        assert added.result(60).n_new == 1
        assert other.submit(len, library).result(60) == 3
        assert len(library) == 2
    assert len(library) == 3


def test_two_threads_add_at_once(place: str) -> None:
    """Everything that both add is there, once."""
    with open_library(place) as library, ThreadPoolExecutor(2) as threads:
        done = list(threads.map(lambda _: library.add(*reports(), workers=1), range(2)))
        assert sum(added.n_new for added in done) == 2
        assert [row.n_articles for row in library.stories()] == [2]
        assert library.check().off == ()


def test_answers_are_frozen(library: Library) -> None:
    """Nobody changes what others were given."""
    [row] = library.stories()
    for answer in (
        row,
        library.search("crane")[0],
        library.check(),
        library.article(library.search("crane")[0].article),
    ):
        with pytest.raises(AttributeError, match="immutable"):
            answer.id = "x"  # type: ignore[union-attr, misc]
        assert isinstance(answer, msgspec.Struct)
