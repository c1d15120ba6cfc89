"""What has not changed since a browser or program got it is not sent again: ETag and If-None-Match (RFC 9110)."""

from __future__ import annotations

from http import HTTPStatus

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPResponseStartEvent, Message, Receive, Scope, Send

from rashomon.codec import content_hash


class Unchanged(ASGIMiddleware):
    """Gives JSON an ETag, the hash of what it says unless its handler knows better, and answers 304 where that is known."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Hold an answer back until its hash is known."""
        if scope["method"] != "GET":  # type: ignore[typeddict-item]
            await next_app(scope, receive, send)
            return
        asked = Headers.from_scope(scope).get("if-none-match", "")
        held: list[HTTPResponseStartEvent] = []
        pieces: list[bytes] = []

        async def holding(message: Message) -> None:
            if message["type"] == "http.response.start":
                if _is_json(message):
                    held.append(message)
                    return
            elif message["type"] == "http.response.body" and held:
                pieces.append(message["body"])
                if not message["more_body"]:
                    await _send(held[0], b"".join(pieces), asked, send)
                return
            await send(message)

        await next_app(scope, receive, holding)


def _is_json(start: HTTPResponseStartEvent) -> bool:
    kind = MutableScopeHeaders.from_message(start).get("content-type", "")
    return start["status"] == HTTPStatus.OK and kind.startswith("application/") and "json" in kind


async def _send(start: HTTPResponseStartEvent, body: bytes, asked: str, send: Send) -> None:
    headers = MutableScopeHeaders.from_message(start)
    etag = headers.setdefault("ETag", f'"{content_hash(body)[:32]}"')
    if asked.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in asked.split(",")}:
        start["status"], body = HTTPStatus.NOT_MODIFIED, b""
        for name in ("content-length", "content-type"):
            if name in headers:
                del headers[name]
    await send(start)
    await send({"type": "http.response.body", "body": body, "more_body": False})
