"""What a clause says of its subject: the verb with its auxiliaries and complements, who is meant, object, obliques, modal.

The core of a clause is what can follow its subject in a short sentence: conditions stay with it, relative clauses and
participles go, and what is too long is cut behind a complement, never within one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from rashomon.annotate.phrases import agent_of, noun_phrase, subject_of
from rashomon.annotate.speakers import Speakers, pronouns
from rashomon.annotate.tagging import Paragraph
from rashomon.lexicon import words_of
from rashomon.model import Span
from rashomon.text.words import fold_text

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

# A core has at most so many characters.
LONGEST_CORE = 90
# A verb further behind the one it is joined to may have been joined to the wrong one.
NEAR_CONJUNCT = 9
# Two verbs with one word between them are told together: "killed and injured three people".
BESIDE = 2
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "attr", "acomp", "oprd"})
# A core without these would say something else.
_NEEDED = frozenset({*_OBJECTS, "dative", "prt", "agent", "xcomp", "neg", "aux", "auxpass"})
_LEFT = frozenset({"aux", "auxpass", "neg"})
_LOOSE = frozenset({"relcl", "appos", "acl", "parataxis", "punct"})
_TENSED = frozenset({"VBD", "VBP", "VBZ", "MD"})
_DETERMINING = frozenset({"det", "poss", "nummod"})
_NOUNS = frozenset({"NOUN", "PROPN", "NUM"})
_ADVERBS = frozenset({"RB", "RBR", "RBS"})


class Predication(NamedTuple):
    """What a verb says, of whom."""

    core: Span | None
    doer: str | None
    object: Span | None
    obliques: tuple[Span, ...]
    modal: str | None
    passive: bool


def predication_of(paragraph: Paragraph, head: Token, speakers: Speakers) -> Predication:
    """The parts of what a clause's verb says."""
    children = list(head.children)
    core, doer = _core(paragraph, head), _doer(paragraph, head, speakers)
    objects = [c for c in children if c.dep_ in _OBJECTS]
    obliques = [c for c in children if c.dep_ in {"prep", "agent", "dative", "npadvmod"}]
    return Predication(
        core=None if core is None or _is_anothers(paragraph, head, core, speakers, doer) else paragraph.span_of(core),
        doer=doer,
        object=paragraph.span_of(noun_phrase(objects[0])) if objects else None,
        obliques=tuple(paragraph.span_of(_phrase_of(o)) for o in obliques),
        modal=next((c.lemma_.lower() for c in children if c.tag_ == "MD"), None),
        passive=any(c.dep_ in {"nsubjpass", "auxpass"} for c in children),
    )


def _phrase_of(token: Token) -> SpacySpan:
    """A prepositional phrase without the clauses in it; another phrase whole."""
    inner = next((c for c in token.children if c.dep_ == "pobj"), None)
    if inner is None and token.pos_ in {"ADP", "SCONJ"}:
        return token.doc[token.i : token.right_edge.i + 1]
    if inner is None:
        return noun_phrase(token)
    phrase = noun_phrase(inner)
    return token.doc[min(token.i, phrase.start) : max(token.i + 1, phrase.end)]


def _core(paragraph: Paragraph, head: Token) -> SpacySpan | None:
    """From the first auxiliary to the last complement that fits; None for what is no finite clause, or too long.

    Nor has one of two things of which only one need be so a core, nor a verb that something parts from its auxiliaries.
    """
    if head.pos_ not in {"VERB", "AUX"} or not _is_finite(head) or _is_one_of_many(head):
        return None
    start = _first(head)
    if any(c.i < start and c.dep_ in _LEFT for c in head.children):
        return None
    least, ends = _ends(head)
    from_here = paragraph.doc[start].idx
    fitting = [end for end in ends if _length(paragraph, from_here, end) <= LONGEST_CORE and end >= least]
    return paragraph.doc[start : max(fitting) + 1] if fitting else None


def _is_anothers(paragraph: Paragraph, head: Token, core: SpacySpan, speakers: Speakers, doer: str | None) -> bool:
    """Whether "his" or "her" in a core is somebody's whom it does not name: "is his top choice", "the bullet broke his arm"."""
    subject = _subject(head)
    owned = [t for t in core if t.tag_ == "PRP$" and pronouns().get(t.lower_, ("", None))[1] is not None]
    if subject is None or not owned:
        return False
    people = words_of("people", "roles") | words_of("people", "appositive")
    for token in owned:
        if token.head.dep_ == "conj" and token.head.head.pos_ == "PROPN":
            continue  # "Ada Weir and her brother"
        owner = speakers.name_of(paragraph.span_of(token.doc[token.i : token.i + 1]))
        named = {t.lower_ for t in core if t.i < token.i}
        is_same = owner is None or doer is None or owner.split()[-1] == doer.split()[-1]
        is_doers = is_same or subject.lower_ in people  # "the gunman killed his wife"
        is_own = is_doers and not (token.head.dep_ == "attr" and token.head.head == head)
        if not is_own and (owner is None or owner.lower().split()[-1] not in named):
            return True
    return False


def _first(head: Token) -> int:
    """Where the words before a verb begin that belong to it."""
    own = {c.i for c in head.children if c.dep_ in _LEFT or _is_inner_adverb(c)}
    at = head.i
    while at - 1 in own:
        at -= 1
    return at


def _is_finite(head: Token) -> bool:
    """Whether a verb has a tense, by itself or through an auxiliary; one joined to another borrows it.

    A past tense with an agent and no auxiliary is a participle that the tagger took for one: "with the mayor stung by the vote".
    """
    children = list(head.children)
    is_helped = any(c.tag_ in _TENSED for c in children if c.dep_ in _LEFT)
    return is_helped or (head.tag_ in _TENSED and not (head.tag_ == "VBD" and any(c.dep_ == "agent" for c in children)))


def _is_inner_adverb(token: Token) -> bool:
    return token.dep_ == "advmod" and token.head.i > token.i and token.tag_ in _ADVERBS


def _length(paragraph: Paragraph, start: int, end: int) -> int:
    last = paragraph.doc[end]
    return last.idx + len(last) - start


def _ends(head: Token) -> tuple[int, list[int]]:
    """The last word that must be in, and the words behind which a core can end."""
    least, ends = head.i, [head.i]
    for child in head.children:
        if child.i < head.i:
            continue
        if child.dep_ in {"cc", "conj"}:
            inner = [end for joined in _inseparable(head) for end in _inner_ends(joined)]
            return max([least, *inner[:1]]), ends + inner
        if child.dep_ in _LOOSE:
            break
        if child.dep_ == "advcl" and not _is_bound(child):
            break
        inner = list(_inner_ends(child))
        ends += inner
        if child.dep_ in _NEEDED or child.dep_ == "ccomp" or (child.dep_ == "advcl" and _is_bound(child)):
            least = max(least, min(inner))
    return least, ends


def _inseparable(head: Token) -> list[Token]:
    """The verb without which one says another thing: "was shot or hurt by glass", "was shot and killed", "killed and injured" before whom."""
    joined = next((c for c in head.children if c.dep_ == "conj" and c.i > head.i), None)
    if joined is None:
        return []
    is_beside = joined.i - head.i == BESIDE and not any(c.dep_ in _OBJECTS for c in head.children)
    return [joined] if is_beside or _is_choice(head) else []


def _is_choice(head: Token) -> bool:
    """Whether a verb is one of two of which one is so."""
    return any(c.dep_ == "cc" and c.lower_ in words_of("briefing", "choosing") for c in head.children)


def _is_one_of_many(head: Token) -> bool:
    """Whether a verb cannot stand without those that follow or precede it: "shot, stabbed or beaten", "neither closed nor sold".

    A verb with a subject of its own says another thing: "two were hurt, and homes were burnt or flooded".
    """
    verbs = [head]
    while verbs[0].dep_ == "conj" and verbs[0].head.pos_ in {"VERB", "AUX"} and not _has_subject(verbs[0]):
        verbs.insert(0, verbs[0].head)
    while (joined := next((c for c in verbs[-1].children if c.dep_ == "conj" and c.i > verbs[-1].i), None)) is not None:
        if _has_subject(joined):
            break
        verbs.append(joined)
    is_none = any(c.lower_ in words_of("briefing", "excluding") for verb in verbs for c in verb.children)
    is_of_two = head == verbs[0] and len(verbs[1:]) <= 1  # the first of two is told with the other
    return is_none or (any(_is_choice(verb) for verb in verbs) and not is_of_two)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in _SUBJECTS for c in verb.children)


def _is_bound(token: Token) -> bool:
    """Whether a clause says on what, or until when, the verb holds: without it another thing is said."""
    return any(c.lower_ in words_of("briefing", "binding") for c in token.children if c.i < token.i)


def _inner_ends(child: Token) -> Iterator[int]:
    """The ends of a complement: with and without the clauses that hang on its noun."""
    if child.pos_ in {"NOUN", "PROPN", "NUM", "PRON"}:
        yield noun_phrase(child).end - 1
    elif child.dep_ in {"prep", "agent", "dative"}:
        yield _phrase_of(child).end - 1
    elif child.pos_ in {"VERB", "AUX"}:
        least, ends = _ends(child)
        yield from (end for end in ends if end >= least)
        return
    yield child.right_edge.i


def _doer(paragraph: Paragraph, head: Token, speakers: Speakers) -> str | None:
    """The subject in words that stand by themselves: a name, or the phrase with its owner named."""
    subject = _subject(head)
    if subject is None:
        return None
    phrase = noun_phrase(subject)
    place = paragraph.span_of(phrase)
    if not _agrees(subject, phrase, head, is_named=speakers.is_named(place)):
        return None
    name = speakers.name_of(place) if _is_third(phrase[0]) else None
    words = " ".join(phrase.text.split())
    if subject.lower_ in pronouns():
        return name
    if phrase[0].tag_ == "PRP$":
        owner = speakers.name_of(paragraph.span_of(phrase[:1])) if _is_third(phrase[0]) else None
        is_known = owner is not None and owner.lower() != phrase[0].lower_
        return f"{owner}’s {words.split(' ', 1)[1]}" if is_known and " " in words else None
    if (subject.pos_ not in _NOUNS and not _is_part_of_noun(subject)) or _has_unnamed_owner(phrase):
        return None
    is_joined = any(c.dep_ == "conj" for c in subject.children)
    is_named = (
        name is not None
        and not is_joined
        and phrase[0].lower_
        not in words_of("pronouns", "indefinite")  # "a dam in Veldmark" is told of for the first time
        and not _is_only_owner(name, subject)
        and (subject.ent_type_ == "PERSON" or fold_text(name) not in fold_text(words))
    )
    return name if is_named else words


def _has_unnamed_owner(phrase: SpacySpan) -> bool:
    """Whether something in a phrase is somebody's whom it does not name: "most of his listeners", not "Ada Weir and her brother"."""
    first = next((t.i for t in phrase if t.tag_ == "PRP$" and t.lower_ in pronouns()), None)
    return first is not None and not any(t.pos_ == "PROPN" for t in phrase if t.i < first)


def _is_only_owner(name: str, subject: Token) -> bool:
    """Whether a name only says whose a thing is: "a Weir victory"."""
    owners = {c.lower_ for c in subject.children if c.dep_ in {"compound", "nmod", "amod", "poss"}}
    return subject.pos_ == "NOUN" and not owners.isdisjoint(name.lower().split())


def _is_part_of_noun(subject: Token) -> bool:
    """Whether the word says how much of something: "many of the residents", not "many of them"."""
    inner = (c for prep in subject.children if prep.lower_ == "of" for c in prep.children)
    return any(c.dep_ == "pobj" and c.pos_ in _NOUNS for c in inner)


def _agrees(subject: Token, phrase: SpacySpan, head: Token, *, is_named: bool) -> bool:
    """Whether a subject can be one of the verb's, and names by itself: "Iran restart" and a bare "meeting" come of a wrong parse.

    A surname that opens a sentence may be tagged as a noun, and two of one noun as one: "North and South Korea are".
    """
    verb = next((c for c in head.children if c.dep_ in _LEFT and c.tag_ in _TENSED), head)
    told = {c.dep_ for c in subject.children}
    is_joined = any(t.dep_ == "conj" for t in (*subject.children, *phrase))
    is_one = subject.tag_ in {"NN", "NNP"} and not is_joined
    is_role = subject.lower_ in words_of("people", "roles")  # "vice president talks tough"
    is_told = not told.isdisjoint(_DETERMINING if is_role else _DETERMINING | {"amod", "compound"})
    is_bare = subject.tag_ == "NN" and not is_told and not is_named
    return subject.lower_ != "they" and not (is_one and verb.tag_ == "VBP") and not is_bare


def _subject(head: Token) -> Token | None:
    """The word for whom or what a verb says something of: its own subject or that of the verb it is joined to; none in a relative clause."""
    subject = next((c for c in head.children if c.dep_ in _SUBJECTS), None)
    if subject is None and _is_joined(head):
        subject = subject_of(head)
        if subject is not None and (subject == agent_of(head) or subject.dep_ == "nsubjpass"):
            return None
    return None if _is_in_relative(head) or (subject is not None and _is_relative(subject)) else subject


def _is_in_relative(head: Token) -> bool:
    """Whether a verb is a relative clause's, or joined to one that is."""
    while head.dep_ == "conj" and head.head.i < head.i:
        head = head.head
    return head.dep_ == "relcl"


def _is_joined(head: Token) -> bool:
    """Whether a verb goes on with another's subject: near it, with a word or a comma of theirs between them.

    "One lost a leg and another lost an arm" has none, where the parser takes "another" for what the one lost.
    """
    between = head.doc[head.head.i + 1 : head.i]
    is_near = head.dep_ == "conj" and head.i - head.head.i <= NEAR_CONJUNCT
    return is_near and any(t.head in {head, head.head} and t.dep_ in {"cc", "punct"} for t in between)


def _is_relative(token: Token) -> bool:
    return token.lower_ in words_of("pronouns", "relative") or token.lower_ == "what"


def _is_third(token: Token) -> bool:
    return token.lower_ not in words_of("pronouns", "first_and_second")
