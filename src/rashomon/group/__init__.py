"""group: which articles report one event. `group(articles, settings)` gives the stories.

The same articles make the same stories whatever their order: the likeness of two depends on these two alone, and a story
on what is tied to it. docs/grouping.md tells how it is done and how good it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rashomon.checks import check_articles
from rashomon.group.pairs import (
    BLOCK,
    FAR_DAYS,
    MOST_SHARING,
    NEAR_WEIGHT,
    features,
    find_candidate_pairs,
    key_weights,
    keys_of,
    matrices,
    may_be_one_event,
    shared_weights,
)
from rashomon.group.profile import PROFILE_VERSION, Profile, pack, profiles, unpack
from rashomon.group.rarity import LEAST_ARTICLES, Rarity, shipped, unpack_rarity
from rashomon.group.reasons import explain_stories
from rashomon.group.stories import FLOOR, make_stories
from rashomon.group.trees import load_trees
from rashomon.model import Article, Link, Story, StoryCorrection
from rashomon.settings import DEFAULT, Settings, check_settings
from rashomon.text.clusters import group_alike
from rashomon.verbs import make_callable

__all__ = [
    "FAR_DAYS",
    "LEAST_ARTICLES",
    "MOST_SHARING",
    "NEAR_WEIGHT",
    "PROFILE_VERSION",
    "Profile",
    "Rarity",
    "explain_stories",
    "find_candidate_pairs",
    "group",
    "key_weights",
    "keys_of",
    "link",
    "may_be_one_event",
    "pack",
    "profiles",
    "shared_weights",
    "shipped",
    "tell_stories",
    "unpack",
    "unpack_rarity",
]


def group(
    articles: Sequence[Article], settings: Settings = DEFAULT, corrections: Sequence[StoryCorrection] = ()
) -> tuple[Story, ...]:
    """The stories of some articles, every article in one, in order of their earliest article; links without reasons.

    Raises `UsageError` for what is no article, for two with one id, or for settings out of range.
    """
    check_settings(settings)
    articles = check_articles(articles)
    own = profiles(articles)
    rare_in = shipped().with_counts_of(own)
    left, right = find_candidate_pairs(own, rare_in)
    links = link(own, left, right, rare_in, settings)
    return tell_stories({a.id: a.published for a in articles}, links, settings, corrections)


def link(
    own: Sequence[Profile],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    rare_in: Rarity,
    settings: Settings = DEFAULT,
) -> list[Link]:
    """Those of some pairs of profiles, given by number, that can tie a story together."""
    least = FLOOR * settings.group.story_similarity
    of, trees = matrices(own, rare_in), load_trees()
    links = []
    for start in range(0, len(left), BLOCK):
        a, b = left[start : start + BLOCK], right[start : start + BLOCK]
        likely = trees.probability(features(of, a, b), least)
        links += [
            Link(left=min(own[x].id, own[y].id), right=max(own[x].id, own[y].id), score=float(likely[k]))
            for k in np.flatnonzero(likely >= least).tolist()
            for x, y in ((int(a[k]), int(b[k])),)
        ]
    return links


def tell_stories(
    published: Mapping[str, str | None],
    links: Sequence[Link],
    settings: Settings = DEFAULT,
    corrections: Sequence[StoryCorrection] = (),
    across: Sequence[Link] = (),
) -> tuple[Story, ...]:
    """The stories of some articles, given with when they were published, from all links between them.

    `across` are links between parts that are known to be stories apart: they stand only in a story that a correction makes.
    """
    order = sorted(published, key=lambda a: (published[a] or "9999", a))
    place = {article: n for n, article in enumerate(order)}
    pairs = np.array([sorted((place[k.left], place[k.right])) for k in links], np.int64).reshape(-1, 2)
    likely = np.array([k.score for k in links])
    by_place = np.lexsort((pairs[:, 1], pairs[:, 0]))
    least = settings.group.story_similarity
    groups = group_alike(len(order), pairs[by_place, 0], pairs[by_place, 1], likely[by_place], least, "average")
    told = [k for k in (*links, *across) if k.score >= least]
    return make_stories(order, [[order[n] for n in members] for members in groups], told, corrections)


make_callable(__name__)
