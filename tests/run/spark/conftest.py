from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from rashomon.errors import EngineError
from rashomon.run.spark import check_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Few rows: what makes many rows fast would take longer than they do.
QUICK = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "3",
    "spark.ui.enabled": "false",
}


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    """A Spark of two threads on this machine, without pages."""
    try:
        check_spark()
    except EngineError as error:
        pytest.skip(str(error))
    from rashomon.run.spark.session import open_session

    session = open_session("local[2]", QUICK)
    yield session
    session.stop()
