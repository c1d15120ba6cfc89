"""collate: the articles of a story, with their annotations, to a collation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
from threadpoolctl import threadpool_limits

from rashomon.checks import check_annotations, check_articles
from rashomon.codec import content_hash
from rashomon.collate.accounts import assign_letters, with_accounts
from rashomon.collate.backing import Backing
from rashomon.collate.briefing import write_briefing
from rashomon.collate.corrections import correct_articles, correct_speakers
from rashomon.collate.differences import find_differences
from rashomon.collate.differences.chances import Chances, load_chances
from rashomon.collate.explain import explain_row
from rashomon.collate.figures import align_figures
from rashomon.collate.lineage import trace_lineage
from rashomon.collate.lining.scorer import Scorers
from rashomon.collate.material import Material
from rashomon.collate.names import Names
from rashomon.collate.occasions import with_occasions
from rashomon.collate.point_labels import with_labels
from rashomon.collate.points import align_points
from rashomon.collate.positions import align_positions
from rashomon.collate.quotes import align_quotes
from rashomon.collate.segments import with_segments
from rashomon.collate.sums import find_sums
from rashomon.collate.tellers import Tellers
from rashomon.collate.timeline import build_timeline, gather_times
from rashomon.collate.values import with_values
from rashomon.model import (
    AlignedFigure,
    AlignedQuote,
    Annotations,
    Article,
    ArticleCard,
    Collation,
    Correction,
    Explanation,
    Input,
    Lineage,
    LineageReport,
    Point,
    Position,
    Reject,
    Run,
    StoryCard,
    Sum,
)
from rashomon.provenance import of_collation
from rashomon.settings import DEFAULT, CollateSettings, Settings, check_settings
from rashomon.text.words import content_stems
from rashomon.verbs import make_callable
from rashomon.version import VERSION

__all__ = ["collate", "explain", "trace"]


class CollationRows(NamedTuple):
    """What the articles of a story say, lined up."""

    names: Names
    lineage: Lineage
    quotes: tuple[AlignedQuote, ...]
    sums: tuple[Sum, ...]
    figures: tuple[AlignedFigure, ...]
    points: tuple[Point, ...]
    positions: tuple[Position, ...]


def line_up_rows(material: Material, settings: CollateSettings) -> CollationRows:
    """The rows of a story's collation that differences and the briefing are made from."""
    names = Names(material)
    lineage = with_accounts(material, trace_lineage(material, settings), settings)
    quotes = with_occasions(material, with_segments(align_quotes(material, names)))
    sums = find_sums(material)
    figures = with_values(material, align_figures(material, names, sums))
    points = align_points(material, figures)
    positions = align_positions(material, names)
    return CollationRows(names, lineage, quotes, sums, figures, points, positions)


def collate(
    articles: Sequence[Article],
    annotations: Sequence[Annotations],
    rejects: Sequence[Reject] = (),
    settings: Settings = DEFAULT,
    corrections: Sequence[Correction] = (),
    scorers: Scorers | None = None,
    chances: Chances | None = None,
) -> Collation:
    """All that the articles of one story say, side by side. The order of the articles does not matter.

    `scorers` and `chances` are those that ship, unless others are given, as where they are measured on a story they have not
    seen. Raises `UsageError` unless there are annotations of each article, `CorrectionError` when a correction does not apply.
    """
    check_settings(settings)
    articles = check_articles(articles)
    annotations = check_annotations(articles, annotations)
    articles = correct_articles(articles, corrections)
    material = Material(articles, correct_speakers(articles, annotations, corrections), corrections, scorers)
    # products of small matrices: threads that wait for one another cost several times what they save
    with threadpool_limits(1, "blas"):
        return compose(material, line_up_rows(material, settings.collate), rejects, settings, chances)


def compose(
    material: Material,
    rows: CollationRows,
    rejects: Sequence[Reject] = (),
    settings: Settings = DEFAULT,
    chances: Chances | None = None,
) -> Collation:
    """The collation of a story whose rows are lined up, so that what is learned from the rows need not line them up again."""
    chances = chances or load_chances()
    tellers = Tellers(material, rows.names, chances.tellers)
    backing = Backing(material, rows.names, tellers)
    rows = rows._replace(points=with_labels(material, rows.names, rows.points, tellers, backing))
    letters = assign_letters(material, rows.lineage)
    differences = find_differences(
        material,
        rows.names,
        tellers,
        rows.lineage,
        rows.quotes,
        rows.figures,
        rows.points,
        rows.positions,
        chances,
    )
    collation = Collation(
        story=_story(material, rows.points),
        articles=tuple(_card(article, letters) for article in material.articles),
        lineage=rows.lineage,
        quotes=rows.quotes,
        figures=rows.figures,
        sums=rows.sums,
        times=gather_times(material),
        timeline=build_timeline(material, rows.points),
        names=rows.names.names,
        points=rows.points,
        differences=differences,
        positions=rows.positions,
        briefing=write_briefing(
            material, rows.names, tellers, backing, rows.lineage, rows.quotes, rows.points, differences
        ),
        corrections=material.corrections,
        skipped=_skipped(material, rejects, settings),
        run=_run(material, settings),
    )
    return collation.with_articles(material.articles)


def trace(
    articles: Sequence[Article],
    annotations: Sequence[Annotations],
    rejects: Sequence[Reject] = (),
    settings: Settings = DEFAULT,
) -> LineageReport:
    """The lineage alone of some articles, the same as in their collation."""
    material = Material(articles, annotations)
    lineage = with_accounts(material, trace_lineage(material, settings.collate), settings.collate)
    letters = assign_letters(material, lineage)
    return LineageReport(
        articles=tuple(_card(article, letters) for article in material.articles),
        lineage=lineage,
        skipped=_skipped(material, rejects, settings),
        run=_run(material, settings),
    )


def explain(
    collation: Collation,
    row: str,
    articles: Sequence[Article],
    annotations: Sequence[Annotations],
) -> Explanation:
    """Why a row of a collation was made, from what it was made of. Raises `UsageError` when there is no such row."""
    corrections = collation.corrections
    articles = correct_articles(articles, corrections)
    corrected = correct_speakers(articles, annotations, corrections)
    return explain_row(collation, Material(articles, corrected, corrections), row)


def _skipped(material: Material, rejects: Sequence[Reject], settings: Settings) -> tuple[Reject, ...]:
    return (*sorted(rejects, key=lambda r: (r.path, r.reason)), *_unread(material, settings))


def _story(material: Material, points: Sequence[Point]) -> StoryCard:
    """The story's head; its title is the one whose words the most reports share."""
    titles = [(a.title, a.id) for a in material.articles if a.title]
    counts = {stem for s in material.sentences for stem in s.stems}
    days = sorted(a.published[:10] for a in material.articles if a.published)
    first = points[0].text if points else ""
    best = min(titles, key=lambda t: (-_spread(material, t[0], counts), len(t[0]), t[1]))[0] if titles else first[:120]
    return StoryCard(
        id=content_hash("\n".join(a.sha256 for a in material.articles).encode())[:12],
        title=best,
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def _spread(material: Material, title: str, known: set[str]) -> float:
    own = set(content_stems(title)) & known
    return sum(1 / (0.5 + material.weights.get(stem, 9)) for stem in own) / (1 + len(own))


def _card(article: Article, letters: Mapping[str, str]) -> ArticleCard:
    own = ("letter", "n_chars")
    fields = {name: getattr(article, name) for name in ArticleCard.__struct_fields__ if name not in own}
    return ArticleCard(letter=letters[article.id], n_chars=len(article.text), **fields)


def _unread(material: Material, settings: Settings) -> list[Reject]:
    """Articles that were read but could not be annotated, with the reason."""
    return [
        Reject(
            path=article.path,
            reason=f"shown but not annotated: its language is {article.language!r}, not {settings.read.language!r}",
        )
        for article in material.articles
        if article.language not in (settings.read.language, None)
    ]


def _run(material: Material, settings: Settings) -> Run:
    return Run(
        version=VERSION,
        settings=msgspec.to_builtins(settings),
        provenance=of_collation(settings),
        inputs=tuple(Input(path=a.path, sha256=a.sha256) for a in material.articles),
    )


make_callable(__name__)
