from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.annotate import annotate
from rashomon.read import read
from rashomon.run import workers


def test_workers_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes find what one finds."""
    monkeypatch.setattr(workers, "WORTH_A_PROCESS", 2)
    monkeypatch.setattr(workers, "BATCH", 3)
    articles = read([Path("examples/harbour")]).articles
    found = {a.id: own for batch in workers.annotate_in_workers(articles, processes=2) for a, own in batch}
    assert found == {own.article_id: own for own in annotate(articles)}
