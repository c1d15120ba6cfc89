"""A stage is a package that can be called: `rashomon.collate(…)` collates, and `rashomon.collate.names` is a module of it."""

from __future__ import annotations

import inspect
import sys
from types import ModuleType
from typing import Any


class Verb(ModuleType):
    """A package whose verb, the function of its own name, is called when the package is."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        """What the verb gives."""
        return _verb_of(self)(*given, **named)

    @property
    def __signature__(self) -> inspect.Signature:
        """The verb's, for help and notebooks."""
        return inspect.signature(_verb_of(self))


def _verb_of(package: ModuleType) -> Any:
    return vars(package)[package.__name__.rpartition(".")[2]]


def make_callable(name: str) -> None:
    """Let a package that is being imported be called (https://docs.python.org/3/reference/datamodel.html#customizing-module-attribute-access)."""
    sys.modules[name].__class__ = Verb
