"""Notes on passages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from litestar import Controller, delete, get, post
from litestar.exceptions import PermissionDeniedException
from litestar.params import JSONBody, PathParameter, QueryParameter
from msgspec import Meta, Struct

from rashomon.errors import UsageError
from rashomon.model import Note
from rashomon.run.noting import LONGEST_NOTE
from rashomon.web.api.parameters import ID, missing
from rashomon.web.correcting import NotTheirsError, delete_note
from rashomon.web.given import OurLibrary, OurViewer
from rashomon.web.safety.viewers import needs

Offset = Annotated[int, Meta(ge=0, le=2**31 - 1)]


class NoteGiven(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A note on the characters `start` to before `end` of an article."""

    article: Annotated[str, Meta(min_length=1, max_length=64, pattern=ID)]
    start: Offset
    end: Offset
    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_NOTE)]


class NoteList(Struct, frozen=True, kw_only=True):
    """The notes on an article and on the other versions of its page, in order of their numbers."""

    items: tuple[Note, ...]


class Notes(Controller):
    """Notes."""

    path = "/notes"
    tags = ("notes",)

    @get("/", sync_to_thread=True, summary="List the notes on an article")
    def notes(
        self, library: OurLibrary, article: Annotated[str, QueryParameter(min_length=1, max_length=64, pattern=ID)]
    ) -> NoteList:
        """What readers wrote on passages of an article."""
        try:
            return NoteList(items=library.notes(article))
        except UsageError as error:
            raise missing("article", article) from error

    @post("/", sync_to_thread=True, guards=[needs("correct")], summary="Write a note on a passage")
    def write(self, library: OurLibrary, viewer: OurViewer, data: JSONBody[NoteGiven]) -> Note:
        """Write a note, which all who read see."""
        return library.note(data.article, data.start, data.end, data.text, viewer.name)

    @delete(
        "/{number:int}",
        sync_to_thread=True,
        status_code=HTTPStatus.NO_CONTENT,
        guards=[needs("correct")],
        summary="Delete a note",
    )
    def delete(
        self, library: OurLibrary, viewer: OurViewer, number: Annotated[int, PathParameter(ge=1, le=2**31 - 1)]
    ) -> None:
        """Delete a note of one's own; admins may delete any."""
        try:
            delete_note(library, viewer, number)
        except NotTheirsError as error:
            raise PermissionDeniedException(str(error)) from error
        except UsageError as error:
            raise missing("note", str(number)) from error
