"""What grouping looks at in an article: its telling words, names, numbers, title and opening, as hashes with counts.

A profile depends on its article alone, so it is made once and kept; two profiles are all that a pair is judged by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rashomon.model import Article
from rashomon.text.dates import read_day
from rashomon.text.vectors import embed
from rashomon.text.words import STOP, fold, stem

# The parts of a profile, in order; the first four have terms of their own, title and opening are counted in the words'.
FIELDS = ("words", "names", "full_names", "numbers", "title", "opening")
TERMS = range(4)
# The news stands in the first paragraphs (the inverted pyramid): so many words are the opening.
OPENING_WORDS = 90
# What the vector of a text is made of, in characters: more blurs it.
BEGINNING = 1500
# Longer texts say no more of which event they report; the rest is left unread.
LONGEST = 60_000
# Changes whenever a profile of the same text would change.
PROFILE_VERSION = 1
# What a model of profiles, or a counting of their terms, was made of.
TERM_VERSION = f"profile {PROFILE_VERSION}"

_TERM = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# A capitalised word that does not begin a sentence or line.
_NAME = re.compile(
    r"(?<![.!?\n]\s)(?<![.!?\n]\s\s)(?<=[\s(“\"])[^\W\d_a-z][\w'’.-]+(?:\s[^\W\d_a-z][\w'’.-]+)*", re.UNICODE
)
_NUMBER = re.compile(r"\b(\d[\d,.:]*\d|\d)(?:[\s-]+([a-z]{3,}))?")

Hashes = NDArray[np.uint32]
Counts = NDArray[np.uint8]
Vectors = NDArray[np.float16]


@dataclass(frozen=True)
class Profile:
    """One article as grouping sees it.

    `hashes` and `counts` hold the fields one after the other, field k in `bounds[k]:bounds[k + 1]`, hashes ascending
    within a field. `vectors` has a row for the title and one for title and beginning, unit length. `day` is the proleptic ordinal of the day of publication, None where it is unknown.
    """

    id: str
    source: str
    day: int | None
    n_chars: int
    bounds: tuple[int, ...]
    hashes: Hashes
    counts: Counts
    vectors: Vectors

    def field(self, number: int) -> tuple[Hashes, Counts]:
        """The hashes of a field, and how often each stands in the article (255 at most)."""
        own = slice(self.bounds[number], self.bounds[number + 1])
        return self.hashes[own], self.counts[own]


def profiles(articles: Sequence[Article]) -> list[Profile]:
    """The profiles of some articles' titles and texts."""
    vectors = embed(
        [words for a in articles for words in (a.title or "", f"{a.title or ''}. {a.text[:BEGINNING]}")]
    ).astype(np.float16)
    return [_profile(article, vectors[2 * n : 2 * n + 2]) for n, article in enumerate(articles)]


def _profile(article: Article, vectors: Vectors) -> Profile:
    terms = find_terms(article)
    stems = [term for term, _ in terms["words"]]
    n_title = len(_words(article.title or ""))
    fields = (
        _hashed("words", stems),
        *(_hashed(kind, (term for term, _ in terms[kind])) for kind in ("names", "full_names", "numbers")),
        _hashed("words", stems[:n_title]),
        _hashed("words", stems[n_title : n_title + OPENING_WORDS]),
    )
    ends = np.cumsum([len(hashes) for hashes, _ in fields]).tolist()
    return Profile(
        id=article.id,
        source=(article.source or "").split(":", 1)[0].lower(),
        day=day.toordinal() if (day := read_day(article.published)) else None,
        n_chars=len(article.text),
        bounds=(0, *ends),
        hashes=np.concatenate([hashes for hashes, _ in fields]),
        counts=np.concatenate([counts for _, counts in fields]),
        vectors=vectors,
    )


def find_terms(article: Article) -> dict[str, list[tuple[str, str]]]:
    """The terms of title and text by kind, each in the form that is compared and as written, in order."""
    text = f"{article.title or ''}\n{_reporting(article)}"
    names, full_names = [], []
    for match in _NAME.finditer(text):
        words = [(folded, w) for w in match[0].split() if (folded := fold(w.strip(".'’-")))]
        names += [(folded, w) for folded, w in words if len(folded) > 2 and folded not in STOP]
        full_names += [(f"{a} {b}", f"{x} {y}") for (a, x), (b, y) in pairwise(words)]
    return {
        "words": _words(text),
        "names": names,
        "full_names": full_names,
        "numbers": [(m[1] + (m[2] or ""), m[0]) for m in _NUMBER.finditer(text)],
    }


def _words(text: str) -> list[tuple[str, str]]:
    written = ((m[0], fold(m[0])) for m in _TERM.finditer(text))
    return [(stem(folded), word) for word, folded in written if len(folded) > 1 and folded not in STOP]


def hash_term(kind: str, term: str) -> int:
    """The number a term goes by; words, names, full names and numbers each have their own."""
    return crc32(f"{kind} {term}".encode())


def _reporting(article: Article) -> str:
    """The text up to `LONGEST`, without its furniture."""
    ends = [0, *(span.end for span in article.furniture)]
    starts = [*(span.start for span in article.furniture), len(article.text)]
    return "\n".join(article.text[a:b] for a, b in zip(ends, starts, strict=True) if a < b)[:LONGEST]


def _hashed(kind: str, terms: Iterable[str]) -> tuple[Hashes, Counts]:
    counted = Counter(hash_term(kind, term) for term in terms)
    hashes = np.fromiter(counted, np.uint32, len(counted))
    counts = np.minimum(np.fromiter(counted.values(), np.int64, len(counted)), 255).astype(np.uint8)
    order = np.argsort(hashes)
    return hashes[order], counts[order]


class _Packed(Struct, frozen=True, array_like=True):
    """A profile on disk; the arrays as little-endian bytes."""

    id: str
    source: str
    day: int | None
    n_chars: int
    bounds: tuple[int, ...]
    hashes: bytes
    counts: bytes
    vectors: bytes


def pack(own: Profile) -> bytes:
    """The bytes of a profile."""
    return msgspec.msgpack.encode(
        _Packed(
            own.id,
            own.source,
            own.day,
            own.n_chars,
            own.bounds,
            own.hashes.astype("<u4").tobytes(),
            own.counts.tobytes(),
            own.vectors.astype("<f2").tobytes(),
        )
    )


def unpack(data: bytes) -> Profile:
    """The profile that `pack` made bytes of."""
    own = msgspec.msgpack.decode(data, type=_Packed)
    return Profile(
        own.id,
        own.source,
        own.day,
        own.n_chars,
        own.bounds,
        np.frombuffer(own.hashes, "<u4").astype(np.uint32),
        np.frombuffer(own.counts, np.uint8),
        np.frombuffer(own.vectors, "<f2").astype(np.float16).reshape(2, -1),
    )
