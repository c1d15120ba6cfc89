from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from corpora import STAGES, carry_out, make_spec
from servers import Site

from rashomon.run.corpus import in_this_process


@pytest.fixture
def site() -> Iterator[Site]:
    """A server without pages."""
    made = Site()
    yield made
    made.close()


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run over the example stories in this process leaves."""
    folder = tmp_path_factory.mktemp("alone") / "corpus"
    report, lines = carry_out(make_spec(folder), in_this_process())
    assert report.n_rejects == 0
    assert [line.split()[0] for line in lines] == [*STAGES, "tables"]
    assert "15 articles" in lines[0]
    return folder
