"""Plain text and Markdown: the text as decoded, with what its lines say about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from rashomon.codec import content_hash, encode, text_hash
from rashomon.errors import TextTooLongError, UsageError
from rashomon.model import Article, Basis, Reject
from rashomon.read.credits import find_credits
from rashomon.read.furniture import find_completeness, find_layout
from rashomon.read.language import detect_language
from rashomon.read.payload import NOT_A_TEXT, Payload
from rashomon.read.published import date_in_text, normal_date

_ORIGINAL_URL = re.compile(
    r"original\s{1,20}(?:url|article|link|source)\s{0,20}:?\s{0,20}<?(https?://[^\s<>]+)", re.IGNORECASE
)
# The longest reports of newspapers have a tenth of this; a book, a log or a dump is no report.
MOST_CHARACTERS = 1_000_000
_HALF = re.compile(r"[\ud800-\udfff]")


def read_plain(payload: Payload) -> Iterator[Article | Reject]:
    """One article."""
    if payload.text is None:
        yield payload.reject(NOT_A_TEXT)
    else:
        yield build_article(id=payload.stem, path=payload.name, text=payload.text, sha256=payload.sha256)


def article_of_text(
    text: str,
    *,
    title: str | None,
    published: str | None,
    source: str | None,
    url: str | None,
    language: str | None,
) -> Article:
    """The article that a text is, named by what it says. Raises `UsageError` for an empty text or a day that is none."""
    given = {"text": text, "title": title, "published": published, "source": source, "url": url, "language": language}
    for name, value in given.items():
        if not isinstance(value, str) and (value is not None or name == "text"):
            raise UsageError(f"{name} is {value!r:.80}; an article is made of strings")
    if not text.strip():
        raise UsageError("the text is empty; an article needs words")
    if published is not None and normal_date(published) is None:
        raise UsageError(f"{published!r:.80} is no day; write published='2025-02-23' or '2025-02-23T12:41Z'")
    name = f"t{content_hash(encode([whole(value or '') for value in given.values()]))[:12]}"
    return build_article(
        id=name, path=name, text=text, source=source, url=url, title=title, published=published, language=language
    )


def build_article(
    *,
    id: str,  # noqa: A002 - the field's name in the contract
    path: str,
    text: str,
    sha256: str | None = None,
    source: str | None = None,
    url: str | None = None,
    title: str | None = None,
    byline: str | None = None,
    published: str | None = None,
    modified: str | None = None,
    language: str | None = None,
) -> Article:
    """An article from its text and whatever metadata came with it; what is missing is looked for in the text.

    Metadata come as the input has them: a list or a number where words are asked for says nothing. Raises
    `TextTooLongError` for what is longer than any report.
    """
    if len(text) > MOST_CHARACTERS:
        raise TextTooLongError(f"the text has {len(text):,} characters; no report has more than {MOST_CHARACTERS:,}")
    text = whole(text)
    source, url, title, byline = string_of(source), string_of(url), string_of(title), string_of(byline)
    published, modified, language = string_of(published), string_of(modified), string_of(language)
    layout = find_layout(text)
    if layout.title and title is None:
        title = text[layout.title.start : layout.title.end]
    address = _ORIGINAL_URL.search(text)
    url = url or (address[1] if address else None)
    day, basis = normal_date(published), Basis(kind="metadata")
    if day is None:
        dated = date_in_text(text, layout.published)
        day, basis = dated or (None, basis)
    changed = layout.modified and normal_date(text[layout.modified.start : layout.modified.end])
    return Article(
        id=whole(id),
        path=whole(path),
        text=text,
        sha256=sha256 or text_hash(text),
        source=source or (source_of(url) if url else None),
        url=url,
        title=title,
        title_span=layout.title,
        byline=byline or layout.byline,
        language=language or detect_language(text),
        published=day,
        published_basis=basis if day else None,
        modified=normal_date(modified) or changed or None,
        furniture=layout.furniture,
        credits=find_credits(text),
        completeness=find_completeness(text, layout.furniture),
    )


def with_title(title: str | None, body: str) -> str:
    """A text that begins with its title, which it may do already."""
    return body if not title or body.lstrip().startswith(title) else f"{title}\n\n{body}"


def string_of(value: object) -> str | None:
    """What a field holds where it holds words, else None."""
    return whole(value) if isinstance(value, str) and value else None


def whole(words: str) -> str:
    """Words with a replacement character for each half of a surrogate pair, which no encoding can write."""
    return _HALF.sub("\ufffd", words)


def source_of(url: str) -> str | None:
    """The host of an address without `www.`: who publishes, as far as an address can tell."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
