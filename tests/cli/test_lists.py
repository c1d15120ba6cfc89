"""Lists go to a pipe as lines, to a terminal as text, and as JSON where that is asked for; stories are found by name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Command = Callable[..., CompletedProcess[str]]
pytestmark = pytest.mark.usefixtures("library")


@pytest.mark.parametrize(
    ("arguments", "n_columns"),
    [(("stories",), 7), (("search", "crane"), 7), (("story", "list"), 4), (("stories", "--by", "disagreement"), 7)],
)
def test_a_pipe_gets_lines(command: Command, arguments: tuple[str, ...], n_columns: int) -> None:
    """A row a line, columns between tabs, nothing cut and no colours; `--format lines` says the same."""
    story = command("stories").stdout.split("\t")[0]
    articles = [a["id"] for a in json.loads(command("show", story).stdout)["articles"]]
    command("story", "split", articles[0])
    done = command(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout
    assert {line.count("\t") for line in done.stdout.splitlines()} == {n_columns - 1}
    assert "\x1b" not in done.stdout
    assert command(*arguments, "--format", "lines").stdout == done.stdout


@pytest.mark.parametrize("arguments", [("stories",), ("search", "crane"), ("story", "list")])
def test_json_is_asked_for(command: Command, arguments: tuple[str, ...]) -> None:
    """`--json` is short for `--format json`; the two forms name the same rows."""
    done = command(*arguments, "--json")
    assert command(*arguments, "--format", "json").stdout == done.stdout
    assert len(json.loads(done.stdout)) == len(command(*arguments).stdout.splitlines())


def test_a_terminal_form_can_be_asked_for(command: Command) -> None:
    """As text of 80 columns."""
    told = command("stories", "--format", "terminal").stdout
    assert "5 reports of 5 sources" in told
    assert max(map(len, told.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("stories", "--format", "html"), "terminal, lines, json"),
        (("search", "crane", "--json", "--format", "lines"), "exclude one another"),
        (("stories", "--by", "loudness"), "newest, sources, disagreement"),
    ],
)
def test_a_form_that_is_none(command: Command, arguments: tuple[str, ...], message: str) -> None:
    """What there is to choose from."""
    done = command(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr


def test_a_title_cannot_break_a_line(command: Command, library: Path) -> None:
    """Tabs, line ends and what a terminal would obey become blanks."""
    with sqlite3.connect(library) as connection:
        connection.execute("UPDATE stories SET title = ?", ("Harbour\tshut\n\x1b[31mred",))
    connection.close()
    lines = command("stories").stdout.splitlines()
    assert len(lines) == 3
    assert {line.split("\t")[-1] for line in lines} == {"Harbour shut [31mred"}


@pytest.mark.parametrize("asked", ["ID", "BEGINNING", "harbour crane", "CRANES’ Tessmar", "tess", "crane"])
def test_a_story_is_found_by_what_it_is_called(command: Command, asked: str) -> None:
    """Its id, the beginning of its id, words of its title in any case, or the beginnings of such words."""
    ids = [line.split("\t")[0] for line in command("stories").stdout.splitlines()]
    story = next(n for n in ids if "rane" in json.loads(command("show", n).stdout)["story"]["title"])
    words = {"ID": [story], "BEGINNING": [story[:8]], "CRANES’ Tessmar": ["CRANE’s", "Tessmar"]}.get(
        asked, asked.split()
    )
    done = command("show", *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["story"]["id"] == story
    assert story in command("explain", " ".join(words), "--format", "terminal").stdout


def test_several_stories_that_fit_are_listed(command: Command) -> None:
    """Exit code 1, nothing printed but their ids, days and titles on standard error."""
    done = command("show", "s")
    assert (done.returncode, done.stdout) == (1, "")
    first, *others = done.stderr.splitlines()
    assert first == "rashomon: s: 3 stories fit; name one by its id"
    assert [line.split()[0] for line in others] == [
        line.split("\t")[0] for line in command("stories").stdout.splitlines()
    ]


@pytest.mark.parametrize("asked", ["nowhere", "crane salmon", "--"])
def test_a_story_that_is_not_there(command: Command, asked: str) -> None:
    """Where was looked, by what, and what lists them."""
    done = command("show", "--", asked)
    assert done.returncode == 1
    assert "by id or by words of its title" in done.stderr


def test_the_whole_title_wins(command: Command, library: Path) -> None:
    """A title that is one story's whole title and part of another's means the first."""
    ids = [line.split("\t")[0] for line in command("stories").stdout.splitlines()]
    with sqlite3.connect(library) as connection:
        for story, title in zip(ids, ("Harbour crane", "Harbour crane falls", None), strict=True):
            connection.execute("UPDATE stories SET title = ? WHERE id = ?", (title, story))
    connection.close()
    assert json.loads(command("show", "harbour", "crane").stdout)["story"]["id"] == ids[0]
    assert "2 stories fit" in command("show", "harbour").stderr


def test_an_export_is_of_a_named_story(command: Command, tmp_path: Path) -> None:
    """--story takes what show takes."""
    folder = tmp_path / "out"
    done = command("export", folder, "--format", "markdown", "--story", "tessmar crane")
    assert done.returncode == 0
    assert len(list(folder.iterdir())) == 1
    assert command("export", folder, "--story", "s").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("search", "zeppelin"), "nothing found"),
        (("story", "list"), "no corrections"),
        (("stories", "--least", "99"), "no stories yet"),
        (("diff", "examples/harbour/courier.txt"), "one version only"),
    ],
)
def test_an_empty_list_says_so_beside_the_pipe(command: Command, arguments: tuple[str, ...], message: str) -> None:
    """The pipe gets nothing, who looks gets a line; as JSON it is an empty list."""
    done = command(*arguments)
    assert (done.returncode, done.stdout) == (0, "")
    assert message in done.stderr
    assert json.loads(command(*arguments, "--json").stdout) == []


def test_the_beginning_of_an_id_may_be_a_word(command: Command, library: Path) -> None:
    """What is both is told as both, and not taken for one of them."""
    ids = [line.split("\t")[0] for line in command("stories").stdout.splitlines()]
    with sqlite3.connect(library) as connection:
        connection.execute("UPDATE stories SET title = ? WHERE id = ?", (f"{ids[1][:4]}bank shut", ids[0]))
    connection.close()
    assert "2 stories fit" in command("show", ids[1][:4]).stderr
    assert command("show", ids[1][:6]).returncode == 0
