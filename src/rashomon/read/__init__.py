"""read: locations to articles, and rejects with their reasons."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from rashomon.codec import content_hash
from rashomon.errors import NothingReadError, UsageError
from rashomon.model import Article, Intake, Reject
from rashomon.read.decode import decode_text
from rashomon.read.html import read_html
from rashomon.read.jsonl import read_jsonl
from rashomon.read.plain import build_article
from rashomon.read.published import date_from_story
from rashomon.settings import DEFAULT, Settings

__all__ = ["CORRECTIONS", "SUFFIXES", "date_from_story", "read"]

PLAIN, PAGES, LINES = (".txt", ".md"), (".html", ".htm"), (".jsonl",)
SUFFIXES = PLAIN + PAGES + LINES
MEGABYTE = 1_000_000
# What a reader corrected lies beside the reports and is none.
CORRECTIONS = "rashomon.toml"


def read(locations: Iterable[str | Path], settings: Settings = DEFAULT) -> Intake:
    """The articles at some files, folders or `-` (standard input), in order of id, and what was set aside.

    Raises `UsageError` for a location that does not exist and `NothingReadError` when no article was found at all.
    """
    found: list[Article | Reject] = []
    given: set[Path] = set()
    for location in locations:
        for path in _files(str(location)):
            if path != Path("-") and path.resolve() in given:
                found.append(Reject(path=str(path), reason="named twice; read once"))
                continue
            given.add(path.resolve())
            found += _read_file(path, settings)
    rejects = sorted((f for f in found if isinstance(f, Reject)), key=lambda r: (r.path, r.reason))
    articles = _with_unique_ids([f for f in found if isinstance(f, Article)])
    if not articles:
        raise NothingReadError(_nothing(rejects))
    return Intake(articles=tuple(articles), rejects=tuple(rejects))


def _files(location: str) -> Iterator[Path]:
    path = Path(location)
    if location == "-":
        yield path
    elif path.is_dir():
        yield from sorted(
            p
            for p in path.rglob("*")
            if p.is_file() and p != path / CORRECTIONS and not any(s.startswith(".") for s in p.relative_to(path).parts)
        )
    elif path.exists():
        yield path
    else:
        raise UsageError(f"{location}: no such file or folder; name files, folders, or - for standard input")


def _read_file(path: Path, settings: Settings) -> Iterator[Article | Reject]:
    name = str(path)
    standard_input = name == "-"
    suffix = path.suffix.lower()
    if not standard_input and suffix not in SUFFIXES:
        yield Reject(path=name, reason=f"a {suffix or 'suffixless'} file is no report form ({', '.join(SUFFIXES)})")
        return
    try:
        size = 0 if standard_input else path.stat().st_size
        if size > settings.read.max_megabytes * MEGABYTE:
            yield Reject(
                path=name,
                reason=f"{size / MEGABYTE:.0f} MB is above read.max_megabytes = {settings.read.max_megabytes}",
            )
            return
        data = sys.stdin.buffer.read() if standard_input else path.read_bytes()
    except OSError as error:
        yield Reject(path=name, reason=f"cannot be read ({error.strerror})")
        return
    text = decode_text(data)
    if text is None:
        yield Reject(
            path=name, reason="not a text (binary bytes, or an encoding that is none of UTF-8, UTF-16, Windows-1252)"
        )
    elif not text.strip():
        yield Reject(path=name, reason="the file is empty")
    else:
        yield from _parse(text, path, content_hash(data))


def _parse(text: str, path: Path, sha256: str) -> Iterator[Article | Reject]:
    name, suffix = str(path), path.suffix.lower()
    stem = "stdin" if name == "-" else path.stem
    start = text.lstrip()[:15].lower()
    if suffix in LINES or (name == "-" and start.startswith("{")):
        yield from read_jsonl(text, name)
    elif suffix in PAGES or (name == "-" and start.startswith(("<!doctype html", "<html"))):
        page = read_html(text, id=stem, path=name, sha256=sha256)
        yield Reject(path=name, reason=page) if isinstance(page, str) else page
    else:
        yield build_article(id=stem, path=name, text=text, sha256=sha256)


def _with_unique_ids(articles: list[Article]) -> list[Article]:
    """Articles in order of id; where two files share a stem, the folders tell them apart."""
    taken = Counter(article.id for article in articles)
    renamed = [
        article if taken[article.id] == 1 else msgspec.structs.replace(article, id=_long_id(article))
        for article in articles
    ]
    ordered = sorted(renamed, key=lambda a: (a.id, a.sha256, a.path))
    seen: set[str] = set()
    unique = []
    for article in ordered:
        name, number = article.id, 1
        while name in seen:
            number += 1
            name = f"{article.id}~{number}"
        seen.add(name)
        unique.append(article if name == article.id else msgspec.structs.replace(article, id=name))
    return sorted(unique, key=lambda a: a.id)


def _long_id(article: Article) -> str:
    path = Path(article.path)
    return str(path.with_suffix("")).strip("./") if path.suffix in PLAIN + PAGES else article.id


def _nothing(rejects: list[Reject]) -> str:
    if not rejects:
        return f"no reports found; a report is a file ending in {', '.join(SUFFIXES)}"
    shown = "\n".join(f"  {reject.path}: {reject.reason}" for reject in rejects[:10])
    more = f"\n  … and {len(rejects) - 10} more" if len(rejects) > 10 else ""
    return f"none of the {len(rejects)} inputs could be read:\n{shown}{more}"
