"""read: locations to articles, and rejects with their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rashomon.checks import check_locations
from rashomon.errors import NothingReadError
from rashomon.model import Article, Intake, Reject
from rashomon.read.forms import SUFFIXES
from rashomon.read.ids import with_unique_ids
from rashomon.read.locations import read_each
from rashomon.settings import DEFAULT, Settings, check_settings
from rashomon.verbs import make_callable

__all__ = ["read"]


def read(locations: Iterable[str | Path], settings: Settings = DEFAULT) -> Intake:
    """The articles at some files, folders or `-` (standard input), in order of id, and what was set aside.

    Raises `UsageError` for a location that does not exist and `NothingReadError` when no article was found at all.
    """
    check_settings(settings)
    found = list(read_each(check_locations(locations), settings))
    rejects = sorted((f for f in found if isinstance(f, Reject)), key=lambda r: (r.path, r.reason))
    articles = with_unique_ids([f for f in found if isinstance(f, Article)])
    if not articles:
        raise NothingReadError(_nothing(rejects))
    return Intake(articles=tuple(articles), rejects=tuple(rejects))


def _nothing(rejects: list[Reject]) -> str:
    if not rejects:
        return f"no reports found; a report is a file ending in {', '.join(SUFFIXES)}"
    shown = "\n".join(f"  {reject.path}: {reject.reason}" for reject in rejects[:10])
    more = f"\n  … and {len(rejects) - 10} more" if len(rejects) > 10 else ""
    return f"none of the {len(rejects)} inputs could be read:\n{shown}{more}"


make_callable(__name__)
