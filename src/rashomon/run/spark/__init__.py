"""spark: the stages of a corpus on Apache Spark. Only this folder names PySpark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rashomon.run.spark.java import check_spark

if TYPE_CHECKING:
    from rashomon.run.spark.executor import OnSpark

__all__ = ["check_spark", "on_spark"]


def on_spark(master: str, conf: Mapping[str, str], tell: Callable[[str], None]) -> OnSpark:
    """Stages on Spark; `tell` is given the address of its pages. Raises `EngineError` where Spark cannot be started."""
    check_spark()
    from rashomon.run.spark.executor import OnSpark
    from rashomon.run.spark.session import open_session

    session = open_session(master, conf)
    if session.sparkContext.uiWebUrl:
        tell(f"Spark UI: {session.sparkContext.uiWebUrl}")
    return OnSpark(session)
