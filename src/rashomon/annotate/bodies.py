"""Bodies and regions named by what they are, whatever the tagger saw.

"Norland's air force", "Tessmar police", "the Weir administration", a name in front of its acronym in brackets, and
"western Norland".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from rashomon.lexicon import alternation, load_lexicon, words_of
from rashomon.model import MentionKind, Span
from rashomon.text.acronyms import is_acronym_of
from rashomon.text.naming import country_of, known_states

_DIRECTION = r"(?:(?:[Nn]orth|[Ss]outh)-?(?:(?:east|west)(?:ern)?|ern)?|(?:[Ee]ast|[Ww]est)(?:ern)?|[Cc]entral)"
# An acronym in brackets, and the words in front of it.
_BRACKETED = re.compile(r"\(\s{0,20}[\"“]?(?P<short>[A-Z][A-Za-z&.]{1,9})[\"”]?\s{0,20}\)")
_CAPITALS = re.compile(r"(?<![\w.@&-])(?:(?:[A-Z]\.){3,7}|[A-Z]{3,7}(?![\w&-]))")
_WORD = re.compile(r"[A-Z][\w’'&.-]*|(?:and|of|for|the|on|in|to|&)(?=\s)")


def body_patterns(text: str, kinds: Mapping[str, MentionKind]) -> tuple[re.Pattern[str], ...]:
    """What names a body in this article.

    A country's or a place's ("Norland's air force"), a person's ("the Weir administration"), a paper by its last word,
    and the bare words where the article has only one such body ("the air force").
    """
    places = sorted({f for f, kind in kinds.items() if kind == "place" and f not in country_of() and f[:1].isupper()})
    plain = " ".join(text.split())
    lower = plain.lower()
    owners = [*(o for o in country_of() if o in lower), *(p for p in places if p in plain)]
    owned = _owned_bodies((*owners, *(s for s in known_states() if "." not in s and s in plain)))
    bare = Counter(m["head"].lower() for m in {m[0].lower(): m for m in owned.finditer(text)}.values())
    patterns = [owned]
    named = [form for form, kind in kinds.items() if kind == "person"]
    # a full name goes with its body only where the report has it once more: "Ada Weir's campaign"
    people = sorted({f.split()[-1] for f in named} | {f for f in named if " " in f and plain.count(f) > 1})
    if people:
        heads = load_lexicon("organisations")["personal_heads"]
        patterns.append(
            re.compile(rf"(?<![\w-])(?:{alternation(people)})(?:['’]s)?\s{{1,20}}(?:{'|'.join(heads)})(?!\w)")
        )
    short = sorted({f.split()[-1] for f, kind in kinds.items() if kind == "organisation" and " " in f and f in text})
    if short:
        # a newspaper by the last word of its name: "The Courier", "the Times"
        papers = [w for w in short if w.lower() in load_lexicon("organisations")["papers"]["words"].split()]
        others = alternation([w for w in short if w not in papers]) or r"(?!)"
        patterns.append(re.compile(rf"(?<![\w-])The (?:{others})(?!\w)(?! [A-Z])"))
        patterns.append(re.compile(rf"(?<=\b[Tt]he )(?:{alternation(papers) or '(?!)'})(?!\w)(?! [A-Z])"))
    patterns += [_after_article(), _agreements(tuple(owners))]
    single = [head for head, n in bare.items() if n == 1 and " " in head]
    if single:
        patterns.append(re.compile(rf"(?<![\w-])(?:{alternation(single)})(?!\w)", re.IGNORECASE))
    return tuple(patterns)


def region_pattern(text: str, kinds: Mapping[str, MentionKind]) -> re.Pattern[str] | None:
    """Parts of the places an article names: "western Norland"."""
    places = [f for f, kind in kinds.items() if kind == "place" and f[:1].isupper() and "." not in f and f in text]
    return re.compile(rf"(?<![\w-]){_DIRECTION}\s{{1,20}}(?:{alternation(places)})(?![\w-])") if places else None


def find_spelt_out(text: str) -> Iterator[tuple[Span, Span]]:
    """Names in front of their acronyms in brackets, each with the acronym (Schwartz and Hearst 2003)."""
    for m in _BRACKETED.finditer(text):
        letters = re.sub(r"[^A-Za-z]", "", m["short"]).rstrip("s")
        if sum(c.isupper() for c in letters) < 2:
            continue
        words: list[tuple[int, str]] = []
        for w in re.finditer(r"\S+", text[max(0, m.start() - 120) : m.start()]):
            begin = max(0, m.start() - 120) + w.start()
            words = [*words, (begin, w[0])] if _WORD.fullmatch(w[0]) else []
        name = _spelling(words, letters.upper())
        if name is not None:
            yield Span(name, len(text[: m.start()].rstrip())), Span(m.start("short"), m.end("short"))


def _spelling(words: list[tuple[int, str]], letters: str) -> int | None:
    """Where the words begin whose capitals spell the letters, small words counted or not; the fewest words that do."""
    for n in range(len(words) - 1, -1, -1):
        own = [w for _, w in words[n:]]
        capitals = "".join(w[0] for w in own if w[0].isupper())
        everything = "".join(w[0] for w in own).upper()
        if own[0][0].isupper() and letters in (capitals, everything) and len(own) > 1:
            return words[n][0]
    return None


def find_acronyms(text: str, kinds: Mapping[str, MentionKind], patterns: Sequence[re.Pattern[str]]) -> set[str]:
    """Words in capitals that are the initials of exactly one body the article names."""
    bodies = {f for f, kind in kinds.items() if kind == "organisation" and " " in f and f in text}
    bodies |= {" ".join(m[0].split()) for pattern in patterns for m in pattern.finditer(text)}
    shorts = {m[0] for m in _CAPITALS.finditer(text)} - kinds.keys() - set(load_lexicon("people")["stray"]["words"])
    return {short for short in shorts if sum(is_acronym_of(short, body) for body in bodies) == 1}


def _owned_bodies(owners: tuple[str, ...]) -> re.Pattern[str]:
    own = alternation(sorted(set(owners))) or r"(?!)"
    return re.compile(
        rf"(?<![\w-])(?i:{own})(?:['’]s)?\s{{1,20}}(?:[A-Z]\w+\s{{1,20}})?(?P<head>(?i:{_body_heads()}))(?!\w)"
    )


@lru_cache(maxsize=1)
def _after_article() -> re.Pattern[str]:
    """Names in capitals behind "the" that say what they name: "the Harbour Workers' Union", "the Committee on Ports"."""
    heads = alternation([w.capitalize() for w in load_lexicon("organisations")["named_by"]["organisation"].split()])
    roles = alternation([w.capitalize() for w in words_of("people", "roles")])
    word = rf"(?!(?:{roles})\b)[A-Z][\w’'&]+(?:-[A-Z]\w+)*"  # "the Council on Ports Director Ada Weir" is nobody's name
    days = alternation(
        [w.capitalize() for w in (*load_lexicon("calendar")["weekdays"], *load_lexicon("calendar")["months"])]
    )
    of = rf"(?:\s{{1,20}}(?:of|for)\s{{1,20}}(?:the\s{{1,20}})?{word}(?:\s{{1,20}}{word}){{0,5}})?"
    on = rf"(?:{heads})\s{{1,20}}(?:of|for|on(?!\s{{1,20}}(?:{days})\b))\s{{1,20}}(?:the\s{{1,20}})?{word}(?:\s{{1,20}}{word}){{0,5}}"
    return re.compile(
        rf"(?<=\b[Tt]he )(?!{_DIRECTION} )(?:(?:{word}\s{{1,20}}){{1,7}}(?:{heads}){of}|{on})(?<!['’]s)(?![\w-])(?!\s{{1,20}}[A-Z])"
    )


@lru_cache(maxsize=64)
def _agreements(owners: tuple[str, ...]) -> re.Pattern[str]:
    """What places agreed on: "the Norland grain deal", "the Skarn Accord"."""
    own = alternation(sorted(set(owners))) or r"(?!)"
    heads = alternation(load_lexicon("organisations")["agreements"].split())
    return re.compile(rf"(?<=\b[Tt]he )(?i:{own})(?:\s{{1,20}}\w+)?\s{{1,20}}(?i:{heads})(?![\w-])")


@lru_cache(maxsize=1)
def _body_heads() -> str:
    return "|".join(sorted(load_lexicon("organisations")["heads"], key=lambda head: (-len(head), head)))
