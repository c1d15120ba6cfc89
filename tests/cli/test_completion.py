"""A shell completes commands, options and sub-commands."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Command = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("rashomon sto", {"stories", "story"}), ("rashomon story un", {"undo"}), ("rashomon stories --le", {"--least"})],
)
def test_what_is_offered(command: Command, monkeypatch: pytest.MonkeyPatch, typed: str, offered: set[str]) -> None:
    """All that begins like the last word."""
    monkeypatch.setenv("_RASHOMON_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - 1))
    assert set(command().stdout.split()) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell(command: Command, monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    """It completes `rashomon`, however it was printed; the shell is named, as a run without one has none to be found."""
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    done = command("--show-completion", shell)
    assert done.returncode == 0
    assert "_RASHOMON_COMPLETE" in done.stdout
