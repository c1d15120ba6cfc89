"""Inputs of a corpus cut into units that can be read apart: a file, or a part of a large one where its form allows.

What units hold is what `read` finds in the whole: the same articles, named by the same lines and rows. JSON Lines are cut at line
ends, Parquet between row groups; an archive (WARC) is one unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from rashomon.errors import UsageError
from rashomon.files import MEGABYTE, shown_path
from rashomon.model import Article, Reject
from rashomon.read.jsonl import article_of_fields, read_jsonl
from rashomon.read.locations import files_at, read_each
from rashomon.read.payload import Payload, failure, read_items
from rashomon.settings import DEFAULT, Settings

if TYPE_CHECKING:
    import pyarrow.parquet as pq

PARQUET = ".parquet"
# A part of JSON Lines has so many bytes, and the line that they end in.
PART = 32 * MEGABYTE
# Files of other forms that are read together: opening one takes longer than reading it.
TOGETHER = 64
# As CC-NEWS names its archives, by when they were begun.
CC_NEWS = re.compile(r"CC-NEWS-(\d{4})(\d\d)(\d\d)\d{6}-\d{5}\.warc(?:\.gz)?")
# A report is crawled at most so many days after the day it was published on; later crawls are not looked at for it.
CRAWLED_WITHIN = 2
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class Unit(Struct, frozen=True, kw_only=True):
    """Files, or the bytes `start` to before `end` of one, whose first line or row has the number `first`; of Parquet, row groups."""

    paths: tuple[str, ...]
    start: int = 0
    end: int | None = None
    first: int = 1

    @property
    def place(self) -> str:
        """What it is called: its first file, and the line or row where a part begins."""
        return self.paths[0] if self.end is None else f"{self.paths[0]}:{self.first}"


def crawled_in(path: str, first: date | None, last: date | None) -> bool:
    """Whether an archive of CC-NEWS may hold what was published in some days; other files are no such archive."""
    found = CC_NEWS.fullmatch(Path(path).name)
    if found is None:
        return False
    day = date(int(found[1]), int(found[2]), int(found[3]))
    return (first is None or first <= day) and (last is None or day <= last + timedelta(days=CRAWLED_WITHIN))


def list_files(locations: Iterable[str]) -> list[Path]:
    """The files at some locations, each once, in order, by paths that any process can open.

    Raises `UsageError` for a location that does not exist.
    """
    return sorted({path.absolute() for location in locations for path in files_at(location)})


def cut_units(files: Iterable[Path]) -> Iterator[Unit | Reject]:
    """Some files as units, in order; what cannot be opened, or has no name that can be written, is set aside."""
    small: list[str] = []
    for path in files:
        if not _is_writable(str(path)):
            yield Reject(path=shown_path(path), reason="its name is no UTF-8")
            continue
        try:
            own = list(_cut(path))
        except UsageError:
            raise
        except Exception as error:  # noqa: BLE001 - a file may hold anything
            yield failure(shown_path(path), error)
            continue
        if own:
            yield from own
            continue
        small.append(str(path))
        if len(small) == TOGETHER:
            yield Unit(paths=tuple(small))
            small = []
    if small:
        yield Unit(paths=tuple(small))


def read_unit(unit: Unit, settings: Settings = DEFAULT) -> Iterator[Article | Reject]:
    """What is in a unit, one by one."""
    path = Path(unit.paths[0])
    if path.suffix.lower() == PARQUET:
        yield from _read_parquet(path, unit)
    elif unit.end is None:
        yield from read_each(unit.paths, settings)
    else:
        with path.open("rb") as file:
            file.seek(unit.start)
            data = file.read(unit.end - unit.start)
        yield from read_jsonl(Payload(shown_path(path), data), unit.first)


def _is_writable(name: str) -> bool:
    return not any(0xD800 <= ord(c) <= 0xDFFF for c in name)


def _cut(path: Path) -> Sequence[Unit]:
    """The units of a file that is read by itself; none for one that may be read together with others."""
    name = str(path)
    if path.suffix.lower() == PARQUET:
        return list(_row_groups(name))
    if path.name.lower().endswith((".warc", ".warc.gz")):
        return [Unit(paths=(name,))]
    if path.suffix.lower() == ".jsonl" and path.is_file():
        return list(_lines(path)) if path.stat().st_size > PART else [Unit(paths=(name,))]
    return []


def _lines(path: Path) -> Iterator[Unit]:
    """Parts of JSON Lines that end where a line does; a text of two bytes a character is not cut."""
    with path.open("rb") as file:
        if file.read(2) in _WIDE:
            yield Unit(paths=(str(path),))
            return
        file.seek(0)
        start, first = 0, 1
        while data := file.read(PART):
            data += file.readline()
            yield Unit(paths=(str(path),), start=start, end=start + len(data), first=first)
            start, first = start + len(data), first + data.count(b"\n")


def _row_groups(path: str) -> Iterator[Unit]:
    first = 1
    with _parquet_file(path) as file:
        for group in range(file.num_row_groups):
            yield Unit(paths=(path,), start=group, end=group + 1, first=first)
            first += file.metadata.row_group(group).num_rows


def _read_parquet(path: Path, unit: Unit) -> Iterator[Article | Reject]:
    """The article of each row, in the field names of JSON Lines; rejects name the row."""
    payload = Payload(shown_path(path), b"")
    with _parquet_file(str(path)) as file:
        rows = file.read_row_group(unit.start).to_pylist()

    def build(place: str, row: dict[str, Any]) -> Article | Reject:
        return article_of_fields(payload, place, {field: _told(value) for field, value in row.items()})

    yield from read_items(payload, rows, build, first=unit.first)


def _told(value: object) -> object:
    """A value as JSON Lines have it: days and times as ISO 8601."""
    return value.isoformat() if isinstance(value, date) else value


def _parquet_file(path: str) -> pq.ParquetFile:
    if find_spec("pyarrow") is None:
        raise UsageError("Parquet is read by pyarrow: pip install 'rashomon[parquet]'")
    import pyarrow.parquet as pq

    return pq.ParquetFile(path)
