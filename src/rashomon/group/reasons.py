"""Why two articles are held to report one event, in words: what they share that is rare, and how near in time they are."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import numpy as np

from rashomon.group.profile import find_terms, hash_term
from rashomon.group.rarity import shipped
from rashomon.model import Article, Story
from rashomon.text.dates import read_day

# What is told of each kind of shared term: how it is called, and how many at most.
TOLD = (("full_names", "names", 4), ("numbers", "numbers", 3), ("words", "rare words", 5))


def explain_stories(stories: Iterable[Story], articles: Iterable[Article]) -> tuple[Story, ...]:
    """The stories, each link with its reasons; `articles` holds those of all stories."""
    by_id = {a.id: a for a in articles}
    replace = msgspec.structs.replace
    return tuple(
        replace(story, links=tuple(replace(k, reasons=_reasons(by_id[k.left], by_id[k.right])) for k in story.links))
        for story in stories
    )


def _reasons(left: Article, right: Article) -> tuple[str, ...]:
    if left.text == right.text:
        return ("the same text",)
    reasons = []
    ours, theirs = find_terms(left), find_terms(right)
    told: set[str] = set()
    for kind, called, most in TOLD:
        written = dict(reversed(ours[kind]))
        shared = sorted(written.keys() & {term for term, _ in theirs[kind]})
        weights = (
            shipped().of(np.array([hash_term(kind, term) for term in shared], np.uint32)).tolist() if shared else []
        )
        rarest = [written[t] for _, t in sorted(zip(weights, shared, strict=True), key=lambda x: (-x[0], x[1]))]
        words = [w for w in rarest if not told & set(w.split())][:most]
        told |= {part for w in words for part in w.split()}
        if words:
            reasons.append(f"same {called}: {', '.join(words)}")
    a, b = read_day(left.published), read_day(right.published)
    if a is not None and b is not None:
        days = abs((a - b).days)
        reasons.append("published on the same day" if days == 0 else f"published {days} day{'s' * (days > 1)} apart")
    return tuple(reasons)
