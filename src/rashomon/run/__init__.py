"""run: where the stages are carried out. Here they run in this process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rashomon.annotate import annotate
from rashomon.collate import collate, explain, trace
from rashomon.collate.corrections import correct_articles
from rashomon.group import explain_stories, group
from rashomon.model import (
    Annotations,
    Article,
    Collation,
    Correction,
    Explanation,
    Grouping,
    Intake,
    LineageReport,
)
from rashomon.read import read
from rashomon.read.published import date_from_story
from rashomon.run.corrections import load_corrections
from rashomon.run.progress import Progress, silent
from rashomon.settings import DEFAULT, Settings

__all__ = ["annotate_paths", "collate_articles", "collate_paths", "explain_paths", "group_paths", "trace_paths"]


def annotate_paths(
    paths: Sequence[str | Path], settings: Settings = DEFAULT, progress: Progress = silent
) -> tuple[Intake, list[Annotations]]:
    """The articles at some locations, each with its annotations."""
    intake = read(paths, settings)
    return intake, _annotate(intake.articles, settings, progress)


def collate_paths(
    paths: Sequence[str | Path],
    settings: Settings = DEFAULT,
    progress: Progress = silent,
    corrections: Path | None = None,
) -> tuple[Collation, tuple[Article, ...]]:
    """The collation of all articles at some locations, held to be one story; and the articles, whose text it points into.

    Corrections come from the file named, else from `rashomon.toml` in a folder among the locations.
    """
    intake = read(paths, settings)
    return collate_articles(intake, settings, progress, load_corrections(corrections, paths))


def collate_articles(
    intake: Intake,
    settings: Settings = DEFAULT,
    progress: Progress = silent,
    corrections: Sequence[Correction] = (),
) -> tuple[Collation, tuple[Article, ...]]:
    """The collation of articles already read, held to be one story; and the articles with their dates set right."""
    articles, annotations = _prepared(intake, corrections, settings, progress)
    progress("collating", 0, 1)
    collation = collate(articles, annotations, intake.rejects, settings, corrections)
    progress("collating", 1, 1)
    return collation, articles


def explain_paths(
    row: str,
    paths: Sequence[str | Path],
    settings: Settings = DEFAULT,
    progress: Progress = silent,
    corrections: Path | None = None,
) -> tuple[Explanation, Collation, tuple[Article, ...]]:
    """Why a row of the collation of some articles was made; with the collation and the articles."""
    intake = read(paths, settings)
    known = load_corrections(corrections, paths)
    articles, annotations = _prepared(intake, known, settings, progress)
    collation = collate(articles, annotations, intake.rejects, settings, known)
    return explain(collation, row, articles, annotations), collation, articles


def trace_paths(
    paths: Sequence[str | Path], settings: Settings = DEFAULT, progress: Progress = silent
) -> tuple[LineageReport, tuple[Article, ...]]:
    """The lineage alone of all articles at some locations; and the articles."""
    intake = read(paths, settings)
    articles, annotations = _prepared(intake, load_corrections(None, paths), settings, progress)
    return trace(articles, annotations, intake.rejects, settings), articles


def group_paths(
    paths: Sequence[str | Path], settings: Settings = DEFAULT, progress: Progress = silent
) -> tuple[Grouping, tuple[Article, ...]]:
    """The stories of all articles at some locations, each link with its reasons; and the articles."""
    intake = read(paths, settings)
    progress("grouping", 0, 1)
    stories = explain_stories(group(intake.articles, settings), intake.articles)
    progress("grouping", 1, 1)
    return Grouping(stories=stories, skipped=intake.rejects), intake.articles


def _prepared(
    intake: Intake, corrections: Sequence[Correction], settings: Settings, progress: Progress
) -> tuple[tuple[Article, ...], list[Annotations]]:
    """The articles with their dates, corrected or lent by the story, and what is found in them."""
    articles = date_from_story(correct_articles(intake.articles, corrections))
    return articles, _annotate(articles, settings, progress)


def _annotate(articles: Sequence[Article], settings: Settings, progress: Progress) -> list[Annotations]:
    found = []
    progress("annotating", 0, len(articles))
    for n, own in enumerate(annotate(articles, settings), start=1):
        found.append(own)
        progress("annotating", n, len(articles))
    return found
