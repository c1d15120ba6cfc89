"""The pages of the app, each a controller that gives a template what it shows."""

from __future__ import annotations

from litestar import Controller

PAGES: list[type[Controller]] = []
