from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from rashomon.errors import EngineError
from rashomon.run.spark import check_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    """A Spark of two threads on this machine, without pages."""
    try:
        check_spark()
    except EngineError as error:
        pytest.skip(str(error))
    from rashomon.run.spark.session import open_session

    session = open_session("local[2]", {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "3"})
    yield session
    session.stop()
