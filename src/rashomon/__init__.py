"""Rashomon sets every report of one event side by side and shows the words each cell rests on.

>>> import rashomon
>>> intake = rashomon.read(["examples/harbour"])
>>> annotations = list(rashomon.annotate(intake.articles))
>>> collation = rashomon.collate(intake.articles, annotations)
>>> collation.story.title
'Harbour crane collapse in Tessmar leaves 12 dead'

A stage is loaded when its verb is first called for, so that importing this package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from rashomon.errors import (
    ChangedError,
    CorrectionError,
    EngineError,
    FetchError,
    MissingModelError,
    NothingReadError,
    RashomonError,
    SettingsError,
    StoreError,
    TextTooLongError,
    UsageError,
    WrongModelError,
)
from rashomon.model import (
    Act,
    Added,
    AlignedFigure,
    AlignedQuote,
    Annotations,
    Article,
    Checked,
    Collation,
    Correction,
    Difference,
    Event,
    Excerpt,
    Explanation,
    Exported,
    Figure,
    Hit,
    Intake,
    Mention,
    Name,
    Note,
    NumberedCorrection,
    Place,
    Point,
    Position,
    Quote,
    Reading,
    Reject,
    Round,
    Span,
    Story,
    StoryRow,
    Time,
    VersionChange,
)
from rashomon.settings import (
    AnnotateSettings,
    CollateSettings,
    GroupSettings,
    ReadSettings,
    ReportSettings,
    Settings,
)
from rashomon.version import VERSION

if TYPE_CHECKING:
    from rashomon.annotate import annotate
    from rashomon.collate import collate
    from rashomon.group import group
    from rashomon.read import read
    from rashomon.report import report
    from rashomon.run.fetch import Fetcher
    from rashomon.run.library import KeptStory, Library, open_library

__version__ = VERSION

__all__ = [
    "Act",
    "Added",
    "AlignedFigure",
    "AlignedQuote",
    "AnnotateSettings",
    "Annotations",
    "Article",
    "ChangedError",
    "Checked",
    "CollateSettings",
    "Collation",
    "Correction",
    "CorrectionError",
    "Difference",
    "EngineError",
    "Event",
    "Excerpt",
    "Explanation",
    "Exported",
    "FetchError",
    "Fetcher",
    "Figure",
    "GroupSettings",
    "Hit",
    "Intake",
    "KeptStory",
    "Library",
    "Mention",
    "MissingModelError",
    "Name",
    "Note",
    "NothingReadError",
    "NumberedCorrection",
    "Place",
    "Point",
    "Position",
    "Quote",
    "RashomonError",
    "ReadSettings",
    "Reading",
    "Reject",
    "ReportSettings",
    "Round",
    "Settings",
    "SettingsError",
    "Span",
    "StoreError",
    "Story",
    "StoryRow",
    "TextTooLongError",
    "Time",
    "UsageError",
    "VersionChange",
    "WrongModelError",
    "__version__",
    "annotate",
    "collate",
    "group",
    "open_library",
    "read",
    "report",
]

# The verbs are packages that can be called (verbs.py); what else is loaded late stands in its module.
_VERBS = ("annotate", "collate", "group", "read", "report")
_LATE = {
    "Fetcher": "rashomon.run.fetch",
    "KeptStory": "rashomon.run.library",
    "Library": "rashomon.run.library",
    "open_library": "rashomon.run.library",
}


def __getattr__(name: str) -> object:
    if name in _VERBS:
        return import_module(f"rashomon.{name}")
    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(f"module 'rashomon' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
