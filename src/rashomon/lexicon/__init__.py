"""Word lists and patterns, one folder a language, one commented TOML file a subject. A second language is a folder."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@lru_cache(maxsize=64)
def load_lexicon(subject: str, language: str = "en") -> dict[str, Any]:
    """The tables of one subject, as TOML gives them."""
    return tomllib.loads((FOLDER / language / f"{subject}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=256)
def words_of(subject: str, table: str, language: str = "en") -> frozenset[str]:
    """A list of words as a set; the lists are written as one string of words or as an array."""
    return frozenset(_items(load_lexicon(subject, language)[table]))


def alternation(words: frozenset[str] | dict[str, Any] | list[str]) -> str:
    """The words as the inside of a regular expression, longest first, blanks matching any white space."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,20}") for word in longest_first)


def few_blanks(pattern: str) -> str:
    """A pattern whose blanks, however many it asks for, are up to 20, so that no long run is read again from each of its places."""
    return pattern.replace(r"\s+", r"\s{1,20}").replace(r"\s*", r"\s{0,20}").replace(r"[\s-]+", r"[\s-]{1,20}")


def dotted(words: dict[str, Any]) -> str:
    """Names of months and days as the inside of a regular expression; a full stop belongs to an abbreviation only ("Feb.", not "May.")."""
    return rf"(?:{alternation(shortened(words))})\b\.|(?:{alternation(words)})\b"


def shortened(words: dict[str, Any]) -> frozenset[str]:
    """Those of the names of months or days that abbreviate another."""
    return frozenset(
        word
        for word in words
        if word in ("jun", "jul")
        or (len(word) <= 5 and any(w != word and w.startswith(word) and len(w) > 5 for w in words))
    )


def _items(value: str | list[str]) -> list[str]:
    return value.split() if isinstance(value, str) else value
