"""From a mention to a name: whom "he", "the Ukrainian leader", "Mr Weir" or "a spokesman for Y" stands for.

Within one article. A pronoun takes the nearest person who was the subject of a clause or spoke, in this paragraph or the
two before; a role takes the only person it fits. Where two would do, the answer is null.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from rashomon.annotate.marks import find_quoted
from rashomon.annotate.tagging import Parsed
from rashomon.lexicon import words_of
from rashomon.model import Mention, Quote, Span
from rashomon.text.naming import country_of, find_offices, strip_honorific
from rashomon.text.words import find_words, fold

PERSONAL = frozenset({"he", "she", "him", "her", "his"})
IMPERSONAL = frozenset({"it", "they", "its", "their", "them"})
UNKNOWN = frozenset(
    {
        "who",
        "that",
        "which",
        "we",
        "i",
        "you",
        "us",
        "me",
        "one",
        "this",
        "these",
        "those",
        "there",
        "what",
        "some",
        "many",
        "others",
        "both",
        "all",
    }
)
FORMER_LATTER = re.compile(r"\bthe (former|latter)\b", re.IGNORECASE)
# How many paragraphs back a pronoun may look.
REACH = 2
# A surname named so many times as often as a full name, and before it, is another person's.
FAR_MORE = 4
_DETERMINER = re.compile(r"(?:the|a|an|his|her|its|their|this|that|these|those)\s+", re.IGNORECASE)
_LINK = re.compile(r"\b(?:for|of|to|with|in|at|from|by|close)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Person:
    """A person of the article: the longest form, the roles given, how often named."""

    name: str
    surname: str
    roles: frozenset[str]
    countries: frozenset[str]
    n_mentions: int


class Speakers:
    """The people and bodies of one article, and who is meant where. Built once, asked often."""

    def __init__(self, parsed: Parsed, mentions: Sequence[Mention]) -> None:
        self._text = parsed.article.text
        self._mentions = sorted(mentions, key=lambda m: m.start)
        self._starts = [m.start for m in self._mentions]
        self._paragraphs = [p.span for p in parsed.paragraphs]
        self._people = _people(self._text, self._mentions, _body_start(parsed))
        self._by_surname = {p.surname: p for p in sorted(self._people, key=lambda p: (p.n_mentions, p.name))}
        self._full = {fold(p.name): p for p in self._people}
        self._subjects = self._find_subjects(parsed)

    def name_of(self, span: Span) -> str | None:
        """Whom the phrase at `span` stands for: a name, a described group, or None when that is not safe to say."""
        phrase = self._text[span.start : span.end]
        lower = phrase.lower().strip()
        if lower in PERSONAL:
            return self._antecedent(span.start, personal=True)
        if lower in IMPERSONAL:
            return self._antecedent(span.start, personal=False)
        if lower in UNKNOWN:
            return None
        if FORMER_LATTER.fullmatch(lower):
            return self._former_or_latter(span.start, latter=lower.endswith("latter"))
        inside = self._inside(span)
        people = [m for m in inside if m.kind == "person" and not self._is_modifier(m, span)]
        if people:
            names = list(dict.fromkeys(self._person_name(m) for m in people))
            joined = len(names) > 1 and re.search(r"\band\b|&", self._text[people[0].end : people[-1].start])
            return " and ".join(names) if joined else names[-1]
        named = self._apposition(span)
        if named is not None:
            return named
        if not any(m.kind == "person" for m in inside):
            role = self._by_role(phrase, span.start) or self._body(span, inside)
            if role is not None:
                return role
        return _described(phrase)

    def _apposition(self, span: Span) -> str | None:
        """The name set beside a role: "its chief executive, | Marcus Dunne, | …"."""
        comma = re.match(r"\s*,\s*", self._text[span.end : span.end + 3])
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
        if len(bodies) != 1:
            return None
        name = self._text[bodies[0].start : bodies[0].end]
        words = [
            fold(w.text)
            for place in ((span.start, bodies[0].start), (bodies[0].end, span.end))
            for w in find_words(self._text, *place)
        ]
        plain = words_of("organisations", "introduces") | country_of().keys()
        return name if all(w in plain for w in words) else None

    def _person_name(self, mention: Mention) -> str:
        form = strip_honorific(self._text[mention.start : mention.end])
        known = self._full.get(fold(form))
        if known is None and form.startswith("@"):
            known = next((p for p in self._people if len(p.surname) > 3 and p.surname in fold(form)), None)
        if known is None and len(form.split()) == 1:
            known = self._by_surname.get(fold(form))
        return known.name if known else form

    def _inside(self, span: Span) -> list[Mention]:
        first = bisect_left(self._starts, span.start)
        found = []
        for mention in self._mentions[first:]:
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
        return bool(_LINK.search(before)) and any(fold(w.text) not in ("and", "the") for w in find_words(before))

    def _by_role(self, phrase: str, at: int) -> str | None:
        """The one person a definite role fits: "the Norland leader"."""
        words = [fold(w.text) for w in find_words(phrase)]
        if not words or words[0] not in ("the", "his", "her", "their", "its") or len(words) > 6:
            return None
        country = next((country_of()[w] for w in words if w in country_of()), None)
        wanted = find_offices(words)
        if not wanted:
            return None
        fitting = [p for p in self._people if p.roles & wanted]
        if country:
            exact = [p for p in fitting if country in p.countries]
            fitting = exact or []
        if len(fitting) == 1:
            return fitting[0].name
        recent = self._antecedent(at, personal=True)
        return recent if recent in {p.name for p in fitting} and not country else None

    def _find_subjects(self, parsed: Parsed) -> list[tuple[int, int, str, bool]]:
        """(place, paragraph, name, is a person) of every named subject outside quotation marks."""
        found: list[tuple[int, int, str, bool]] = []
        for n, paragraph in enumerate(parsed.paragraphs):
            quoted = find_quoted(self._text, paragraph.span)
            for token in paragraph.doc:
                if token.dep_ not in ("nsubj", "nsubjpass", "agent"):
                    continue
                at = paragraph.offset + token.idx
                if any(q.inner.start <= at < q.inner.end for q in quoted):
                    continue
                mention = self._mention_at(at)
                if mention is not None and mention.kind == "person":
                    found.append((at, n, self._person_name(mention), True))
                elif mention is not None:
                    found.append((at, n, self._text[mention.start : mention.end], False))
                elif token.lower_ in words_of("people", "roles"):
                    phrase = token.doc[token.left_edge.i : token.i + 1].text
                    words = [fold(w.text) for w in find_words(phrase)]
                    fitting = self._fitting(words)
                    if len(fitting) == 1:
                        found.append((at, n, fitting[0].name, True))
        return found

    def _fitting(self, words: list[str]) -> list[Person]:
        wanted = find_offices(words)
        country = next((country_of()[w] for w in words if w in country_of()), None)
        return [p for p in self._people if p.roles & wanted and (country is None or country in p.countries)]

    def _mention_at(self, at: int) -> Mention | None:
        n = bisect_left(self._starts, at + 1) - 1
        return self._mentions[n] if n >= 0 and self._mentions[n].start <= at < self._mentions[n].end else None

    def _antecedent(self, at: int, *, personal: bool) -> str | None:
        here = bisect_left([p.start for p in self._paragraphs], at + 1) - 1
        for place, paragraph, name, is_person in reversed(self._subjects):
            if place < at and paragraph >= here - REACH and is_person == personal:
                return name
        if not personal:
            return None
        # no subject in reach: the only person named there, if there is only one
        start = self._paragraphs[max(0, here - REACH)].start if self._paragraphs else 0
        named = {self._person_name(m) for m in self._mentions if m.kind == "person" and start <= m.start < at}
        return named.pop() if len(named) == 1 else None

    def _former_or_latter(self, at: int, *, latter: bool) -> str | None:
        here = bisect_left([p.start for p in self._paragraphs], at + 1) - 1
        start = self._paragraphs[here].start if here >= 0 else 0
        named = [self._person_name(m) for m in self._mentions if m.kind == "person" and start <= m.start < at]
        distinct = list(dict.fromkeys(named))
        if latter:
            return distinct[-1] if distinct else None
        return distinct[-2] if len(distinct) > 1 else None


def resolve_speakers(quotes: Sequence[Quote], speakers: Speakers) -> tuple[Quote, ...]:
    """The same quotes with the speakers' names filled in where they are safe."""
    return tuple(
        msgspec.structs.replace(quote, speaker_name=speakers.name_of(quote.speaker)) if quote.speaker else quote
        for quote in quotes
    )


def _people(text: str, mentions: Sequence[Mention], body_start: int) -> list[Person]:
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    roles: dict[str, set[str]] = defaultdict(set)
    countries: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.kind != "person":
            continue
        form = text[mention.start : mention.end]
        name = strip_honorific(form)
        if name.startswith("@"):
            continue
        counts[name] += 1
        if mention.start >= body_start:
            first.setdefault(name, mention.start)
        described = text[mention.description.start : mention.description.end] if mention.description else ""
        words = [fold(w.text) for w in find_words(described + " " + form.removesuffix(name))]
        roles[name] |= find_offices(words)
        countries[name] |= {country_of()[w] for w in words if w in country_of()}
    return _merged(counts, first, roles, countries)


def _body_start(parsed: Parsed) -> int:
    """Where running text begins, after the headline."""
    return next((p.span.start for p in parsed.paragraphs if not p.is_heading), 0)


def _merged(
    counts: Counter[str], first: dict[str, int], roles: dict[str, set[str]], countries: dict[str, set[str]]
) -> list[Person]:
    """Surnames alone joined to the full name they shorten.

    News names a person in full first. A surname that runs through the text before a full name with it appears belongs to
    somebody the report takes for known: "Mr. Weir" all along, and late in the text his wife, Ada Weir.
    """
    full = [name for name in counts if len(name.split()) > 1]
    single = [name for name in counts if len(name.split()) == 1]
    homes: dict[str, str] = {}
    for name in single:
        bearers = [f for f in full if fold(f.split()[-1]) == fold(name)]
        best = max(bearers, key=lambda f: (counts[f], f), default=None)
        if best is not None and not (
            first.get(name, 0) < first.get(best, 0) and counts[name] >= FAR_MORE * counts[best]
        ):
            homes[name] = best
    people = []
    for name in [*full, *(s for s in single if s not in homes)]:
        own = [name, *(s for s, home in homes.items() if home == name)]
        people.append(
            Person(
                name=name,
                surname=fold(name.split()[-1]),
                roles=frozenset(r for n in own for r in roles[n]),
                countries=frozenset(c for n in own for c in countries[n]),
                n_mentions=sum(counts[n] for n in own),
            )
        )
    return people


def _described(phrase: str) -> str | None:
    """A group or body in the report's words, without its article: "regional authorities"."""
    words = _DETERMINER.sub("", phrase, count=1).strip() if _DETERMINER.match(phrase) else phrase.strip()
    return re.sub(r"\s+", " ", words) or None
