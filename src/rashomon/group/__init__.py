"""group: which articles report one event. `group(articles, settings)` gives the stories.

The same articles make the same stories whatever their order: the likeness of two depends on these two alone, and a story
on what is tied to it. docs/grouping.md tells how it is done and how good it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.group.pairs import features, find_candidates, matrices
from rashomon.group.profile import profiles
from rashomon.group.reasons import explain_links
from rashomon.group.stories import cluster, make_stories
from rashomon.group.trees import load_trees
from rashomon.model import Article, Link, Story, StoryCorrection
from rashomon.settings import DEFAULT, Settings

__all__ = ["explain_links", "group"]


def group(
    articles: Sequence[Article], settings: Settings = DEFAULT, corrections: Sequence[StoryCorrection] = ()
) -> tuple[Story, ...]:
    """The stories of some articles, every article in one, in order of their earliest article; links without reasons."""
    ordered = sorted(articles, key=lambda a: (a.published or "9999", a.id))
    own = profiles(ordered)
    left, right = find_candidates(own)
    likely = load_trees().probability(features(matrices(own), left, right))
    groups = cluster(len(ordered), left, right, likely, settings.group.story_similarity)
    likeliest = likely >= settings.group.story_similarity
    links = [
        Link(left=ordered[a].id, right=ordered[b].id, score=p)
        for a, b, p in zip(left[likeliest].tolist(), right[likeliest].tolist(), likely[likeliest].tolist(), strict=True)
    ]
    order = [a.id for a in ordered]
    return make_stories(order, [[order[n] for n in members] for members in groups], links, corrections)
