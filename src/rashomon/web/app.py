"""The app: controllers, what they are given, and what stands before and behind every request."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Request
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide

from rashomon.errors import UsageError
from rashomon.run.apart import Apart, Here
from rashomon.run.library import Library
from rashomon.store.accounts import has_accounts
from rashomon.web.api import api
from rashomon.web.assets import Assets
from rashomon.web.collations import Collations
from rashomon.web.contract import openapi
from rashomon.web.heads import answer_heads
from rashomon.web.jobs import Jobs
from rashomon.web.metrics import Measured, Watching
from rashomon.web.options import Options
from rashomon.web.pages import PAGES
from rashomon.web.pages.story import draw_view
from rashomon.web.problems import handlers
from rashomon.web.safety.attempts import Attempts
from rashomon.web.safety.door import Door
from rashomon.web.safety.headers import safe_headers
from rashomon.web.safety.login import Login
from rashomon.web.safety.viewers import Viewer
from rashomon.web.templating import templates
from rashomon.web.unchanged import Unchanged

# Parts of one form: files and fields.
MOST_PARTS = 300


def make_app(library: Library, options: Options) -> Litestar:
    """The app over a library, which whoever opened it closes.

    Handlers may ask for `library`, `options`, `jobs`, `collations` and `viewer`. Raises `UsageError` where others than this
    machine could reach it and there are no accounts.
    """
    if not options.is_private and not has_accounts(library.store):
        raise UsageError(
            "others could reach the app and there are no accounts; make one with: rashomon user add NAME --role admin"
        )
    jobs = Jobs({"collate": options.collators, "add": 1}, Apart(library) if options.apart else Here(library))
    collations = Collations(library, jobs, options, ahead=(draw_view,))
    measured = Measured()
    given = {"library": library, "options": options, "jobs": jobs, "collations": collations}
    inner = {"measured": measured, "attempts": Attempts()}

    @asynccontextmanager
    async def working(_: Litestar) -> AsyncIterator[None]:
        yield
        jobs.close()

    app = Litestar(
        [Assets, Watching, Login, api(), *PAGES],
        dependencies={
            **{name: _always(value) for name, value in (given | inner).items()},
            "viewer": Provide(_viewer, sync_to_thread=False),
        },
        middleware=[measured, Door(library.store, options), Unchanged()],
        before_send=[safe_headers(options.secure)],
        csrf_config=CSRFConfig(
            secret=secrets.token_hex(32),
            cookie_name=f"rashomon_form_{secrets.token_hex(4)}",  # what an app before this one signed is not asked for
            cookie_httponly=True,
            cookie_samesite="strict",
            cookie_secure=options.secure,
            exclude="^/api/",
        ),
        exception_handlers=handlers(),
        lifespan=[working],
        template_config=templates(),
        request_max_body_size=options.max_upload,
        multipart_form_part_limit=MOST_PARTS,
        openapi_config=openapi(),
        logging_config=None,
        debug=False,
    )
    app.asgi_handler = answer_heads(app.asgi_handler)
    return app


def _always(value: object) -> Provide:
    return Provide(lambda: value, sync_to_thread=False, use_cache=True)


def _viewer(request: Request[Viewer, Any, Any]) -> Viewer:
    return request.user
