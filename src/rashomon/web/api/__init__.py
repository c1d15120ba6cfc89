"""REST: the library as JSON under /api/v1."""

from __future__ import annotations

from litestar import Controller

API: list[type[Controller]] = []
