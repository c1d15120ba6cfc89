"""What was saved and put back is what the app showed before, whichever way it went."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient

from rashomon.model import StoryCorrection
from rashomon.run.library import Library, open_library
from rashomon.store.accounts import Account, put_account, put_token
from rashomon.web.app import make_app
from rashomon.web.correcting import set_right
from rashomon.web.options import Options

POSTGRES = "RASHOMON_TEST_POSTGRES"
SECRET = "rsh_of_a_feed"  # noqa: S105 - of nobody
SHOWN = ["stories", "articles?limit=200", "quotes?limit=200", "search?q=crane", "corrections", "corrections/audit"]


@pytest.fixture
def desk(library: Library) -> Library:
    """A library as a desk has it: an account, its token, a correction."""
    put_account(library.store, Account("edda", "editor", "a hash"))
    put_token(library.store, "edda", "feed", "read", SECRET)
    set_right(library, "edda", StoryCorrection(kind="split", articles=(library.search("crane")[0].article,)))
    return library


def shown(library: Library) -> list[Any]:
    """What the app gives to whoever shows the token."""
    with TestClient(make_app(library, Options()), base_url="http://127.0.0.1:8077") as client:
        client.headers["Authorization"] = f"Bearer {SECRET}"
        answers = [client.get(f"/api/v1/{path}") for path in SHOWN]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.json() for answer in answers]


@pytest.mark.parametrize("library", ["sqlite", "postgresql"], indirect=True)
def test_a_backup_shows_what_the_library_showed(desk: Library, tmp_path: Path) -> None:
    """Stories, reports, quotations, corrections and who made them, to whoever had a token before."""
    before = shown(desk)
    desk.backup(tmp_path / "saved.sqlite")
    with open_library(tmp_path / "saved.sqlite") as saved:
        assert shown(saved) == before
        saved.undo(1)
    assert shown(desk) == before


@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="PostgreSQL's programs are not installed")
@pytest.mark.parametrize("library", ["postgresql"], indirect=True)
def test_a_dump_of_postgresql_is_put_back(desk: Library, tmp_path: Path) -> None:
    """As docs/deploy.md tells, with PostgreSQL's own programs."""
    before = shown(desk)
    server, schema = os.environ[POSTGRES], desk.place.rpartition("search_path")[2].lstrip("%3D=")
    dump = str(tmp_path / "rashomon.dump")
    own = ["pg_dump", "--format", "custom", "--schema", schema, "--file", dump, "--dbname", server]
    subprocess.run(own, check=True)  # noqa: S603 - PostgreSQL's own
    run_on(server, f"DROP SCHEMA {schema} CASCADE")
    subprocess.run(["pg_restore", "--no-owner", "--exit-on-error", "--dbname", server, dump], check=True)  # noqa: S603, S607
    assert shown(desk) == before
    assert desk.check().off == ()


def run_on(server: str, statement: str) -> None:
    """Have a server carry out a statement."""
    engine = sa.create_engine("postgresql+psycopg://" + server.split("://", 1)[1])
    with engine.begin() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
