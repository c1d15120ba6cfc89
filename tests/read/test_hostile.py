"""Inputs that are no files, no text, or nothing their form allows: each is set aside with its reason, and the rest is read."""

from __future__ import annotations

import io
import json
import os
import socket
import sys
from pathlib import Path

import pytest

from rashomon import codec
from rashomon.files import read_file, shown_path
from rashomon.model import Article
from rashomon.read import read
from rashomon.read.forms import read_payload
from rashomon.read.locations import read_each
from rashomon.read.payload import Payload
from rashomon.settings import ReadSettings, Settings

REPORT = "Harbour shut after accident\n\nThe harbour was shut on Tuesday, the coast guard said."
DEEP = "[" * 100_000


def reasons(folder: Path, settings: Settings | None = None) -> dict[str, str]:
    """What was set aside in a folder, by file name, besides the report that is read."""
    (folder / "zz.txt").write_text(REPORT)
    intake = read([folder], settings or Settings())
    assert "zz" in {a.id for a in intake.articles}
    return {Path(r.path).name: r.reason for r in intake.rejects}


def test_what_is_no_plain_file(tmp_path: Path) -> None:
    """Pipes, devices, sockets and the system's made-up files are looked at, not opened."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "zero.warc").symlink_to("/dev/zero")
    (tmp_path / "made.txt").symlink_to("/proc/self/status")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    before = Path.cwd()
    os.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.txt")
    os.chdir(before)
    found = reasons(tmp_path)
    assert set(found) == {
        "pipe.txt", "zero.txt", "zero.warc", "made.txt", "loop.txt", "gone.txt", "socket.txt",
    }  # fmt: skip
    for name, kind in (("pipe", "pipe"), ("zero", "device"), ("made", "made up"), ("socket", "socket")):
        assert kind in found[f"{name}.txt"]


def test_no_more_is_read_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above the limit is set aside, and standard input without end is left after the limit and a byte."""
    (tmp_path / "large.txt").write_bytes(b"x" * 1_000_001)
    assert "max_megabytes = 1" in reasons(tmp_path, Settings(read=ReadSettings(max_megabytes=1)))["large.txt"]

    class Endless(io.RawIOBase):
        n = 0

        def read(self, size: int = -1) -> bytes:
            assert size >= 0
            self.n += size
            return b"y" * size

    endless = Endless()
    monkeypatch.setattr(sys, "stdin", type("Input", (), {"buffer": endless}))
    with pytest.raises(OSError, match="above 1 MB"):
        read_file("-", 1)
    assert endless.n == 1_000_001


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    """A file's name may hold any bytes; what is stored of it can be written in JSON and printed."""
    (tmp_path / os.fsdecode(b"a\xff\x1b.txt")).write_text(REPORT)
    (tmp_path / os.fsdecode(b"b\xff.png")).write_text(REPORT)
    intake = read([tmp_path])
    assert intake.articles[0].id == r"a\xff\x1b"
    assert codec.encode(intake)
    assert shown_path("östlich") == "östlich"


def test_a_reader_may_fail_in_any_way() -> None:
    """Whatever a reader raises, its input is set aside with what was said; what came before is kept."""

    class UnheardOfError(Exception):
        pass

    def reader(payload: Payload) -> object:
        yield payload.reject("the first")
        raise UnheardOfError("all\nlost " + "x" * 1000)

    found = list(read_payload(Payload("a.txt", b"text"), reader))  # type: ignore[arg-type]
    assert next(f.reason for f in found if not isinstance(f, Article)) == "the first"
    assert not isinstance(found[1], Article)
    assert "UnheardOfError: all lost" in found[1].reason
    assert len(found[1].reason) < 300


NINJS = {"headline": "Harbour shut", "body_text": REPORT, "byline": "By Ada Weir"}


@pytest.mark.parametrize("field", ["provider", "source", "language", "headline", "byline", "versioncreated", "uri"])
@pytest.mark.parametrize("value", [[1], 7, {"name": [2]}, True, ""])
def test_ninjs_with_anything_anywhere(tmp_path: Path, field: str, value: object) -> None:
    """A list or a number where a name is expected says nothing; the report is read and can be written."""
    (tmp_path / "n.json").write_text(json.dumps({**NINJS, field: value}))
    article = read([tmp_path]).articles[0]
    assert codec.decode(codec.encode(article), Article) == article


@pytest.mark.parametrize("field", ["title", "content_html", "date_published", "authors", "url", "id"])
@pytest.mark.parametrize("value", [[1], 7, {"name": [2]}])
def test_one_bad_item_loses_no_other(tmp_path: Path, field: str, value: object) -> None:
    """An item of a feed that cannot be read is set aside alone."""
    good = {"id": "good", "title": "Harbour shut", "content_text": REPORT}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": ["no title"],
        "items": [{**good, field: value}, 5, good],
    }
    (tmp_path / "f.json").write_text(json.dumps(feed))
    intake = read([tmp_path])
    assert "good" in {a.id for a in intake.articles}
    assert all(codec.decode(codec.encode(a), Article) == a for a in intake.articles)
    assert any(r.path.endswith("#2") for r in intake.rejects)


def test_json_nested_without_end(tmp_path: Path) -> None:
    """Brackets without end are no JSON, in a file, in a line, or in an input without a name."""
    (tmp_path / "a.json").write_text(DEEP)
    (tmp_path / "b.jsonl").write_text(DEEP + "\n" + json.dumps({"id": "line", "text": REPORT}))
    found = reasons(tmp_path)
    assert "no JSON" in found["a.json"]
    assert "no JSON" in found["b.jsonl:1"]
    assert "line" in {a.id for a in read([tmp_path]).articles}


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    """A PDF under a key is set aside, whatever the library says of ciphers it lacks."""
    pdf = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"4 0 obj<</Filter/Standard/V 5/R 6/Length 256/P -4/O<" + b"00" * 48 + b">/U<" + b"00" * 48 + b">/OE<"
        + b"00" * 32 + b">/UE<" + b"00" * 32 + b">/Perms<" + b"00" * 16 + b">/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen"
        b"/Length 32>>>>/StmF/StdCF/StrF/StdCF>>endobj\n"
        b"trailer<</Root 1 0 R/Size 5/Encrypt 4 0 R/ID[<00><00>]>>\n%%EOF"
    )  # fmt: skip
    (tmp_path / "locked.pdf").write_bytes(pdf)
    assert "the PDF cannot be read" in reasons(tmp_path)["locked.pdf"]


def test_ten_thousand_reports_of_one_id(tmp_path: Path) -> None:
    """Reports that give themselves one id are told apart."""
    line = json.dumps({"id": "same", "text": "The harbour was shut."})
    (tmp_path / "same.jsonl").write_text("\n".join([line] * 1000))
    assert len({a.id for a in read([tmp_path]).articles}) == 1000


def test_an_empty_name_is_no_folder() -> None:
    """Nothing is read where nothing is named."""
    with pytest.raises(Exception, match="empty name"):
        list(read_each([""]))
