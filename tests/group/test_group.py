from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import CorrectionError
from rashomon.group import group
from rashomon.group.stories import correct
from rashomon.model import Article, StoryCorrection
from rashomon.read import read

EXAMPLES = ("harbour", "spillway", "straits")


def example_articles() -> list[Article]:
    """The reports of the three example stories."""
    return [a for name in EXAMPLES for a in read([Path("examples") / name]).articles]


def members(articles: list[Article]) -> set[frozenset[str]]:
    """The stories of some articles, as sets of texts."""
    text = {a.id: a.text for a in articles}
    return {frozenset(text[i] for i in story.article_ids) for story in group(articles)}


def test_the_examples_are_three_stories() -> None:
    """Reports of one event make one story, reports of others none."""
    stories = group(example_articles())
    assert sorted(len(s.article_ids) for s in stories) == [5, 5, 5]
    assert all(len(s.links) == len(s.article_ids) - 1 for s in stories)


@settings(max_examples=10, deadline=None)
@given(order=st.permutations(range(15)), kept=st.integers(1, 15))
def test_neither_order_nor_strangers_matter(order: list[int], kept: int) -> None:
    """The same articles make the same stories in any order, and articles that tie to nobody leave the others alone."""
    own = example_articles()
    chosen = [own[n] for n in order[:kept]]
    assert group(chosen) == group(chosen[::-1])
    stranger = Article(id="stranger", path="", sha256="", text="Sheep were shorn on the isle.", published="2026-04-14")
    with_stranger = [s for s in group([*chosen, stranger]) if s.article_ids != ("stranger",)]
    assert with_stranger == list(group(chosen))


def test_twins_are_kept_and_undated_reports_find_their_story() -> None:
    """Two copies of a text are two reports of one story; a report without a day is grouped by what it says."""
    own = read([Path("examples/harbour")]).articles
    twin = Article(id="twin", path="", sha256="", text=own[0].text, title=own[0].title)
    [story] = group([*own, twin])
    assert len(story.article_ids) == 6


def test_an_empty_or_strange_text_stands_alone() -> None:
    """Nothing to go by makes no story of several."""
    odd = [Article(id=str(n), path="", sha256="", text=text) for n, text in enumerate(["", "…", "12", "а б в"])]
    assert len(group(odd)) == 4
    assert group([]) == ()


def test_corrections_are_applied_in_order() -> None:
    """What a reader put together, took out or moved is so."""
    groups = [["a", "b"], ["c", "d"], ["e"]]
    merged = correct(groups, [StoryCorrection(kind="merge", articles=("b", "c"))])
    assert sorted(map(sorted, merged)) == [["a", "b", "c", "d"], ["e"]]
    split = correct(groups, [StoryCorrection(kind="split", articles=("a",))])
    assert sorted(map(sorted, split)) == [["a"], ["b"], ["c", "d"], ["e"]]
    pinned = correct(groups, [StoryCorrection(kind="pin", articles=("c", "b", "e"))])
    assert sorted(map(sorted, pinned)) == [["a"], ["b", "c", "d", "e"]]
    assert sorted(chain.from_iterable(pinned)) == sorted(chain.from_iterable(groups))
    with pytest.raises(CorrectionError, match="zz"):
        correct(groups, [StoryCorrection(kind="pin", articles=("a", "zz"))])
