"""The app does what its OpenAPI document says, whatever is asked of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from rashomon.errors import FetchError
from rashomon.run.fetch import Fetcher
from rashomon.run.library import open_library
from rashomon.web.app import make_app
from rashomon.web.options import Options
from rashomon.web.serve import listening

# What fits the schema may still be no search line, no text or no correction.
LEFT_OUT: list[Any] = [positive_data_acceptance]
EXAMPLES = 15


@pytest.fixture(scope="module")
def served(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app as it runs, over a library of its own; no address is fetched."""
    place = tmp_path_factory.mktemp("schema") / "library.sqlite"
    shutil.copy(examples, place)
    with pytest.MonkeyPatch.context() as patch, open_library(place) as library, listening(Options(port=0)) as own:

        def refuse(_: Fetcher, url: str, *_more: object) -> None:
            raise FetchError(f"{url}: nothing is fetched in tests")

        patch.setattr(Fetcher, "fetch", refuse)
        options = Options(port=own.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(make_app(library, options), log_level="warning"))
        thread = Thread(target=server.run, kwargs={"sockets": [own]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield options.address
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def document(served: str) -> BaseSchema:
    """The document as the app serves it."""
    return schemathesis.openapi.from_url(f"{served}api/v1/openapi.json")


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_operation_keeps_to_the_document(document: BaseSchema, mode: GenerationMode) -> None:
    """Whatever is sent, fitting or not: no answer that is not in the document, and none of 500."""
    operations = [found.ok() for found in document.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) > 12
    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
        def ask(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(excluded_checks=LEFT_OUT)

        with suppress(Unsatisfiable):  # what has no parameters cannot be asked for wrongly
            ask()
