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
from rashomon.read.plain import build_article
from rashomon.run.annotating import keep
from rashomon.run.grouping import catch_up
from rashomon.store import Store, library_id, search


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


FOREIGN = (
    ("Ängby Tidning", "Östen Müller said the crane had fallen. “We saw Élodie’s boat,” Östen Müller said."),
    ("Løgstør Avis", "Élodie Ødegård said the O’Brien was safe. “Nobody was hurt,” Élodie Ødegård said."),
)


def foreign_articles() -> list[Article]:
    """Two reports with speakers, sources and words outside ASCII."""
    return [
        build_article(id=str(n), path=f"{n}.txt", text=text, source=source, language="en")
        for n, (source, text) in enumerate(FOREIGN)
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        *((f"speaker:{name}", {0}) for name in ("Östen", "östen", "ÖSTEN", "Osten", "O\u0308sten", "Müller", "Muller")),
        *((f"speaker:{name}", {1}) for name in ("Élodie", "elodie", "ÉLODIE", "Ødegård", "odegard")),
        *((f"name:{name}", {0}) for name in ("Müller", "muller")),
        *((f"source:{name}", {0}) for name in ("Ängby", "ÄNGBY", "angby")),
        *((f"source:{name}", {1}) for name in ("Løgstør", "logstor")),
        *((word, {0, 1}) for word in ("Élodie", "elodie", "ELODIE", "Élodie’s", "E\u0301lodie")),
        *((word, {0}) for word in ("Müller", "Muller", '"osten muller"', "MÜLLER")),
        *((word, {1}) for word in ("Ødegård", "odegard", "O’Brien", "O'Brien", "obrien")),
        ("speaker:Müller speaker:Ødegård", set()),
        ("speaker:Müller speaker:Östen", {0}),
        ("name:Müller name:Östen", {0}),
        ("name:Müller name:Ødegård", set()),
        ("source:ängby source:løgstør", {0, 1}),
        ("crane source:ängby source:løgstør", {0}),
    ],
)
def test_letters_outside_ascii(store: Store, asked: str, found: set[int]) -> None:
    """A letter is the same with and without its mark, large or small, in texts, speakers, names and sources alike."""
    own = foreign_articles()
    keep(store, own)
    catch_up(store)
    assert {h.article for h in search(store, asked)} == {library_id(own[n]) for n in found}


def test_days_narrow(store: Store) -> None:
    """Of several days the narrowest counts, however it is written."""
    keep(store, example_articles())
    days = {h.published for h in search(store, "since:2026-04-01 since:20260601")}
    assert days
    assert min(str(day) for day in days) >= "2026-06-01"
    assert search(store, "until:2026-06-30 until:2026-04-01") == []


def test_a_text_of_very_many_words_is_kept(store: Store) -> None:
    """Search looks in the beginning of a text that no index would take; the article is there whole."""
    words = " ".join(f"w{n:x}" for n in range(140_000))
    keep(store, [build_article(id="a", path="long.txt", text=f"The ledger began. {words} thelastword", language="en")])
    assert len(search(store, '"the ledger"')) == len(search(store, "wff")) == 1
    assert search(store, "thelastword") == []


@pytest.mark.parametrize("asked", ["", '""', "--", "OR", "colour:red", "since:yesterday", "speaker:--", 'source:""'])
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
