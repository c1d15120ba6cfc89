"""Files that may be anything: what a path is, is looked at before it is opened, and no more is read than is allowed.

A pipe that nobody writes to would wait for ever, a device gives bytes without end, and the files of /proc say of themselves
that they are empty.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

MEGABYTE = 1_000_000
# Standard input by its name on the command line.
STDIN = "-"
# What the system makes up while it is read.
_MADE_UP = ("/proc/", "/sys/")
_KINDS = (
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISFIFO, "is a pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


def read_file(path: str | Path, megabytes: int) -> bytes:
    """The bytes of a file, or of standard input for `-`; at most the limit and one byte are read.

    Raises `OSError`, whose `strerror` says why, for what is no plain file, cannot be read, or is larger than the limit.
    """
    most = megabytes * MEGABYTE
    if str(path) == STDIN:
        data = _stdin(most)
    else:
        check_plain(path)
        with Path(path).open("rb") as file:
            data = _up_to(file, most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"is above {megabytes} MB")
    return data


def check_plain(path: str | Path) -> None:
    """Raise `OSError` for what is no plain file; its `strerror` says what it is."""
    try:
        mode = Path(path).stat().st_mode
    except ValueError as error:
        raise OSError(errno.EINVAL, "is no path") from error
    for is_kind, words in _KINDS:
        if is_kind(mode):
            raise OSError(errno.EINVAL, words)
    if os.path.realpath(path).startswith(_MADE_UP):
        raise OSError(errno.EINVAL, "is made up by the system, not a file")


def shown_path(path: str | Path) -> str:
    """A path that can be printed and stored: bytes that are no UTF-8, and characters that a terminal obeys, are escaped."""
    words = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in words)


def _stdin(most: int) -> bytes:
    if sys.stdin is None:
        raise OSError(errno.EBADF, "is closed")
    return _up_to(sys.stdin.buffer, most + 1)


def _up_to(stream: BinaryIO, most: int) -> bytes:
    # in pieces: a single read would set aside memory for all that is allowed
    pieces: list[bytes] = []
    while most > 0 and (piece := stream.read(min(most, MEGABYTE))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)
