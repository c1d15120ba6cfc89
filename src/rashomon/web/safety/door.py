"""What every request passes: which host it names, where it was sent from, who asks, and whether they may."""

from __future__ import annotations

import re
from http import HTTPStatus
from urllib.parse import unquote_to_bytes, urlsplit

import anyio.to_thread
from litestar.connection import Request
from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.exceptions import ClientException, NotAuthorizedException, PermissionDeniedException
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Send
from litestar.types import Scope as AsgiScope

from rashomon.store import Store
from rashomon.store.accounts import has_accounts, session_account, token_account
from rashomon.web.options import Options
from rashomon.web.safety.accounts import scopes_of
from rashomon.web.safety.viewers import LOCAL, NOBODY, Viewer, check

COOKIE = "rashomon_session"
BEARER = "Bearer "
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# Handlers that anybody may call, logged in or not, say so in their `opt`.
OPEN = "open"
_PORT = re.compile(r":\d{1,5}\Z")


class Door(ASGIMiddleware):
    """Lets by who may come in, and says who it is: `request.user` is a `Viewer`."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, store: Store, options: Options) -> None:
        self._store = store
        self._options = options

    async def handle(self, scope: AsgiScope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Look at a request and pass it on; what is refused is raised."""
        headers = Headers.from_scope(scope)
        _check_bytes(scope)
        self._check_host(headers)
        is_changing = scope["method"] not in SAFE_METHODS  # type: ignore[typeddict-item]
        if is_changing:
            check_origin(headers)
        cookie = Request(scope).cookies.get(COOKIE)
        told = headers.get("authorization")
        viewer = await anyio.to_thread.run_sync(self._who, told, cookie)
        if is_changing and cookie and not viewer.by_token and viewer is not LOCAL:
            _check_browser(headers)
        scope["user"] = viewer
        scope["auth"] = None
        if not scope["route_handler"].opt.get(OPEN):
            check(viewer, "read")
        await next_app(scope, receive, send)

    def _check_host(self, headers: Headers) -> None:
        """A name that somebody else owns may lead here too (DNS rebinding); it is not answered."""
        host = _PORT.sub("", headers.get("host", "")).lower()
        if host not in self._options.names:
            raise ClientException(
                f"{host!a:.80} is no name of this app; rashomon serve --name {host!a:.80} would let it in",
                status_code=HTTPStatus.MISDIRECTED_REQUEST,
            )

    def _who(self, told: str | None, cookie: str | None) -> Viewer:
        if told is not None:
            found = token_account(self._store, told[len(BEARER) :]) if told.startswith(BEARER) else None
            if found is None:
                raise NotAuthorizedException("this is no token; rashomon token add makes one")
            account, scopes = found
            return Viewer(
                name=account.name, scopes=scopes_of(account, scopes), by_token=True, is_admin=account.role == "admin"
            )
        if cookie:
            own = session_account(self._store, cookie)
            if own is not None:
                return Viewer(name=own.name, scopes=scopes_of(own), is_admin=own.role == "admin")
        return LOCAL if self._options.is_private and not has_accounts(self._store) else NOBODY


def check_origin(headers: Headers) -> None:
    """Refuse what another site has a browser send. Programs name no origin."""
    origin = headers.get("origin")
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none") or (
        origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
    ):
        raise PermissionDeniedException("this was sent from another site")


def _check_browser(headers: Headers) -> None:
    """A cookie goes along by itself: with one alone, the browser must say that it was our page that sent this."""
    if "origin" not in headers and "sec-fetch-site" not in headers:
        raise PermissionDeniedException("it is not told where this was sent from; programs send a token")


def _check_bytes(scope: AsgiScope) -> None:
    """A zero byte is no character of any name or word, and databases stumble over it."""
    if b"\0" in unquote_to_bytes(scope["query_string"]) or "\0" in scope["path"]:
        raise ClientException("there is a zero byte in the address")
