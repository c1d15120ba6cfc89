"""The stages of a corpus as functions of bytes: what a row holds to the rows that are made of it, wherever that runs.

Each stage stands once in `STAGES`. This process, worker processes and Spark carry out the same functions, so that they give the
same rows; what a stage fails on is a row with the reason, and stops nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Literal, NamedTuple

import msgspec
from msgspec import Raw, Struct

from rashomon import codec
from rashomon.annotate import annotate
from rashomon.collate import collate
from rashomon.errors import MissingModelError, SettingsError, WrongModelError
from rashomon.group import pack, profiles
from rashomon.model import Annotations, Article, Collation, Reject
from rashomon.read.ids import with_unique_ids
from rashomon.read.published import date_from_story
from rashomon.read.units import Unit, read_unit
from rashomon.report.tables import TABLES, TableRow, table_rows
from rashomon.report.view.words import Words
from rashomon.settings import DEFAULT, Settings

# The day of stories and articles that have none.
NO_DAY = "unknown"
# What no row is to blame for: it would fail on every one.
NOT_OF_A_ROW = (MissingModelError, WrongModelError, SettingsError)
LONGEST_REASON = 300


class Row(NamedTuple):
    """What goes from stage to stage: a key, and an item as bytes, or the reason why there is none."""

    key: str
    item: bytes | None
    reason: str | None = None


class Window(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The days of publication that a corpus is about; articles without a day are kept or dropped."""

    first: date | None = None
    last: date | None = None
    undated: Literal["keep", "drop"] = "keep"

    def missed_by(self, published: str | None) -> str | None:
        """Why an article of a day is not in the window; None where it is."""
        if published is None:
            return "undated, and the window drops what has no day" if self.undated == "drop" else None
        day = published[:10]
        is_in = (self.first is None or self.first.isoformat() <= day) and (
            self.last is None or day <= self.last.isoformat()
        )
        return None if is_in else f"published on {day}, outside of the window"


class Task(Struct, frozen=True, kw_only=True):
    """Which stage, and what it is told beside its rows."""

    stage: str
    settings: Settings = DEFAULT
    window: Window = Window()
    with_text: bool = False


class StoryItem(Struct, frozen=True, kw_only=True):
    """What collating a story takes: its articles, and what is found in them."""

    articles: tuple[Article, ...]
    annotations: tuple[Annotations, ...]


class CollatedStory(Struct, frozen=True, kw_only=True):
    """A story's collation, the first day of its reports, and its rows of each table."""

    day: str
    tables: dict[str, list[TableRow]]
    collation: Collation


class Stage(NamedTuple):
    """A function of items to rows, and how many items it is given at once."""

    rows: Callable[[Sequence[Row], Task], Iterator[Row]]
    batch: int


def work(task: Task, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that a stage makes of some, in their order; rows that have no item are passed over."""
    stage = STAGES[task.stage]
    waiting = (row for row in rows if row.item is not None)
    while batch := list(islice(waiting, stage.batch)):
        if len(batch) == 1:
            yield from _guarded(stage, batch[0], task)
            continue
        try:
            done = list(stage.rows(batch, task))
        except NOT_OF_A_ROW:
            raise
        except Exception:  # noqa: BLE001 - one by one tells which row it was
            for row in batch:
                yield from _guarded(stage, row, task)
        else:
            yield from done


def _guarded(stage: Stage, row: Row, task: Task) -> Iterator[Row]:
    try:
        yield from stage.rows([row], task)
    except NOT_OF_A_ROW:
        raise
    except Exception as error:  # noqa: BLE001 - one row must not end the run
        said = " ".join(str(error).split())[:LONGEST_REASON]
        yield Row(row.key, None, f"{task.stage} failed ({type(error).__name__}: {said})")


def story_item(articles: Iterable[bytes], annotations: Iterable[bytes]) -> bytes:
    """The item of a story, put together without reading what it is made of."""
    return codec.encode({"articles": [Raw(a) for a in articles], "annotations": [Raw(a) for a in annotations]})


def list_item(items: Iterable[bytes]) -> bytes:
    """The item that is a list of some."""
    return codec.encode([Raw(item) for item in items])


def _items(rows: Iterable[Row]) -> Iterator[bytes]:
    return (row.item for row in rows if row.item is not None)


def _read(rows: Sequence[Row], task: Task) -> Iterator[Row]:
    """A part of an input to its articles, by the ids that the input gives."""
    for item in _items(rows):
        for found in read_unit(codec.decode(item, Unit), task.settings):
            if isinstance(found, Reject):
                yield Row(found.path, None, found.reason)
            elif (missed := task.window.missed_by(found.published)) is not None:
                yield Row(found.path, None, missed)
            else:
                yield Row(found.id, codec.encode(found))


def _name(rows: Sequence[Row], _: Task) -> Iterator[Row]:
    """Articles of one id to articles of different ids."""
    for item in _items(rows):
        for article in with_unique_ids(codec.decode(item, list[Article])):
            yield Row(article.id, codec.encode(article))


def _profile(rows: Sequence[Row], _: Task) -> Iterator[Row]:
    """An article to what grouping looks at."""
    articles = [codec.decode(item, Article) for item in _items(rows)]
    for own in profiles(articles):
        yield Row(own.id, pack(own))


def _annotate(rows: Sequence[Row], task: Task) -> Iterator[Row]:
    """An article to its annotations."""
    for found in annotate([codec.decode(item, Article) for item in _items(rows)], task.settings):
        yield Row(found.article_id, codec.encode(found))


def _collate(rows: Sequence[Row], task: Task) -> Iterator[Row]:
    """A story to its collation and the rows of its tables; articles that nothing could be found in are left out."""
    for row in rows:
        assert row.item is not None
        own = codec.decode(row.item, StoryItem)
        annotated = {found.article_id for found in own.annotations}
        articles = date_from_story([a for a in own.articles if a.id in annotated])
        made = collate(articles, own.annotations, (), task.settings)
        told = msgspec.structs.replace(made, story=msgspec.structs.replace(made.story, id=row.key))
        words = Words({a.id: a.text for a in articles}, None if task.with_text else task.settings.report.snippet_words)
        tables = {name: list(table_rows(name, told, articles, words, with_text=task.with_text)) for name in TABLES}
        yield Row(row.key, codec.encode(CollatedStory(day=told.story.first or NO_DAY, tables=tables, collation=told)))


STAGES: Mapping[str, Stage] = {
    "read": Stage(_read, 1),
    "name": Stage(_name, 1),
    "profile": Stage(_profile, 64),
    "annotate": Stage(_annotate, 64),
    "collate": Stage(_collate, 1),
}
