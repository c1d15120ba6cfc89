"""What users set right in a library: kept with a number, carried out on every run, told apart where two set the same right.

Of stories, articles are put together, taken out or moved. Of rows, names are joined or split, a quote gets another speaker, a
report another day; that is done by `collate`, here it is made to fit what the library holds now. A page that has changed keeps
what was set right in it as long as the words stand in it that it was said of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from rashomon.collate.corrections import check_form, check_place, correct_speakers
from rashomon.errors import ChangedError, CorrectionError
from rashomon.group import pack, profiles
from rashomon.model import Annotations, Article, Correction, NumberedCorrection, Place, Span, StoryCorrection
from rashomon.run.annotating import annotations_of, keep_annotations
from rashomon.run.corrected import set_right
from rashomon.run.grouping import find_rarity, retell, tie
from rashomon.settings import DEFAULT, Settings
from rashomon.store import (
    Kept,
    Store,
    Transaction,
    all_corrections,
    all_versions,
    forget_differences,
    get_articles,
    index_quotes,
    put_correction,
    put_profiles,
    read_articles,
    row_corrections,
    set_day,
    story_mates,
    take_back,
    times_of,
)
from rashomon.text.dates import read_day

# A name, a title or a reason longer than this is something else.
LONGEST = 200
MOST_NAMED = 1000


# ── setting right ───────────────────────────────────────────────────────────────────────────────


def correct_stories(
    store: Store, correction: StoryCorrection, settings: Settings = DEFAULT, seen: int | None = None
) -> int:
    """Write down what a user set right about stories, and tell them again; the correction's number.

    Raises `ChangedError` where one of the articles was named by a correction after the one that was `seen` last.
    """
    with store.writing() as connection:
        known = times_of(connection, correction.articles)
        missing = [a for a in correction.articles if a not in known]
        if missing:
            raise CorrectionError(f"{missing[0]}: no article of this library; `rashomon show STORY` names them")
        told = [k for k in all_corrections(connection) if isinstance(k.correction, StoryCorrection)]
        _check_seen(told, seen, lambda c: set(correction.articles) & set(_articles_of(c)))
        number = put_correction(connection, correction)
        retell(connection, correction.articles, settings)
    return number


def correct_rows(store: Store, correction: Correction, settings: Settings = DEFAULT, seen: int | None = None) -> int:
    """Write down what a user set right in rows of collations; the correction's number.

    Raises `CorrectionError` where it says too little or does not apply, `ChangedError` where the same was set right, or that
    was taken back, after the correction that was `seen` last.
    """
    told, articles = _fitted(store, correction, settings)
    if told.kind == "date":  # so that what is found in it need not be found again with each look
        keep_annotations(store, [a.dated(str(told.value)) for a in articles], settings)
    carry_out = _prepared(store, told, settings)
    with store.writing() as connection:
        addresses = _addresses(connection, [a.id for a in articles])
        own = _rows_of(told, addresses)
        _check_seen(row_corrections(connection, addresses), seen, lambda c: own & _rows_of(c, addresses))
        number = put_correction(connection, told)
        carry_out(connection)
    return number


def undo(store: Store, number: int, settings: Settings = DEFAULT) -> None:
    """Take a correction back. Raises `CorrectionError` where there is none of this number."""
    with store.reading() as connection:
        known = next((k.correction for k in all_corrections(connection) if k.number == number and k.holds), None)
    carry_out = _prepared(store, known, settings) if isinstance(known, Correction) else None
    with store.writing() as connection:
        correction = take_back(connection, number)
        if correction is None:
            raise CorrectionError(f"there is no correction {number}; `rashomon story list` shows them")
        if carry_out is not None:
            carry_out(connection)
        elif isinstance(correction, StoryCorrection):
            retell(connection, correction.articles, settings)


def say_number(kept: Kept) -> NumberedCorrection:
    """A correction as it is listed."""
    own = kept.correction
    articles = tuple(dict.fromkeys(_articles_of(own)))
    if isinstance(own, StoryCorrection):
        return NumberedCorrection(number=kept.number, kind=own.kind, articles=articles, note=own.note)
    return NumberedCorrection(number=kept.number, articles=articles, **msgspec.structs.asdict(own))


def _prepared(store: Store, correction: Correction, settings: Settings) -> Callable[[Transaction], None]:
    """What follows from a correction, or from its taking back, for what the library has of its articles."""
    with store.reading() as connection:
        ids = list(_addresses(connection, {p.article for p in correction.places}))
    articles = get_articles(store, ids)
    found = annotations_of(store, articles, settings) if correction.kind == "speaker" else {}
    rare_in = find_rarity(store)[1] if correction.kind == "date" else None

    def carry_out(connection: Transaction) -> None:
        for article in articles if found else ():
            index_quotes(connection, article, set_right(connection, article, found[article.id]))
        if rare_in is not None:
            for versions in all_versions(connection, {p.article for p in correction.places}).values():
                set_day(connection, versions, _day_of(connection, versions))
            fresh = profiles(read_articles(connection, ids))
            put_profiles(connection, [(p.id, pack(p)) for p in fresh])
            tie(connection, fresh, rare_in, settings)
        forget_differences(connection, ids)

    return carry_out


def _day_of(connection: Transaction, ids: Iterable[str]) -> str | None:
    """The day that was set right last."""
    held = [k.correction for k in row_corrections(connection, ids) if k.holds]
    days = [c.value for c in held if isinstance(c, Correction) and c.kind == "date"]
    return days[-1] if days else None


# ── what it says, and whether it applies ────────────────────────────────────────────────────────


def _fitted(store: Store, given: Correction, settings: Settings) -> tuple[Correction, list[Article]]:
    """A correction with the words that stand at its places, and its articles; of names, with where they are written."""
    check_form(1, given)
    if len(given.places) > MOST_NAMED or len(given.forms) > MOST_NAMED:
        raise CorrectionError(f"it names more than {MOST_NAMED:,} places or spellings; make several of it")
    for words in (*given.forms, given.value, given.note):
        if words is not None and (not words.strip() or len(words) > LONGEST or not words.isprintable()):
            raise CorrectionError(f"{words!r:.80}: write 1 to {LONGEST} characters in one line")
    if not given.places:
        raise CorrectionError("it needs places: an article of the story, by its id")
    articles = get_articles(store, sorted({p.article for p in given.places}))
    missing = {p.article for p in given.places} - {a.id for a in articles}
    if missing:
        raise CorrectionError(f"{min(missing)}: no article of this library; `rashomon show STORY` names them")
    if given.what == "names":
        return _named(store, given, articles)
    texts = {a.id: a.text for a in articles}
    for place in given.places:
        check_place(1, given, place, texts)
    if given.kind == "date":
        day = read_day(str(given.value))
        ids = list(dict.fromkeys(p.article for p in given.places))
        return msgspec.structs.replace(
            given, value=day.isoformat() if day else "", places=tuple(Place(article=a, at=0) for a in ids)
        ), articles
    found = annotations_of(store, articles, settings)
    correct_speakers(articles, [found[a.id] for a in articles], [given])
    places = tuple(_with_words(p, texts[p.article], _spans(found[p.article], given)) for p in given.places)
    return msgspec.structs.replace(given, places=places), articles


def _named(store: Store, given: Correction, articles: Sequence[Article]) -> tuple[Correction, list[Article]]:
    """A correction of names with the articles of these stories that write them."""
    with store.reading() as connection:
        mates = story_mates(connection, [a.id for a in articles]) | {a.id for a in articles}
    near = get_articles(store, sorted(mates))
    places = tuple(
        Place(article=a.id, at=at, words=form) for form in given.forms for a in near if (at := a.text.find(form)) >= 0
    )
    unknown = [form for form in given.forms if form not in {p.words for p in places}]
    if unknown:
        raise CorrectionError(f"no report of the story writes the name {unknown[0]!r}")
    return msgspec.structs.replace(given, places=places), [a for a in near if a.id in {p.article for p in places}]


def _spans(found: Annotations, given: Correction) -> list[Span]:
    """The stretches of an article that a correction may mean."""
    return list(found.sentences) if given.what == "points" else [c for q in found.quotes for c in q.content]


def _with_words(place: Place, text: str, spans: Iterable[Span]) -> Place:
    """A place at the beginning of the quote or sentence that it is in, with its words."""
    span = next((s for s in spans if s.start <= place.at < s.end), Span(place.at, place.at + LONGEST))
    return Place(article=place.article, at=span.start, words=text[span.start : span.end])


# ── whether somebody else was faster ────────────────────────────────────────────────────────────


def _check_seen(
    kept: Iterable[Kept], seen: int | None, is_same: Callable[[StoryCorrection | Correction], object]
) -> None:
    """Raise where the same was corrected, or that was taken back, after the last change that was seen."""
    for later in kept:
        if seen is not None and later.changed > seen and is_same(later.correction):
            raise ChangedError(f"{_say_done(later)} since you looked; look at it again, then decide")


def _say_done(later: Kept) -> str:
    if not later.holds:
        return f"correction {later.number} of the same was taken back"
    value = later.correction.value if isinstance(later.correction, Correction) else None
    return f"somebody set the same right (correction {later.number}{f': {value}' if value else ''})"


def _rows_of(correction: StoryCorrection | Correction, addresses: dict[str, str]) -> set[tuple[str, str, str]]:
    """What a correction sets right, whatever version of a page it names."""
    if isinstance(correction, StoryCorrection):
        return set()
    what = correction.what or correction.kind
    return {(what, addresses[p.article], p.words or "") for p in correction.places if p.article in addresses}


def _addresses(connection: Transaction, ids: Iterable[str]) -> dict[str, str]:
    """What stands for the address of some articles, and of all their versions: the id of the first."""
    return {v: own[0] for own in all_versions(connection, ids).values() for v in own}


def _articles_of(correction: StoryCorrection | Correction) -> tuple[str, ...]:
    if isinstance(correction, StoryCorrection):
        return correction.articles
    return tuple(place.article for place in correction.places)
