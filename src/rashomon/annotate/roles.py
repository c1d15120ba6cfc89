"""The roles that a report writes beside a person: as a title before the name, as an apposition behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import words_of
from rashomon.model import MentionKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

# An apposition longer than this tells a story, not a role.
LONGEST = 12
# The dependencies of a word that stands for somebody itself, and is no title of the name behind it.
_OWN = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "attr", "conj", "iobj", "dative", "ROOT"})


def find_roles(
    paragraph: Paragraph, spans: Iterable[Span], kinds: Mapping[Span, MentionKind]
) -> list[tuple[Span, Span]]:
    """The roles written beside persons: "Norwegian President | X", "X, the envoy of Y,"."""
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
    if len(words) and words[-1].text in ("of", "and", "for"):
        return None  # "the husband of Ada Weir" is somebody else
    while len(words) and words[-1].is_punct:
        words = words[:-1]
    while len(words) and (words[0].is_punct or words[0].text in ("of", "and", "for", "’s", "'s")):
        words = words[1:]
    if not any(t.lower_ in roles for t in words) or not _is_title_of(words, name):
        return None
    return words


def _is_title_of(words: SpacySpan, name: SpacySpan) -> bool:
    """Whether the words belong to the name, and are not somebody else: "the aide Weir dismissed"."""
    role = words[-1]
    if role.pos_ != "NOUN" or role.head in name or name.root.head in words:
        return name.root.dep_ not in ("nsubj", "nsubjpass") or name.root.head not in words
    return role.dep_ not in _OWN or name.root.dep_ in ("appos", "compound")


def _is_title_word(token: Token) -> bool:
    is_inner = 0 < token.i < len(token.doc) - 1 and token.nbor(-1).text == token.nbor(1).text == "-"
    if token.text in ("-", "’s", "'s") or is_inner:  # "editor-in-chief"
        return True
    if token.text in ("of", "and", "for"):
        if token.i == 0 or token.i + 1 >= len(token.doc):
            return False
        before, behind = token.nbor(-1), token.nbor(1)
        is_named = before.pos_ == behind.pos_ == "PROPN" and before.text[0].isupper() and behind.text[0].isupper()
        return (token.text == "of" and before.lower_ in words_of("people", "roles")) or (
            is_named and before.ent_type_ == behind.ent_type_ == "ORG"
        )
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
            if right - child.left_edge.i <= LONGEST and right >= child.left_edge.i:
                piece = name.doc[child.left_edge.i : right + 1]
                while len(piece) and piece[-1].is_punct:
                    piece = piece[:-1]
                return piece if len(piece) else None
    return None
