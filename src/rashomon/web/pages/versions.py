"""The versions of a page: each step from one to the next as a word diff, with the quotes and figures that came and went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from litestar import get
from litestar.concurrency import sync_to_thread
from litestar.params import FromQuery
from msgspec import Struct

from rashomon.model import Article, Replacement, VersionChange
from rashomon.report.view.words import say_n, say_title
from rashomon.run.library import Library
from rashomon.run.versions import changed_stretches
from rashomon.web.given import OurLibrary
from rashomon.web.pages.problems import REPORT_GONE, GoneError, Page
from rashomon.web.pages.showing import Asked, Shown, report_link, show


class DiffPiece(Struct, frozen=True):
    """Some words of a version: `gone` stood there before, `come` stand there now; both are null for what is alike."""

    same: str = ""
    gone: str | None = None
    come: str | None = None


class VersionLine(Struct, frozen=True):
    """A version: its number, when it was published or changed, and where it can be read."""

    number: int
    when: str
    href: str
    title: str


class Step(Struct, frozen=True):
    """What changed from the version before to this one."""

    version: VersionLine
    told: str
    pieces: tuple[DiffPiece, ...]
    quotes: tuple[Replacement, ...]
    figures: tuple[Replacement, ...]


class VersionsPage(Struct, frozen=True):
    """All versions of an address, and the steps between them, the last first."""

    address: str
    title: str
    versions: tuple[VersionLine, ...]
    steps: tuple[Step, ...]


def view_versions(address: str, versions: Sequence[Article], changes: Sequence[VersionChange]) -> VersionsPage:
    """The page of an address."""
    lines = [
        VersionLine(
            n,
            (a.modified or a.published or "").replace("T", " ")[:16] or "Time not known",
            report_link(a.id),
            say_title(a.title),
        )
        for n, a in enumerate(versions, start=1)
    ]
    steps = [
        Step(
            version=line,
            told=f"{say_n(len(change.words), 'change')} of words",
            pieces=tuple(diff_pieces(before.text, after.text)),
            quotes=change.quotes,
            figures=change.figures,
        )
        for line, (before, after), change in zip(lines[1:], pairwise(versions), changes, strict=True)
    ]
    return VersionsPage(address, say_title(versions[-1].title), tuple(lines), tuple(reversed(steps)))


def diff_pieces(before: str, after: str) -> Iterator[DiffPiece]:
    """The text after a change, with what went where it stood."""
    at = 0
    for gone, start, end in changed_stretches(before, after):
        if start > at:
            yield DiffPiece(same=after[at:start])
        yield DiffPiece(gone=gone, come=after[start:end] if end > start else None)
        at = max(at, end)
    if at < len(after):
        yield DiffPiece(same=after[at:])


def find_versions(library: Library, address: str) -> VersionsPage:
    """The versions of an address. Raises `GoneError` where it is not known."""
    versions = library.versions(address)
    if not versions:
        raise GoneError(REPORT_GONE)
    return view_versions(address, versions, library.diff(address))


class VersionsController(Page):
    """Versions of pages."""

    @get(["/versions", "/versions.json"])
    async def versions(self, request: Asked, library: OurLibrary, address: FromQuery[str]) -> Shown:
        """What changed in a page from version to version."""
        return show(request, "versions.html.j2", await sync_to_thread(find_versions, library, address))
