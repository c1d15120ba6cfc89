"""Every form a report comes in: what is read, under which names and days, and what is set aside with which reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType
from pypdf import PdfWriter

from rashomon.errors import NothingReadError, UsageError
from rashomon.model import Article
from rashomon.read import read
from rashomon.read.opml import read_opml

LONG = "The crane fell onto the quay at noon and the harbour was closed for the day. " * 20
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Gazette</title>
<item><title>Crane falls</title><link>https://gazette.example/1</link><guid>g1</guid>
<pubDate>Tue, 14 Apr 2026 12:00:00 GMT</pubDate><content:encoded><![CDATA[<p>{LONG}</p><p>Second.</p>]]></content:encoded></item>
<item><title>Teaser &amp; more</title><link>https://gazette.example/2</link><description>Only a line.</description></item>
<item></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><title>Strike</title><id>c1</id>
<link href="https://courier.example/s"/><published>2026-04-15T08:00:00Z</published><updated>2026-04-16T08:00:00Z</updated>
<author><name>Ada Weir</name></author><summary>Dockers strike.</summary></entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Herald",
    "items": [
        {
            "id": "h1",
            "url": "https://herald.example/1",
            "title": "Harbour shut",
            "content_html": f"<p>{LONG}</p>",
            "date_published": "2026-04-14T10:00:00+02:00",
            "authors": [{"name": "Tom Ash"}],
        }
    ],
}
NINJS = {
    "uri": "urn:n:1",
    "headline": "Harbour shut",
    "body_xhtml": "<p>The harbour was shut.</p><p>Nobody was hurt.</p>",
    "provider": "Agency",
    "firstcreated": "2026-04-14T10:00:00Z",
    "language": "en",
}
G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:g2:1"><itemMeta><provider literal="Agency"/>
<firstCreated>2026-04-14T10:00:00Z</firstCreated></itemMeta><contentMeta><headline>Harbour shut</headline>
<by>By Ada Weir</by></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>The harbour was shut.</p><p>Nobody was hurt.</p></body></html>
</inlineXML></contentSet></newsItem>"""
EML = """From: Harbour Office <press@harbour.example>
Subject: =?utf-8?q?Crane_=E2=80=93_statement?=
Date: Tue, 14 Apr 2026 12:00:00 +0000
Message-ID: <m1@harbour.example>
Content-Type: text/html; charset=utf-8

<html><body><p>The crane has fallen.</p><p>Work has stopped.</p></body></html>
"""
PAGE = f"<html><head><title>Crane falls</title></head><body><article><h1>Crane falls</h1><p>{LONG}</p></article></body></html>"


def one(folder: Path, name: str, content: str | bytes) -> list[Article]:
    """The articles of a file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read([path]).articles)


def test_rss(tmp_path: Path) -> None:
    """Entries have their own days; one of which the feed has only a line is a summary; an empty one is set aside."""
    (tmp_path / "feed.xml").write_text(RSS)
    intake = read([tmp_path])
    whole, teaser = sorted(intake.articles, key=lambda a: a.url or "")
    assert (whole.id, whole.title, whole.published) == ("g1", "Crane falls", "2026-04-14T12:00:00Z")
    assert whole.text.startswith("Crane falls\n\nThe crane fell")
    assert whole.text.endswith("\n\nSecond.")
    assert (whole.completeness, teaser.completeness) == ("full", "summary")
    assert teaser.title == "Teaser & more"
    assert teaser.published is None
    assert [r.reason for r in intake.rejects] == ["the entry has neither title nor text"]


def test_atom(tmp_path: Path) -> None:
    """An entry's author, its day and the day it was changed."""
    [article] = one(tmp_path, "feed.atom", ATOM)
    assert (article.byline, article.published, article.modified) == (
        "Ada Weir",
        "2026-04-15T08:00:00Z",
        "2026-04-16T08:00:00Z",
    )


def test_json_feed(tmp_path: Path) -> None:
    """Items of a JSON Feed."""
    [article] = one(tmp_path, "feed.json", json.dumps(JSON_FEED))
    assert (article.id, article.source, article.byline) == ("h1", "herald.example", "Tom Ash")
    assert article.published is not None
    assert article.published.startswith("2026-04-14T10:00")


@pytest.mark.parametrize(("name", "content"), [("n.json", json.dumps(NINJS)), ("n.xml", G2)])
def test_news_items(tmp_path: Path, name: str, content: str) -> None:
    """Ninjs and NewsML-G2 give the same article."""
    [article] = one(tmp_path, name, content)
    assert article.text == "Harbour shut\n\nThe harbour was shut.\n\nNobody was hurt."
    assert (article.source, article.title) == ("Agency", "Harbour shut")
    assert (article.published or "")[:10] == "2026-04-14"


def test_mail(tmp_path: Path) -> None:
    """A message's subject, sender, day and text."""
    [article] = one(tmp_path, "m.eml", EML)
    assert article.text == "Crane – statement\n\nThe crane has fallen.\n\nWork has stopped."
    assert (article.id, article.source, article.byline) == ("m1@harbour.example", "harbour.example", "Harbour Office")
    assert (article.published or "")[:10] == "2026-04-14"


def pdf(text: str) -> bytes:
    """A PDF of one page with one line of text."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for n, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (n, part)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def test_pdf(tmp_path: Path) -> None:
    """The text of a PDF; one without text is set aside, and so is one that is damaged."""
    [article] = one(tmp_path, "a.pdf", pdf("The harbour was shut."))
    assert article.text == "The harbour was shut."
    blank = PdfWriter()
    blank.add_blank_page(100, 100)
    blank.write(tmp_path / "b.pdf")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4 broken")
    reasons = {r.path[-5:]: r.reason for r in read([tmp_path]).rejects}
    assert "holds no text" in reasons["b.pdf"]
    assert "cannot be read" in reasons["c.pdf"]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_warc(tmp_path: Path, name: str) -> None:
    """The pages of an archive; other records are passed over, pages without text set aside."""
    with (tmp_path / name).open("wb") as file:
        for url, status, kind, body in (
            ("https://gazette.example/1", "200 OK", "text/html", PAGE),
            ("https://gazette.example/logo", "200 OK", "image/png", "x"),
            ("https://gazette.example/gone", "404 Not Found", "text/html", PAGE),
            ("https://gazette.example/empty", "200 OK", "text/html", "<html></html>"),
        ):
            record = WarcRecord()
            record.init_headers(record_type=WarcRecordType.response, record_urn=b"1")
            record.headers.append("WARC-Target-URI", url)
            record.headers.append("Content-Type", "application/http; msgtype=response")
            record.set_bytes_content(f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}".encode())
            record.write(file)
    intake = read([tmp_path])
    assert [a.url for a in intake.articles] == ["https://gazette.example/1"]
    assert len(intake.rejects) == 1
    assert "gazette.example/empty" in intake.rejects[0].reason


@pytest.mark.parametrize(
    "line",
    [
        {"maintext": "The harbour was shut.", "date_publish": "2026-04-14 10:00:00", "source_domain": "g.example", "url": "https://g.example/1"},
        {"plaintext": "The harbour was shut.", "publishing_date": "2026-04-14T10:00:00", "publisher": "g.example", "url": "https://g.example/1"},
        {"stories_id": 7, "story_text": "The harbour was shut.", "publish_date": "2026-04-14", "media_name": "g.example", "url": "https://g.example/1"},
        {"id": 1, "text": "The harbour was shut.", "published": "2026-04-14", "source": "g.example", "url": "https://g.example/1"},
    ],
)  # fmt: skip
def test_other_field_names(tmp_path: Path, line: dict[str, object]) -> None:
    """The fields of news-please, fundus and Media Cloud are ours under other names."""
    [article] = one(tmp_path, "a.jsonl", json.dumps(line) + "\n")
    assert article.text == "The harbour was shut."
    assert (article.source, article.url, (article.published or "")[:10]) == (
        "g.example",
        "https://g.example/1",
        "2026-04-14",
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", "<rss><channel></channel></rss>"),
        ("a.xml", "not xml at all"),
        ("a.xml", '<?xml version="1.0"?><opml><body><outline xmlUrl="https://x.example/f"/></body></opml>'),
        ("a.json", "{"),
        ("a.json", "[1, 2]"),
        ("a.json", '{"version": "https://jsonfeed.org/version/1.1", "items": "none"}'),
        ("a.json", '{"uri": 3, "bodies": 7}'),
        ("a.eml", "Subject: x\nContent-Type: text/plain; charset=martian\n\n"),
        ("a.jsonl", '[1]\n"text"\n{"id": [1], "text": "x"}\n{"id": "a", "text": {"b": 1}}\n'),
        ("a.warc", "no archive"),
        ("a.warc.gz", "no archive"),
    ],
)
def test_what_is_damaged_is_set_aside(tmp_path: Path, name: str, content: str) -> None:
    """Never a traceback: each has its reason."""
    with pytest.raises(NothingReadError):
        one(tmp_path, name, content)


def test_entities_are_not_followed(tmp_path: Path) -> None:
    """A document cannot make the reader open files or blow up."""
    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET")
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file://{secret}">]>' + G2.replace("Nobody", "&f;")
    for article in one(tmp_path, "n.xml", bomb):
        assert "SECRET" not in article.text


def test_opml() -> None:
    """The feeds in order, each once."""
    data = b'<opml><body><outline><outline xmlUrl="https://a.example/f"/></outline><outline xmlUrl="https://b.example/f"/><outline xmlUrl="https://a.example/f"/></body></opml>'
    assert read_opml(data, "x") == ["https://a.example/f", "https://b.example/f"]
    for broken in (b"<opml/>", b"nothing"):
        with pytest.raises(UsageError):
            read_opml(broken, "x")
