"""Inputs that no name describes, and inputs that hold less than their form promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rashomon.errors import UsageError
from rashomon.model import Article, Reject
from rashomon.read.forms import READERS, read_payload, reader_of
from rashomon.read.fragment import fragment_text
from rashomon.read.locations import read_each
from rashomon.read.payload import Payload
from rashomon.read.published import date_in_text, normal_date

TEXT = "The harbour was shut. Nobody was hurt."
LONG = "The crane fell onto the quay at noon and the harbour was closed for the day. " * 20
G2 = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'


def found(data: str | bytes, suffix: str = "", media_type: str = "") -> list[Article | Reject]:
    """What an input holds, read as its suffix asks, or as it begins."""
    payload = Payload(f"input{suffix}", data if isinstance(data, bytes) else data.encode())
    return list(read_payload(payload, READERS[suffix] if suffix else reader_of(payload, media_type)))


def reasons(data: str | bytes, suffix: str = "", media_type: str = "") -> list[str]:
    """Why what an input holds is set aside."""
    return [r.reason for r in found(data, suffix, media_type) if isinstance(r, Reject)]


@pytest.mark.parametrize(
    ("data", "media_type", "text"),
    [
        (TEXT, "", TEXT),
        (f"\ufeff<!DOCTYPE html><title>Shut</title><article><p>{LONG}</p></article>", "", f"Shut\n\n{LONG}"),
        (f"<!-- saved --><html><article><p>{LONG}</p></article></html>", "text/html", LONG),
        (f"<rss version='2.0'><channel><item><title>Shut</title><description>{TEXT}</description></item></channel></rss>", "", f"Shut\n\n{TEXT}"),
        (f"<newsItem {G2}><contentSet><inlineData> {TEXT} </inlineData></contentSet></newsItem>", "application/xml", TEXT),
        (json.dumps({"id": "a", "text": TEXT}), "", TEXT),
        (json.dumps({"id": "a", "text": TEXT}), "application/json", TEXT),
        (json.dumps({"uri": "a", "body_text": TEXT}), "", TEXT),
        (json.dumps([{"uri": "a", "body_text": TEXT}]), "", TEXT),
        (f'{{"id": "a", "text": "{TEXT}"}}\n{{"id": "b", "text": "{TEXT}"}}', "", TEXT),
    ],
)  # fmt: skip
def test_an_input_without_a_name_is_read_by_its_beginning(data: str, media_type: str, text: str) -> None:
    """What comes from standard input or a server is a page, a feed, news items, JSON Lines or plain text."""
    articles = found(data, media_type=media_type)
    assert {a.text.strip() for a in articles if isinstance(a, Article)} == {text.strip()}
    assert reasons(data, media_type=media_type) == []


@pytest.mark.parametrize(
    ("data", "suffix", "reason"),
    [
        ("", ".txt", "the file is empty"),
        ("%PDF-1.4 broken", "", "cannot be read"),
        (bytes(range(256)) * 8, ".html", "not a text"),
        (bytes(range(256)) * 8, ".jsonl", "not a text"),
        ("<html><body></body></html>", ".html", "no main text"),
        ("<opml><body/></opml>", ".xml", "a list of feeds"),
        (f"<newsMessage {G2}/>", ".xml", "no newsItem"),
        (f"<newsItem {G2}/>", ".xml", "has no text"),
        ("{", ".json", "is no JSON"),
        ("3", ".json", "neither a JSON Feed nor ninjs"),
        ('{"uri": "a", "headline": "Shut"}', ".json", "has no text"),
        ('{"id": "a", "text": ""}', ".jsonl", "the text is empty"),
        ('{"id": "a", "text": " "}', ".jsonl", "the text is empty"),
        ('{"text": "Shut."}', ".jsonl", "the field `id` is missing"),
        ('{"id": "a", "text": {}}', ".jsonl", "a line needs at least"),
        ("[1]", ".jsonl", "the line holds a list"),
        ("Subject: Shut\n\n \n", ".eml", "no text"),
        ("Subject: Shut\nContent-Type: text/plain; charset=no-such\n\nThe quay", ".eml", "cannot be decoded"),
        ("Subject: " + "a" * 20_000 + "\n\nThe quay", ".eml", "the header Subject is longer"),
        ("Content-Type: multipart/mixed; boundary=x\n\n" + "--x\nContent-Type: text/plain\n\na\n" * 600, ".eml", "more than 500 parts"),
    ],
)  # fmt: skip
def test_what_holds_no_report_is_set_aside(data: str | bytes, suffix: str, reason: str) -> None:
    """Each with what it lacks."""
    [said] = reasons(data, suffix)
    assert reason in said


def test_a_message_without_a_day_has_none() -> None:
    """A date that is none is not guessed at; the sender's name stands for a sender without an address."""
    [article] = found("From: Harbour Office\nDate: soon\n\nThe harbour was shut.", ".eml")
    assert isinstance(article, Article)
    assert (article.published, article.title, article.id) == (None, None, "input")


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("Fish &amp; chips ", "Fish & chips"),
        ("<p>One</p><script>no()</script><p>Two<br>Three</p>", "One\n\nTwo\n\nThree"),
        ("One <!-- unseen --><b>bold</b> word", "One bold word"),
        ("5 < 6", "5 < 6"),
    ],
)
def test_pieces_of_html_are_text(fragment: str, text: str) -> None:
    """Blocks stand a blank line apart; scripts and comments are not seen, marks of the text are."""
    assert fragment_text(fragment) == text


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (None, None),
        ("2026-04-14 10:00:00+00:00", "2026-04-14T10:00:00Z"),
        ("2026-02-31", None),
        ("14 April 2026", "2026-04-14"),
        ("last week", None),
    ],
)
def test_a_stamp_is_a_day_or_nothing(value: str | None, day: str | None) -> None:
    """Days that no month has are none."""
    assert normal_date(value) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The quay was shut on Tuesday, April 14, 2026, the office said.", "2026-04-14"),
        ("Read more: https://gazette.example/2026/04/14/crane", "2026-04-14"),
        ("Read more: https://gazette.example/2026/13/44/crane", None),
        ("The quay was shut in the spring of 2026.", None),
    ],
)
def test_a_text_tells_its_day(text: str, day: str | None) -> None:
    """By a weekday beside a date, or by its own address."""
    told = date_in_text(text, None)
    assert (told[0] if told else None) == day


def test_a_place_that_cannot_be_looked_at(tmp_path: Path) -> None:
    """A name too long for any file is an error of whoever gave it, and so is one that is not there."""
    for name, said in (("a" * 5000, "too long"), (str(tmp_path / "gone"), "no such file")):
        with pytest.raises(UsageError, match=said):
            list(read_each([name]))
