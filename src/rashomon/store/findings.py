"""Annotations in the library: kept by content, so that a text that comes again is not annotated again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec
import sqlalchemy as sa

from rashomon import codec
from rashomon.model import Annotations, Article
from rashomon.store.articles import AT_ONCE, mark
from rashomon.store.engine import Store
from rashomon.store.tables import findings, names, quotes
from rashomon.text.words import fold_text

ANNOTATED = "annotated"
LONGEST_NAME = 200


def content_key(article: Article) -> str:
    """The hash of all that annotation looks at: not the id, the path or where the text was published."""
    return codec.content_hash(
        codec.encode(msgspec.structs.replace(article, id="", path="", sha256="", source=None, url=None, n_versions=1))
    )


def known_annotations(store: Store, found: Sequence[Article], version: str) -> dict[str, Annotations]:
    """What this finder's version found before in the same content, by article id."""
    keys = {a.id: content_key(a) for a in found}
    kept: dict[str, bytes] = {}
    wanted = sorted(set(keys.values()))
    with store.reading() as connection:
        for n in range(0, len(wanted), AT_ONCE):
            rows = connection.execute(
                sa.select(findings.c.content, findings.c.body).where(
                    findings.c.content.in_(wanted[n : n + AT_ONCE]), findings.c.version == version
                )
            )
            kept |= dict(rows.all())
    return {
        name: msgspec.structs.replace(codec.decode(kept[key], Annotations), article_id=name)
        for name, key in keys.items()
        if key in kept
    }


# What users set right in what was found in an article.
SetRight = Callable[[sa.Connection, Article, Annotations], Annotations]


def put_annotations(
    store: Store, found: Iterable[tuple[Article, Annotations]], version: str, set_right: SetRight
) -> None:
    """Keep what was found in some articles, with the quotes and names that search looks in; all of it or nothing.

    It takes the place of what another version found in the same content. Search looks in what users set right.
    """
    with store.writing() as connection:
        for article, own in found:
            content = content_key(article)
            connection.execute(sa.delete(findings).where(findings.c.content == content))
            connection.execute(sa.insert(findings).values(content=content, version=version, body=codec.encode(own)))
            index_quotes(connection, article, set_right(connection, article, own))
            connection.execute(sa.delete(names).where(names.c.article == article.id))
            mentioned = {fold_text(article.text[m.start : m.end])[:LONGEST_NAME] for m in own.mentions}
            if mentioned - {""}:
                connection.execute(
                    sa.insert(names), [{"article": article.id, "name": name} for name in sorted(mentioned - {""})]
                )
            mark(connection, [article.id], ANNOTATED, version)


def index_quotes(connection: sa.Connection, article: Article, own: Annotations) -> None:
    """Have search look in the quotes of an article, in place of those it had."""
    connection.execute(sa.delete(quotes).where(quotes.c.article == article.id))
    told = [
        {
            "article": article.id,
            "number": n,
            "speaker": quote.speaker_name,
            "speaker_words": fold_text(quote.speaker_name or ""),
            "words": " … ".join(article.text[c.start : c.end] for c in quote.content).replace("\0", " "),
            "start": quote.content[0].start,
            "end": quote.content[-1].end,
        }
        for n, quote in enumerate(own.quotes)
    ]
    if told:
        connection.execute(sa.insert(quotes), told)


def drop_superseded(store: Store, version: str) -> None:
    """Let go of everything that another version found."""
    with store.writing() as connection:
        connection.execute(sa.delete(findings).where(findings.c.version != version))
