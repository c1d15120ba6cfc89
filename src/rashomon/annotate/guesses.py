"""The tagger's guesses at names, cut and widened to what a reader would take for the name.

A title before a person, a preposition behind one, brackets and possessives are cut off; particles, "Jr." and the part of
a name behind a hyphen are taken in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import Span
from rashomon.text.naming import country_of, is_given_name, known_places, known_states

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
LONGEST = 80
_TRIM_LEFT = re.compile(r"(?:the|a|an|this|that)\s{1,20}|[\W_]+", re.IGNORECASE)
_TRIM_RIGHT = re.compile(r"(?:['’]s?|[^\w.]{1,40}|(?<=[a-z])\.)$")
_CAPITALISED = re.compile(r"(?<![^\W\d_])[^\W\d_]*[A-ZÀ-ÖØ-ÞĀ-Ž]")
_SMALL_AFTER = re.compile(r"(?:\s{1,20}(?:via|and|or|of|in|at|on|for|to|from|by|with|as|is|was|said|says|told)){1,6}$")
_SMALL_BEFORE = re.compile(r"(?:(?!al-)[a-zà-öø-ÿ][a-zà-öø-ÿ’'-]{0,40}\s{1,20}){1,20}")
# What tells a father from a son behind a name: ", Jr.", " III".
_SUFFIX = re.compile(r",?\s{1,20}(?:Jr\b\.?|Sr\b\.?|II\b|III\b|IV\b)")
# A preposition inside a person is where the name ends: "Ada Weir of Skarn".
_PREPOSITION = re.compile(r"\s{1,20}(?:of|for|from|in|at|on|with|via|and|to|by)\s{1,20}")
_POSSESSIVE = re.compile(r"['’]s\s")
# A person with the name that friends use between given name and surname: "Adam “Dam” Weir", "Adam (Dam) Weir".
_NICKNAMED = re.compile(
    r"(?<![\w-])(?P<given>[A-Z][a-z’'-]{1,20})(?:\s[A-Z]\.)?\s"
    r"[\"“(](?P<nick>(?:[A-Z]\w{0,20}\s)?[A-Z][\w.’-]{0,20})[\"”)]\s(?P<surname>[A-Z][\w’-]{1,30})(?![\w-])"
)
# Parts of speech that a name does not begin with.
_NO_NAME = frozenset({"AUX", "ADP", "SCONJ", "CCONJ", "DET", "INTJ", "PRON"})
# Tokens behind a hyphen that belong to a name are short ("Min-ho"); longer small ones are words ("Weir-backed").
SHORT = 4
# Shorter words in capitals may be anything, longer ones are shouted.
LONG_ACRONYM = (4, 6)


@dataclass(frozen=True)
class Guess:
    """A form that the tagger took for a name, with its label and whether only its place makes it look like one."""

    form: str
    label: str
    start: int
    is_common: bool

    def holds(self, other: Guess) -> bool:
        """Whether another form stands within this one."""
        return self.start <= other.start < self.start + len(self.form)


def find_guesses(text: str, paragraph: Paragraph) -> list[Guess]:
    """The tagger's names of a paragraph, in order; none of a headline where every word is capitalised."""
    if paragraph.is_heading and _is_title_case(paragraph):
        return []
    entities = [_begun(e) for e in paragraph.doc.ents if e.label_ in LABELS]
    found: list[Guess] = []
    for n, entity in enumerate(entities):
        span = paragraph.span_of(_widened(entity))
        if n + 1 < len(entities) and span.end > paragraph.offset + entities[n + 1].start_char:
            span = Span(span.start, paragraph.offset + entities[n + 1].end_char)
        form = _trimmed(text, span)
        if form is not None:
            found += _told(text, form, entity)
    nicknamed = list(_nicknamed(text, paragraph))
    apart = [g for g in (*found, *_overlooked(paragraph)) if not any(n.holds(g) for n in nicknamed)]
    return sorted([*apart, *nicknamed], key=lambda guess: guess.start)


def _nicknamed(text: str, paragraph: Paragraph) -> Iterator[Guess]:
    """The persons with a nickname inside their name, which the tagger takes for two or three names."""
    for m in _NICKNAMED.finditer(text, paragraph.span.start, paragraph.span.end):
        is_title = m["surname"].lower() in words_of("people", "roles") | words_of("people", "honorifics")
        if is_given_name(m["given"]) and not is_title and m["nick"] not in known_places():
            suffix = _SUFFIX.match(text, m.end())
            yield Guess(m[0] + (suffix[0] if suffix else ""), "PERSON", m.start(), is_common=False)


def _overlooked(paragraph: Paragraph) -> Iterator[Guess]:
    """The subjects of two words, a known given name and another, that the tagger took for no name: "Ada Weir, head of …"."""
    for token in paragraph.doc:
        first = token.nbor(-1) if token.dep_ == "nsubj" and token.pos_ == "PROPN" and token.i > 0 else None
        if first is None or first.head != token or first.i != token.left_edge.i:
            continue
        is_new = not first.ent_type_ and not token.ent_type_ and first.text.istitle() and token.text.istitle()
        if is_new and is_given_name(first.text):
            start = paragraph.offset + first.idx
            yield Guess(paragraph.doc[first.i : token.i + 1].text, "PERSON", start, is_common=False)


def _begun(entity: SpacySpan) -> SpacySpan:
    """The entity without the word that only its place at the sentence's start gave a capital: "Following | Weir"."""
    first = entity[0]
    if len(entity) == 1 or not first.is_sent_start or not (first.pos_ in _NO_NAME or first.tag_ == "VBG"):
        return entity
    rest = entity.doc.char_span(entity[1].idx, entity.end_char, label=entity.label_)
    return entity if rest is None else rest


def _told(text: str, span: Span, entity: SpacySpan) -> list[Guess]:
    """The guesses that an entity makes: one, or those on both sides of a preposition."""
    form = text[span.start : span.end]
    if _is_adjective(form, entity.label_):
        return []
    is_common = (
        len(entity) == 1 and entity[0].pos_ in ("NOUN", "VERB", "ADV", "DET", "INTJ") and entity[0].is_sent_start
    )
    if entity.label_ != "PERSON":
        own = _without_role(form)
        return [Guess(own, entity.label_, span.start, bool(is_common))] if own else []
    if (owner := _POSSESSIVE.search(form)) and owner.start() > 0:
        # "Weir’s Harbour Act" names Weir, "Norland’s Ada Weir" names her
        is_place = form[: owner.start()].lower() in country_of()
        span = Span(span.start + owner.end(), span.end) if is_place else Span(span.start, span.start + owner.start())
        form = text[span.start : span.end]
    cut = _PREPOSITION.search(form)
    if cut and len(form[: cut.start()].split()) > 1:
        front = _person(form[: cut.start()], span.start, is_common=False)
        behind = form[cut.end() :]
        is_place = cut[0].strip() in ("of", "from", "in") and behind[0].isupper()
        return [front, *([Guess(behind, "GPE", span.start + cut.end(), is_common=False)] if is_place else [])]
    if cut:
        return [Guess(form, "ORG", span.start, is_common=False)]
    if suffix := _SUFFIX.match(text, span.end):
        form += suffix[0]
    return [_person(form, span.start, is_common=bool(is_common))]


def _without_role(form: str) -> str:
    """A place or body without the office behind it: "Skarn County | Sheriff"."""
    words = form.split()
    while len(words) > 1 and words[-1].lower() in words_of("people", "roles"):
        words = words[:-1]
    return form[: form.rindex(words[-1]) + len(words[-1])] if words else form


def _person(form: str, start: int, *, is_common: bool) -> Guess:
    words = form.split()
    titles = words_of("people", "honorifics") | words_of("people", "roles") | words_of("people", "ranks")
    last = max((n for n, w in enumerate(words[:-2]) if w.lower() in titles and not is_given_name(w)), default=-1)
    words = words[last + 1 :]
    bare = form[form.index(words[0]) :] if words else form
    return Guess(bare, "PERSON", start + len(form) - len(bare), is_common)


def _is_adjective(form: str, label: str) -> bool:
    """Whether a form only says of which country something is: "Norwegian", "French"."""
    return label in ("NORP", "GPE") and form.lower() in country_of() and form not in known_places()


def _widened(entity: SpacySpan) -> SpacySpan:
    """The entity with what the tagger cut off: "Ursula von der | Leyen", "Han Min | -ho"."""
    doc, end = entity.doc, entity.end
    if entity.label_ != "PERSON":
        return entity
    particles = words_of("people", "particles")
    if entity[-1].lower_ in particles and end < len(doc) and doc[end].shape_.startswith("X"):
        end += 1
    while end + 1 < len(doc) and doc[end].lower_ in particles and doc[end + 1].shape_.startswith("Xx"):
        end += 2
    while (
        end < len(doc)
        and doc[end].text.istitle()
        and doc[end].lower_ in words_of("people", "syllables")
        and not doc[end].is_sent_start
    ):
        end += 1
    if len(entity) == 1 and end == entity.end < len(doc) and _goes_on(doc[end]):
        end += 1
    while end + 1 < len(doc) and doc[end].text in ("-", "‑") and not (doc[end - 1].whitespace_ or doc[end].whitespace_):
        behind = doc[end + 1].text
        if not behind[0].isupper() and (len(behind) > SHORT or behind in words_of("people", "hyphened")):
            break
        end += 2
    return doc[entity.start : end]


def _goes_on(token: Token) -> bool:
    """Whether a word behind a single one that the tagger took for a person belongs to the name: "Li | Haoran"."""
    return token.pos_ == "PROPN" and token.shape_.startswith("Xx") and not token.ent_type_ and not token.is_sent_start


def find_capitals(paragraph: Paragraph) -> list[str]:
    """Long acronyms that the tagger overlooked: a word in capitals among others that are not."""
    if paragraph.is_heading:
        return []
    doc = paragraph.doc
    stray = load_lexicon("people")["stray"]["words"]
    return [
        t.text
        for t in doc
        if t.is_upper
        and t.is_alpha
        and LONG_ACRONYM[0] <= len(t) <= LONG_ACRONYM[1]
        and t.pos_ == "PROPN"
        and t.text not in stray
        and not any(0 <= n < len(doc) and doc[n].is_upper and len(doc[n]) > 1 for n in (t.i - 1, t.i + 1))
    ]


def _is_title_case(paragraph: Paragraph) -> bool:
    words = [t for t in paragraph.doc if t.is_alpha and len(t) > 3]
    return len(words) > 3 and sum(not t.text[0].islower() for t in words) > 0.8 * len(words)


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(form for form in known_states() if form.endswith(".")) | words_of("abbreviations", "closing")


def _trimmed(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while m := _TRIM_LEFT.match(text, start, end):
        start = m.end()
    inner = max((text.rfind(mark, start, end) for mark in '/[](){}"“”'), default=-1)
    if inner >= 0:
        # a bracket or slash inside is the tagger's slip: "Joe] Biden", "Ada Weir/Reuters"
        start, end = (start, text.find("/", start)) if text[inner] == "/" else (inner + 1, end)
        while start < end and text[start].isspace():
            start += 1
    if m := _SMALL_BEFORE.match(text, start, end):
        start = m.end() if m.end() < end and not _begins_with_particle(text[start:end]) else start
    if m := _SMALL_AFTER.search(text[start:end]):
        end = start + m.start()
    while text[start:end].rsplit(maxsplit=1)[-1:] and (m := _TRIM_RIGHT.search(text[start:end])):
        if text[start:end].rsplit(maxsplit=1)[-1] in _abbreviations():
            break
        end = start + m.start()
    form = text[start:end]
    ok = end > start and bool(_CAPITALISED.match(form)) and "\n" not in form and len(form) <= LONGEST
    return Span(start, end) if ok else None


def _begins_with_particle(form: str) -> bool:
    return form.split(maxsplit=1)[0].lower() in words_of("people", "particles")
