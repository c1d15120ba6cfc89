"""What Spark needs of a machine, looked at before it is started: PySpark, and Java 17 or newer."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from rashomon.errors import EngineError

LEAST_JAVA = 17
# What the extra installs.
PACKAGES = ("pyspark", "pyarrow", "pandas")
_INSTALL = f"install Java {LEAST_JAVA} (Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME to one"
_VERSION = re.compile(r'version "(\d{1,4})(?:\.(\d{1,4}))?')
# Seconds a Java may take to tell its version.
PATIENCE = 60


def check_spark() -> None:
    """Raise `EngineError` where Spark cannot run, with what is missing and how to install it."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise EngineError(
            f"Spark needs {', '.join(missing)}; install with: pip install 'rashomon[spark]', or take --executor processes"
        )
    java = _find_java()
    found = java_version(java)
    if found is None or found < LEAST_JAVA:
        told = "does not tell its version" if found is None else f"is Java {found}"
        raise EngineError(f"{java}: {told}, and Spark needs Java {LEAST_JAVA} or newer; {_INSTALL}")


def java_version(java: Path) -> int | None:
    """The number of a Java, 17 for 17.0.15 and 8 for 1.8.0; None where it tells none."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603 - the Java that Spark starts
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _VERSION.search(told.stderr)
    if found is None:
        return None
    return int(found[2]) if found[1] == "1" and found[2] else int(found[1])


def _find_java() -> Path:
    """The Java that Spark's scripts start: that of JAVA_HOME, else the one on the path."""
    home = os.environ.get("JAVA_HOME")
    if home:
        java = Path(home) / "bin" / "java"
        if not java.is_file():
            raise EngineError(f"JAVA_HOME is {home}, where there is no bin/java; {_INSTALL}, or unset it")
        return java
    found = shutil.which("java")
    if found is None:
        raise EngineError(
            f"Spark runs on Java, and there is none on the path; {_INSTALL}, or take --executor processes"
        )
    return Path(found)
