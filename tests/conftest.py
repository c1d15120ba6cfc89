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

from rashomon import codec
from rashomon.annotate import annotate
from rashomon.annotate.tagging import Parsed, parse_articles
from rashomon.cli import main
from rashomon.collate import compose, line_up_rows
from rashomon.collate.differences.chances import Chances
from rashomon.collate.lining import encoder
from rashomon.collate.material import Material
from rashomon.model import Annotations, Article, Collation, Reject
from rashomon.read.plain import build_article
from rashomon.run import collate_paths, workers
from rashomon.settings import DEFAULT, Settings

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "harbour"
SHARED = Path(os.environ.get("RASHOMON_SHARED", ROOT.parent / "shared"))

# Where tests are of what is made of collations and of what is found, by folder or file.
SHOWING = frozenset({"assistants", "browser", "cli", "store", "web", "test_library_docs.py"})
COLLATING = sys.modules["rashomon.collate"]
_collated: dict[str, Collation] = {}
_annotated: dict[str, Annotations] = {}

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


@pytest.fixture(scope="module", autouse=True)
def made_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """What is found and collated is kept for the run where tests are of what is made of it; tests of the making make their own."""
    with pytest.MonkeyPatch.context() as patch:
        if not SHOWING.isdisjoint({request.path.parent.name, request.path.name}):
            patch.setattr(workers, "annotate", annotate_once)
            patch.setattr(COLLATING, "line_up_rows", lambda *_: None)
            patch.setattr(COLLATING, "compose", compose_once)
        yield


def annotate_once(articles: Sequence[Article], settings: Settings) -> Iterator[Annotations]:
    """What would be found, unless it was found before."""
    keys = [codec.content_hash(codec.encode([article, settings])) for article in articles]
    fresh = {key: article for key, article in zip(keys, articles, strict=True) if key not in _annotated}
    _annotated.update(zip(fresh, annotate(list(fresh.values()), settings), strict=True))
    return (_annotated[key] for key in keys)


def compose_once(
    material: Material, _: object, rejects: Sequence[Reject], settings: Settings, chances: Chances | None
) -> Collation:
    """What collating would make, unless it was made before."""
    made_of = [material.articles, list(material.found.values()), material.corrections, rejects, settings, chances]
    key = codec.content_hash(codec.encode(made_of))
    if key not in _collated:
        _collated[key] = compose(material, line_up_rows(material, settings.collate), rejects, settings, chances)
    return _collated[key].with_articles(material.articles)


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
