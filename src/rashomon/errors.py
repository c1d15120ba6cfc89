"""Everything that can go wrong, as one tree. The command line prints the message and leaves with the code.

RashomonError                 1
├── UsageError                1   the request cannot be carried out as asked
│   ├── SettingsError         1   a setting is unknown or out of range
│   └── CorrectionError       1   a correction does not apply (any more)
│       └── ChangedError      1   what is to be corrected was corrected meanwhile
├── StoreError                1   the library cannot be opened, read or written
├── FetchError                1   an address cannot or must not be fetched
├── NothingReadError          2   no input could be read
├── MissingModelError         1   the language pipeline is not installed
├── WrongModelError           1   a model file was trained with other features
├── EngineError               1   what stages run on failed: Spark or its Java (missing, too old), a process
└── TextTooLongError          1   a text is longer than any report; its input is set aside

Every message says what was found, where, and what to do next.
"""

from __future__ import annotations


class RashomonError(Exception):
    """The root of the tree; `exit_code` is what the command line leaves with."""

    exit_code = 1


class UsageError(RashomonError):
    """The request cannot be carried out as asked."""


class SettingsError(UsageError):
    """A setting is unknown, of the wrong type or out of range."""


class CorrectionError(UsageError):
    """A correction is not well formed, or what it corrects is not there.

    Of a correction among several, `place` is where it stands among them, counted from 1, and `why` what is wrong with it.
    """

    def __init__(self, message: str, place: int | None = None, why: str | None = None) -> None:
        super().__init__(message)
        self.place = place
        self.why = why or message


class ChangedError(CorrectionError):
    """Somebody else has corrected the same since it was looked at."""


class StoreError(RashomonError):
    """The library cannot be opened, read or written; what was finished before is still there."""


class FetchError(RashomonError):
    """An address cannot be fetched, or must not be: robots.txt, a private address, a limit."""


class NothingReadError(RashomonError):
    """Not one of the inputs could be read."""

    exit_code = 2


class MissingModelError(RashomonError):
    """The English pipeline of spaCy is not installed."""


class WrongModelError(RashomonError):
    """A model file was trained with other features than this version computes, or does not say with which."""


class EngineError(RashomonError):
    """What stages run on is missing, too old or failed: Spark, its Java, a worker process. Stages done before are kept."""


class TextTooLongError(RashomonError):
    """A text is longer than any report. Readers set its input aside."""
