"""Rashomon sets every report of one event side by side and shows the words each cell rests on.

>>> import rashomon
>>> intake = rashomon.read(["examples/harbour"])
>>> annotations = list(rashomon.annotate(intake.articles))
>>> collation = rashomon.collate(intake.articles, annotations)
>>> collation.story.title
'Harbour crane collapse in Tessmar leaves 12 dead'
"""

from rashomon.annotate import annotate
from rashomon.collate import collate
from rashomon.group import group
from rashomon.model import (
    Act,
    AlignedFigure,
    AlignedQuote,
    Annotations,
    Article,
    Collation,
    Difference,
    Figure,
    Intake,
    Mention,
    Name,
    Point,
    Position,
    Quote,
    Reading,
    Reject,
    Span,
    Story,
    Time,
)
from rashomon.read import read
from rashomon.report import report
from rashomon.settings import Settings
from rashomon.version import VERSION

__version__ = VERSION

__all__ = [
    "Act",
    "AlignedFigure",
    "AlignedQuote",
    "Annotations",
    "Article",
    "Collation",
    "Difference",
    "Figure",
    "Intake",
    "Mention",
    "Name",
    "Point",
    "Position",
    "Quote",
    "Reading",
    "Reject",
    "Settings",
    "Span",
    "Story",
    "Time",
    "__version__",
    "annotate",
    "collate",
    "group",
    "read",
    "report",
]
