"""What a corpus is made of and where it goes: a TOML file of a screen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from rashomon.errors import UsageError
from rashomon.files import read_file
from rashomon.run.stages import Window
from rashomon.settings import DEFAULT, Settings

# A spec has a few hundred bytes; one above so many megabytes is something else.
LARGEST = 1


class Inputs(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is read. Of the layout "cc-news" only archives of CC-NEWS are, and of these only those crawled in the window."""

    paths: Annotated[tuple[str, ...], Meta(min_length=1)]
    layout: Literal["any", "cc-news"] = "any"


class Bounds(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which stories are collated, and which articles are annotated: those of these stories, or all."""

    least_articles: Annotated[int, Meta(ge=1, le=100_000)] = 2
    most_articles: Annotated[int, Meta(ge=1, le=100_000)] = 400
    annotate: Literal["stories", "all"] = "stories"


class Output(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where tables go, and whether they have whole texts or snippets."""

    folder: Annotated[str, Meta(min_length=1)]
    with_text: bool = False


class Spec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A corpus: inputs, window, stages, output."""

    inputs: Inputs
    output: Output
    window: Window = Window()
    stages: Bounds = Bounds()
    settings: Settings = DEFAULT


def load_spec(path: Path) -> Spec:
    """The spec in a TOML file. Raises `UsageError`."""
    try:
        spec = msgspec.toml.decode(read_file(path, LARGEST), type=Spec)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); name a TOML file") from error
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: {error}; docs/scale.md has every field of a spec") from error
    window, stages = spec.window, spec.stages
    if window.first is not None and window.last is not None and window.first > window.last:
        raise UsageError(f"{path}: the window ends on {window.last}, before it begins")
    if stages.least_articles > stages.most_articles:
        raise UsageError(f"{path}: no story has {stages.least_articles} articles and at most {stages.most_articles}")
    return spec
