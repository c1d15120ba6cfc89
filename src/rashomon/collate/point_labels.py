"""Labels of points: a short clause that tells the point, its subject named, without who says so.

A label is made of the words of one report's clause: its subject (by name where the report has a pronoun) and what the verb
says of it. Points whose clauses all lean on something, or are somebody's speech, have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

import msgspec

from rashomon.collate.holders import holder_of, is_of_somebody_unknown, saying
from rashomon.collate.material import Material
from rashomon.collate.printable import Label, chances_of, load_printable
from rashomon.collate.tellers import Tellers
from rashomon.lexicon import alternation, load_lexicon, words_of
from rashomon.model import Clause, Point, Reading, Span
from rashomon.text.dates import is_day_or_month
from rashomon.text.marks import find_quoted
from rashomon.text.numbers import find_numbers
from rashomon.text.words import STOP, content_stems, fold, fold_text, split_words, stem, stem_of_saying

# A label has at most so many characters, and at least so many telling words.
LONGEST, LEAST_TELLING = 90, 3
# What so many reports are likely to tell can stand for a point of several.
SEVERAL = 2
# A subject with what hangs on it has at most so many characters.
LONGEST_SUBJECT = 45
# What lies more days back than this is no news of the report's day.
NEWS = 31
# So many words before a subject may say that it is not told as so: "doubt that", "asked whether".
GOVERNING = 4
# So many characters behind a label may hold whom it is for, and to do what.
FORWARD = 70
# So many words before "that" hold the word it hangs on: "his claim in November that", "said in a statement on Friday that".
SAYING = 8
_MARKS = '“”"„«»'
_DASHES = " ,;:–—-("
_COURTESY = re.compile(r"\b(?:Mr|Mrs|Ms)\b\.?\s{1,3}")
_YEAR = re.compile(r"\b[12]\d{3}\b")
_DATING = re.compile(rf"\b(?:{alternation(words_of('framing', 'dating'))})\s{{1,3}}(?:the\s{{1,3}})?$", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s{1,3}([a-z]{1,20})\b")
# What somebody is to do, a clause that ends in the second member of a list, and what goes on with one.
_FOR_TO = re.compile(r"\bfor\s[^,.;]{1,60}?\sto\s")
_LISTED = re.compile(r",\s(?:[a-z]{1,12}\s){0,2}[^\W\d][\w’'-]{0,30}$")
_GOES_ON = re.compile(r",?\s(?:and|or)\s|,\s")
# A list of names that goes on behind the first: "Ada Weir, 18, Edda Falk and a child".
_MORE_NAMES = re.compile(r",\s(?:\d{1,3},\s)?[A-Z][^.;:]{1,80}?,?\sand\s")
# A list of counts that goes on behind the first: "one count of theft, two counts of fraud and".
_MORE = re.compile(r",\s(\w{1,20})\s[^.;:]{1,80}?\sand\s")
# "is in doubt after a video" before "came out".
_TIMED = re.compile(r"\b(?:after|before|since|until|as)\s[^,]{1,40}$")
_LEADS_ON = re.compile(r"[,:]?\s{0,2}[“\"„«]|:\s")
_CLOSED = re.compile(r"[,.?!—–]\s?[”\"“»]\s{1,3}$")
_EXPLAINING = re.compile(r"\w:\s")
_TOO = re.compile(r",?\s(?:as well|too)$")
# "that effort" points at what was told before, "that no effort" does not: the word is one of the last two.
LAST_WORDS = 2


def with_labels(material: Material, points: Sequence[Point], tellers: Tellers) -> tuple[Point, ...]:
    """The points with a clause that several readings are likely to tell and that can be printed, where one stands by itself."""
    return tuple(_labelled(material, point, tellers) for point in points)


def _labelled(material: Material, point: Point, tellers: Tellers) -> Point:
    found = list(_candidates(material, point, tellers))
    chances = _chances(material, [label for label, _ in found])
    scorer = load_printable()
    several = min(SEVERAL, len({r.article for r in point.readings}))

    def rank(one: tuple[float, tuple[Label, float]]) -> tuple[bool, bool, float, float, int, str]:
        chance, (label, told) = one
        is_lone = told < several or chance < scorer.near
        return is_lone, chance < scorer.least, -told, -chance, len(label.words), label.words

    best = min(zip(chances, found, strict=True), key=rank, default=None)
    if best is None:
        return msgspec.structs.replace(point, label=None, label_reading=None)
    _, (label, _) = best
    return msgspec.structs.replace(point, label=label.words, label_reading=label.place)


def printable(material: Material, points: Sequence[Point]) -> dict[str, float]:
    """How likely the label of each point that has one can be printed as it stands, by the points' ids."""
    told = [(point.id, label) for point in points if (label := _label_of(material, point)) is not None]
    chances = _chances(material, [label for _, label in told])
    return {name: chance for (name, _), chance in zip(told, chances, strict=True)}


def _chances(material: Material, labels: Sequence[Label]) -> list[float]:
    """How likely each label can be printed: not at all where it is said by somebody of whom nothing is known."""
    chances = zip(labels, chances_of(material, labels), strict=True)
    return [0.0 if _is_nobodys_word(material, label) else chance for label, chance in chances]


def _label_of(material: Material, point: Point) -> Label | None:
    """A point's label with the clause it was made of."""
    place = point.label_reading
    if place is None or point.label is None:
        return None
    clause = material.clause_at(place)
    return Label(place.article, clause, point.label) if clause is not None else None


def _candidates(material: Material, point: Point, tellers: Tellers) -> Iterator[tuple[Label, float]]:
    """The clauses that can be a label, with how many reports are likely to tell each, to a quarter of one.

    Whom a report only points at ("he") is named where another report names the same one.
    """
    is_wide = len({r.article for r in point.readings}) > 1
    for reading in point.readings:
        for clause in material.found[reading.article].clauses:
            if reading.start <= clause.start < reading.end and (
                words := clause_label(material, reading.article, clause)
            ):
                label = Label(reading.article, clause, words)
                told = tellers.reports(point, label.place, label.words)
                if (
                    is_wide
                    and _is_resolved(material, label.article, clause)
                    and not tellers.is_named(point, label.place)
                ):
                    continue
                yield label, round(4 * sum(told.values())) / 4


def clause_label(material: Material, article: str, clause: Clause) -> str | None:
    """A clause in a few words that stand by themselves; None where it has no such subject, is speech, or says too little.

    A subject that its sentence does not name ("he", "the minister") is named in square brackets.
    """
    subject_words = material.text(article, clause.subject) if clause.subject is not None else ""
    if (
        clause.doer is None
        or clause.core is None
        or subject_words.lower() == "it"
        or not _is_told_as_so(material, article, clause)
    ):
        return None
    core = material.text(article, clause.core).rstrip(_DASHES)
    subject = _subject(material, article, clause)
    words = _COURTESY.sub("", f"{subject} {_without_link(core)}{_long_ago(material, article, clause)}")
    if len(words) > LONGEST or len(content_stems(words)) < LEAST_TELLING or any(mark in words for mark in _MARKS):
        return None
    if words.count("(") != words.count(")") or core[:1] in "'’" or _leans(subject, core):
        return None
    if clause.predicate in words_of("framing", "only_says") | words_of("briefing", "seeming") or _breaks_off(
        material, article, clause, clause.core
    ):
        return None
    if not _agrees(clause, subject, core) or _is_empty(material, article, clause):
        return None
    if _is_cut(clause, subject_words) or _may_be_anothers(material, article, clause, subject_words):
        return None
    if _is_caption(material, article, clause, core):
        return None
    return words[:1].upper() + words[1:]


def _is_cut(clause: Clause, subject_words: str) -> bool:
    """Whether whom a clause is about lacks what its noun needs, or has its owner alone: "the fact" before "that", "the workers'"."""
    doer = clause.doer or ""
    after = split_words(subject_words.removeprefix(doer))[:1] if subject_words.startswith(f"{doer} ") else []
    is_needed = len(subject_words) > LONGEST_SUBJECT and not words_of("briefing", "complements").isdisjoint(after)
    return is_needed or doer.endswith(("'", "’", "'s", "’s"))


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
    holder = holder_of(material, Reading(article=article, start=clause.start, end=clause.end))
    is_holders = split_words(holder or "")[-1:] == last
    if any(before):
        return not before[-1]
    return (is_holders and any(is_own.values())) or _is_of_another(material, article, home, last)


def _is_of_another(material: Material, article: str, home: Span, last: Sequence[str]) -> bool:
    """Whether the sentence before one tells of a person who has no name there, and not of the one whose name ends so."""
    number = material.sentence_at(article, home.start)
    if not number or material.sentences[number - 1].article != article:
        return False
    text, before = material.texts[article], material.sentences[number - 1].span
    told = split_words(text, before.start, before.end)
    people = words_of("people", "roles") | words_of("people", "appositive") | words_of("people", "unintroducing")
    people -= words_of("pronouns", "owning")
    known = frozenset(load_lexicon("pronouns")["stands_for"]) | {fold(w) for w in last}
    folded = {fold(w) for w in told}
    return folded.isdisjoint(known) and not folded.isdisjoint(people)


def _is_resolved(material: Material, article: str, clause: Clause) -> bool:
    """Whether who does something was found, not written where it is done."""
    written = material.text(article, clause.subject) if clause.subject is not None else ""
    return fold_text((clause.doer or "").split("’s ")[0]).split()[-1:] != fold_text(written).split()[-1:]


def _is_told_as_so(material: Material, article: str, clause: Clause) -> bool:
    """Whether a report says itself that a clause is so: no speech, no condition, no question, nothing doubted or wished."""
    text = material.texts[article]
    home = material.home(article, clause.span)
    core = clause.core or clause.span
    paragraph = Span(text.rfind("\n", 0, clause.start) + 1, max(text.find("\n", clause.end), home.end))
    spoken = any(q.inner.start < core.end and core.start < q.inner.end for q in find_quoted(text, paragraph))
    opening = split_words(text, clause.start, clause.end)[:1]
    is_bound = any(fold(w) in words_of("briefing", "subordinate") for w in opening)
    is_framed = _is_framed(_words_before(material, article, clause))
    is_asked = text[clause.end : home.end].strip(' "”’')[:1] == "?"
    return not (
        spoken
        or is_bound
        or is_asked
        or is_framed
        or _is_led_in(text, home, clause)
        or material.is_spoken(article, core)
    )


def _is_led_in(text: str, home: Span, clause: Clause) -> bool:
    """Whether a quotation ends right before a clause, which tells who said it, or a colon, which it is the sense of."""
    before = text[home.start : _told_from(clause)]
    return _CLOSED.search(before) is not None or _EXPLAINING.search(before) is not None


def _told_from(clause: Clause) -> int:
    """Where the words about what a clause is about begin."""
    return (clause.subject or clause.core or clause.span).start


def _words_before(material: Material, article: str, clause: Clause) -> list[str]:
    """The words of a sentence before what a clause is about: what only says is joined to what is said, "analysts doubt that …"."""
    text, home = material.texts[article], material.home(article, clause.span)
    return [fold(w) for w in split_words(text, home.start, _told_from(clause))]


def _is_framed(before: Sequence[str]) -> bool:
    """Whether the words of a sentence before a subject say that what follows is not so for sure, or was so before something new came out."""
    near = before[-GOVERNING:]
    seeming = words_of("briefing", "seeming")
    return (
        any(stem_of_saying(w) in _unsure() for w in near)
        or any(a == "it" and b.removesuffix("s").removesuffix("ed") in seeming for a, b in pairwise(near))
        or not words_of("briefing", "asking").isdisjoint(before[-1:])
        or not words_of("briefing", "inverted").isdisjoint(before[:1])
        or any(a in words_of("briefing", "outdated") and stem(b) in _accounts() for a, b in pairwise(near))
    )


def _is_nobodys_word(material: Material, label: Label) -> bool:
    """Whether a label was said by somebody who is neither known nor the one it is about.

    A word of saying stands there, or "that" hangs on one.
    """
    if is_of_somebody_unknown(material, label.place):
        return True
    before = _words_before(material, label.article, label.clause)
    near = before[-SAYING:]
    leading = near if before[-1:] == ["that"] else before[-1:]
    is_said = any(stem_of_saying(w) in saying() or stem(w) in _claims() for w in leading)
    speaks_of_itself = any(w in near for w in map(fold, split_words(label.clause.doer or "")) if w not in STOP)
    return is_said and not speaks_of_itself and holder_of(material, label.place) is None


@lru_cache(maxsize=1)
def _claims() -> frozenset[str]:
    """The stems of words for what is only said: "his statement that …"."""
    return frozenset(stem(w) for w in words_of("briefing", "claims"))


@lru_cache(maxsize=1)
def _accounts() -> frozenset[str]:
    """The stems of what tells of something: a report that was the first may have been overtaken."""
    return frozenset(stem(w) for w in words_of("briefing", "accounts"))


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


def _leans(subject: str, core: str) -> bool:
    """Whether the words point at something that they do not name, or name nothing."""
    told = [fold(w) for w in split_words(core)]
    pointing = words_of("briefing", "pointing")
    points_back = any(
        (a in pointing and b not in _dated())
        or (a == "that" and b in _dated())
        or (a == "her" and (not b.isalpha() or b in STOP))  # "beat her in May"
        for a, b in pairwise([*told, ""])
    )
    opens = [fold(w) for w in split_words(subject)]
    counting = words_of("briefing", "many") | STOP
    is_count = not any(w[1:].isupper() for w in split_words(subject)) and all(  # "US" is not "us"
        w in counting or bool(find_numbers(w)) for w in opens
    )
    is_rest = not words_of("briefing", "rest").isdisjoint(opens[:2]) or (opens[:1] == ["both"] and "and" not in opens)
    return (
        not told
        or is_rest
        or is_count
        or not (words_of("briefing", "leaning") - _relative()).isdisjoint(split_words(subject))  # "US" is not "us"
        or not words_of("briefing", "leaning").isdisjoint(told)
        or points_back
        or "that" in told[-LAST_WORDS:]
        or any(a == "the" and b == "other" for words in (opens, told) for a, b in pairwise(words))
        or told[-1:] == ["it"]
        or opens[:1] == ["it"]
        or not (pointing | {"that"}).isdisjoint(opens[:1])
        or not any(w.isalpha() for w in opens)
    )


@lru_cache(maxsize=1)
def _unsure() -> frozenset[str]:
    """The stems of words before a clause by which it is not told as so."""
    return frozenset(stem(w) for w in words_of("briefing", "unsure"))


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


def _is_empty(material: Material, article: str, clause: Clause) -> bool:
    """Whether a verb that wants something is told with nothing, or with a day alone: "disagreed", "offered on Wednesday"."""
    text, core = material.texts[article], clause.core or clause.span
    inside = [t for t in material.found[article].times if core.start <= t.start and t.end <= core.end]
    dated = [s for t in inside for s in content_stems(text, t.start, t.end)]
    beside = [s for s in content_stems(text, core.start, core.end) if s != stem(clause.predicate or "")]
    return clause.predicate in words_of("briefing", "incomplete") and len(beside) <= len(dated)


def _is_caption(material: Material, article: str, clause: Clause, core: str) -> bool:
    """Whether a clause tells in the present what was on "Monday, July 11, 2016", as what stands under a picture does."""
    base = clause.predicate or ""
    forms = {"is", "are", base, f"{base}s", f"{base}es", f"{base.removesuffix('y')}ies"}
    if (forms - words_of("briefing", "same_past")).isdisjoint(core.split()[:2]):
        return False
    text, weekdays = material.texts[article], load_lexicon("calendar")["weekdays"]
    dated = (text[t.start : t.end] for t in material.found[article].times if clause.start <= t.start < clause.end)
    return any(_YEAR.search(words) and any(fold(w) in weekdays for w in split_words(words)) for words in dated)


def _breaks_off(material: Material, article: str, clause: Clause, core: Span) -> bool:
    """Whether the words were cut before what they need: "comes months" before "after the talks", "met in an effort".

    "Called for the mayor" before "to resign" and a list cut behind a member say another thing too.
    """
    text = material.texts[article]
    told, end = text[core.start : core.end], min(material.home(article, core).end, core.end + FORWARD)
    words = [fold(w) for w in split_words(told)]
    following = _NEXT_WORD.match(text, core.end)
    is_open = words[-1:] != [] and words[-1] in words_of("briefing", "open_ends")
    is_led = _LEADS_ON.match(text, core.end) is not None
    return (
        is_open
        or is_led
        or _is_cut_list(text, core, end)
        or (following is not None and _is_cut_before(text, clause, core, end, following[1]))
    )


def _is_cut_list(text: str, core: Span, end: int) -> bool:
    """Whether a list goes on behind a core: a second member, a name or a count of it is the last that is told."""
    told, more = text[core.start : core.end], _MORE.match(text, core.end, end)
    is_list = _LISTED.search(told) is not None and _GOES_ON.match(text, core.end) is not None
    is_name = told.split()[-1][:1].isupper() and _MORE_NAMES.match(text, core.end, end) is not None
    return is_list or is_name or (more is not None and bool(find_numbers(more[1])))


def _is_cut_before(text: str, clause: Clause, core: Span, end: int, following: str) -> bool:
    """Whether a core lacks the word that follows it right away, and what goes with it."""
    told = text[core.start : core.end]
    words = [fold(w) for w in split_words(told)]
    is_bid = clause.predicate in words_of("briefing", "bidding") and _FOR_TO.search(told) is None
    is_for = is_bid and (following == "to" or _FOR_TO.search(text, core.start, end) is not None)
    is_inner = not words_of("pronouns", "relative").isdisjoint(words)
    is_timed = following not in words_of("briefing", "resuming") and _TIMED.search(told) is not None
    is_needed = following in words_of("briefing", "needed") or clause.predicate in words_of("briefing", "resulting")
    return is_for or is_inner or is_timed or is_needed


def _long_ago(material: Material, article: str, clause: Clause) -> str:
    """The time that a clause opens with or its core ends before, where it is so far back that the clause would be taken for news."""
    text, published, core = material.texts[article], material.by_id[article].published, clause.core or clause.span
    if published is None:
        return ""
    start = clause.subject.start if clause.subject is not None else core.start
    for time in material.found[article].times:
        opens = clause.start <= time.start < start and text[time.end : start].strip() in ("", ",")
        words = _DATING.sub("", text[clause.start if opens else core.end : time.start]).strip()
        # "that year" and "a year earlier" point elsewhere
        is_clear = any(c.isdigit() for c in text[time.start : time.end])
        if (opens or core.end < time.start < clause.end) and not words and is_clear and _is_past(published, time.last):
            told = text[clause.start if opens else core.end : time.end].strip()
            return f" {told[:1].lower()}{told[1:]}" if opens and not is_day_or_month(told) else f" {told}"
    return ""


def _is_past(published: str, day: str | None) -> bool:
    """Whether a day is no news on the day of a report."""
    return day is not None and (date.fromisoformat(published[:10]) - date.fromisoformat(day)).days > NEWS


def _without_link(core: str) -> str:
    """What is said of a subject, without what only ties it to what was told before: "has also closed the port as well"."""
    first, *rest = _TOO.sub("", core).split(" ")
    kept = [first] if fold(first) not in words_of("briefing", "links") else []
    if rest and fold(rest[0]) in words_of("briefing", "adding"):
        rest = rest[1:]
    return " ".join([*kept, *rest]) if rest else core
