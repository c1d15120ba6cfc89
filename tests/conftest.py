from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, TypeVar

import pytest
from hypothesis import settings

from rashomon.annotate.tagging import Parsed, parse_articles
from rashomon.cli import main
from rashomon.collate.lining import encoder
from rashomon.model import Article, Collation
from rashomon.read.plain import build_article
from rashomon.run import collate_paths
from rashomon.settings import DEFAULT

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "harbour"
SHARED = Path(os.environ.get("RASHOMON_SHARED", ROOT.parent / "shared"))

T = TypeVar("T")
settings.register_profile("steady", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def encoded_once() -> Iterator[None]:
    """What the encoder made of a story is kept: many tests collate the examples."""
    encoded = lru_cache(maxsize=32)(encoder._encoded)

    def encode(texts: Sequence[str]) -> list[encoder.Pieces]:
        return encoded(tuple(texts))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoder, "_encoded", encode)
        yield


@pytest.fixture(scope="session")
def example() -> tuple[Collation, tuple[Article, ...]]:
    """The example story, collated once."""
    return collate_paths([EXAMPLE.relative_to(Path.cwd()) if EXAMPLE.is_relative_to(Path.cwd()) else EXAMPLE])


@pytest.fixture(scope="session")
def parse() -> Callable[..., Parsed]:
    """A text to a parsed article; keyword arguments are fields of the article."""

    def parse_text(text: str, **fields: str) -> Parsed:
        article = build_article(id="a", path="a.txt", text=text, language="en", **fields)
        return next(parse_articles([article], DEFAULT.annotate))

    return parse_text


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., CompletedProcess[str]]:
    """Runs a command in this process, as if its output went into a pipe."""

    def run(*arguments: str | Path) -> CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["rashomon", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capfd.readouterr()
        assert isinstance(left.value.code, int)
        return CompletedProcess(arguments, left.value.code, out, err)

    return run


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled corpora; tests that need it are skipped where it is not."""
    if not SHARED.is_dir():
        pytest.skip(f"the labelled corpora are not at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def run_async() -> Callable[[Callable[[], Coroutine[Any, Any, T]]], T]:
    """Runs a coroutine function in a thread of its own, as a browser of other tests may have its loop in this one."""

    def run_elsewhere(function: Callable[[], Coroutine[Any, Any, T]]) -> T:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(lambda: asyncio.run(function())).result()

    return run_elsewhere
