"""What a careless or hostile hand types: each is answered with a line and the code for wrong use, never with a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from rashomon.cli.app import _run, main, words_given
from rashomon.errors import UsageError

REPORT = "Harbour shut after accident\n\nThe harbour was shut on Tuesday, the coast guard said.\n"
HUGE = "9" * 20


def run(folder: Path, capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The code the command leaves with, and what it says on standard error."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        code = _run(list(arguments), debug=False)
    finally:
        os.chdir(before)
    return code, capfd.readouterr().err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a report and files that are none."""
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "latin.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "deep.toml").write_text("a = " + "[" * 10_000)
    (tmp_path / "batch.toml").write_text(f"[annotate]\nbatch = {HUGE}\n")
    (tmp_path / "nan.toml").write_text("[group]\nstory_similarity = nan\n")
    (tmp_path / "zero.opml").symlink_to("/dev/zero")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["collate", ""], "empty name"),
        (["collate", "a.txt", ""], "empty name"),
        (["add", "", "--store", "l"], "empty name"),
        (["export", "", "--store", "l"], "it is empty"),
        (["show", "", "--store", "l"], "it is empty"),
        (["collate", "x" * 5000], "too long"),
        (["collate", "a.txt", "-o", "x" * 5000 + ".json"], "too long"),
        (["collate", "a.txt", "--settings", "/dev/zero"], "is a device"),
        (["collate", "a.txt", "--settings", "latin.toml"], "utf-8"),
        (["collate", "a.txt", "--settings", "deep.toml"], "recursion"),
        (["collate", "a.txt", "--settings", "batch.toml"], "batch"),
        (["collate", "a.txt", "--settings", "nan.toml"], "story_similarity"),
        (["collate", "a.txt", "--corrections", "/dev/zero"], "is a device"),
        (["collate", "a.txt", "--corrections", "latin.toml"], "utf-8"),
        (["collate", "a.txt", "--corrections", "deep.toml"], "recursion"),
        (["collate", "a.txt", "--rewrite", "http://[::1"], "is no address"),
        (["collate", "a.txt", "--rewrite", "nonsense"], "no http or https address"),
        (["collate", "a.txt", "--rewrite", "http://\udcff/v1"], "no UTF-8"),
        (["lineage", "--pairs", "/dev/zero"], "is a device"),
        (["stories", "--store", "l", "--most", HUGE], "--most"),
        (["stories", "--store", "l", "--least", HUGE], "--least"),
        (["search", "crane", "--store", "l", "--most", HUGE], "--most"),
        (["story", "undo", HUGE, "--store", "l"], "number"),
        (["stories", "--store", "postgresql://host:x5/base"], "no place for a library"),
        (["stories", "--store", "postgresql://host/%00"], "no place for a library"),
        (["stories", "--store", "a\0b"], "no place for a library"),
        (["stories", "--store", "x" * 5000], "no place for a library"),
        (["show", "\udcff", "--store", "l"], "no UTF-8"),
        (["search", "\udcff", "--store", "l"], "no UTF-8"),
        (["story", "merge", "\udcff", "b", "--store", "l"], "no UTF-8"),
        (["diff", "\udcff", "--store", "l"], "no UTF-8"),
        (["explain", "\udcff", "a.txt"], "no UTF-8"),
        (["add", "a.txt", "--timeout", "inf", "--store", "l"], "--timeout"),
        (["add", "a.txt", "--timeout", "nan", "--store", "l"], "--timeout"),
        (["add", "a.txt", "--delay", "inf", "--store", "l"], "--delay"),
        (["add", "zero.opml", "--store", "l"], "is a device"),
        (["watch", "a.opml", "--every", "1e300", "--store", "l"], "--every"),
    ],
)
def test_wrong_use_is_a_line(folder: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    """One line on standard error, and the code for wrong use."""
    code, err = run(folder, capfd, *arguments)
    assert (code, err.count("\n")) == (UsageError.exit_code, 1), err
    assert said in err


def test_a_fault_is_told_with_where_to_report_it(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error nobody foresaw is one line; the traceback comes with --debug."""

    def fail(*_: object) -> None:
        raise KeyError("nobody foresaw\x1b[2J")

    monkeypatch.setattr("rashomon.run.collate_paths", fail)
    code, err = run(folder, capfd, "collate", "a.txt")
    assert (code, err.count("\n")) == (1, 1)
    assert "KeyError" in err
    assert "Report it" in err
    assert "\x1b" not in err
    monkeypatch.setattr(sys, "argv", ["rashomon", "collate", "a.txt", "--debug"])
    with pytest.raises(SystemExit):
        main()
    assert "Traceback" in capfd.readouterr().err


@pytest.mark.parametrize("closed", ["stdout", "stderr", "stdin"])
def test_a_closed_stream(folder: Path, closed: str) -> None:
    """Whoever closes a stream is told so on what is left."""
    number = {"stdin": 0, "stdout": 1, "stderr": 2}[closed]
    place = "-" if closed == "stdin" else "a.txt"
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "rashomon", "group", place],
        cwd=folder,
        capture_output=True,
        check=False,
        preexec_fn=lambda: os.close(number),
    )
    assert b"Traceback" not in done.stderr
    assert (closed == "stderr") == (done.returncode == 0)
    assert closed == "stderr" or b"closed" in done.stderr


def test_a_full_disk_at_standard_output(folder: Path) -> None:
    """A result that cannot be printed is told."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "rashomon", "group", "a.txt"],
            cwd=folder,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert b"No space left" in done.stderr


def test_words_given_take_what_is_words() -> None:
    """Any script passes; nothing passes empty."""
    assert words_given(["Östen", "埠頭"]) == ["Östen", "埠頭"]
    assert words_given(None) is None
    with pytest.raises(typer.BadParameter):
        words_given(" ")
