"""read: locations to articles, and rejects with their reasons."""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from rashomon.errors import NothingReadError, UsageError
from rashomon.files import MEGABYTE, STDIN, check_plain, read_file, shown_path
from rashomon.model import Article, Intake, Reject
from rashomon.read.eml import read_eml
from rashomon.read.feed import read_feed, read_json_feed
from rashomon.read.html import read_page
from rashomon.read.jsonl import read_jsonl
from rashomon.read.newsml import read_newsml, read_ninjs
from rashomon.read.opml import read_opml
from rashomon.read.pdf import read_pdf
from rashomon.read.plain import read_plain
from rashomon.read.published import date_from_story
from rashomon.read.source import NO_JSON, Reader, Source, failure
from rashomon.read.warc import read_warc
from rashomon.settings import DEFAULT, Settings

__all__ = [
    "CORRECTIONS",
    "READERS",
    "SUFFIXES",
    "Source",
    "date_from_story",
    "read",
    "read_each",
    "read_opml",
    "read_source",
    "reader_of",
]

# Forms that hold one report a file: its name is the file's.
SINGLE = (".txt", ".md", ".html", ".htm", ".eml", ".pdf")
# What a reader corrected lies beside the reports and is none.
CORRECTIONS = "rashomon.toml"
_NAME_THEM = "name files, folders, or - for standard input"


def read(locations: Iterable[str | Path], settings: Settings = DEFAULT) -> Intake:
    """The articles at some files, folders or `-` (standard input), in order of id, and what was set aside.

    Raises `UsageError` for a location that does not exist and `NothingReadError` when no article was found at all.
    """
    found = list(read_each(locations, settings))
    rejects = sorted((f for f in found if isinstance(f, Reject)), key=lambda r: (r.path, r.reason))
    articles = _with_unique_ids([f for f in found if isinstance(f, Article)])
    if not articles:
        raise NothingReadError(_nothing(rejects))
    return Intake(articles=tuple(articles), rejects=tuple(rejects))


def read_each(locations: Iterable[str | Path], settings: Settings = DEFAULT) -> Iterator[Article | Reject]:
    """What is at some locations, one by one and with the ids that the inputs give: a large archive need not fit in memory."""
    given: set[str] = set()
    for location in locations:
        for path in _files(str(location)):
            place = os.path.realpath(path)
            if path != Path(STDIN) and place in given:
                yield Reject(path=shown_path(path), reason="named twice; read once")
                continue
            given.add(place)
            yield from _read_file(path, settings)


def _files(location: str) -> Iterator[Path]:
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
    source = Source(name, data)
    yield from read_source(source, READERS[suffix] if name != STDIN else reader_of(source))


def read_source(source: Source, reader: Reader) -> Iterator[Article | Reject]:
    """What a reader finds in an input; an empty input is set aside, and so is one that a reader fails on, however it fails."""
    if not source.data.strip() or (source.text is not None and not source.text.strip()):
        yield source.reject("the file is empty")
        return
    try:
        yield from reader(source)
    except Exception as error:  # noqa: BLE001 - what libraries raise over foreign bytes has no common root
        yield failure(source.name, error)


def reader_of(source: Source, media_type: str = "") -> Reader:
    """The reader for an input without a suffix, by its media type and its beginning."""
    start = source.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:500].lower()
    if start.startswith(b"%pdf"):
        return read_pdf
    if start.startswith((b"<!doctype html", b"<html")) or media_type in ("text/html", "application/xhtml+xml"):
        return read_page
    if media_type.endswith(("xml", "/rss")) or start.startswith((b"<?xml", b"<rss", b"<feed")):
        return read_xml
    if start.startswith((b"{", b"[")):
        return read_json if media_type.endswith("json") or _is_one_object(source) else read_jsonl
    return read_plain


def _is_one_object(source: Source) -> bool:
    """Whether JSON goes on over lines, or is a feed or news item in one line."""
    try:
        found = msgspec.json.decode(source.data)
    except NO_JSON:
        return False
    return not (isinstance(found, dict) and "text" in found)


def read_xml(source: Source) -> Iterator[Article | Reject]:
    """A feed or NewsML-G2, by what the document begins with."""
    start = source.data[:3000].lower()
    if b"<opml" in start:
        yield source.reject("is a list of feeds, not reports; give it to rashomon add or rashomon watch")
    elif b"newsitem" in start or b"newsmessage" in start or b"iptc.org/std/nar" in start:
        yield from read_newsml(source)
    else:
        yield from read_feed(source)


def read_json(source: Source) -> Iterator[Article | Reject]:
    """A JSON Feed or ninjs, by its fields."""
    try:
        found = msgspec.json.decode(source.data)
    except NO_JSON as error:
        yield source.reject(f"is no JSON ({error})")
        return
    if isinstance(found, dict) and "jsonfeed.org" in str(found.get("version")):
        yield from read_json_feed(source, found)
    elif isinstance(found, dict) and "text" in found:
        yield from read_jsonl(Source(source.name, msgspec.json.encode(found), source.url))
    elif isinstance(found, (dict, list)):
        yield from read_ninjs(source, found)
    else:
        yield source.reject("is neither a JSON Feed nor ninjs")


# Each form of report, by how its file's name ends.
READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_plain,
    ".html": read_page,
    ".htm": read_page,
    ".jsonl": read_jsonl,
    ".json": read_json,
    ".xml": read_xml,
    ".rss": read_feed,
    ".atom": read_feed,
    ".eml": read_eml,
    ".pdf": read_pdf,
}
# Read record by record, however large.
ARCHIVES = (".warc", ".warc.gz")
SUFFIXES = (*READERS, *ARCHIVES)


def _with_unique_ids(articles: list[Article]) -> list[Article]:
    """Articles in order of id; where two files share a stem, the folders tell them apart."""
    taken = Counter(article.id for article in articles)
    renamed = [
        article if taken[article.id] == 1 else msgspec.structs.replace(article, id=_long_id(article))
        for article in articles
    ]
    ordered = sorted(renamed, key=lambda a: (a.id, a.sha256, a.path))
    seen: set[str] = set()
    last: Counter[str] = Counter()
    unique = []
    for article in ordered:
        name = article.id
        while name in seen:
            last[article.id] += 1
            name = f"{article.id}~{last[article.id] + 1}"
        seen.add(name)
        unique.append(article if name == article.id else msgspec.structs.replace(article, id=name))
    return sorted(unique, key=lambda a: a.id)


def _long_id(article: Article) -> str:
    path = Path(article.path)
    return str(path.with_suffix("")).strip("./") if path.suffix in SINGLE else article.id


def _nothing(rejects: list[Reject]) -> str:
    if not rejects:
        return f"no reports found; a report is a file ending in {', '.join(SUFFIXES)}"
    shown = "\n".join(f"  {reject.path}: {reject.reason}" for reject in rejects[:10])
    more = f"\n  … and {len(rejects) - 10} more" if len(rejects) > 10 else ""
    return f"none of the {len(rejects)} inputs could be read:\n{shown}{more}"
