"""Whose word a clause is: the speaker of what is told there, if its report says that somebody said it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rashomon.collate.material import Material
from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import Quote, Reading
from rashomon.text.words import fold, split_words, stem, stem_of_saying

# A clause, with what says so ("the chairman promised that …"), is somebody's when this share of it is.
HELD = 0.35
# An office in so many words is any: "the agency", "officials".
LEAST_OFFICE = 2


def holder_of(material: Material, place: Reading) -> str | None:
    """Who said what a clause tells, as its report resolves the name; nobody where the clause itself tells that it was said."""
    return next((name for name in _voices(material, place) if name), None)


def is_of_somebody_unknown(material: Material, place: Reading) -> bool:
    """Whether a report says that a clause was said, and not by whom."""
    voices = list(_voices(material, place))
    return bool(voices) and not any(voices)


def _voices(material: Material, place: Reading) -> Iterator[str | None]:
    """Who is said to have said what a clause tells, statement by statement; None where it is not told who."""
    clause = material.clause_at(place)
    core = clause.core if clause is not None else None
    for quote in material.found[place.article].quotes:
        if (
            any(
                min(c.end, place.end) - max(c.start, place.start) > HELD * (place.end - place.start)
                for c in quote.content
            )
            and not (core and quote.cue and core.start <= quote.cue.start < core.end)
            and _is_saying(material, place.article, quote)
        ):
            yield None if _is_hearsay(material, place.article, quote) else _name_of(material, place.article, quote)


def _name_of(material: Material, article: str, quote: Quote) -> str | None:
    """Who said a quote: by name, or as its report calls an office that it does not name: "the civil defence agency"."""
    if quote.speaker_name is not None or quote.speaker is None:
        return quote.speaker_name
    words = split_words(material.text(article, quote.speaker))
    is_office = not offices().isdisjoint(fold(w) for w in words[-1:])
    return " ".join(words) if is_office and len(words) > LEAST_OFFICE else None


def _is_hearsay(material: Material, article: str, quote: Quote) -> bool:
    """Whether nobody is told to have said it: of what somebody "reportedly" did, somebody else reports."""
    return quote.cue is not None and material.text(article, quote.cue).endswith("ly")


def _is_saying(material: Material, article: str, quote: Quote) -> bool:
    """Whether a quote's cue says that its words were said: "said", "according to"; who learns, or is sentenced, says nothing.

    Records show what people say.
    """
    cue = split_words(material.text(article, quote.cue)) if quote.cue is not None else []
    is_record = any(fold(w) in words_of("framing", "records") for w in split_words(quote.speaker_name or "")[-1:])
    return any(stem_of_saying(w) in saying() or (is_record and stem(w) in _showing()) for w in cue)


@lru_cache(maxsize=1)
def offices() -> frozenset[str]:
    """Nouns for bodies, which speak without a name where a word says which: "the civil defence agency"."""
    return frozenset(load_lexicon("organisations")["named_by"]["organisation"].split())


@lru_cache(maxsize=1)
def _showing() -> frozenset[str]:
    """The stems of words for what a record does."""
    return frozenset(stem(w) for w in words_of("framing", "showing"))


@lru_cache(maxsize=1)
def saying() -> frozenset[str]:
    """The stems of the words of a cue by which what is told is somebody's."""
    return frozenset(stem(w) for w in words_of("framing", "only_says") | words_of("briefing", "sourcing"))
