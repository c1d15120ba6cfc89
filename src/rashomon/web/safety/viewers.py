"""Whoever asks: a person with an account, a program with a token, or the one user of a library on this machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers.base import BaseRouteHandler
from msgspec import Struct

Scope = Literal["read", "add", "correct"]
Role = Literal["reader", "editor", "admin"]
SCOPES: tuple[Scope, ...] = ("read", "add", "correct")
ROLES: dict[Role, frozenset[Scope]] = {
    "reader": frozenset({"read"}),
    "editor": frozenset(SCOPES),
    "admin": frozenset(SCOPES),
}


class Viewer(Struct, frozen=True, kw_only=True):
    """Who asks, and what they may."""

    name: str
    scopes: frozenset[Scope]
    by_token: bool = False
    is_admin: bool = False

    def can(self, scope: Scope) -> bool:
        """Whether they may read, add or correct."""
        return scope in self.scopes

    @property
    def is_known(self) -> bool:
        """Whether it is told who they are."""
        return bool(self.name)


NOBODY = Viewer(name="", scopes=frozenset())
# Whoever sits at this machine, where there are no accounts.
LOCAL = Viewer(name="local", scopes=frozenset(SCOPES), is_admin=True)

Connection = ASGIConnection[Any, Any, Any, Any]


def needs(scope: Scope) -> Callable[[Connection, BaseRouteHandler], None]:
    """A guard that lets by whoever may do something."""

    def guard(connection: Connection, _handler: BaseRouteHandler) -> None:
        check(connection.scope.get("user") or NOBODY, scope)

    return guard


def check(viewer: Viewer, scope: Scope) -> None:
    """Raise for a viewer who is nobody, or may not do something."""
    if not viewer.is_known:
        raise NotAuthorizedException("log in, or send a token: Authorization: Bearer …")
    if not viewer.can(scope):
        raise PermissionDeniedException(f"{viewer.name} may not {scope}")
