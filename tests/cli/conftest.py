from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rashomon.read import read
from rashomon.run.annotating import keep
from rashomon.run.grouping import catch_up
from rashomon.store import open_store


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the three example stories, annotated and grouped once; tests copy it."""
    place = tmp_path_factory.mktemp("filled") / "library.sqlite"
    store = open_store(place)
    keep(store, [a for name in ("harbour", "spillway", "straits") for a in read([Path("examples") / name]).articles])
    catch_up(store, processes=1)
    store.close()
    return place


@pytest.fixture
def library(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of one's own with the three example stories, the one that commands open."""
    place = tmp_path / "library.sqlite"
    shutil.copy(filled, place)
    monkeypatch.setenv("RASHOMON_STORE", str(place))
    return place
