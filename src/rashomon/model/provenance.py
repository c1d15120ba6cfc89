"""What made a result, so that it can be made again."""

from __future__ import annotations

from msgspec import Struct

Knobs = dict[str, dict[str, int | float | bool | str]]


class Input(Struct, frozen=True, kw_only=True):
    """An input by path and hash."""

    path: str
    sha256: str


class Provenance(Struct, frozen=True, kw_only=True):
    """What made a result beside its input; the same provenance over the same input gives the same bytes.

    `finders` is the number of the code that finds things in an article, `lexicon` and `models` are hashes of contents,
    `settings` those that the result depends on.
    """

    version: str
    finders: int
    spacy: str
    pipeline: str
    pipeline_version: str
    language: str
    lexicon: str
    models: dict[str, str]
    settings: Knobs


class ModelHeader(Struct, frozen=True, kw_only=True):
    """What a model file says of itself: the features it was trained with, in order, and what it was trained by."""

    features: tuple[str, ...]
    provenance: Provenance


class Run(Struct, frozen=True, kw_only=True):
    """What is needed to get the same collation again."""

    version: str
    settings: Knobs
    provenance: Provenance
    inputs: tuple[Input, ...]
