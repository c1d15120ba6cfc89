"""Setting stories right, and taking that back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from litestar import Controller, Request, delete, get, post
from litestar.params import JSONBody, PathParameter
from msgspec import Meta, Struct

from rashomon.errors import CorrectionError
from rashomon.model import NumberedCorrection, StoryCorrectionKind
from rashomon.store.accounts import AuditRow, audited
from rashomon.web.api.parameters import ID, Limit, missing
from rashomon.web.correcting import set_right, take_back
from rashomon.web.given import OurLibrary
from rashomon.web.safety.viewers import needs

ArticleId = Annotated[str, Meta(min_length=1, max_length=64, pattern=ID)]


class CorrectionGiven(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stories put together, articles taken out, or moved to the first one's story."""

    kind: StoryCorrectionKind
    articles: Annotated[tuple[ArticleId, ...], Meta(min_length=1, max_length=1000)]


class CorrectionList(Struct, frozen=True, kw_only=True):
    """All corrections, in the order in which they are applied."""

    items: tuple[NumberedCorrection, ...]


class AuditList(Struct, frozen=True, kw_only=True):
    """Who set what right and took what back, the last first."""

    items: tuple[AuditRow, ...]


class Corrections(Controller):
    """Corrections."""

    path = "/corrections"
    tags = ("corrections",)

    @get("/", sync_to_thread=True, summary="List corrections")
    def corrections(self, library: OurLibrary) -> CorrectionList:
        """What was set right, in the order in which it is applied."""
        return CorrectionList(items=library.corrections())

    @get("/audit", sync_to_thread=True, summary="Who corrected what")
    def audit(self, library: OurLibrary, limit: Limit = 50) -> AuditList:
        """Who set what right and took what back, and when."""
        return AuditList(items=tuple(audited(library.store, limit)))

    @post("/", sync_to_thread=True, guards=[needs("correct")], summary="Set stories right")
    def correct(
        self, library: OurLibrary, request: Request[Any, Any, Any], data: JSONBody[CorrectionGiven]
    ) -> NumberedCorrection:
        """Set stories right, now and when more reports come."""
        number = set_right(library, request.user.name, data.kind, *data.articles)
        return NumberedCorrection(number=number, kind=data.kind, articles=data.articles)

    @delete(
        "/{number:int}",
        sync_to_thread=True,
        status_code=HTTPStatus.NO_CONTENT,
        guards=[needs("correct")],
        summary="Take a correction back",
    )
    def undo(
        self,
        library: OurLibrary,
        request: Request[Any, Any, Any],
        number: Annotated[int, PathParameter(ge=1, le=2**31 - 1)],
    ) -> None:
        """Take a correction back."""
        try:
            take_back(library, request.user.name, number)
        except CorrectionError as error:
            raise missing("correction", str(number)) from error
