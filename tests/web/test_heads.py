"""HEAD is answered wherever GET is."""

from __future__ import annotations

import pytest
from litestar import Litestar
from litestar.testing import TestClient

Client = TestClient[Litestar]


@pytest.mark.parametrize(
    "address",
    ["/stories", "/stories/none", "/search?q=crane", "/api/v1/stories", "/api/v1/articles?limit=0", "/health"],
)
def test_a_head_is_that_of_the_answer(looked_at: Client, address: str) -> None:
    """Status, type and length are those of GET, and no body comes."""
    got, asked = looked_at.get(address), looked_at.head(address)
    assert asked.status_code == got.status_code
    assert asked.content == b""
    for name in ("content-type", "content-length", "etag", "content-security-policy"):
        assert asked.headers.get(name) == got.headers.get(name)


def test_what_only_takes_has_no_head(looked_at: Client) -> None:
    """Where nothing can be got there is no head of it."""
    assert looked_at.head("/api/v1/add").status_code == 405
