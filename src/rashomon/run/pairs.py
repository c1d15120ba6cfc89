"""Pairs of texts to the spans they share, line by line: what `rashomon lineage --pairs` prints. Needs no parser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from rashomon import codec
from rashomon.errors import UsageError
from rashomon.files import read_file
from rashomon.run.progress import Progress, silent
from rashomon.text.borrowing import find_borrowed
from rashomon.text.runs import chars_of, read_words

# How many pairs are done between two reports of progress.
STEP = 200
# The largest file of pairs, in megabytes.
LARGEST = 4_000


class Pair(msgspec.Struct, frozen=True):
    """Two texts, the second perhaps a reprint of the first."""

    id: str
    original: str
    reprint: str


class Spans(msgspec.Struct, frozen=True):
    """What a pair shares: [start, end in the original, start, end in the reprint], in characters, half-open."""

    id: str
    spans: tuple[tuple[int, int, int, int], ...]


def trace_pairs(path: Path, progress: Progress = silent) -> Iterator[str]:
    """A JSON line for each pair of a file, in its order. Raises `UsageError` where a line holds no pair."""
    try:
        lines = read_file(path, LARGEST).splitlines()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    for n, line in enumerate(lines, start=1):
        if n % STEP == 1 or n == len(lines):
            progress("comparing", n, len(lines))
        if line.strip():
            yield codec.encode(_spans(_pair(path, n, line))).decode() + "\n"


def _pair(path: Path, n: int, line: bytes) -> Pair:
    try:
        return codec.decode(line, Pair)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise UsageError(
            f"{path}, line {n}: not a pair ({error}); each line is an object with id, original and reprint"
        ) from error


def _spans(pair: Pair) -> Spans:
    original, reprint = read_words(pair.original), read_words(pair.reprint)
    return Spans(
        pair.id,
        tuple((*chars_of(original, *s.left), *chars_of(reprint, *s.right)) for s in find_borrowed(original, reprint)),
    )
