"""Reading the library again: whether texts are what their hashes say, and whether spans and rows stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rashomon import codec
from rashomon.model import Annotations, Article, Reject
from rashomon.run.annotating import PART, finder_version
from rashomon.run.progress import Progress, silent
from rashomon.settings import DEFAULT, Settings
from rashomon.store import Store, check_rows, get_articles, known_annotations, library_id, stored_hashes


def check_store(store: Store, progress: Progress = silent, settings: Settings = DEFAULT) -> tuple[int, list[Reject]]:
    """How many articles there are, and everything that is off, by the article or row it is off in."""
    hashes = stored_hashes(store)
    ids = sorted(hashes)
    off: list[Reject] = []
    for n in range(0, len(ids), PART):
        articles = get_articles(store, ids[n : n + PART])
        known = known_annotations(store, articles, finder_version(settings))
        for article in articles:
            off += [Reject(path=article.id, reason=why) for why in _of_text(article, hashes[article.id])]
            if article.id in known:
                off += [Reject(path=article.id, reason=why) for why in _of_spans(article, known[article.id])]
        progress("checking", min(n + PART, len(ids)), len(ids))
    return len(ids), off + check_rows(store)


def _of_text(article: Article, sha256: str) -> Iterator[str]:
    if codec.text_hash(article.text) != sha256:
        yield "the text is not the one that was stored; restore a copy of the library"
    if library_id(article) != article.id:
        yield "the id is not that of this address and text"


def _of_spans(article: Article, own: Annotations) -> Iterator[str]:
    places: Sequence[tuple[str, int, int]] = [
        *(("sentence", s.start, s.end) for s in own.sentences),
        *(("mention", m.start, m.end) for m in own.mentions),
        *(("quote", c.start, c.end) for q in own.quotes for c in q.content),
        *(("figure", f.start, f.end) for f in own.figures),
        *(("time", t.start, t.end) for t in own.times),
        *(("act", a.start, a.end) for a in own.acts),
    ]
    for kind, start, end in places:
        if not 0 <= start < end <= len(article.text):
            yield f"a {kind} points at {start} to {end} of {len(article.text)} characters"
