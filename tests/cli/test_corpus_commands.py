from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Command = Callable[..., CompletedProcess[str]]
TEXTS = {
    "ferry": "The ferry to the northern isles sailed six hours late on Monday after its pilot fell ill, the line said. "
    * 3,
    "mayor": "Nobody expected the mayor of Ostrander to resign, but on Friday she did so in a letter of four lines. "
    * 3,
    "empty": "",
}


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A corpus of two reports of two events, and a file without words."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    path, out = tmp_path / "spec.toml", tmp_path / "corpus"
    told = f"[inputs]\npaths = [{json.dumps(str(folder))}]\n[output]\nfolder = {json.dumps(str(out))}\n"
    path.write_text(told, encoding="utf-8")
    return path


def test_a_spec_is_run(command: Command, spec: Path) -> None:
    """A line a stage beside the output; what was set aside is named and makes code 3; with --quiet nothing else is told."""
    done = command("corpus", "run", spec, "--executor", "local")
    assert (done.returncode, done.stdout) == (3, "")
    *stages, reject = done.stderr.splitlines()
    assert [line.split(",")[0] for line in stages] == [
        "read      2 articles",
        "profile   2 articles",
        "group     2 stories",
        "annotate  0 articles",
        "collate   0 stories",
        "tables    0 stories",
    ]
    assert "1 set aside" in stages[0]
    assert reject.startswith("set aside: ")
    assert reject.endswith("empty.txt: the file is empty")
    assert command("corpus", "run", spec, "--executor", "local", "--quiet").stderr == reject + "\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--executor", "cloud"), "choose one of spark, processes, local"),
        (("--conf", "memory"), "write it as spark.executor.memory=6g"),
    ],
)
def test_a_wrong_option_is_told_in_a_line(command: Command, spec: Path, arguments: tuple[str, ...], told: str) -> None:
    """With what may be given, and code 1."""
    done = command("corpus", "run", spec, *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert told in done.stderr
