"""The commands over reports in files, in every form they have."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from rashomon import codec
from rashomon.model import Collation, Explanation, Grouping, LineageReport

Command = Callable[..., CompletedProcess[str]]
EXAMPLE = Path("examples/harbour")
TEXT = "The crane fell onto a line of lorries at noon, and divers searched the basin until the light was gone. " * 2


@pytest.fixture
def model() -> Iterator[str]:
    """A stand-in for a language model on loopback that puts two words before every line."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            line = asked["messages"][1]["content"].removeprefix("Line: ").split("\n")[0]
            self.send_response(200)
            self.end_headers()
            content = f"{asked['model']} reports: {line}"
            self.wfile.write(json.dumps({"choices": [{"message": {"content": content}}]}).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def test_group_lists_stories(command: Command, tmp_path: Path) -> None:
    """As JSON into a pipe or a file, as text where that is asked for; what was set aside makes code 3."""
    paths = ("examples/harbour", "examples/straits")
    done = command("group", *paths)
    found = codec.decode(done.stdout, Grouping)
    assert done.returncode == 0
    assert [len(s.article_ids) for s in found.stories] == [5, 5]
    told = command("group", *paths, "--format", "terminal").stdout
    assert "2 stories of several reports, 0 of one" in told
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    out = tmp_path / "stories.json"
    done = command("group", EXAMPLE, empty, "-o", out)
    assert (done.returncode, done.stdout) == (3, "")
    assert "the file is empty" in done.stderr
    assert len(codec.decode(out.read_bytes(), Grouping).skipped) == 1


def test_explain_tells_why_a_row_was_made(command: Command, tmp_path: Path) -> None:
    """The readings and how alike they are, in both forms and with the corrections of a file."""
    done = command("explain", "q1", EXAMPLE)
    explanation = codec.decode(done.stdout, Explanation)
    assert (done.returncode, explanation.id, explanation.section) == (0, "q1", "quotes")
    told = command("explain", "q1", EXAMPLE, "-f", "terminal").stdout
    assert explanation.reasons[0].split()[0] in told
    date = tmp_path / "dates.toml"
    date.write_text('[[correction]]\nkind = "date"\nplaces = [{ article = "nobody", at = 0 }]\nvalue = "2026-04-15"\n')
    refused = command("explain", "q1", EXAMPLE, "--corrections", date)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "no report has the id 'nobody'" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("explain", "q9999", EXAMPLE), "there is no q9999"),
        (("explain", "q1", EXAMPLE, "--format", "html"), "json or terminal"),
        (("group", EXAMPLE, "-o", "x.html"), "rashomon collate"),
        (("annotate", EXAMPLE, "--format", "csv"), "the only one is jsonl"),
        (("lineage", "--pairs", "x.jsonl", "--format", "json"), "stands alone"),
        (("lineage", "--pairs", "missing.jsonl"), "cannot be read"),
        (("collate", EXAMPLE, "-o", "missing/page.html"), "cannot be written"),
        (("collate", EXAMPLE, "--rewrite", "http://127.0.0.1:9/v1"), "cannot be reached"),
    ],
)
def test_wrong_use_is_told_in_a_line(command: Command, arguments: tuple[str | Path, ...], message: str) -> None:
    """What was wrong and what to do, with code 1 and nothing printed."""
    done = command(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr
    assert done.stderr.startswith("rashomon: ")


def test_pairs_print_the_spans_they_share(command: Command, tmp_path: Path) -> None:
    """A line a pair, on standard output or in a file."""
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(json.dumps({"id": "p", "original": TEXT, "reprint": f"News: {TEXT}"}))
    done = command("lineage", "--pairs", pairs)
    [line] = map(json.loads, done.stdout.splitlines())
    [(start, end, _, _)] = line["spans"]
    assert (done.returncode, line["id"], TEXT[start:end]) == (0, "p", TEXT.strip())
    out = tmp_path / "spans.jsonl"
    assert command("lineage", "--pairs", pairs, "-o", out).stdout == ""
    assert out.read_text() == done.stdout


def test_rewrite_words_the_briefing(command: Command, model: str) -> None:
    """Each line as the model words it, marked; the model is asked for by its name."""
    done = command("collate", EXAMPLE, "--rewrite", model, "--rewrite-model", "stand-in")
    briefing = codec.decode(done.stdout, Collation).briefing
    assert done.returncode == 0
    assert briefing
    assert all(s.rewritten and s.text.startswith("stand-in reports: ") for s in briefing)


def test_every_form_of_a_collation(command: Command, tmp_path: Path) -> None:
    """The terminal's text by suffix, a page with snippets, settings from a file."""
    text, page, settings = tmp_path / "story.txt", tmp_path / "page.htm", tmp_path / "settings.toml"
    settings.write_text("[collate]\npassage_words = 5\n")
    assert command("collate", EXAMPLE, "-o", text, "--quiet").returncode == 0
    assert "5 reports" in text.read_text()
    assert command("collate", EXAMPLE, "-o", page, "--share").returncode == 0
    assert page.read_text().startswith("<!doctype html>")
    done = command("collate", EXAMPLE, "--settings", settings)
    assert codec.decode(done.stdout, Collation).run.settings["collate"]["passage_words"] == 5
    told = command("collate", EXAMPLE, "--format", "terminal").stdout
    assert told == text.read_text()


def test_lineage_in_both_forms(command: Command) -> None:
    """The families and passages, as JSON and in words."""
    found = codec.decode(command("lineage", EXAMPLE).stdout, LineageReport)
    assert found.run.provenance.models
    assert "independent accounts" in command("lineage", EXAMPLE, "--format", "terminal").stdout


def test_what_needs_no_reports(command: Command) -> None:
    """The schema, the settings, the version, and help where nothing is asked."""
    assert json.loads(command("schema").stdout)["$ref"] == "#/$defs/Collation"
    assert command("settings").stdout.startswith("# ")
    assert command("--version").stdout.startswith("rashomon ")
    assert "Usage" in command("--help").stdout
