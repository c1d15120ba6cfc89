"""The commands over a library: what they print, and with which code they leave."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import CompletedProcess
from threading import Thread

import pytest

from rashomon import codec
from rashomon.cli.library.arriving import stopped_by_signals
from rashomon.model import Collation, Story
from rashomon.report.export import FORMS
from rashomon.run.library import open_library
from rashomon.store.accounts import audited

Command = Callable[..., CompletedProcess[str]]


def ids(command: Command) -> list[str]:
    """The ids of the library's stories."""
    return [line.split("\t")[0] for line in command("stories").stdout.splitlines()]


def articles(command: Command, story: str) -> list[str]:
    """The ids of a story's articles."""
    return [a.id for a in codec.decode(command("show", story).stdout, Collation).articles]


@pytest.mark.usefixtures("library")
def test_a_story_is_set_right(command: Command) -> None:
    """Split, merged, pinned, listed and taken back, with what undoes it said each time."""
    first, second = ids(command)[:2]
    one, two, *_ = articles(command, first)
    [other, *_] = articles(command, second)
    done = command("story", "split", one)
    assert (done.returncode, done.stdout) == (0, f"correction 1: split {one}; rashomon story undo 1 takes it back\n")
    assert len(command("stories", "--least", "1").stdout.splitlines()) == 4
    assert command("story", "merge", one, two).returncode == 0
    assert len(command("stories", "--least", "1").stdout.splitlines()) == 3
    assert command("story", "pin", other, one).returncode == 0
    assert command("story", "list").stdout == f"1\tsplit\t{one}\t\n2\tmerge\t{one} {two}\t\n3\tpin\t{other} {one}\t\n"
    for number in (3, 2, 1):
        assert command("story", "undo", number).returncode == 0
    assert command("story", "list").stdout == ""
    assert sorted(ids(command)) == sorted([first, second, *ids(command)[2:]])


def test_rows_of_a_story_are_set_right(command: Command, library: Path) -> None:
    """A speaker, a day and names, each with what undoes it, listed with what they were set to; the log has them."""
    [one] = [a for a in codec.decode(command("show", "crane").stdout, Collation).articles if a.source == "courier"]
    done = command("story", "date", one.id, "2026-04-18")
    assert done.stdout == "correction 1: date; rashomon story undo 1 takes it back\n"
    joined = ("Greta Haldane", "Tomas Orrel", "--shown", "Tomas Orrel")
    assert command("story", "join-names", one.id, *joined).returncode == 0
    assert command("story", "split-names", one.id, "Tomas Orrel").returncode == 0
    assert "no quote stands" in command("story", "speaker", one.id, 0, "Ruth Abel").stderr
    told = [line.split("\t") for line in command("story", "list").stdout.splitlines()]
    assert [(row[1], row[3]) for row in told] == [
        ("date", "2026-04-18"),
        ("merge names", "Greta Haldane, Tomas Orrel"),
        ("split names", "Tomas Orrel"),
    ]
    with open_library(library) as kept:
        assert [(row.who, row.action) for row in audited(kept.store, 9)] == [
            ("local", "split names"),
            ("local", "merge names"),
            ("local", "date"),
        ]


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("story", "split", "a0"), "no article of this library"),
        (("story", "undo", "7"), "there is no correction 7"),
        (("diff", "https://nowhere.example/"), "no page of this address"),
        (("add",), "name files, folders or addresses"),
        (("export", "out", "--format", "xls"), "is no form of export"),
        (("search", "colour:red"), "is no field to search"),
        (("show", "crane", "--share"), "--share is for the page"),
        (("stories", "--store", "."), "is a folder"),
    ],
)
def test_wrong_use_is_told_in_a_line(command: Command, arguments: tuple[str, ...], message: str) -> None:
    """What was wrong and what to do, with code 1 and nothing printed."""
    done = command(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr


@pytest.mark.usefixtures("library")
def test_adding_counts_what_came(command: Command, tmp_path: Path) -> None:
    """What was read, new, annotated and grouped, as a line beside the pipe or as JSON; what failed makes code 3."""
    report = tmp_path / "new.txt"
    report.write_text("Ferry late\n\nThe ferry to Tessmar was late on Tuesday, the operator said.\n")
    done = command("add", report, "--workers", "1")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "1 read, 1 new, 0 unchanged, 0 failed; 1 annotated, 1 grouped\n"
    again = json.loads(command("add", report, "--json").stdout)
    assert (again["n_read"], again["n_new"], again["n_annotated"]) == (1, 0, 0)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    failed = command("add", broken, "--quiet")
    assert failed.returncode == 3
    assert "set aside: " in failed.stderr
    assert command("add", "--resume", "--quiet").returncode == 3


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a feed with one report, which stands in it as a whole."""
    told = "The ferry to Tessmar was late on Tuesday, the operator said. " * 12
    item = f"<item><title>Ferry late</title><link>PLACE/ferry</link><description>{told}</description></item>"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    place = f"http://127.0.0.1:{server.server_port}"
    feed = f'<rss version="2.0"><channel><title>Courier</title>{item}</channel></rss>'.replace("PLACE", place)
    (tmp_path / "feed.xml").write_text(feed)
    (tmp_path / "ferry").write_text(f"<!doctype html><title>Ferry late</title><article><p>{told}</p></article>")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"{place}/feed.xml"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.usefixtures("library")
def test_a_feed_is_watched(command: Command, served: str) -> None:
    """Each round says what came, unless it is to be quiet; what came is in the library."""
    options = ("--allow-private", "--delay", "0", "--rounds", "1", "--workers", "1")
    done = command("watch", served, *options)
    assert done.returncode == 0
    assert "1 new" in done.stderr
    assert command("watch", served, *options, "--quiet").stderr == ""
    assert "Ferry late" in command("search", "ferry").stdout


@pytest.mark.usefixtures("library")
def test_a_page_that_changed(command: Command, tmp_path: Path) -> None:
    """The words that went and came, in every form."""
    page = tmp_path / "page.txt"
    for n in ("12", "14"):
        page.write_text(f"Harbour shut\n\nThe crane killed {n} people on Tuesday, Ada Weir said.\n")
        command("add", page, "--quiet")
    lines = command("diff", page).stdout.splitlines()
    assert {"2\twords\t-\t12", "2\twords\t+\t14"} <= set(lines)
    assert "version 2" in command("diff", page, "--format", "terminal").stdout
    assert len(json.loads(command("diff", page, "--json").stdout)) == 1


def test_the_check_leaves_with_3_when_something_is_off(command: Command, library: Path) -> None:
    """A library as it was made is well; a story that miscounts is named."""
    done = command("check")
    assert (done.returncode, done.stderr) == (0, "15 articles checked, 0 things off\n")
    with sqlite3.connect(library) as connection:
        connection.execute("UPDATE stories SET n_articles = 9")
    connection.close()
    done = command("check", "--quiet")
    assert done.returncode == 3
    assert done.stderr.count("does not count the articles it holds") == 3


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_export(command: Command, tmp_path: Path, form: str) -> None:
    """A line beside the pipe for each file, or none where it is to be quiet."""
    done = command("export", tmp_path / "out", "--format", form, "--with-text")
    written = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert (done.returncode, done.stdout) == (0, "")
    assert len(done.stderr.splitlines()) == len(written)
    assert command("export", tmp_path / "out", "--format", form, "--quiet").stderr == ""


@pytest.mark.usefixtures("library")
def test_an_export_that_cannot_be_written(command: Command, tmp_path: Path) -> None:
    """Where, and what to do."""
    file = tmp_path / "file"
    file.write_text("")
    done = command("export", file)
    assert done.returncode == 1
    assert "name another folder" in done.stderr


@pytest.mark.usefixtures("library")
def test_a_story_is_shown_and_explained(command: Command, tmp_path: Path) -> None:
    """As JSON, as a page, in the terminal; why its reports are one story in both forms."""
    story = ids(command)[0]
    page = tmp_path / "page.html"
    assert command("show", story, "-o", page).returncode == 0
    assert page.read_text().startswith("<!doctype html>")
    assert "5 reports" in command("show", story, "--format", "terminal").stdout
    explained = codec.decode(command("explain", story).stdout, Story)
    assert explained.id == story
    assert "same " in command("explain", story, "--format", "terminal").stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_watching(number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM ask to stop; afterwards they do what they did before."""
    before = signal.getsignal(number)
    with stopped_by_signals() as stop:
        os.kill(os.getpid(), number)
        assert stop.wait(10)
    assert signal.getsignal(number) is before
