"""run: where the stages are carried out. Here they run in this process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rashomon.annotate import annotate
from rashomon.collate import collate, trace
from rashomon.model import Annotations, Article, Collation, Intake, LineageReport
from rashomon.read import date_from_story, read
from rashomon.run.progress import Progress, silent
from rashomon.settings import DEFAULT, Settings

__all__ = ["annotate_paths", "collate_articles", "collate_paths", "trace_paths"]


def annotate_paths(
    paths: Sequence[str | Path], settings: Settings = DEFAULT, progress: Progress = silent
) -> tuple[Intake, list[Annotations]]:
    """The articles at some locations, each with its annotations."""
    intake = read(paths, settings)
    return intake, _annotate(intake.articles, settings, progress)


def collate_paths(
    paths: Sequence[str | Path], settings: Settings = DEFAULT, progress: Progress = silent
) -> tuple[Collation, tuple[Article, ...]]:
    """The collation of all articles at some locations, held to be one story; and the articles, whose text it points into."""
    intake = read(paths, settings)
    return collate_articles(intake, settings, progress)


def collate_articles(
    intake: Intake, settings: Settings = DEFAULT, progress: Progress = silent
) -> tuple[Collation, tuple[Article, ...]]:
    """The same for articles already read."""
    articles = date_from_story(intake.articles)
    annotations = _annotate(articles, settings, progress)
    progress("collating", 0, 1)
    collation = collate(articles, annotations, intake.rejects, settings)
    progress("collating", 1, 1)
    return collation, articles


def trace_paths(
    paths: Sequence[str | Path], settings: Settings = DEFAULT, progress: Progress = silent
) -> tuple[LineageReport, tuple[Article, ...]]:
    """The lineage alone of all articles at some locations; and the articles."""
    intake = read(paths, settings)
    articles = date_from_story(intake.articles)
    annotations = _annotate(articles, settings, progress)
    return trace(articles, annotations, intake.rejects, settings), articles


def _annotate(articles: Sequence[Article], settings: Settings, progress: Progress) -> list[Annotations]:
    found = []
    progress("annotating", 0, len(articles))
    for n, own in enumerate(annotate(articles, settings), start=1):
        found.append(own)
        progress("annotating", n, len(articles))
    return found
