"""HEAD: what GET would be answered with, without the body (RFC 9110, 9.3.2); whoever checks links or sizes asks so."""

from __future__ import annotations

from typing import Any, cast

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send


def answer_heads(app: ASGIApp) -> ASGIApp:
    """The app, which answers HEAD wherever it answers GET."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "HEAD":
            await app(scope, receive, send)
            return

        async def only_head(message: Message) -> None:
            """Send the head, and with it the end: a body that goes on for long is not waited for."""
            if message["type"] == "http.response.start":
                await send(message)
                await send({"type": "http.response.body", "body": b"", "more_body": False})

        await app(cast("Any", {**scope, "method": "GET"}), receive, only_head)

    return answering
