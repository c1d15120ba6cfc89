"""Locations walked: the files at some paths, folders or standard input, each read as its form asks."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from rashomon.errors import UsageError
from rashomon.files import MEGABYTE, STDIN, check_plain, read_file, shown_path
from rashomon.model import Article, Reject
from rashomon.read.forms import ARCHIVES, READERS, SUFFIXES, read_payload, reader_of
from rashomon.read.payload import Payload
from rashomon.read.warc import read_warc
from rashomon.settings import DEFAULT, Settings

# What a reader corrected lies beside the reports and is none.
CORRECTIONS = "rashomon.toml"
_NAME_THEM = "name files, folders, or - for standard input"


def read_each(locations: Iterable[str | Path], settings: Settings = DEFAULT) -> Iterator[Article | Reject]:
    """What is at some locations, one by one and with the ids that the inputs give: a large archive need not fit in memory."""
    given: set[str] = set()
    for location in locations:
        for path in files_at(str(location)):
            place = os.path.realpath(path)
            if path != Path(STDIN) and place in given:
                yield Reject(path=shown_path(path), reason="named twice; read once")
                continue
            given.add(place)
            yield from _read_file(path, settings)


def files_at(location: str) -> Iterator[Path]:
    """The files of a location, those of a folder in order. Raises `UsageError` for one that does not exist."""
    if not location.strip():
        raise UsageError(f"an empty name is no file or folder; {_NAME_THEM}")
    path = Path(location)
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except OSError as error:
        raise UsageError(f"{shown_path(location)[:100]}: {error.strerror}; {_NAME_THEM}") from error
    if location == STDIN:
        yield path
    elif is_folder:
        yield from sorted(
            p
            for p in path.rglob("*")
            if p != path / CORRECTIONS
            and not any(s.startswith(".") for s in p.relative_to(path).parts)
            and not p.is_dir()
        )
    elif exists:
        yield path
    else:
        raise UsageError(f"{shown_path(location)}: no such file or folder; {_NAME_THEM}")


def _read_file(path: Path, settings: Settings) -> Iterator[Article | Reject]:
    name = shown_path(path)
    most = settings.read.max_megabytes
    suffix = path.suffix.lower()
    is_archive = path.name.lower().endswith(ARCHIVES)
    if name != STDIN and suffix not in READERS and not is_archive:
        known = ", ".join(SUFFIXES)
        yield Reject(path=name, reason=f"a {suffix or 'suffixless'} file is no report form ({known})")
        return
    try:
        if is_archive:
            check_plain(path)
            yield from read_warc(path, name, most * MEGABYTE)
            return
        data = read_file(path, most)
    except OSError as error:
        limit = f", read.max_megabytes = {most}" if error.errno == errno.EFBIG else ""
        yield Reject(path=name, reason=f"cannot be read ({error.strerror}{limit})")
        return
    payload = Payload(name, data)
    yield from read_payload(payload, READERS[suffix] if name != STDIN else reader_of(payload))
