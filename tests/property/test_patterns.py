from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_every_pattern_is_linear() -> None:
    """No pattern takes time out of proportion to a text, however the text is made (patterns.py says how it is tried)."""
    script = Path(__file__).parent / "patterns.py"
    done = subprocess.run([sys.executable, script], capture_output=True, check=True, text=True)  # noqa: S603 - our own script
    *slow, told = done.stdout.splitlines()
    assert not slow, "\n".join(slow)
    assert int(told.split()[0]) > 100
