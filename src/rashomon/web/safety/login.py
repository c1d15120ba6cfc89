"""Logging in and out: a new secret each time, in a cookie that no script reads and no other site sends."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Annotated, Any

from litestar import Controller, Request, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.exceptions import TooManyRequestsException
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from msgspec import Meta, Struct

from rashomon.store.accounts import begin_session, end_session
from rashomon.web.given import OurLibrary, OurOptions
from rashomon.web.options import Options
from rashomon.web.safety.accounts import proved_account
from rashomon.web.safety.attempts import Attempts
from rashomon.web.safety.door import COOKIE, OPEN

HOME = "/"
WRONG = "There is no account with this name and password."

Asked = Request[Any, Any, Any]


class LoginGiven(Struct, frozen=True, kw_only=True):
    """What the form of the login page sends."""

    name: Annotated[str, Meta(max_length=64)]
    password: Annotated[str, Meta(max_length=1000)]
    next: Annotated[str, Meta(max_length=2000)] = HOME


class Login(Controller):
    """Login and logout."""

    include_in_schema = False

    @get("/login", opt={OPEN: True}, sync_to_thread=False)
    def ask(self, next: FromQuery[str] = HOME) -> Template:  # noqa: A002 - the parameter's name in addresses
        """The login page."""
        return _page(None, next, HTTPStatus.OK)

    @post("/login", opt={OPEN: True}, sync_to_thread=True)
    def log_in(
        self,
        request: Asked,
        library: OurLibrary,
        options: OurOptions,
        attempts: NamedDependency[Attempts],
        data: URLEncodedBody[LoginGiven],
    ) -> Template | Redirect:
        """Log in; whoever fails too often waits. A session that was there ends."""
        client = request.client.host if request.client else ""
        tried = [f"name {data.name}", f"from {client}"]
        wait = max(attempts.wait(who) for who in tried)
        if wait:
            raise TooManyRequestsException(
                f"too many attempts; try again in {wait} s", headers={"Retry-After": str(wait)}
            )
        store = library.store
        account = proved_account(store, data.name, data.password)
        if account is None:
            for who in tried:
                attempts.fail(who)
            return _page(WRONG, data.next, HTTPStatus.FORBIDDEN)
        for who in tried:
            attempts.forget(who)
        if before := request.cookies.get(COOKIE):
            end_session(store, before)
        secret = secrets.token_urlsafe(32)
        begin_session(store, account.name, secret, options.session_lasts)
        return Redirect(
            own_path(data.next),
            status_code=303,
            cookies=[_cookie(secret, options.session_lasts, options)],
        )

    @post("/logout", opt={OPEN: True}, sync_to_thread=True)
    def log_out(self, request: Asked, library: OurLibrary, options: OurOptions) -> Redirect:
        """Log out: the session is over on the server too."""
        if secret := request.cookies.get(COOKIE):
            end_session(library.store, secret)
        return Redirect("/login", status_code=303, cookies=[_cookie("", 0, options)])


def own_path(path: str) -> str:
    """A path of this app, or its first page: nobody is led elsewhere after logging in."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if is_own else HOME


def _page(error: str | None, leads: str, status: HTTPStatus) -> Template:
    return Template("login.html.j2", context={"error": error, "next": own_path(leads)}, status_code=status)


def _cookie(secret: str, lasts: int, options: Options) -> Cookie:
    return Cookie(
        key=COOKIE, value=secret, max_age=lasts, path="/", httponly=True, samesite="strict", secure=options.secure
    )
