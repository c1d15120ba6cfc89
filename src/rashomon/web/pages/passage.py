"""What readers do at a passage of a report: set right who speaks or of which day it is, write a note; and what they wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from rashomon.errors import UsageError
from rashomon.model import Annotations, Article, Correction, Note, Place, Span
from rashomon.report.view.words import shorten
from rashomon.run.library import Library
from rashomon.run.noting import LONGEST_NOTE
from rashomon.text.places import find_again
from rashomon.web.correcting import may_delete
from rashomon.web.pages.showing import number_in, person_link, report_link, say_when
from rashomon.web.safety.viewers import Viewer

# Names that are proposed as a speaker.
MOST_PROPOSED = 80
# Characters of a passage that are shown where it is named.
MOST_SHOWN = 160


class Speaking(Struct, frozen=True):
    """Words that somebody says at a passage, and who that is held to be."""

    at: int
    words: str
    speaker: str
    href: str


class AtPassage(Struct, frozen=True):
    """The passage that was asked for: what is said there, who may be said to say it, and the last change of any correction."""

    start: int
    end: int
    speaking: tuple[Speaking, ...]
    names: tuple[str, ...]
    seen: int
    longest: int = LONGEST_NOTE


class ReaderNote(Struct, frozen=True):
    """What a reader wrote on some words."""

    number: int
    words: str
    text: str
    who: str
    when: str
    href: str
    can_delete: bool


def view_passage(found: Annotations, text: str, asked: Span, names: Iterable[str], seen: int) -> AtPassage:
    """What can be set right at a passage."""
    speaking = tuple(
        Speaking(
            at=quote.content[0].start,
            words=shorten(" … ".join(text[c.start : c.end] for c in quote.content), MOST_SHOWN),
            speaker=quote.speaker_name or "",
            href=person_link(quote.speaker_name) if quote.speaker_name else "",
        )
        for quote in found.quotes
        if any(c.start < asked.end and c.end > asked.start for c in quote.content)
    )
    known = sorted({*names, *(q.speaker_name for q in found.quotes if q.speaker_name)})
    return AtPassage(asked.start, asked.end, speaking, tuple(known[:MOST_PROPOSED]), seen)


def place_notes(
    library: Library, article: Article, notes: Sequence[Note], viewer: Viewer
) -> Iterator[tuple[int | None, ReaderNote]]:
    """The notes on a report, each with where its words stand in this version; None where they are gone."""
    texts = {article.id: article.text}
    for note in notes:
        if note.article not in texts:
            texts[note.article] = library.article(note.article).text
        words = texts[note.article][note.start : note.end]
        at = note.start if note.article == article.id else find_again(article.text, words, note.start)
        shown = (note.article, note.start) if at is None else (article.id, at)
        yield (
            at,
            ReaderNote(
                number=note.number,
                words=shorten(" ".join(words.split()), MOST_SHOWN),
                text=note.text,
                who=note.who,
                when=say_when(note.at),
                href=report_link(*shown, shown[1] + len(words)),
                can_delete=may_delete(viewer, note),
            ),
        )


def read_correction(article: str, form: Any) -> Correction:
    """The correction that a form of a report asks for."""
    kind, value = str(form.get("kind") or ""), " ".join(str(form.get("value") or "").split())
    if not value:
        raise UsageError("write who says it" if kind == "speaker" else "choose a day")
    if kind == "date":
        return Correction(kind="date", places=(Place(article=article, at=0),), value=value)
    return Correction(kind="speaker", places=(Place(article=article, at=number_in(form, "at")),), value=value)
