"""The command that serves assistants, where its extra is not installed."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from rashomon.cli import assistants


def test_the_extra_is_named(command: Callable[..., CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that says what to install."""
    monkeypatch.setattr(assistants, "find_spec", lambda _: None)
    done = command("mcp")
    assert done.returncode == 1
    assert "pip install 'rashomon[mcp]'" in done.stderr
