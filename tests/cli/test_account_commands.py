"""Accounts and tokens on the command line: made, listed, removed, and told where that cannot be."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from rashomon.run.library import open_library
from rashomon.store.accounts import begin_session, session_account, token_account

pytest.importorskip("argon2")

Command = Callable[..., CompletedProcess[str]]
Type = Callable[[str], None]
PASSWORD = "nine grey herons"  # noqa: S105 - of nobody


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty library, the one that commands open."""
    made = tmp_path / "library.sqlite"
    monkeypatch.setenv("RASHOMON_STORE", str(made))
    return made


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Type:
    """Gives the next command words over a pipe."""
    return lambda words: monkeypatch.setattr(sys, "stdin", io.StringIO(words))


@pytest.fixture
def dana(command: Command, piped: Type) -> str:
    """An account."""
    piped(f"{PASSWORD}\n")
    assert command("user", "add", "dana", "--role", "admin").returncode == 0
    return "dana"


def test_accounts_are_made_and_changed(command: Command, piped: Type, dana: str) -> None:
    """The password comes over a pipe and is not shown; adding somebody again changes the role."""
    assert command("user", "list").stdout == f"{dana}\tadmin\n"
    piped(f"{PASSWORD} fly\n")
    done = command("user", "add", dana, "--role", "reader")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "dana may log in as reader\n"
    assert command("user", "list").stdout == "dana\treader\n"


def test_tokens_are_made_and_shown_once(command: Command, dana: str, place: Path) -> None:
    """The token alone goes to standard output, so that a script can keep it; the list has all but it."""
    done = command("token", "add", dana, "--scope", "read", "--scope", "add", "--label", "night feed")
    secret = done.stdout.strip()
    assert secret.startswith("rsh_")
    assert "rashomon token remove 1" in done.stderr
    assert command("token", "list").stdout == "1\tdana\tread add\tnight feed\n"
    with open_library(place) as library:
        assert token_account(library.store, secret) is not None
        assert command("token", "remove", "1").returncode == 0
        assert token_account(library.store, secret) is None


def test_whoever_is_removed_is_logged_out(command: Command, dana: str, place: Path) -> None:
    """Sessions and tokens go with the account."""
    command("token", "add", dana)
    with open_library(place) as library:
        begin_session(library.store, dana, "a cookie", 1000)
        assert command("user", "remove", dana).returncode == 0
        assert session_account(library.store, "a cookie") is None
    assert command("token", "list").stdout == ""


def test_empty_lists_say_what_to_do(command: Command) -> None:
    """Beside the pipe."""
    for words, said in (("user", "rashomon user add NAME"), ("token", "rashomon token add NAME")):
        done = command(words, "list")
        assert (done.returncode, done.stdout) == (0, "")
        assert said in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("user", "add", "Dana!"), "is no account's name"),
        (("user", "add", "local"), "is no account's name"),
        (("user", "add", "dana", "--role", "boss"), "choose one of reader, editor, admin"),
        (("user", "remove", "nobody"), "`rashomon user list` shows them"),
        (("token", "add", "nobody"), "`rashomon user list` shows them"),
        (("token", "add", "nobody", "--scope", "everything"), "choose of read, add, correct"),
        (("token", "remove", "7"), "`rashomon token list` shows them"),
        (("user", "list", "--store", "."), "is a folder"),
    ],
)
def test_wrong_use_is_told_in_a_line(command: Command, arguments: tuple[str, ...], said: str) -> None:
    """Before a password is asked for; with code 1 and nothing printed."""
    done = command(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_weak_password_makes_no_account(command: Command, piped: Type) -> None:
    """What is asked of one is told, and the password is not."""
    piped("hunter\n")
    done = command("user", "add", "dana")
    assert done.returncode == 1
    assert "take at least 12" in done.stderr
    assert "hunter" not in done.stderr
    assert command("user", "list").stdout == ""
