"""HEAD is answered wherever GET is."""

from __future__ import annotations

from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

Client = TestClient[Litestar]


def answers(client: Client, address: str) -> tuple[Any, Any]:
    """What GET and HEAD answer where nothing changed between them: the app collates its stories while it is looked at."""
    for _ in range(100):
        before, asked, after = client.get(address), client.head(address), client.get(address)
        if before.text == after.text:
            return before, asked
    pytest.fail(f"{address} never answers twice alike")


@pytest.mark.parametrize(
    "address",
    ["/stories", "/stories/none", "/search?q=crane", "/api/v1/stories", "/api/v1/articles?limit=0", "/health"],
)
def test_a_head_is_that_of_the_answer(looked_at: Client, address: str) -> None:
    """Status, type and length are those of GET, and no body comes."""
    got, asked = answers(looked_at, address)
    assert asked.status_code == got.status_code
    assert asked.content == b""
    for name in ("content-type", "content-length", "etag", "content-security-policy"):
        assert asked.headers.get(name) == got.headers.get(name)


def test_what_only_takes_has_no_head(looked_at: Client) -> None:
    """Where nothing can be got there is no head of it."""
    assert looked_at.head("/api/v1/add").status_code == 405
