"""Places where someone or something is named.

The tagger's entities are a first guess; the article as a whole corrects it. One form has one kind throughout an article
(the most frequent guess, persons first), a surname follows its full name, countries and capitals come from the lexicon,
and every further occurrence of a known form counts, whether the tagger saw it or not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.lexicon import alternation, load_lexicon, words_of
from rashomon.model import Mention, MentionKind, Span
from rashomon.text.naming import country_of, is_given_name, known_places, strip_honorific
from rashomon.text.words import find_words

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

KINDS: dict[str, MentionKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}
_TRIM_LEFT = re.compile(r"(?:the|a|an|this|that)\s{1,20}|[\W_]+", re.IGNORECASE)
_TRIM_RIGHT = re.compile(r"(?:['’]s?|[^\w.]{1,40}|(?<=[a-z])\.)$")
_HANDLE = re.compile(r"(?<!\w)@\w{3,}")
_PARTICLES = frozenset(
    [
        "von",
        "van",
        "der",
        "den",
        "de",
        "del",
        "della",
        "da",
        "di",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "dos",
        "ter",
        "zu",
    ]
)
# A given name that the report put into somebody's words: "(Ada) Weir".
_INSERTED = re.compile(r"\((?P<given>[A-Z]\w{1,40})\)\s{1,20}$")
_CAPITALISED = re.compile(r"(?<![^\W\d_])[^\W\d_]*[A-ZÀ-ÖØ-ÞĀ-Ž]")


def find_mentions(parsed: Parsed) -> tuple[Mention, ...]:
    """Every mention in order of place, none overlapping another."""
    text = parsed.article.text
    guesses = [guess for paragraph in parsed.paragraphs for guess in _guesses(text, paragraph)]
    kinds = _settle_kinds(text, guesses)
    body_patterns = _body_patterns(text, kinds)
    found = {
        span: kind
        for paragraph in parsed.paragraphs
        for span, kind in _occurrences(text, paragraph, kinds, body_patterns)
    }
    descriptions = {
        span: description
        for paragraph in parsed.paragraphs
        for span, description in _descriptions(paragraph, [s for s in found if _inside(s, paragraph.span)], found)
    }
    return tuple(
        Mention(start=span.start, end=span.end, kind=kind, description=descriptions.get(span))
        for span, kind in sorted(found.items())
    )


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _guesses(text: str, paragraph: Paragraph) -> list[tuple[str, str]]:
    entities = [e for e in paragraph.doc.ents if e.label_ in KINDS]
    pairs = []
    for n, entity in enumerate(entities):
        span = paragraph.span_of(_widened(entity))
        if n + 1 < len(entities) and span.end > paragraph.offset + entities[n + 1].start_char:
            span = Span(span.start, paragraph.offset + entities[n + 1].end_char)
        form = _trimmed(text, span)
        if form and _is_adjective(text[form.start : form.end], entity.label_):
            continue
        if form and not (paragraph.is_heading and _is_title_case(paragraph)):
            pairs.append((text[form.start : form.end], entity.label_))
    return pairs


def _is_adjective(form: str, label: str) -> bool:
    """Whether a form only says of which country something is: "Ukrainian", "French"."""
    return label in ("NORP", "GPE") and form.lower() in country_of() and form not in known_places()


def _widened(entity: SpacySpan) -> SpacySpan:
    """The entity with a following particle and name the tagger cut off ("Ursula von der | Leyen")."""
    doc, end = entity.doc, entity.end
    if entity.label_ != "PERSON":
        return entity
    if entity[-1].lower_ in _PARTICLES and end < len(doc) and doc[end].shape_.startswith("X"):
        end += 1
    while end + 1 < len(doc) and doc[end].lower_ in _PARTICLES and doc[end + 1].shape_.startswith("Xx"):
        end += 2
    return doc[entity.start : end]


def _is_title_case(paragraph: Paragraph) -> bool:
    words = [t for t in paragraph.doc if t.is_alpha and len(t) > 3]
    return len(words) > 3 and sum(not t.text[0].islower() for t in words) > 0.8 * len(words)


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
    while m := _TRIM_RIGHT.search(text, max(start, end - 41), end):
        end = m.start()
    form = text[start:end]
    ok = end > start and bool(_CAPITALISED.match(form)) and "\n" not in form and len(form) <= 80
    return Span(start, end) if ok else None


def _settle_kinds(text: str, guesses: list[tuple[str, str]]) -> dict[str, MentionKind]:
    """One kind for each form of the article."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for form, label in guesses:
        votes[strip_honorific(form)][label] += 1
    places = known_places()
    kinds: dict[str, MentionKind] = {}
    surnames: set[str] = set()
    for form, count in sorted(votes.items(), key=lambda item: (-len(item[0].split()), item[0])):
        if form in places:
            continue
        words = form.split()
        if len(words) == 1 and form in surnames:
            kinds[form] = "person"
            continue
        label = max(count, key=lambda name: (count[name] + (name == "PERSON") * 0.5, name))
        if _follows_place_word(text, form):
            label = "GPE"
        kinds[form] = KINDS[label]
        if 2 <= len(words) <= 4 and (
            label == "PERSON" or (label == "ORG" and is_given_name(words[0]) and len(words) == 2)
        ):
            kinds[form] = "person"
            surnames.add(words[-1])
    known = surnames | {form for form, kind in kinds.items() if kind == "person" and " " not in form}
    for form in _full_names(text, known):
        kinds.setdefault(form, "person")
    for form in surnames:
        kinds.setdefault(form, "person")
    small = frozenset(w.text for w in find_words(text) if w.text.islower())
    for form in list(kinds):
        if form.lower() in words_of("people", "honorifics") or _is_noise(form, small):
            del kinds[form]
    return {**places, **kinds}


def _full_names(text: str, surnames: set[str]) -> list[str]:
    """A given name before a surname the article uses, where the tagger saw no name: "Rahm Emanuel"."""
    if not surnames:
        return []
    pattern = re.compile(rf"(?<![\w-])([A-Z]\w+) (?:[A-Z]\. )?(?:{alternation(list(surnames))})(?!\w)")
    return sorted({m[0] for m in pattern.finditer(text) if is_given_name(m[1])})


@lru_cache(maxsize=1)
def _place_word() -> re.Pattern[str]:
    return re.compile(load_lexicon("organisations")["place_of"], re.IGNORECASE)


def _follows_place_word(text: str, form: str) -> bool:
    at = text.find(form)
    return at > 0 and bool(_place_word().search(text[max(0, at - 30) : at]))


def _is_noise(form: str, small: frozenset[str]) -> bool:
    """A word the tagger took for a name though the text writes it small elsewhere, or that is no name at all."""
    if (form.isupper() and len(form) > 6 and " " in form) or form in load_lexicon("people")["stray"]["words"]:
        return True
    return form.istitle() and form.lower() in small and form.lower() not in country_of()


def _occurrences(
    text: str, paragraph: Paragraph, kinds: dict[str, MentionKind], body_patterns: tuple[re.Pattern[str], ...]
) -> list[tuple[Span, MentionKind]]:
    pattern = _forms_pattern(tuple(sorted(kinds)))
    found: list[tuple[Span, MentionKind]] = []
    for m in pattern.finditer(text, paragraph.span.start, paragraph.span.end):
        form = m["form"]
        kind = kinds.get(form) or kinds.get(re.sub(r"\s+", " ", form))
        if kind is None:
            continue
        start = m.start("form")
        title = (m["title"] or "").strip().lower()
        one_word = " " not in form and form.lower() not in _PARTICLES
        if kind == "person" and title and (one_word or title in words_of("people", "ranks")):
            start = m.start("title")
        if kind == "person" and (inserted := _INSERTED.search(text, max(paragraph.span.start, start - 64), start)):
            start = inserted.start() if f"{inserted['given']} {form}" in kinds else start
            while found and found[-1][0].end > start:
                found.pop()  # the given name alone
        found.append((Span(start, m.end("form")), kind))
    start, end = paragraph.span.start, paragraph.span.end
    found += [(Span(m.start(), m.end()), "person") for m in _HANDLE.finditer(text, start, end)]
    bodies = [Span(m.start(), m.end()) for pattern in body_patterns for m in pattern.finditer(text, start, end)]
    bodies = [b for b in bodies if not any(_inside(b, other) and b != other for other in bodies)]
    found = [(span, kind) for span, kind in found if not any(_inside(span, body) for body in bodies)]
    return found + [(body, "organisation") for body in bodies]


def _body_patterns(text: str, kinds: dict[str, MentionKind]) -> tuple[re.Pattern[str], ...]:
    """Bodies named by what they are.

    A country's ("Norland's air force"), a person's ("the Weir administration"), and the bare word where the article has
    only one such body ("the air force").
    """
    owned = _owned_bodies()
    bare = Counter(m["head"].lower() for m in {m[0].lower(): m for m in owned.finditer(text)}.values())
    patterns = [owned]
    people = sorted({form.split()[-1] for form, kind in kinds.items() if kind == "person"})
    if people:
        heads = load_lexicon("organisations")["personal_heads"]
        patterns.append(
            re.compile(rf"(?<![\w-])(?:{alternation(people)})(?:['’]s)?\s{{1,20}}(?:{'|'.join(heads)})(?!\w)")
        )
    short = sorted({form.split()[-1] for form, kind in kinds.items() if kind == "organisation" and " " in form})
    if short:
        # a newspaper by the last word of its name: "The Courier"
        patterns.append(re.compile(rf"(?<![\w-])The (?:{alternation(short)})(?!\w)(?! [A-Z])"))
    single = [head for head, n in bare.items() if n == 1 and " " in head]
    if single:
        patterns.append(re.compile(rf"(?<![\w-])(?:{alternation(single)})(?!\w)", re.IGNORECASE))
    return tuple(patterns)


@lru_cache(maxsize=1)
def _owned_bodies() -> re.Pattern[str]:
    lexicon = load_lexicon("organisations")
    owners = alternation([*country_of(), *(name.upper() for name in country_of())])
    heads = "|".join(lexicon["heads"])
    return re.compile(
        rf"(?<![\w-])(?i:{owners})(?:['’]s)?\s{{1,20}}(?:[A-Z]\w+\s{{1,20}})?(?P<head>(?i:{heads}))(?!\w)"
    )


@lru_cache(maxsize=64)
def _forms_pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    titles = alternation(words_of("people", "honorifics"))
    return re.compile(
        rf"(?<![\w@-])(?P<title>(?i:{titles})\s{{1,20}})?(?P<form>{alternation(list(forms))})(?!\w)(?!\.\w)"
    )


def _descriptions(paragraph: Paragraph, spans: list[Span], kinds: dict[Span, MentionKind]) -> list[tuple[Span, Span]]:
    """The roles written beside persons: "Ukrainian President | X", "X, the envoy of Y,"."""
    found = []
    doc = paragraph.doc
    for span in spans:
        if kinds[span] != "person":
            continue
        name = doc.char_span(span.start - paragraph.offset, span.end - paragraph.offset, alignment_mode="expand")
        if name is None:
            continue
        role = _role_before(name) or _role_after(name)
        if role is not None:
            found.append((span, paragraph.span_of(role)))
    return found


def _role_before(name: SpacySpan) -> SpacySpan | None:
    """The run of compound and adjective words right before a name, when a role is among them."""
    doc, start = name.doc, name.start
    roles = words_of("people", "roles")
    while start > 0 and _is_title_word(doc[start - 1]):
        start -= 1
    words = doc[start : name.start]
    if not any(t.lower_ in roles for t in words):
        return None
    while len(words) and words[-1].is_punct:
        words = words[:-1]
    return words if len(words) else None


def _is_title_word(token: Token) -> bool:
    if token.text in ("-", "’s", "'s", "of"):
        return token.text != "of" or (token.i > 0 and token.nbor(-1).lower_ in words_of("people", "roles"))
    return token.pos_ in ("PROPN", "ADJ", "NOUN")


def _role_after(name: SpacySpan) -> SpacySpan | None:
    """An apposition after the name: "X, a long-time supporter of Y,"."""
    for child in name.root.children:
        after_comma = name.end < len(name.doc) and name.doc[name.end].text == ","
        role = child.lower_ in words_of("people", "roles")
        if child.dep_ == "appos" and after_comma and child.i >= name.end and role:
            right = child.right_edge.i
            for inner in child.subtree:
                if inner.dep_ in ("relcl", "appos", "acl") and inner.i > child.i:
                    right = min(right, inner.left_edge.i - 1)
            if right - child.left_edge.i <= 12 and right >= child.left_edge.i:
                piece = name.doc[child.left_edge.i : right + 1]
                while len(piece) and piece[-1].is_punct:
                    piece = piece[:-1]
                return piece if len(piece) else None
    return None
