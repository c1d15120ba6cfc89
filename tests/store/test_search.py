from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rashomon.errors import UsageError
from rashomon.model import Article
from rashomon.read import read
from rashomon.run.library import catch_up, keep
from rashomon.store import Store, search


def example_articles() -> list[Article]:
    """The reports of two stories."""
    return [a for name in ("harbour", "straits") for a in read([Path("examples") / name]).articles]


def test_searches(store: Store) -> None:
    """Words, phrases, alternatives, speakers, names, sources and days, in both databases alike."""
    keep(store, example_articles())
    catch_up(store)
    harbour = {h.article for h in search(store, "crane")}
    straits = {h.article for h in search(store, "salmon")}
    assert len(harbour) == len(straits) == 5
    assert {h.article for h in search(store, "crane OR salmon")} == harbour | straits
    assert {h.article for h in search(store, "CRANES dockers")} <= harbour
    assert search(store, "crane salmon") == []
    assert {h.article for h in search(store, '"coast guard"')} <= harbour
    assert search(store, '"guard coast"') == []
    assert {h.article for h in search(store, "60-metre Brandvik")} <= harbour
    assert search(store, "60-metre Brandvik")
    said = search(store, "speaker:Haldane")
    assert said
    assert all(h.quote for h in said)
    assert {h.article for h in search(store, "name:tessmar since:2026-04-01 until:2026-04-30")} <= harbour
    assert {h.article for h in search(store, "crane OR salmon since:2026-06-01")} <= straits
    assert len(search(store, "source:coastline")) == 1
    assert len(search(store, "crane", most=2)) == 2
    days = [h.published or "" for h in search(store, "crane OR salmon")]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("asked", ["", '""', "--", "OR", "colour:red", "since:yesterday"])
def test_a_search_that_says_nothing(store: Store, asked: str) -> None:
    """What is wrong with it, and what a search may be."""
    with pytest.raises(UsageError):
        search(store, asked)


@pytest.mark.parametrize("asked", ["'); DROP TABLE articles; --", 'crane* NEAR "quay', "a:b'c", "%", "crane & | !"])
def test_odd_searches_do_no_harm(store: Store, asked: str) -> None:
    """Whatever is typed, the database gets words."""
    keep(store, example_articles()[:1])
    with contextlib.suppress(UsageError):
        search(store, asked)
    assert search(store, "since:1900-01-01 crane") or search(store, "since:1900-01-01")


def test_the_end_of_a_run_says_what_was_not_tested() -> None:
    """Without a server the cases over PostgreSQL are skipped, and the run says how many and how to run them."""
    environment = {name: value for name, value in os.environ.items() if name != "RASHOMON_TEST_POSTGRES"}
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", __file__, "-k", "odd_searches and postgresql"]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)  # noqa: S603 - our own tests
    assert "5 cases over PostgreSQL were skipped" in done.stdout
    assert "to run them: RASHOMON_TEST_POSTGRES=$(.ci/postgres" in done.stdout
