"""The app: controllers, what they are given, and what stands before and behind every request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.di import Provide

from rashomon.run.library import Library
from rashomon.web.api import API
from rashomon.web.assets import Assets
from rashomon.web.collations import Collations
from rashomon.web.jobs import Jobs
from rashomon.web.options import Options
from rashomon.web.pages import PAGES
from rashomon.web.templating import templates


def make_app(library: Library, options: Options) -> Litestar:
    """The app over a library, which whoever opened it closes.

    Handlers may ask for `library`, `options`, `jobs` and `collations`.
    """
    jobs = Jobs({"collate": options.collators, "add": 1})
    collations = Collations(library, jobs, options)
    given = {"library": library, "options": options, "jobs": jobs, "collations": collations}

    @asynccontextmanager
    async def working(_: Litestar) -> AsyncIterator[None]:
        yield
        jobs.close()

    return Litestar(
        [Assets, *API, *PAGES],
        dependencies={name: _always(value) for name, value in given.items()},
        lifespan=[working],
        template_config=templates(),
        request_max_body_size=options.max_upload,
        openapi_config=None,
    )


def _always(value: object) -> Provide:
    return Provide(lambda: value, sync_to_thread=False, use_cache=True)
