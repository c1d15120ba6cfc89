"""Words with their offsets, and the forms in which two words count as one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer
from anyascii import anyascii

from rashomon.lexicon import load_lexicon, words_of

WORD = re.compile(r"[^\W_]+(?:[.'’\-‑–][^\W_]+)*", re.UNICODE)

# Longer words are cut for search: PostgreSQL would pass over them.
LONGEST_WORD = 100
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_JOINTS = re.compile(r"[.-]")

_stemmer = snowballstemmer.stemmer("english")

# Function words of English: too common to say what a sentence is about.
STOP = words_of("words", "stop")


class Word(NamedTuple):
    """A word of a text: as written, and where."""

    text: str
    start: int
    end: int


def find_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of `text[start:end]`, offsets counted in `text`; inner hyphens and apostrophes belong to a word."""
    return [Word._make((m[0], *m.span())) for m in WORD.finditer(text, start, len(text) if end is None else end)]


def split_words(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """The words of `text[start:end]` as written, without their places."""
    return WORD.findall(text, start, len(text) if end is None else end)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """A word without case, accents, typographic marks and possessive ending: `Tessmar’s` and `TESSMAR` are `tessmar`."""
    folded = (word if word.isascii() else anyascii(word)).lower()
    for ending in ("'s", "'"):
        folded = folded.removesuffix(ending)
    return folded.replace(".", "").replace("'", "")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball (Porter2) stem of the folded word, so that `negotiating` meets `negotiations`."""
    return str(_stemmer.stemWord(fold(word)))


def stem_of_saying(word: str) -> str:
    """The stem of a word; that of the verb for an irregular past of a verb of saying or thinking: `said` meets `says`."""
    folded = fold(word)
    return stem(_pasts().get(folded, folded))


@lru_cache(maxsize=1)
def _pasts() -> dict[str, str]:
    table: dict[str, str] = load_lexicon("words")["pasts"]
    return table


def content_stems(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """The stems of the words that carry meaning, in order, repeats kept."""
    return [s for word in split_words(text, start, end) if (s := content_stem(word)) is not None]


@lru_cache(maxsize=200_000)
def content_stem(word: str) -> str | None:
    """The stem of a word that carries meaning; None for a function word."""
    return None if fold(word) in STOP else stem(word)


def fold_text(text: str) -> str:
    """A text as search compares it: its folded words with a space between, compounds apart and initials together.

    `Östen’s 60-metre U.S. crane` is `osten 60 metre us crane`; only letters and digits of ASCII and single spaces are left.
    """
    plain = _NOT_ASCII.sub(lambda m: anyascii(m[0]), text)
    return " ".join(folded for word in find_words(plain) for part in _parts(word.text) if (folded := fold(part)))


def _parts(word: str) -> list[str]:
    parts = _JOINTS.split(word)
    together = ["".join(parts)] if all(len(part) == 1 and part.isalpha() for part in parts) else parts
    return [part[:LONGEST_WORD] for part in together]
