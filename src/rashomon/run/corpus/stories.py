"""Which story each article of a corpus is in: a row an article, with how many the story has and its first day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from rashomon import codec
from rashomon.group import link, shipped, tell_stories, unpack
from rashomon.group.pairs import find_candidate_pairs
from rashomon.model import Story
from rashomon.run.corpus.resting import FILE, dataset_of
from rashomon.run.corpus.spec import Bounds
from rashomon.run.stages import NO_DAY, Row
from rashomon.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("story", "article", "n_articles", "day")


class Member(NamedTuple):
    """An article's story, how many articles that has, and the first day of its reports."""

    story: str
    article: str
    n_articles: int
    day: str


class _Dated(Struct, frozen=True):
    """When an article was published; the rest of it is left unread."""

    published: str | None = None


def published_of(articles: Iterable[Row]) -> Iterator[tuple[str, str | None]]:
    """The key of each article, and when it was published."""
    for row in articles:
        if row.item is not None:
            yield row.key, codec.decode(row.item, _Dated).published


def members_of(profiles: Iterable[Row], published: Mapping[str, str | None], settings: Settings) -> Iterator[Member]:
    """The story of each article, from the profiles of all, as `group` finds them."""
    own = sorted((unpack(row.item) for row in profiles if row.item is not None), key=lambda p: p.id)
    rare_in = shipped().with_counts_of(own)
    links = link(own, *find_candidate_pairs(own, rare_in), rare_in, settings)
    for story in tell_stories({p.id: published[p.id] for p in own}, links, settings):
        yield from members_in(story, first_day(published[a] for a in story.article_ids))


def first_day(published: Iterable[str | None]) -> str:
    """The first day of some reports, from when they were published."""
    return min((day[:10] for day in published if day), default=NO_DAY)


def members_in(story: Story, day: str) -> Iterator[Member]:
    """The members of a story, of which the first day is given."""
    for article in story.article_ids:
        yield Member(story.id, article, len(story.article_ids), day)


def member_schema() -> pa.Schema:
    """The columns of members."""
    import pyarrow as pa

    return pa.schema([(c, pa.int64() if c == "n_articles" else pa.string()) for c in COLUMNS])


def write_members(members: Iterable[Member], folder: Path) -> None:
    """Write members to a folder."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True)
    columns = list(zip(*members, strict=True)) or [()] * len(COLUMNS)
    pq.write_table(pa.table([pa.array(c) for c in columns], schema=member_schema()), folder / FILE)


def collated_stories(folder: Path, bounds: Bounds) -> dict[str, str]:
    """The story of each article that is in one to be collated."""
    import pyarrow.compute as pc

    n_articles = pc.field("n_articles")
    wanted = (n_articles >= bounds.least_articles) & (n_articles <= bounds.most_articles)
    table = dataset_of(folder, member_schema()).to_table(columns=["article", "story"], filter=wanted)
    return dict(zip(table["article"].to_pylist(), table["story"].to_pylist(), strict=True))


def too_large(folder: Path, bounds: Bounds) -> list[Row]:
    """The stories that have more articles than may be collated, each with the reason."""
    import pyarrow.compute as pc

    large = pc.field("n_articles") > bounds.most_articles
    table = dataset_of(folder, member_schema()).to_table(columns=["story", "n_articles"], filter=large)
    told = set(zip(table["story"].to_pylist(), table["n_articles"].to_pylist(), strict=True))
    return [
        Row(story, None, f"not collated: it has {n} articles, and stages.most_articles is {bounds.most_articles}")
        for story, n in sorted(told)
    ]


def count_stories(folder: Path) -> tuple[int, int]:
    """How many articles and stories there are."""
    stories = dataset_of(folder, member_schema()).to_table(columns=["story"])["story"]
    return len(stories), len(stories.unique())
