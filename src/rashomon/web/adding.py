"""What a request may add: texts, addresses and files that came with it. Nothing of the server's own files can be named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from rashomon import codec
from rashomon.errors import UsageError
from rashomon.model import Added, Article, Reject
from rashomon.read.forms import ARCHIVES, READERS, read_payload, reader_of
from rashomon.read.opml import read_opml
from rashomon.read.payload import Payload
from rashomon.run.fetch import Fetcher
from rashomon.run.library import Library
from rashomon.run.progress import Progress
from rashomon.web.jobs import Job, Jobs
from rashomon.web.options import Options

KIND = "add"
LIST_OF_FEEDS = ".opml"
# What may stand in the name of a file that was sent.
_ODD = re.compile(r"[^\w .,()+-]")
LONGEST_NAME = 120

Address = Annotated[str, Meta(pattern=r"^https?://[^\s/?#]", max_length=2000)]
ShortText = Annotated[str, Meta(max_length=1000)]


class TextGiven(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report as it was pasted. What is not given is looked for in the text."""

    text: Annotated[str, Meta(min_length=1, max_length=1_000_000)]
    title: ShortText | None = None
    published: ShortText | None = None
    source: ShortText | None = None
    url: Address | None = None


class Given(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Texts to add, and addresses of pages, feeds and lists of feeds to fetch."""

    texts: Annotated[tuple[TextGiven, ...], Meta(max_length=200)] = ()
    urls: Annotated[tuple[Address, ...], Meta(max_length=200)] = ()


def add_given(jobs: Jobs, options: Options, given: Given, files: Sequence[tuple[str, bytes]] = ()) -> Job:
    """The job that adds what a request gave. Raises `UsageError` where it gave nothing, or a text that is none."""
    if not given.texts and not given.urls and not files:
        raise UsageError("nothing was given to add; give texts, urls or files")
    if len(files) > options.max_items:
        raise UsageError(f"{len(files)} files at once; send at most {options.max_items}")
    articles = [
        Article.from_text(own.text, title=own.title, published=own.published, source=own.source, url=own.url)
        for own in given.texts
    ]
    payloads = [Payload(harmless_name(name), data) for name, data in files]
    key = codec.content_hash(codec.encode([given, [(p.name, p.sha256) for p in payloads]]))

    def work(progress: Progress) -> Added:
        return jobs.hands.call(progress, _add, options, [*articles], [*given.urls], payloads)

    return jobs.submit(KIND, key, work)


def add_again(jobs: Jobs, options: Options) -> Job:
    """The job that tries all addresses again that could not be fetched."""

    def work(progress: Progress) -> Added:
        return jobs.hands.call(progress, _add_again, options)

    return jobs.submit(KIND, "again", work)


def harmless_name(name: str) -> str:
    """The last part of a file's name, of letters, digits and a few marks: it names a source and leads nowhere."""
    last = PurePosixPath(name.replace("\\", "/").replace("\0", "")).name
    return _ODD.sub("_", last).strip(". ")[-LONGEST_NAME:] or "upload"


def _add(
    library: Library,
    progress: Progress,
    options: Options,
    articles: list[Article],
    urls: list[str],
    payloads: Sequence[Payload],
) -> Added:
    rejects: list[Reject] = []
    for payload in payloads:
        suffix = PurePosixPath(payload.name).suffix.lower()
        if payload.name.lower().endswith(ARCHIVES):
            rejects.append(payload.reject("archives are added on the server: rashomon add FILE"))
        elif suffix == LIST_OF_FEEDS:
            try:
                urls += read_opml(payload.data, payload.name)
            except UsageError as error:
                rejects.append(payload.reject(str(error)))
        else:
            for found in read_payload(payload, READERS.get(suffix) or reader_of(payload)):
                if isinstance(found, Article):
                    articles.append(found)
                else:
                    rejects.append(found)
    fetcher = Fetcher(allow_private=options.allow_private)
    # a location that is no address would be a file of this machine
    addresses = [url for url in urls if url.startswith(("http://", "https://"))]
    added = library.add(*articles, *addresses, fetcher=fetcher, workers=1, progress=progress)
    return msgspec.structs.replace(added, failed=(*added.failed, *rejects))


def _add_again(library: Library, progress: Progress, options: Options) -> Added:
    failed = [reject.path for reject in library.failures()]
    return _add(library, progress, options, [], failed, ())
