"""The story of each report that a library keeps: found as reports come in, and told anew where something is set right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import WrongModelError
from rashomon.group import (
    FAR_DAYS,
    LEAST_ARTICLES,
    NEAR_WEIGHT,
    PROFILE_VERSION,
    Profile,
    Rarity,
    key_weights,
    keys_of,
    link,
    may_be_one_event,
    pack,
    profiles,
    shipped,
    tell_stories,
    unpack,
    unpack_rarity,
)
from rashomon.model import Link
from rashomon.provenance import hash_of_models
from rashomon.run.annotating import PART, annotate_waiting
from rashomon.run.progress import Progress, silent
from rashomon.settings import DEFAULT, Settings
from rashomon.store import (
    GROUPED,
    PROFILED,
    Store,
    Transaction,
    all_profiles,
    connected,
    count_articles,
    find_sharing,
    get_articles,
    get_corrections,
    get_profiles,
    index_keys,
    last_rarity,
    mark,
    put_links,
    put_profiles,
    put_rarity,
    replace_stories,
    story_mates,
    times_of,
    waiting_for,
)

# A day after all others.
FOREVER = 10**7


def catch_up(
    store: Store, settings: Settings = DEFAULT, progress: Progress = silent, processes: int | None = None
) -> tuple[int, int]:
    """Annotate and group whatever waits for it, from this run or from one that was cut off; how many of each."""
    return annotate_waiting(store, settings, progress, processes), group_waiting(store, settings, progress)


def group_waiting(store: Store, settings: Settings = DEFAULT, progress: Progress = silent) -> int:
    """Find the stories of the articles that have none yet; how many there were.

    When the library has doubled since terms were counted last, they are counted again and all of it is grouped anew.
    """
    _profile_waiting(store, progress)
    epoch, rare_in = find_rarity(store)
    version = f"{PROFILE_VERSION} {hash_of_models('group')} {settings.group.story_similarity} {epoch}"
    waiting = waiting_for(store, GROUPED, version)
    for n in range(0, len(waiting), PART):
        progress("grouping", n, len(waiting))
        with store.writing() as connection:
            fresh = [unpack(body) for body in get_profiles(connection, waiting[n : n + PART]).values()]
            tie(connection, sorted(fresh, key=lambda p: p.id), rare_in, settings)
            mark(connection, [p.id for p in fresh], GROUPED, version)
    progress("grouping", len(waiting), len(waiting))
    return len(waiting)


def _profile_waiting(store: Store, progress: Progress) -> None:
    waiting = waiting_for(store, PROFILED, str(PROFILE_VERSION))
    for n in range(0, len(waiting), PART):
        progress("profiling", n, len(waiting))
        fresh = profiles(get_articles(store, waiting[n : n + PART]))
        with store.writing() as connection:
            put_profiles(connection, [(p.id, pack(p)) for p in fresh])
            mark(connection, [p.id for p in fresh], PROFILED, str(PROFILE_VERSION))
    progress("profiling", len(waiting), len(waiting))


def find_rarity(store: Store) -> tuple[int, Rarity]:
    """How rare terms are, and the number of the counting; they are counted again when the library has doubled."""
    n_articles = count_articles(store)
    with store.reading() as connection:
        last = last_rarity(connection)
    counted = _counting(last)
    if n_articles < max(LEAST_ARTICLES, 2 * last[1] if last and counted else 0):
        return last[0] if last else 0, counted or shipped()
    rare_in = shipped().with_counts_of(unpack(body) for body in all_profiles(store))
    with store.writing() as connection:
        meanwhile = last_rarity(connection)
        if meanwhile is not None and meanwhile != last:  # another process has counted
            return meanwhile[0], unpack_rarity(meanwhile[2])
        epoch = (last[0] if last else 0) + 1
        put_rarity(connection, epoch, n_articles, rare_in.pack())
    return epoch, rare_in


def _counting(last: tuple[int, int, bytes] | None) -> Rarity | None:
    """What was counted last; nothing where other terms were counted than are compared now."""
    try:
        return unpack_rarity(last[2]) if last else None
    except WrongModelError:
        return None


def tie(connection: Transaction, fresh: Sequence[Profile], rare_in: Rarity, settings: Settings) -> None:
    """Link new articles to what they may share a story with, and write the stories that follow."""
    keys = {p.id: keys_of(p, rare_in) for p in fresh}
    for p in fresh:
        index_keys(connection, p.id, p.day, keys[p.id].tolist(), key_weights(keys[p.id], rare_in).tolist())
    pairs = sorted({(min(p.id, b), max(p.id, b)) for p in fresh for b in _candidates(connection, p, keys[p.id])})
    ends = {a for pair in pairs for a in pair}
    own = [unpack(data) for _, data in sorted(get_profiles(connection, ends).items())]
    place = {p.id: n for n, p in enumerate(own)}
    left = np.array([place[a] for a, _ in pairs], np.int64)
    right = np.array([place[b] for _, b in pairs], np.int64)
    put_links(connection, keys, link(own, left, right, rare_in, settings))
    retell(connection, keys, settings)


def _candidates(connection: Transaction, own: Profile, keys: NDArray[np.int64]) -> list[str]:
    """The articles that share enough rare terms with one, for their distance in time."""
    first, last = (0, FOREVER) if own.day is None else (own.day - FAR_DAYS, own.day + FAR_DAYS)
    found = find_sharing(connection, keys.tolist(), first, last, int(NEAR_WEIGHT * 1000))
    fits = may_be_one_event(
        np.array([weight for _, _, weight in found], np.int64),
        np.array([day for _, day, _ in found], np.int64),
        -1 if own.day is None else own.day,
    )
    return [article for (article, _, _), fit in zip(found, fits.tolist(), strict=True) if fit and article != own.id]


def retell(connection: Transaction, ids: Iterable[str], settings: Settings) -> None:
    """Write the stories of all articles that hang together with some, or did so until now."""
    corrections = get_corrections(connection)
    ties = [c.articles for c in corrections]
    reached, touched = set(ids), set[str]()
    links: list[Link] = []
    while reached != touched:
        touched = reached
        links = connected(connection, touched, ties)
        reached = touched | {a for k in links for a in (k.left, k.right)}
        reached |= {a for tied in ties if reached & set(tied) for a in tied}
        reached |= story_mates(connection, reached)
    applied = [c for c in corrections if touched & set(c.articles)]
    replace_stories(connection, tell_stories(times_of(connection, touched), links, settings, applied))
