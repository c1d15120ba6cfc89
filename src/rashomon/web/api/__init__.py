"""REST: the library as JSON under /api/v1."""

from __future__ import annotations

from litestar import Router

from rashomon.web.api.adding import Adding, JobsAsked
from rashomon.web.api.articles import Articles, Figures, Quotes, Searching
from rashomon.web.api.corrections import Corrections
from rashomon.web.api.notes import Notes
from rashomon.web.api.stories import KeptCollations, Stories
from rashomon.web.contract import FOLDER


def api() -> Router:
    """All of it."""
    return Router(
        FOLDER,
        route_handlers=[
            *(Stories, KeptCollations, Articles, Quotes, Figures, Searching),
            *(Adding, JobsAsked, Corrections, Notes),
        ],
    )
