"""Where corrections are kept: a small TOML file beside the reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from rashomon.errors import CorrectionError, UsageError
from rashomon.files import read_file
from rashomon.model import Correction
from rashomon.read.locations import CORRECTIONS

# Corrections are written by hand; a file above so many megabytes is something else.
LARGEST = 4


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    correction: tuple[Correction, ...] = ()


def load_corrections(path: Path | None, paths: Sequence[str | Path]) -> tuple[Correction, ...]:
    """The corrections of a file, or of every `rashomon.toml` in a folder among `paths`; none where there is none.

    Raises `CorrectionError` where a file is not well formed, `UsageError` where the one named cannot be read.
    """
    files = [path] if path is not None else sorted({own for p in paths if (own := Path(p) / CORRECTIONS).is_file()})
    return tuple(correction for file in files for correction in _load(file))


def _load(path: Path) -> tuple[Correction, ...]:
    try:
        return msgspec.toml.decode(read_file(path, LARGEST), type=_File).correction
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise CorrectionError(f"{path}: {error}; see docs/corrections.md") from error
