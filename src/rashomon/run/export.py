"""Exporting from a library: stories are collated from what was found before and written to a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rashomon.errors import UsageError
from rashomon.model import Exported, ExportedFile
from rashomon.report.export import FORMS, Collated, Written, export_collations
from rashomon.run.progress import Progress, silent
from rashomon.run.stories import collate_story
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
) -> Exported:
    """Write one story or all of them to a folder. Raises `UsageError` for a form that is none, or a folder that cannot be written."""
    if form not in FORMS:
        raise UsageError(f"{form!r} is no form of export; choose one of {', '.join(FORMS)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        collated = _collated(store, [story] if story else [row.id for row in list_stories(store)], settings, progress)
        done = list(export_collations(collated, folder, form, settings.report.snippet_words, with_text=with_text))
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}); name another folder") from error
    return Exported(
        files=tuple(ExportedFile(path=str(one.path), n_rows=one.n_rows) for one in done if isinstance(one, Written)),
        note=next((one for one in done if isinstance(one, str)), None),
    )


def _collated(store: Store, ids: list[str], settings: Settings, progress: Progress) -> Iterator[Collated]:
    for n, story in enumerate(ids):
        progress("collating", n, len(ids))
        collation = collate_story(store, story, settings)
        yield collation, collation.full_articles
    progress("collating", len(ids), len(ids))
