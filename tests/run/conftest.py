from __future__ import annotations

from collections.abc import Iterator

import pytest
from servers import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """A server without pages."""
    made = Site()
    yield made
    made.close()
