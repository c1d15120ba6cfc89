"""Reports are kept in a library, and what is new is annotated."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.model import Annotations, Article
from rashomon.provenance import key_of, of_findings
from rashomon.run.corrected import set_right
from rashomon.run.progress import Progress, silent
from rashomon.run.workers import annotate_in_workers
from rashomon.settings import DEFAULT, Settings
from rashomon.store import (
    ANNOTATED,
    Store,
    drop_superseded,
    get_articles,
    known_annotations,
    put_annotations,
    put_articles,
    waiting_for,
)

# Articles written, and grouped, in one transaction: what a cut-off run has to do again at most.
PART = 200


def keep(store: Store, articles: Sequence[Article], progress: Progress = silent) -> list[str]:
    """Add articles to the library; the ids of those it did not have."""
    added: list[str] = []
    for n in range(0, len(articles), PART):
        progress("keeping", n, len(articles))
        added += put_articles(store, articles[n : n + PART])
    progress("keeping", len(articles), len(articles))
    return added


def annotate_waiting(
    store: Store, settings: Settings = DEFAULT, progress: Progress = silent, processes: int | None = None
) -> int:
    """Annotate the articles that this finder has not seen; how many there were. What older finders found is let go."""
    version = finder_version(settings)
    waiting = waiting_for(store, ANNOTATED, version)
    done = 0
    for n in range(0, len(waiting), PART):
        articles = get_articles(store, waiting[n : n + PART])
        known = known_annotations(store, articles, version)
        put_annotations(store, [(a, known[a.id]) for a in articles if a.id in known], version, set_right)
        done += len(known)
        new = [a for a in articles if a.id not in known]
        for batch in annotate_in_workers(new, settings, processes):
            put_annotations(store, batch, version, set_right)
            done += len(batch)
            progress("annotating", done, len(waiting))
    if waiting:
        drop_superseded(store, version)
    return len(waiting)


def finder_version(settings: Settings) -> str:
    """The key of everything that findings depend on beside the article."""
    return key_of(of_findings(settings))


def annotations_of(store: Store, articles: Sequence[Article], settings: Settings = DEFAULT) -> dict[str, Annotations]:
    """What is found in some articles, by id: from the library where it was found before, else found now."""
    found = known_annotations(store, articles, finder_version(settings))
    for batch in annotate_in_workers([a for a in articles if a.id not in found], settings):
        found |= {a.id: own for a, own in batch}
    return found


def corrected_annotations(
    store: Store, articles: Sequence[Article], settings: Settings = DEFAULT
) -> dict[str, Annotations]:
    """What is found in some articles, by id, with the speakers that users set right."""
    found = annotations_of(store, articles, settings)
    with store.reading() as connection:
        return {a.id: set_right(connection, a, found[a.id]) for a in articles}


def keep_annotations(store: Store, articles: Sequence[Article], settings: Settings = DEFAULT) -> None:
    """Find what is in some articles, and keep it for the next who asks."""
    found = annotations_of(store, articles, settings)
    put_annotations(store, [(a, found[a.id]) for a in articles], finder_version(settings), set_right)
