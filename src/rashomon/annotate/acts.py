"""Who offers, demands, refuses, promises… what, to whom, on what condition.

Acts are read off the parse by lemma and complement (lexicon/en/acts.toml). Inside a quotation "I" and "we" are its
speaker; a refusal can also be a negated future ("will not sign"), an offer a conditional ("would resign if …").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from rashomon.annotate.phrases import agent_of, noun_phrase, subject_of
from rashomon.annotate.speakers import Speakers
from rashomon.annotate.tagging import Paragraph, Parsed
from rashomon.lexicon import load_lexicon
from rashomon.model import Act, ActKind, Quote, Span
from rashomon.text.paragraphs import trim

if TYPE_CHECKING:
    from spacy.tokens import Token

KINDS: tuple[ActKind, ...] = (
    "offer",
    "demand",
    "request",
    "refusal",
    "promise",
    "threat",
    "accusation",
    "denial",
    "agreement",
)
# Acts that a mood alone makes belong to whoever says so: "any deal has to help both".
_VOICED = frozenset({"demand", "request", "refusal"})
_FIRST_PERSON = frozenset({"i", "we"})
_PREPOSITIONS = ("for", "on", "of", "with")


def find_acts(parsed: Parsed, quotes: Sequence[Quote], speakers: Speakers) -> tuple[Act, ...]:
    """The acts of an article in order of place; those whose actor cannot be told are left out."""
    found: dict[Span, Act] = {}
    for paragraph in parsed.paragraphs:
        own = [q for q in quotes if any(paragraph.span.start <= c.start < paragraph.span.end for c in q.content)]
        for token in paragraph.doc:
            if _is_supposed(token):
                continue
            for kind, content, toward in _acts_at(token):
                act = _act(parsed.article.text, paragraph, token, (kind, content, toward), own, speakers)
                if act is not None:
                    found.setdefault(act.span, act)
    return tuple(found[span] for span in sorted(found))


@lru_cache(maxsize=1)
def _by_lemma() -> dict[str, tuple[tuple[str, ActKind], ...]]:
    """Lemma to the (complement, act) pairs it may open, in the order of KINDS."""
    table: dict[str, list[tuple[str, ActKind]]] = {}
    lexicon = load_lexicon("acts")
    for kind in KINDS:
        for complement, lemmas in lexicon[kind].items():
            for lemma in lemmas.split():
                table.setdefault(lemma, []).append((complement, kind))
    return {lemma: tuple(pairs) for lemma, pairs in table.items()}


def _acts_at(token: Token) -> Iterator[tuple[ActKind, Token | None, Token | None]]:
    """(act, content, toward) for a word; content may be None where the word itself says it all."""
    lemma = token.lemma_.lower()
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), None)
    pairs = _by_lemma().get(f"{lemma}_{particle}" if particle else lemma, ())
    negated = any(c.dep_ == "neg" for c in token.children)
    for complement, kind in pairs:
        taken = _taken(token, complement)
        if taken is not None and kind == "demand" and complement == "that" and _is_ruled_out(taken[0]):
            yield "refusal", *taken
            return
        if taken is not None and kind == "threat" and lemma == "warn" and not _is_to_come(taken[0]):
            continue
        if taken is not None:
            if not (negated or _is_none(token)):
                yield kind, *taken
            elif kind in ("offer", "promise", "agreement"):
                yield "refusal", *taken
            return
    if token.pos_ in ("VERB", "AUX"):
        yield from _by_mood(token, negated=negated)


def _is_supposed(token: Token) -> bool:
    """Whether a word stands in a clause that only supposes: "if they offered to leave"."""
    for host in (token, *token.ancestors):
        if host.dep_ == "advcl" and any(
            c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in host.children
        ):
            return True
        if host.dep_ in ("ccomp", "relcl"):
            return False
    return False


def _is_to_come(clause: Token | None) -> bool:
    """Whether a clause says what somebody will do."""
    return clause is not None and any(c.lower_ in ("will", "would", "wo", "'ll", "’ll") for c in clause.children)


def _is_ruled_out(clause: Token | None) -> bool:
    """Whether a clause says that something will not be: to insist on it is to refuse."""
    return clause is not None and any(c.dep_ == "neg" for c in clause.children) and _is_to_come(clause)


def _is_none(token: Token) -> bool:
    """Whether a noun is denied: "no commitment"."""
    return any(c.dep_ == "det" and c.lower_ == "no" for c in token.children)


def _taken(token: Token, complement: str) -> tuple[Token | None, Token | None] | None:
    """The content and the addressee a word governs through one kind of complement, or None."""
    children = list(token.children)
    objects = [c for c in children if c.dep_ in ("dobj", "dative") and c.i > token.i]
    verbal = token.pos_ in ("VERB", "AUX")
    if complement == "to" and verbal:
        clause = next((c for c in children if c.dep_ == "xcomp" and _is_infinitive(c)), None)
        return (clause, None) if clause is not None and not objects else None
    if complement == "object" and verbal:
        return (objects[-1], None) if objects and objects[-1].pos_ in ("NOUN", "PROPN") else None
    if complement == "that" and verbal:
        clause = next((c for c in children if c.dep_ == "ccomp" and c.i > token.i), None)
        return (clause, None) if clause is not None else None
    if complement == "move" and verbal:
        clause = next(
            (c for c in children if c.dep_ in ("xcomp", "ccomp") and c.i > token.i and _is_infinitive(c)), None
        )
        subject = next((c for c in clause.children if c.dep_ == "nsubj"), None) if clause is not None else None
        addressed = next(
            (g for c in children if c.dep_ in ("prep", "dative") and c.lower_ == "to" for g in c.children), None
        )
        target = objects[0] if objects else subject or addressed
        return (clause, target) if clause is not None and target is not None else None
    if complement in _PREPOSITIONS and verbal:
        for child in (*children, *(g for o in objects for g in o.children)):
            if child.lower_ == complement and child.i > token.i:
                inner = next((g for g in child.children if g.i > child.i), None)
                host = inner if inner is not None else (child.head if child.dep_ == "mark" else None)
                return (host, objects[0] if objects else None) if host is not None and host != token else None
        for child in children:
            if child.i > token.i and any(g.dep_ == "mark" and g.lower_ == complement for g in child.children):
                return child, None
        return None
    if complement == "adjective" and token.pos_ in ("ADJ", "VERB"):
        clause = next(
            (
                c
                for c in children
                if (c.dep_ in ("xcomp", "ccomp", "advcl") and _is_infinitive(c))
                or (c.dep_ == "prep" and c.lower_ == "to" and token.pos_ == "ADJ")
            ),
            None,
        )
        return (clause, None) if clause is not None else None
    if complement == "label" and verbal:
        words = accusing_labels()
        named = next((t for t in token.subtree if t.i > token.i and t.lower_ in words), None)
        return (named, objects[0] if objects else None) if named is not None and token.i + 8 > named.i else None
    if complement == "noun" and token.pos_ == "NOUN":
        clause = next((c for c in children if c.dep_ in ("acl", "ccomp", "prep") and c.i > token.i), None)
        owner = any(c.dep_ == "poss" for c in children) or token.dep_ == "dobj"
        return (clause, None) if clause is not None and owner else None
    return None


@lru_cache(maxsize=1)
def accusing_labels() -> frozenset[str]:
    """Words that accuse when someone is called them."""
    return frozenset(load_lexicon("acts")["labels"]["words"].split())


def _is_infinitive(token: Token) -> bool:
    return any(c.lower_ == "to" for c in token.children)


def _by_mood(verb: Token, *, negated: bool) -> Iterator[tuple[ActKind, Token | None, Token | None]]:
    """Acts without a verb of their own: "will not sign", "would resign if …", "must withdraw"."""
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if (
        subject is not None
        and verb.lower_ in ("has", "have")
        and any(c.dep_ == "xcomp" and _is_infinitive(c) for c in verb.children)
    ):
        yield "demand", None, None
    if subject is None or (verb.lemma_ in ("be", "have", "do") and not negated):
        return
    mine = subject.lower_ in _FIRST_PERSON or verb.dep_ == "ccomp"
    if helpers & {"will", "wo", "would"} and negated and mine:
        yield "refusal", None, None
    elif helpers & {"will", "would"} and mine and _condition_token(verb) is not None:
        yield "offer", None, None
    elif "will" in helpers and subject.lower_ in _FIRST_PERSON:
        yield "promise", None, None
    elif helpers & {"must", "should"} and mine:
        yield ("demand" if "must" in helpers else "request"), None, None


def _condition_token(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "advcl" and any(
            g.lower_ in ("if", "unless", "once", "provided", "until") for g in child.children
        ):
            return child
        if (
            child.dep_ == "prep"
            and child.lower_ == "in"
            and any(g.lower_ in ("exchange", "return") for g in child.children)
        ):
            return child
    return None


def _act(
    text: str,
    paragraph: Paragraph,
    token: Token,
    found: tuple[ActKind, Token | None, Token | None],
    quotes: Sequence[Quote],
    speakers: Speakers,
) -> Act | None:
    kind, content, toward = found
    around = _quote_around(paragraph, token, quotes)
    actor = _actor(paragraph, token, around, speakers)
    if content is None and kind in _VOICED and around is not None:
        actor = around.speaker_name or actor  # who says that something must be wants it
    if actor is None:
        return None
    span = _clause_span(text, paragraph, token)
    said = _words(text, paragraph, content)
    if len(said.split()) < 2:
        said = text[span.start : span.end]
    to = speakers.name_of(paragraph.span_of(noun_phrase(toward))) if toward is not None else None
    return Act(
        start=span.start,
        end=span.end,
        actor=actor,
        act=kind,
        content=said,
        toward=to if to != actor else None,
        condition=_condition(text, span),
    )


def _actor(paragraph: Paragraph, token: Token, around: Quote | None, speakers: Speakers) -> str | None:
    subject = subject_of(token) if token.pos_ in ("VERB", "AUX") else _owner(token)
    if subject is not None and subject.dep_ == "nsubjpass" and subject.head == token:
        subject = agent_of(token)  # "was threatened by": who suffers an act does not do it
    if subject is None:
        return None
    if subject.lower_ in _FIRST_PERSON:
        return around.speaker_name if around is not None else None
    phrase = paragraph.span_of(noun_phrase(subject))
    if around is not None and around.manner == "direct" and subject.lower_ in ("he", "she", "it", "they", "you"):
        return None
    return speakers.name_of(phrase)


def _quote_around(paragraph: Paragraph, token: Token, quotes: Sequence[Quote]) -> Quote | None:
    at = paragraph.offset + token.idx
    return next((q for q in quotes if any(c.start <= at < c.end for c in q.content)), None)


def _owner(token: Token) -> Token | None:
    """Whose willingness, refusal, readiness it is; for an adjective, the subject of its verb."""
    poss = next((c for c in token.children if c.dep_ == "poss"), None)
    if poss is not None:
        return poss
    head = token.head
    if token.pos_ == "ADJ" and head.pos_ in ("VERB", "AUX"):
        return subject_of(head)
    if token.pos_ == "ADJ" and head.pos_ in ("NOUN", "PROPN", "PRON"):
        return head
    if token.pos_ == "ADJ":
        # a headline without its verb: "Weir open to resigning"
        return next((c for c in token.children if c.dep_ in ("nsubj", "npadvmod")), None) or (
            token.doc[0] if token.sent.start == 0 and token.i <= 3 else None
        )
    return subject_of(head) if head.pos_ in ("VERB", "AUX") else None


def _clause_span(text: str, paragraph: Paragraph, token: Token) -> Span:
    """The clause of an act with its subject, cut where the parse runs on into other clauses of the sentence."""
    host = token if token.pos_ in ("VERB", "AUX") or token.head.pos_ not in ("VERB", "AUX") else token.head
    left, right = host.left_edge.i, host.right_edge.i
    for child in host.children:
        if child.i < token.i and child.dep_ in ("ccomp", "advcl", "parataxis"):
            left = max(left, child.right_edge.i + 1)
        if child.i > token.i and child.dep_ in ("conj", "parataxis", "relcl") and child != token:
            right = min(right, child.left_edge.i - 1)
    left, right = min(left, token.i), max(right, token.i)
    doc = paragraph.doc
    span = trim(text, Span(paragraph.offset + doc[left].idx, paragraph.offset + doc[right].idx + len(doc[right].text)))
    end = span.end
    while end > span.start and text[end - 1] in " ,;:.–—-":
        end -= 1
    start = span.start
    while start < end and text[start] in " ,;:.–—-":
        start += 1
    return Span(start, max(end, start + 1))


def _words(text: str, paragraph: Paragraph, content: Token | None) -> str:
    if content is None:
        return ""
    piece = paragraph.doc[content.left_edge.i : content.right_edge.i + 1]
    span = paragraph.span_of(piece)
    return " ".join(text[span.start : span.end].strip(' ,;:.“”"').split())


def _condition(text: str, span: Span) -> str | None:
    """The words from the condition's own word to the end of the clause."""
    lower = text[span.start : span.end].lower()
    places = [lower.find(f" {word} ") for word in load_lexicon("acts")["conditions"]["words"]]
    starts = [p for p in places if p >= 0]
    if lower.startswith(("if ", "unless ")):
        comma = lower.find(",")
        return text[span.start : span.start + comma] if comma > 0 else None
    return " ".join(text[span.start + min(starts) : span.end].split()) if starts else None
