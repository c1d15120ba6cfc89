"""Setting stories and rows right, and taking that back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, cast

from litestar import Controller, Request, delete, get, post
from litestar.params import JSONBody, PathParameter
from msgspec import Meta, Struct

from rashomon.errors import CorrectionError
from rashomon.model import (
    Correction,
    CorrectionKind,
    CorrectionTarget,
    NumberedCorrection,
    Place,
    StoryCorrection,
    StoryCorrectionKind,
)
from rashomon.store.accounts import AuditRow, audited
from rashomon.web.api.parameters import ID, Limit, missing
from rashomon.web.correcting import set_right
from rashomon.web.given import OurLibrary
from rashomon.web.safety.viewers import needs

Short = Annotated[str, Meta(min_length=1, max_length=200)]
ArticleId = Annotated[str, Meta(min_length=1, max_length=64, pattern=ID)]


class PlaceGiven(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A character of an article; `words`, when given, must stand there."""

    article: ArticleId
    at: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0
    words: Annotated[str, Meta(max_length=10_000)] | None = None


class CorrectionGiven(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be set right.

    Of stories, `articles` are put together, taken out, or moved to the first one's story. Of rows, names are joined or split by
    their `forms` in the story of one of the `places`; a speaker or a date is `value`. `seen` is that of the list: where the
    same was set right since, the answer is 409.
    """

    kind: StoryCorrectionKind | CorrectionKind
    articles: Annotated[tuple[ArticleId, ...], Meta(max_length=1000)] = ()
    what: CorrectionTarget | None = None
    forms: Annotated[tuple[Short, ...], Meta(max_length=100)] = ()
    places: Annotated[tuple[PlaceGiven, ...], Meta(max_length=1000)] = ()
    value: Short | None = None
    note: Short | None = None
    seen: Annotated[int, Meta(ge=0, le=2**31 - 1)] | None = None

    def read(self) -> StoryCorrection | Correction:
        """The correction that it is. Raises `CorrectionError` where it is of stories and of rows, or of neither."""
        if self.articles and not (self.what or self.forms or self.places or self.value):
            if self.kind in ("speaker", "date"):
                raise CorrectionError(f"a {self.kind} is set right at places")
            return StoryCorrection(kind=cast("StoryCorrectionKind", self.kind), articles=self.articles, note=self.note)
        if self.articles or self.kind == "pin":
            raise CorrectionError("name articles to set stories right; places, and what they are, to set rows right")
        return Correction(
            kind=self.kind,
            what=self.what,
            forms=self.forms,
            places=tuple(Place(article=p.article, at=p.at, words=p.words) for p in self.places),
            value=self.value,
            note=self.note,
        )


class CorrectionList(Struct, frozen=True, kw_only=True):
    """All corrections, in the order in which they are applied, and the number of the last change of any."""

    items: tuple[NumberedCorrection, ...]
    seen: int


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
        seen = library.last_change
        return CorrectionList(items=library.corrections(), seen=seen)

    @get("/audit", sync_to_thread=True, summary="Who corrected what")
    def audit(self, library: OurLibrary, limit: Limit = 50) -> AuditList:
        """Who set what right and took what back, and when."""
        return AuditList(items=tuple(audited(library.store, limit)))

    @post("/", sync_to_thread=True, guards=[needs("correct")], summary="Set something right")
    def correct(
        self, library: OurLibrary, request: Request[Any, Any, Any], data: JSONBody[CorrectionGiven]
    ) -> NumberedCorrection:
        """Set stories, names, speakers or dates right, now and when more reports come."""
        return set_right(library, request.user.name, data.read(), data.seen)

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
            library.undo(number, request.user.name)
        except CorrectionError as error:
            raise missing("correction", str(number)) from error
