"""Corpora on Spark: the same rows as in one process, on this machine and on a cluster that loses a worker."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.request import urlopen

import pytest
from corpora import EXAMPLES, carry_out, environment, left_by, make_archives, make_spec

from rashomon.errors import EngineError
from rashomon.run.corpus import in_this_process
from rashomon.run.spark import check_spark, java

try:
    check_spark()
except EngineError as error:
    pytestmark = pytest.mark.skip(reason=str(error))

# What makes short runs short: few parts, and a Java that compiles little.
SHORT = tuple(
    option
    for pair in (
        "spark.sql.shuffle.partitions=2",
        "spark.sql.adaptive.enabled=false",
        "spark.sql.codegen.wholeStage=false",
        "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    )
    for option in ("--conf", pair)
)
# Seconds that a run may take on a machine that does much else.
PATIENCE = 900


def write_spec(folder: Path, paths: tuple[str, ...], layout: str = "any") -> Path:
    """A spec whose output is `corpus` beside it."""
    path = folder / "spec.toml"
    inputs = f"[inputs]\npaths = {json.dumps(paths)}\nlayout = {json.dumps(layout)}\n"
    window = "[window]\nfirst = 2026-01-01\nlast = 2026-12-31\n"
    path.write_text(f"{inputs}{window}[output]\nfolder = {json.dumps(str(folder / 'corpus'))}\n", encoding="utf-8")
    return path


@contextmanager
def started(spec: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The command over a spec, in a process of its own, which does not outlive the test."""
    command = [sys.executable, "-m", "rashomon", "corpus", "run", str(spec), *options]
    with subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True) as run:  # noqa: S603 - our own command
        try:
            yield run
        finally:
            run.kill()


def test_archives_of_cc_news_on_spark(tmp_path: Path) -> None:
    """An archive outside of the window is not opened; the tables are those of one process; Spark's pages have an address."""
    news = tmp_path / "CC-NEWS"
    make_archives(news, "harbour", "20260415")
    make_archives(news, "harbour", "20250415")
    with started(write_spec(tmp_path, (str(news),), "cc-news"), "--master", "local[2]", *SHORT) as run:
        _, told = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, told
    assert "Spark UI: http://127.0.0.1:" in told
    assert "read      5 articles" in told
    carry_out(make_spec(tmp_path / "here", (str(news / "2026"),)), in_this_process())
    assert left_by(tmp_path / "corpus") == left_by(tmp_path / "here")


def test_a_cluster_that_loses_a_worker_leaves_the_same(tmp_path: Path) -> None:
    """One of two workers is killed while they group: the other does its share, and every row is as of one process."""
    story = EXAMPLES[:1]
    spec = write_spec(tmp_path, story)
    options = (
        "--conf",
        "spark.cores.max=2",
        "--conf",
        "spark.executor.cores=1",
        "--conf",
        "spark.executor.memory=600m",
    )
    with cluster(tmp_path) as (master, doomed, pages):
        own = ("--master", master, "--conf", f"spark.ui.port={pages}")
        with started(spec, *own, *SHORT, *options) as run:
            wait_for_tasks_of("group", run, pages)
            os.killpg(doomed.pid, signal.SIGKILL)
            _, told = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, told
    carry_out(make_spec(tmp_path / "here", story), in_this_process())
    assert left_by(tmp_path / "corpus") == left_by(tmp_path / "here")


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes], int]]:
    """A master and two workers of a core on loopback: its address, a worker, and a port for the pages of what runs there."""
    spec = find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    home = Path(spec.origin).parent
    port, pages = free_port(), free_port()
    base = [str(home / "bin" / "spark-class")]
    env = environment(SPARK_HOME=str(home), SPARK_LOG_DIR=str(folder), SPARK_DAEMON_MEMORY="256m")
    own: list[subprocess.Popen[bytes]] = []

    def begin(name: str, *options: str) -> subprocess.Popen[bytes]:
        command = [*base, f"org.apache.spark.deploy.{name}", "--host", "127.0.0.1", "--webui-port", "0", *options]
        with (folder / f"{len(own)}.log").open("wb") as log:
            process = subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True)  # noqa: S603 - Spark's
        own.append(process)
        return own[-1]

    address = f"spark://127.0.0.1:{port}"
    try:
        begin("master.Master", "--port", str(port))
        share = ("--cores", "1", "--memory", "700m", "--work-dir", str(folder / "work"), address)
        workers = [begin("worker.Worker", *share) for _ in range(2)]
        yield address, workers[1], pages
    finally:
        for process in own:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    """A port on loopback that nobody listens at."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def wait_for_tasks_of(stage: str, run: subprocess.Popen[str], pages: int) -> None:
    """Until tasks of a stage run, as the pages of the run tell it, or the run has ended too early."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and run.poll() is None:
        try:
            [app, *_] = ask(pages, "")
            active = ask(pages, f"/{app['id']}/stages?status=active")
        except (OSError, ValueError):
            active = []
        if any(one.get("description") == stage and one["numActiveTasks"] for one in active):
            return
        time.sleep(0.2)
    run.kill()
    pytest.fail(f"{stage} was not begun: {run.communicate()[1]}")


def ask(pages: int, path: str) -> list[dict[str, object]]:
    """What the pages of a run answer as JSON."""
    with urlopen(f"http://127.0.0.1:{pages}/api/v1/applications{path}", timeout=10) as answer:
        told: list[dict[str, object]] = json.loads(answer.read())
        return told


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('java version "1.8.0_392"', 8),
        ('openjdk version "21" 2023-09-19', 21),
        ("no version", None),
    ],
)
def test_a_java_tells_its_version(told: str, number: int | None, tmp_path: Path) -> None:
    """In the words of any of them."""
    assert java.java_version(make_java(tmp_path, told)) == number


def make_java(folder: Path, told: str) -> Path:
    """A stand-in for Java that tells a version."""
    path = folder / "bin" / "java"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\necho '{told}' >&2\n")
    path.chmod(0o755)
    return path


def test_what_spark_lacks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing, where it was looked for, and how it is installed."""
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(EngineError, match=r"there is no bin/java; install Java 17 .*openjdk-17-jre-headless"):
        check_spark()
    make_java(tmp_path, 'java version "11.0.2"')
    with pytest.raises(EngineError, match="is Java 11, and Spark needs Java 17 or newer"):
        check_spark()
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(EngineError, match="there is none on the path; install Java 17"):
        check_spark()
    monkeypatch.setattr(java, "find_spec", lambda name: None if name == "pandas" else True)
    with pytest.raises(EngineError, match=r"Spark needs pandas; install with: pip install 'rashomon\[spark\]'"):
        check_spark()
