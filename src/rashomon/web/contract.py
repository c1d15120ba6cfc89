"""The OpenAPI 3.1 document of the API: what Litestar reads off the handlers, and the problems that each may answer with."""

from __future__ import annotations

from typing import Any

from litestar import Router
from litestar.connection import Request
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from rashomon.version import VERSION
from rashomon.web.problems import MEDIA_TYPE

FOLDER = "/api/v1"
# What any operation may answer beside what it is for.
ALWAYS = {
    "400": "the request cannot be read",
    "401": "log in, or send a token",
    "403": "whoever asks may not",
    "404": "it is not there",
    "409": "somebody else was faster",
    "413": "the request is too large",
    "415": "the body has a form that is not taken",
    "422": "the request does not fit",
    "503": "too much is waiting, or the library cannot be read just now",
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}


class Contract(JsonRenderPlugin):
    """Serves the document, with the problems in it. It asks no other server for anything."""

    def __init__(self) -> None:
        super().__init__(path="/openapi.json")

    def receive_router(self, router: Router) -> None:
        """Leave alone what else stands beside the document: Litestar would answer it with a page of its own."""
        router.routes[:] = [route for route in router.routes if route.path.endswith(self.paths[0])]

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The document as JSON."""
        return self.render_json(request, with_problems(openapi_schema))


def openapi() -> OpenAPIConfig:
    """What the document says of the whole."""
    return OpenAPIConfig(
        title="Rashomon",
        version=VERSION,
        description="A library of news reports: its stories, what their reports say side by side, and adding to it.",
        path=FOLDER,
        render_plugins=[Contract()],
    )


def with_problems(document: dict[str, Any]) -> dict[str, Any]:
    """The document, each operation with the problems it may answer with, and how a program says who it is."""
    told = {
        status: {"description": why, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
        for status, why in ALWAYS.items()
    }
    paths = {
        path: {method: _with(operation, told) for method, operation in item.items()}
        for path, item in document["paths"].items()
    }
    components = dict(document.get("components") or {})
    components["schemas"] = {**components.get("schemas", {}), "Problem": PROBLEM}
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return {**document, "paths": paths, "components": components, "security": [{}, {"token": []}]}


def _with(operation: Any, told: dict[str, Any]) -> Any:
    if not isinstance(operation, dict) or "responses" not in operation:
        return operation
    return {**operation, "responses": {**operation["responses"], **told}}
