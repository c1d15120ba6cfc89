"""The blocks of docs/library.md and of the README's day with feeds are run as they stand, one library for all."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import CompletedProcess
from threading import Thread

import pytest

ROOT = Path(__file__).parent.parent
PORT = 8123


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def feeds() -> Iterator[None]:
    """The recorded feeds, where their list says they are."""
    server = ThreadingHTTPServer(("127.0.0.1", PORT), partial(Quiet, directory=str(ROOT / "examples" / "feeds")))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield
    server.shutdown()
    server.server_close()
    thread.join()


def commands(page: str) -> list[str]:
    """The commands of a page's console blocks, in order."""
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.usefixtures("feeds")
@pytest.mark.parametrize("page", ["docs/library.md", "README.md"])
def test_every_command_works(
    tmp_path: Path, page: str, command: Callable[..., CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command leaves with 0 and has something to say; STORY and ARTICLE stand for what is there."""
    for name in ("examples", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RASHOMON_STORE", str(tmp_path / "library.sqlite"))

    def run(line: str) -> str:
        name, *words = shlex.split(line, comments=True)
        assert name == "rashomon"
        done = command(*words)
        assert done.returncode == 0, (line, done.stderr)
        return done.stdout or done.stderr

    names: dict[str, str] = {}
    told = commands(page)
    assert len(told) > 3
    for line in told:
        if {"STORY", "ARTICLE"} & set(shlex.split(line, comments=True)) and not names:
            story = json.loads(run("rashomon stories --json"))[0]["id"]
            articles = json.loads(run(f"rashomon show {story} --format json"))["articles"]
            names = {"STORY": story, "ARTICLE": articles[0]["id"], "OTHER": articles[1]["id"]}
        if "OTHER" in line:  # the story may have been told anew
            names["STORY"] = ""
        said = run(" ".join(names.get(word, word) for word in line.split(" ")))
        if not names.get("STORY", "x"):
            names.pop("STORY")
            names["STORY"] = json.loads(run("rashomon stories --json"))[0]["id"]
        assert said or "-o" in line or "undo" in line, line
