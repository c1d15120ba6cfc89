"""From likely pairs to stories: clusters that do not chain, each with its links, and what a user has set right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from rashomon.errors import CorrectionError
from rashomon.model import Link, Story, StoryCorrection, story_id

# Pairs less likely than this share of the least probability of a story tie nothing together.
FLOOR = 0.5


def correct(groups: Iterable[Sequence[str]], corrections: Sequence[StoryCorrection]) -> list[list[str]]:
    """The groups with the corrections applied in order; raises `CorrectionError` for an article that is not there.

    "merge" makes one story of the stories that the articles are in, "split" takes the articles out into a story of their
    own, "pin" moves the articles after the first into the first one's story.
    """
    own = [list(group) for group in groups]
    home = {article: n for n, group in enumerate(own) for article in group}
    for correction in corrections:
        missing = [a for a in correction.articles if a not in home]
        if missing:
            raise CorrectionError(
                f"{correction.kind} names the article {missing[0]}, which is not here; take the correction back"
            )
        if correction.kind == "merge":
            moved = [a for n in sorted({home[a] for a in correction.articles}) for a in own[n]]
            target = home[correction.articles[0]]
        elif correction.kind == "split":
            moved, target = list(correction.articles), len(own)
            own.append([])
        else:
            moved, target = list(correction.articles[1:]), home[correction.articles[0]]
        for article in moved:
            own[home[article]].remove(article)
            own[target].append(article)
            home[article] = target
    return [group for group in own if group]


def make_stories(
    order: Sequence[str],
    groups: Iterable[Sequence[str]],
    links: Iterable[Link],
    corrections: Sequence[StoryCorrection] = (),
) -> tuple[Story, ...]:
    """Stories of groups of article ids, as corrected; `order` has all ids from the earliest report to the latest."""
    place = {article: n for n, article in enumerate(order)}
    own = [sorted(members, key=place.__getitem__) for members in correct(groups, corrections)]
    home = {article: n for n, members in enumerate(own) for article in members}
    inside: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        if home[link.left] == home[link.right]:
            inside[home[link.left]].append(link)
    stories = [
        Story(id=story_id(members[0]), article_ids=tuple(members), links=_tree(members, inside[n]))
        for n, members in enumerate(own)
    ]
    return tuple(sorted(stories, key=lambda story: place[story.article_ids[0]]))


def _tree(articles: Sequence[str], links: Iterable[Link]) -> tuple[Link, ...]:
    """The likeliest links that tie the articles together without a circle (Kruskal 1956)."""
    home = {a: n for n, a in enumerate(articles)}
    kept = []
    for link in sorted(links, key=lambda k: (-k.score, k.left, k.right)):
        if home[link.left] != home[link.right]:
            old, new = home[link.left], home[link.right]
            home = {a: new if n == old else n for a, n in home.items()}
            kept.append(msgspec.structs.replace(link, score=round(link.score, 4)))
    return tuple(kept)
