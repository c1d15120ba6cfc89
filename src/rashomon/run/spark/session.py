"""Starting Spark with what the stages need of it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping

from pyspark.sql import SparkSession

from rashomon.errors import EngineError

LOOPBACK = "127.0.0.1"
# Parts that rows are put into again, for each core: enough that one long part does not keep the others waiting.
PARTS_A_CORE = 4
SHUFFLE_PARTS = "spark.sql.shuffle.partitions"
LONGEST = 300
_RAISED = re.compile(r"[A-Za-z_][\w.]{0,100}(?:Error|Exception): ")
# What may be given otherwise with --conf. A row holds an article, or all that a story's reports say: a batch has few of them.
DEFAULTS: Mapping[str, str] = {
    "spark.app.name": "rashomon",
    "spark.python.worker.reuse": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
    "spark.sql.adaptive.coalescePartitions.enabled": "false",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


def open_session(master: str, conf: Mapping[str, str]) -> SparkSession:
    """A session at a master. On this machine alone it listens at loopback. Raises `EngineError` where none can be had."""
    own = dict(DEFAULTS)
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", LOOPBACK)
        own |= {"spark.driver.host": LOOPBACK, "spark.driver.bindAddress": LOOPBACK}
    # workers on this machine run the Python that runs here
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master)
    for key, value in (own | dict(conf)).items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
        if SHUFFLE_PARTS not in conf:
            session.conf.set(SHUFFLE_PARTS, str(PARTS_A_CORE * session.sparkContext.defaultParallelism))
    except Exception as error:  # what the gateway to Java raises has no common root
        raise EngineError(f"Spark could not be started at {master}: {last_line(error)}") from error
    return session


def last_line(error: Exception) -> str:
    """What an error says of itself: of a Python worker's the last line of its traceback, of Java's the first line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    raised = [line for line in lines if _RAISED.match(line)]
    return (raised or lines or [type(error).__name__])[-1 if raised else 0][:LONGEST]
