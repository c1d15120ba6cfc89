"""Model to bytes and back: the one form on disk, between processes, on Spark and in the API."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

import msgspec

from rashomon.model import Collation

T = TypeVar("T")

_encoder = msgspec.json.Encoder()


def encode(value: Any) -> bytes:
    """The compact JSON bytes of any model value; equal values give equal bytes."""
    return _encoder.encode(value)


def decode(data: bytes | str, kind: type[T]) -> T:
    """The value of type `kind` that `data` holds; raises `msgspec.ValidationError` where it does not fit."""
    return msgspec.json.decode(data, type=kind)


def pretty(value: Any) -> str:
    """The JSON of any model value, indented for people, with a final newline."""
    return msgspec.json.format(_encoder.encode(value), indent=1).decode() + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a collation, as generated from the model."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Collation)}


def text_hash(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hex; half a surrogate pair counts as it stands."""
    return content_hash(text.encode("utf-8", "surrogatepass"))


def content_hash(data: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()
