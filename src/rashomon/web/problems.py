"""What went wrong, as RFC 9457 has it for programs and as a page for people; what nobody foresaw is logged and not told."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Redirect, Template
from litestar.types import ExceptionHandlersMap
from msgspec import Struct

from rashomon.errors import ChangedError, RashomonError, StoreError, UsageError
from rashomon.web.jobs import BusyError
from rashomon.web.moved import MovedError, on_moved

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger(__name__)


class Problem(Struct, frozen=True, kw_only=True):
    """A problem of RFC 9457: `type` is always about:blank, so that `title` is the status in words."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def handlers() -> ExceptionHandlersMap:
    """What becomes of each exception."""
    return {HTTPException: _of_http, MovedError: on_moved, RashomonError: _of_ours, Exception: _unforeseen}


def problem(
    request: Request[Any, Any, Any], status: int, detail: str, headers: dict[str, str] | None = None
) -> Response[Any]:
    """The answer for a problem: a page where a browser asks for one."""
    told = Problem(title=_phrase(status), status=status, detail=detail)
    if wants_page(request):
        if status == HTTPStatus.UNAUTHORIZED:
            return Redirect(f"/login?next={request.url.path}", status_code=303)
        context = {"status": status, "title": told.title, "detail": detail}
        return Template("error.html.j2", context=context, status_code=status, headers=headers)
    return Response(told, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def wants_page(request: Request[Any, Any, Any]) -> bool:
    """Whether a person asks, who wants to be told in a page."""
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")


def _of_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    status, detail = error.status_code, error.detail
    if isinstance(error, ValidationException):
        status, detail = HTTPStatus.UNPROCESSABLE_ENTITY, _faults(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _unforeseen(request, error)
    headers = dict(error.headers or {})
    if status == HTTPStatus.UNAUTHORIZED and not wants_page(request):
        headers.setdefault("WWW-Authenticate", "Bearer")
    return problem(request, status, detail, headers)


def _faults(error: ValidationException) -> str:
    extra = error.extra if isinstance(error.extra, list) else []
    told = [
        f"{fault.get('key', 'body')}: {fault.get('message', 'is wrong')}" for fault in extra if isinstance(fault, dict)
    ]
    return "; ".join(told)[:1000] or "the request does not fit"


def _of_ours(request: Request[Any, Any, Any], error: RashomonError) -> Response[Any]:
    if isinstance(error, BusyError):
        return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, str(error), {"Retry-After": "10"})
    if isinstance(error, StoreError):
        _log.error("%s", error)
        return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, "the library cannot be read or written just now")
    if isinstance(error, ChangedError):
        return problem(request, HTTPStatus.CONFLICT, str(error))
    if isinstance(error, UsageError):
        return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    return _unforeseen(request, error)


def _unforeseen(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    _log.error("%s %s", request.method, request.url.path, exc_info=error)
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "this should not happen; the server's log has more")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Problem"
