"""Carrying out what users set right in the rows of collations: for the articles, and the versions of pages, that are there now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from rashomon.collate.corrections import correct_speakers
from rashomon.errors import CorrectionError
from rashomon.model import Annotations, Article, Correction, Place, Reject
from rashomon.store import Transaction, all_versions, row_corrections
from rashomon.text.places import find_again

Done = TypeVar("Done")


def corrections_for(connection: Transaction, articles: Sequence[Article]) -> list[tuple[int, Correction]]:
    """The corrections that hold for rows of some articles, in order, each said of these articles.

    Of several versions of a page only one may be among them.
    """
    texts = {a.id: a.text for a in articles}
    now = {v: a for a, own in all_versions(connection, texts).items() for v in own}
    held = [k for k in row_corrections(connection, texts) if k.holds]
    return [
        (k.number, msgspec.structs.replace(k.correction, places=_moved(k.correction.places, now, texts)))
        for k in held
        if isinstance(k.correction, Correction)
    ]


def set_right(connection: Transaction, article: Article, found: Annotations) -> Annotations:
    """What is found in an article, with its speakers as users set them right."""
    known = [(n, c) for n, c in corrections_for(connection, [article]) if c.kind == "speaker"]
    return applied(known, lambda own: correct_speakers([article], [found], own))[0][0]


def applied(
    known: Iterable[tuple[int, Correction]], work: Callable[[list[Correction]], Done]
) -> tuple[Done, tuple[Reject, ...]]:
    """What some work gives with corrections, and those that do not apply any more, set aside with the reason."""
    held, aside = list(known), list[Reject]()
    while True:
        try:
            return work([correction for _, correction in held]), tuple(aside)
        except CorrectionError as error:
            if error.place is None:
                raise
            number, _ = held.pop(error.place - 1)
            aside.append(Reject(path=f"correction {number}", reason=f"does not apply: {error.why}"))


def _moved(places: Iterable[Place], now: dict[str, str], texts: dict[str, str]) -> tuple[Place, ...]:
    """Places in the versions that pages have now; where the words are gone a place stays as it was, and does not apply."""
    moved = []
    for place in places:
        if (article := now.get(place.article)) is None:
            continue
        at = find_again(texts[article], place.words, place.at) if place.words else place.at
        moved.append(Place(article=article, at=place.at if at is None else at, words=place.words))
    return tuple(dict.fromkeys(moved))
