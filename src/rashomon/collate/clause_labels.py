"""What a clause tells in a few words that stand by themselves: its subject, by name where its report has a pronoun, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from rashomon.collate.assertions import is_told_as_so
from rashomon.collate.cuts import breaks_off
from rashomon.collate.holders import holder_of
from rashomon.collate.material import Material
from rashomon.collate.relative_days import without_relative_days
from rashomon.lexicon import alternation, load_lexicon, words_of
from rashomon.model import Clause, Reading, Span
from rashomon.text.dates import is_day_or_month
from rashomon.text.naming import strip_honorific
from rashomon.text.numbers import find_numbers
from rashomon.text.words import STOP, content_stems, fold, split_words, stem

# A label has at most so many characters, and at least so many telling words.
LONGEST, LEAST_TELLING = 125, 3
# A subject with what hangs on it has at most so many characters.
LONGEST_SUBJECT = 45
# What lies more days back than this is no news of the report's day.
NEWS = 31
# A word of so many capitals may be shouted; a shorter one stands for a name.
SHOUTED = 4
# "it" among so many words at the start of what is said of a subject, or "its" at that of the subject, stands for something before it: "Congress
# passed it by 61 to 52", "four of its soldiers were killed".
OPENING_WORDS = 3
# "that effort" points at what was told before, "that no effort" does not: the word is one of the last two.
LAST_WORDS = 2
_MARKS = '“”"„«»'
_DASHES = " ,;:–—-("
_COURTESY = re.compile(r"\b(?:Mr|Mrs|Ms)\b\.?\s{1,3}")
_YEAR = re.compile(r"\b[12]\d{3}\b")
_DATING = re.compile(rf"\b(?:{alternation(words_of('framing', 'dating'))})\s{{1,3}}(?:the\s{{1,3}})?$", re.IGNORECASE)
_TOO = re.compile(r",?\s(?:as well|too)$")


def clause_label(material: Material, article: str, clause: Clause) -> str | None:
    """A clause in a few words that stand by themselves; None where it has no such subject, is speech, or says too little.

    A subject that its sentence does not name ("he", "the minister") is named in square brackets.
    """
    subject_words = material.text(article, clause.subject) if clause.subject is not None else ""
    if (
        clause.doer is None
        or clause.core is None
        or subject_words.lower() == "it"
        or not is_told_as_so(material, article, clause)
    ):
        return None
    told = without_relative_days(material, article, clause)
    if told is None:
        return None
    core = told.strip().rstrip(_DASHES)
    subject = _subject(material, article, clause)
    words = _COURTESY.sub("", f"{subject} {_without_link(core)}{_long_ago(material, article, clause)}")
    if len(words) > LONGEST or len(content_stems(words)) < LEAST_TELLING or any(mark in words for mark in _MARKS):
        return None
    if words.count("(") != words.count(")") or core[:1] in "'’" or _leans(subject, core) or _is_shouted(material, core):
        return None
    if clause.predicate in words_of("framing", "only_says") | words_of("briefing", "seeming") or breaks_off(
        material, article, clause, clause.core
    ):
        return None
    if not _agrees(clause, subject, core) or _is_empty(material, article, clause):
        return None
    if _is_cut(clause, subject_words) or _may_be_anothers(material, article, clause, subject_words):
        return None
    if _may_be_namesakes(material, article, clause, subject_words) or _is_seconds(clause, subject_words):
        return None
    if _is_caption(material, article, clause, core):
        return None
    return words[:1].upper() + words[1:]


def told_words(text: str) -> list[str]:
    """The words of a text, folded but for those in capitals: "US" is not "us"."""
    return [w if w[1:].isupper() else fold(w) for w in split_words(text)]


def label_in_own_words(material: Material, article: str, clause: Clause, label: str) -> str | None:
    """The label of a clause whose subject is a pronoun, or begins with one of possession, with the pronoun: "his members had complained"."""
    if clause.subject is None:
        return None
    words = material.text(article, clause.subject)
    standing = load_lexicon("pronouns")["stands_for"].keys() | words_of("pronouns", "owning")
    named = _subject(material, article, clause)
    if fold(words.split()[0]) not in standing or fold(label[: len(named)]) != fold(named):
        return None
    return f"{words[:1].lower()}{words[1:]}{label[len(named) :]}"


def labels_around(material: Material, place: Reading) -> Iterator[tuple[Clause, str]]:
    """The clauses around a place that can be labels, each as it reads."""
    for clause in material.found[place.article].clauses:
        if clause.start <= place.start and place.end <= clause.end:
            words = clause_label(material, place.article, clause)
            if words is not None:
                yield clause, words


def _subject(material: Material, article: str, clause: Clause) -> str:
    """Who or what a clause is about: with what hangs on its noun, if that is short, and in brackets where the sentence has no name."""
    doer = clause.doer or ""
    whole = material.text(article, clause.subject) if clause.subject is not None else ""
    if whole.startswith(f"{doer} ") and len(whole) <= LONGEST_SUBJECT and not set(whole) & set(",;:–—(" + _MARKS):
        return whole
    sentence = material.home(article, clause.span)
    owner, own, thing = doer.partition("’s ")
    named = {fold(w) for w in split_words(material.texts[article], sentence.start, sentence.end)}
    last = split_words(owner)[-1:]
    if last and fold(last[0]) in named:
        return doer
    return f"[{owner}{own.rstrip()}]{' ' * bool(own)}{thing}"


def _without_link(core: str) -> str:
    """What is said of a subject, without what only ties it to what was told before: "has also closed the port as well"."""
    first, *rest = _TOO.sub("", core).split(" ")
    kept = [first] if fold(first) not in words_of("briefing", "links") else []
    if rest and fold(rest[0]) in words_of("briefing", "adding"):
        rest = rest[1:]
    return " ".join([*kept, *rest]) if rest else core


def _long_ago(material: Material, article: str, clause: Clause) -> str:
    """The time that a clause opens with or its core ends before, where it is so far back that the clause would be taken for news.

    Where no day of the report is known that is any time with its year.
    """
    text, published, core = material.texts[article], material.by_id[article].published, clause.core or clause.span
    start = clause.subject.start if clause.subject is not None else core.start
    for time in material.found[article].times:
        opens = clause.start <= time.start < start and text[time.end : start].strip() in ("", ",")
        if not opens and not core.end < time.start < clause.end:
            continue
        words = _DATING.sub("", text[clause.start if opens else core.end : time.start]).strip()
        # "that year" and "a year earlier" point elsewhere
        is_clear = any(c.isdigit() for c in text[time.start : time.end])
        is_past = _is_past(published, time.last) if published else _YEAR.search(text, time.start, time.end) is not None
        if not words and is_clear and is_past:
            told = text[clause.start if opens else core.end : time.end].strip()
            return f" {told[:1].lower()}{told[1:]}" if opens and not is_day_or_month(told) else f" {told}"
    return ""


def _is_past(published: str, day: str | None) -> bool:
    """Whether a day is no news on the day of a report."""
    return day is not None and (date.fromisoformat(published[:10]) - date.fromisoformat(day)).days > NEWS


def _leans(subject: str, core: str) -> bool:
    """Whether the words point at something that they do not name, or name nothing."""
    told = told_words(core)
    pointing = words_of("briefing", "pointing")
    points_back = any(
        (a in pointing and b not in _dated())
        or (a == "that" and b in _dated())
        or (a == "her" and (not b.isalpha() or b in STOP))  # "beat her in May"
        for a, b in pairwise([*told, ""])
    )
    opens = [fold(w) for w in split_words(subject)]
    counting = words_of("briefing", "many") | STOP | _approximating()
    is_count = not any(w[1:].isupper() for w in split_words(subject)) and all(
        w in counting or bool(find_numbers(w)) for w in opens
    )
    is_rest = not words_of("briefing", "rest").isdisjoint(opens[:2]) or (opens[:1] == ["both"] and "and" not in opens)
    return (
        not told
        or is_rest
        or is_count
        or not (words_of("briefing", "leaning") - _relative()).isdisjoint(split_words(subject))
        or not words_of("briefing", "leaning").isdisjoint(told)
        or points_back
        or ", or " in subject
        or "that" in told[-LAST_WORDS:]
        or any(a == "the" and b == "other" for words in (opens, told) for a, b in pairwise(words))
        or "it" in (*told[:OPENING_WORDS], *told[-1:])
        or any(
            a == "the" and b in words_of("briefing", "numbering") and c != "of"
            for a, b, c in zip(told, told[1:], [*told[2:], ""], strict=False)
        )
        or opens[:1] == ["it"]
        or not (pointing | {"that"}).isdisjoint(opens[:1])
        or not any(w.isalpha() for w in opens)
        or (_is_of_several(told) and not _are_several(opens))
        or (
            "and" not in opens and not words_of("pronouns", "owning").isdisjoint(opens[:OPENING_WORDS])
        )  # "four of its soldiers"
        or not words_of("briefing", "asking").isdisjoint(opens[:1])  # "how many people boarded"
        or (len(opens) > 1 and opens[0][:1].isdigit() and bool(find_numbers(opens[1])))  # "at 3.05 two blasts"
    )


@lru_cache(maxsize=1)
def _approximating() -> frozenset[str]:
    """The words that say how near a number is: "at least two", "nearly all"."""
    return frozenset(
        fold(w) for phrases in load_lexicon("numbers")["modifiers"].values() for p in phrases for w in p.split()
    )


def _is_shouted(material: Material, core: str) -> bool:
    """Whether a word that reports write small has capitals only: "the bus FAILED its test"."""
    return any(
        len(word) >= SHOUTED and word.isalpha() and word.isupper() and material.times_written(word.lower()) > 0
        for word in split_words(core)
    )


def _is_of_several(told: Sequence[str]) -> bool:
    """Whether words are only said of more than one: "their", "each other", "one another"."""
    return "their" in told or any(pair in {("each", "other"), ("one", "another")} for pair in pairwise(told))


def _are_several(subject: Sequence[str]) -> bool:
    """Whether the words of a subject may be of more than one, who own something: "a crane fell onto their quay" leans on others."""
    plurals = set(load_lexicon("briefing")["plurals"].values())
    return "and" in subject or any(w in plurals or (w.endswith("s") and not w.endswith("ss")) for w in subject)


@lru_cache(maxsize=1)
def _relative() -> frozenset[str]:
    """Words that go on about the noun before them: "the man who spoke" leans on nothing."""
    return words_of("pronouns", "relative") | {"those"}


@lru_cache(maxsize=1)
def _dated() -> frozenset[str]:
    """Nouns of times: "this year" points at nothing that was told before."""
    times = load_lexicon("times")
    return frozenset({*times["units"], *times["parts_of_day"], *times["seasons"]})


def _agrees(clause: Clause, subject: str, core: str) -> bool:
    """Whether a subject and its verb fit in number, and the verb is whole: "Iran restart", "the struggles was" come of a wrong parse."""
    verb, *rest = core.split()
    opening = {verb, *rest[:1]}  # "often are allowed"
    last = subject.rstrip("]").split()[-1]
    is_plural = last.endswith("s") and not last.endswith(("ss", "us", "is", "’s", "'s")) and last.islower()
    is_name = last[:1].isupper() and " and " not in subject and not last.endswith("s")
    is_base = verb == clause.predicate and verb not in words_of("briefing", "same_past")
    is_cut = (clause.passive and opening.isdisjoint(words_of("briefing", "verbs"))) or (
        clause.negated and words_of("briefing", "denying").isdisjoint(fold(w) for w in core.split())
    )
    is_emphatic = verb in {"did", "does", "do"} and not clause.negated  # "police did arrest him" answers something
    is_wrong = is_plural and verb in {"was", "is", "has"}
    return not (is_base and is_name) and not (is_wrong or is_cut or is_emphatic)


def _is_cut(clause: Clause, subject_words: str) -> bool:
    """Whether whom a clause is about lacks what its noun needs, or has its owner alone: "the fact" before "that", "the workers'"."""
    doer = clause.doer or ""
    after = split_words(subject_words.removeprefix(doer))[:1] if subject_words.startswith(f"{doer} ") else []
    is_needed = len(subject_words) > LONGEST_SUBJECT and not words_of("briefing", "complements").isdisjoint(after)
    return is_needed or doer.endswith(("'", "’", "'s", "’s"))


def _is_empty(material: Material, article: str, clause: Clause) -> bool:
    """Whether a verb that wants something is told with nothing, or with a day alone: "disagreed", "offered on Wednesday".

    Or whether what is said of somebody is that they are who they are, or that they say nothing.
    """
    text, core = material.texts[article], clause.core or clause.span
    if clause.predicate in words_of("briefing", "declining") and not words_of("briefing", "answering").isdisjoint(
        fold(w) for w in split_words(text, core.start, core.end)
    ):
        return True
    if clause.predicate == "be" and set(content_stems(text, core.start, core.end)) <= set(
        content_stems(clause.doer or "")
    ):
        return True
    inside = [t for t in material.found[article].times if core.start <= t.start and t.end <= core.end]
    dated = [s for t in inside for s in content_stems(text, t.start, t.end)]
    told = content_stems(text, core.start, core.end)
    beside = [s for s in told if s != stem(clause.predicate or "")]
    n_beside = len(beside) - (len(beside) == len(told))  # the verb itself, in a form of its own: "met"
    return clause.predicate in words_of("briefing", "incomplete") and n_beside <= len(dated)


def _is_caption(material: Material, article: str, clause: Clause, core: str) -> bool:
    """Whether a clause tells in the present what was on "Monday, July 11, 2016", as what stands under a picture does."""
    base = clause.predicate or ""
    forms = {"is", "are", base, f"{base}s", f"{base}es", f"{base.removesuffix('y')}ies"}
    if (forms - words_of("briefing", "same_past")).isdisjoint(core.split()[:2]):
        return False
    text, weekdays = material.texts[article], load_lexicon("calendar")["weekdays"]
    dated = (text[t.start : t.end] for t in material.found[article].times if clause.start <= t.start < clause.end)
    return any(_YEAR.search(words) and any(fold(w) in weekdays for w in split_words(words)) for words in dated)


def _may_be_anothers(material: Material, article: str, clause: Clause, subject_words: str) -> bool:
    """Whether "he" was taken for whoever says so, named behind it, or for one farther off than another.

    "He fled, Weir said"; "Weir said the police cornered Falk, but he fled"; "…, Weir said. The third victim is a boy. He fled".
    """
    if clause.subject is None or subject_words.lower() not in load_lexicon("pronouns")["stands_for"]:
        return False
    text, home = material.texts[article], material.home(article, clause.span)
    people = [m for m in material.found[article].mentions if m.kind == "person" and home.start <= m.start < home.end]
    last = split_words(clause.doer or "")[-1:]
    is_own = {m: split_words(text, m.start, m.end)[-1:] == last for m in people}
    before = [is_own[m] for m in people if m.start < clause.subject.start]
    if any(before):
        return not before[-1]
    holder = holder_of(material, Reading(article=article, start=clause.start, end=clause.end))
    is_named_behind = any(is_own.values()) and split_words(holder or "")[-1:] == last
    return is_named_behind or _is_of_another(material, article, home, last)


def _may_be_namesakes(material: Material, article: str, clause: Clause, subject_words: str) -> bool:
    """Whether a bare surname was taken for one of two, and the other is the last who was named in full before."""
    text, doer = material.texts[article], split_words(clause.doer or "")
    if clause.subject is None or not doer[1:] or strip_honorific(subject_words) != doer[-1]:
        return False
    named = (
        split_words(strip_honorific(text[m.start : m.end]))
        for m in material.found[article].mentions
        if m.kind == "person" and m.end <= clause.subject.start
    )
    bearers = [words[0] for words in named if len(words) > 1 and words[-1] == doer[-1]]
    return bool(bearers) and bearers[-1] != doer[0]


def _is_seconds(clause: Clause, subject_words: str) -> bool:
    """Whether "the deputy sheriff" was taken for the sheriff, whom the words do not name."""
    told, doer = [fold(w) for w in split_words(subject_words)], [fold(w) for w in split_words(clause.doer or "")]
    return doer[-1:] != told[-1:] and not words_of("briefing", "seconding").isdisjoint(told) and told[:1] == ["the"]


def _is_of_another(material: Material, article: str, home: Span, last: Sequence[str]) -> bool:
    """Whether the sentence before one tells of a person who has no name there, and not of the one whose name ends so."""
    number = material.sentence_at(article, home.start)
    if not number or material.sentences[number - 1].article != article:
        return False
    before = material.sentences[number - 1].span
    told = {fold(w) for w in split_words(material.texts[article], before.start, before.end)}
    is_same = not told.isdisjoint(load_lexicon("pronouns")["stands_for"]) or not told.isdisjoint(map(fold, last))
    return not is_same and not told.isdisjoint(_people())


@lru_cache(maxsize=1)
def _people() -> frozenset[str]:
    """Nouns for persons, whether or not they introduce somebody."""
    nouns = words_of("people", "roles") | words_of("people", "appositive") | words_of("people", "unintroducing")
    return nouns - words_of("pronouns", "owning")
