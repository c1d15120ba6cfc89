"""Exporting from a library: stories are collated from what was found before and written to a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rashomon.errors import UsageError
from rashomon.report.export import Collated, export_collations
from rashomon.run.library import collate_story
from rashomon.run.progress import Progress, silent
from rashomon.settings import DEFAULT, Settings
from rashomon.store import Store, list_stories


def export_store(
    store: Store,
    folder: Path,
    form: str,
    story: str | None,
    *,
    with_text: bool,
    settings: Settings = DEFAULT,
    progress: Progress = silent,
) -> Iterator[str]:
    """Write one story or all of them to a folder; a line for each file, and one for what was capped."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        collated = _collated(store, [story] if story else [row.id for row in list_stories(store)], settings, progress)
        for done in export_collations(collated, folder, form, settings.report.snippet_words, with_text=with_text):
            yield done if isinstance(done, str) else f"{done.path}: {done.n_rows}"
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}); name another folder") from error


def _collated(store: Store, ids: list[str], settings: Settings, progress: Progress) -> Iterator[Collated]:
    for n, story in enumerate(ids):
        progress("collating", n, len(ids))
        yield collate_story(store, story, settings)
    progress("collating", len(ids), len(ids))
