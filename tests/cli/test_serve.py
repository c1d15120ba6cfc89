"""rashomon serve as a process: what it answers, how it ends, and what it refuses."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import httpx
import pytest

from rashomon.run.library import open_library

pytest.importorskip("litestar")

from rashomon.web.safety.accounts import make_account

Command = Callable[..., CompletedProcess[str]]
PASSWORD = "nine grey herons"  # noqa: S105 - of nobody
ANSWERS = re.compile(r"Rashomon is at (\S+) ")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty library, the one that commands open."""
    made = tmp_path / "library.sqlite"
    monkeypatch.setenv("RASHOMON_STORE", str(made))
    return made


@pytest.fixture
def process(place: Path) -> Iterator[subprocess.Popen[str]]:
    """The app over a library with an account, as a service would start it, behind a proxy on this machine."""
    with open_library(place) as library:
        make_account(library.store, "dana", PASSWORD, "editor")
    words = [sys.executable, "-m", "rashomon", "serve", "--port", "0", "--name", "desk.example"]
    own = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
    yield own
    own.kill()
    own.communicate()


def test_a_desk_is_served_and_stopped(process: subprocess.Popen[str]) -> None:
    """It says where it is, is well, lets in whoever has an account; SIGTERM ends it with code 0 and without a word."""
    assert process.stderr is not None
    told = ANSWERS.match(process.stderr.readline())
    assert told is not None
    with httpx.Client(base_url=told[1], headers={"Host": "desk.example"}) as browser:
        assert browser.get("/health").json()["status"] == "ok"
        assert browser.get("/health", headers={"Host": "elsewhere.example"}).status_code == 421
        assert browser.get("/api/v1/stories").status_code == 401
        token = re.search(r'name="_csrf_token" value="(\w+)"', browser.get("/login").text)
        assert token is not None
        form = {"name": "dana", "password": PASSWORD, "_csrf_token": token[1]}
        sent = browser.post("/login", data=form, headers={"Origin": "https://desk.example"})
        assert sent.status_code == 303
        assert "Nothing is here yet" in browser.get("/stories", headers={"Accept": "text/html"}).text
    process.terminate()
    assert process.communicate(timeout=60) == ("", "")
    assert process.returncode == 0


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--host", "0.0.0.0"), "rashomon user add NAME --role admin"),  # noqa: S104 - refused
        (("--name", "desk.example"), "rashomon user add NAME --role admin"),
        (("--name", "https://desk.example"), "without https:// and port"),
        (("--name", "desk.example:8443"), "without https:// and port"),
        (("--proxy", "nginx"), "is no address and no network"),
        (("--proxy", "172.16.0.1/12"), "has host bits set"),
        (("--host", "no such host"), "name another with --host or --port"),
        (("--port", "99999"), "--port"),
    ],
)
def test_what_cannot_be_served_is_told_in_a_line(command: Command, arguments: tuple[str, ...], said: str) -> None:
    """With code 1, what was wrong and what to do."""
    done = command("serve", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.usefixtures("place")
def test_a_port_that_is_taken_is_told(command: Command) -> None:
    """With what to do; whoever has it is left alone."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = command("serve", "--port", port)
    assert done.returncode == 1
    assert f"127.0.0.1, port {port}: cannot be listened at (Address already in use)" in done.stderr


@pytest.mark.usefixtures("place")
def test_what_must_be_installed_is_told(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the packages of the extra are missing."""
    monkeypatch.setitem(sys.modules, "rashomon.web.serve", None)
    done = command("serve")
    assert done.returncode == 1
    assert "pip install 'rashomon[web]'" in done.stderr


@pytest.mark.parametrize("words", [("serve",), ("user", "add"), ("token", "add"), ("backup",)], ids=" ".join)
def test_the_help_has_an_example(command: Command, words: tuple[str, ...]) -> None:
    """Of each command that a team begins with."""
    told = command(*words, "--help").stdout
    assert f"rashomon {' '.join(words)} " in told.split("Examples:")[1]


def test_a_library_is_backed_up(command: Command, library: Path, tmp_path: Path) -> None:
    """The line says how much is in the copy, and the copy is opened by every command."""
    saved = tmp_path / "saved.sqlite"
    done = command("backup", saved)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"15 articles are in {saved}\n")
    assert command("stories", "--store", saved).stdout == command("stories").stdout
    again = command("backup", saved)
    assert again.returncode == 1
    assert "is there already" in again.stderr
    assert library.is_file()
