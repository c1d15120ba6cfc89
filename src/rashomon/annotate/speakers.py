"""From a mention to a name: whom "he", "the Norwegian leader", "Mr Weir" or "a spokesman for Y" stands for.

Within one article, read from its beginning: a pronoun takes whoever is most in mind (salience.py) and of its gender, a
role the one person it fits, a surname its full name. Where two would do, the answer is null. quality/speakers.py scores it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from rashomon.annotate.people import Person, find_people
from rashomon.annotate.phrases import noun_phrase
from rashomon.annotate.salience import SPEAKING, WEIGHTS, WITHIN_QUOTATION, Kind, Salience
from rashomon.annotate.tagging import Parsed
from rashomon.lexicon import load_lexicon, words_of
from rashomon.model import Mention, Quote, Span
from rashomon.text.marks import find_quoted
from rashomon.text.naming import Gender, country_of, find_offices, gender_of_words, strip_honorific
from rashomon.text.words import Word, find_words, fold

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

# "the gambling tycoon" points back at somebody; a longer phrase describes.
ANAPHORIC_WORDS = 5
FORMER_LATTER = re.compile(r"\bthe (former|latter)\b", re.IGNORECASE)
_DETERMINER = re.compile(r"(?:the|a|an|his|her|its|their|this|that|these|those)\s{1,20}", re.IGNORECASE)
_CLAUSE = re.compile(
    r",\s{1,20}(?:(?:who|whose|which|where|an?|the)\b|(?:[A-Z]\w{1,40} ){0,2}[A-Z]\w{1,40}['’]s |\w{1,40}\s{1,20}by\s)|\s{1,20}(?:who|which|that)\s|\s{0,20}[—(]|,\s{0,20}$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?$")
_INDEFINITE = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)
_PRONOUN_AND = re.compile(r"(?P<both>both )?(?P<pronoun>he|she) and ", re.IGNORECASE)
_DEFINITES = frozenset({"the", "his", "her", "its", "their", "this", "that"})
_DEFINITE = re.compile(rf"(?:{'|'.join(sorted(_DEFINITES))})\s{{1,20}}", re.IGNORECASE)
_LINK = re.compile(r"\b(?:for|of|to|with|in|at|from|by|close)\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def pronouns() -> dict[str, tuple[Kind, Gender | None]]:
    """What each pronoun can stand for."""
    table = load_lexicon("pronouns")["stands_for"]
    return {word: (row[0], row[1] if len(row) > 1 else None) for word, row in table.items()}


@lru_cache(maxsize=1)
def _open_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words that name nobody, and determiners that leave open whose."""
    table = load_lexicon("pronouns")["open"]
    return frozenset(table["words"].split()), frozenset(table["owners"].split())


class Speakers:
    """The people and bodies of one article, and who is meant where. Built once, asked often."""

    def __init__(self, parsed: Parsed, mentions: Sequence[Mention]) -> None:
        self._text = parsed.article.text
        self._mentions = sorted(mentions, key=lambda m: m.start)
        self._starts = [m.start for m in self._mentions]
        self._paragraphs = [p.span for p in parsed.paragraphs]
        self._people = find_people(self._text, self._mentions, _body_start(parsed))
        self._by_form = {form: p for p in sorted(self._people, key=lambda p: p.n_mentions) for form in p.forms}
        self._genders = {p.name: p.gender for p in self._people}
        self._certain = {p.name for p in self._people if p.is_certain}
        self._bodies_by_word = self._index_bodies()
        self._introduced: dict[str, int] = {}
        self._authors: list[tuple[int, str, str]] = []
        self._meant = self._follow(parsed)

    def name_of(self, span: Span) -> str | None:
        """Whom the phrase at `span` stands for: a name, a described group, or None when that is not safe to say."""
        span = _head(self._text, span)
        phrase = self._text[span.start : span.end]
        lower = phrase.lower().strip()
        if lower in pronouns():
            return self._meant.get(span.start)
        words_open, owners_open = _open_words()
        if lower in words_open:
            return self._before(span.start) if lower in ("who", "which", "that") else None
        if FORMER_LATTER.fullmatch(lower):
            return self._former_or_latter(span.start, latter=lower.endswith("latter"))
        if len(lower) < 2 or lower.split()[0] in owners_open:
            return None
        joint = _PRONOUN_AND.match(phrase)
        if joint:
            first = self._meant.get(span.start + joint.start("pronoun"))
            return f"{first} and {_described(phrase[joint.end() :])}" if first and not joint["both"] else None
        inside = self._inside(span)
        people = [m for m in inside if m.kind == "person" and not self._is_modifier(m, span)]
        if people:
            names = list(dict.fromkeys(self._person_name(m) for m in people))
            between = self._text[people[0].end : people[-1].start]
            joined = len(names) > 1 and (re.search(r"\band\b|&", between) or not between.strip(" ,"))
            return " and ".join(names) if joined else names[-1]
        named = self._apposition(span)
        if named is not None:
            return named
        if any(m.kind == "person" for m in inside):
            return _described(phrase)
        last = _anaphoric_noun(phrase)
        if last is None:
            return self._author_of(phrase, span.start) or self._body(span, inside) or _described(phrase)
        meant = self._meant.get(span.start + last.start) or self._body(span, inside)
        noun = fold(last.text)
        is_person = noun in words_of("people", "roles")
        if meant is None and is_person and noun not in words_of("people", "generic"):
            tells = self._is_introduced(noun, span.start) or any(
                fold(w.text) in country_of() for w in find_words(phrase)
            )
            return _described(phrase) if tells else None
        return meant

    def is_named(self, span: Span) -> bool:
        """Whether a mention stands in the phrase at `span`."""
        return bool(self._inside(span))

    def _author_of(self, phrase: str, at: int) -> str | None:
        """Whose "the statement" is: that of whoever was last said to have made one."""
        words = find_words(phrase)
        if not (0 < len(words) <= 2 and _DEFINITE.match(phrase)):
            return None
        noun = fold(words[-1].text)
        return next((name for start, own, name in reversed(self._authors) if start < at and own == noun), None)

    def same_voice(self, quote: Quote, before: Quote) -> str | None:
        """The speaker of the quote before, where a pronoun beside a quotation leaves open who: that one speaks on.

        Not farther than the paragraph before, and only a person whom the pronoun fits.
        """
        if quote.speaker is None or before.speaker_name is None:
            return None
        kind, gender = pronouns().get(self._text[quote.speaker.start : quote.speaker.end].lower(), (None, None))
        name = before.speaker_name
        fits = kind == "person" and self._genders.get(name, "unknown") in (gender, None)
        apart = self._paragraph_at(quote.speaker.start) - self._paragraph_at(before.content[-1].end - 1)
        return name if fits and apart <= 1 else None

    def _paragraph_at(self, at: int) -> int:
        """The number of the paragraph a place stands in."""
        return bisect_right(self._paragraphs, at, key=lambda span: span.start) - 1

    def _before(self, at: int) -> str | None:
        """The name a relative pronoun follows: "Ada Weir, who said …"."""
        mention = self._mention_at(len(self._text[:at].rstrip(" ,")) - 1)
        return self._name_of_mention(mention) if mention is not None and mention.end >= at - 2 else None

    def _name_of_mention(self, mention: Mention) -> str:
        is_person = mention.kind == "person"
        return self._person_name(mention) if is_person else self._text[mention.start : mention.end]

    def _apposition(self, span: Span) -> str | None:
        """The name set beside a role: "its chief executive, | Marcus Dunne, | …"."""
        comma = re.match(r"\s{0,20},\s{0,20}", self._text[span.end : span.end + 3])
        if comma is None:
            return None
        at = span.end + comma.end()
        mention = self._mention_at(at)
        after = self._text[mention.end : mention.end + 1] if mention else ""
        is_set_off = mention is not None and mention.kind == "person" and mention.start == at and after == ","
        return self._person_name(mention) if mention is not None and is_set_off else None

    def _body(self, span: Span, inside: Sequence[Mention]) -> str | None:
        """The body a phrase only introduces: "Norland's NPA news agency" is NPA."""
        bodies = [m for m in inside if m.kind == "organisation"]
        if len(bodies) != 1 or _INDEFINITE.match(self._text, span.start):
            return None
        name = self._text[bodies[0].start : bodies[0].end]
        if bodies[0].end == span.end and not _LINK.search(self._text, span.start, bodies[0].start):
            return name
        words = [
            fold(w.text)
            for place in ((span.start, bodies[0].start), (bodies[0].end, span.end))
            for w in find_words(self._text, *place)
        ]
        plain = words_of("organisations", "introduces") | country_of().keys()
        return name if all(w in plain for w in words) else None

    def _person_name(self, mention: Mention) -> str:
        form = strip_honorific(self._text[mention.start : mention.end])
        known = self._by_form.get(fold(form))
        if known is None and form.startswith("@"):
            known = next((p for p in self._people if len(p.surname) > 3 and p.surname in fold(form)), None)
        return known.name if known else form

    def _inside(self, span: Span) -> list[Mention]:
        first = bisect_left(self._starts, span.start)
        found = []
        for n in range(first, len(self._mentions)):
            mention = self._mentions[n]
            if mention.start >= span.end:
                break
            if mention.end <= span.end:
                found.append(mention)
        return found

    def _is_modifier(self, mention: Mention, span: Span) -> bool:
        """Whether a name only belongs to the speaker: "Weir's lawyer", "a spokesman for Weir"."""
        after = self._text[mention.end : span.end]
        if after.startswith(("'s", "’s", "' ", "’ ")) and len(after) > 4:
            return True
        before = self._text[span.start : mention.start]
        if before.rstrip().endswith(","):
            return False  # set beside: "the mayor of Tessmar, Tomas Orrel"
        return bool(_LINK.search(before)) and any(fold(w.text) not in ("and", "the") for w in find_words(before))

    def _follow(self, parsed: Parsed) -> dict[int, str]:
        """Whom every pronoun stands for, by its place, reading the article from its beginning."""
        found: dict[int, str] = {}
        salience = Salience(self._genders)
        for number, paragraph in enumerate(parsed.paragraphs):
            quoted = find_quoted(self._text, paragraph.span)
            for sentence in paragraph.doc.sents:
                salience.next_sentence(number)
                for token in sentence:
                    weight = _weight(token)
                    if weight is None:
                        continue
                    at = paragraph.offset + token.idx
                    if any(q.inner.start <= at < q.inner.end for q in quoted):
                        weight *= WITHIN_QUOTATION
                    self._hear(token, paragraph.offset, weight, salience, found)
                self._note_authors(sentence, paragraph.offset, found)
                at = paragraph.offset + sentence.root.idx
                if not any(q.inner.start <= at < q.inner.end for q in quoted):
                    salience.center = self._center(sentence, paragraph.offset, found)
        return found

    def _center(self, sentence: SpacySpan, offset: int, found: Mapping[int, str]) -> str | None:
        """The person that a sentence is about: the subject of its verb, where it names nobody else."""
        subject = next((c for c in sentence.root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        name = self._person_at(subject, offset, found) if subject is not None else None
        named = {self._person_at(token, offset, found) for token in sentence} - {None}
        return name if named == {name} else None

    def _person_at(self, token: Token, offset: int, found: Mapping[int, str]) -> str | None:
        """The person that a token names or stands for."""
        mention = self._mention_at(offset + token.idx)
        is_person = mention is not None and mention.kind == "person"
        name = self._person_name(mention) if mention is not None and is_person else found.get(offset + token.idx)
        return name if name in self._genders else None

    def _note_authors(self, sentence: SpacySpan, offset: int, found: Mapping[int, str]) -> None:
        """Remember who made the statements, letters or posts that a sentence brings up."""
        for token in sentence:
            if token.lower_ in words_of("cues", "documents"):
                author = next((a for t in _makers(token) if (a := self._person_at(t, offset, found)) is not None), None)
                if author is not None:
                    self._authors.append((offset + token.idx, token.lower_, author))

    def _hear(self, token: Token, offset: int, weight: float, salience: Salience, found: dict[int, str]) -> None:
        lower, at = token.lower_, offset + token.idx
        if lower in pronouns():
            kind, gender = pronouns()[lower]
            answer = self._announced(token, offset, gender) if kind == "person" else None
            named_below = self._named_below(token, offset) if kind == "person" else frozenset()
            answer = answer or salience.best(kind, gender, without=named_below)
            if answer is None and kind == "person" and _is_speaking(token):
                answer = salience.centered(gender)
            self._settle(at, answer, kind, weight, salience, found)
            return
        mention = self._mention_at(at)
        if mention is not None and mention.kind == "person":
            name = self._person_name(mention)
            if name in self._certain:
                salience.add(name, "person", weight)
                self._pair(token, name, offset, weight, salience)
        elif mention is not None and (mention.kind == "organisation" or _is_country(self._text, mention)):
            salience.add(self._text[mention.start : mention.end], "body", weight)
        elif lower in words_of("people", "roles"):
            words = [fold(w.text) for w in find_words(token.doc[token.left_edge.i : token.i + 1].text)]
            fitting = {p.name for p in self._fitting(words)} - self._named_below(token, offset)
            answer = salience.best("person", None, fitting)
            if len(fitting) == 1 and lower not in words_of("people", "generic"):
                answer = next(iter(fitting))
            elif lower in words_of("people", "generic") and answer != salience.best("person", None):
                answer = None
            self._settle(at, answer, "person", weight, salience, found)
        elif lower in words_of("organisations", "anaphoric") and token.left_edge.lower_ in _DEFINITES:
            self._settle(at, self._body_called(lower), "body", weight, salience, found)
        elif token.dep_ in ("nsubj", "nsubjpass") and (
            token.tag_ == "NNS" or (mention is not None and mention.kind == "group")
        ):
            phrase = noun_phrase(token).text
            salience.add(_described(phrase) or phrase, "several", weight)

    def _announced(self, token: Token, offset: int, gender: Gender | None) -> str | None:
        """The subject that follows a pronoun in an opening clause: "After he left, Weir said …"."""
        root = token.sent.root
        subject = next((c for c in root.children if c.dep_ == "nsubj" and c.i > token.i), None)
        opening = next((c for c in root.children if c.dep_ in ("advcl", "prep") and c.is_ancestor(token)), None)
        if subject is None or opening is None or opening.i > subject.i:
            return None
        mention = self._mention_at(offset + subject.idx)
        if mention is None or mention.kind != "person":
            return None
        name = self._person_name(mention)
        return name if self._genders.get(name) in (gender, None) else None

    def _named_below(self, token: Token, offset: int) -> frozenset[str]:
        """Whom a subject that points back cannot be: people named later in what its verb governs (Chomsky 1981, principle C)."""
        verb = token.head
        if token.dep_ not in ("nsubj", "nsubjpass"):
            return frozenset()
        start, end = offset + token.idx + len(token), offset + verb.right_edge.idx
        inside = self._inside(Span(start, end + len(verb.right_edge)))
        return frozenset(self._person_name(m) for m in inside if m.kind == "person")

    def _pair(self, token: Token, name: str, offset: int, weight: float, salience: Salience) -> None:
        """Two people with one verb are "they"."""
        other = next((c for c in token.children if c.dep_ == "conj"), None)
        if other is None:
            return
        mention = self._mention_at(offset + other.idx)
        if mention is not None and mention.kind == "person":
            salience.add(f"{name} and {self._person_name(mention)}", "several", weight)

    @staticmethod
    def _settle(
        at: int, answer: str | None, kind: Kind, weight: float, salience: Salience, found: dict[int, str]
    ) -> None:
        if answer is not None:
            found[at] = answer
            salience.add(answer, kind, weight)

    def _index_bodies(self) -> dict[str, frozenset[str]]:
        """The bodies of the article by the words of their names."""
        names = {self._text[m.start : m.end] for m in self._mentions if m.kind == "organisation"}
        table: dict[str, set[str]] = defaultdict(set)
        for name in names:
            for word in find_words(name):
                table[fold(word.text)].add(name)
        return {word: frozenset(own) for word, own in table.items()}

    def _body_called(self, noun: str) -> str | None:
        """The only body with the noun in its name: "the board" of a report on the Harbour Board."""
        called = self._bodies_by_word.get(noun, frozenset())
        return next(iter(called)) if len(called) == 1 else None

    def _fitting(self, words: list[str]) -> list[Person]:
        """The people a role fits, by office, country and gender."""
        if "former" in words:
            return []
        wanted = find_offices(words)
        country = next((country_of()[w] for w in words if w in country_of()), None)
        gender = gender_of_words(words)
        return [
            p
            for p in self._people
            if p.roles & wanted
            and ("deputy" not in wanted or "deputy" in p.roles)  # "the deputy sheriff" is not the sheriff
            and (country is None or country in p.countries)
            and (gender is None or p.gender in (gender, None))
        ]

    def _mention_at(self, at: int) -> Mention | None:
        n = bisect_left(self._starts, at + 1) - 1
        return self._mentions[n] if n >= 0 and self._mentions[n].start <= at < self._mentions[n].end else None

    def _is_introduced(self, noun: str, before: int) -> bool:
        """Whether the article has spoken of one without a name: "a witness said … the witness"."""
        if noun not in self._introduced:  # looked for once: the first time decides for all that follow
            pattern = rf"\b(?:an?|one|another)\s{{1,20}}(?:[\w-]+\s{{1,20}}){{0,2}}?{re.escape(noun)}\b"
            found = re.search(pattern, self._text, re.IGNORECASE)
            self._introduced[noun] = found.end() if found else len(self._text) + 1
        return self._introduced[noun] <= before

    def _former_or_latter(self, at: int, *, latter: bool) -> str | None:
        here = bisect_left([p.start for p in self._paragraphs], at + 1) - 1
        start = self._paragraphs[here].start if here >= 0 else 0
        named = [self._person_name(m) for m in self._mentions if m.kind == "person" and start <= m.start < at]
        distinct = list(dict.fromkeys(named))
        if latter:
            return distinct[-1] if distinct else None
        return distinct[-2] if len(distinct) > 1 else None


def _makers(document: Token) -> Iterator[Token]:
    """Who may have made a document: its owner, whom it is from, or the subject of its verb: "Weir said in a statement"."""
    yield from (c for c in document.children if c.dep_ == "poss")
    yield from (
        g for c in document.children if c.lower_ in ("from", "by", "of") for g in c.children if g.dep_ == "pobj"
    )
    verb = document.head if document.dep_ == "dobj" else document.head.head if document.head.lower_ == "in" else None
    if verb is not None:
        yield from (c for c in verb.children if c.dep_ == "nsubj")


def _is_speaking(token: Token) -> bool:
    """Whether a token is the subject of a verb of saying."""
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in words_of("cues", "say")


def _weight(token: Token) -> float | None:
    """What a mention adds to salience by its role; a name set beside a subject has the subject's, and who speaks has more."""
    subject = token.head if token.dep_ == "appos" and token.head.dep_ in ("nsubj", "nsubjpass") else token
    weight = WEIGHTS.get(subject.dep_)
    return weight * SPEAKING if weight is not None and _is_speaking(subject) else weight


def resolve_speakers(quotes: Sequence[Quote], speakers: Speakers) -> tuple[Quote, ...]:
    """Quotes with their speakers' names filled in where they are safe, in their order."""
    named: list[Quote] = []
    before: Quote | None = None
    for quote in quotes:
        name = speakers.name_of(quote.speaker) if quote.speaker else None
        if name is None and before is not None and quote.manner == "direct":
            name = speakers.same_voice(quote, before)
        named.append(msgspec.structs.replace(quote, speaker_name=name))
        if name is not None:
            before = named[-1]
    return tuple(named)


def _body_start(parsed: Parsed) -> int:
    """Where running text begins, after the headline."""
    return next((p.span.start for p in parsed.paragraphs if not p.is_heading), 0)


def _head(text: str, span: Span) -> Span:
    """The phrase without the clause or apposition after it, and without a possessive: "the FBI, which …" is the FBI."""
    clause = _CLAUSE.search(text, span.start, span.end)
    end = clause.start() if clause and clause.start() > span.start else span.end
    possessive = _POSSESSIVE.search(text, span.start, end)
    return Span(span.start, possessive.start() if possessive else end)


def _is_country(text: str, mention: Mention) -> bool:
    return mention.kind == "place" and fold(text[mention.start : mention.end]) in country_of()


def _anaphoric_noun(phrase: str) -> Word | None:
    """The last word of a short phrase that only points back at a person or a body: "the governor", "the company"."""
    words = find_words(phrase)
    is_short = 0 < len(words) <= ANAPHORIC_WORDS and (_DEFINITE.match(phrase) or len(words) == 1)
    if not is_short or re.search(r"['’]s? ", phrase):
        return None
    noun = fold(words[-1].text)
    return words[-1] if noun in words_of("people", "roles") or noun in words_of("organisations", "anaphoric") else None


def _described(phrase: str) -> str | None:
    """A group or body in the report's words, without its article: "regional authorities"."""
    words = _DETERMINER.sub("", phrase, count=1).strip() if _DETERMINER.match(phrase) else phrase.strip()
    return re.sub(r"\s{1,20}", " ", words) or None
