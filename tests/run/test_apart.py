"""Work in a process of its own gives what it gives here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest

from rashomon.errors import UsageError
from rashomon.model import Article
from rashomon.run.annotating import keep
from rashomon.run.apart import Apart, EndedError, Hands, Here
from rashomon.run.library import Library, open_library
from rashomon.run.progress import Progress, silent


def count(library: Library, progress: Progress, more: int) -> tuple[int, int]:
    """How many articles there are, and in which process they were counted."""
    progress("counting", 1, 2)
    return len(library) + more, os.getpid()


def refuse(library: Library, progress: Progress) -> None:
    """Raise what a user is told."""
    progress("refusing", 0, 1)
    raise UsageError(f"{len(library)} is not enough")


def fall(_library: Library, _progress: Progress) -> None:
    """End as a process that is killed does."""
    os._exit(9)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library of one report."""
    with open_library(tmp_path / "library.sqlite") as opened:
        keep(opened.store, [Article.from_text("A crane fell in Tessmar harbour.")])
        yield opened


def ask(hands: Hands) -> tuple[int, list[tuple[str, int, int]]]:
    """What counting gives, and what it told of its progress; a refusal is raised as it is."""
    told: list[tuple[str, int, int]] = []
    counted, _ = hands.call(lambda *far: told.append(far), count, 2)
    with pytest.raises(UsageError, match="1 is not enough"):
        hands.call(silent, refuse)
    return counted, told


def test_what_is_done_apart_is_what_is_done_here(library: Library) -> None:
    """Results, progress and errors come back; one process serves call after call, and a new one when it has died."""
    apart = Apart(library)
    assert ask(apart) == ask(Here(library)) == (3, [("counting", 1, 2)])
    first, again = apart.call(silent, count, 0)[1], apart.call(silent, count, 0)[1]
    assert first == again != os.getpid()
    with pytest.raises(EndedError, match="try again"):
        apart.call(silent, fall)
    assert apart.call(silent, count, 0)[1] != first
    apart.close()
    assert active_children() == []
