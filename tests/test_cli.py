from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import msgspec
import pytest

from rashomon import codec
from rashomon.model import Collation, Grouping, LineageReport
from rashomon.settings import DEFAULT, Settings, describe_settings, load_settings

ROOT = Path(__file__).parent.parent
Command = Callable[..., CompletedProcess[str]]
REPORT = "Harbour shut after accident\n\nThe harbour was shut on Tuesday, the coast guard said.\n"


def rashomon(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command as a user runs it."""
    command = [sys.executable, "-m", "rashomon", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)  # noqa: S603 - our own command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two reports."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(REPORT)
    return tmp_path


def test_collate_prints_json_to_a_pipe(folder: Path) -> None:
    """The default form for a pipe is the contract."""
    done = rashomon("collate", folder)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(codec.decode(done.stdout, Collation).articles) == 2


def test_the_suffix_picks_the_form(command: Command, folder: Path, tmp_path: Path) -> None:
    """-o page.html writes a page and prints nothing."""
    page = tmp_path / "out" / "page.html"
    page.parent.mkdir()
    done = command("collate", folder / "a.txt", folder / "b.txt", "-o", page)
    assert (done.returncode, done.stdout) == (0, "")
    assert page.read_text().startswith("<!doctype html>")


def test_annotate_prints_a_line_a_report(command: Command, folder: Path) -> None:
    """The lines have the keys the contract names, and the clauses that points are read by."""
    lines = [msgspec.json.decode(line) for line in command("annotate", folder).stdout.splitlines()]
    assert [line["id"] for line in lines] == ["a", "b"]
    assert set(lines[0]) == {"id", "sentences", "clauses", "mentions", "quotes", "figures", "times", "acts"}


def test_lineage_prints_families_and_passages(command: Command, folder: Path) -> None:
    """The JSON has the lineage of the collation; the terminal says it in words."""
    found = codec.decode(command("lineage", folder).stdout, LineageReport)
    assert found.lineage == codec.decode(command("collate", folder).stdout, Collation).lineage
    assert [f.articles for f in found.lineage.families] == [("a", "b")]
    told = command("lineage", folder, "--format", "terminal").stdout
    assert "at most 1 independent account" in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name some reports"),
        (("x.txt", "--pairs", "x.jsonl"), "stands alone"),
        (("x.txt", "-o", "page.html"), "rashomon collate"),
    ],
)
def test_wrong_use_of_lineage_is_told(command: Command, arguments: tuple[str, ...], message: str) -> None:
    """What was wrong and what to do."""
    done = command("lineage", *arguments)
    assert done.returncode == 1
    assert message in done.stderr


def test_standard_input() -> None:
    """- reads JSON Lines or a text from a pipe."""
    lines = b'{"id": "x", "text": "The harbour was shut on Tuesday."}\n{"id": "y", "text": "It was shut."}\n'
    for given, n_articles in ((lines, 2), (REPORT.encode(), 1)):
        found = codec.decode(rashomon("group", "-", stdin=given).stdout, Grouping)
        assert sum(len(story.article_ids) for story in found.stories) == n_articles


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["collate", "missing"], 1, "no such file"),
        (["collate", "EMPTY"], 2, "no reports found"),
        (["collate", "BINARY"], 2, "not a text"),
        (["collate", "FOLDER", "-o", "x.pdf"], 1, "no report form ends in"),
        (["collate", "FOLDER", "--format", "pdf"], 1, "is no report form"),
        (["collate", "FOLDER", "--share", "--format", "json"], 1, "--share is for the page"),
        (
            ["collate", "FOLDER", "--section", "figures", "--format", "json"],
            1,
            "--section and --all are for the terminal",
        ),
        (["collate", "FOLDER", "--all", "-o", "x.html"], 1, "--section and --all are for the terminal"),
        (["collate", "FOLDER", "--section", "plots"], 1, "is no section"),
        (["collate", "FOLDER", "--settings", "missing.toml"], 1, "cannot be read"),
        (["collate", "MIXED"], 3, "set aside"),
    ],
)
def test_exit_codes_and_messages(
    command: Command, folder: Path, tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    """What goes wrong is told in a line, with its own exit code and no traceback."""
    empty, binary, mixed = (tmp_path / name for name in ("empty", "binary", "mixed"))
    for made in (empty, binary, mixed):
        made.mkdir()
    (binary / "a.txt").write_bytes(bytes(range(256)) * 4)
    (mixed / "a.txt").write_text(REPORT)
    (mixed / "b.txt").write_text("")
    places = {"EMPTY": empty, "BINARY": binary, "MIXED": mixed, "FOLDER": folder / "a.txt"}
    done = command(*(places.get(a, a) for a in arguments))
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [("collate", "--nope", "x"), ("collate",), ("nope",), ("stories", "--least", "x")]
)
def test_a_wrong_command_is_told_in_a_line(command: Command, arguments: tuple[str, ...]) -> None:
    """What is wrong and where help is; code 1 and no traceback."""
    done = command(*arguments)
    assert done.returncode == 1
    assert done.stderr.startswith("rashomon: ")
    assert "--help" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_loads_no_parser() -> None:
    """`rashomon --help` answers without spaCy."""
    script = "import sys\nfrom rashomon.cli import app\ntry:\n    app(['--help'])\nexcept SystemExit:\n    pass\nassert 'spacy' not in sys.modules and 'scipy' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stderr


def test_the_schema_is_the_one_in_docs() -> None:
    """docs/schema.json is generated from the model; `make schema` renews it."""
    assert (ROOT / "docs" / "schema.json").read_text() == codec.pretty(codec.schema())


def test_settings_read_back(tmp_path: Path) -> None:
    """What `rashomon settings` prints gives the defaults again, and every knob has its help."""
    file = tmp_path / "settings.toml"
    file.write_text(describe_settings())
    assert load_settings(file) == DEFAULT
    knobs = [line for line in describe_settings().splitlines() if " = " in line]
    assert len(knobs) == sum(len(getattr(DEFAULT, s).__struct_fields__) for s in Settings.__struct_fields__)
    assert all("  # " in line for line in knobs)
    ranges = {line.split(" = ")[0]: line.rpartition("(")[2].rstrip(")") for line in knobs}
    assert (ranges["max_megabytes"], ranges["family_share"]) == ("1 to 100000", "0 to 1")
    assert ranges["story_similarity"] == "above 0, to 1"
    numbers = [line for line in knobs if '"' not in line.split("  # ")[0]]
    assert all(line.endswith(")") and " to " in line.rpartition("(")[2] for line in numbers)


def test_one_section_is_printed(command: Command, folder: Path) -> None:
    """Into a pipe too, a section that is named is printed as for a terminal, and no other."""
    done = command("collate", folder, "--section", "coverage", "--all")
    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if line.endswith("───")] == [
        "What each one tells ".ljust(80, "─")
    ]


@pytest.mark.parametrize("toml", ["[collate]\nquote_similarity = 2.0", "[collate]\nunknown = 1", "not toml ="])
def test_wrong_settings_are_named(command: Command, folder: Path, tmp_path: Path, toml: str) -> None:
    """A setting out of range, unknown or misspelt is an error with a way out."""
    file = tmp_path / "settings.toml"
    file.write_text(toml)
    done = command("collate", folder / "a.txt", "--settings", file)
    assert (done.returncode, "rashomon settings" in done.stderr) == (1, True)
